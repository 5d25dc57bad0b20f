"""`chancery publish`: the whole register as plain files in which every link leads somewhere."""

import re
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chancery.cli.main import chancery

RECORD = """\
[record]
title = "A small board"
bodies = ["body:b"]

[[source]]
ref = "source:x"
standing = "press"
published = "2026-01-20"

[[act]]
id = "b"
kind = "party.described"
party = "body:b"
cites = [{ source = "source:x" }]

[[act]]
id = "one"
kind = "invitation.issued"
party = "state:be"
body = "body:b"
effective = "2026-01-16"
cites = [{ source = "source:x" }]
"""

SIGNED = """
[[act]]
id = "two"
kind = "membership.signed"
party = "state:al"
body = "body:b"
effective = "2026-01-18"
cites = [{ source = "source:x" }]
"""


class Links(HTMLParser):
    """Every address that a page leads to or loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value for name, value in attrs if name in ("href", "src", "action") and value}


def publish(record: Path, folder: Path, *options: str) -> Result:
    return CliRunner().invoke(chancery, ["publish", str(record), str(folder), "--processes", "1", *options])


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "board.toml"
    path.write_text(RECORD + SIGNED, encoding="utf-8")
    return path


def published(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_every_link_of_every_page_leads_to_a_file(record: Path, tmp_path: Path) -> None:
    done = publish(record, tmp_path / "public")
    assert done.exit_code == 0, done.output
    found = published(tmp_path / "public")
    pages = [name for name in found if name.endswith(".html")]
    assert {f"{lang}/{when}/index.html" for lang in ("en", "ar") for when in ("now", "2026-01-16", "2026-01-18")} <= {
        *pages
    }
    for name in pages:
        links = Links()
        links.feed(found[name].decode())
        for link in links.found:
            path = link.partition("#")[0].partition("?")[0]
            if path:
                assert path.startswith("/"), (name, link)
                assert path[1:] + ("index.html" if path.endswith("/") else "") in found, (name, link)


@pytest.mark.slow
def test_a_past_day_says_what_stood_then(record: Path, tmp_path: Path) -> None:
    publish(record, tmp_path / "public", "--lang", "en")
    found = published(tmp_path / "public")
    assert "Albania" not in found["en/2026-01-16/standing/index.html"].decode()
    assert "Albania" in found["en/2026-01-18/standing/index.html"].decode()
    assert not any(name.startswith("ar/") for name in found)


@pytest.mark.slow
def test_only_what_changed_is_written_again(record: Path, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    publish(record, folder, "--lang", "en")
    again = publish(record, folder, "--lang", "en")
    assert " 0 written, 0 taken away" in again.output
    before = published(folder)
    record.write_text(RECORD, encoding="utf-8")
    less = publish(record, folder, "--lang", "en")
    after = published(folder)
    assert "en/2026-01-18/index.html" in before.keys() - after.keys()
    assert re.search(r": [1-9][0-9]* written, [1-9][0-9]* taken away", less.output)
    assert before["static/chancery.css"] == after["static/chancery.css"]


@pytest.mark.slow
def test_the_digests_are_those_of_the_files(record: Path, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    publish(record, folder, "--lang", "en", "--days", "latest")
    found = published(folder)
    lines = found.pop("digests.txt").decode().splitlines()
    assert lines == [f"{sha256(data).hexdigest()}  {name}" for name, data in sorted(found.items())]
    assert not any(name.startswith("en/2026") for name in found)


def test_a_folder_that_holds_something_else_is_left_alone(record: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", encoding="utf-8")
    refused = publish(record, tmp_path / "mine")
    assert refused.exit_code == 2
    assert published(tmp_path / "mine") == {"letter.txt": b"mine"}


def test_a_language_that_is_not_spoken_is_wrong_usage(record: Path, tmp_path: Path) -> None:
    refused = publish(record, tmp_path / "public", "--lang", "xx")
    assert refused.exit_code == 2
    assert not (tmp_path / "public").exists()


def test_a_faulty_record_publishes_nothing(record: Path, tmp_path: Path) -> None:
    record.write_text(RECORD + "[[act]]\nid = 1", encoding="utf-8")
    assert publish(record, tmp_path / "public").exit_code == 1
    assert not (tmp_path / "public").exists()
