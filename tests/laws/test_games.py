"""Laws of power: what is counted equals trying every coalition, and the indices keep what defines them."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chancery.rules.coalitions import blockers, critical, deciders, minimal_winning
from chancery.rules.games import Every, Game, Some, Test, Weighing, dual, rewritten
from chancery.rules.power import INDICES, power
from chancery.rules.scales import Scales
from chancery.rules.swings import swings, ways
from chancery.values import Fault
from tests.unit.rules.games import minimal_tried, pivotal_tried, players, swings_tried, tried

pytestmark = pytest.mark.slow  # most of them take more than a second


@st.composite
def weighings(draw: st.DrawFn, count: int) -> Weighing:
    """Few different weights, so that players are often alike; sometimes all the same, sometimes vetoes."""
    heaviest = draw(st.sampled_from([1, 2, 9]))
    weights = draw(st.lists(st.integers(0, heaviest), min_size=count, max_size=count))
    weights = [draw(st.integers(1, 3))] * count if draw(st.booleans()) else weights
    return Weighing(tuple(weights), draw(st.integers(0, sum(weights) + 1)))


@st.composite
def games(draw: st.DrawFn, most: int = 7) -> Game:
    count = draw(st.integers(1, most))
    tests: st.SearchStrategy[Test] = st.recursive(
        weighings(count),
        lambda inner: st.builds(
            lambda kind, of: kind(tuple(of)), st.sampled_from([Every, Some]), st.lists(inner, min_size=1, max_size=3)
        ),
        max_leaves=5,
    )
    try:
        return Game(players(count), draw(tests))
    except Fault:
        assume(False)  # noqa: FBT003  # nobody has power over such a test, so it is no game
        raise


@given(games())
@settings(max_examples=150)
def test_every_way_of_counting_equals_trying_every_coalition(game: Game) -> None:
    plain, won = swings_tried(game), sum(tried(game))
    for by_size in (True, False):
        for way in ways(game, by_size=by_size):
            found = way.run()
            assert list(found.raw) == list(map(sum, plain))
            assert found.winning == won
            assert found.by_size == (tuple(map(tuple, plain)) if by_size else None)


@given(games())
@settings(max_examples=100)
def test_minimal_winning_coalitions_are_those_that_trying_finds(game: Game) -> None:
    found = minimal_winning(game, few=200)
    numbers = [sum(1 << place for place in game.places(each)) for each in found.listed]
    assert sorted(numbers) == minimal_tried(game)
    assert found.count == len(numbers)


@given(games(most=5))
@settings(max_examples=50)
def test_shapley_and_shubik_counts_pivots_in_every_order(game: Game) -> None:
    assert list(power(game, "shapley-shubik")) == pivotal_tried(game)


@given(games())
@settings(max_examples=100)
def test_shares_add_up_to_one_and_equal_players_have_equal_power(game: Game) -> None:
    assert sum(power(game, "banzhaf")) == sum(power(game, "shapley-shubik")) == 1
    for index in INDICES:
        found = power(game, index)
        for alike in Scales(game).alike():
            assert len({found[place] for place in alike.places}) == 1
        assert all(0 <= share <= 1 for share in found)


@given(games())
@settings(max_examples=100)
def test_who_never_matters_has_nothing_and_who_decides_alone_has_all(game: Game) -> None:
    raw = swings(game, by_size=False).raw
    for index in INDICES:
        assert [share == 0 for share in power(game, index)] == [count == 0 for count in raw]
    if set(deciders(game)) & set(blockers(game)):
        assert 1 in power(game, "banzhaf")


@given(games())
@settings(max_examples=100)
def test_a_game_and_its_dual_give_everybody_the_same_power(game: Game) -> None:
    other = Game(game.players, dual(game.test))
    for index in ("banzhaf", "penrose", "shapley-shubik"):
        assert power(game, index) == power(other, index)
    assert power(game, "coleman-initiate") == power(other, "coleman-prevent")


@given(games(), st.data())
@settings(max_examples=100)
def test_whoever_is_critical_changes_the_outcome_alone(game: Game, data: st.DataObject) -> None:
    yes = set(data.draw(st.lists(st.sampled_from(game.players), unique=True)))
    changing = {player for player in game.players if game.wins(yes ^ {player}) != game.wins(yes)}
    assert set(critical(game, sorted(yes))) == changing


@given(st.permutations(list(range(5))), games(most=5))
@settings(max_examples=50)
def test_the_order_of_the_players_changes_nobody_s_power(order: list[int], game: Game) -> None:
    order = [place for place in order if place < len(game.players)]
    moved = rewritten(game.test, lambda each: Weighing(tuple(each.weights[at] for at in order), each.at_least))
    again = Game(tuple(game.players[at] for at in order), moved)
    for index in INDICES:
        assert power(again, index) == tuple(power(game, index)[at] for at in order)
