"""Indices of power: what share of the decisions each player's vote settles, as exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import factorial
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.rules.coalitions import Minimal, blockers, minimal_winning
from chancery.rules.enclosing import enclosed
from chancery.rules.games import Game
from chancery.rules.swings import Swings, swings
from chancery.values import Fault, Phrase, Ref, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Index(Struct, frozen=True):
    """A measure of power: its name, what it says, whether it needs swings by size, how it is reckoned from them."""

    heading: Phrase
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


SHAPLEY_SHUBIK = "shapley-shubik"

INDICES: Mapping[str, Index] = MappingProxyType(
    {
        "banzhaf": Index(phrase("Banzhaf"), phrase("its part of all swings"), by_size=False, of=banzhaf),
        "penrose": Index(
            phrase("Penrose"),
            phrase("the part of all votes of the others in which it decides"),
            by_size=False,
            of=penrose,
        ),
        SHAPLEY_SHUBIK: Index(
            phrase("Shapley-Shubik"),
            phrase("the part of all orders of joining in which it is pivotal"),
            by_size=True,
            of=shapley_shubik,
        ),
        "coleman-initiate": Index(
            phrase("Coleman, to initiate"),
            phrase("the part of the losing coalitions that win when it joins"),
            by_size=False,
            of=coleman_initiate,
        ),
        "coleman-prevent": Index(
            phrase("Coleman, to prevent"),
            phrase("the part of the winning coalitions that lose when it leaves"),
            by_size=False,
            of=coleman_prevent,
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


class Powers(Struct, frozen=True):
    """The power of every player of a game by several indices, and its winning coalitions.

    ``shares`` has the indices that could be reckoned; ``within`` says of those that are not exact how far off they may
    be; ``refused`` says why the others could not be reckoned.
    """

    game: Game
    swings: Swings
    shares: Mapping[str, tuple[Fraction, ...]]
    minimal: Minimal
    within: Mapping[str, Fraction] = {}
    refused: Phrase | None = None

    @property
    def blockers(self) -> tuple[Ref, ...]:
        """Those without whom nothing passes."""
        return blockers(self.game)

    @property
    def powerless(self) -> tuple[Ref, ...]:
        """Those whose vote never decides."""
        return tuple(player for player, raw in zip(self.game.players, self.swings.raw, strict=True) if not raw)


def assessed(game: Game, indices: Sequence[str]) -> Powers:
    """The power of every player by some indices. Where counting by size takes too long, Shapley-Shubik is enclosed.

    Raises Fault where none can be reckoned.
    """
    found, refused = _counted(game, by_size=any(INDICES[name].by_size for name in indices))
    exact = [name for name in indices if refused is None or not INDICES[name].by_size]
    shares = {name: INDICES[name].of(found) for name in exact}
    near = enclosed(game) if refused is not None else None
    if near is not None:
        shares[SHAPLEY_SHUBIK] = near.shares
    elif refused is not None and not exact:
        raise Fault(refused)
    within = {} if near is None else {SHAPLEY_SHUBIK: near.within}
    return Powers(game, found, shares, minimal_winning(game), within, None if near is not None else refused)


def _counted(game: Game, *, by_size: bool) -> tuple[Swings, Phrase | None]:
    """The swings, by size where that is wanted and can be; else why it cannot."""
    try:
        return swings(game, by_size=by_size), None
    except Fault as fault:
        if not by_size:
            raise
        return swings(game, by_size=False), fault.phrase
