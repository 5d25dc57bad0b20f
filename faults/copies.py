"""Older copies, cloned machines, and two servers on one store: nobody signs two roots for one size."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from chancery.cli.main import chancery
from chancery.log.checkpoints import SignedCheckpoint
from chancery.log.keys import SignerKey, Sort
from chancery.log.tree import Tree, leaf_hash
from chancery.log.witness import Request, Witness
from chancery.store.memories import FileMemory
from chancery.store.opening import begin, opened
from chancery.store.urls import address_of
from faults.children import Child
from faults.deeds import signs
from faults.held import Control, Held, Suite
from faults.kills import ended, writers
from faults.ledgers import ORIGIN, issued, lines, room, typed
from tests.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = b"k" * 32
COSIGNS = SignerKey.of_seed("witness.example", Sort.COSIGNATURE, b"w" * 32)
LOG_KEY = SignerKey.of_seed(ORIGIN, Sort.ED25519, SEED)


def older_copies(count: int, *, forgetful: bool = False) -> tuple[int, list[str]]:
    """Bring back each of several older copies, and type what writes; forgetful: with its memory of signatures."""
    with room() as name:
        folder = Path(name)
        database = f"sqlite:///{folder}/ledger.db"
        typed("ledger", "init", "--origin", ORIGIN, "--database", database)
        typed("load", _record(folder), "--database", database)
        for number in range(count):
            typed("ledger", "append", "--database", database, piped=lines(issued(f"e{number}")))
            typed("ledger", "checkpoint", "--database", database)
            for path in folder.glob("ledger.db*"):
                shutil.copy(path, folder / f"old{number}-{path.name}")
        typed("ledger", "export", folder / "out", "--database", database)
        wrong = [
            fault for number in range(count - 1) for fault in _brought_back(folder, number, count, forgetful=forgetful)
        ]
        return count - 1, wrong


def _record(folder: Path) -> Path:
    from faults.ledgers import RECORD  # noqa: PLC0415

    (folder / "record.toml").write_text(RECORD, "utf-8")
    return folder / "record.toml"


def _brought_back(folder: Path, number: int, count: int, *, forgetful: bool) -> Iterator[str]:
    """What is wrong with how an older copy takes to being written to."""
    database, behind = f"sqlite:///{folder}/ledger.db", count - 1 - number
    shutil.copy(folder / f"old{number}-ledger.db", folder / "ledger.db")
    if forgetful:
        shutil.copy(folder / f"old{number}-ledger.db.signed", folder / "ledger.db.signed")
    for words in (("append", "-"), ("checkpoint",)):
        ran = CliRunner().invoke(chancery, ["ledger", *words, "--database", database], input=lines(issued("fork")))
        if ran.exit_code != 1 or f"is {behind} entr" not in ran.output:
            yield f"copy {number}: ledger {words[0]}: {ran.exit_code} {ran.output.strip()[:200]}"
    ran = CliRunner().invoke(chancery, ["ledger", "catch-up", str(folder / "out"), "--database", database])
    if ran.exit_code:
        yield f"copy {number}: {ran.output.strip()[:200]}"


def two_signers(seconds: float, *, one_store: bool = True) -> tuple[int, list[str], int]:
    """Two machines with one key and a memory each sign while others write; gives checkpoints, and sizes of two roots.

    On one store that must never be; where each has a store of its own, it is what a witness finds out.
    """
    with room() as name, Cluster() as cluster:
        folder = Path(name)
        first = address_of(cluster.url(cluster.database()))
        begin(first, ORIGIN)
        second = first if one_store else address_of(cluster.url(cluster.database()))
        if not one_store:
            begin(second, ORIGIN)
        (folder / "two").mkdir()
        children = writers(first.shown, folder, seconds, count=2)
        children += [] if one_store else writers(second.shown, folder / "two", seconds, count=2)
        for number, address in enumerate((first, second)):
            (folder / f"signer{number}").mkdir()
            child = Child(signs, (address.shown, folder / f"signer{number}", seconds), folder / f"signer{number}")
            child.release()
            children.append(child)
        wrong = ended(children)
        notes = [SignedCheckpoint.of(path.read_bytes()) for path in sorted(folder.glob("signer*/*.checkpoint"))]
        return len(notes), [*wrong, *_two_roots(notes)], _refused_by_witness(notes, (first.shown, second.shown))


def _two_roots(notes: list[SignedCheckpoint]) -> list[str]:
    roots: dict[int, set[bytes]] = {}
    for note in notes:
        roots.setdefault(note.checkpoint.size, set()).add(note.checkpoint.root)
    return [f"two roots were signed at {size}" for size, found in roots.items() if len(found) > 1]


def _refused_by_witness(notes: list[SignedCheckpoint], urls: tuple[str, str]) -> int:
    """How many checkpoints a witness refuses that is shown them in the order of their sizes."""
    with room() as name:
        memory = FileMemory(Path(name) / "state", begin=True)
        witness = Witness([COSIGNS], {ORIGIN: [LOG_KEY.verifier]}, memory, lambda: 1)
        with opened(address_of(urls[0])) as store:
            tree = Tree(leaf_hash(leaf) for leaf in store.leaves())
        refused = 0
        for note in sorted(notes, key=lambda each: each.checkpoint.size):
            known = memory.load(ORIGIN)
            size = 0 if known is None else known.size
            proof = tuple(tree.consistency(size, min(note.checkpoint.size, len(tree))))
            refused += witness.add_checkpoint(Request(size, proof, note).data).status != 200  # noqa: PLR2004
        return refused


def run(*, long: bool) -> Iterator[Held]:
    """Bring older copies back, and let two machines sign."""
    count = 30 if long else 4
    tried, wrong = older_copies(count)
    _, caught = older_copies(3, forgetful=True)
    yield Held(
        "older copy brought back", "SQLite", tried, "copies", tuple(wrong),
        Control("the memory of signatures brought back too", len(caught)), "Each said by how much it is behind.",
    )  # fmt: skip
    signed, wrong, _ = two_signers(30 if long else 2)
    _, caught, refused = two_signers(4 if long else 2, one_store=False)
    yield Held(
        "two signers, one key, one store", "PostgreSQL", signed, "checkpoints", tuple(wrong),
        Control("a store each", len(caught)), f"Of the control's, a witness refused {refused}.",
    )  # fmt: skip


NOTES = """
An older copy of a ledger is put in the place of the later one: whatever writes has to refuse, to say by how much it
is behind, and to go on after `ledger catch-up`. Two machines with the same key and a memory each sign one store
under load: no size may have two roots.
"""

SUITE = Suite("Copies", " ".join(NOTES.split()), run)
