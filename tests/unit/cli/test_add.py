"""`chancery add`: options made from a kind, one entry appended, nothing half written."""

from pathlib import Path

import click
import pytest
import rtoml
from click.testing import CliRunner, Result

from chancery.acts import KINDS
from chancery.cli.fields import _briefly, data_from, options_for
from chancery.cli.main import chancery
from chancery.languages import Reader
from chancery.text import read_record
from chancery.values import Position
from tests.samples import base

ISSUED = ("--party", "state:be", "--body", "body:x", "--effective", "2026-01-16", "--cites", "source:x")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "record"
    made.mkdir()
    (made / "record.toml").write_text(base(), "utf-8")
    return made


def typed(*words: object) -> Result:
    return CliRunner().invoke(chancery, ["add", *map(str, words)])


def read(kind: str, *words: str) -> dict[str, object]:
    """The data that options of a kind are read into."""
    found = KINDS[kind]
    command = click.Command(kind, params=options_for(found, Reader()))
    return dict(data_from(found, command.make_context(kind, list(words)).params))


def test_an_entry_is_added_with_a_name_of_its_own_and_the_moment_it_was_recorded(folder: Path) -> None:
    ran = typed(folder, "invitation.issued", *ISSUED)
    assert ran.exit_code == 0, ran.output
    assert ran.stdout == f"Recorded as invitation-issued-be-2026-01-16 in {folder.as_posix()}/additions.toml.\n"
    (act,) = rtoml.loads((folder / "additions.toml").read_text("utf-8"))["act"]
    assert act["recorded"].endswith("Z")
    assert act["cites"] == [{"source": "source:x"}]
    assert sorted(path.name for path in folder.iterdir()) == ["additions.toml", "record.toml"]


def test_the_same_again_gets_another_name(folder: Path) -> None:
    typed(folder, "invitation.issued", *ISSUED)
    ran = typed(folder, "invitation.issued", *ISSUED, "--file", "more.toml")
    assert "invitation-issued-be-2026-01-16-2 in" in ran.stdout
    assert (folder / "more.toml").is_file()


def test_a_dry_run_shows_the_entry_and_writes_nothing(folder: Path) -> None:
    ran = typed(folder, "invitation.issued", *ISSUED, "--id", "new", "--dry-run")
    assert ran.stdout.startswith('[[act]]\nid = "new"\nkind = "invitation.issued"\nparty = "state:be"\n')
    assert [path.name for path in folder.iterdir()] == ["record.toml"]


