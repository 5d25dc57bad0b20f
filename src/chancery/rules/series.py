"""Swings by a generating function: the coalitions of each weight, all in one big integer, a slot to a weight.

For any number of players on one scale, beside tests of size. A player joins by a shift and a sum, and is taken out
again by the alternating sum of what lies at his weight's distances: dividing by 1 + x^w.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise, repeat
from typing import TYPE_CHECKING

from chancery.rules.halves import Needs
from chancery.rules.packing import BITS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from chancery.rules.packing import Slots
    from chancery.rules.scales import Scales


def sizes_by_need(scales: Scales) -> dict[int | None, list[int]]:
    """What the one uneven scale has to reach, and at which sizes of a coalition; None where no weight is enough."""
    needs = Needs(scales)
    found: dict[int | None, list[int]] = {}
    for size in range(scales.count + 1):
        found.setdefault(needs.of((size,), (0,)), []).append(size)
    return found


def packed(scales: Scales, slots: Slots) -> tuple[list[int], int]:
    """The swings of each player and the winning coalitions, packed in slots; by size where needs differ by size."""
    weights = scales.scales[Needs(scales).finest].weights
    by_need = sizes_by_need(scales)
    below = Below(weights, {need or 0 for need in by_need}, slots)
    lost = _losing(by_need, slots, scales.count, below.all)
    swings: dict[int, int] = {}
    for weight in set(weights):
        without = _losing(by_need, slots, scales.count - 1, partial(below.without, weight))
        swings[weight] = without - (lost - without >> slots.step)
    return [swings[weight] for weight in weights], slots.all(scales.count) - lost


class Below:
    """The coalitions that weigh less than each number that counts: a need, or a need less a weight several times."""

    def __init__(self, weights: Sequence[int], needs: Collection[int], slots: Slots) -> None:
        """Let the players join, the lightest first; then add up from number to number."""
        self._slots = slots
        limit = max(needs)
        series = 1
        for weight in sorted(weights):
            series = _joined(series, weight * slots.width + slots.step, (limit - weight) * slots.width)
        width = slots.width // BITS
        data = series.to_bytes(limit * width + 1, "little")
        self._sums = {0: 0}
        for lower, upper in pairwise(sorted(self._numbers(set(weights), needs))):
            between = int.from_bytes(data[lower * width : upper * width], "little")
            self._sums[upper] = self._sums[lower] + _total(between, slots.width)

    def _numbers(self, weights: set[int], needs: Collection[int]) -> set[int]:
        return {0, *needs}.union(*(self._steps(need, weight) for need in needs for weight in weights))

    def _steps(self, need: int, weight: int) -> Sequence[int]:
        """The numbers that taking out a player of a weight asks for: no coalition has more members than there are."""
        most = self._slots.players if self._slots.by_size else need
        return range(need, max(need - most * weight, 0), -weight) if weight else ()

    def all(self, need: int) -> int:
        """The coalitions that weigh less than a need."""
        return self._sums[need]

    def without(self, weight: int, need: int) -> int:
        """Those among them without one player of a weight."""
        if weight == 0 and not self._slots.by_size:
            return self._sums[need] // 2
        steps = self._steps(need, weight) if weight else repeat(need, self._slots.players)
        return self._alternating(map(self._sums.__getitem__, steps))

    def _alternating(self, terms: Iterable[int]) -> int:
        """The first term less the second plus the third ..., each for a member more; no size beyond the others'."""
        step = self._slots.step
        found = sum((-one if times % 2 else one) << times * step for times, one in enumerate(terms))
        return found & ((1 << self._slots.width - step) - 1)


def minimal(weights: Sequence[int], need: int, slots: Slots) -> int:
    """The minimal winning coalitions of one weighing: the lightest member, joining last, makes them win.

    Of the coalitions of heavier players only those are kept that can still win; the lighter ones drop out.
    """
    series, lowest, left, found = 1, 0, sum(weights), 0
    for weight in sorted(filter(None, weights), reverse=True):
        found += _total(series >> max(need - weight - lowest, 0) * slots.width, slots.width)
        left -= weight
        series = (series + (series << weight * slots.width)) & ((1 << (need - lowest) * slots.width) - 1)
        lifted = max(lowest, need - left)
        series >>= (lifted - lowest) * slots.width
        lowest = lifted
    return found


def _losing(by_need: Mapping[int | None, list[int]], slots: Slots, players: int, below: Callable[[int], int]) -> int:
    """The losing coalitions of so many players: each size by its need."""
    lost = 0
    for need, sizes in by_need.items():
        found = slots.all(players) if need is None else below(need)
        lost += found if len(by_need) == 1 else found & sum(map(slots.one, sizes))
    return lost


def _joined(series: int, shift: int, kept: int) -> int:
    """A series with one more player, who lifts each coalition by a shift; what would pass the limit is left out."""
    if kept <= 0:
        return series
    return series + ((series & ((1 << kept) - 1) if series.bit_length() > kept else series) << shift)


def _total(series: int, width: int) -> int:
    """The sum over all slots, folding the upper half onto the lower."""
    slots = -(-series.bit_length() // width)
    while slots > 1:
        slots = (slots + 1) // 2
        series = (series & ((1 << slots * width) - 1)) + (series >> slots * width)
    return series
