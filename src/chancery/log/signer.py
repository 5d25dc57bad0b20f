"""The signer: the one that holds the log's key, and does not take the log's word for what it signs.

It reads the stored entries again and works out the root by a way of its own, and it remembers what it signed: it never
signs two roots for one size, nor a smaller log, nor another past, nor by a clock that went back.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from chancery.log.checkpoints import Checkpoint, SignedCheckpoint
from chancery.log.cosignatures import sign
from chancery.log.heads import shown, time_of
from chancery.log.leaves import read
from chancery.log.memory import Remembered
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from chancery.log.keys import SignerKey
    from chancery.log.memory import Clock, Memory
    from chancery.values import Phrase


class Signer:
    """Signs the checkpoints of one log. Memory and clock are passed in."""

    def __init__(self, origin: str, keys: Sequence[SignerKey], memory: Memory, clock: Clock) -> None:
        """Take up the keys of a log."""
        self._origin = origin
        self._keys = keys
        self._memory = memory
        self._clock = clock

    def sign(self, size: int, root: bytes, stored: Callable[[], Iterable[bytes]], signed: int = 0) -> SignedCheckpoint:
        """Sign the log at a size with the root that it claims. ``stored`` reads its leaves again, from the first.

        ``signed`` is the size of a checkpoint that is known from elsewhere: a memory without any was lost.

        Raises Fault, and nothing is signed, where the entries, the memory or the clock say otherwise.
        """
        now, before = self._clock(), self._memory.load(self._origin)
        if before is not None:
            _check_memory(before, size, root, now)
        elif signed:
            raise Fault(_forgotten(signed))
        _check_entries(before, size, root, stored())
        if not self._memory.swap(self._origin, before, Remembered(size, root, now)):
            raise Fault(phrase("another checkpoint of this log was signed meanwhile; read the log again"))
        checkpoint = Checkpoint(self._origin, size, root)
        return SignedCheckpoint.made(checkpoint, *(sign(checkpoint, key, now) for key in self._keys))


def plain_root(hashes: Sequence[bytes]) -> bytes:
    """The root over leaves' hashes, worked out level by level: nothing of it is shared with the tree that grows."""
    level = list(hashes)
    if not level:
        return sha256().digest()
    while len(level) > 1:
        whole = len(level) & ~1
        above = [sha256(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, whole, 2)]
        level = above + level[whole:]
    return level[0]


def _forgotten(size: int) -> Phrase:
    return phrase(
        "a checkpoint of {size:number} entries was signed, and this memory knows of none; a signer that forgets could "
        "sign another history. To begin anew: --begin",
        size=size,
    )


def _check_memory(before: Remembered, size: int, root: bytes, now: int) -> None:
    if now < before.time:
        raise Fault(
            phrase(
                "the clock says {now}, but a checkpoint was signed at {time} already; set the clock right",
                now=time_of(now),
                time=time_of(before.time),
            )
        )
    if size < before.size:
        raise Fault(
            phrase("a log of {size} entries is not signed: one of {known} was already", size=size, known=before.size)
        )
    if size == before.size and root != before.root:
        raise Fault(
            phrase("at {size} entries another root was signed already: {root}", size=size, root=shown(before.root))
        )


def _check_entries(before: Remembered | None, size: int, root: bytes, leaves: Iterable[bytes]) -> None:
    hashes = []
    for index, leaf in zip(range(size), leaves, strict=False):
        try:
            read(leaf)
        except Fault as fault:
            raise Fault(phrase("entry {index}: {fault}", index=index, fault=fault.phrase)) from None
        hashes.append(sha256(b"\x00" + leaf).digest())
    if len(hashes) != size:
        raise Fault(phrase("{n} of {size} entries are stored", n=len(hashes), size=size))
    if before is not None and plain_root(hashes[: before.size]) != before.root:
        raise Fault(
            phrase(
                "the first {size} entries are not those that were signed: they led to {root}",
                size=before.size,
                root=shown(before.root),
            )
        )
    found = plain_root(hashes)
    if found != root:
        raise Fault(
            phrase("the stored entries lead to {found}, and not to {root}", found=shown(found), root=shown(root))
        )
