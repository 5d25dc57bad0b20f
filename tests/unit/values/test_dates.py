from __future__ import annotations

import copy
import pickle
import re
from datetime import date, timedelta

import pytest

from chancery.values import (
    FUTURE,
    OPEN,
    PAST,
    UNKNOWN,
    WEEKDAYS,
    Certainty,
    Date,
    DateFault,
    Precision,
    Verdict,
    dates,
    weekday_fault,
)

YES, NO, UNDECIDED = Verdict.YES, Verdict.NO, Verdict.UNDECIDED


def day(year: int, month: int, number: int) -> int:
    return date(year, month, number).toordinal()


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "certainty"),
    [
        ("2026-01-19", day(2026, 1, 19), day(2026, 1, 19), "day", "exact"),
        ("2024-02-29", day(2024, 2, 29), day(2024, 2, 29), "day", "exact"),
        ("2026-01", day(2026, 1, 1), day(2026, 1, 31), "month", "exact"),
        ("2026-02-XX", day(2026, 2, 1), day(2026, 2, 28), "month", "exact"),
        ("2026", day(2026, 1, 1), day(2026, 12, 31), "year", "exact"),
        ("2026-XX", day(2026, 1, 1), day(2026, 12, 31), "year", "exact"),
        ("2026-XX-XX", day(2026, 1, 1), day(2026, 12, 31), "year", "exact"),
        ("2026-01-19?", day(2026, 1, 19), day(2026, 1, 19), "day", "uncertain"),
        ("2026-01~", day(2026, 1, 1), day(2026, 1, 31), "month", "approximate"),
        ("2026%", day(2026, 1, 1), day(2026, 12, 31), "year", "both"),
        ("../2026-01-21", PAST, day(2026, 1, 21), "before", "exact"),
        ("../2026-01?", PAST, day(2026, 1, 31), "before", "uncertain"),
        ("2026-01-16/..", day(2026, 1, 16), FUTURE, "after", "exact"),
        ("2026-01-16~/..", day(2026, 1, 16), FUTURE, "after", "approximate"),
        ("2026-01-14/2026-01-16", day(2026, 1, 14), day(2026, 1, 16), "interval", "exact"),
        ("2026-01/2026-03-XX", day(2026, 1, 1), day(2026, 3, 31), "interval", "exact"),
        ("2026/2026-03", day(2026, 1, 1), day(2026, 3, 31), "interval", "exact"),
        ("2026-01-14?/2026-01-16", day(2026, 1, 14), day(2026, 1, 16), "interval", "uncertain"),
        ("2026-01-14/2026-01-16~", day(2026, 1, 14), day(2026, 1, 16), "interval", "approximate"),
        ("2026-01-14?/2026-01-16?", day(2026, 1, 14), day(2026, 1, 16), "interval", "uncertain"),
        ("2026-01-14?/2026-01-16~", day(2026, 1, 14), day(2026, 1, 16), "interval", "both"),
        ("2026-01-14~/2026-01-14~", day(2026, 1, 14), day(2026, 1, 14), "interval", "approximate"),
        ("..", FUTURE, FUTURE, "open", "exact"),
        ("XXXX-XX-XX", PAST, FUTURE, "unknown", "exact"),
        ("0001-01-01", 1, 1, "day", "exact"),
        ("9999-12", day(9999, 12, 1), day(9999, 12, 31), "month", "exact"),
    ],
)
def test_a_date_keeps_its_text_and_its_bounds(
    text: str, earliest: int, latest: int, precision: Precision, certainty: Certainty
) -> None:
    found = Date.of(text)
    assert found.text == text
    assert (found.earliest, found.latest) == (earliest, latest)
    assert (found.precision, found.certainty) == (precision, certainty)
    assert found.exact is (precision == "day" and certainty == "exact")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "'' is not a date; write 2026-01-19, 2026-01 or 2026"),
        ("19/01/2026", "'19/01/2026' is not a date"),
        ("2026-1-9", "is not a date"),
        ("2026-01-19 ", "is not a date"),
        ("2026-01-19\n", "is not a date"),
        ("20260119", "is not a date"),
        ("2026-W04-1", "is not a date"),
        ("2026-XX-15", "is not a date"),
        ("XXXX", "is not a date"),
        ("XXXX-XX-XX?", "is not a date"),
        ("?2026", "is not a date"),
        ("2026-01-19??", "is not a date"),
        ("../..", "is not a date"),
        ("/", "is not a date"),
        ("2026-01-19/", "is not a date"),
        ("/2026-01-19", "is not a date"),
        ("2026/2027/2028", "is not a date"),
        ("XXXX-XX-XX/2026", "is not a date"),
        ("\u0662\u0660\u0662\u0666", r"'\u0662\u0660\u0662\u0666' is not a date"),
        ("2026-01-22T11:30:00Z", "a day is expected here, such as 2026-01-19, without an hour"),
        ("2026-02-30", "'2026-02-30': the calendar has no such day"),
        ("2026-02-30?", "the calendar has no such day"),
        ("2025-02-29/2025-03-01", "'2025-02-29/2025-03-01': the calendar has no such day"),
        ("0000-01-01", "the calendar has no such day"),
        ("2026-13", "the calendar has no such month or year"),
        ("2026-00-XX", "the calendar has no such month or year"),
        ("0000", "the calendar has no such month or year"),
        ("2026-01-16/2026-01-14", "'2026-01-16/2026-01-14' ends before it begins"),
    ],
)
def test_what_is_no_date_is_explained(text: str, said: str) -> None:
    with pytest.raises(DateFault, match=re.escape(said)):
        Date.of(text)


