"""The shelf: what stands is kept byte for byte, a file is replaced whole or not at all."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from chancery.acts import Act
from chancery.text import LINES, Refused, Shelf, read_record, write_whole
from chancery.text.shelf import beside
from tests.made import act

HEAD = '[record]\ntitle = "A record"\n\n[[source]]\nref = "source:press"\nstanding = "press"\n'
ODD = """\
# Kept.\r
[[act]]   # as it is\r
kind="party.described"
party = "body:b"
  id = "b"  # odd
cites=[{source="source:press"}]"""


class Flushed:
    """Remembers what was to be put on the disk, in order."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, path: Path) -> None:
        self.names.append(path.name)


@pytest.fixture
def flushed() -> Flushed:
    return Flushed()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "record"
    made.mkdir()
    (made / "record.toml").write_text(HEAD, "utf-8")
    return made


def new(number: int = 1) -> Act:
    return act("party.described", party=f"body:c{number}", id=f"new-{number}")


def ids(record: Path) -> list[str]:
    loaded = read_record(record)
    assert loaded.record is not None, loaded.problems
    return [each.id for each in loaded.record.acts]


def test_entries_go_to_a_file_of_their_own_and_stand_last(folder: Path, flushed: Flushed) -> None:
    (folder / "zzz.toml").write_bytes(ODD.encode())
    shelf = Shelf(folder, flushed)
    shelf.append(new(1))
    shelf.append(new(2))
    assert shelf.path == folder / "additions.toml"
    assert ids(folder) == ["b", "new-1", "new-2"]
    assert (folder / "additions.toml").read_text("utf-8") == f"{shelf.form(new(1))}\n{shelf.form(new(2))}"
    assert [path.name for path in sorted(folder.iterdir())] == ["additions.toml", "record.toml", "zzz.toml"]


def test_what_stands_in_the_file_is_kept_byte_for_byte(folder: Path, flushed: Flushed) -> None:
    (folder / "odd.toml").write_bytes(ODD.encode())
    shelf = Shelf(folder, flushed, "odd.toml")
    shelf.append(new())
    assert (folder / "odd.toml").read_bytes() == f"{ODD}\n\n{shelf.form(new())}".encode()


def test_the_new_file_is_on_the_disk_before_it_takes_its_place(folder: Path, flushed: Flushed) -> None:
    Shelf(folder, flushed).append(new())
    assert flushed.names == [".additions.toml.new", "record"]


def test_the_file_keeps_its_mode(folder: Path, flushed: Flushed) -> None:
    (folder / "odd.toml").write_bytes(ODD.encode())
    (folder / "odd.toml").chmod(0o600)
    Shelf(folder, flushed, "odd.toml").append(new())
    assert stat.S_IMODE((folder / "odd.toml").stat().st_mode) == 0o600


def test_a_record_of_one_file_is_appended_to_itself(tmp_path: Path, flushed: Flushed) -> None:
    file = tmp_path / "one.toml"
    file.write_text(HEAD, "utf-8")
    Shelf(file, flushed).append(new())
    assert ids(file) == ["new-1"]
    with pytest.raises(Refused, match="appended to itself; leave out the file's name"):
        Shelf(file, flushed, "other.toml")


@pytest.mark.parametrize("end", ["\n", ""])
@pytest.mark.parametrize("ending", sorted(LINES))
def test_lines_are_appended_as_lines(tmp_path: Path, flushed: Flushed, end: str, ending: str) -> None:
    file = tmp_path / f"r{ending}"
    head = '{"kind":"record","title":"T"}\n{"kind":"source","ref":"source:press","standing":"press"}'
    file.write_text(head + end, "utf-8")
    shelf = Shelf(file, flushed)
    shelf.append(new())
    assert file.read_text("utf-8") == f"{head}\n{shelf.form(new())}"
    assert ids(file) == ["new-1"]


