"""Flipped bits: every single bit of the file of a small ledger, one at a time."""

from __future__ import annotations

import os
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from chancery.cli.verdicts import verified
from chancery.languages import Reader
from chancery.store.opening import opened
from chancery.store.urls import address_of
from faults.held import Control, Held, Suite
from faults.ledgers import ORIGIN, RECORD, issued, lines, room, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMMENT = "# Kept as it is written.\n"


def small(folder: Path) -> Path:
    """A small ledger with entries, a request, one that was shredded, a checkpoint and the layout of its text."""
    (folder / "record").mkdir()
    (folder / "record" / "record.toml").write_text(COMMENT + RECORD, "utf-8")
    database = f"sqlite:///{folder}/ledger.db"
    printed = typed("ledger", "init", "--origin", ORIGIN, "--database", database)
    keys = "".join(f'[[log.keys]]\nkey = "{key}"\n' for key in printed.split() if key.startswith(f"{ORIGIN}+"))
    (folder / "trust.toml").write_text(f'[log]\norigin = "{ORIGIN}"\n{keys}[quorum]\norganisations = 0\n', "utf-8")
    key = folder / "ledger.db.key"
    key.write_text(key.read_text("utf-8").splitlines(keepends=True)[0], "utf-8")
    typed("load", folder / "record", "--database", database)
    typed("ledger", "append", "--request", "r1", "--database", database, piped=lines(issued("one"), issued("two")))
    typed("ledger", "shred", "3", "--reason", "Why.", "--database", database)
    typed("ledger", "checkpoint", "--database", database)
    with closing(sqlite3.connect(folder / "ledger.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 512")  # as small as a file can be: few bits that hold nothing
        connection.execute("VACUUM")
    return folder / "ledger.db"


def is_detected(path: Path) -> bool:
    """Whether `chancery verify` finds anything wrong, or cannot read it at all."""
    try:
        return not verified(f"sqlite:///{path}", None, str(path.with_name("trust.toml")), Reader()).hold
    except Exception:  # noqa: BLE001  # whatever it says, it does not say that all is well
        return True


def answers(path: Path) -> tuple[object, list[str]]:
    """Everything that a ledger answers: rows, checkpoints, tables and guards; apart, its layout and what was asked."""
    try:
        with opened(address_of(f"sqlite:///{path}")) as store:
            rows = list(store.rows())
            places = [store.place_of(row.name) for row in rows if row.name is not None]
            edge = store.frontier()
            told = (rows, places, edge.size, edge.peaks, store.checkpoints(), store.digests(), store.origin)
            words = [str(store.sheets())]
        with closing(sqlite3.connect(path)) as connection:
            words += map(str, connection.execute("SELECT * FROM chancery_request").fetchall())
            latest = connection.execute("SELECT * FROM chancery_head").fetchall()
            guards = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
            whole = connection.execute("PRAGMA integrity_check").fetchall()
    except Exception as error:  # noqa: BLE001  # whatever it says, it is another answer
        return repr(error), []
    return (told, latest, guards, whole), words


class Flips:
    """What came of the bits of a file."""

    def __init__(self, path: Path) -> None:
        """Take the file as it is, sound."""
        self._path = path
        self.sees: Callable[[Path], bool] = is_detected
        self.sound = path.read_bytes()
        self._answers = answers(path)
        self.detected = 0
        self.idle = 0
        self.beside = 0
        self.unseen: list[int] = []

    def flip(self, bit: int) -> None:
        """Flip a bit, look, and put the file back."""
        changed = bytearray(self.sound)
        changed[bit // 8] ^= 1 << bit % 8
        with self._path.open("r+b") as file:
            file.seek(bit // 8)
            file.write(changed[bit // 8 : bit // 8 + 1])
        if self.sees(self._path):
            self.detected += 1
        elif (found := answers(self._path)) == self._answers:
            self.idle += 1
        elif found[0] == self._answers[0]:
            self.beside += 1
        else:
            self.unseen.append(bit)
        self._path.write_bytes(self.sound)
        for rest in ("-journal", "-wal", "-shm"):
            self._path.with_name(self._path.name + rest).unlink(missing_ok=True)

    def bits(self, every: int) -> range:
        """Every bit, or each so many: an odd number, so that all eight of a byte come."""
        return range(0, len(self.sound) * 8, every)


EVERY_SHORT, EVERY_LONG = 997, 1
PARTS = 4
"""Parts into which the bits of the long form are divided, for as many processes."""


def flipped(part: int, parts: int, every: int) -> tuple[int, int, int, list[int]]:
    """Flip a part of the bits of a small ledger: detected, without effect, beside the ledger, not seen."""
    with room() as folder:
        flips = Flips(small(Path(folder)))
        for bit in flips.bits(every)[part::parts]:
            flips.flip(bit)
        return flips.detected, flips.idle, flips.beside, flips.unseen


def all_flipped(every: int) -> tuple[int, int, int, list[int]]:
    """Flip bits in several processes, each on a ledger of its own."""
    with ProcessPoolExecutor(min(PARTS, os.cpu_count() or 1)) as pool:
        found = list(pool.map(flipped, range(PARTS), [PARTS] * PARTS, [every] * PARTS))
    return (
        sum(each[0] for each in found), sum(each[1] for each in found), sum(each[2] for each in found),
        [bit for each in found for bit in each[3]],
    )  # fmt: skip


def run(*, long: bool) -> Iterator[Held]:
    """Flip each bit of the file, or some."""
    detected, idle, beside, unseen = all_flipped(EVERY_LONG) if long else flipped(0, 1, EVERY_SHORT)
    yield Held(
        "flipped bit", "SQLite", detected + idle + beside + len(unseen), "bits",
        tuple(f"bit {bit} is not seen" for bit in unseen), Control("verify looks at nothing", unlooked()),
        f"Detected {detected:,}; without effect on any answer {idle:,}; in the layout of the text or the memory "
        f"of requests, which no hash covers, {beside:,}.",
    )  # fmt: skip


def unlooked() -> int:
    """The control: bits of the bodies, flipped, which a verification that looks at nothing does not see."""
    with room() as folder:
        flips = Flips(small(Path(folder)))
        flips.sees = lambda _: False
        start = flips.sound.index(b"invitation.issued") * 8
        for bit in range(start, start + 8):
            flips.flip(bit)
        return len(flips.unseen)


NOTES = """
Every single bit of the file of a small ledger is flipped, one at a time, and `chancery verify` asked. Many lie in
pages or parts of pages that hold nothing: what is not detected is compared answer by answer, and the file is
`without effect` where every answer is the same. The ledger signs by one key here: of two signatures one would do,
and a bit of the other would be passed over. The layout is the words in which the text was written (comments,
spaces); the entries that a dump writes are compared with the ledger before it is believed.
"""

SUITE = Suite("Flipped bits", " ".join(NOTES.split()), run)
