"""Made-up records of any size, the same for the same size: what a large register may look like, not what any one is.

First 3 entries in 100 describe bodies (one to 100 entries) and persons (one to 50). Of 100 new acts after them 22 are
invitations and replies to them, 26 memberships signed, listed or attended, 14 appointments, 26 statements (every third
with a note in words), 6 positions, 3 reported counts, 3 pledges of money.

- About one act in five has more than one account: 18 in 100 entries tell of a recent act again, from another source;
  one such account in four gives another date. Statements, which nothing identifies, are joined by ``same_as``.
- 1 entry in 100 corrects another, 2 in 1,000 withdraw one, 2 in 1,000 deny what another tells.
- There is a source to every 20 entries; a fifth of the sources show no date; one citation in ten has a quotation.
- Of 100 dates 78 are days, 9 months, 2 years, 4 "on or before", 4 uncertain or approximate, 3 are not given.
"""

from __future__ import annotations

import random
from collections import deque
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from chancery.values import canonical
from chancery.values.states import ASSIGNED_STATES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

T = TypeVar("T")
Data: TypeAlias = "dict[str, object]"

STATES = sorted(ASSIGNED_STATES)
STANDINGS = ("official", "official", "wire", "wire-copy", "press", "press", "press-copy", "aggregator", "unreliable")
INVITATIONS = ("invitation.issued", "invitation.received", "invitation.considered", "invitation.declined")
COUNTED = ("invited", "accepted", "signed", "listed", "attended")
STANCES = ("supports", "welcomes", "undecided", "reserved", "critical")
DENIABLE = frozenset({"membership.signed", "membership.listed"})

FIRST = date(2016, 1, 1)
DAYS = 3_650
SEED = 2803
RECENT = 500
"""New acts that may still be told of again, corrected, withdrawn or denied."""

ENTRIES_A_SOURCE = 20
ENTRIES_A_BODY = 100
ENTRIES_A_PERSON = 50
MEETINGS_A_BODY = 4

# How often, of one.
OTHER_DATE = 1 / 4
QUOTED = 1 / 10
SPOKEN = 1 / 3
LISTED = 1 / 2
STANCE_TAKEN = 1 / 2
NOTED = 1 / 3


def entries(count: int) -> Iterator[Data]:
    """The lines of a record of so many entries: its head, its sources, then the entries."""
    maker = Maker(count)
    yield {"kind": "record", "title": "Made up for measuring", "bodies": ["body:b0"]}
    yield from maker.sources()
    yield from maker.entries()


def jsonl(count: int) -> Iterator[bytes]:
    """The record as JSON Lines in canonical form, as `chancery convert` writes it."""
    return (canonical(entry) + b"\n" for entry in entries(count))


