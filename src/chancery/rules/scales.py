"""Scales of a game: its different weightings, the numbers asked for on each, the players who are alike on all."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.rules.games import Every, Test, Weighing, reduced, rewritten, weighings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chancery.rules.games import Game


class Scale(Struct, frozen=True):
    """One weighting, and every number that some weighing asks for on it, smallest first."""

    weights: tuple[int, ...]
    asked: tuple[int, ...]

    @property
    def total(self) -> int:
        """The weight of everybody together."""
        return sum(self.weights)

    @property
    def even(self) -> bool:
        """Whether everybody weighs the same, so that the size of a coalition says its weight."""
        return len(set(self.weights)) == 1


class Alike(Struct, frozen=True):
    """Players who weigh the same on every scale: their places, and their weight on each."""

    places: tuple[int, ...]
    weights: tuple[int, ...]


class Scales:
    """A game by its scales: a coalition is known by its sums, one to a scale."""

    def __init__(self, game: Game) -> None:
        """Reduce the weighings, and gather those that weigh alike."""
        self.count = len(game.players)
        self.test = rewritten(game.test, reduced)
        asked: dict[tuple[int, ...], set[int]] = {}
        for weighing in weighings(self.test):
            asked.setdefault(weighing.weights, set()).add(weighing.at_least)
        self.scales = tuple(Scale(weights, tuple(sorted(found))) for weights, found in asked.items())
        self._places = {scale.weights: at for at, scale in enumerate(self.scales)}

    def met(self, sums: Sequence[int]) -> bool:
        """Whether a coalition of these sums wins."""
        return self._met(self.test, sums)

    def _met(self, test: Test, sums: Sequence[int]) -> bool:
        if isinstance(test, Weighing):
            return sums[self._places[test.weights]] >= test.at_least
        found = (self._met(each, sums) for each in test.of)
        return all(found) if isinstance(test, Every) else any(found)

    def weights(self, place: int) -> tuple[int, ...]:
        """What a player weighs, on each scale."""
        return tuple(scale.weights[place] for scale in self.scales)

    def alike(self) -> list[Alike]:
        """The players gathered where they weigh the same on every scale, the heaviest first."""
        found: dict[tuple[int, ...], list[int]] = {}
        for place in range(self.count):
            found.setdefault(self.weights(place), []).append(place)
        return [Alike(tuple(places), weights) for weights, places in sorted(found.items(), reverse=True)]

    def ranked(self) -> bool:
        """Whether of any two players one weighs at least as much as the other on every scale."""
        classes = self.alike()
        return all(
            heavy >= light
            for one, other in pairwise(classes)
            for heavy, light in zip(one.weights, other.weights, strict=True)
        )
