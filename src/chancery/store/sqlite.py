"""A ledger in one file of SQLite, the default. Settings that could lose what was acknowledged are refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, NoReturn

from chancery.log.tree import Frontier, leaf_hash
from chancery.store.base import Kept, clock_behind, moments, payload_of, refused, taken
from chancery.store.tables import Blob, Tables, peaks_in, raw
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from chancery.store.base import Draft
    from chancery.store.urls import Address
    from chancery.values import Phrase

WAL_IS_SOUND = (3, 51, 3)
"""The first version of SQLite whose write-ahead log cannot be corrupted by a reset at the wrong moment."""

PATIENCE = 30.0
"""Seconds that a writer waits for another."""

DURABLE = {"delete": ("delete", 3), "wal": ("wal", 2)}
"""For each journal its name and the least ``synchronous`` under which no acknowledged commit is lost: EXTRA, FULL."""

BY_ITS_NAME = "chancery_body.name"

GUARDS_OF = """
SELECT type, name, tbl_name, sql FROM sqlite_master
WHERE tbl_name LIKE 'chancery%' OR tbl_name IN ('django_migrations', 'sqlite_sequence') ORDER BY type, name
"""
"""Each table, index and trigger as it was made: the ledger's, and those that tell its version and its numbers."""

REFUSED = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite's driver raises: in a damaged file even what is wrong with it may be no text."""


