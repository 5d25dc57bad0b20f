"""How far an entry has come: recorded, then under a signed checkpoint, then witnessed."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.log.heads import witnesses_of
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chancery.log.checkpoints import SignedCheckpoint
    from chancery.log.trust import Trust
    from chancery.values import Phrase


class Stage(Struct, frozen=True):
    """What stands over an entry. Without a trust file nobody's cosignature counts, and all that are there are told.

    ``checkpoint`` is the size of the first checkpoint that covers it; ``cosigned`` by how many, where that counts of
    ``named`` organisations, ``asked`` of which are asked for.
    """

    checkpoint: int | None = None
    cosigned: int = 0
    named: int | None = None
    asked: int = 0

    @property
    def name(self) -> str:
        """What the entry is: recorded, signed or witnessed."""
        if self.checkpoint is None:
            return "recorded"
        return "witnessed" if self.named is not None and self.cosigned >= self.asked > 0 else "signed"

    @property
    def said(self) -> Phrase:
        """The stage in words."""
        if self.checkpoint is None:
            return phrase("recorded")
        if self.named is not None:
            said = phrase("witnessed by {k} of {n}", k=self.cosigned, n=self.named)
        elif self.cosigned:
            said = phrase("{n:number} cosignatures, not verified", n=self.cosigned)
        else:
            return phrase("in the checkpoint of {size:number}", size=self.checkpoint)
        return phrase("in the checkpoint of {size:number}, {witnessed}", size=self.checkpoint, witnessed=said)


class Stages:
    """The stages of a log's entries, from its checkpoints."""

    def __init__(self, checkpoints: Iterable[SignedCheckpoint], trust: Trust | None = None) -> None:
        """Judge the checkpoints of a log, by a reader's own trust file where there is one."""
        best: dict[int, int] = {}
        for signed in checkpoints:
            size = signed.checkpoint.size
            best[size] = max(best.get(size, 0), _cosigned(signed, trust))
        self._sizes = sorted(best)
        self._best = [best[size] for size in self._sizes]
        for at in reversed(range(len(self._best) - 1)):  # whoever cosigned a later checkpoint stands for what is before
            self._best[at] = max(self._best[at : at + 2])
        self._named = None if trust is None else len(set(trust.organisations().values()))
        self._asked = 0 if trust is None else trust.quorum

    def of(self, seq: int) -> Stage:
        """The stage of the entry at a place."""
        at = bisect_right(self._sizes, seq)
        if at == len(self._sizes):
            return Stage()
        return Stage(self._sizes[at], self._best[at], self._named, self._asked)


def _cosigned(signed: SignedCheckpoint, trust: Trust | None) -> int:
    """How many cosigned a checkpoint; none that counts where one cosignature is not sound, or the log is another."""
    if trust is None:
        return signed.cosigners
    try:
        return len(witnesses_of(signed, trust)) if signed.checkpoint.origin == trust.origin else 0
    except Fault:
        return 0
