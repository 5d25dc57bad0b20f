"""Indices of power: what share of the decisions each player's vote settles, as exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import factorial
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.rules.swings import Swings, swings
from chancery.values import Phrase, Ref, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from chancery.rules.games import Game


class Index(Struct, frozen=True):
    """A measure of power: what it says, whether it asks for swings by size, and how it is reckoned from them."""

    words: Phrase
    by_size: bool
    of: Callable[[Swings], tuple[Fraction, ...]]


def banzhaf(found: Swings) -> tuple[Fraction, ...]:
    """Each player's part of all swings (Banzhaf 1965). The parts add up to 1."""
    total = sum(found.raw)
    return tuple(Fraction(raw, total) for raw in found.raw)


def penrose(found: Swings) -> tuple[Fraction, ...]:
    """The part of all votes of the others in which a player decides: the absolute Banzhaf index (Penrose 1946)."""
    return tuple(Fraction(raw, 2 ** (len(found.players) - 1)) for raw in found.raw)


def shapley_shubik(found: Swings) -> tuple[Fraction, ...]:
    """The part of all orders of joining in which a player is pivotal (Shapley and Shubik 1954). They add up to 1."""
    count = len(found.players)
    orders = [factorial(size) * factorial(count - 1 - size) for size in range(count)]
    return tuple(_over(by_size, orders, factorial(count)) for by_size in found.by_size or ())


def coleman_initiate(found: Swings) -> tuple[Fraction, ...]:
    """The part of the losing coalitions that a player can make win by joining (Coleman 1971)."""
    losing = 2 ** len(found.players) - found.winning
    return tuple(Fraction(raw, losing) for raw in found.raw)


def coleman_prevent(found: Swings) -> tuple[Fraction, ...]:
    """The part of the winning coalitions that a player can make lose by leaving (Coleman 1971)."""
    return tuple(Fraction(raw, found.winning) for raw in found.raw)


def _over(by_size: tuple[int, ...], orders: list[int], all_orders: int) -> Fraction:
    return Fraction(sum(count * order for count, order in zip(by_size, orders, strict=True)), all_orders)


INDICES: Mapping[str, Index] = MappingProxyType(
    {
        "banzhaf": Index(phrase("its part of all swings"), by_size=False, of=banzhaf),
        "penrose": Index(phrase("the part of all votes of the others in which it decides"), by_size=False, of=penrose),
        "shapley-shubik": Index(
            phrase("the part of all orders of joining in which it is pivotal"), by_size=True, of=shapley_shubik
        ),
        "coleman-initiate": Index(
            phrase("the part of the losing coalitions that win when it joins"), by_size=False, of=coleman_initiate
        ),
        "coleman-prevent": Index(
            phrase("the part of the winning coalitions that lose when it leaves"), by_size=False, of=coleman_prevent
        ),
    }
)
"""The indices by their names on the command line."""


class Change(Struct, frozen=True):
    """A player's index in two games; None where he does not play."""

    player: Ref
    before: Fraction | None
    after: Fraction | None

    @property
    def by(self) -> Fraction:
        """By how much it grew; who does not play has none."""
        return (self.after or Fraction(0)) - (self.before or Fraction(0))


def power(game: Game, index: str) -> tuple[Fraction, ...]:
    """An index of every player, in their order. Raises Fault for a game that is too large to count."""
    found = INDICES[index]
    return found.of(swings(game, by_size=found.by_size))


def changes(before: Game, after: Game, index: str) -> tuple[Change, ...]:
    """An index in two games, player by player: those of the first, then those who only play in the second."""
    first, second = (dict(zip(game.players, power(game, index), strict=True)) for game in (before, after))
    return tuple(Change(player, first.get(player), second.get(player)) for player in {**first, **second})
