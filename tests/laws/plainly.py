"""The ledger's definitions, written slowly and obviously, one question at a time; nothing here comes from `ledger`.

An entry is looked at by itself each time, everything is asked again for everything, and nothing is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from msgspec import Struct

from chancery.acts import Act, Stacked, compared_fields
from chancery.acts.memberships import AttendanceRecorded
from chancery.acts.registrar import EntryWithdrawn
from chancery.acts.statements import StatementDenied
from chancery.ledger import Record
from chancery.register import ALL_TIME, Reading, Source
from chancery.values import FUTURE, PAST, SECONDS_A_DAY, WEEKDAYS, Date, Ref

NO_STANDING = 1_000
"""The weight of an account whose source the record does not have."""

Claim = tuple[object, ...]


class Told(Struct, frozen=True):
    """What should be in a register of one fact."""

    act: Act
    others: tuple[Act, ...]
    differing: tuple[str, ...]
    day: int
    carried: bool
    assumed: bool
    denials: tuple[Act, ...]


class Plainly:
    """A record in the light of a reading."""

    def __init__(self, record: Record, reading: Reading) -> None:
        self.record = record
        self.reading = reading
        self.acts = list(record.acts)

    # The clocks and the weight of one account.

    def sources(self, act: Act) -> list[Source | None]:
        return [self.record.sources.get(cite.source) for cite in act.cites]

    def read_by(self, source: Source | None) -> int:
        """The last moment at which a source can have been read, and so have been there."""
        if source is None:
            return ALL_TIME
        dates = [source.retrieved or self.record.head.retrieved, source.published]
        return min(
            [(date.latest + 1) * SECONDS_A_DAY - 1 for date in dates if date and date.latest < FUTURE] or [ALL_TIME]
        )

    def known(self, act: Act) -> tuple[int, int]:
        """The first and last moment from which an account may have been known."""
        sources = self.sources(act)
        dated = [
            (each.published, each) for each in sources if each and each.published and each.published.earliest > PAST
        ]
        if dated:
            starts = [day.earliest * SECONDS_A_DAY for day, _ in dated]
            ends = [max(day.earliest * SECONDS_A_DAY, self.read_by(source)) for day, source in dated]
            return min(starts), min(ends)
        if not sources:
            return 0, 0
        read = min(self.read_by(source) for source in sources)
        first = act.effective.earliest
        if first == PAST:
            first = act.effective.latest
        if first == FUTURE and act.effective.earliest == PAST:
            first = PAST
        return min(first * SECONDS_A_DAY, read), read

    def certain(self, act: Act) -> int:
        """The day by which an account says that its act had certainly taken effect."""
        first, last = act.effective.earliest, act.effective.latest
        told = self.known(act)[1] // SECONDS_A_DAY
        return told if first <= told < last else last

    def recorded(self, act: Act) -> int:
        at = act.recorded or self.record.head.recorded
        return at.seconds if at is not None else 0

    def order(self) -> list[str]:
        standings = list(self.record.head.standings)
        usual = (
            "instrument,official,official-copy,own-word,wire,wire-copy,press,press-copy,analysis,reference,aggregator,"
        )
        usual += "headline-only,garbled,unreliable"
        return [*standings, *(each for each in usual.split(",") if each not in standings)]

    def only_shown(self, act: Act) -> bool:
        first = self.sources(act)[0] if act.cites else None
        return first is not None and first.standing in self.record.head.shown_only

    def weight(self, act: Act) -> int:
        """The place of an account's standing in the order; a party's own word has a place of its own."""
        first = self.sources(act)[0] if act.cites else None
        if first is None:
            return NO_STANDING
        places = [self.order().index(first.standing)]
        party = getattr(act, "party", None)
        if party is not None and party in (act.speaker, act.on_behalf_of) and not self.only_shown(act):
            places.append(self.order().index("own-word"))
        return min(places)

    def sees(self, act: Act) -> bool:
        """Whether the reading knows of an account: known by then, and recorded by then."""
        known = self.known(act)[1 if self.reading.strict else 0]
        return known <= self.reading.known and self.recorded(act) <= self.reading.recorded

    # How entries stand to each other.

    def named(self, by: Act, name: str | None) -> Act | None:
        """The entry that another names: one that was there already when it was recorded."""
        return next((each for each in self.acts if each.id == name and self.recorded(each) <= self.recorded(by)), None)

    def corrections(self, act: Act) -> list[Act]:
        return [each for each in self.acts if each is not act and self.named(each, each.replaces) is act]

    def withdrawals(self, act: Act) -> list[Act]:
        found = [each for each in self.acts if isinstance(each, EntryWithdrawn) and each is not act]
        return [each for each in found if self.named(each, each.entry) is act]

    def counts(self, correction: Act) -> bool:
        """Whether a correction counts: it stands, or a correction of it counts."""
        if not self.sees(correction):
            return False
        return self.stands(correction) or any(self.counts(each) for each in self.corrections(correction))

    def stands(self, act: Act) -> bool:
        """Whether an entry is seen and neither corrected nor withdrawn."""
        if not self.sees(act) or any(self.counts(each) for each in self.corrections(act)):
            return False
        return not any(self.stands(each) for each in self.withdrawals(act))

    def claim(self, act: Act) -> Claim:
        """What identifies the act that an account tells of."""
        if act.same_as is not None:
            other = self.named(act, act.same_as)
            return (act.id,) if other is None else self.claim(other)
        if act.distinct or not act.identity:
            return (act.id,)
        return (act.kind, *(getattr(act, name) for name in act.identity))

    def denies(self, denial: Act, accounts: Sequence[Act]) -> bool:
        """Whether an entry in force denies an act with these accounts."""
        if self.claim(denial) == self.claim(accounts[0]) or self.only_shown(denial):
            return False
        if self.certain(denial) > self.reading.on or not self.stands(denial):
            return False
        if isinstance(denial, StatementDenied):
            denied = self.named(denial, denial.denies)
            return denied is not None and self.claim(denied) == self.claim(accounts[0])
        return any(self.rebuts(denial, account) for account in accounts)

    def rebuts(self, denial: Act, account: Act) -> bool:
        if account.kind not in denial.rebuts or self.certain(account) > self.certain(denial):
            return False
        return all(getattr(denial, name) == getattr(account, name, None) for name in denial.identity)

    # Facts.

    def facts(self) -> list[Told]:
        """Every fact that has taken effect by the day of the reading, oldest first, then in the ledger's order."""
        return [
            fact for _, _, fact in sorted(self.all_facts(), key=lambda found: found[:2]) if fact.day <= self.reading.on
        ]

    def undecided(self) -> list[Told]:
        """Every fact that may have taken effect by then, and may not have."""
        on = self.reading.on
        return [fact for _, _, fact in self.all_facts() if min(fact.day, fact.act.effective.earliest) <= on < fact.day]

    def all_facts(self) -> list[tuple[int, int, Told]]:
        """Each fact, after its day and the place of the first of the accounts that settle it."""
        standing = [act for act in self.acts if self.stands(act)]
        claims: list[Claim] = []
        for act in standing:
            if self.claim(act) not in claims:
                claims.append(self.claim(act))
        return [self.fact([act for act in standing if self.claim(act) == claim]) for claim in claims]

    def fact(self, accounts: list[Act]) -> tuple[int, int, Told]:
        settling = [act for act in accounts if not self.only_shown(act)] or accounts
        first = next(act for act in settling if not any(self.is_better(other, act) for other in settling))
        day = self.day(sorted(settling, key=lambda act: sum(self.is_better(other, act) for other in settling)))
        rest = [act for act in accounts if act is not first]
        told = Told(
            act=first,
            others=tuple(sorted(rest, key=lambda act: sum(self.is_better(other, act) for other in rest))),
            differing=differing(first, settling),
            day=day,
            carried=not self.only_shown(first),
            assumed=all(self.known(act)[1] > self.reading.known for act in settling),
            denials=tuple(act for act in self.acts if self.denies(act, accounts)),
        )
        return day, min(self.acts.index(act) for act in settling), told

    def day(self, accounts: Sequence[Act]) -> int:
        """The day by which an act had taken effect: by its accounts, the better first, but for contradictions."""
        kept: list[Act] = []
        for act in accounts:
            windows = [(each.effective.earliest, self.certain(each)) for each in (*kept, act)]
            if max(start for start, _ in windows) <= min(end for _, end in windows):
                kept.append(act)
        return min(self.certain(act) for act in kept)

    def is_better(self, one: Act, other: Act) -> bool:
        """Whether one account is preferred to another."""
        if self.weight(one) != self.weight(other):
            return self.weight(one) < self.weight(other)
        if contradicts_itself(one) != contradicts_itself(other):
            return contradicts_itself(other)
        if self.known(one)[0] != self.known(other)[0]:
            return self.known(one)[0] > self.known(other)[0]
        return self.acts.index(one) > self.acts.index(other)

    def stacks(self) -> dict[tuple[Ref, Ref], list[Told]]:
        """Every fact between a party and a body."""
        found: dict[tuple[Ref, Ref], list[Told]] = {}
        for fact in self.facts():
            if isinstance(fact.act, (Stacked, AttendanceRecorded)):
                party, body = cast("tuple[Ref, Ref]", (getattr(fact.act, "party"), getattr(fact.act, "body")))  # noqa: B009  # each kind declares its own
                found.setdefault((party, body), []).append(fact)
        return found


def contradicts_itself(act: Act) -> bool:
    """Whether no day of an account's date is the weekday that it names."""
    date = act.effective
    if act.weekday is None or date.certainty != "exact" or date.earliest == PAST or date.latest == FUTURE:
        return False
    days = range(date.earliest, min(date.latest, date.earliest + 6) + 1)
    return all(str(WEEKDAYS[(day - 1) % 7]) != act.weekday for day in days)


def differing(first: Act, accounts: Sequence[Act]) -> tuple[str, ...]:
    """The fields in which what the accounts state cannot all be so."""
    return tuple(
        name for name in compared_fields(type(first)) if differ([getattr(act, name, None) for act in accounts])
    )


def differ(values: Sequence[object]) -> bool:
    stated = [value for value in values if value is not None and value not in ((), "")]
    if stated and isinstance(stated[0], Date):
        dates = [value for value in stated if isinstance(value, Date) and value.certainty == "exact"]
        starts, ends = [date.earliest for date in dates], [date.latest for date in dates]
        return any(start > end for start in starts for end in ends)
    sets = [set(value) if isinstance(value, tuple) else value for value in stated]
    return any(one != other for one in sets for other in sets)