class Draw(Generic[T]):
    """A choice among things of which some are likelier than others."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        """Add up the weights once."""
        self._things = tuple(weights)
        self._upto = tuple(accumulate(weights.values()))

    def one(self, chance: random.Random) -> T:
        """One of them."""
        return chance.choices(self._things, cum_weights=self._upto)[0]


DATES = Draw({"{0}": 78, "{0:.7}": 9, "{0:.4}": 2, "../{0}": 4, "{0}?": 2, "{0}~": 2, "": 3})
"""How a day is told: exactly, by its month, by its year, as the latest possible, with doubt, not at all."""


class Maker:
    """Makes up the entries of one record."""

    def __init__(self, count: int) -> None:
        """Draw from one sequence of chance, so that a record is the same each time."""
        self._count = count
        self._chance = random.Random(SEED)  # noqa: S311  # measured, not secret
        self._sources = max(count // ENTRIES_A_SOURCE, 1)
        self._bodies = max(count // ENTRIES_A_BODY, 1)
        self._persons = max(count // ENTRIES_A_PERSON, 1)
        self._recent: deque[Data] = deque(maxlen=RECENT)
        self._links = Draw(
            {self._again: 180, self._correction: 10, self._withdrawal: 2, self._denial: 2, self._new: 806}
        )
        self._acts = Draw(
            {
                self._invitation: 22,
                self._membership: 18,
                self._attendance: 8,
                self._appointment: 14,
                self._statement: 26,
                self._position: 6,
                self._reported: 3,
                self._pledge: 3,
            }
        )

    def sources(self) -> Iterator[Data]:
        """The sources, a fifth of them without a date."""
        for number in range(self._sources):
            page: Data = {"kind": "source", "ref": f"source:page-{number}", "title": f"Page {number}"}
            page.update(standing=self._one_of(STANDINGS), retrieved="2026-02-01", url=f"https://example.org/{number}")
            if number % 5:
                page["published"] = self._day()
            yield page

    def entries(self) -> Iterator[Data]:
        """The entries: parties first, as records usually have them, then acts."""
        parties = [*(f"body:b{n}" for n in range(self._bodies)), *(f"person:p{n}" for n in range(self._persons))]
        for number, ref in enumerate(parties[: self._count]):
            names = [{"text": ref.replace(":", " ")}]
            yield {"kind": "party.described", "id": f"n{number}", "party": ref, "names": names, "cites": self._cites()}
        for number in range(self._count - len(parties)):
            make = self._links.one(self._chance) if self._recent else self._new
            act = {**make(), "id": f"e{number}", "cites": self._cites()}
            if make == self._new:
                self._recent.append(act)
            yield act

    def _new(self) -> Data:
        return {**self._acts.one(self._chance)(), **self._effective()}

    def _again(self) -> Data:
        """Another account of a recent act."""
        first = self._one_of(self._recent)
        told = {**first, "same_as": first["id"]} if first["kind"] == "statement.made" else first
        return {**told, **self._effective()} if self._chance.random() < OTHER_DATE else told

    def _correction(self) -> Data:
        first = self._one_of(self._recent)
        return {**first, **self._effective(), "replaces": first["id"]}

    def _withdrawal(self) -> Data:
        return {"kind": "entry.withdrawn", "entry": self._one_of(self._recent)["id"], "reason": "Entered by mistake."}

    def _denial(self) -> Data:
        denied = self._one_of(self._recent)
        if denied["kind"] in DENIABLE:
            return {"kind": "membership.denied", "party": denied["party"], "body": denied["body"], **self._effective()}
        return {"kind": "statement.denied", "denies": denied["id"], "by": self._person(), **self._effective()}

    def _invitation(self) -> Data:
        act: Data = {"kind": self._one_of(INVITATIONS), "party": self._state(), "body": self._body()}
        if self._chance.random() < SPOKEN:
            act.update(speaker=self._person(), channel="diplomatic")
        return act

    def _membership(self) -> Data:
        act: Data = {"kind": "membership.signed", "party": self._state(), "body": self._body()}
        return {**act, "kind": "membership.listed", "by": self._body()} if self._chance.random() < LISTED else act

    def _attendance(self) -> Data:
        body = self._body()
        meeting = f"meeting:m{self._chance.randrange(MEETINGS_A_BODY)}-of-{body.partition(':')[2]}"
        act: Data = {"kind": "attendance.recorded", "party": self._state(), "body": body, "meeting": meeting}
        return {**act, "capacity": self._one_of(("member", "observer", "absent")), "level": "minister"}

    def _appointment(self) -> Data:
        return {"kind": "appointment.made", "person": self._person(), "body": self._body(), "title": "member"}

    def _statement(self) -> Data:
        act: Data = {"kind": "statement.made", "about": [self._body()], "speaker": self._person()}
        if self._chance.random() < STANCE_TAKEN:
            act["stance"] = self._one_of(STANCES)
        if self._chance.random() < NOTED:
            act["note"] = f"Says something about the work of the body, in the record's own words ({self._state()})."
        return act

    def _position(self) -> Data:
        return {"kind": "position.taken", "party": self._state(), "body": self._body(), "stance": self._one_of(STANCES)}

    def _reported(self) -> Data:
        act: Data = {"kind": "count.reported", "body": self._body(), "of": self._one_of(COUNTED)}
        return {**act, "number": self._chance.randrange(1, 60), "speaker": self._person()}

    def _pledge(self) -> Data:
        money = {"amount": f"{self._chance.randrange(1, 5_000)}000000", "currency": "USD"}
        return {"kind": "pledge.made", "by": [self._state()], "to": self._body(), "money": money}

    def _cites(self) -> list[Data]:
        cite: Data = {"source": f"source:page-{self._chance.randrange(self._sources)}"}
        if self._chance.random() < QUOTED:
            cite["quote"] = {"exact": "the words of the source, as they stand"}
        return [cite]

    def _effective(self) -> Data:
        text = DATES.one(self._chance).format(self._day())
        return {"effective": text} if text else {}

    def _day(self) -> str:
        return (FIRST + timedelta(days=self._chance.randrange(DAYS))).isoformat()

    def _state(self) -> str:
        return f"state:{self._one_of(STATES)}"

    def _body(self) -> str:
        return f"body:b{self._chance.randrange(self._bodies)}"

    def _person(self) -> str:
        return f"person:p{self._chance.randrange(self._persons)}"

    def _one_of(self, among: Sequence[T]) -> T:
        return self._chance.choice(among)
