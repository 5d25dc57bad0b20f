"""Crowds: eight writers and eight readers at once; order is kept, and no reader sees a hole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from chancery.store.opening import begin
from chancery.store.urls import address_of
from faults.children import Child
from faults.deeds import reads, verifies
from faults.held import Control, Held, Suite
from faults.kills import acknowledged, ended, writers
from faults.ledgers import ORIGIN, begun, faults_of, room
from tests.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.store.urls import Address

EACH = 8


def crowd(address: Address, folder: Path, seconds: float, broken: str = "") -> tuple[int, list[str], int]:
    """Let a crowd loose; gives the readings, what was wrong, and how many entries were acknowledged."""
    children = writers(address.shown, folder, seconds, count=EACH)
    for number in range(EACH):
        scratch = folder / f"reader-{number}"
        scratch.mkdir()
        file = folder / f"read-{number}"
        looks = number == EACH - 1  # the last one verifies
        child = (
            Child(verifies, (address.shown, file, seconds), scratch)
            if looks
            else Child(reads, (address.shown, file, seconds, broken), scratch)
        )
        child.release()
        children.append(child)
    wrong = ended(children)
    notes = [line for path in folder.glob("read-*") for line in path.read_text("utf-8").splitlines()]
    words = acknowledged(folder)
    holes = [note for note in notes if note.startswith("hole")]
    return notes.count("read"), [*wrong, *holes, *faults_of(address, words)], len(words)


def run(*, long: int) -> Iterator[Held]:
    """Let crowds loose on a file and on a server."""
    seconds = 120.0 if long else 1.5
    for shelf in ("SQLite", "PostgreSQL"):
        found = [_on(shelf, seconds, ""), _on(shelf, 1.5, "a hole")]
        (readings, wrong, count), (_, caught, _) = found
        yield Held(
            f"{EACH} writers and {EACH} readers for {seconds:.0f} s", shelf, readings, "readings of all", tuple(wrong),
            Control("a reader who skips an entry", len(caught)), f"{count:,} entries acknowledged.",
        )  # fmt: skip


def _on(shelf: str, seconds: float, broken: str) -> tuple[int, list[str], int]:
    with room() as name:
        if shelf == "SQLite":
            return crowd(begun(Path(name)), Path(name), seconds, broken)
        with Cluster() as cluster:
            address = address_of(cluster.url(cluster.database()))
            begin(address, ORIGIN)
            return crowd(address, Path(name), seconds, broken)


NOTES = """
Each reader reads the head and every leaf below it, again and again, and works the root out: a hole, a step back or
another root is a loss. The eighth of them verifies the ledger as `chancery verify` does, which may call nothing wrong
that others write meanwhile. Afterwards every acknowledged entry is there once, and the ledger verifies.
"""

SUITE = Suite("Crowds", " ".join(NOTES.split()), run)