def test_lines_get_a_line(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    CliRunner().invoke(chancery, ["convert", str(folder), str(file)])
    before = file.read_bytes()
    assert typed(file, "invitation.issued", *ISSUED).exit_code == 0
    assert file.read_bytes().startswith(before)
    loaded = read_record(file)
    assert loaded.record is not None
    assert loaded.record.acts[-1].id == "invitation-issued-be-2026-01-16"


def test_a_breach_is_recorded_and_shown(folder: Path) -> None:
    ran = typed(folder, "invitation.issued", *ISSUED, "--weekday", "Monday")
    assert ran.exit_code == 0
    assert "16 Jan 2026 was a Friday, not a Monday" in ran.stderr
    assert (folder / "additions.toml").is_file()


def test_every_fault_is_told_at_its_option(folder: Path) -> None:
    ran = typed(folder, "invitation.issued", "--on-behalf-of", "Belgium", "--party", "state:uk", "--cites", "source:y")
    assert ran.exit_code == 1
    assert "--body: bar: " in ran.stderr
    ran = typed(folder, "invitation.issued", "--body", "body:x", "--on-behalf-of", "Belgium", "--party", "state:uk")
    assert "--on-behalf-of: bar: " in ran.stderr
    assert "did you mean state:gb?" in ran.stderr
    assert "--cites: bar: " in ran.stderr
    assert [path.name for path in folder.iterdir()] == ["record.toml"]


def test_a_record_with_faults_takes_nothing(folder: Path) -> None:
    (folder / "more.toml").write_text("[[act]\n", "utf-8")
    ran = typed(folder, "invitation.issued", *ISSUED)
    assert ran.exit_code == 1
    assert "more.toml:1: bar: " in ran.stderr
    assert not (folder / "additions.toml").exists()
    assert not (folder / ".writing").exists()


def test_a_record_that_is_not_there_takes_nothing(tmp_path: Path) -> None:
    ran = typed(tmp_path / "nowhere", "invitation.issued", *ISSUED)
    assert ran.exit_code == 1
    assert "is not there; expected a record" in ran.stderr


def test_whoever_comes_second_waits(folder: Path) -> None:
    (folder / ".writing").touch()
    ran = typed(folder, "invitation.issued", *ISSUED)
    assert ran.exit_code == 1
    assert "somebody else is writing" in ran.stderr
    assert typed(folder, "invitation.issued", *ISSUED, "--dry-run").exit_code == 0


def test_an_entry_can_be_corrected_and_withdrawn(folder: Path) -> None:
    typed(folder, "invitation.issued", *ISSUED)
    first = "invitation-issued-be-2026-01-16"
    assert typed(folder, "invitation.issued", *ISSUED, "--replaces", first).exit_code == 0
    ran = typed(folder, "entry.withdrawn", "--entry", f"{first}-2", "--reason", "It was right.")
    assert ran.exit_code == 0, ran.output
    withdrawn = rtoml.loads((folder / "additions.toml").read_text("utf-8"))["act"][-1]
    assert withdrawn["effective"] == withdrawn["recorded"][:10]
    dated = typed(
        folder, "entry.withdrawn", "--entry", first, "--reason", "x", "--effective", "2026-02-01", "--dry-run"
    )
    assert 'effective = "2026-02-01"' in dated.stdout


@pytest.mark.parametrize("words", [[], ["-h"], ["--help"]])
def test_without_a_kind_the_kinds_are_listed(folder: Path, words: list[str]) -> None:
    ran = typed(folder, *words)
    assert ran.exit_code == 0
    assert "Invitations: who was invited by whom to what" in ran.output
    for kind in KINDS:
        assert f"  {kind} " in ran.output


def test_a_kind_shows_its_own_fields(folder: Path) -> None:
    ran = typed(folder, "pledge.made", "--help")
    assert ran.exit_code == 0
    assert "--money 'AMOUNT CURRENCY'" in ran.output
    assert "--at-least / --no-at-least" in ran.output
    assert "[needed]" in ran.output
    assert "--recorded" not in ran.output


def test_an_unknown_kind_or_field_is_wrong_usage(folder: Path) -> None:
    ran = typed(folder, "invitation.isued")
    assert ran.exit_code == 2
    assert "did you mean invitation.issued?" in ran.stderr
    ran = typed(folder, "invitation.issued", "--prty", "state:be")
    assert ran.exit_code == 2
    assert "--party" in ran.stderr
    assert typed(folder, "invitation.issued", "loose").exit_code == 2


@pytest.mark.parametrize("words", [("--party", "state:\udcff"), ("--note", "fine", "--note", "\udcff")])
def test_bytes_that_are_no_text_are_wrong_usage(folder: Path, words: tuple[str, ...]) -> None:
    ran = typed(folder, "invitation.issued", "--body", "body:x", *words)
    assert ran.exit_code == 2
    assert "not UTF-8" in ran.stderr


def test_a_file_outside_is_refused(folder: Path) -> None:
    ran = typed(folder, "invitation.issued", *ISSUED, "--file", "../out.toml")
    assert ran.exit_code == 1
    assert "is no file of the record" in ran.stderr


def test_no_field_of_any_kind_is_called_as_an_option_that_every_kind_has() -> None:
    names = {name for kind in KINDS.values() for name in kind.__struct_fields__}
    assert names.isdisjoint({"file", "dry_run", "lang", "help"})


@pytest.mark.parametrize(
    ("words", "data"),
    [
        (["--words", "Plain"], {"words": "Plain"}),
        (["--words", "ar=نص"], {"words": {"ar": "نص"}}),
        (["--words", "en=A", "--words", "zh-Hant=B=C"], {"words": {"en": "A", "zh-Hant": "B=C"}}),
        (["--words", "A", "--words", "ar=B"], {"words": {"und": "A", "ar": "B"}}),
        (["--words", "=ar=no language"], {"words": "ar=no language"}),
        (["--words", "total=5"], {"words": "total=5"}),
        (["--words", "en=A", "--words", "authentic=en, ar"], {"words": {"en": "A", "authentic": ["en", "ar"]}}),
        (["--words", '{en = "A", ar = "B"}'], {"words": {"en": "A", "ar": "B"}}),
        (["--words", "{not a table}"], {"words": "{not a table}"}),
        (["--money", "1000000000 USD"], {"money": {"amount": "1000000000", "currency": "USD"}}),
        (["--money", "a lot"], {"money": {"amount": "a", "currency": "lot"}}),
        (["--money", "5"], {"money": "5"}),
        (["--money", '{amount = "5", currency = "USD"}'], {"money": {"amount": "5", "currency": "USD"}}),
        (["--personnel", "20000"], {"personnel": 20_000}),
        (["--personnel", "some"], {"personnel": "some"}),
        (["--at-least"], {"at_least": True}),
        (["--no-at-least"], {"at_least": False}),
        (["--by", "state:ru", "--by", "state:eg"], {"by": ["state:ru", "state:eg"]}),
        (["--subject-to", "A", "--subject-to", "ar=B"], {"subject_to": ["A", {"ar": "B"}]}),
        (["--cites", "source:x"], {"cites": [{"source": "source:x"}]}),
        (
            ["--cites", "source:x#article=art. 3, 4,page=7"],
            {"cites": [{"source": "source:x", "article": "art. 3, 4", "page": "7"}]},
        ),
        (["--cites", "source:x#fragment"], {"cites": [{"source": "source:x#fragment"}]}),
        (["--cites", '{source = "source:x", page = "2"}'], {"cites": [{"source": "source:x", "page": "2"}]}),
        ([], {}),
    ],
)
def test_options_are_read_into_what_a_table_would_hold(words: list[str], data: dict[str, object]) -> None:
    assert read("pledge.made", *words) == data


def test_tables_of_any_shape_can_be_written_as_in_a_file() -> None:
    assert read("provision.set", "--rule", '{type = "seats", number = 15}') == {"rule": {"type": "seats", "number": 15}}
    assert read("provision.set", "--rule", "seats") == {"rule": "seats"}
    assert read("party.described", "--names", "B#lang=ar,use=own") == {
        "names": [{"text": "B", "lang": "ar", "use": "own"}]
    }
    assert read("attendance.recorded", "--arrived", "2026-01-22T11:30:00Z") == {"arrived": "2026-01-22T11:30:00Z"}


def test_a_table_that_needs_several_fields_is_never_guessed() -> None:
    assert _briefly(Position, "5") == "5"
