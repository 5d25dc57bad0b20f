"""`chancery convert`: nothing lost, nothing overwritten unasked, nothing half written."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chancery.acts import KINDS
from chancery.ledger import Record
from chancery.text import Loaded, Refused, lines_of, read_record
from chancery.text.loaded import unreadable
from chancery.values import phrase
from tests.made import act, record
from tests.samples import base, sample, toml_table
from tests.unit.cli.doors import BOARD, TEACHING, told, typed

pytestmark = pytest.mark.slow  # each takes more than a second


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "record"
    made.mkdir()
    (made / "record.toml").write_text(base(), "utf-8")
    samples = ({**sample(kind), "id": f"sample-{name}"} for name, kind in KINDS.items())
    (made / "acts.toml").write_text("# all kinds\n" + "\n".join(map(toml_table, samples)), "utf-8")
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_kind_comes_back_from_lines_as_it_was(folder: Path, tmp_path: Path) -> None:
    told("convert", str(folder), str(tmp_path / "a.jsonl"))
    told("convert", str(tmp_path / "a.jsonl"), str(tmp_path / "b"))
    told("convert", str(tmp_path / "b"), str(tmp_path / "c.jsonl"))
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "c.jsonl").read_bytes()


@pytest.mark.parametrize("record", [BOARD, TEACHING], ids=["board-of-peace", "teaching"])
def test_the_records_come_back_from_every_form(record: str, tmp_path: Path) -> None:
    way = ["a.jsonl", "b", "c.toml", "d", "e.jsonl"]
    for origin, target in zip([record, *(str(tmp_path / name) for name in way)], way, strict=False):
        told("convert", origin, str(tmp_path / target))
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "e.jsonl").read_bytes()
    assert files(tmp_path / "b") == files(tmp_path / "d")


def test_toml_is_written_in_canonical_form_and_then_stays(tmp_path: Path) -> None:
    told("convert", BOARD, str(tmp_path / "a"))
    told("convert", str(tmp_path / "a"), str(tmp_path / "b"))
    assert files(tmp_path / "a") == files(tmp_path / "b")
    told("convert", str(tmp_path / "a"), str(tmp_path / "a"), "--force")
    assert files(tmp_path / "a") == files(tmp_path / "b")
    kept = (tmp_path / "a" / "first-case.toml").read_text("utf-8")
    assert "# --- 1. Russia's president has received an invitation ---" in kept


@given(text=st.text(st.characters(codec="utf-8"), max_size=200))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.jsonl"
    made = record(act("statement.made", id="e", speaker_as=text, note={"en": text}))
    file.write_bytes(b"".join(line + b"\n" for line in lines_of(made)))
    told("convert", str(file), str(tmp_path / "b.toml"), "--force")
    told("convert", str(tmp_path / "b.toml"), str(tmp_path / "c.jsonl"), "--force")
    assert (tmp_path / "c.jsonl").read_bytes() == file.read_bytes()


@pytest.mark.parametrize("target", ["there.jsonl", "there.toml", "there"])
def test_what_is_there_is_written_over_only_when_forced(folder: Path, tmp_path: Path, target: str) -> None:
    out = tmp_path / target
    told("convert", str(folder), str(out))
    before = files(tmp_path)
    ran = typed("convert", str(folder), str(out))
    assert ran.exit_code == 2
    assert "is there already; --force writes over it" in ran.stderr
    assert files(tmp_path) == before
    told("convert", str(folder), str(out), "--force")
    assert files(tmp_path) == before


def test_an_empty_folder_is_nothing_to_write_over(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    told("convert", str(folder), str(tmp_path / "out"))
    assert set(files(tmp_path / "out")) == {"record.toml", "acts.toml"}


def test_files_that_would_be_read_with_it_are_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old.toml").write_text("", "utf-8")
    ran = typed("convert", str(folder), str(tmp_path / "out"), "--force")
    assert ran.exit_code == 2
    assert "it holds old.toml, which would be read with what is written and change the ledger" in ran.stderr
    assert set(files(tmp_path / "out")) == {"old.toml"}


def test_nothing_is_written_into_the_record_itself(folder: Path) -> None:
    ran = typed("convert", str(folder), str(folder / "more"))
    assert ran.exit_code == 2
    assert "lies inside the record itself" in ran.stderr


def test_a_name_that_says_another_form_than_what_is_there_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").mkdir()
    (tmp_path / "x").touch()
    assert (
        "is a folder; leave out the ending of its name"
        in typed("convert", str(folder), str(tmp_path / "x.jsonl")).stderr
    )
    assert "is a file; a folder's name is expected" in typed("convert", str(folder), str(tmp_path / "x")).stderr


def test_a_record_with_faults_is_not_converted(folder: Path, tmp_path: Path) -> None:
    (folder / "more.toml").write_text("[[act]\n", "utf-8")
    ran = typed("convert", str(folder), str(tmp_path / "out"))
    assert ran.exit_code == 1
    assert "more.toml:1" in ran.stderr
    assert not (tmp_path / "out").exists()


def test_what_would_change_the_ledger_is_not_put_in_its_place(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def turned(path: Path) -> Loaded:
        found = read_record(path).record
        assert found is not None
        return Loaded(Record(found.head, found.sources, found.acts[::-1]), ())

    monkeypatch.setattr("chancery.cli.writing.read_record", turned)
    ran = typed("convert", str(folder), str(tmp_path / "out.jsonl"))
    assert ran.exit_code == 1
    assert "the ledger would change: where " in ran.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["record"]


def test_what_cannot_be_read_again_is_not_put_in_its_place(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chancery.cli.writing.read_record", lambda _: read_record(tmp_path / "nowhere"))
    ran = typed("convert", str(folder), str(tmp_path / "out.jsonl"))
    assert ran.exit_code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["record"]


def test_a_place_that_cannot_be_written_is_named(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    ran = typed("convert", str(folder), str(tmp_path / "file" / "out"))
    assert ran.exit_code == 1
    assert "cannot be written: Not a directory" in ran.stderr

    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("chancery.cli.writing.flushed", full)
    ran = typed("convert", str(folder), str(tmp_path / "out.jsonl"))
    assert ran.exit_code == 1
    assert "cannot be written: No space left on device" in ran.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_a_part_that_cannot_be_written_is_named(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise Refused(unreadable("acts.toml", phrase("cannot be written: {why}", why="too long a name")))

    monkeypatch.setattr("chancery.cli.writing.write_whole", refused)
    ran = typed("convert", str(folder), str(tmp_path / "out"))
    assert ran.exit_code == 1
    assert "acts.toml: bar: cannot be written: too long a name" in ran.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["record"]
