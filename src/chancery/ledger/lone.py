"""Lone entries: of acts that no other entry tells of, corrects, withdraws or denies. Most entries of a ledger are."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from chancery.ledger.accounts import assumed, lone_facts
from chancery.ledger.entries import sight

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chancery.ledger.entries import Entry
    from chancery.register import Account, Fact, Reading


class Lone:
    """The facts of lone entries: made once, kept in order of their day, cut at a day and sifted by what is known."""

    def __init__(self, entries: Iterable[Entry], shown: frozenset[int]) -> None:
        """Make the facts; ``shown`` are the ranks of standings that carry nothing."""
        ordered = sorted(entries, key=attrgetter("certain"))
        self._facts = lone_facts(ordered, shown)
        self._days = [entry.certain for entry in ordered]
        self._known_from = [entry.known_from for entry in ordered]
        self._known_to = [entry.known_to for entry in ordered]
        self._recorded = [entry.recorded for entry in ordered]
        self._last = max(self._known_to, default=0), max(self._recorded, default=0)
        rows = zip(ordered, self._facts, strict=True)
        self._open = [(entry, fact) for entry, fact in rows if entry.act.effective.earliest < entry.certain]

    def in_force(self, reading: Reading) -> list[Fact[Account]]:
        """The facts that have taken effect by the day of a reading, as far as it sees them, in order; a new list."""
        upto = bisect_right(self._days, reading.on)
        known, recorded = reading.known, reading.recorded
        if known >= self._last[0] and recorded >= self._last[1]:
            return self._facts[:upto]
        seen_from = self._known_to if reading.strict else self._known_from
        rows = zip(self._facts[:upto], seen_from, self._known_to, self._recorded, strict=False)
        return [
            fact if known_to <= known else assumed(fact)
            for fact, seen, known_to, entered in rows
            if seen <= known and entered <= recorded
        ]

    def undecided(self, reading: Reading) -> list[Fact[Account]]:
        """The facts that may have taken effect by the day of a reading, and may not have."""
        on, is_read = reading.on, sight(reading)
        return [
            fact if entry.known_to <= reading.known else assumed(fact)
            for entry, fact in self._open
            if entry.act.effective.earliest <= on < entry.certain and is_read(entry)
        ]
