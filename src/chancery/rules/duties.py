"""Duties: what the charter and mandates make due, and what the record holds of their being done."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from chancery.register import Account, Fact
from chancery.rules.provisions import Duty, Expiry, When

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from chancery.rules.charter import InForce
    from chancery.values import Ref

DueStatus = Literal["done", "done_late", "overdue", "due", "upcoming", "ended", "prevented", "undated"]

SOON = 30
"""Days before a due day from which a duty is due and no longer only upcoming."""

MOST_OCCURRENCES = 1_200
"""How many times one duty is reckoned at the most."""


class Due(Struct, frozen=True):
    """One occurrence of a duty or an end: its ordinal day (None where it hangs on a fact not on record), its status."""

    governed: InForce
    number: int
    day: int | None
    status: DueStatus
    done: Fact[Account] | None = None


def months_after(day: int, months: int) -> int:
    """The ordinal of the same day of the month so many months later, or of that month's last day."""
    start = date.fromordinal(day)
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1])).toordinal()


def day_of(when: When, in_force: Callable[[Ref], int | None]) -> int | None:
    """The ordinal of a day stated, or counted from an entry into force; None where that is not on record."""
    start = when.date.latest if when.date is not None else in_force(when.after) if when.after is not None else None
    return months_after(start, when.months) if start is not None and when.months else start


def duties(
    governed: InForce, rule: Duty, acts: Sequence[Fact[Account]], on: int, in_force: Callable[[Ref], int | None]
) -> Iterator[Due]:
    """Each occurrence of a duty up to the next one after the day; the n-th act on record discharges the n-th."""
    first = day_of(rule.first, in_force)
    if first is None:
        yield Due(governed, 1, None, "undated")
        return
    last = day_of(rule.until, in_force) if rule.until is not None else None
    for number, day in enumerate(_days(rule, first, last), 1):
        done = acts[number - 1] if number <= len(acts) else None
        yield Due(governed, number, day, _status(day, done, on), done)
        if day > on:
            return


def _days(rule: Duty, first: int, last: int | None) -> Iterator[int]:
    for number in range(MOST_OCCURRENCES if rule.every_months else 1):
        day = months_after(first, number * (rule.every_months or 0))
        if last is not None and day > last:
            return
        yield day


def _status(day: int, done: Fact[Account] | None, on: int) -> DueStatus:
    if done is not None:
        return "done" if done.day <= day else "done_late"
    if on > day:
        return "overdue"
    return "due" if day - on <= SOON else "upcoming"


def expiry(
    governed: InForce, rule: Expiry, acts: Sequence[Fact[Account]], on: int, in_force: Callable[[Ref], int | None]
) -> Due:
    """An end that comes by itself on a day, unless an act on record prevents it."""
    day = day_of(rule.ends, in_force)
    if day is None:
        return Due(governed, 1, None, "undated")
    prevented = next((fact for fact in acts if fact.day <= day), None)
    if prevented is not None:
        return Due(governed, 1, day, "prevented", prevented)
    return Due(governed, 1, day, "ended" if on > day else "due" if day - on <= SOON else "upcoming")
