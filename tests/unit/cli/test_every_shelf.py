"""Every command that takes a record takes the address of a database, and answers from it what it answers from text."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from chancery.cli.databases import DatabaseType
from chancery.cli.main import chancery
from chancery.cli.options import RecordType
from chancery.store.urls import Address

RECORD = Path(__file__).parents[3] / "records" / "teaching-meetings"
DAY = ("--on", "2025-06-02")
MEETING = "meeting:ferry-board-2"
FORMS = ("popolo", "ftm", "prov", "org", "csv", "ics", "atom", "akn")
VIEWS = ("standing", "seats", "charter", "votes", "sources", "timeline")
VOTES = "vote,party,choice,matter\nv1,state:xg,yes,ordinary\nv1,state:xh,no,ordinary\nv1,state:xi,yes,ordinary\n"
PEOPLE = '{"persons": [{"id": "a", "name": "A. Person"}]}'
PLACE = re.compile(r"^[\w/.-]+\.toml:\d+: ", re.MULTILINE)
"""Where an entry stands in the text, which a database has no lines for."""

READING: dict[str, list[tuple[str, ...]]] = {
    "check": [("check", "@")],
    "convert": [("convert", "@", "%/out.jsonl")],  # TOML has comments, which `dump` alone brings back
    "decide": [("decide", "@", "%/votes.csv")],
    "diff": [("diff", "@", "--from", "2025-03-01", "--to", "2025-06-02")],
    "export": [
        *(("export", "@", "--to", form, *DAY) for form in FORMS),
        ("export", "@", "--to", "datapackage", "--out", "%/package", *DAY),
    ],
    "may": [("may", "@", "state:xg", "vote", *DAY)],
    "minutes": [("minutes", "@", MEETING, "--format", form) for form in ("md", "html")],
    "power": [("power", "@", *DAY)],
    "rules check": [("rules", "check", "@")],
    "rules show": [("rules", "show", "@", *DAY)],
    "show": [("show", view, "@", *DAY, "--lang", lang) for view in VIEWS for lang in ("en", "ar")],
    "whatif": [("whatif", "@", "%/votes.csv", "--set", "state:xg=no")],
    "why": [("why", "@", "state:xg", "body:ferry-board")],
}
WRITING: dict[str, tuple[str, ...]] = {
    "add": ("add", "@", "statement.made", "--id", "later", "--about", "state:xg", "--cites", "source:minutes"),
    "import": ("import", "%/people.json", "--from", "popolo", "--into", "@", "--retrieved", "2025-06-02"),
}
ELSEWHERE = {"publish", "serve"}
"""Commands that show a database's receipts too: tests/unit/cli/test_publish.py, test_serve.py and test_proving.py."""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """The record in text, and what commands read beside it."""
    (tmp_path / "votes.csv").write_text(VOTES, "utf-8")
    (tmp_path / "people.json").write_text(PEOPLE, "utf-8")
    return Path(shutil.copytree(RECORD, tmp_path / "record"))


@pytest.fixture
def url(text: Path, database: Address) -> str:
    """The record in a database of each engine."""
    assert typed("load", text, "--database", database.shown).exit_code == 0
    return database.shown


def typed(*words: object) -> Result:
    return CliRunner().invoke(chancery, list(map(str, words)))


def answered(asked: tuple[str, ...], record: str, room: Path) -> tuple[object, ...]:
    """What a command answers and writes, but for the name and the lines of the record."""
    room.mkdir()
    for given in ("votes.csv", "people.json"):
        shutil.copy(room.parent / given, room)
    ran = typed(*(record if word == "@" else word.replace("%", str(room)) for word in asked))
    said = (PLACE.sub("", each).replace(record, "@").replace(str(room), "%") for each in (ran.stdout, ran.stderr))
    written = {path.relative_to(room): path.read_bytes() for path in sorted(room.rglob("*")) if path.is_file()}
    return ran.exit_code, *said, written


def of_a_record(command: click.Command, name: str = "") -> Iterator[str]:
    """The commands that take a record."""
    if isinstance(command, click.Group):
        for each, below in command.commands.items():
            yield from of_a_record(below, f"{name} {each}".strip())
    elif any(isinstance(p.type, RecordType) and not isinstance(p.type, DatabaseType) for p in command.params):
        yield name


def test_every_command_that_takes_a_record_is_tried_here() -> None:
    assert {*READING, *WRITING, *ELSEWHERE} == set(of_a_record(chancery)) - {"load"}  # which takes text alone


@pytest.mark.slow
def test_what_reads_answers_from_a_database_as_from_text(text: Path, url: str, tmp_path: Path) -> None:
    for number, asked in enumerate(each for several in READING.values() for each in several):
        expected = answered(asked, str(text), tmp_path / f"text-{number}")
        same = answered(asked, url, tmp_path / f"database-{number}") == expected  # not shown: they are long
        assert same, asked
        assert asked[0] == "power" or expected[0] == 0, expected


@pytest.mark.parametrize("command", WRITING)
def test_what_writes_records_in_a_database_what_it_records_in_text(
    command: str, text: Path, url: str, tmp_path: Path
) -> None:
    for number, record in enumerate((str(text), url)):
        assert answered(WRITING[command], record, tmp_path / f"written-{number}")[0] == 0
    of_text, of_database = (typed("show", "timeline", record, *DAY, "--format", "csv") for record in (text, url))
    assert of_text.stdout == of_database.stdout
    assert of_text.stdout != typed("show", "timeline", RECORD, *DAY, "--format", "csv").stdout
