"""Swings: how often each player's vote decides, counted exactly by the cheapest way that fits the game."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.rules import halves, layers, series
from chancery.rules.games import Game, dual
from chancery.rules.packing import Slots
from chancery.rules.scales import Scales
from chancery.rules.ways import Cost, Way, cheapest, of_halves, of_layers, of_series
from chancery.values import Fault, Phrase, Ref, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEGABYTE = 10**6


class Swings(Struct, frozen=True):
    """For each player the coalitions of others that lose without him and win with him, and all winning coalitions.

    ``by_size`` has the same for each size of those coalitions, from 0; it is None where only the totals were asked for.
    """

    players: tuple[Ref, ...]
    raw: tuple[int, ...]
    winning: int
    by_size: tuple[tuple[int, ...], ...] | None = None


def swings(game: Game, *, by_size: bool = True) -> Swings:
    """The swings of every player. Raises Fault, before it begins, for a game that would take too long."""
    way = cheapest(ways(game, by_size=by_size))
    if not way.cost.fits:
        raise Fault(_too_large(game, way.cost))
    return way.run()


def ways(game: Game, *, by_size: bool) -> Iterator[Way[Swings]]:
    """Every way of counting the swings of a game."""
    scales, slots = Scales(game), Slots(len(game.players), by_size)
    counted = partial(_counted, game, slots)
    yield Way(of_layers(scales, slots), partial(counted, lambda: layers.Layers(scales).packed(slots)))
    yield Way(of_halves(scales), partial(counted, lambda: halves.packed(scales, slots)))
    if sum(not scale.even for scale in scales.scales) == 1:
        yield _by_series(game, slots, scales, turned=False)
        yield _by_series(game, slots, Scales(Game(game.players, dual(game.test))), turned=True)


def _by_series(game: Game, slots: Slots, scales: Scales, *, turned: bool) -> Way[Swings]:
    """The way by a generating function, of the game or of its dual, whichever asks for less."""
    by_need = series.sizes_by_need(scales)
    finer = slots if len(by_need) == 1 else Slots(slots.players)
    limit = max(need or 0 for need in by_need)
    count = partial(series.packed, scales, finer)
    return Way(of_series(scales.count, limit, finer), partial(_counted, game, finer, count, turned=turned, kept=slots))


def _counted(
    game: Game,
    slots: Slots,
    count: Callable[[], tuple[list[int], int]],
    *,
    turned: bool = False,
    kept: Slots | None = None,
) -> Swings:
    """Unpack what was counted; in a dual game a coalition stands for the others outside it."""
    packed, winning = count()
    found = [slots.unpacked(one) for one in packed]
    won = sum(slots.unpacked(winning))
    return Swings(
        players=game.players,
        raw=tuple(map(sum, found)),
        winning=2**slots.players - won if turned else won,
        by_size=tuple(one[-2::-1] if turned else one[:-1] for one in found) if (kept or slots).by_size else None,
    )


def _too_large(game: Game, cost: Cost) -> Phrase:
    scales = Scales(game).scales
    return phrase(
        "{players:number} players on {scales:number} weightings of up to {total:number} in all are too many to count "
        "exactly: the quickest way would take about {seconds:number} seconds and {size:number} MB",
        players=len(game.players),
        scales=len(scales),
        total=max(scale.total for scale in scales),
        seconds=int(cost.seconds),
        size=int(cost.size / MEGABYTE),
    )
