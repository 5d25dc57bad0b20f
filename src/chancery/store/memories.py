"""What a signer or a witness remembers, in one SQLite file: durable before it is acted upon, one change at a time."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from chancery.log.memory import Remembered
from chancery.store.sqlite import DURABLE, not_durable
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chancery.values import Phrase

PATIENCE = 10
"""Seconds that one change waits for another to end."""

_TABLE = """
CREATE TABLE heads (
    origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, time INTEGER NOT NULL
) STRICT, WITHOUT ROWID
"""
_WRITE = """
INSERT INTO heads VALUES (?, ?, ?, ?)
ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root, time = excluded.time
"""


class FileMemory:
    """A file of heads, shared by every thread and process that opens it."""

    def __init__(self, path: Path, *, begin: bool = False) -> None:
        """Open a file, or begin one. Raises Fault where it is not there, or is there already."""
        self._path = path
        if begin == begun(path):
            raise Fault(_there(path) if begin else _not_there(path))
        with self._opened(begin=begin) as connection:
            if begin:
                connection.execute(_TABLE)
            connection.execute("SELECT origin, size, root, time FROM heads LIMIT 1")

    def load(self, origin: str, /) -> Remembered | None:
        """The last checkpoint of a log. Raises Fault where the file cannot be read."""
        with self._opened() as connection:
            return _loaded(connection, origin)

    def swap(self, origin: str, before: Remembered | None, after: Remembered, /) -> bool:
        """Put one in the place of another; on the disk before this returns. Raises Fault where it cannot be written."""
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            if _loaded(connection, origin) != before:
                return False
            connection.execute(_WRITE, (origin, after.size, after.root, after.time))
            connection.execute("COMMIT")
        return True

    @contextmanager
    def _opened(self, *, begin: bool = False) -> Iterator[sqlite3.Connection]:
        """A connection that keeps what it commits, whatever happens to the machine after that."""
        mode = "rwc" if begin else "rw"
        try:
            connection = sqlite3.connect(
                f"{self._path.resolve().as_uri()}?mode={mode}", uri=True, timeout=PATIENCE, isolation_level=None
            )
            try:
                self._settle(connection)
                yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise Fault(phrase("{path}: {fault}", path=str(self._path), fault=str(error))) from None

    def _settle(self, connection: sqlite3.Connection) -> None:
        """Set what durability rests on, and see that it took. Raises Fault."""
        (journal,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        connection.execute("PRAGMA synchronous = EXTRA")
        (level,) = connection.execute("PRAGMA synchronous").fetchone()
        if (journal, level) != DURABLE["delete"]:
            raise Fault(phrase("{path}: {fault}", path=str(self._path), fault=not_durable(journal, level)))


def begun(path: Path) -> bool:
    """Whether there is a memory; a file without its table is what was left of one that was cut off as it began."""
    if not path.exists() or path.stat().st_size == 0:
        return False
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=PATIENCE)) as connection:
            return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None
    except sqlite3.Error as error:
        raise Fault(phrase("{path}: {fault}", path=str(path), fault=str(error))) from None


def _loaded(connection: sqlite3.Connection, origin: str) -> Remembered | None:
    row = connection.execute("SELECT size, root, time FROM heads WHERE origin = ?", (origin,)).fetchone()
    return None if row is None else Remembered(*row)


def _there(path: Path) -> Phrase:
    return phrase("{path} is there already; leave out --begin", path=str(path))


def _not_there(path: Path) -> Phrase:
    return phrase(
        "{path} is not there; a witness that forgets what it cosigned is none. To begin anew: --begin", path=str(path)
    )
