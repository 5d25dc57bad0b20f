"""The ledger: entries in, the register of any day out, on three clocks."""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from chancery.acts import shape_of
from chancery.ledger.entries import entries_of
from chancery.ledger.groups import Groups
from chancery.ledger.links import Links
from chancery.ledger.lone import Lone
from chancery.ledger.mixed import Mixed
from chancery.register import Fact, Reading, Register
from chancery.values import FUTURE

if TYPE_CHECKING:
    from chancery.ledger.dated import Parted
    from chancery.ledger.entries import Entry
    from chancery.ledger.record import Record
    from chancery.register import Account
    from chancery.values import Problem

MOST_READINGS = 256
"""Readings whose registers are kept, at the most."""

MOST_FACTS = 4_000_000
"""Facts in all the registers that are kept, at the most: a large ledger keeps fewer."""


class Ledger:
    """Every entry of a record, grouped by the act it tells of, ready to be read on any day.

    The facts of lone entries are made once; those of mixed groups, as far as they are the same for every reading.
    """

    def __init__(self, record: Record) -> None:
        """Group the entries of a record. Their facts are made when they are first read."""
        self.record = record
        self.entries: list[Entry] = entries_of(record)
        self.groups = Groups(self.entries, record.places)
        self.links = Links(self.groups)
        self._shown = frozenset(map(record.head.ranks().__getitem__, record.head.shown_only))
        self._cache: dict[Reading, Register] = {}
        self._kept = max(1, min(MOST_READINGS, MOST_FACTS // max(1, len(self.entries))))

    @cached_property
    def _mixed(self) -> Mixed:
        return Mixed(self.groups, self.links, self._shown)

    @cached_property
    def _lone(self) -> Lone:
        apart = {entry.seq for group in self._mixed.groups.values() for entry in group}
        return Lone([entry for entry in self.entries if entry.seq not in apart], self._shown)

    def as_of(self, reading: Reading) -> Register:
        """The register of a reading: every fact in force on its day, as then known and recorded. Cached."""
        found = self._cache.get(reading)
        if found is None:
            if len(self._cache) >= self._kept:
                self._cache.pop(next(iter(self._cache)))
            found = self._cache[reading] = self._fold(reading)
        return found

    def _fold(self, reading: Reading) -> Register:
        register = self.opened(reading)
        in_force, undecided = self._facts(reading)
        for fact in in_force:
            fact.act.apply(register, fact)  # type: ignore[attr-defined]  # every account in a ledger is an act
        register.undecided.extend(undecided)
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
        whole = msgspec.structs.replace(reading, on=FUTURE)
        return Register(reading, self.record.head, self.record.sources, lambda: self.as_of(whole))

    def in_force(self, reading: Reading) -> list[Fact[Account]]:
        """Every fact in force, in order of day and then of place in the ledger."""
        return self._facts(reading)[0]

    def _facts(self, reading: Reading) -> Parted:
        """The facts in force, in order, and those that may be and may not."""
        (lone, lone_open), (mixed, mixed_open) = self._lone.facts(reading), self._mixed.facts(reading)
        return sorted(lone + mixed, key=attrgetter("order")), lone_open + mixed_open
