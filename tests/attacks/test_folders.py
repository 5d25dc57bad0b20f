"""Folders that attack the reader: links, what only looks like a file, what is missing or cannot be read."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from chancery.cli.main import chancery
from chancery.text import read_record

HEAD = '[record]\ntitle = "A record"\n'
LINK = "is a link; a record holds its files itself: put a copy in its place, or take it away"
NOT_A_FILE = "is not a file, though its name ends in .toml; rename it"


def link_out(folder: Path) -> None:
    (folder.parent / "secret.toml").write_text(HEAD, "utf-8")
    (folder / "x.toml").symlink_to(folder.parent / "secret.toml")


def link_to_a_device(folder: Path) -> None:
    (folder / "x.toml").symlink_to("/dev/zero")


def link_to_itself(folder: Path) -> None:
    (folder / "x.toml").symlink_to(folder / "x.toml")


def link_to_nothing(folder: Path) -> None:
    (folder / "x.toml").symlink_to(folder / "y.toml")


def link_to_a_folder_outside(folder: Path) -> None:
    (folder / "x").symlink_to(folder.parent, target_is_directory=True)


def links_in_a_ring(folder: Path) -> None:
    (folder / "x").symlink_to(folder, target_is_directory=True)


def folder_named_as_a_file(folder: Path) -> None:
    (folder / "x.toml").mkdir()


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "x.toml")


def second_head(folder: Path) -> None:
    (folder / "x.toml").write_text(HEAD, "utf-8")


def head_that_is_a_folder(folder: Path) -> None:
    (folder / "record.toml").unlink()
    (folder / "record.toml").mkdir()


def no_head(folder: Path) -> None:
    (folder / "record.toml").rename(folder / "acts.toml")


def nothing(folder: Path) -> None:
    (folder / "record.toml").unlink()


def nothing_but_hidden(folder: Path) -> None:
    (folder / "record.toml").rename(folder / ".record.toml")


ATTACKS: dict[str, tuple[Callable[[Path], None], str, str, str]] = {
    "a link out of the folder": (link_out, "x.toml", "link", LINK),
    "a link to a device without an end": (link_to_a_device, "x.toml", "link", LINK),
    "a link to itself": (link_to_itself, "x.toml", "link", LINK),
    "a link to nothing": (link_to_nothing, "x.toml", "link", LINK),
    "a link to a folder outside": (link_to_a_folder_outside, "x", "link", LINK),
    "links in a ring": (links_in_a_ring, "x", "link", LINK),
    "a folder named as a file": (folder_named_as_a_file, "x.toml", "not-a-file", NOT_A_FILE),
    "a pipe that nobody writes to": (pipe, "x.toml", "not-a-file", NOT_A_FILE),
    "a head that is a folder": (head_that_is_a_folder, "record.toml", "not-a-file", NOT_A_FILE),
    "two heads": (second_head, "x.toml", "second-head", "a record has one [record] table; this is another"),
    "no head": (no_head, "record.toml", "no-record", "is not there; write it, with a table [record]"),
    "an empty folder": (nothing, "record.toml", "no-record", "this is no record yet; `chancery new` begins one"),
    "nothing but hidden files": (nothing_but_hidden, "record.toml", "no-record", "this is no record yet"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "record"
    made.mkdir()
    (made / "record.toml").write_text(HEAD, "utf-8")
    return made


def test_the_folder_is_sound_before_it_is_attacked(folder: Path) -> None:
    (folder / "notes.md").symlink_to(folder.parent / "nowhere")
    (folder / "notes.md").unlink()
    (folder / "README").write_text("no part of the record", "utf-8")
    (folder / "linked.md").symlink_to(folder / "README")
    assert read_record(folder).problems == ()


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_folder_is_refused_with_the_name_of_what_is_wrong(folder: Path, attack: str) -> None:
    make, name, code, said = ATTACKS[attack]
    make(folder)
    loaded = read_record(folder)
    (problem,) = loaded.bars
    assert loaded.record is None
    assert problem.place is not None
    assert (problem.place.file, problem.code) == (name, code)
    assert said in str(problem.phrase)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("command", [["check"], ["show", "counts"]])
def test_a_command_says_so_and_ends_with_1(folder: Path, attack: str, command: list[str]) -> None:
    make, name, _, said = ATTACKS[attack]
    make(folder)
    ran = CliRunner().invoke(chancery, [*command, str(folder)])
    assert ran.exit_code == 1
    assert isinstance(ran.exception, SystemExit)
    assert f"{name}" in ran.output
    assert said in ran.output


def forbidden(*_: object, **__: object) -> bytes:
    raise PermissionError(13, "Permission denied")


def test_a_file_that_may_not_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_bytes", forbidden)
    (problem,) = read_record(folder).bars
    assert str(problem.place) == "record.toml"
    assert str(problem.phrase) == "cannot be read: Permission denied"


def test_a_file_whose_size_may_not_be_asked_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder / "one.toml"
    file.write_text(HEAD, "utf-8")
    real = Path.is_file
    monkeypatch.setattr(Path, "is_file", lambda path: forbidden() if path == file else real(path))
    monkeypatch.setattr(Path, "is_dir", lambda path: path == folder)
    (problem,) = read_record(file).bars
    assert str(problem.phrase) == "cannot be read: Permission denied"


def test_a_folder_that_may_not_be_opened_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "closed").mkdir()
    real = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda path: forbidden() if path.name == "closed" else real(path))
    (problem,) = read_record(folder).bars
    assert str(problem.place) == "closed"
    assert str(problem.phrase) == "cannot be read: Permission denied"


def test_a_folder_that_can_be_opened_once_only_is_named(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read is read again for its layout and its comments: nothing of it is passed over then."""
    real, seen = Path.iterdir, [0]

    def once(path: Path) -> Iterator[Path]:
        seen[0] += path == folder
        return forbidden() if path == folder and seen[0] > 1 else real(path)  # type: ignore[return-value]  # never

    monkeypatch.setattr(Path, "iterdir", once)
    for command in (
        ["load", str(folder), "--database", f"sqlite:///{tmp_path}/l.db"],
        ["convert", str(folder), str(tmp_path / "new")],
    ):
        seen[0] = 0
        ran = CliRunner().invoke(chancery, command)
        assert ran.exit_code == 1
        assert "cannot be read: Permission denied" in ran.stderr
    assert not (tmp_path / "new").exists()


