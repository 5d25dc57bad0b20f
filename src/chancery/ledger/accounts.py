"""From accounts to facts: which account is preferred, and what the others say differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts import shape_of
from chancery.register import Fact
from chancery.values import Date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chancery.ledger.entries import Entry
    from chancery.register import Account

ORDER_BITS = 40
"""Bits of ``Fact.order`` that hold the place in the ledger; the day stands above them."""


def order_of(day: int, seq: int) -> int:
    """The order of facts: by day, then by place in the ledger."""
    return (day << ORDER_BITS) | seq


def fact_of(accounts: Sequence[Entry], shown_rank: frozenset[int], denials: tuple[Account, ...] = ()) -> Fact[Account]:
    """What accounts of one act add up to.

    The preferred account has the weightiest standing, then the later ``said``, then the later place in the ledger.
    """
    if len(accounts) == 1:
        return _lone(accounts[0], shown_rank, denials)
    ordered = sorted(accounts, key=_preference)
    first = ordered[0]
    day = min(entry.certain for entry in ordered if entry.act.effective.may_be(first.act.effective))
    weighty = [entry for entry in ordered if entry.rank not in shown_rank]
    return Fact(
        act=first.act,
        others=tuple(entry.act for entry in ordered[1:]),
        differing=differing(first.act, [entry.act for entry in (weighty or ordered)]),
        day=day,
        order=order_of(day, min(entry.seq for entry in accounts)),
        carried=bool(weighty),
        denials=denials,
    )


def _lone(entry: Entry, shown_rank: frozenset[int], denials: tuple[Account, ...]) -> Fact[Account]:
    return Fact(
        act=entry.act,
        day=entry.certain,
        order=order_of(entry.certain, entry.seq),
        carried=entry.rank not in shown_rank,
        denials=denials,
    )


def _preference(entry: Entry) -> tuple[int, int, int]:
    return entry.rank, -entry.known_from, -entry.seq


def differing(first: Account, accounts: Sequence[Account]) -> tuple[str, ...]:
    """The fields in which accounts of one act differ; what an account leaves out is no difference."""
    compared = shape_of(type(first)).compared
    return tuple(name for name in compared if _differs([getattr(account, name, None) for account in accounts]))


def _differs(values: Sequence[object]) -> bool:
    stated = [value for value in values if value is not None and value not in ((), "")]
    if not stated:
        return False
    first = stated[0]
    if isinstance(first, Date):
        return _dates_differ([value for value in stated if isinstance(value, Date) and value.certainty == "exact"])
    return any(value != first for value in stated[1:])


def _dates_differ(dates: Sequence[Date]) -> bool:
    """Whether no one day satisfies every date that its source does not itself call uncertain."""
    return bool(dates) and max(date.earliest for date in dates) > min(date.latest for date in dates)