class Sqlite(Tables):
    """A shelf in a file. Every connection is its own; many processes may read, and write one after another."""

    def __init__(self, address: Address, *, check_version: bool = True) -> None:
        """Open a file that is there. Raises Refused."""
        super().__init__(address)
        if not address.path.is_file():
            raise refused(
                self.place, "no-ledger", phrase("is not there; `chancery load` or `chancery ledger init` makes it")
            )
        if address.journal == "wal" and sqlite3.sqlite_version_info < WAL_IS_SOUND:
            raise refused(self.place, "unsafe-journal", _unsound_wal())
        target = f"{address.path.resolve().as_uri()}?mode={'ro' if address.read_only else 'rw'}"
        try:
            self._db = sqlite3.connect(
                target, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
            )
        except REFUSED as error:
            self._refuse(error)
        try:
            self._settle(*DURABLE[address.journal])
            if check_version:
                self._check_version()
        except BaseException:
            self._db.close()
            raise

    def _settle(self, journal: str, synchronous: int) -> None:
        """Set what durability rests on, and see that it took. Raises Refused."""
        for setting in ("trusted_schema=OFF", "cell_size_check=ON", "secure_delete=ON", "mmap_size=0"):
            self._run(f"PRAGMA {setting}")
        if self._setting("journal_mode") != journal:
            self._run(f"PRAGMA journal_mode={journal}")
        self._run(f"PRAGMA synchronous={synchronous}")
        found = self._setting("journal_mode"), self._setting("synchronous")
        if found != (journal, synchronous):
            raise refused(self.place, "not-durable", not_durable(*found))

    def _setting(self, name: str) -> object:
        return self._run(f"PRAGMA {name}").fetchone()[0]

    def keep(self, drafts: Sequence[Draft], request: str | None = None, payload: bytes | None = None) -> Kept:
        """Keep entries, all or none, in one transaction."""
        with self.held():
            if request is not None:
                payload = payload or payload_of(drafts)
                if (kept_before := self.asked(request, payload)) is not None:
                    return kept_before
            earliest, newest = moments(drafts)
            sql = "SELECT size, latest, peaks FROM chancery_head"
            size, before, peaks = self._in_head(tuple[int, str, Blob], sql)
            if earliest < before:
                raise clock_behind(self.place, before)
            edge = Frontier(size, peaks_in(raw(peaks)))
            kept = Kept(edge.size, len(drafts))
            self._insert(edge, drafts)
            if request is not None:
                sql = "INSERT INTO chancery_request (first, count, request, payload) VALUES (?, ?, ?, ?)"
                self._run(sql, (kept.first, kept.count, request, payload))
            grown = (edge.size, newest, b"".join(edge.peaks))
            self._run("UPDATE chancery_head SET size = ?, latest = ?, peaks = ?", grown)
            return kept

    def _insert(self, edge: Frontier, drafts: Sequence[Draft]) -> None:
        first = edge.size
        self._run_many(
            "INSERT INTO chancery_entry VALUES (?, ?)", ((first + at, each.leaf) for at, each in enumerate(drafts))
        )
        sql = "INSERT INTO chancery_body (seq, name, audience, salt, body) VALUES (?, ?, ?, ?, ?)"
        rows = ((first + at, each.name, each.audience, each.salt, each.body) for at, each in enumerate(drafts))
        self._run_many(sql, rows)
        edge.extend(leaf_hash(draft.leaf) for draft in drafts)

    def _run(self, sql: str, values: Sequence[object] = ()) -> Any:  # noqa: ANN401  # a cursor
        try:
            return Cursor(self._db.execute(sql, tuple(values)), self._refuse)
        except REFUSED as error:
            self._refuse(error)

    def _run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        try:
            self._db.executemany(sql, rows)
        except REFUSED as error:
            self._refuse(error)

    def _has(self, table: str) -> bool:
        return (
            self._run("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone() is not None
        )

    def _begin(self) -> None:
        self._run("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        try:
            self._db.execute("COMMIT")
        except REFUSED as error:
            self._rollback()
            self._refuse(error)

    def _rollback(self) -> None:
        self._db.rollback()  # nothing, where SQLite has rolled back by itself

    def _refuse(self, error: Exception) -> NoReturn:
        """Say in words what SQLite refuses."""
        said = str(error)
        if BY_ITS_NAME in said or "a name of its own" in said:
            raise taken(self.place) from error
        if said.startswith("chancery: "):
            raise refused(
                self.place, "kept", phrase("refuses that: {why}", why=said.removeprefix("chancery: "))
            ) from error
        if "locked" in said or "busy" in said:
            raise refused(self.place, "being-written", phrase("somebody else is writing; try again")) from error
        raise refused(self.place, "database", phrase("cannot be read or written: {why}", why=said)) from error

    def copy_to(self, path: Path) -> None:
        """Copy the whole file while others write to it, in one moment's state. Raises Refused."""
        path.touch(mode=0o600)
        try:
            with closing(sqlite3.connect(path)) as copy:
                self._db.backup(copy)
        except REFUSED as error:
            self._refuse(error)

    def check_pages(self) -> None:
        """Have SQLite look through every page and index. Raises Refused."""
        found = str(self._run("PRAGMA integrity_check").fetchone()[0])
        if found != "ok":
            raise refused(self.place, "not-verified", phrase("does not verify: {found}", found=found))

    def check(self) -> None:
        """Have SQLite look through the file, and compare the guards."""
        found = str(self._run("PRAGMA integrity_check").fetchone()[0])
        if found != "ok":
            raise Fault(phrase("the file is damaged: {found}", found=found))
        self._check_length()
        super().check()

    def _check_length(self) -> None:
        """Find a last page that is torn: SQLite reads what is not there as nothing. Raises Fault."""
        expected = int(str(self._setting("page_count"))) * int(str(self._setting("page_size")))
        found = self._address.path.stat().st_size  # looked up last: a file grows
        if self._address.journal != "wal" and found < expected:
            raise Fault(
                phrase("the file was cut: {found} bytes of {expected} are there", found=found, expected=expected)
            )

    def _guards(self) -> list[str]:
        return [str(part) for row in self._run(GUARDS_OF).fetchall() for part in row]

    def grant(self, role: str) -> None:
        """Refuse: a file has no roles."""
        fault = phrase("has no role {role}: whoever may write the file may do anything to it", role=role)
        raise refused(self.place, "no-roles", fault)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


class Cursor:
    """The rows that a statement finds; what goes wrong while they are read is said in words too."""

    def __init__(self, cursor: sqlite3.Cursor, refuse: Callable[[Exception], NoReturn]) -> None:
        """Take a cursor, and whatever says what SQLite refuses."""
        self._cursor = cursor
        self._refuse = refuse

    @property
    def description(self) -> Any:  # noqa: ANN401  # as the driver tells it
        """The columns, each with its name first."""
        return self._cursor.description

    def fetchone(self) -> Any:  # noqa: ANN401  # columns of any type
        """The next row, or None. Raises Refused."""
        try:
            return self._cursor.fetchone()
        except REFUSED as error:
            self._refuse(error)

    def fetchall(self) -> list[Any]:
        """Every row that is left. Raises Refused."""
        try:
            return self._cursor.fetchall()
        except REFUSED as error:
            self._refuse(error)


def not_durable(journal: object, level: object) -> Phrase:
    """What is said of settings under which a commit could be lost."""
    return phrase(
        "would not be durable: its journal is {journal} at synchronous {level}; nothing is written like that",
        journal=str(journal),
        level=str(level),
    )


def _unsound_wal() -> Phrase:
    return phrase(
        "SQLite {version} can corrupt a write-ahead log; expected {least} or later, or leave out journal=wal",
        version=sqlite3.sqlite_version,
        least=".".join(map(str, WAL_IS_SOUND)),
    )
