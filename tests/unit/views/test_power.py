"""The view of power: percentages without floating point, and what could not be reckoned."""

from fractions import Fraction

import pytest

from chancery.rules import coalitions
from chancery.rules import power as reckoning
from chancery.rules.games import Every, Game, Weighing
from chancery.rules.power import assessed
from chancery.rules.swings import Swings, swings
from chancery.values import Fault, phrase
from chancery.views.power import changed_view, percent, power_view, totals
from tests.unit.rules.games import council, players, weighed


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Fraction(421, 2145), "19.6270"),
        (Fraction(-1, 3), "-33.3333"),
        (Fraction(-1, 10**9), "0.0000"),
        (Fraction(1), "100.0000"),
        (Fraction(1, 2 * 10**6), "0.0000"),
        (Fraction(3, 2 * 10**6), "0.0002"),
    ],
)
def test_a_share_is_rounded_to_four_decimals_of_a_percentage(share: Fraction, said: str) -> None:
    assert percent(share) == said


def refusing_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    def count(game: Game, *, by_size: bool) -> Swings:
        if by_size:
            raise Fault(phrase("too many"))
        return swings(game, by_size=False)

    monkeypatch.setattr(reckoning, "swings", count)


def test_where_sizes_take_too_long_the_index_is_enclosed_with_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    refusing_sizes(monkeypatch)
    found = assessed(weighed(3, 2, 1, 1), ("banzhaf", "shapley-shubik"))
    view = power_view(found, phrase("Power"))
    said = str(view.rows[0].cells["shapley_shubik"])
    assert said.startswith("0.666666666667 ± ")
    assert (
        abs(found.shares["shapley-shubik"][0] - Fraction(2, 3)) <= found.within["shapley-shubik"] < Fraction(1, 10**9)
    )
    assert any("Shapley-Shubik is enclosed" in str(note) for note in view.notes)
    assert "shapley-shubik" in str(totals(found)["within"])
    after = assessed(weighed(3, 2, 1, 1, 1), ("banzhaf", "shapley-shubik"))
    changed = changed_view(found, after, phrase("Power")).rows
    assert str(changed[0].cells["then_shapley_shubik"]).startswith("0.500000000000 ± ")
    assert changed[3].cells["shapley_shubik"] is None


def test_where_it_cannot_be_enclosed_the_other_indices_are_shown_and_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refusing_sizes(monkeypatch)
    found = assessed(council(1, 2, 2), ("banzhaf", "shapley-shubik"))
    view = power_view(found, phrase("Power"))
    assert [column.key for column in view.columns] == ["player", "swings", "banzhaf_percent", "banzhaf"]
    assert "Not by every index: too many." in [str(note) for note in view.notes]
    assert totals(found)["refused"] == "too many"


def test_where_only_that_index_is_asked_for_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    refusing_sizes(monkeypatch)
    with pytest.raises(Fault, match="too many"):
        assessed(council(1, 2, 2), ("shapley-shubik",))


def test_what_is_too_large_for_every_index_is_refused() -> None:
    weights = [10**9 + 7 * number for number in range(90)]
    test = Every((Weighing(tuple(weights), 60 * 10**9), Weighing(tuple(reversed(weights)), 60 * 10**9)))
    with pytest.raises(Fault, match="too many to count exactly"):
        assessed(Game(players(90), test), ("banzhaf",))


def test_minimal_coalitions_that_cannot_be_counted_are_said_not_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coalitions, "MOST_TRIED", 5)
    monkeypatch.setattr(coalitions, "SECONDS_A_PROFILE", 1e9)
    game = Game(players(6), Every((Weighing((3, 2, 1, 1, 2, 3), 5), Weighing((1, 2, 3, 3, 2, 1), 6))))
    found = assessed(game, ("banzhaf",))
    assert found.minimal.count is None
    assert any("is not counted" in str(note) for note in power_view(found, phrase("Power")).notes)
