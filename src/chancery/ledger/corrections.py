"""Corrections and withdrawals: which entries no longer count, as far as a reading reaches."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from chancery.ledger.entries import Entry


class Correction(Struct, frozen=True):
    """An entry, and the places of the entry that it corrects and of the one that it withdraws, where it does."""

    entry: Entry
    corrects: int | None
    withdraws: int | None


def gone(corrections: Iterable[Correction], is_read: Callable[[Entry], bool]) -> set[int]:
    """The places of the entries that are corrected or withdrawn, as far as a reading reaches.

    A withdrawal counts while it stands. A correction counts while it stands or is itself corrected by one that counts:
    to correct a correction does not bring the original back, to withdraw it does. Entries in a circle of corrections,
    which the record's check refuses, stay and correct nothing.
    """
    read = [each for each in corrections if is_read(each.entry)]
    settling = _Settling(
        {each.entry.seq: each.corrects for each in read if each.corrects is not None},
        {each.entry.seq: each.withdraws for each in read if each.withdraws is not None},
    )
    return settling.corrected | settling.withdrawn


class _Settling:
    """Settles which entries are gone, from those with nothing against them backwards; each link is used once."""

    def __init__(self, corrects: Mapping[int, int], withdraws: Mapping[int, int]) -> None:
        self._corrects = corrects
        self._withdraws = withdraws
        self._rivals = Counter(corrects.values())
        """How many corrections of an entry may still count."""
        self._threats = Counter(withdraws.values())
        """How many withdrawals of an entry may still stand."""
        self.corrected: set[int] = set()
        self.withdrawn: set[int] = set()
        self._standing = [seq for seq in {**corrects, **withdraws} if self._is_safe(seq)]
        while self._standing:
            self._stand(self._standing.pop())

    def _is_safe(self, seq: int) -> bool:
        return not self._rivals[seq] and not self._threats[seq]

    def _stand(self, seq: int) -> None:
        """An entry stands, so what it corrects and what it withdraws is gone."""
        corrected = self._corrects.get(seq)
        while corrected is not None and corrected not in self.corrected:
            self._lose(corrected)
            self.corrected.add(corrected)
            corrected = self._corrects.get(corrected)
        withdrawn = self._withdraws.get(seq)
        if withdrawn is not None and withdrawn not in self.withdrawn:
            self._lose(withdrawn)
            self.withdrawn.add(withdrawn)
            self._end(withdrawn)

    def _lose(self, seq: int) -> None:
        """An entry is gone, so what it withdrew is no longer withdrawn by it."""
        target = self._withdraws.get(seq)
        if target is not None and seq not in self.corrected and seq not in self.withdrawn:
            self._threats[target] -= 1
            self._free(target)

    def _end(self, seq: int) -> None:
        """A correction that is withdrawn, with every correction of it, no longer counts against what it corrected."""
        while seq in self.withdrawn and not self._rivals[seq] and seq in self._corrects:
            seq = self._corrects[seq]
            self._rivals[seq] -= 1
            self._free(seq)

    def _free(self, seq: int) -> None:
        if self._is_safe(seq):
            self._standing.append(seq)
