"""Duties: what the charter and mandates make due, and what the record holds of their being done."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from chancery.register import Account, Fact
from chancery.rules.provisions import Duty, Expiry, When
from chancery.rules.standing import weighty
from chancery.rules.terms import end_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from chancery.rules.charter import InForce
    from chancery.values import Date, Ref

DueStatus = Literal[
    "done",
    "done_late",
    "done_perhaps_late",
    "overdue",
    "due",
    "upcoming",
    "ended",
    "prevented",
    "undated",
]
"""``overdue``: the day is past and nothing is on record, which is not to say that nothing was done."""

SOON = 30
"""Days before a due day from which a duty is due and no longer only upcoming."""

MOST_OCCURRENCES = 1_200
"""How many times one duty is reckoned at the most."""

LAST_DAY = date.max.toordinal()
"""The last day of the calendar."""


class Due(Struct, frozen=True):
    """One occurrence of a duty or an end: its day (an ordinal; None where it hangs on a fact not on record), status.

    ``done`` is the act that discharges it or prevents it; ``since`` the entry into force that it is counted from.
    """

    governed: InForce
    number: int
    day: int | None
    status: DueStatus
    done: Fact[Account] | None = None
    since: Fact[Account] | None = None


def months_after(day: int, months: int) -> int:
    """The ordinal of the same day so many months later, or of that month's last day; at most the calendar's last."""
    start = date.fromordinal(day)
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    if year > date.max.year:
        return LAST_DAY
    return date(year, month, min(start.day, monthrange(year, month)[1])).toordinal()


def day_of(when: When, starts: Mapping[Ref, Fact[Account]]) -> int | None:
    """The ordinal of a day stated, or counted from an entry into force; None where that is not on record."""
    if when.date is not None:
        start: int | None = when.date.latest
    else:
        since = starts.get(when.after) if when.after is not None else None
        start = since.day if since is not None else None
    if start is None or not 1 <= start <= LAST_DAY:
        return None
    return months_after(start, when.months)


def duties(
    governed: InForce, rule: Duty, acts: Sequence[Fact[Account]], on: int, starts: Mapping[Ref, Fact[Account]]
) -> Iterator[Due]:
    """Each occurrence of a duty up to the next one after the day; the n-th act on record discharges the n-th."""
    first = day_of(rule.first, starts)
    since = starts.get(rule.first.after) if rule.first.after is not None else None
    if first is None:
        yield Due(governed, 1, None, "undated")
        return
    last = day_of(rule.until, starts) if rule.until is not None else None
    for number, day in enumerate(_days(rule, first, last), 1):
        done = acts[number - 1] if number <= len(acts) else None
        yield Due(governed, number, day, status_of(day, done, on), done, since)
        if day > on:
            return


def _days(rule: Duty, first: int, last: int | None) -> Iterator[int]:
    for number in range(MOST_OCCURRENCES if rule.every_months else 1):
        day = months_after(first, number * (rule.every_months or 0))
        if last is not None and day > last:
            return
        yield day


def status_of(day: int, done: Fact[Account] | None, on: int) -> DueStatus:
    """How something due by a day stands; where the day of its being done is not exact, perhaps late."""
    if done is not None:
        return _lateness(day, done.act.effective)
    if on > day:
        return "overdue"
    return "due" if day - on <= SOON else "upcoming"


def _lateness(day: int, done: Date) -> DueStatus:
    if done.latest <= day:
        return "done"
    return "done_late" if done.earliest > day else "done_perhaps_late"


def expiry(
    governed: InForce, rule: Expiry, acts: Sequence[Fact[Account]], on: int, starts: Mapping[Ref, Fact[Account]]
) -> Due:
    """An end that comes by itself on a day, unless an act on record prevents it."""
    day = day_of(rule.ends, starts)
    since = starts.get(rule.ends.after) if rule.ends.after is not None else None
    if day is None:
        return Due(governed, 1, None, "undated")
    prevented = next((fact for fact in acts if fact.day <= day and _outlasts(fact, day)), None)
    if prevented is not None:
        return Due(governed, 1, day, "prevented", prevented, since)
    return Due(governed, 1, day, end_status(day, on), None, since)


def end_status(day: int, on: int) -> DueStatus:
    """How an end on a day stands."""
    return "ended" if on > day else "due" if day - on <= SOON else "upcoming"


def discharging(rule: Duty, facts: Iterable[Fact[Account]], holds: Callable[[Ref, Ref], bool]) -> list[Fact[Account]]:
    """The acts that discharge a duty: of its kinds, by whoever owes it, to whom it is owed; denied ones do not.

    ``holds`` tells whether somebody holds an office, since who owes as an office acts through its holder.
    """
    return [
        fact
        for fact in weighty(facts)
        if fact.act.kind in rule.done_by and _by(rule.owed_by, fact.act, holds) and _to(rule.owed_to, fact.act)
    ]


def _by(owed_by: Ref, act: Account, holds: Callable[[Ref, Ref], bool]) -> bool:
    doers = [doer for name in ("by", "body", "party") if (doer := getattr(act, name, None)) is not None]
    return owed_by in doers or any(holds(doer, owed_by) for doer in doers)


def _to(owed_to: Ref | None, act: Account) -> bool:
    """Whether an act went to whom it is owed; an act that names no addressee may have."""
    to = getattr(act, "to", None)
    return owed_to is None or to is None or to == owed_to


def preventing(governed: InForce, rule: Expiry, facts: Iterable[Fact[Account]]) -> list[Fact[Account]]:
    """The acts that may prevent an end: of its kinds, naming what would end, and later than the rule itself.

    Another's renewal prevents nothing, nor does an act that itself states no later end than the rule.
    """
    return [
        fact
        for fact in weighty(facts)
        if fact.act.kind in rule.unless_by and fact.order > governed.fact.order and _names(rule.what, fact.act)
    ]


def _names(what: Ref, act: Account) -> bool:
    return any(getattr(act, name, None) == what for name in act.__struct_fields__)


def _outlasts(fact: Fact[Account], day: int) -> bool:
    until = end_of(fact)
    return until is None or until.latest > day
