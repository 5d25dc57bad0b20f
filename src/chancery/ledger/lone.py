"""Lone entries: of acts that no other entry tells of, corrects, withdraws or denies. Most entries of a ledger are."""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from chancery.ledger.accounts import assumed, lone_facts
from chancery.ledger.dated import Dated, parted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chancery.ledger.dated import Parted
    from chancery.ledger.entries import Entry
    from chancery.register import Account, Fact, Reading


class Lone:
    """The facts of lone entries: made once, kept in order of their day, parted at a day and sifted by what is known."""

    def __init__(self, entries: Sequence[Entry], shown: frozenset[int]) -> None:
        """Make the facts; ``shown`` are the ranks of standings that carry nothing."""
        self._entries = entries
        self._dated = Dated(lone_facts(entries, shown))
        self._last = (
            max(map(attrgetter("known_to"), entries), default=0),
            max(map(attrgetter("recorded"), entries), default=0),
        )

    def facts(self, reading: Reading) -> Parted:
        """The facts in force on the day of a reading, in order, and those that may be, as far as the reading sees."""
        if reading.known >= self._last[0] and reading.recorded >= self._last[1]:
            return self._dated.parted(reading.on)
        return parted(self._seen(reading), reading.on)

    def _seen(self, reading: Reading) -> list[Fact[Account]]:
        known, recorded = reading.known, reading.recorded
        at_earliest, at_latest, entered_at = self._clocks
        seen_from = at_latest if reading.strict else at_earliest
        return [
            fact if known_to <= known else assumed(fact)
            for fact, seen, known_to, entered in zip(self._dated.facts, seen_from, at_latest, entered_at, strict=True)
            if seen <= known and entered <= recorded
        ]

    @cached_property
    def _clocks(self) -> tuple[list[int], list[int], list[int]]:
        """For each fact the moments from which it is known, at the earliest and at the latest, and was recorded."""
        ordered = sorted(self._entries, key=attrgetter("certain"))
        known_from, known_to, recorded = (
            list(map(attrgetter(clock), ordered)) for clock in ("known_from", "known_to", "recorded")
        )
        return known_from, known_to, recorded