def test_an_interval_of_one_exact_day_is_that_day() -> None:
    assert Date.of("2026-01-14/2026-01-14") == Date.of("2026-01-14")


def test_dates_come_from_days_and_ordinals() -> None:
    assert Date.day(date(2026, 1, 19)) == Date.ordinal(day(2026, 1, 19)) == Date.of("2026-01-19")


@pytest.mark.parametrize("number", [PAST, -1, day(9999, 12, 31) + 1, FUTURE])
def test_an_ordinal_outside_the_calendar_is_refused(number: int) -> None:
    with pytest.raises(DateFault, match="outside the years 0001 to 9999"):
        Date.ordinal(number)


@pytest.mark.parametrize(
    ("one", "other", "before", "after", "same", "may_be"),
    [
        ("2026-01-19", "2026-01-20", YES, NO, NO, False),
        ("2026-01-19", "2026-01-19", NO, NO, YES, True),
        ("2026-01-20", "2026-01-19", NO, YES, NO, False),
        ("2026-01", "2026-01-19", UNDECIDED, UNDECIDED, UNDECIDED, True),
        ("2026-01", "2026-01-31", UNDECIDED, NO, UNDECIDED, True),
        ("2026-01", "2026-01-01", NO, UNDECIDED, UNDECIDED, True),
        ("2026-01", "2026-02", YES, NO, NO, False),
        ("2026-01", "2026-01", UNDECIDED, UNDECIDED, UNDECIDED, True),
        ("../2026-01-21", "2026-01-22", YES, NO, NO, False),
        ("../2026-01-21", "2026-01-21", UNDECIDED, NO, UNDECIDED, True),
        ("2026-01-16/..", "2026-01-16", NO, UNDECIDED, UNDECIDED, True),
        ("2026-01-16/..", "2026-01-15", NO, YES, NO, False),
        ("2026-01-16/..", "2026-01-10/..", UNDECIDED, UNDECIDED, UNDECIDED, True),
        ("XXXX-XX-XX", "2026-01-19", UNDECIDED, UNDECIDED, UNDECIDED, True),
        ("XXXX-XX-XX", "XXXX-XX-XX", UNDECIDED, UNDECIDED, UNDECIDED, True),
        ("..", "2026-01-19", NO, YES, NO, False),
        ("..", "..", NO, NO, UNDECIDED, True),
        ("2026-01-19?", "2026-01-19", NO, NO, UNDECIDED, True),
        ("2026-01-19~", "2026-01-20", YES, NO, UNDECIDED, False),
        ("2026-01-19", "2026-03-20%", YES, NO, UNDECIDED, False),
    ],
)
def test_a_comparison_that_cannot_be_decided_says_so(  # each answer of one pair
    one: str,
    other: str,
    before: Verdict,
    after: Verdict,
    same: Verdict,
    may_be: bool,  # noqa: FBT001 -- a row of the table
) -> None:
    first, second = Date.of(one), Date.of(other)
    assert first.before(second) is before
    assert first.after(second) is after
    assert first.same(second) is same
    assert first.may_be(second) is may_be


