"""FollowTheMoney entities (JSON lines): who there is, who belongs to what, meetings, payments."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from chancery.acts.decisions import MeetingHeld
from chancery.acts.money import ContributionReceived, DisbursementMade
from chancery.acts.parties import OfficeHeld
from chancery.exchange.base import WHOLE
from chancery.exchange.gathering import Attributes, doubt, every, parties, sound, ties, written
from chancery.exchange.plain import json_line, plain_date, text_of
from chancery.exchange.popolo import assembled
from chancery.exchange.taking import spelled
from chancery.languages.names import NameBook, territory
from chancery.values import family, is_ref, name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.exchange.base import Parts
    from chancery.exchange.gathering import Party, Tie
    from chancery.register import Account, Fact, Register
    from chancery.values import Date, Money, Ref

VOCABULARY = "ftm"

SCHEMATA = {
    "person": "Person",
    "state": "PublicBody",
    "body": "PublicBody",
    "org": "Organization",
    "group": "Organization",
    "fund": "Organization",
    "office": "Position",
}
"""The schema of each family of refs; other families are left out."""

ORGANIZATIONS = frozenset({"state", "body", "org", "group", "fund"})

PLAIN = re.compile("[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?")
"""What the library takes for an identifier."""

Values = dict[str, list[str]]


def write_ftm(register: Register) -> Parts:
    """The entities of a register, one a line."""
    return {WHOLE: b"".join(json_line(each) for each in FtmWriting(register).entities())}


class FtmWriting:
    """One register as FollowTheMoney; what was read from there and has no field of ours is given back."""

    def __init__(self, register: Register) -> None:
        """Gather what is to be written."""
        self._register = register
        self._carried = Attributes(register, VOCABULARY)
        self._parties = parties(register)
        self._ties = list(ties(register))
        self._book = NameBook(register)

    def entities(self) -> Iterator[dict[str, object]]:
        """Every entity."""
        named = (ref for tie in self._ties for ref in (tie.member, tie.body, tie.post) if ref is not None)
        for ref in dict.fromkeys((*self._parties, *named)):
            if family(ref) in SCHEMATA:
                yield self._party(ref, self._parties.get(ref))
        for tie in self._ties:
            yield from self._tie(tie)
        yield from self._meetings()
        yield from self._payments()
        yield from self._of_the_whole()

    def _id(self, thing: str) -> str:
        found = self._carried.of(thing).get("id")
        return (found.value or thing) if found is not None else ftm_id(thing)

    def _entity(self, thing: str, schema: str, properties: Values) -> dict[str, object]:
        """An entity with what was found beside it; a property that was found wins."""
        found = assembled(self._carried.of(thing).values())
        kept = found.pop("schema", schema)
        found.pop("id", None)
        beside = {key[1:]: found.pop(key) for key in list(found) if key.startswith("@")}
        mine = {key: list(dict.fromkeys(values)) for key, values in properties.items() if values}
        return {"id": self._id(thing), "schema": kept, "properties": {**mine, **found}, **beside}

    def _party(self, ref: Ref, party: Party | None) -> dict[str, object]:
        names = party.names if party is not None else ()
        shown = next((each.text for each in names if each.use == "display"), self._book.spoken(ref, "en"))
        home = next((tie.body for tie in self._ties if tie.post == ref and tie.body is not None), None)
        properties = {
            "name": [shown],
            "alias": [each.text for each in names if each.text != shown and each.use != "former"],
            "previousName": [each.text for each in names if each.text != shown and each.use == "former"],
            "description": _some(text_of(party.description)) if party is not None else [],
            "organization": _some(self._id(home)) if home is not None else [],
            "country": [name(ref)] if family(ref) == "state" and _is_assigned(name(ref)) else [],
            **(self._where(party.facts) if party is not None else {}),
        }
        return self._entity(ref, SCHEMATA[family(ref)], properties)

    def _tie(self, tie: Tie) -> Iterator[dict[str, object]]:
        """A person in a post occupies it; whoever belongs to an organization is its member."""
        shared: Values = {
            **_dates("startDate", tie.start),
            **_dates("endDate", tie.end),
            "description": _bounds(tie.start, tie.end),
            "status": _some(doubt(tie.facts)),
            "recordId": [tie.name],
            **self._where(tie.facts),
        }
        office = isinstance(tie.fact.act, OfficeHeld)
        if tie.post is not None and family(tie.member) == "person":
            ends = {"holder": [self._id(tie.member)], "post": [self._id(tie.post)]}
            yield self._entity(tie.name if office else f"{tie.name}/post", "Occupancy", {**ends, **shared})
        if tie.body is not None and family(tie.body) in ORGANIZATIONS and not office:
            ends = {"member": [self._id(tie.member)], "organization": [self._id(tie.body)], "role": _some(tie.role)}
            yield self._entity(tie.name, "Membership", {**ends, **shared})

    def _meetings(self) -> Iterator[dict[str, object]]:
        for fact in sound(every(self._register, MeetingHeld)):
            act = cast("MeetingHeld", fact.act)
            properties = {
                "name": [self._book.spoken(act.meeting, "en")],
                "organizer": [self._id(act.body)],
                "location": _some(_word(fact.stated("place"))),
                **_dates("date", act.effective),
                "description": [*_bounds(act.effective), *_some(doubt([fact]))],
                **self._where([fact]),
            }
            yield self._entity(act.id, "Event", properties)

    def _payments(self) -> Iterator[dict[str, object]]:
        """What was paid, where one party paid a stated sum; a pledge is no payment."""
        for kind in (ContributionReceived, DisbursementMade):
            for fact in sound(every(self._register, kind)):
                act = cast("ContributionReceived", fact.act)
                money = cast("Money | None", fact.stated("money"))
                if money is None or len(act.by) != 1:
                    continue
                properties = {
                    "payer": [self._id(act.by[0])],
                    "beneficiary": [self._id(act.to)],
                    "amount": [str(money.amount)],
                    "currency": [money.currency],
                    "purpose": _some(text_of(fact.stated("purpose"))),
                    **_dates("date", act.effective),
                    "description": [*_bounds(act.effective), *_some(doubt([fact]))],
                    **self._where([fact]),
                }
                yield self._entity(act.id, "Payment", properties)

    def _where(self, facts: Sequence[Fact[Account]]) -> Values:
        """Where it is written: addresses and publishers, and all of it in words."""
        found = list(written(facts, self._register))
        return {
            "sourceUrl": [each.url for each in found if each.url is not None],
            "publisher": [each.title for each in found],
            "summary": [each.words for each in found],
        }

    def _of_the_whole(self) -> Iterator[dict[str, object]]:
        """The entities of an imported file of which nothing became, as they stood."""
        acts = (act for act in self._carried.in_order if act.about is not None and family(act.about) == "source")
        yield from cast("list[dict[str, object]]", assembled(acts).get("entities", []))


def ftm_id(thing: str) -> str:
    """An identifier as FollowTheMoney takes it: a ref with a point for its colon; another text with its digest."""
    plain = thing.replace(":", ".", 1) if is_ref(thing) else thing
    if PLAIN.fullmatch(plain):
        return plain
    return f"{spelled(thing)}-{sha256(thing.encode()).hexdigest()[:12]}"


def ref_of(identifier: str) -> str:
    """The ref that an identifier of ours stands for, or the identifier."""
    ref = identifier.replace(".", ":", 1)
    return ref if is_ref(ref) and family(ref) in SCHEMATA and ftm_id(ref) == identifier else identifier


def _is_assigned(code: str) -> bool:
    """Whether a code of ISO 3166 is in common use: those that begin with x are not, but for one (xk)."""
    return territory(code, "en") is not None and (code == "xk" or not code.startswith("x"))


def _some(value: str | None) -> list[str]:
    return [value] if value else []


def _word(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _dates(field: str, day: Date | None) -> Values:
    exact = plain_date(day)
    return {field: [exact]} if exact is not None else {}


def _bounds(*days: Date | None) -> list[str]:
    """Dates that the format cannot give, in words."""
    ends = ("since", "until")
    return [
        f"{end} {day}"
        for end, day in zip(ends, days, strict=False)
        if day is not None and plain_date(day) is None and day.precision not in ("open", "unknown")
    ]
