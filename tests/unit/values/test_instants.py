from __future__ import annotations

import copy
import pickle
import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from chancery.values import FUTURE, SECONDS_A_DAY, Date, DateFault, Instant, last_second, moment

DAVOS = date(2026, 1, 22).toordinal() * SECONDS_A_DAY


@pytest.mark.parametrize(
    ("text", "seconds", "canonical", "local"),
    [
        ("2026-01-22T11:30:00Z", 41_400, "2026-01-22T11:30:00Z", "2026-01-22T11:30:00Z"),
        ("2026-01-22T11:30Z", 41_400, "2026-01-22T11:30:00Z", "2026-01-22T11:30:00Z"),
        ("2026-01-22T12:30:00+01:00", 41_400, "2026-01-22T11:30:00Z", "2026-01-22T11:30:00Z"),
        ("2026-01-22T11:30:00-00:00", 41_400, "2026-01-22T11:30:00Z", "2026-01-22T11:30:00Z"),
        ("2026-01-21T20:00:00-05:30", 5_400, "2026-01-22T01:30:00Z", "2026-01-22T01:30:00Z"),
        (
            "2026-01-22T12:30:00+01:00[Europe/Zurich]",
            41_400,
            "2026-01-22T11:30:00Z[Europe/Zurich]",
            "2026-01-22T12:30:00+01:00",
        ),
        (
            "2026-01-22T11:30:00Z[Asia/Gaza]",
            41_400,
            "2026-01-22T11:30:00Z[Asia/Gaza]",
            "2026-01-22T13:30:00+02:00",
        ),
        ("2026-01-22T11:30:00-00:00[UTC]", 41_400, "2026-01-22T11:30:00Z[UTC]", "2026-01-22T11:30:00+00:00"),
    ],
)
def test_an_instant_keeps_utc_and_the_places_clock(text: str, seconds: int, canonical: str, local: str) -> None:
    found = Instant.of(text)
    assert found.seconds == DAVOS + seconds
    assert found.text == str(found) == canonical
    assert found.utc == canonical.partition("[")[0]
    assert found.local == local
    assert Instant.of(canonical) == found


def test_the_day_of_an_instant_is_its_utc_day() -> None:
    assert Instant.of("2026-01-22T00:30:00+01:00[Europe/Zurich]").day == Date.of("2026-01-21")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-01-22", "'2026-01-22' is not an instant; write 2026-01-22T11:30:00Z"),
        ("2026-01-22T11:30:00", "is not an instant"),
        ("2026-01-22 11:30:00Z", "is not an instant"),
        ("2026-01-22t11:30:00z", "is not an instant"),
        ("2026-01-22T11:30:00.5Z", "is not an instant"),
        ("2026-01-22T24:00:00Z", "is not an instant"),
        ("2026-01-22T11:30:00Z\n", "is not an instant"),
        ("2026-01-22T11:30:00Z[]", "is not an instant"),
        ("2026-01-22T11:30:00Z[localtime]", "is not an instant"),
        ("2026-01-22T11:30:60Z", "the calendar or the clock has no such moment"),
        ("2026-02-30T11:30:00Z", "the calendar or the clock has no such moment"),
        ("2026-01-22T11:30:00+24:00", "no clock is that far from UTC"),
        ("2026-01-22T11:30:00+01:60", "no clock is that far from UTC"),
        ("2026-01-22T11:30:00Z[Europe/Atlantis]", "no time zone is called 'Europe/Atlantis'"),
        ("2026-01-22T11:30:00Z[Europe]", "no time zone is called 'Europe'"),
        ("2026-01-22T11:30:00Z[Europe/../../etc]", "no time zone is called"),
        ("2026-01-22T12:30:00+02:00[Europe/Zurich]", "the clock of Europe/Zurich read 2026-01-22T11:30:00+01:00 then"),
        ("0001-01-01T00:30:00+01:00", "outside the years 0001 to 9999 UTC"),
        ("9999-12-31T23:30:00-01:00", "outside the years 0001 to 9999 UTC"),
        ("9999-12-31T23:30:00Z[Europe/Zurich]", "outside the years 0001 to 9999 by the place's clock"),
    ],
)
def test_what_is_no_instant_is_explained(text: str, said: str) -> None:
    with pytest.raises(DateFault, match=re.escape(said)):
        Instant.of(text)


def test_an_instant_is_cut_from_a_clock_that_knows_its_offset() -> None:
    clock = datetime(2026, 1, 22, 12, 30, 0, 999_999, tzinfo=timezone(timedelta(hours=1)))
    assert Instant.at(clock) == Instant.of("2026-01-22T11:30:00Z")
    assert Instant.at(clock.astimezone(UTC), "Europe/Zurich").local == "2026-01-22T12:30:00+01:00"


def test_a_clock_without_an_offset_is_refused() -> None:
    naive = datetime(2026, 1, 22, 12, 30)  # noqa: DTZ001 -- that it has no zone is the point
    with pytest.raises(DateFault, match="does not say from which clock"):
        Instant.at(naive)


def test_an_instant_does_not_change() -> None:
    found = Instant.of("2026-01-22T11:30:00Z")
    with pytest.raises(AttributeError, match="an instant does not change: seconds"):
        found.seconds = 0
    with pytest.raises(AttributeError, match="an instant does not change: place"):
        del found.place


@pytest.mark.parametrize("text", ["2026-01-22T11:30:00Z", "1850-01-01T00:00:00Z[Europe/Zurich]"])
def test_an_instant_travels(text: str) -> None:
    found = Instant.of(text)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 -- our own bytes
    assert copy.copy(found) is copy.deepcopy(found) is found
    assert repr(found) == f"Instant.of('{text}')"


def test_instants_are_equal_by_moment_and_place() -> None:
    plain, placed = Instant.of("2026-01-22T11:30:00Z"), Instant.of("2026-01-22T11:30:00Z[Europe/Zurich]")
    assert plain == Instant.of("2026-01-22T12:30:00+01:00")
    assert hash(plain) == hash(Instant(plain.seconds))
    assert plain != placed
    assert plain != plain.text


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-01-22", DAVOS, DAVOS + 86_399),
        ("2026-01-22T00:00:00Z", DAVOS, DAVOS),
        ("2026-01", DAVOS - 21 * SECONDS_A_DAY, DAVOS + 10 * SECONDS_A_DAY - 1),
        ("2026-01-22/..", DAVOS, (FUTURE + 1) * SECONDS_A_DAY - 1),
        ("../2026-01-22", 0, DAVOS + 86_399),
    ],
)
def test_a_day_spans_its_seconds_and_an_instant_is_one(text: str, first: int, last: int) -> None:
    assert moment(text) == (first, last)
    assert last_second(text) == last


def test_a_moment_that_is_neither_day_nor_instant_is_refused() -> None:
    for text in ("yesterday", "T", "2026-01-22T11"):
        with pytest.raises(DateFault):
            moment(text)
