"""Coalitions: who is critical, who blocks or decides alone, which winning ones have nobody to spare."""

from math import comb

import pytest

from chancery.rules import coalitions
from chancery.rules import ways as ways_of_counting
from chancery.rules.coalitions import Minimal, blockers, critical, deciders, minimal_winning, ways
from chancery.rules.games import Every, Game, Some, Weighing
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
    found = [way.run() for way in ways(game)]
    assert set(found) == {len(expected)}
    assert len(found) == (1 if game is UNRANKED else 4 if isinstance(game.test, Weighing) else 3)


@pytest.mark.slow
def test_two_ways_agree_on_twenty_seven_members() -> None:
    """Populations in millions, where counting class by class is quick too."""
    millions = tuple(-(-population // 1000) for population in POPULATIONS)
    game = Game(players(27), Every((Weighing((1,) * 27, 15), Weighing(millions, 320))))
    found = [way.run() for way in ways(game) if way.cost.seconds < 5]
    assert len(found) == 2
    assert len(set(found)) == 1


@pytest.mark.slow
def test_two_chambers_are_counted_though_their_members_cannot_be_ranked() -> None:
    lower, upper = (1,) * 435 + (0,) * 100, (0,) * 435 + (1,) * 100
    game = Game(players(535), Every((Weighing(lower, 218), Weighing(upper, 51))))
    assert minimal_winning(game) == Minimal(comb(435, 218) * comb(100, 51))


def test_where_none_can_be_counted_they_are_tried_and_given_up_when_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways_of_counting, "LONGEST", 0.0)
    assert minimal_winning(UNRANKED).count == len(minimal_tried(UNRANKED))
    monkeypatch.setattr(coalitions, "MOST_TRIED", 5)
    assert minimal_winning(UNRANKED) == Minimal(None)