def test_a_folder_of_documents_that_may_not_be_opened_is_named(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "documents").mkdir()
    monkeypatch.setattr("os.scandir", forbidden)
    words = [
        "load",
        str(folder),
        "--documents",
        str(tmp_path / "documents"),
        "--database",
        f"sqlite:///{tmp_path}/l.db",
    ]
    ran = CliRunner().invoke(chancery, words)
    assert ran.exit_code == 1
    assert "cannot be read: Permission denied" in ran.stderr


def test_a_record_that_is_not_there_is_named(tmp_path: Path) -> None:
    (problem,) = read_record(tmp_path / "nowhere").bars
    assert problem.code == "no-record"
    assert "is not there; expected a record" in str(problem.phrase)


def test_a_name_longer_than_any_name_is_refused(tmp_path: Path) -> None:
    ran = CliRunner().invoke(chancery, ["check", str(tmp_path / ("x" * 5000))])
    assert ran.exit_code == 1
    assert "cannot be read: File name too long" in ran.output


def test_a_name_with_a_nul_is_refused() -> None:
    (problem,) = read_record(Path("a\0b")).bars
    assert "is not there" in str(problem.phrase)


def test_a_device_is_no_record() -> None:
    (problem,) = read_record(Path("/dev/zero")).bars
    assert (problem.code, str(problem.phrase)) == ("not-a-file", "is not a file")
