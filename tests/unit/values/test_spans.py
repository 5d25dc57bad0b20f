from __future__ import annotations

from datetime import date

import pytest

from chancery.values import Date, Span, Verdict, span_fault

YES, NO, UNDECIDED = Verdict.YES, Verdict.NO, Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("start", "end", "day", "verdict"),
    [
        ("2026-01-10", "2026-01-20", "2026-01-09", NO),
        ("2026-01-10", "2026-01-20", "2026-01-10", YES),
        ("2026-01-10", "2026-01-20", "2026-01-20", YES),
        ("2026-01-10", "2026-01-20", "2026-01-21", NO),
        ("2026-01-10", None, "2026-01-09", NO),
        ("2026-01-10", None, "2030-01-01", YES),
        ("2026-01-10", "..", "2030-01-01", YES),
        ("2026-01-10", "XXXX-XX-XX", "2026-01-09", NO),
        ("2026-01-10", "XXXX-XX-XX", "2026-01-10", YES),
        ("2026-01-10", "XXXX-XX-XX", "2026-01-11", UNDECIDED),
        ("2026-01-10", "XXXX-XX-XX", "2030-01-01", UNDECIDED),
        ("2026-01", "..", "2026-01-15", UNDECIDED),
        ("2026-01", "..", "2026-01-31", YES),
        ("2026-01", "2026-03", "2026-02-15", YES),
        ("2026-01", "2026-03", "2026-03-01", YES),
        ("2026-01", "2026-03", "2026-03-15", UNDECIDED),
        ("2026-01", "2026-03", "2026-04-01", NO),
        ("XXXX-XX-XX", "2026-03-01", "2026-02-01", UNDECIDED),
        ("XXXX-XX-XX", "2026-03-01", "2026-03-02", NO),
        ("../2026-01-21", None, "2026-01-21", YES),
        ("../2026-01-21", None, "2026-01-20", UNDECIDED),
    ],
)
def test_a_span_holds_from_its_first_day_to_its_last(start: str, end: str | None, day: str, verdict: Verdict) -> None:
    span = Span(Date.of(start), None if end is None else Date.of(end))
    assert span.holds(date.fromisoformat(day).toordinal()) is verdict


def test_an_unknown_end_is_not_still_running() -> None:
    later = date(2030, 1, 1).toordinal()
    start = Date.of("2026-01-10")
    assert Span(start, Date.of("..")).holds(later) is not Span(start, Date.of("XXXX-XX-XX")).holds(later)


@pytest.mark.parametrize(
    ("start", "end", "faulty"),
    [
        ("2026-01-10", None, False),
        ("2026-01-10", "2026-01-10", False),
        ("2026-01-10", "2026-01-09", True),
        ("2026-01-10", "2026-01", False),
        ("2026-01-10", "2025", True),
        ("2026-01-10", "..", False),
        ("2026-01-10", "XXXX-XX-XX", False),
        ("XXXX-XX-XX", "2026-01-09", False),
        ("2026-01-10?", "2026-01-09", False),
        ("2026-01-10", "2026-01-09~", False),
    ],
)
def test_an_end_certainly_before_the_beginning_is_a_fault(start: str, end: str | None, faulty: bool) -> None:  # noqa: FBT001 -- a row of the table
    fault = span_fault(Date.of(start), None if end is None else Date.of(end))
    assert (fault is not None) is faulty
    if fault is not None:
        assert str(fault) == f"ends on {end}, before it begins on {start}"
