"""`chancery export` and `chancery import`, as a user types them."""

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from tests.unit.cli.doors import BOARD, TEACHING, told, typed

PEOPLE = json.dumps({"persons": [{"id": "a", "name": "A"}], "organizations": [], "posts": [], "memberships": []})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people.json"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def test_an_export_goes_to_the_output_or_to_a_file(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "board.json"
    assert told("export", BOARD, "--to", "popolo", "--on", "2026-03-01", "--out", str(out)) == ""
    assert out.read_text("utf-8") == told("export", BOARD, "--to", "popolo", "--on", "2026-03-01")


def test_an_export_is_the_same_each_time() -> None:
    assert told("export", BOARD, "--to", "popolo") == told("export", BOARD, "--to", "popolo")


def test_an_export_does_not_write_over_a_folder(tmp_path: Path) -> None:
    result = typed("export", TEACHING, "--to", "popolo", "--out", str(tmp_path))
    assert result.exit_code == 2
    assert "is a folder" in result.stderr


def test_an_export_that_cannot_be_written_says_why(file: Path) -> None:
    result = typed("export", TEACHING, "--to", "popolo", "--out", str(file / "below"))
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


@pytest.mark.parametrize("form", ["rec", "rec.toml", "rec.jsonl"])
def test_an_import_begins_a_record_in_any_form(file: Path, tmp_path: Path, form: str) -> None:
    record = str(tmp_path / form)
    assert "2 entries from 1 source" in told("import", str(file), "--from", "popolo", "--out", record)
    assert "nothing bars them" in told("check", record)


def test_the_source_is_made_from_the_file(file: Path, tmp_path: Path) -> None:
    packed = tmp_path / "people.json.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    record = str(tmp_path / "rec.jsonl")
    words = ("--title", "People", "--retrieved", "2026-11-20", "--published", "2026-11", "--url", "https://example.org")
    told(
        "import", str(packed), "--from", "popolo", "--out", record, "--publisher", "P", "--standing", "official", *words
    )
    source = json.loads(Path(record).read_text("utf-8").splitlines()[1])
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert source == {
        "kind": "source",
        "ref": "source:people",
        "standing": "official",
        "title": "People",
        "publisher": "P",
        "url": "https://example.org",
        "published": "2026-11",
        "retrieved": "2026-11-20",
        "digest": digest,
    }


@pytest.mark.parametrize("form", ["rec", "rec.toml", "rec.jsonl"])
def test_an_import_adds_to_a_record_and_changes_nothing_in_it(file: Path, tmp_path: Path, form: str) -> None:
    record = str(tmp_path / form)
    told("import", str(file), "--from", "popolo", "--out", record)
    before = told("export", record, "--to", "popolo")
    other = tmp_path / "others.json"
    other.write_text(PEOPLE, encoding="utf-8")
    assert "2 entries from 1 source" in told("import", str(other), "--from", "popolo", "--into", record)
    assert "4 entries from 2 sources" in told("check", record)
    after = json.loads(told("export", record, "--to", "popolo"))
    assert after["persons"][0] == json.loads(before)["persons"][0]
    assert len(after["persons"]) == 2


def test_an_import_adds_to_a_database_or_changes_nothing_in_it(file: Path, tmp_path: Path) -> None:
    record, database = str(tmp_path / "rec"), f"sqlite:///{tmp_path}/board.db"
    told("import", str(file), "--from", "popolo", "--out", record)
    told("load", record, "--database", database)
    other = tmp_path / "others.json"
    other.write_text(PEOPLE, encoding="utf-8")
    for into in (record, database):
        assert f"2 entries from 1 source written to {into}" in told(
            "import", str(other), "--from", "popolo", "--into", into
        )
    assert "4 entries from 2 sources" in told("check", database)
    assert told("export", database, "--to", "popolo") == told("export", record, "--to", "popolo")
    assert typed("import", str(other), "--from", "popolo", "--into", database).exit_code == 2
    assert "4 entries from 2 sources" in told("check", database)
    assert typed("import", str(other), "--from", "popolo", "--into", f"sqlite:///{tmp_path}/none.db").exit_code == 1


@pytest.mark.parametrize("form", ["popolo", "ftm", "prov", "org", "csv", "ics", "atom", "akn"])
def test_a_database_is_exported_as_its_text_is(file: Path, tmp_path: Path, form: str) -> None:
    record, database = str(tmp_path / "rec"), f"sqlite:///{tmp_path}/board.db"
    told("import", str(file), "--from", "popolo", "--out", record)
    told("load", record, "--database", database)
    assert told("export", database, "--to", form).replace(database, record) == told("export", record, "--to", form)


def test_a_fault_is_told_at_its_place_and_nothing_is_written(tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    file.write_text('{"persons": [{"id": "a"}, {"name": "B"}]}', encoding="utf-8")
    result = typed("import", str(file), "--from", "popolo", "--out", str(tmp_path / "rec"))
    assert result.exit_code == 1
    assert "people.json: /persons/0/name" in result.stderr
    assert "people.json: /persons/1/id" in result.stderr
    assert not (tmp_path / "rec").exists()


def test_what_bars_the_record_is_told_at_its_place_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    tie = {"person_id": "a", "organization_id": "h", "start_date": "2012", "end_date": "2011"}
    document = {
        "persons": [{"id": "a", "name": "A"}],
        "organizations": [{"id": "h", "name": "H"}],
        "memberships": [tie],
    }
    file.write_text(json.dumps(document), encoding="utf-8")
    result = typed("import", str(file), "--from", "popolo", "--out", str(tmp_path / "rec"))
    assert result.exit_code == 1
    assert "people.json: /memberships/0: until" in result.stderr
    assert not (tmp_path / "rec").exists()


@pytest.mark.parametrize("data", [b"not packed", gzip.compress(b"{}", mtime=0)[:-9]], ids=["plain", "cut off"])
def test_a_file_that_is_not_packed_as_its_name_says_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "people.json.gz"
    file.write_bytes(data)
    result = typed("import", str(file), "--from", "popolo", "--out", str(tmp_path / "rec"))
    assert result.exit_code == 1
    assert "gzip" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--out", "a", "--into", "b"),
        ("--out", "a", "--retrieved", "soon"),
        ("--out", "a", "--standing", "holy"),
    ],
)
def test_wrong_usage_says_so(file: Path, words: tuple[str, ...]) -> None:
    assert typed("import", str(file), "--from", "popolo", *words).exit_code == 2


def test_a_record_that_is_there_stays(file: Path, tmp_path: Path) -> None:
    told("import", str(file), "--from", "popolo", "--out", str(tmp_path / "rec"))
    assert typed("import", str(file), "--from", "popolo", "--out", str(tmp_path / "rec")).exit_code == 2
    assert typed("import", str(file), "--from", "popolo", "--into", str(tmp_path / "rec")).exit_code == 2
    assert typed("import", str(file), "--from", "popolo", "--into", str(tmp_path / "none")).exit_code == 1
