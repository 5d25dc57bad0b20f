"""Mixed groups: acts with several accounts, and those that other entries correct, withdraw or deny."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from chancery.ledger.accounts import assumed, fact_of, relied_on
from chancery.ledger.corrections import gone
from chancery.ledger.dated import Dated, parted
from chancery.ledger.entries import sight
from chancery.register import Fact, Reading
from chancery.values import FUTURE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chancery.ledger.dated import Parted
    from chancery.ledger.entries import Entry
    from chancery.ledger.groups import Groups
    from chancery.ledger.links import Links
    from chancery.register import Account


class Mixed:
    """The facts of mixed groups.

    What all the accounts of an act add up to is worked out once; only where a reading has not all of them, or the act
    is denied, is its fact put together for that reading.
    """

    def __init__(self, groups: Groups, links: Links, shown: frozenset[int]) -> None:
        """Take the groups that are not of one entry alone; ``shown`` are the ranks of standings that carry nothing."""
        self._links = links
        self._shown = shown
        found = {number: groups.accounts(number) for number in links.involved.union(groups.several)}
        self.groups = dict(sorted(found.items(), key=lambda each: each[1][0].certain))
        self._last = (
            max((entry.known_to for group in self.groups.values() for entry in group), default=0),
            max((entry.recorded for group in self.groups.values() for entry in group), default=0),
        )
        self._whole: dict[int, Fact[Account]] = {}

    def facts(self, reading: Reading) -> Parted:
        """The facts in force on the day of a reading, and those that may be, as far as the reading sees."""
        if reading.known < self._last[0] or reading.recorded < self._last[1]:
            return parted(self._read(reading, self.groups), reading.on)
        in_force, undecided = self._settled.parted(reading.on)
        disputed = parted(self._read(reading, self._links.denials.disputed), reading.on)
        return in_force + disputed[0], undecided + disputed[1]

    @cached_property
    def _settled(self) -> Dated:
        """The facts of what nobody denies, where everything is known."""
        return Dated(self._read(Reading(on=FUTURE), self.groups.keys() - self._links.denials.disputed))

    def _read(self, reading: Reading, numbers: Iterable[int]) -> list[Fact[Account]]:
        """The facts of some groups, from the accounts that a reading sees and that stand in it."""
        is_read = sight(reading)
        lost = gone(self._links.corrections, is_read)
        accounts = {
            number: live
            for number in numbers
            if (live := [entry for entry in self.groups[number] if is_read(entry) and entry.seq not in lost])
        }

        def counts(entry: Entry) -> bool:
            """Whether a denial counts: one that the record only shows denies nothing."""
            in_force = entry.certain <= reading.on and entry.rank not in self._shown
            return in_force and is_read(entry) and entry.seq not in lost

        denials = self._links.denials.against(accounts, counts)
        return [self._fact(reading, number, live, denials.get(number, ())) for number, live in accounts.items()]

    def _fact(self, reading: Reading, number: int, live: list[Entry], denials: tuple[Account, ...]) -> Fact[Account]:
        if denials or len(live) < len(self.groups[number]):
            fact = fact_of(live, self._shown, denials)
        else:
            fact = self._whole.get(number) or self._whole.setdefault(number, fact_of(live, self._shown))
        if max([entry.known_to for entry in live]) <= reading.known:
            return fact
        sure = min(entry.known_to for entry in relied_on(live, self._shown)) <= reading.known
        return fact if sure else assumed(fact)
