"""Popolo JSON read as acts: parties described, appointments made; what has no field of ours is kept as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from chancery.exchange.plain import Unreadable, expected_but, read_json
from chancery.exchange.popolo import VOCABULARY
from chancery.exchange.taking import Naming, Taking
from chancery.values import Date, DateFault, family, is_ref, phrase, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from chancery.exchange.base import Given, Taken
    from chancery.exchange.popolo import Object
    from chancery.values import Ref

USES = ("display", "own", "short", "former", "translation")
"""Notes of names that are uses of ours."""

NAMED = frozenset({"name", "lang", "note", "start_date", "end_date", "start_date_edtf", "end_date_edtf"})
"""Fields of another name that a name of ours has."""

FAMILIES = {
    "persons": ("person",),
    "organizations": ("org", "body", "state", "group"),
    "posts": ("office",),
}
"""The lists of things that have an identifier, and the families of refs that they can have."""

TIED = frozenset(
    {"person_id", "member", "organization_id", "post_id", "on_behalf_of_id", "role"}
    | {"start_date", "end_date", "start_date_edtf", "end_date_edtf"}
)
"""Fields of a membership that an appointment of ours has."""


def read_popolo(given: Given) -> Taken:
    """The acts of a Popolo document, and every fault in it."""
    reading = PopoloReading(given)
    try:
        document = read_json(given.data)
    except Unreadable as fault:
        reading.taking.fault("", fault.phrase, code="unreadable")
        return reading.taking.taken()
    if not isinstance(document, dict):
        reading.taking.fault("", expected_but(phrase("a table"), document))
        return reading.taking.taken()
    reading.read(document)
    return reading.taking.taken(reading.bodies)


class PopoloReading:
    """One pass over a document: first who is in it, then what is said of each, then who belongs to what."""

    def __init__(self, given: Given) -> None:
        """Begin with nothing read."""
        self.taking = Taking(given, VOCABULARY)
        self.bodies: dict[str, None] = {}
        self._source = given.source.ref
        self._names = Naming(given.refs)
        self._periods: dict[str, Object] = {}
        self._homes: dict[str, str] = {}

    def read(self, document: Object) -> None:
        """Read the whole document."""
        lists = {name: list(self._items(document, name)) for name in (*FAMILIES, "memberships", "events")}
        self._periods = {str(each.get("id")): each for _, each in lists["events"]}
        self.bodies = dict.fromkeys(_named(lists, "organization_id"))
        for name in FAMILIES:
            for pointer, each in lists[name]:
                self._introduce(name, pointer, each)
        for name in FAMILIES:
            for pointer, each in lists[name]:
                self._describe(name, pointer, each)
        for pointer, each in lists["memberships"]:
            self._tie(pointer, each)
        self._rest(document)
        self.bodies = dict.fromkeys(ref for each in self.bodies if (ref := self._names.known("organizations", each)))

    def _items(self, document: Object, name: str) -> Iterator[tuple[str, Object]]:
        found = document.get(name, [])
        if not isinstance(found, list):
            self.taking.fault(f"/{name}", expected_but(phrase("a list"), found))
            return
        for number, each in enumerate(found):
            if isinstance(each, dict):
                yield f"/{name}/{number}", each
            else:
                self.taking.fault(f"/{name}/{number}", expected_but(phrase("a table"), each))

    def _introduce(self, name: str, pointer: str, each: Object) -> None:
        """Give a ref to a person, an organization or a post."""
        identifier = each.get("id")
        if not isinstance(identifier, str) or not identifier:
            self.taking.fault(f"{pointer}/id", expected_but(phrase("a text"), identifier))
        elif self._names.known(name, identifier) is not None:
            self.taking.fault(f"{pointer}/id", phrase("{id} is given twice in this list", id=quoted(identifier)))
        elif is_ref(identifier) and family(identifier) in FAMILIES[name]:
            self._names.keep(name, identifier, identifier)
        else:
            kin = "body" if name == "organizations" and identifier in self.bodies else FAMILIES[name][0]
            self._names.give(name, identifier, kin)

    def _describe(self, name: str, pointer: str, each: Object) -> None:
        """Describe a person, an organization or a post, and keep what has no field."""
        ref = self._names.known(name, str(each.get("id")))
        if ref is None:
            return
        shown = "label" if name == "posts" else "name"
        names, left = self._names_of(pointer, each, shown)
        summary = each.get("summary") if isinstance(each.get("summary"), str) else None
        self.taking.act(pointer, "party.described", {"party": ref, "names": names, "description": summary})
        used = {shown, *({"other_names"} if not left else ()), *({"summary"} if summary else ())}
        used |= {"classification"} if family(ref) == "state" and each.get("classification") == "state" else set()
        self._homes.setdefault(ref, str(each.get("organization_id")))
        for attribute, value in each.items():
            if attribute not in used and not (attribute == "id" and value == ref):
                self.taking.carry(pointer, attribute, value, about=ref)

    def _names_of(self, pointer: str, each: Object, shown: str) -> tuple[list[Object], bool]:
        """The names of a thing, and whether its other names hold more than ours can."""
        first = each.get(shown)
        names: list[Object] = []
        if isinstance(first, str) and first:
            names.append({"text": first, "lang": "und"})
        else:
            self.taking.fault(f"{pointer}/{shown}", expected_but(phrase("a text"), first))
        others = each.get("other_names", [])
        if not isinstance(others, list) or any(not isinstance(other, dict) or not _plain(other) for other in others):
            return names, True
        return [*names, *map(_name, others)], False

    def _tie(self, pointer: str, each: Object) -> None:
        """Make an appointment, or the beginning of a membership, of who belongs to what."""
        member, post = self._member(pointer, each), self._ref(pointer, each, "post_id", "posts")
        home = each.get("organization_id") or (self._homes.get(post) if post is not None else None)
        body = self._ref(pointer, {"organization_id": home}, "organization_id", "organizations")
        if member is None or body is None:
            self._untied(pointer, each, member)
            return
        start, end = self._span(each)
        role = each.get("role")
        if role is not None and not isinstance(role, str):
            self.taking.fault(f"{pointer}/role", expected_but(phrase("a text"), role))
        joined = role == "member" and family(member) != "person" and post is None
        shared = {"body": body, "effective": start, "until": end, "distinct": True}
        behalf = self._ref(pointer, each, "on_behalf_of_id", "organizations")
        if joined and behalf is None:
            act = self.taking.act(pointer, "membership.begun", {"party": member, **shared})
        else:
            fields = {"person": member, "office": post, "title": role, "represents": behalf, **shared}
            act = self.taking.act(pointer, "appointment.made", fields)
        for attribute, value in each.items() if act is not None else ():
            if attribute not in TIED:
                self.taking.carry(pointer, attribute, value, of_entry=act.id if act is not None else "")

    def _untied(self, pointer: str, each: Object, member: Ref | None) -> None:
        if member is None and "person_id" not in each and "member" not in each:
            self.taking.fault(pointer, phrase("names no member; expected person_id, or a member with an id"))
        if "organization_id" not in each and "post_id" not in each:
            self.taking.fault(pointer, phrase("names no organization; expected organization_id"))

    def _member(self, pointer: str, each: Object) -> Ref | None:
        if "person_id" in each or not isinstance(each.get("member"), dict):
            return self._ref(pointer, each, "person_id", "persons")
        member = cast("Object", each["member"])
        return self._ref(f"{pointer}/member", member, "id", "organizations")

    def _ref(self, pointer: str, each: Mapping[str, object], field: str, among: str) -> Ref | None:
        """The ref of what a field names; a fault where nothing of that name is in the document."""
        identifier = each.get(field)
        if identifier is None:
            return None
        found = self._names.known(among, str(identifier))
        if found is None:
            fault = phrase("{id} is not among the {list} of this file", id=quoted(str(identifier)), list=among)
            self.taking.fault(f"{pointer}/{field}", fault)
        return found

    def _span(self, each: Object) -> tuple[object, object]:
        """When it began and ended: as stated, else within the legislative period that is named."""
        period = self._periods.get(str(each.get("legislative_period_id")), {})
        first, last = _stated(period, "start_date"), _stated(period, "end_date")
        start, end = _stated(each, "start_date"), _stated(each, "end_date")
        begun = start or _between(first, end or last, stated=end)
        return begun, end or (_between(start or first, last, stated=start, after=True) if last else None)

    def _rest(self, document: Object) -> None:
        """Keep what stands beside the lists that were read: areas, events, whatever else there is."""
        for name, value in document.items():
            if name in FAMILIES or name in ("memberships", "reading"):
                continue
            for number, item in enumerate(value if isinstance(value, list) else ()):
                self.taking.carry("", f"{name}/{number}", item, about=self._source)
            if not isinstance(value, list) or not value:
                self.taking.carry("", name, value, about=self._source)


def _named(lists: Mapping[str, list[tuple[str, Object]]], field: str) -> Iterator[str]:
    """What memberships and posts name in a field."""
    for name in ("memberships", "posts"):
        yield from (value for _, each in lists[name] if isinstance(value := each.get(field), str))


def _plain(other: Object) -> bool:
    """Whether a name of ours can hold another name whole."""
    texts = all(isinstance(value, str) and value for value in other.values())
    return texts and "name" in other and other.keys() <= NAMED


def _name(other: Object) -> Object:
    note = other.get("note")
    use = {"use": note} if note in USES else {"use": "spelling", **({"note": note} if note is not None else {})}
    since, until = _stated(other, "start_date"), _stated(other, "end_date")
    dates = {**({"since": since} if since else {}), **({"until": until} if until else {})}
    return {"text": other["name"], "lang": other.get("lang", "und"), **use, **dates}


def _stated(each: Mapping[str, object], field: str) -> object:
    """A date as stated, in Popolo's form or beside it as EDTF."""
    return each.get(field) or each.get(f"{field}_edtf")


def _between(first: object, last: object, *, stated: object, after: bool = False) -> object:
    """Some day from a first to a last; where a stated date lies outside the period, by that date alone."""
    if not first and not last:
        return None
    within = f"{first or '..'}/{last or '..'}"
    try:
        Date.of(within)
    except DateFault:
        return f"{stated}/.." if after else f"../{stated}"
    return within
