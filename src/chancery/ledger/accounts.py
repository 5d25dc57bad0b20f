"""From accounts to facts: which account is preferred, and what the others say differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from chancery.acts import shape_of
from chancery.register import Fact
from chancery.values import FUTURE, PAST, Date, weekday_fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chancery.ledger.entries import Entry
    from chancery.register import Account

ORDER_BITS = 40
"""Bits of ``Fact.order`` that hold the place in the ledger; the day stands above them."""


def order_of(day: int, seq: int) -> int:
    """The order of facts: by day, then by place in the ledger."""
    return (day << ORDER_BITS) | seq


def fact_of(accounts: Sequence[Entry], shown: frozenset[int], denials: tuple[Account, ...] = ()) -> Fact[Account]:
    """What accounts of one act add up to.

    The preferred account has the weightiest standing; among equals one whose date agrees with the weekday it names
    comes before one that contradicts itself; then the later ``said``, then the later place in the ledger. Accounts that
    the record only shows (``shown`` are the ranks of their standings) settle nothing where there is another.
    """
    if len(accounts) == 1 and not denials:
        return lone_facts(accounts, shown)[0]
    ordered = sorted(accounts, key=_preference)
    weighty = relied_on(ordered, shown)
    first, day = weighty[0], _day(weighty)
    return Fact(
        act=first.act,
        others=tuple([entry.act for entry in ordered if entry is not first]),
        differing=differing(first.act, [entry.act for entry in weighty]),
        day=day,
        order=order_of(day, min([entry.seq for entry in weighty])),
        carried=first.rank not in shown,
        denials=denials,
        shown=tuple([entry.act.id for entry in ordered if entry.rank in shown]) if len(weighty) < len(ordered) else (),
    )


def relied_on(accounts: Sequence[Entry], shown: frozenset[int]) -> Sequence[Entry]:
    """The accounts that settle what their act was: those of weight, or all where none has any."""
    return [entry for entry in accounts if entry.rank not in shown] or accounts


def _day(accounts: Sequence[Entry]) -> int:
    """The day by which an act had certainly taken effect, by its accounts, the preferred first.

    Each account narrows what those before it leave open, and is passed over where it contradicts them.
    """
    days = {entry.certain for entry in accounts}
    if len(days) == 1:
        return days.pop()
    earliest, certain = PAST, FUTURE
    for entry in accounts:
        first, last = max(earliest, entry.act.effective.earliest), min(certain, entry.certain)
        if first <= last:
            earliest, certain = first, last
    return certain


def lone_facts(entries: Sequence[Entry], shown: frozenset[int]) -> list[Fact[Account]]:
    """The facts of acts of which one entry tells each, and which nobody denies."""
    return [
        Fact(entry.act, (), (), entry.certain, (entry.certain << ORDER_BITS) | entry.seq, entry.rank not in shown)
        for entry in entries
    ]


def assumed(fact: Fact[Account]) -> Fact[Account]:
    """The fact, marked as resting on a source taken at its earliest possible day."""
    return msgspec.structs.replace(fact, assumed=True)


def _preference(entry: Entry) -> tuple[int, bool, int, int]:
    act = entry.act
    contradicts_itself = act.weekday is not None and weekday_fault(act.effective, act.weekday) is not None
    return entry.rank, contradicts_itself, -entry.known_from, -entry.seq


def differing(first: Account, accounts: Sequence[Account]) -> tuple[str, ...]:
    """The fields in which accounts of one act differ; what an account leaves out is no difference."""
    shape = shape_of(type(first))
    rows = shape.stated(accounts)
    if rows.count(rows[0]) == len(rows):
        return ()
    columns = zip(shape.compared, zip(*rows, strict=True), strict=True)
    return tuple([name for name, values in columns if values.count(values[0]) < len(values) and _differ(values)])


def _differ(values: Sequence[object]) -> bool:
    """Whether what accounts state cannot all be so. Several refs are a set: no order of theirs means anything."""
    given = [value for value in values if value or value not in (None, (), "")]
    stated = [frozenset(value) if isinstance(value, tuple) else value for value in given]
    first = next(iter(stated), None)
    if isinstance(first, Date):
        return _dates_differ([value for value in stated if isinstance(value, Date) and value.certainty == "exact"])
    return any(value != first for value in stated[1:])


def _dates_differ(dates: Sequence[Date]) -> bool:
    """Whether no one day satisfies every date that its source does not itself call uncertain."""
    return bool(dates) and max([date.earliest for date in dates]) > min([date.latest for date in dates])
