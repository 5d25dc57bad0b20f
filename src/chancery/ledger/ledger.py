"""The ledger: entries in, the register of any day out, on three clocks."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from chancery.acts import shape_of
from chancery.ledger.accounts import fact_of, lone_facts
from chancery.ledger.entries import entries_of, groups_of
from chancery.ledger.links import Links
from chancery.register import Fact, Reading, Register
from chancery.values import FUTURE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from chancery.acts import Act
    from chancery.ledger.entries import Entry
    from chancery.ledger.record import Record
    from chancery.register import Account
    from chancery.values import Problem

CACHED = 256
"""Readings whose registers are kept."""


class Ledger:
    """Every entry of a record, grouped by the act it tells of, ready to be read on any day.

    Acts that one entry tells of, and that no other entry corrects, withdraws or denies, are made facts once and kept in
    order of their day; the rest are put together for each reading.
    """

    def __init__(self, record: Record) -> None:
        """Group the entries of a record and make the facts that no reading changes."""
        self.record = record
        self.entries: list[Entry] = entries_of(record)
        self.groups: list[list[Entry]] = groups_of(self.entries)
        self.links = Links(self.entries, self.groups)
        standings = record.head.standings
        self._shown = frozenset(rank for rank, standing in enumerate(standings) if standing in record.head.shown_only)
        self._settle()
        self._cache: dict[Reading, Register] = {}

    def _settle(self) -> None:
        involved = self.links.involved
        lone = [group[0] for number, group in enumerate(self.groups) if len(group) == 1 and number not in involved]
        lone.sort(key=attrgetter("certain"))
        self._lone = lone
        self._days = [entry.certain for entry in lone]
        self._facts = lone_facts(lone, self._shown)
        self._all_known = max((entry.known_to for entry in lone), default=0)
        self._all_recorded = max((entry.recorded for entry in lone), default=0)
        self._open = [entry for entry in lone if entry.act.effective.earliest < entry.certain]
        self._mixed = [number for number, group in enumerate(self.groups) if len(group) > 1 or number in involved]

    def as_of(self, reading: Reading) -> Register:
        """The register of a reading: every fact in force on its day, as then known and recorded. Cached."""
        found = self._cache.get(reading)
        if found is None:
            if len(self._cache) >= CACHED:
                self._cache.pop(next(iter(self._cache)))
            found = self._cache[reading] = self._fold(reading)
        return found

    def _fold(self, reading: Reading) -> Register:
        register = self.opened(reading)
        for fact in self.in_force(reading):
            fact.act.apply(register, fact)  # type: ignore[attr-defined]  # every account in a ledger is an act
        register.undecided.extend(self._undecided(reading))
        return register

    def breaches(self) -> list[Problem]:
        """What should not have been: each act of a kind with checks of its own, against the register of its own day."""
        if not any(shape_of(kind).checked for kind in {entry.act.__class__ for entry in self.entries}):
            return []
        register = self.opened(Reading(on=FUTURE))
        found: list[Problem] = []
        for fact in self.in_force(register.reading):
            if shape_of(type(fact.act)).checked:
                found.extend(fact.act.check(register))  # type: ignore[attr-defined]
            fact.act.apply(register, fact)  # type: ignore[attr-defined]
        return found

    def opened(self, reading: Reading) -> Register:
        """An empty register for a reading."""
        return Register(reading, self.record.head, self.record.sources, lambda: self._after(reading))

    def _after(self, reading: Reading) -> list[Fact[Account]]:
        """The facts known in a reading that take effect after its day."""
        whole = msgspec.structs.replace(reading, on=FUTURE)
        return [fact for fact in self.in_force(whole) if fact.day > reading.on]

    def in_force(self, reading: Reading) -> list[Fact[Account]]:
        """Every fact in force, in order of day and then of place in the ledger."""
        upto = bisect_right(self._days, reading.on)
        facts = self._lone_facts(reading, upto)
        mixed = self._mixed_facts(reading)
        if mixed:
            facts = facts + mixed
            facts.sort(key=attrgetter("order"))
        return facts

    def _lone_facts(self, reading: Reading, upto: int) -> list[Fact[Account]]:
        if reading.known >= self._all_known and reading.recorded >= self._all_recorded:
            return self._facts[:upto]
        known, recorded = reading.known, reading.recorded
        seen = attrgetter("known_to" if reading.strict else "known_from")
        return [
            fact if entry.known_to <= known else assumed(fact)
            for fact, entry in zip(self._facts[:upto], self._lone[:upto], strict=True)
            if seen(entry) <= known and entry.recorded <= recorded
        ]

    def _mixed_facts(self, reading: Reading) -> list[Fact[Account]]:
        standing = self.standing(reading)
        accounts = {number: live for number in self._mixed if (live := [e for e in self.groups[number] if standing(e)])}
        denials = self._denials(reading, accounts)
        facts = (self._mixed_fact(reading, live, denials.get(number, ())) for number, live in accounts.items())
        return [fact for fact in facts if fact.day <= reading.on]

    def _mixed_fact(self, reading: Reading, live: list[Entry], denials: tuple[Account, ...]) -> Fact[Account]:
        fact = fact_of(live, self._shown, denials)
        return assumed(fact) if min(entry.known_to for entry in live) > reading.known else fact

    def _denials(self, reading: Reading, accounts: dict[int, list[Entry]]) -> dict[int, tuple[Account, ...]]:
        """For each denied group, the denials in force, each once."""
        denied: dict[int, tuple[Act, ...]] = {}
        for denial, targets in self.links.denials:
            live = accounts.get(denial)
            if live and fact_of(live, self._shown).day <= reading.on:
                for target in targets:
                    denied[target] = (*denied.get(target, ()), *(entry.act for entry in live))
        return dict(denied)

    def standing(self, reading: Reading) -> Callable[[Entry], bool]:
        """Whether an entry stands in a reading: known and recorded by then, and neither corrected nor withdrawn."""
        known, recorded = reading.known, reading.recorded
        seen = attrgetter("known_to" if reading.strict else "known_from")

        def is_read(entry: Entry) -> bool:
            return seen(entry) <= known and entry.recorded <= recorded

        gone = self.links.gone(is_read)
        return lambda entry: is_read(entry) and entry.seq not in gone

    def _undecided(self, reading: Reading) -> Iterable[Fact[Account]]:
        """Facts that may have taken effect by the day of the reading, and may not have."""
        standing = self.standing(reading)
        for entry in self._open:
            if entry.act.effective.earliest <= reading.on < entry.certain and standing(entry):
                yield fact_of((entry,), self._shown)


def assumed(fact: Fact[Account]) -> Fact[Account]:
    """The fact, marked as resting on a source taken at its earliest possible day."""
    return msgspec.structs.replace(fact, assumed=True)
