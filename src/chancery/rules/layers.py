"""Swings in layers: players join class by class, and coalitions of the same sums are counted as one.

For games of few different players, or of small weights. A sum that settles every number asked for on its scale is
rounded down to the last one reached; a coalition whose fate is settled is not followed further.
"""

from __future__ import annotations

from math import comb, prod
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.rules.packing import Slots
    from chancery.rules.scales import Alike, Scale, Scales

State: TypeAlias = "tuple[int, ...] | bool"
"""The sums of a coalition, or whether it wins whatever the others do."""


class Layer(Struct, frozen=True):
    """A class of players who are alike, and where each state leads when none, one, two ... of them join."""

    alike: Alike
    moves: dict[tuple[int, ...], list[State]]


class Layers:
    """A game class by class."""

    def __init__(self, scales: Scales) -> None:
        """Follow the states that coalitions may be in after each class."""
        self._scales = scales
        classes = scales.alike()
        left = [sum(scale.weights) for scale in scales.scales]
        states: set[tuple[int, ...]] = {(0,) * len(scales.scales)}
        self.layers: list[Layer] = []
        for alike in classes:
            size = len(alike.places)
            left = [one - size * weight for one, weight in zip(left, alike.weights, strict=True)]
            moves = {state: [self._moved(state, alike, joined, left) for joined in range(size + 1)] for state in states}
            self.layers.append(Layer(alike, moves))
            states = {state for row in moves.values() for state in row if not isinstance(state, bool)}

    def _moved(self, state: tuple[int, ...], alike: Alike, joined: int, left: list[int]) -> State:
        sums = [one + joined * weight for one, weight in zip(state, alike.weights, strict=True)]
        if self._scales.met(sums):
            return True
        if not self._scales.met([one + most for one, most in zip(sums, left, strict=True)]):
            return False
        return tuple(map(_rounded, sums, left, self._scales.scales))

    def packed(self, slots: Slots) -> tuple[list[int], int]:
        """The swings of each player and the winning coalitions, packed in slots."""
        swings = [0] * slots.players
        after = Completions(slots)
        before = self._before(slots)
        for layer, counts in zip(reversed(self.layers), reversed(before), strict=True):
            found = after.swings(layer, counts)
            for place in layer.alike.places:
                swings[place] = found
            after.take(layer)
        return swings, after.winning()

    def _before(self, slots: Slots) -> list[dict[tuple[int, ...], int]]:
        """The coalitions in each state before each class joins."""
        counts = {next(iter(self.layers[0].moves)): 1}
        found = []
        for layer in self.layers:
            found.append(counts)
            counts = _joined(layer, counts, slots)
        return found

    def minimal(self, slots: Slots) -> int:
        """The minimal winning coalitions, where players are ranked: those that the lightest member alone could sink."""
        return sum(
            count * comb(len(layer.alike.places), layer.moves[state].index(True))
            for layer, counts in zip(self.layers, self._before(slots), strict=True)
            for state, count in counts.items()
            if True in layer.moves[state]
        )


class Completions:
    """In how many ways the classes still to come make each state win; told of the classes, the last one first."""

    def __init__(self, slots: Slots) -> None:
        """Begin after the last class: what is not won is lost."""
        self._slots = slots
        self._players = 0
        self._ways: dict[State, int] = {True: 1, False: 0}

    def take(self, layer: Layer) -> None:
        """Let a class come before the others."""
        terms = _choices(len(layer.alike.places), self._slots)
        ways: dict[State, int] = {
            state: sum(times * self._ways[after] << moved for (times, moved), after in zip(terms, row, strict=True))
            for state, row in layer.moves.items()
        }
        self._players += len(layer.alike.places)
        self._ways = {**ways, True: self._slots.all(self._players), False: 0}

    def swings(self, layer: Layer, counts: dict[tuple[int, ...], int]) -> int:
        """In how many ways one of a class decides, the others of it and later classes joining or not."""
        terms = _choices(len(layer.alike.places) - 1, self._slots)
        found = 0
        for state, count in counts.items():
            ways = [self._ways[after] for after in layer.moves[state]]
            found += count * sum(times * (ways[at + 1] - ways[at]) << moved for at, (times, moved) in enumerate(terms))
        return found

    def winning(self) -> int:
        """The winning coalitions, once the first class has been taken."""
        return next(ways for state, ways in self._ways.items() if not isinstance(state, bool))


def states(scales: Scales) -> Iterator[tuple[int, int]]:
    """At most how many states there are before each class, and how many players it has; without following them."""
    left = [scale.total for scale in scales.scales]
    joined = 1
    for alike in scales.alike():
        sums = prod(
            min(scale.total - one, one, scale.asked[-1]) + 1 for one, scale in zip(left, scales.scales, strict=True)
        )
        size = len(alike.places)
        yield min(joined, sums), size
        joined *= size + 1
        left = [one - size * weight for one, weight in zip(left, alike.weights, strict=True)]


def _rounded(found: int, left: int, scale: Scale) -> int:
    """A sum; the last number it reached, where those still to come cannot reach the next."""
    reached = [number for number in scale.asked if number <= found]
    following = scale.asked[len(reached)] if len(reached) < len(scale.asked) else None
    open_ = following is not None and found + left >= following
    return found if open_ else max((0, *reached))


def _choices(players: int, slots: Slots) -> list[tuple[int, int]]:
    """In how many ways none, one, two ... of so many players join, and by how many bits that moves a count."""
    return [(comb(players, joined), joined * slots.step) for joined in range(players + 1)]


def _joined(layer: Layer, counts: dict[tuple[int, ...], int], slots: Slots) -> dict[tuple[int, ...], int]:
    found: dict[tuple[int, ...], int] = {}
    terms = _choices(len(layer.alike.places), slots)
    for state, count in counts.items():
        for (times, moved), after in zip(terms, layer.moves[state], strict=True):
            if not isinstance(after, bool):
                found[after] = found.get(after, 0) + (times * count << moved)
    return found
