"""The desk: the only writer. It records, corrects and withdraws; what stands is never changed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from chancery.acts.registrar import ABOUT_ENTRIES, EntrySealed, EntryShredded, EntryWithdrawn
from chancery.desk.naming import name_of
from chancery.ledger import Ledger, Record, problems_of
from chancery.text import too_long
from chancery.values import Instant, Problem, Weight, phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from chancery.acts import Act
    from chancery.desk.shelf import Shelf
    from chancery.values import Date, Tongues

    Clock = Callable[[], Instant]
    """Tells what time it is."""


class Barred(ValueError):  # a sentence, as the errors of this house are
    """An act that cannot be recorded: carries every problem with it."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems."""
        super().__init__("; ".join(str(problem.phrase) for problem in problems))
        self.problems = problems


class Examined(Struct, frozen=True):
    """An act as it would stand in the ledger, and the breaches that would stand beside it."""

    act: Act
    problems: tuple[Problem, ...]


class Desk:
    """Takes acts into one record. The clock and the shelf are passed in."""

    def __init__(self, record: Record, clock: Clock, shelf: Shelf) -> None:
        """Open the desk over a sound record."""
        self._record = record
        self._clock = clock
        self._shelf = shelf
        self._before = _problems(record)

    def name(self, kind: str, data: dict[str, object]) -> str:
        """A name for a new entry, made from its kind, its party and its day, that no entry of the record has."""
        return name_of(kind, data, {act.id for act in self._record.acts})

    def examine(self, act: Act) -> Examined:
        """The act as it would be recorded now, nothing written. Raises Barred with every problem that bars it."""
        now = self._clock()
        stamped = msgspec.structs.replace(act, recorded=now)
        found = [*self._own(stamped, now), *self._new(self._with(stamped))]
        bars = [problem for problem in found if problem.weight is Weight.BAR]
        if bars:
            raise Barred(bars)
        return Examined(stamped, tuple(found))

    def record(self, act: Act) -> Examined:
        """Record an act; breaches are recorded too and given back. Raises Barred, and then nothing is written."""
        examined = self.examine(act)
        self._shelf.append(examined.act)
        self._record = self._with(examined.act)
        self._before.update(examined.problems)
        return examined

    def correct(self, entry: str, act: Act) -> Examined:
        """Record an act in the place of an entry, which stays readable. Raises Barred."""
        return self.record(msgspec.structs.replace(act, replaces=entry))

    def withdraw(self, entry: str, reason: Tongues) -> Examined:
        """Record that an entry is withdrawn; it stays readable and counts no longer. Raises Barred."""
        name, day = self._named(EntryWithdrawn.kind, entry)
        return self.record(EntryWithdrawn(id=name, entry=entry, reason=reason, effective=day))

    def seal(self, entry: str, audience: str, reason: Tongues) -> Examined:
        """Record that an entry is for an audience only from now on. Raises Barred."""
        name, day = self._named(EntrySealed.kind, entry)
        return self.record(EntrySealed(id=name, entry=entry, audience=audience, reason=reason, effective=day))

    def shred(self, entry: str, reason: Tongues) -> Examined:
        """Record that an entry is destroyed for a lawful reason; the shelf destroys what it said. Raises Barred."""
        name, day = self._named(EntryShredded.kind, entry)
        return self.record(EntryShredded(id=name, entry=entry, reason=reason, effective=day))

    def _named(self, kind: str, entry: str) -> tuple[str, Date]:
        """A name and the day for an act of the keeper's on an entry."""
        day = self._clock().day
        return self.name(kind, {"entry": entry, "effective": day.text}), day

    def _with(self, act: Act) -> Record:
        return msgspec.structs.replace(self._record, acts=[*self._record.acts, act])

    def _own(self, act: Act, now: Instant) -> list[Problem]:
        """What is wrong with an entry by itself, as an entry of this ledger."""
        found = [fault] if (fault := too_long(act)) is not None else []
        if act.id in shredded(self._record):
            found.append(act.problem("shredded", Weight.BAR, SHREDDED, "id"))
        if isinstance(act, ABOUT_ENTRIES) and act.entry not in self._record.places:
            fault_there = phrase("no entry has the id {id}", id=act.entry)
            found.append(act.problem("unknown-entry", Weight.BAR, fault_there, "entry"))
        latest = self._latest()
        if now.seconds < latest:
            fault_here = phrase(
                "the clock says {now}, but an entry was recorded at {latest} already; set the clock right",
                now=now.text,
                latest=Instant(latest).text,
            )
            found.append(act.problem("clock-behind", Weight.BAR, fault_here, "recorded"))
        return found

    def _latest(self) -> int:
        """The moment at which the youngest entry was recorded, in seconds since 0001-01-01 UTC; 0 where none says."""
        moments = [self._record.head.recorded, *(act.recorded for act in self._record.acts)]
        return max((moment.seconds for moment in moments if moment is not None), default=0)

    def _new(self, record: Record) -> list[Problem]:
        """The problems of a record that were not there before."""
        return list((_problems(record) - self._before).elements())


SHREDDED = phrase("was shredded: what it said was destroyed, and its id is not given again")


def shredded(record: Record) -> set[str]:
    """The ids of the entries that were shredded."""
    return {act.entry for act in record.acts if isinstance(act, EntryShredded)}


def _problems(record: Record) -> Counter[Problem]:
    found = problems_of(record)
    if not any(problem.weight is Weight.BAR for problem in found):
        found = [*found, *Ledger(record).breaches()]
    return Counter(found)
