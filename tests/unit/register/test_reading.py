import pytest

from chancery.register import ALL_TIME, Reading
from chancery.values import FUTURE, SECONDS_A_DAY, DateFault
from tests.made import day


def test_left_out_clocks_read_all_that_is_known_and_recorded() -> None:
    assert Reading.of("2026-01-19") == Reading(on=day("2026-01-19"), known=ALL_TIME, recorded=ALL_TIME)


def test_on_a_month_is_on_its_last_day() -> None:
    assert Reading.of("2026-01").on == day("2026-01-31")


def test_on_an_instant_is_on_its_utc_day() -> None:
    assert Reading.of("2026-01-20T00:30:00+01:00").on == day("2026-01-19")


def test_known_on_a_day_is_known_at_its_end() -> None:
    assert Reading.of("2026-01-19", known="2026-01-19").known == (day("2026-01-19") + 1) * SECONDS_A_DAY - 1


def test_recorded_at_an_instant_is_recorded_at_that_second() -> None:
    assert Reading.of("2026-01-19", recorded="2026-01-19T00:00:05Z").recorded == day("2026-01-19") * SECONDS_A_DAY + 5


def test_what_is_no_day_is_refused() -> None:
    with pytest.raises(DateFault):
        Reading.of("yesterday")


def test_the_clocks_are_told_as_days_and_instants() -> None:
    reading = Reading.of("2026-01-19", known="2026-01-20", recorded="2026-01-21T10:00:00Z")
    assert reading.clocks() == {"on": "2026-01-19", "known": "2026-01-20", "recorded": "2026-01-21T10:00:00Z"}


def test_a_clock_that_is_not_set_has_no_text() -> None:
    assert Reading.of("2026-01-19").clocks() == {"on": "2026-01-19", "known": None, "recorded": None}


@pytest.mark.parametrize("open_end", ["..", "2026-01-16/..", "XXXX-XX-XX"])
def test_a_reading_without_an_end_can_be_told_too(open_end: str) -> None:
    reading = Reading.of(open_end, known=open_end, recorded=open_end)
    assert reading.on == FUTURE
    assert reading.clocks() == {"on": "..", "known": None, "recorded": None}
