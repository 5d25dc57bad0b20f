"""Coalitions of a game: who is critical in a vote, who blocks alone, which winning ones have nobody to spare."""

from __future__ import annotations

from functools import partial
from itertools import islice, product
from math import comb, prod
from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.rules import halves, layers, series
from chancery.rules.games import Game, Weighing, rewritten
from chancery.rules.packing import Slots
from chancery.rules.scales import Scales
from chancery.rules.ways import Cost, Way, cheapest, of_halves, of_layers, of_series

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from chancery.rules.scales import Alike
    from chancery.values import Ref

FEW = 20
"""How many minimal winning coalitions are listed."""

TIMES_HALVED = 4
"""How many times as long as one game the games of its heaviest one, two, three ... players take together."""

SECONDS_A_PROFILE = 1e-5
"""What trying one number of members of each class takes, measured."""

MOST_TRIED = 50_000
"""Coalitions that are tried one by one, where there is no better way to count those that are minimal."""


class Minimal(Struct, frozen=True):
    """The winning coalitions that lose without any one member: how many, and which where they are few.

    ``count`` is None where there is no way to count them in reasonable time.
    """

    count: int | None
    listed: tuple[tuple[Ref, ...], ...] = ()


def critical(game: Game, in_favour: Collection[Ref]) -> tuple[Ref, ...]:
    """Who could have changed the outcome of a vote alone: by voting against, where it was won; else by voting for."""
    places = game.places(in_favour)
    if game.test.holds(places):
        return tuple(game.players[at] for at in sorted(places) if not game.test.holds(places - {at}))
    others = sorted(set(range(len(game.players))) - places)
    return tuple(game.players[at] for at in others if game.test.holds(places | {at}))


def blockers(game: Game) -> tuple[Ref, ...]:
    """Those without whom nobody wins: each blocks alone."""
    return critical(game, game.players)


def deciders(game: Game) -> tuple[Ref, ...]:
    """Those who win alone."""
    return critical(game, ())


def minimal_winning(game: Game, few: int = FEW) -> Minimal:
    """The minimal winning coalitions, counted, and listed where they are few."""
    found = _count(game)
    if found is None or found > few:
        return Minimal(found)
    return Minimal(found, tuple(each for each in islice(_tried(game), MOST_TRIED) if each is not None))


def _count(game: Game) -> int | None:
    """How many there are, by the cheapest way that fits; one by one where none does."""
    way = cheapest(ways(game))
    return way.run() if way.cost.fits else _one_by_one(game)


def ways(game: Game) -> Iterator[Way[int]]:
    """Every way of counting the minimal winning coalitions of a game."""
    scales = Scales(game)
    profiles = prod(len(alike.places) + 1 for alike in scales.alike())
    yield Way(Cost(SECONDS_A_PROFILE * min(profiles, 10**30), 0), partial(_by_profiles, scales))
    if scales.ranked():
        yield from _ways_of_ranked(game, scales, Slots(scales.count, by_size=False))


def _by_profiles(scales: Scales) -> int:
    """Trying how many of each class join: they win, and lose without one of any class."""
    classes, found = scales.alike(), 0
    for profile in product(*(range(len(alike.places) + 1) for alike in classes)):
        sums = _sums(classes, profile)
        if scales.met(sums) and not any(
            joined and scales.met([one - weight for one, weight in zip(sums, alike.weights, strict=True)])
            for alike, joined in zip(classes, profile, strict=True)
        ):
            found += prod(comb(len(alike.places), joined) for alike, joined in zip(classes, profile, strict=True))
    return found


def _sums(classes: list[Alike], profile: tuple[int, ...]) -> list[int]:
    by_class = zip(classes, profile, strict=True)
    return [
        sum(column)
        for column in zip(*([joined * one for one in alike.weights] for alike, joined in by_class), strict=True)
    ]


def _ways_of_ranked(game: Game, scales: Scales, slots: Slots) -> Iterator[Way[int]]:
    """Where players can be ranked, a winning coalition is minimal if its lightest member can make it lose."""
    yield Way(of_layers(scales, slots), lambda: layers.Layers(scales).minimal(slots))
    halved = of_halves(scales)
    yield Way(Cost(TIMES_HALVED * halved.seconds, halved.size), partial(_by_halves, game, ranking(scales)))
    if isinstance(scales.test, Weighing):
        weighing = scales.test
        cost = of_series(scales.count, weighing.at_least, slots)
        yield Way(cost, lambda: series.minimal(weighing.weights, weighing.at_least, slots))


def _by_halves(game: Game, ranked: list[int]) -> int:
    """The swings of each player among those who are heavier."""
    found = 0
    for count in range(1, len(ranked) + 1):
        places = ranked[:count]
        test = rewritten(game.test, partial(_among, places))
        if test.holds(range(count)):
            heavier = Game(tuple(game.players[at] for at in places), test)
            found += halves.packed(Scales(heavier), Slots(count, by_size=False))[0][-1]
    return found


def _among(places: list[int], weighing: Weighing) -> Weighing:
    return Weighing(tuple(weighing.weights[at] for at in places), weighing.at_least)


def ranking(scales: Scales) -> list[int]:
    """The places of the players, the heaviest first."""
    return [place for alike in scales.alike() for place in alike.places]


def _one_by_one(game: Game) -> int | None:
    """How many there are, trying coalitions; None where too many have to be tried."""
    tried = list(islice(_tried(game), MOST_TRIED + 1))
    return sum(each is not None for each in tried) if len(tried) <= MOST_TRIED else None


def _tried(game: Game) -> Iterator[tuple[Ref, ...] | None]:
    """The minimal winning coalitions, the heaviest players first, and None for each that was tried in vain."""
    ranked = ranking(Scales(game))
    stack: list[tuple[tuple[int, ...], int]] = [((), 0)]
    while stack:
        chosen, at = stack.pop()
        if not game.test.holds((*chosen, *ranked[at:])):
            yield None
            continue
        joined = (*chosen, ranked[at])
        stack.append((chosen, at + 1))
        if not game.test.holds(joined):
            stack.append((joined, at + 1))
        elif all(not game.test.holds(set(joined) - {each}) for each in joined):
            yield tuple(game.players[place] for place in sorted(joined))
