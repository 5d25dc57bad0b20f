"""Swings by meeting in the middle: the coalitions of each half of the players, set against those of the other.

For some forty players at most, on any scales. The sums of all scales but the finest, with the size, are a coalition's
mark; two marks together say what the finest scale has to reach, and sorted sums say how many of the other half do it.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import repeat
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chancery.rules.packing import Slots
    from chancery.rules.scales import Scales

Mark: TypeAlias = "tuple[int, ...]"


class Group(Struct, frozen=True):
    """The coalitions of one mark within a half: their numbers (a bit to a member) and their finest sums, sorted too."""

    mark: Mark
    numbers: list[int]
    sums: list[int]
    ordered: list[int]

    @property
    def size(self) -> int:
        """How many members each has."""
        return self.mark[0]


class Needs:
    """What the finest sum of a coalition has to reach, by its mark."""

    def __init__(self, scales: Scales) -> None:
        """Choose the finest scale; the even ones are told by the size."""
        self.scales = scales
        uneven = [at for at, scale in enumerate(scales.scales) if not scale.even]
        self.finest = max(uneven, key=lambda at: scales.scales[at].total, default=0)
        self.marked = [at for at in uneven if at != self.finest]
        self._evenly = [(at, scale.weights[0]) for at, scale in enumerate(scales.scales) if scale.even]
        self._known: dict[Mark, int | None] = {}

    def of(self, one: Mark, other: Mark) -> int | None:
        """What two coalitions of these marks have to weigh together; None where no weight is enough."""
        mark = tuple(map(int.__add__, one, other))
        if mark not in self._known:
            self._known[mark] = self._need(mark)
        return self._known[mark]

    def _need(self, mark: Mark) -> int | None:
        size, *others = mark
        sums = [0] * len(self.scales.scales)
        for at, weight in self._evenly:
            sums[at] = size * weight
        for at, found in zip(self.marked, others, strict=True):
            sums[at] = found
        asked = self.scales.scales[self.finest].asked
        even = self.scales.scales[self.finest].even
        tried = [sums[self.finest]] if even else [0, *asked]
        for number in tried:
            sums[self.finest] = number
            if self.scales.met(sums):
                return 0 if even else number
        return None


def packed(scales: Scales, slots: Slots) -> tuple[list[int], int]:
    """The swings of each player and the winning coalitions, packed in slots."""
    halves = split(scales)
    needs = Needs(scales)
    groups = [grouped(half, needs) for half in halves]
    containing = [0] * slots.players
    winning = 0
    for mine, others, half in ((groups[0], groups[1], halves[0]), (groups[1], groups[0], halves[1])):
        ways = _ways(mine, others, needs, slots)
        winning = sum(ways)
        for place, found in zip(half, _containing(ways), strict=True):
            containing[place] = found
    return [(one >> slots.step) - (winning - one) for one in containing], winning


def split(scales: Scales) -> tuple[list[int], list[int]]:
    """The players in two halves, each with heavy and light ones."""
    ranked = sorted(range(scales.count), key=scales.weights)
    return ranked[::2], ranked[1::2]


def grouped(half: Sequence[int], needs: Needs) -> list[Group]:
    """The coalitions of a half by their marks."""
    sums, marks = [0], [(0,) * (1 + len(needs.marked))]
    for place in half:
        weights = needs.scales.weights(place)
        mark = (1, *(weights[at] for at in needs.marked))
        sums += [one + weights[needs.finest] for one in sums]
        marks += [tuple(map(int.__add__, one, mark)) for one in marks]
    found: dict[Mark, tuple[list[int], list[int]]] = {}
    for number, (one, of) in enumerate(zip(marks, sums, strict=True)):
        numbers, weights_ = found.setdefault(one, ([], []))
        numbers.append(number)
        weights_.append(of)
    return [Group(mark, numbers, found_, sorted(found_)) for mark, (numbers, found_) in found.items()]


def _ways(mine: Sequence[Group], others: Sequence[Group], needs: Needs, slots: Slots) -> list[int]:
    """With how many coalitions of the other half each of this half wins, packed by size of both together."""
    ways = [0] * sum(len(group.numbers) for group in mine)
    for group in mine:
        for other in others:
            need = needs.of(group.mark, other.mark)
            if need is not None:
                _add(ways, group, other, need, (group.size + other.size) * slots.step)
    return ways


def _add(ways: list[int], group: Group, other: Group, need: int, shift: int) -> None:
    count = len(other.ordered)
    short = map(bisect_left, repeat(other.ordered), [need - one for one in group.sums])
    for number, found in zip(group.numbers, short, strict=False):
        ways[number] += count - found << shift


def _containing(ways: Sequence[int]) -> list[int]:
    """Of counts by the number of a coalition, the sum over those with each bit."""
    found = []
    while len(ways) > 1:
        found.append(sum(ways[1::2]))
        ways = list(map(int.__add__, ways[::2], ways[1::2]))
    return found
