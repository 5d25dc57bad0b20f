"""Indices of power: figures that others have published, and what must be so by definition."""

from fractions import Fraction

import pytest

from chancery.rules.games import Game, Weighing
from chancery.rules.power import INDICES, Change, changes, power
from chancery.values import Ref
from tests.unit.rules.games import council, double_majority, pivotal_tried, weighed

THIRD = Fraction(1, 3)


def test_nassau_county_in_1958_leaves_three_of_six_without_power() -> None:
    """Banzhaf's case: any two of the three large districts win (J. Malkevitch, Voting Games: Part II, AMS)."""
    assert power(weighed(16, 9, 9, 7, 3, 1, 1), "banzhaf") == (THIRD, THIRD, THIRD, *[Fraction(0)] * 3)


@pytest.mark.parametrize(
    ("at_least", "weights", "without"),
    [
        (58, (31, 31, 21, 28, 2, 2), {2, 4, 5}),
        (63, (31, 31, 21, 28, 2, 2), set()),
        (71, (35, 35, 23, 32, 2, 3), set()),
        (65, (30, 28, 15, 22, 6, 7), set()),
    ],
)
def test_nassau_county_has_dummies_until_the_number_is_raised(
    at_least: int, weights: tuple[int, ...], without: set[int]
) -> None:
    """For All Practical Purposes, 10th ed., ch. 11: three dummies in 1964, none in 1970 and after."""
    found = power(weighed(at_least, *weights), "banzhaf")
    assert {place for place, share in enumerate(found) if share == 0} == without


def test_luxembourg_has_no_power_in_the_council_of_six() -> None:
    """Twelve of seventeen votes, on a proposal of the Commission: A. Mayer, Games 9 (2018) 29."""
    six = (4, 4, 4, 2, 2, 1)
    assert power(weighed(12, *six), "shapley-shubik")[-1] == power(weighed(12, *six), "banzhaf")[-1] == 0


def test_the_security_council_of_fifteen() -> None:
    """Elected members have 4/2145 each, permanent ones 19.6% (gonitsora.com, "Is it me, or is Veto ...")."""
    found = power(council(5, 10, 9), "shapley-shubik")
    assert found[5:] == (Fraction(4, 2145),) * 10
    assert found[:5] == (Fraction(421, 2145),) * 5
    assert round(float(found[0]), 3) == 0.196


def test_the_security_council_of_eleven() -> None:
    """Pivotal for an elected member: seventh, after all five permanent ones and one of the other five."""
    found = power(council(5, 6, 7), "shapley-shubik")
    assert found[5:] == (Fraction(1, 462),) * 6
    assert sum(found[:5]) == Fraction(76, 77)


def test_the_council_as_one_weighing_has_the_same_power() -> None:
    """39 of 65, a permanent member weighing 7 (mathematics-democracy-institute.org, Quantification of Power)."""
    weights = (7,) * 5 + (1,) * 10
    for index in INDICES:
        assert power(council(5, 10, 9), index) == power(weighed(39, *weights), index)


def test_shapley_and_shubik_count_who_is_pivotal_in_every_order() -> None:
    game = weighed(8, 5, 4, 3, 2, 1)
    assert list(power(game, "shapley-shubik")) == pivotal_tried(game)


def test_the_five_indices_of_one_game() -> None:
    """Of [3; 2, 1, 1] by hand: 3 of 8 coalitions win; the first is critical in all three, each other in one."""
    game = weighed(3, 2, 1, 1)
    assert power(game, "banzhaf") == (Fraction(3, 5), Fraction(1, 5), Fraction(1, 5))
    assert power(game, "penrose") == (Fraction(3, 4), Fraction(1, 4), Fraction(1, 4))
    assert power(game, "shapley-shubik") == (Fraction(2, 3), Fraction(1, 6), Fraction(1, 6))
    assert power(game, "coleman-initiate") == (Fraction(3, 5), Fraction(1, 5), Fraction(1, 5))
    assert power(game, "coleman-prevent") == (Fraction(1), THIRD, THIRD)


def test_shares_of_twenty_seven_members_add_up_to_exactly_one() -> None:
    assert sum(power(double_majority(), "shapley-shubik")) == 1
    assert sum(power(double_majority(), "banzhaf")) == 1


def test_a_member_who_joins_takes_power_from_the_others_and_who_leaves_has_none() -> None:
    before = Game((Ref("org:a"), Ref("org:b"), Ref("org:gone")), Weighing((1, 1, 1), 2))
    after = Game((Ref("org:a"), Ref("org:b"), Ref("org:c"), Ref("org:d")), Weighing((1, 1, 1, 1), 3))
    found = changes(before, after, "banzhaf")
    quarter = Fraction(1, 4)
    assert found == (
        Change(Ref("org:a"), THIRD, quarter),
        Change(Ref("org:b"), THIRD, quarter),
        Change(Ref("org:gone"), THIRD, None),
        Change(Ref("org:c"), None, quarter),
        Change(Ref("org:d"), None, quarter),
    )
    assert [change.by for change in found] == [-Fraction(1, 12), -Fraction(1, 12), -THIRD, quarter, quarter]


def test_every_index_says_what_it_measures() -> None:
    assert all(str(index.words) for index in INDICES.values())
