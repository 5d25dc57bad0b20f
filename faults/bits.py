"""Flipped bits: every single bit of a small ledger, one at a time: in a file, in a database, and in its export."""

from __future__ import annotations

import os
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.cli.verdicts import verified
from chancery.languages import Reader
from chancery.store.opening import begin, opened
from chancery.store.urls import address_of
from chancery.text import Refused
from chancery.values import Fault
from faults.columns import columns_flipped, looked
from faults.held import Control, Held, Suite, some
from faults.ledgers import ORIGIN, RECORD, issued, lines, room, typed
from tests.postgres import Cluster
from tests.stamping import Authority

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMMENT = "# Kept as it is written.\n"
PDF = b"%PDF-1.4\n%%EOF\n"


class Tally(Struct):
    """What came of flipped bits: detected, without effect on any answer, beside the ledger, not seen."""

    detected: int = 0
    idle: int = 0
    beside: int = 0
    unseen: list[str] = []

    @property
    def count(self) -> int:
        """How many were flipped."""
        return self.detected + self.idle + self.beside + len(self.unseen)

    def add(self, other: Tally) -> None:
        """Add what another process found."""
        self.detected += other.detected
        self.idle += other.idle
        self.beside += other.beside
        self.unseen += other.unseen


def small(folder: Path, url: str = "") -> str:
    """A small ledger: entries, a request, one that was shredded, a document, a layout, a checkpoint with its stamp."""
    (folder / "record").mkdir()
    (folder / "record" / "record.toml").write_text(COMMENT + RECORD + _source(), "utf-8")
    (folder / "documents").mkdir()
    (folder / "documents" / "one.pdf").write_bytes(PDF)
    database, key = url or f"sqlite:///{folder}/ledger.db", folder / "log.key"
    printed = typed("ledger", "init", "--origin", ORIGIN, "--key", key, "--database", database)
    keys = "".join(f'[[log.keys]]\nkey = "{key}"\n' for key in printed.split() if key.startswith(f"{ORIGIN}+"))
    (folder / "authority").mkdir()
    authority = Authority(folder / "authority")
    trust = f'[log]\norigin = "{ORIGIN}"\n{keys}[quorum]\norganisations = 0\n{authority.trusted}'
    (folder / "trust.toml").write_text(trust, "utf-8")
    key.write_text(key.read_text("utf-8").splitlines(keepends=True)[0], "utf-8")
    typed("load", folder / "record", "--documents", folder / "documents", "--database", database)
    typed("ledger", "append", "--request", "r1", "--database", database, piped=lines(issued("one"), issued("two")))
    typed("ledger", "shred", "4", "--reason", "Why.", "--database", database)
    typed("ledger", "checkpoint", "--key", key, "--database", database)
    with opened(address_of(database)) as store:
        ((size, note),) = store.checkpoints()
        store.stamp(size, authority.stamp(note.partition(b"\n\n")[0] + b"\n"))
    typed("ledger", "export", folder / "out", "--key", key, "--database", database)
    return database


def _source() -> str:
    from hashlib import sha256  # noqa: PLC0415

    digest = sha256(PDF).hexdigest()
    return f'\n[[source]]\nref = "source:pdf"\nstanding = "press"\npublished = "2026-01-20"\ndigest = "{digest}"\n'


def is_detected(path: str, trust: Path) -> bool:
    """Whether `chancery verify` finds anything wrong, or cannot read it at all."""
    try:
        return not verified(path, None, str(trust), Reader()).hold
    except (Fault, Refused):
        return True


def answers(database: str, trust: Path) -> tuple[object, list[str]]:
    """Everything that a ledger answers: rows, checkpoints, guards, its verdict; apart, its layout and what was asked.

    Of a time stamp that is what the verdict tells: by whom it is, and of which moment.
    """
    path = address_of(database).path
    try:
        with opened(address_of(database)) as store:
            rows = list(store.rows())
            places = [store.place_of(row.name) for row in rows if row.name is not None]
            edge = store.frontier()
            kept = (store.checkpoints(), [size for size, _ in store.stamps()], *map(store.document, store.digests()))
            told = (rows, places, edge.size, edge.peaks, kept, store.origin, verdict(database, trust))
            words = [str(store.sheets())]
        with closing(sqlite3.connect(path)) as connection:
            words += map(str, connection.execute("SELECT * FROM chancery_request").fetchall())
            latest = connection.execute("SELECT * FROM chancery_head").fetchall()
            guards = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
            whole = connection.execute("PRAGMA integrity_check").fetchall()
    except Exception as error:  # noqa: BLE001  # whatever it says, it is another answer
        return repr(error), []
    return (told, latest, guards, whole), words


def verdict(path: str, trust: Path) -> list[str]:
    """What `chancery verify` says of a copy, step by step: authorities and moments of time stamps too."""
    return [f"{step.code} {step.found}" for step in verified(path, None, str(trust), Reader()).all]


