"""Popolo JSON (popoloproject.com): persons, organizations, posts, memberships, with their dates and sources."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from chancery.exchange.base import WHOLE, Parts
from chancery.exchange.gathering import Attributes, doubt, is_person, parties, ties, written
from chancery.exchange.plain import filled, json_bytes, plain_date, text_of
from chancery.languages.names import NameBook
from chancery.register import Account, Fact, Register
from chancery.values import Date, Ref, family

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chancery.acts.parties import AttributeStated, Name
    from chancery.exchange.gathering import Party, Tie

VOCABULARY = "popolo"

ORGANIZATIONS = frozenset({"state", "org", "group", "body"})
"""Families that Popolo knows as organizations; a State is one of classification "state"."""

Object = dict[str, object]


def write_popolo(register: Register) -> Parts:
    """The persons, organizations, posts and memberships of a register, ended ones with their end."""
    return {WHOLE: json_bytes(PopoloWriting(register).document())}


class PopoloWriting:
    """One register as Popolo; what was read from Popolo and has no field of ours is given back as it was found."""

    def __init__(self, register: Register) -> None:
        """Gather what is to be written."""
        self._register = register
        self._carried = Attributes(register, VOCABULARY)
        self._parties = parties(register)
        self._ties = list(ties(register))
        self._book = NameBook(register)

    def document(self) -> Object:
        """The whole document."""
        named = {ref: self._party(party) for ref, party in self._parties.items()}
        for ref in self._met():
            named.setdefault(ref, self._whole(ref, filled(id=self._id(ref), name=self._name(ref))))
        return {
            "reading": {"title": text_of(self._register.head.title), **self._register.reading.clocks()},
            "persons": [each for ref, each in named.items() if is_person(ref)],
            "organizations": [each for ref, each in named.items() if family(ref) in ORGANIZATIONS],
            "posts": [self._post(ref, each) for ref, each in named.items() if family(ref) == "office"],
            "memberships": [self._membership(tie) for tie in self._ties],
            **self._of_the_whole(),
        }

    def _met(self) -> list[Ref]:
        """Every ref that a membership names, described or not."""
        refs = (ref for tie in self._ties for ref in (tie.member, tie.body, tie.post, tie.behalf))
        return [ref for ref in dict.fromkeys(refs) if ref is not None]

    def _id(self, ref: Ref) -> str:
        found = self._carried.of(ref).get("id")
        return (found.value or ref) if found is not None else ref

    def _party(self, party: Party) -> Object:
        shown = _first(party.names)
        others = [_other(name) for name in party.names if name is not shown]
        state = "state" if family(party.ref) == "state" else None
        made = filled(
            id=self._id(party.ref),
            name=shown.text if shown else party.ref,
            classification=state,
            other_names=others,
            summary=text_of(party.description),
            sources=self._sources(party.facts),
        )
        return self._whole(party.ref, made)

    def _post(self, ref: Ref, made: Object) -> Object:
        """A post: its name is its label, and its organization the one in which somebody has held it."""
        label = made.pop("name")
        body = next((tie.body for tie in self._ties if tie.post == ref and tie.body is not None), None)
        made.pop("other_names", None)
        made.pop("summary", None)
        home = {"organization_id": self._id(body)} if body is not None else {}
        return {"id": made.pop("id"), "label": label, **home, **made}

    def _membership(self, tie: Tie) -> Object:
        member = self._id(tie.member)
        made = filled(
            person_id=member if is_person(tie.member) else None,
            member=None if is_person(tie.member) else {"id": member, "name": self._name(tie.member)},
            organization_id=tie.body and self._id(tie.body),
            post_id=tie.post and self._id(tie.post),
            role=tie.role,
            on_behalf_of_id=tie.behalf and self._id(tie.behalf),
            **_dates("start_date", tie.start),
            **_dates("end_date", tie.end),
            label=doubt(tie.facts),
            sources=self._sources(tie.facts),
        )
        return {"id": tie.name, **self._whole(tie.name, made)}

    def _name(self, ref: Ref) -> str:
        party = self._parties.get(ref)
        shown = _first(party.names) if party is not None else None
        return shown.text if shown is not None else self._book.spoken(ref, "en")

    def _sources(self, facts: Sequence[Fact[Account]]) -> list[Object]:
        return [filled(url=each.uri, note=each.words) for each in written(facts, self._register)]

    def _whole(self, thing: str, made: Object) -> Object:
        """An object with what was found beside it in Popolo; of sources, those that it had come first."""
        found = assembled(self._carried.of(thing).values())
        sources = [*_list(found.pop("sources", None)), *_list(made.get("sources"))]
        return {**made, **found, **filled(sources=sources)}

    def _of_the_whole(self) -> Object:
        """What was found beside the lists in the files that the record was made from: areas, events, meta."""
        acts = (act for act in self._carried.in_order if act.about is not None and family(act.about) == "source")
        return assembled(acts)


def assembled(acts: Iterable[AttributeStated]) -> Object:
    """What attributes hold, as it was found; an attribute ``areas/3`` is an item of a list ``areas``."""
    found: Object = {}
    for act in acts:
        name, item, _ = act.attribute.partition("/")
        value: object = json.loads(act.data) if act.data is not None else act.value
        if item:
            _list(found.setdefault(name, [])).append(value)
        else:
            found[name] = value
    return found


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _first(names: Sequence[Name]) -> Name | None:
    """The name that is shown: the first to be displayed in English or in no stated language, else the first."""
    shown = (name for name in names if name.use == "display" and name.lang in ("en", "und"))
    return next(shown, names[0] if names else None)


def _other(name: Name) -> Mapping[str, object]:
    lang = None if name.lang == "und" else name.lang
    note = name.note or (name.use if name.use != "spelling" else None)
    return filled(
        name=name.text, lang=lang, note=note, **_dates("start_date", name.since), **_dates("end_date", name.until)
    )


def _dates(field: str, day: Date | None) -> Object:
    """A date as Popolo has it; one with bounds or a mark of doubt in a field of ours, as EDTF."""
    if day is None or day.precision in ("open", "unknown"):
        return {}
    exact = plain_date(day)
    return {field: exact} if exact is not None else {f"{field}_edtf": day.text}
