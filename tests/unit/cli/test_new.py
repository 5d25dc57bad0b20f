"""`chancery new`: a record to start from, sound, explained, with the schema that editors read."""

import json
import shlex
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from chancery.text import read_record
from tests.unit.cli.doors import told, typed


def test_what_is_written_is_sound_and_stands_in_its_own_schema(tmp_path: Path) -> None:
    made = tmp_path / "new" / "board"
    told("new", str(made))
    loaded = read_record(made)
    assert loaded.problems == ()
    assert loaded.record is not None
    assert [act.kind for act in loaded.record.acts][-2:] == ["invitation.issued", "invitation.accepted"]
    schema = json.loads((made / "record.schema.json").read_text("utf-8"))
    for file in made.glob("*.toml"):
        assert list(Draft202012Validator(schema).iter_errors(tomllib.loads(file.read_text("utf-8")))) == []
        assert file.read_text("utf-8").startswith("#:schema ./record.schema.json\n")


def test_every_line_of_it_is_explained(tmp_path: Path) -> None:
    told("new", str(tmp_path))
    text = (tmp_path / "invitations.toml").read_text("utf-8")
    invitation = text[text.index("# An invitation.") :]
    plain = [line for line in invitation.splitlines() if line and "#" not in line]
    self_evident = ("[[act]]", "id =", "kind =", "party =", "body =", "effective =", "cites =")
    assert [line for line in plain if not line.startswith(self_evident)] == []


def test_what_to_type_next_can_be_typed(tmp_path: Path) -> None:
    said = told("new", str(tmp_path / "a board"))
    lines = [shlex.split(line) for line in said.splitlines() if line.startswith("  chancery ")]
    assert len(lines) == 5
    for _, *words in lines:
        assert typed(*words).exit_code == 0


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    assert typed("new", str(tmp_path)).exit_code == 0


def test_a_folder_that_holds_anything_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / ".keep").touch()
    ran = typed("new", str(tmp_path))
    assert ran.exit_code == 2
    assert "is not empty and stays as it is" in ran.stderr
    assert [path.name for path in tmp_path.iterdir()] == [".keep"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    ran = typed("new", str(tmp_path / "x"))
    assert ran.exit_code == 2
    assert "is a file; name a folder that is empty or not there yet" in ran.stderr
    ran = typed("new", str(tmp_path / "x" / "y"))
    assert ran.exit_code == 2
    assert "cannot be written: Not a directory" in ran.stderr


def test_a_folder_that_may_not_be_looked_into_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", forbidden)
    ran = typed("new", str(tmp_path))
    assert ran.exit_code == 2
    assert "cannot be written: Permission denied" in ran.stderr
