"""Older copies that are brought back: whatever writes refuses, and says by how much the copy is behind."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from click.testing import CliRunner

from chancery.cli.main import chancery
from faults.held import Control, Held, Suite
from faults.ledgers import FAULTED, ORIGIN, RECORD, SERVER, copied, issued, lines, memory, room, typed, url_of
from tests.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator


class Place(Protocol):
    """Where a ledger lies, and how copies of it are made and brought back."""

    folder: Path

    def keep(self, number: int) -> None:
        """Make a copy."""

    def bring_back(self, number: int) -> None:
        """Lay a copy in the place of the ledger."""


class File:
    """A ledger in a file."""

    def __init__(self, folder: Path) -> None:
        """Take a folder."""
        self.folder = folder

    def keep(self, number: int) -> None:
        """Copy the file."""
        shutil.copy(self.folder / "ledger.db", self.folder / f"old{number}.db")

    def bring_back(self, number: int) -> None:
        """Copy it back."""
        shutil.copy(self.folder / f"old{number}.db", self.folder / "ledger.db")


class Database:
    """A ledger on a server."""

    def __init__(self, folder: Path, server: str) -> None:
        """Begin a database."""
        self.folder = folder
        self._server = server
        (folder / SERVER).write_text(server, "utf-8")
        copied(server, "template0", FAULTED)

    def keep(self, number: int) -> None:
        """Copy the database."""
        copied(self._server, FAULTED, f"old{number}")

    def bring_back(self, number: int) -> None:
        """Copy it back."""
        copied(self._server, f"old{number}", FAULTED)


@contextmanager
def on(shelf: str) -> Iterator[Place]:
    """A place for a ledger."""
    with room() as name:
        if shelf == "SQLite":
            yield File(Path(name))
            return
        with Cluster(memory()) as cluster:
            yield Database(Path(name), cluster.url())


def older_copies(shelf: str, count: int, *, forgetful: bool = False) -> tuple[int, list[str]]:
    """Bring back each of several older copies, and type what writes; forgetful: with its memory of signatures."""
    with on(shelf) as place:
        folder, database, key = place.folder, url_of(place.folder), ("--key", place.folder / "ledger.db.key")
        (folder / "record.toml").write_text(RECORD, "utf-8")
        typed("ledger", "init", "--origin", ORIGIN, *key, "--database", database)
        typed("load", folder / "record.toml", "--database", database)
        for number in range(count):
            typed("ledger", "append", "--database", database, piped=lines(issued(f"e{number}")))
            typed("ledger", "checkpoint", *key, "--database", database)
            place.keep(number)
            shutil.copy(folder / "ledger.db.signed", folder / f"old{number}.signed")
        typed("ledger", "export", folder / "out", *key, "--database", database)
        wrong = [
            fault for number in range(count - 1) for fault in _brought_back(place, number, count, forgetful=forgetful)
        ]
        return count - 1, wrong


def _brought_back(place: Place, number: int, count: int, *, forgetful: bool) -> Iterator[str]:
    """What is wrong with how an older copy takes to being written to."""
    folder, database, behind = place.folder, url_of(place.folder), count - 1 - number
    place.bring_back(number)
    if forgetful:
        shutil.copy(folder / f"old{number}.signed", folder / "ledger.db.signed")
    for words in (("append", "-"), ("checkpoint", "--key", str(folder / "ledger.db.key"))):
        ran = CliRunner().invoke(chancery, ["ledger", *words, "--database", database], input=lines(issued("fork")))
        if ran.exit_code != 1 or f"is {behind} entr" not in ran.output:
            yield f"copy {number}: ledger {words[0]}: {ran.exit_code} {ran.output.strip()[:200]}"
    ran = CliRunner().invoke(chancery, ["ledger", "catch-up", str(folder / "out"), "--database", database])
    if ran.exit_code:
        yield f"copy {number}: {ran.output.strip()[:200]}"


def run(*, long: int) -> Iterator[Held]:
    """Bring older copies back."""
    for shelf, count in (("SQLite", 30 if long else 4), ("PostgreSQL", 30 if long else 3)):
        tried, wrong = older_copies(shelf, count)
        _, caught = older_copies(shelf, 3, forgetful=True)
        yield Held(
            "older copy brought back", shelf, tried, "copies", tuple(wrong),
            Control("the memory of signatures brought back too", len(caught)), "Each said by how much it is behind.",
        )  # fmt: skip


NOTES = """
An older copy of a ledger is put in the place of the later one: whatever writes has to refuse, to say by how much it
is behind, and to go on after `ledger catch-up` from a later copy whose checkpoint was signed.
"""

SUITE = Suite("Older copies", " ".join(NOTES.split()), run)
