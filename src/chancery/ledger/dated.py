"""Dated facts: kept in order of their day, and parted at a day."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from chancery.register import Account, Fact

    Parted = tuple[list[Fact[Account]], list[Fact[Account]]]
    """The facts that have certainly taken effect by a day, and those that may have and may not."""


class Dated:
    """Facts in order of their day and then of place in the ledger."""

    def __init__(self, facts: Collection[Fact[Account]]) -> None:
        """Put the facts in order."""
        self.facts = sorted(facts, key=attrgetter("order"))
        self._days = list(map(attrgetter("day"), self.facts))
        self._open = [fact for fact in self.facts if fact.act.effective.earliest < fact.day]

    def parted(self, day: int) -> Parted:
        """The facts parted at a day, in new lists."""
        return self.facts[: bisect_right(self._days, day)], _perhaps(self._open, day)


def parted(facts: Collection[Fact[Account]], day: int) -> Parted:
    """Facts in any order, parted at a day."""
    return [fact for fact in facts if fact.day <= day], _perhaps(facts, day)


def _perhaps(facts: Collection[Fact[Account]], day: int) -> list[Fact[Account]]:
    return [fact for fact in facts if fact.day > day >= fact.act.effective.earliest]
