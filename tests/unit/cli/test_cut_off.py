"""What a command that was cut off has left is taken up again, and what the disk refuses is told in a sentence."""

import errno
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import DatabaseError
from django.db.migrations.executor import MigrationExecutor

from chancery.cli import signing
from chancery.cli.main import chancery
from chancery.store.memories import FileMemory, begun
from chancery.store.opening import opened
from chancery.store.schema import migrate
from chancery.store.sqlite import Sqlite
from chancery.store.urls import Address, address_of
from chancery.text import Refused
from chancery.values import Fault
from tests.unit.cli.ledgers import ISSUED, Typing, line, verified


def failing(number: int, name: str | None = None) -> object:
    """Something that the machine refuses."""

    def fails(*_: object, **__: object) -> None:
        raise OSError(number, "Input/output error", name)

    return fails


@pytest.fixture
def file(tmp_path: Path, folder: Path) -> Typing:
    """Commands about a new file."""
    assert folder.is_dir()
    return Typing(f"sqlite:///{tmp_path}/new.db", tmp_path, tmp_path / "new.db.signed")


@pytest.mark.parametrize(("name", "said"), [(None, "Error: Input/output error; "), ("f", "Error: f: Input/output")])
def test_what_the_disk_refuses_is_told(
    file: Typing, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str | None, said: str
) -> None:
    monkeypatch.setattr("chancery.cli.load.layout_of", failing(errno.EIO, name))
    ran = file("load", folder)
    assert ran.exit_code == 1
    assert said in ran.stderr


def test_a_pipe_that_is_closed_is_left_to_the_shell(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chancery.cli.check.load", failing(errno.EPIPE))
    ran = CliRunner().invoke(chancery, ["check", str(folder)])
    assert (ran.exit_code, ran.stderr) == (1, "")


def test_tables_that_cannot_be_made_are_told(file: Typing, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(MigrationExecutor, "migrate", fails)
    ran = file("load", folder)
    assert ran.exit_code == 1
    assert "its tables cannot be made: disk full" in ran.stderr


def test_tables_are_made_all_or_none(file: Typing, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = MigrationExecutor.apply_migration
    made: list[str] = []

    def second_fails(self: MigrationExecutor, *words: object, **more: object) -> object:
        if made:
            raise DatabaseError("disk full")
        made.append("first")
        return honest(self, *words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(MigrationExecutor, "apply_migration", second_fails)
    assert file("load", folder).exit_code == 1
    assert made == ["first"]
    with sqlite3.connect(file.address.path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    monkeypatch.undo()
    file.told("load", folder)


def test_a_ledger_that_was_cut_off_as_it_began_is_begun(file: Typing, folder: Path) -> None:
    file.address.path.touch()
    migrate(file.address)
    file.memory.touch()
    assert "holds no ledger yet" in file.ledger("log").stderr
    file.told("load", folder)
    file.told("ledger", "checkpoint")


def test_keys_that_were_cut_off_are_made(file: Typing, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "keep_secret", failing(errno.EIO))
    assert file("load", folder).exit_code == 1
    monkeypatch.undo()
    file.told("load", folder)
    file.told("ledger", "checkpoint")


def test_a_memory_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "signed").write_text("no database", "utf-8")
    with pytest.raises(Fault, match="not a database"):
        begun(tmp_path / "signed")
    (tmp_path / "empty").touch()
    FileMemory(tmp_path / "empty", begin=True)
    assert begun(tmp_path / "empty")


def test_a_file_that_cannot_be_opened_is_told(sqlite: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(sqlite3, "connect", fails)
    with pytest.raises(Refused, match="unable to open database file"):
        Sqlite(sqlite)


@pytest.mark.parametrize("at", ["hardlink_to", "replace"])
def test_a_rotation_that_was_cut_off_is_ended(typing: Typing, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    before = typing.key.read_text("utf-8")
    monkeypatch.setattr(Path, at, failing(errno.EIO))
    monkeypatch.setattr(signing, "keep_secret", lambda path, text: path.write_text(text) and path.chmod(0o600))
    assert typing.signing("rotate-key").exit_code == 1
    monkeypatch.undo()
    waiting = typing.key.with_name("log.key.new").read_text("utf-8")
    assert typing.key.read_text("utf-8") == before
    assert typing.signing("rotate-key").exit_code == 0
    assert typing.key.read_text("utf-8") == waiting
    assert typing.key.with_name("log.key.old").read_text("utf-8") == before
    assert [each["kind"] for each in typing.log()].count("key.rotated") == 2


def test_a_rotation_that_was_not_recorded_begins_anew(typing: Typing) -> None:
    waiting = typing.key.with_name("log.key.new")
    waiting.write_text(typing.key.read_text("utf-8"), "utf-8")
    waiting.chmod(0o600)
    before = typing.key.read_text("utf-8")
    assert typing.signing("rotate-key").exit_code == 0
    assert typing.key.read_text("utf-8") != before


def test_an_export_that_was_cut_off_goes_on(typing: Typing) -> None:
    out = typing.room / "out"
    assert typing.signing("export", out).exit_code == 0
    (out / "checkpoint").rename(out / ".checkpoint.new")
    (out / "tile" / "0" / ".000.new").write_bytes(b"?")
    assert typing.signing("export", out).exit_code == 0
    assert "verified" in verified(out).stdout.lower()
    (out / "checkpoint").unlink()
    (out / "letter.txt").write_text("Mine.", "utf-8")
    assert "no export of a ledger" in typing.signing("export", out).stderr


def test_what_was_caught_up_is_noted_once(typing: Typing) -> None:
    typing.told("ledger", "append", piped=line(ISSUED))
    out = typing.room / "out"
    assert typing.signing("export", out).exit_code == 0
    for _ in range(2):
        typing.told("ledger", "catch-up", out)
    with opened(address_of(typing.url)) as store:
        assert len(store.checkpoints()) == 1


def test_a_secret_is_written_whole_and_over_no_other(tmp_path: Path) -> None:
    (tmp_path / ".key.new").write_text("cut off", "utf-8")
    words = ["witness", "keygen", "--name", "a.example/witness", "--out", str(tmp_path / "key")]
    assert CliRunner().invoke(chancery, words).exit_code == 0
    before = (tmp_path / "key").read_text("utf-8")
    assert CliRunner().invoke(chancery, words).exit_code == 1
    assert (tmp_path / "key").read_text("utf-8") == before
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