def test_a_verdict_is_not_taken_for_yes_or_no() -> None:
    for verdict in Verdict:
        with pytest.raises(TypeError, match="yes, no or undecided"):
            bool(verdict)


def test_dates_have_no_order() -> None:
    with pytest.raises(TypeError):
        sorted([Date.of("2026"), Date.of("2025")])  # type: ignore[type-var]  # that they have none is the point


def test_a_date_does_not_change() -> None:
    found = Date.of("2026-01-19")
    with pytest.raises(AttributeError, match="a date does not change: latest"):
        found.latest = 0
    with pytest.raises(AttributeError, match="a date does not change: text"):
        del found.text
    with pytest.raises(AttributeError):
        found.other = 1


@pytest.mark.parametrize("text", ["2026-01-19", "2026-01~", "..", "XXXX-XX-XX"])
def test_a_date_travels(text: str) -> None:
    found = Date.of(text)
    assert pickle.loads(pickle.dumps(found)) is found  # noqa: S301 -- our own bytes
    assert copy.copy(found) is copy.deepcopy(found) is found
    assert str(found) == text
    assert repr(found) == f"Date.of('{text}')"


def test_equal_dates_are_one_key() -> None:
    fresh = Date("2026-01-19", (1, 1), "day")
    assert fresh == Date.of("2026-01-19")
    assert hash(fresh) == hash(Date.of("2026-01-19"))
    assert Date.of("2026-01-19") != Date.of("2026-01-19?")
    assert Date.of("2026-01-19") != "2026-01-19"


def test_a_date_is_read_once_and_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    known: dict[str, Date] = {}
    monkeypatch.setattr(Date, "_known", known)
    monkeypatch.setattr(dates, "_CACHE_SIZE", 3)
    assert Date.of("2026") is Date.of("2026")
    for year in range(2000, 2010):
        Date.of(str(year))
        assert len(known) <= 3


def test_the_constants_are_what_they_say() -> None:
    assert Date.of("XXXX-XX-XX") == UNKNOWN
    assert Date.of("..") == OPEN


@pytest.mark.parametrize("text", ["2026-01-19", "2000-02-29", "0001-01-01", "9999-12-31"])
def test_a_weekday_is_that_of_the_calendar(text: str) -> None:
    right = date.fromisoformat(text).weekday()
    for number, weekday in enumerate(WEEKDAYS):
        fault = weekday_fault(Date.of(text), str(weekday))
        assert (fault is None) is (number == right)
        if fault is not None:
            assert str(fault) == f"{text} was a {WEEKDAYS[right]}, not a {weekday}"


@pytest.mark.parametrize("text", ["2026-01-19?", "2026-01-20~", "2026-01", "2026", "..", "XXXX-XX-XX", "../2026-01-19"])
def test_a_date_that_may_be_a_monday_contradicts_no_monday(text: str) -> None:
    assert weekday_fault(Date.of(text), "Monday") is None


@pytest.mark.parametrize("length", range(9))
def test_an_interval_contradicts_the_weekdays_that_it_lacks(length: int) -> None:
    first = date(2026, 1, 20)
    last = first + timedelta(days=length)
    within = {(first + timedelta(days=each)).strftime("%A") for each in range(length + 1)}
    interval = Date.of(f"{first}/{last}")
    agreed = {str(weekday) for weekday in WEEKDAYS if weekday_fault(interval, str(weekday)) is None}
    assert agreed == within


def test_an_interval_without_the_weekday_says_so() -> None:
    fault = weekday_fault(Date.of("2026-01-20/2026-01-22"), "Friday")
    assert str(fault) == "no day of 2026-01-20/2026-01-22 was a Friday"


@pytest.mark.parametrize("weekday", ["monday", "Mon", "", "Montag"])
def test_a_word_that_is_no_weekday_is_a_fault(weekday: str) -> None:
    assert "is not a day of the week" in str(weekday_fault(Date.of("2026-01-19"), weekday))
