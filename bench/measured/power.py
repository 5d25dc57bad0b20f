"""Reckon the power of the members of a body exactly: 27 members with a double majority, or 190 with votes."""

from __future__ import annotations

import gc
import sys

from bench.members import populations, votes
from bench.stopwatch import Stopwatch
from chancery.rules.enclosing import enclosed
from chancery.rules.games import Every, Game, Some, Weighing
from chancery.rules.power import banzhaf, shapley_shubik
from chancery.rules.swings import swings
from chancery.values import Ref


def main(body: str, total: str) -> None:
    """Measure the ``council``, or the ``fund`` with so many votes in all; ``enclosed`` is its Shapley-Shubik index."""
    gc.disable()  # as `chancery` does
    if body == "council":
        _council()
    elif body == "fund":
        _fund(int(total))
    else:
        _enclosed(int(total))


def council() -> Game:
    """15 of 27 with 65% of the population, or all but three."""
    weights = populations()
    each = (1,) * len(weights)
    share = Weighing(weights, -(-sum(weights) * 65 // 100))
    return Game(_named(len(weights)), Some((Every((Weighing(each, 15), share)), Weighing(each, 24))))


def fund(total: int) -> Game:
    """More than half of the votes."""
    weights = votes(total)
    return Game(_named(len(weights)), Weighing(weights, sum(weights) // 2 + 1))


def _named(count: int) -> tuple[Ref, ...]:
    return tuple(Ref(f"org:m{number}") for number in range(count))


def _council() -> None:
    game, watch = council(), Stopwatch()
    found = swings(game)
    shares = (*banzhaf(found), *shapley_shubik(found))
    watch.lap("reckoned")
    watch.report(len(game.players), tuple(map(float, shares)))


def _fund(total: int) -> None:
    game, watch = fund(total), Stopwatch()
    shares = banzhaf(swings(game, by_size=False))
    watch.lap("reckoned")
    watch.report(len(game.players), tuple(map(float, shares)))


def _enclosed(total: int) -> None:
    game, watch = fund(total), Stopwatch()
    found = enclosed(game)
    watch.lap("reckoned")
    if found is None:
        raise ValueError("the shares of the made-up fund were not enclosed")
    watch.report(len(game.players), tuple(map(float, (*found.shares, found.within))))


if __name__ == "__main__":
    main(*sys.argv[1:])
