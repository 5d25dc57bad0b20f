"""The view of power: percentages without floating point, and what could not be reckoned."""

from fractions import Fraction

import pytest

from chancery.rules import power as reckoning
from chancery.rules.games import Every, Game, Weighing
from chancery.rules.power import assessed
from chancery.rules.swings import Swings, swings
from chancery.values import Fault, phrase
from chancery.views.power import percent, power_view, totals
from tests.unit.rules.games import players, weighed


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


def test_where_sizes_take_too_long_the_other_indices_are_shown_and_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    refusing_sizes(monkeypatch)
    found = assessed(weighed(3, 2, 1, 1), ("banzhaf", "shapley-shubik"))
    view = power_view(found, phrase("Power"))
    assert [column.key for column in view.columns] == ["player", "swings", "banzhaf_percent", "banzhaf"]
    assert "Not by every index: too many." in [str(note) for note in view.notes]
    assert totals(found)["refused"] == "too many"


def test_where_only_that_index_is_asked_for_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    refusing_sizes(monkeypatch)
    with pytest.raises(Fault, match="too many"):
        assessed(weighed(3, 2, 1, 1), ("shapley-shubik",))


@pytest.mark.slow
def test_minimal_coalitions_that_cannot_be_counted_are_said_not_to_be() -> None:
    weights = tuple(range(1, 31))
    game = Game(players(30), Every((Weighing(weights, 240), Weighing(weights[::-1], 240))))
    notes = [str(note) for note in power_view(assessed(game, ("banzhaf",)), phrase("Power")).notes]
    assert any("is not counted" in note for note in notes)
