"""Totals of money: of one sort and one currency only, of agreed sums only, and never the same money twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.register import Account, Fact
from chancery.values import Money, family, total

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chancery.values import Ref


class Summed(Struct, frozen=True):
    """The total of a sort of money in a currency: the facts that it adds, and those that it leaves out and why.

    ``contested`` accounts differ or somebody denies them; ``shown_only`` rest on accounts that the record does not rely
    on; ``overlapping`` may be the same money as a larger sum that is counted.
    """

    sort: str
    currency: str
    total: Money | None
    at_least: bool
    counted: tuple[Fact[Account], ...]
    contested: tuple[Fact[Account], ...]
    shown_only: tuple[Fact[Account], ...]
    overlapping: tuple[Fact[Account], ...]

    @property
    def facts(self) -> tuple[Fact[Account], ...]:
        """Every fact that bears on it, counted or left out."""
        return (*self.counted, *self.contested, *self.shown_only, *self.overlapping)


def sum_of(fact: Fact[Account]) -> Money | None:
    """The sum of a fact, of its sort; the day at whose value it is stated stays with the fact."""
    money: Money | None = getattr(fact.act, "money", None)
    return None if money is None else Money(money.amount, money.currency, getattr(fact.act, "sort", None))


def totals(facts: Iterable[Fact[Account]]) -> list[Summed]:
    """A total for each sort and currency, in the order in which they first come; what is of no sort is not added."""
    sums: dict[tuple[str, str], list[Fact[Account]]] = {}
    for fact in facts:
        money = sum_of(fact)
        if money is not None and money.sort is not None:
            sums.setdefault((money.sort, money.currency), []).append(fact)
    return [_summed(sort, currency, found) for (sort, currency), found in sums.items()]


def _summed(sort: str, currency: str, facts: list[Fact[Account]]) -> Summed:
    shown_only = tuple(fact for fact in facts if not fact.carried)
    contested = tuple(fact for fact in facts if fact.carried and fact.agreement != "agreed")
    counted, overlapping = _apart([fact for fact in facts if fact.carried and fact.agreement == "agreed"])
    return Summed(
        sort=sort,
        currency=currency,
        total=total(money for fact in counted if (money := sum_of(fact)) is not None),
        at_least=bool(overlapping) or any(getattr(fact.act, "at_least", False) for fact in counted),
        counted=tuple(counted),
        contested=contested,
        shown_only=shown_only,
        overlapping=tuple(overlapping),
    )


def _apart(facts: list[Fact[Account]]) -> tuple[list[Fact[Account]], list[Fact[Account]]]:
    """The facts to add, the largest first, and those that may be money already counted."""
    counted: list[Fact[Account]] = []
    overlapping: list[Fact[Account]] = []
    for fact in sorted(facts, key=_largest_first):
        same = any(_may_be_same(fact, each) for each in counted)
        (overlapping if same else counted).append(fact)
    return counted, overlapping


def _largest_first(fact: Fact[Account]) -> tuple[object, int]:
    money = sum_of(fact)
    return -money.amount if money is not None else 0, fact.order


def _may_be_same(one: Fact[Account], other: Fact[Account]) -> bool:
    """Whether a joint or a group's sum may hold the other; a party's several sums for several ends are several."""
    givers, others = _givers(one), _givers(other)
    if _is_group(givers) or _is_group(others):
        return True
    joint = len(givers) > 1 or len(others) > 1
    return joint and bool(givers & others)


def _givers(fact: Fact[Account]) -> frozenset[Ref]:
    return frozenset(getattr(fact.act, "by", ()))


def _is_group(givers: frozenset[Ref]) -> bool:
    return any(family(giver) == "group" for giver in givers)
