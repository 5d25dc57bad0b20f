"""Shares within a bound: the exact ones lie in it, and what cannot be enclosed is not."""

import sys
from fractions import Fraction

import pytest

from chancery.rules.enclosing import Enclosed, enclosed
from chancery.rules.games import Game, Weighing
from chancery.rules.power import power
from tests.unit.rules.games import council, players, weighed

TINY = Fraction(1, 10**9)


@pytest.mark.slow
@pytest.mark.parametrize(
    "game",
    [
        weighed(16, 9, 9, 7, 3, 1, 1),
        weighed(5, 5, 2, 1, 1),
        weighed(9, 9, 5, 4, 3, 2, 1, 0),
        weighed(14, 9, 5),
        weighed(1, 3),
        weighed(700, *range(1, 71)),
        weighed(19_000, *range(1, 201)),
    ],
)
def test_the_exact_share_lies_within_the_bound(game: Game) -> None:
    found = enclosed(game)
    assert found is not None
    assert found.within < TINY
    for share, near in zip(power(game, "shapley-shubik"), found.shares, strict=True):
        assert abs(share - near) <= found.within


def test_weights_beyond_what_one_row_adds_up_are_enclosed_too() -> None:
    game = weighed(90_000, *[2_999] * 30, *[3_001] * 31)
    found = enclosed(game)
    exact = power(game, "shapley-shubik")
    assert found is not None
    assert all(abs(one - near) <= found.within for one, near in zip(exact, found.shares, strict=True))


def test_what_is_no_single_weighing_or_too_large_is_not_enclosed() -> None:
    assert enclosed(council(5, 10, 9)) is None
    assert enclosed(weighed(101, *[1] * 201)) is None
    assert enclosed(weighed(10**13, 10**13 - 1, 10**13 + 1)) is None


def test_without_numpy_nothing_is_enclosed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert enclosed(Game(players(3), Weighing((2, 1, 1), 3))) is None


def test_shares_are_decimals_and_add_up_to_one_within_the_bounds() -> None:
    found = enclosed(weighed(16, 9, 8, 7, 3, 2, 1))
    assert isinstance(found, Enclosed)
    assert abs(sum(found.shares, Fraction(-1))) <= 6 * found.within