class Flips:
    """The bits of a file, flipped one by one."""

    def __init__(self, path: Path, sees: Callable[[], bool]) -> None:
        """Take the file as it is, sound."""
        self._path = path
        self._sees = sees
        self.sound = path.read_bytes()
        self.tally = Tally()

    def flip(self, bit: int, told: Callable[[], str]) -> None:
        """Flip a bit, look, and put the file back; ``told`` says what came of one that was not detected."""
        changed = bytearray(self.sound)
        changed[bit // 8] ^= 1 << bit % 8
        self._path.write_bytes(changed)
        if (seen := looked(self._sees)) is True:
            self.tally.detected += 1
        elif seen:
            self.tally.unseen.append(f"{self._path.name}: bit {bit}: {seen}")
        elif (word := told()) == "idle":
            self.tally.idle += 1
        elif word == "beside":
            self.tally.beside += 1
        else:
            self.tally.unseen.append(f"{self._path.name}: bit {bit} is not seen")
        self._path.write_bytes(self.sound)
        for rest in ("-journal", "-wal", "-shm"):
            self._path.with_name(self._path.name + rest).unlink(missing_ok=True)


def file_flipped(part: int, parts: int, every: int) -> Tally:
    """Flip a part of the bits of a file of SQLite, with pages as small as can be: few bits that hold nothing."""
    with room() as name:
        folder = Path(name)
        database = small(folder)
        path = folder / "ledger.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA page_size = 512")
            connection.execute("VACUUM")
        flips = Flips(path, lambda: is_detected(database, folder / "trust.toml"))
        sound = answers(database, folder / "trust.toml")

        def told() -> str:
            found = answers(database, folder / "trust.toml")
            return "idle" if found == sound else "beside" if found[0] == sound[0] else ""

        for bit in range(part * every, len(flips.sound) * 8, parts * every):
            flips.flip(bit, told)
        return flips.tally


def export_flipped(part: int, parts: int, every: int) -> Tally:
    """Flip a part of the bits of each file of an export: entries, tiles, bodies, checkpoints, stamps, documents."""
    tally = Tally()
    with room() as name:
        folder = Path(name)
        small(folder)
        copy, trust = folder / "out", folder / "trust.toml"
        sound = verdict(str(copy), trust)
        for path in sorted(each for each in copy.rglob("*") if each.is_file()):
            flips = Flips(path, lambda: is_detected(str(copy), trust))
            for bit in range(part * every, len(flips.sound) * 8, parts * every):
                flips.flip(bit, lambda: "idle" if verdict(str(copy), trust) == sound else "")
            tally.add(flips.tally)
    return tally


def database_flipped(part: int, parts: int, every: int) -> Tally:
    """Flip a part of the bits of every value of a database of PostgreSQL."""
    with room() as name, Cluster() as cluster:
        folder, database = Path(name), cluster.database()
        url = cluster.url(database)
        begin(address_of(url), ORIGIN)
        small(folder, f"{url}&signed={folder}/signed")
        trust, chosen = folder / "trust.toml", range(part * every, 10**9, parts * every)
        return Tally(*columns_flipped(url, lambda: is_detected(url, trust), lambda: verdict(url, trust), chosen))


FLIPS: dict[str, tuple[Callable[[int, int, int], Tally], int]] = {
    "SQLite, the file": (file_flipped, 1_997),
    "the export": (export_flipped, 397),
    "PostgreSQL, every value": (database_flipped, 397),
}
"""What is flipped, and of how many bits one in the short form: odd numbers, so that all eight of a byte come."""
PARTS = 2
"""Parts into which the bits of the long form are divided, for as many processes."""


def run(*, long: int) -> Iterator[Held]:
    """Flip each bit, or some."""
    control = Control("verify looks at nothing", unlooked())
    for shelf, (does, each) in FLIPS.items():
        tally = _all(does, long) if long else does(0, 1, each)
        said = f"{some(long)}{_said(tally)}"
        yield Held("flipped bit", shelf, tally.count, "bits", tuple(tally.unseen), control, said)


def _all(does: Callable[[int, int, int], Tally], every: int) -> Tally:
    tally = Tally()
    with ProcessPoolExecutor(min(PARTS, os.cpu_count() or 1)) as pool:
        for each in pool.map(does, range(PARTS), [PARTS] * PARTS, [every] * PARTS):
            tally.add(each)
    return tally


def _said(tally: Tally) -> str:
    said = [f"Detected {tally.detected:,}."]
    if tally.idle:
        said.append(f"Without effect on any answer {tally.idle:,}.")
    if tally.beside:
        said.append(f"In the layout, the memory of requests or a number that only tells an order {tally.beside:,}.")
    return " ".join(said)


def unlooked() -> int:
    """The control: bits of the bodies, flipped, which a verification that looks at nothing does not see."""
    with room() as name:
        folder = Path(name)
        database = small(folder)
        flips = Flips(folder / "ledger.db", lambda: False)
        sound = answers(database, folder / "trust.toml")
        start = flips.sound.index(b"invitation.issued") * 8
        for bit in range(start, start + 8):
            flips.flip(bit, lambda: "idle" if answers(database, folder / "trust.toml") == sound else "")
        return len(flips.tally.unseen)


NOTES = """
Every single bit of a small ledger is flipped, one at a time, and `chancery verify` asked with a trust file that names
the log's key and an authority of time stamps. Of a file many bits lie in pages or parts of pages that hold nothing:
what is not detected is compared answer by answer, and is `without effect` where every answer is the same. Of a time
stamp so are the numbers of version and the name of the algorithm, which its signature does not cover; without an
authority that is trusted only the hash in it is held to the checkpoint. The ledger signs by one key here: of two
signatures one would do, and a bit of the other would be passed over. The layout is the words in which the text was
written (comments, spaces); the entries that a dump writes are compared with the ledger before it is believed; no hash
covers it, nor the memory of requests. In PostgreSQL the values are flipped past every trigger; what it refuses is
detected too.
"""

SUITE = Suite("Flipped bits", " ".join(NOTES.split()), run)