def test_an_empty_file_takes_its_first_entry(tmp_path: Path, flushed: Flushed) -> None:
    for name in ("r.toml", "r.jsonl"):
        (tmp_path / name).touch()
        shelf = Shelf(tmp_path / name, flushed)
        shelf.append(new())
        assert (tmp_path / name).read_text("utf-8") == shelf.form(new())


@pytest.mark.parametrize("text", ["act = []\n", 'act = [{id = "a"}]\n', "[act.x]\n"])
def test_a_file_that_cannot_take_a_table_stays_as_it_was(folder: Path, flushed: Flushed, text: str) -> None:
    (folder / "odd.toml").write_text(text, "utf-8")
    with pytest.raises(Refused, match=r"its entries are not written as tables headed \[\[act\]\]"):
        Shelf(folder, flushed, "odd.toml").append(new())
    assert (folder / "odd.toml").read_text("utf-8") == text
    assert not beside(folder / "odd.toml").exists()
    assert flushed.names == []


@pytest.mark.parametrize(
    "name", ["../out.toml", "/out.toml", ".hidden.toml", ".git/x.toml", "notes.md", "link.toml", "linked/x.toml"]
)
def test_only_files_of_the_record_are_written(folder: Path, flushed: Flushed, name: str) -> None:
    (folder / "link.toml").symlink_to(folder / "record.toml")
    (folder / "linked").symlink_to(folder.parent, target_is_directory=True)
    with pytest.raises(Refused, match=r"is no file of the record; give a path inside its folder that ends in \.toml"):
        Shelf(folder, flushed, name)


def test_a_file_goes_only_where_there_is_a_folder(folder: Path, flushed: Flushed) -> None:
    with pytest.raises(Refused, match="lies in a folder that is not there"):
        Shelf(folder, flushed, "2027/01.toml")


def test_who_holds_the_shelf_keeps_others_away(folder: Path, flushed: Flushed) -> None:
    shelf = Shelf(folder, flushed)
    with shelf.held():
        with pytest.raises(Refused, match=r"if nobody is, take away \.writing"), Shelf(folder, flushed).held():
            pytest.fail("two hold it")
        assert ids(folder) == []
    with Shelf(folder, flushed).held():
        pass
    assert [path.name for path in folder.iterdir()] == ["record.toml"]


def test_a_shelf_that_cannot_be_held_says_why(tmp_path: Path, flushed: Flushed) -> None:
    shelf = Shelf(tmp_path / "nowhere" / "r.toml", flushed)
    with pytest.raises(Refused, match="cannot be written: No such file or directory"), shelf.held():
        pytest.fail("held")


def test_a_file_that_cannot_be_written_says_why(tmp_path: Path, flushed: Flushed) -> None:
    with pytest.raises(Refused, match="cannot be written: No such file or directory"):
        write_whole(tmp_path / "nowhere" / "r.toml", [b"x"], flushed)


def test_a_file_is_written_whole(tmp_path: Path, flushed: Flushed) -> None:
    write_whole(tmp_path / "r.toml", [b"one ", b"two"], flushed)
    assert (tmp_path / "r.toml").read_bytes() == b"one two"
    assert [path.name for path in tmp_path.iterdir()] == ["r.toml"]


def test_what_a_writer_that_was_cut_off_has_left_is_in_nobodys_way(folder: Path, flushed: Flushed) -> None:
    beside(folder / "additions.toml").write_text("half an en", "utf-8")
    Shelf(folder, flushed).append(new())
    assert ids(folder) == ["new-1"]


@contextmanager
def cut_off() -> Iterator[None]:
    with pytest.raises(KeyboardInterrupt):
        yield


def test_a_writer_that_is_cut_off_leaves_the_old_file(folder: Path) -> None:
    def power_fails(_: Path) -> None:
        raise KeyboardInterrupt

    before = (folder / "record.toml").read_bytes()
    with cut_off():
        Shelf(folder, power_fails, "record.toml").append(new())
    assert (folder / "record.toml").read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["record.toml"]
