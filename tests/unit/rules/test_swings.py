"""Swings: every way of counting finds the same, whatever the size, and refuses what is too large."""

from math import comb

import pytest

from chancery.rules import swings as counting
from chancery.rules.games import Every, Game, Some, Weighing
from chancery.rules.swings import swings, ways
from chancery.values import Fault
from tests.unit.rules.games import (
    POPULATIONS,
    council,
    double_majority,
    players,
    swings_tried,
    tried,
    triple_majority,
    weighed,
)

SMALL = {
    "one weighing": weighed(16, 9, 9, 7, 3, 1, 1),
    "a dictator": weighed(5, 5, 2, 1, 1),
    "nobody heavy": weighed(3, 1, 1, 1, 1, 0),
    "vetoes": council(2, 4, 4),
    "two weightings": Game(players(5), Every((Weighing((5, 4, 3, 2, 1), 8), Weighing((1, 2, 3, 4, 5), 7)))),
    "by size": Game(
        players(5), Some((Every((Weighing((9, 5, 3, 2, 1), 11), Weighing((1,) * 5, 3))), Weighing((1,) * 5, 4)))
    ),
    "nested": Game(
        players(6),
        Every((Some((Weighing((1, 1, 0, 0, 0, 0), 1), Weighing((0, 0, 3, 3, 2, 1), 6))), Weighing((1,) * 6, 4))),
    ),
    "one number twice": Game(
        players(4), Some((Weighing((4, 3, 2, 1), 7), Every((Weighing((4, 3, 2, 1), 5), Weighing((0, 0, 1, 1), 2)))))
    ),
}


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("by_size", [True, False])
def test_every_way_counts_what_trying_all_coalitions_finds(name: str, *, by_size: bool) -> None:
    game = SMALL[name]
    plain = swings_tried(game)
    for way in ways(game, by_size=by_size):
        found = way.run()
        assert list(found.raw) == [sum(sizes) for sizes in plain]
        assert found.winning == sum(tried(game))
        assert found.by_size == (tuple(map(tuple, plain)) if by_size else None)


def test_a_game_on_one_uneven_scale_can_be_counted_in_four_ways_another_in_two() -> None:
    assert len(list(ways(SMALL["by size"], by_size=True))) == 4
    assert len(list(ways(SMALL["two weightings"], by_size=True))) == 2


def test_equal_members_are_counted_beyond_sixty_three() -> None:
    game = weighed(129, *[1] * 193)
    found = swings(game)
    assert set(found.raw) == {comb(192, 128)}
    assert found.by_size is not None
    assert found.by_size[0][128] == comb(192, 128) > 2**64


def test_weights_of_many_members_are_counted_beyond_sixty_three() -> None:
    """A member of weight 2 and 99 of weight 1: his swings are two binomials, a sum known on paper."""
    found = swings(weighed(51, 2, *[1] * 99), by_size=False)
    assert found.raw[0] == comb(99, 49) + comb(99, 50)
    assert found.raw[1] == comb(98, 50) + comb(98, 48)


@pytest.mark.slow
def test_the_ways_agree_on_many_members_of_different_weights() -> None:
    game = weighed(700, *range(1, 71))
    found = {tuple(way.run().raw) for way in ways(game, by_size=False) if way.cost.fits}
    assert len(found) == 1
    assert len([way for way in ways(game, by_size=False) if way.cost.fits]) == 3


def test_meeting_in_the_middle_agrees_with_the_other_ways_on_twenty_seven_members() -> None:
    """Populations in millions, so that the other ways are quick too."""
    millions = tuple(-(-population // 1000) for population in POPULATIONS)
    each = (1,) * len(millions)
    need = -(-sum(millions) * 65 // 100)
    game = Game(players(27), Some((Every((Weighing(each, 15), Weighing(millions, need))), Weighing(each, 24))))
    found = [way.run() for way in ways(game, by_size=True)]
    assert len(found) == 4
    assert all(each == found[0] for each in found)


def test_a_triple_majority_takes_no_more_than_its_double_one() -> None:
    assert 0 < swings(triple_majority(), by_size=False).winning < swings(double_majority(), by_size=False).winning


def test_what_is_too_large_is_refused_with_its_sizes_before_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = [10**9 + 7 * number for number in range(90)]
    game = Game(
        players(90), Every((Weighing(tuple(weights), 60 * 10**9), Weighing(tuple(reversed(weights)), 60 * 10**9)))
    )
    for way in ("layers", "halves", "series"):
        monkeypatch.setattr(getattr(counting, way), "packed", None, raising=False)
    with pytest.raises(Fault, match=r"90 players on 2 weightings of up to 90000028035 in all are too many"):
        swings(game)
