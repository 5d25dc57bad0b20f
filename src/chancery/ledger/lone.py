"""Lone entries: of acts that no other entry tells of, corrects, withdraws or denies. Most entries of a ledger are."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from chancery.ledger.accounts import assumed, lone_facts
from chancery.ledger.entries import sight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chancery.ledger.entries import Entry
    from chancery.register import Account, Fact, Reading


class Lone:
    """The facts of lone entries: made once, kept in order of their day, cut at a day and sifted by what is known."""

    def __init__(self, entries: Sequence[Entry], shown: frozenset[int]) -> None:
        """Make the facts; ``shown`` are the ranks of standings that carry nothing."""
        self._shown = shown
        self._open = [entry for entry in entries if entry.act.effective.earliest < entry.certain]
        self._ordered = sorted(entries, key=attrgetter("certain"))
        self._facts = lone_facts(self._ordered, shown)
        self._days = self._column("certain")
        self._last = max(self._column("known_to"), default=0), max(self._column("recorded"), default=0)

    def _column(self, field: str) -> list[int]:
        """What the entries have in a field, in order of their day."""
        return list(map(attrgetter(field), self._ordered))

    @cached_property
    def _clocks(self) -> tuple[list[int], list[int], list[int]]:
        """The moments from which each is known, at the earliest and at the latest, and at which it was recorded."""
        return self._column("known_from"), self._column("known_to"), self._column("recorded")

    def in_force(self, reading: Reading) -> list[Fact[Account]]:
        """The facts that have taken effect by the day of a reading, as far as it sees them, in order; a new list."""
        upto = bisect_right(self._days, reading.on)
        known, recorded = reading.known, reading.recorded
        if known >= self._last[0] and recorded >= self._last[1]:
            return self._facts[:upto]
        at_earliest, at_latest, entered_at = self._clocks
        seen_from = at_latest if reading.strict else at_earliest
        rows = zip(self._facts[:upto], seen_from, at_latest, entered_at, strict=False)
        return [
            fact if known_to <= known else assumed(fact)
            for fact, seen, known_to, entered in rows
            if seen <= known and entered <= recorded
        ]

    def undecided(self, reading: Reading) -> list[Fact[Account]]:
        """The facts that may have taken effect by the day of a reading, and may not have."""
        on, is_read = reading.on, sight(reading)
        might = [entry for entry in self._open if entry.act.effective.earliest <= on < entry.certain and is_read(entry)]
        rows = zip(might, lone_facts(might, self._shown), strict=True)
        return [fact if entry.known_to <= reading.known else assumed(fact) for entry, fact in rows]
