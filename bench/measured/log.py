"""Make a log of a record and verify it whole; hash the same bytes and do no more; prove entries of a million."""

from __future__ import annotations

import gc
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from bench.stopwatch import Stopwatch
from chancery.log.bodies import Opened
from chancery.log.checkpoints import Checkpoint, SignedCheckpoint
from chancery.log.copies import CHECKPOINT, verify_copy
from chancery.log.cosignatures import sign
from chancery.log.keys import SignerKey, Sort
from chancery.log.leaves import commitment, header_of, written
from chancery.log.tiles import contents
from chancery.log.tree import Frontier, Tree, leaf_hash, node_hash
from chancery.log.trust import LogKey, Trust
from chancery.text import read_record
from chancery.values import Instant, canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chancery.acts import Act

ORIGIN = "bench.example/log"
KEY = SignerKey.of_seed(ORIGIN, Sort.ED25519, bytes(32))
NOON = Instant.of("2026-01-22T12:00:00Z")
MANY = 1_000_000
PROOFS = 500


class Held:
    """A log's files in memory."""

    def __init__(self, files: dict[str, bytes]) -> None:
        """Take files by their names."""
        self._files = files

    def read(self, name: str, /) -> bytes | None:
        """A file's bytes."""
        return self._files.get(name)

    def names(self) -> Iterable[str]:
        """The names of all files."""
        return self._files


def main(lines: str) -> None:
    """Measure the log of a record that is kept as JSON Lines."""
    gc.disable()  # as `chancery` does
    record = read_record(Path(lines)).record
    if record is None:
        raise ValueError("the record made up for measuring has faults")
    watch = Stopwatch()
    leaves, opened = _entries(record.acts)
    files = _files(leaves, opened)
    watch.restart()
    _hash(leaves, opened)
    watch.lap("sha256")
    steps, _ = verify_copy(Held(files), Trust(ORIGIN, (LogKey(KEY.verifier, 0, len(leaves)),), (), 0))
    watch.lap("verify")
    if not steps.hold:
        raise ValueError("the log made for measuring does not verify")
    _prove(watch)
    watch.report(len(leaves))


def _entries(acts: Sequence[Act]) -> tuple[list[bytes], list[Opened]]:
    opened = [Opened(sha256(act.id.encode()).digest(), canonical(act)) for act in acts]
    leaves = [
        written(header_of(commitment(each.salt, each.body), name=act.id, kind=act.kind, recorded=NOON, by="office:x"))
        for act, each in zip(acts, opened, strict=True)
    ]
    return leaves, opened


def _files(leaves: list[bytes], opened: list[Opened]) -> dict[str, bytes]:
    tree = Tree(map(leaf_hash, leaves))
    checkpoint = Checkpoint(ORIGIN, len(leaves), tree.root())
    files = contents(
        len(leaves), tree.node, lambda start, stop: leaves[start:stop], lambda start, stop: opened[start:stop]
    )
    return {CHECKPOINT: SignedCheckpoint.made(checkpoint, sign(checkpoint, KEY, 0)).data, **dict(files)}


def _hash(leaves: list[bytes], opened: list[Opened]) -> None:
    """Hash the same bytes, and do no more."""
    for leaf, each in zip(leaves, opened, strict=True):
        sha256(leaf).digest()
        sha256(each.body).digest()


def _prove(watch: Stopwatch) -> None:
    """Append a million leaves, then prove some of them."""
    hashes = [sha256(at.to_bytes(8, "big")).digest() for at in range(MANY)]
    frontier = Frontier()
    watch.restart()
    for each in hashes:
        node_hash(each, each)
    watch.lap("hash a pair", MANY)
    frontier.extend(hashes)
    watch.lap("append", MANY)
    tree = Tree(hashes)
    places = [int.from_bytes(each[:8], "big") % MANY for each in hashes[:PROOFS]]
    watch.restart()
    for place in places:
        tree.inclusion(place)
    watch.lap("prove", PROOFS)


if __name__ == "__main__":
    main(*sys.argv[1:])
