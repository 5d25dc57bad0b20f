"""Coalitions: who is critical, who blocks or decides alone, which winning ones have nobody to spare."""

from math import comb

import pytest

from chancery.rules import coalitions
from chancery.rules.coalitions import Minimal, blockers, critical, deciders, minimal_winning
from chancery.rules.games import Every, Game, Some, Weighing
from chancery.rules.packing import Slots
from chancery.rules.scales import Scales
from chancery.values import Ref
from tests.unit.rules.games import POPULATIONS, council, minimal_tried, players, weighed


def named(*places: int) -> tuple[Ref, ...]:
    return tuple(Ref(f"org:p{place}") for place in places)


def test_in_a_vote_that_was_won_those_are_critical_without_whom_it_is_lost() -> None:
    game = weighed(6, 4, 3, 2, 1)
    assert critical(game, named(0, 1, 3)) == named(0, 1)
    assert critical(game, named(0, 1, 2, 3)) == ()


def test_in_a_vote_that_was_lost_those_are_critical_who_would_have_won_it() -> None:
    game = weighed(6, 4, 3, 2, 1)
    assert critical(game, named(0)) == named(1, 2)
    assert critical(game, named(3)) == ()


def test_a_veto_blocks_alone_and_a_dictator_decides_alone() -> None:
    assert blockers(council(5, 10, 9)) == named(0, 1, 2, 3, 4)
    assert blockers(weighed(6, 4, 3, 2, 1)) == ()
    assert deciders(weighed(5, 5, 2, 1)) == blockers(weighed(5, 5, 2, 1)) == named(0)
    assert deciders(council(5, 10, 9)) == ()


def test_few_minimal_winning_coalitions_are_listed() -> None:
    assert minimal_winning(weighed(6, 4, 3, 2, 1)) == Minimal(3, (named(0, 1), named(0, 2), named(1, 2, 3)))


def test_many_are_only_counted() -> None:
    assert minimal_winning(council(5, 10, 9)) == Minimal(comb(10, 4))
    assert minimal_winning(weighed(129, *[1] * 193)) == Minimal(comb(193, 129))
    assert len(minimal_winning(council(5, 10, 9), few=210).listed) == 210


UNRANKED = Game(players(6), Every((Weighing((1, 1, 1, 0, 0, 0), 2), Weighing((0, 0, 0, 1, 1, 1), 1))))


@pytest.mark.parametrize(
    "game",
    [
        weighed(8, 5, 4, 3, 2, 1),
        weighed(9, 9, 5, 4, 3, 2, 1, 0),
        council(2, 4, 4),
        Game(players(5), Some((Weighing((9, 5, 3, 2, 1), 14), Weighing((1,) * 5, 4)))),
        UNRANKED,
    ],
)
def test_every_way_counts_what_trying_all_coalitions_finds(game: Game) -> None:
    plain = {game.places(each) for each in minimal_winning(game, few=100).listed}
    expected = minimal_tried(game)
    assert plain == {frozenset(k for k in range(len(game.players)) if number >> k & 1) for number in expected}
    scales = Scales(game)
    for way in coalitions._ways(game, scales, Slots(scales.count, by_size=False)):
        if scales.ranked():
            assert way.run() == len(expected)


def test_twenty_seven_members_are_counted_as_their_joining_one_by_one_finds() -> None:
    """Populations in millions, where counting class by class is quick too; the heaviest must all be on board."""
    millions = tuple(-(-population // 1000) for population in POPULATIONS)
    game = Game(players(27), Every((Weighing((1,) * 27, 15), Weighing(millions, 320))))
    scales = Scales(game)
    ways = list(coalitions._ways(game, scales, Slots(27, by_size=False)))
    assert len({way.run() for way in ways}) == 1
    assert len(ways) == 2


@pytest.mark.slow
def test_where_players_cannot_be_ranked_and_are_many_nothing_is_counted() -> None:
    weights = tuple(range(1, 31))
    game = Game(players(30), Every((Weighing(weights, 240), Weighing(weights[::-1], 240))))
    assert minimal_winning(game) == Minimal(None)
