"""FollowTheMoney entities read as acts; what has no field of ours, and whole entities of other schemata, are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.exchange.ftm import SCHEMATA, VOCABULARY, ref_of
from chancery.exchange.plain import Unreadable, expected_but, read_json
from chancery.exchange.taking import Naming, Taking
from chancery.values import family, is_ref, phrase, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chancery.acts import Act
    from chancery.exchange.base import Given, Taken
    from chancery.values import Ref

FAMILIES = {
    "Person": "person",
    "Organization": "org",
    "Company": "org",
    "PublicBody": "body",
    "LegalEntity": "group",
    "Position": "office",
}
"""The family of refs that things of a schema get."""

USES = {"alias": "spelling", "previousName": "former"}

Entity = dict[str, object]
Properties = dict[str, list[str]]


def read_ftm(given: Given) -> Taken:
    """The acts of a file of entities, one a line, and every fault in it."""
    reading = FtmReading(given)
    for line, data in enumerate(given.data.split(b"\n"), 1):
        if data.strip():
            reading.line(line, data)
    reading.read()
    return reading.taking.taken(reading.bodies)


class FtmReading:
    """One pass over the entities: first who is among them, then what is said of each, then who belongs to what."""

    def __init__(self, given: Given) -> None:
        """Begin with nothing read."""
        self.taking = Taking(given, VOCABULARY)
        self.bodies: dict[str, None] = {}
        self._source = given.source.ref
        self._names = Naming(given.refs)
        self._entities: list[tuple[int, Entity, Properties]] = []
        self._homes: dict[str, str] = {}

    def line(self, line: int, data: bytes) -> None:
        """Take one line, where it is an entity."""
        try:
            entity = read_json(data)
        except Unreadable as fault:
            self.taking.fault("", fault.phrase, line=line, code="unreadable")
            return
        if not isinstance(entity, dict):
            self.taking.fault("", phrase("expected a JSON object"), line=line)
            return
        for name in ("id", "schema"):
            if not isinstance(entity.get(name), str) or not entity[name]:
                self.taking.fault(name, expected_but(phrase("a text"), entity.get(name)), line=line)
                return
        found = self._properties(entity, line)
        if found is not None:
            self._entities.append((line, entity, found))

    def _properties(self, entity: Entity, line: int) -> Properties | None:
        """The properties of an entity, each a list of texts."""
        found = entity.get("properties", {})
        if not isinstance(found, dict):
            self.taking.fault("properties", expected_but(phrase("a table"), found), line=line)
            return None
        for name, values in found.items():
            if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
                self.taking.fault(f"properties/{name}", expected_but(phrase("a list of texts"), values), line=line)
                return None
        return found

    def read(self) -> None:
        """Read the entities that were taken."""
        for line, entity, _ in self._entities:
            self._introduce(line, str(entity["id"]), str(entity["schema"]))
        others = 0
        for line, entity, properties in self._entities:
            if entity["schema"] in FAMILIES:
                self._describe(line, entity, properties)
        for line, entity, properties in self._entities:
            if entity["schema"] in ("Membership", "Occupancy"):
                self._tie(line, entity, properties)
            elif entity["schema"] not in FAMILIES:
                self.taking.carry(f"/{line}", f"entities/{others}", entity, about=self._source)
                others += 1

    def _introduce(self, line: int, identifier: str, schema: str) -> None:
        """Give a ref to a thing."""
        if self._names.known("entity", identifier) is not None:
            self.taking.fault("id", phrase("{id} is given twice in this list", id=quoted(identifier)), line=line)
        elif schema in FAMILIES and is_ref(ref := ref_of(identifier)) and SCHEMATA.get(family(ref)) == schema:
            self._names.keep("entity", identifier, ref)
        elif schema in FAMILIES:
            self._names.give("entity", identifier, FAMILIES[schema])

    def _describe(self, line: int, entity: Entity, properties: Properties) -> None:
        """Describe a thing, and keep what has no field."""
        ref = self._names.known("entity", str(entity["id"]))
        first = properties.get("name", [])[:1]
        if ref is None or not first:
            self.taking.fault("properties/name", expected_but(phrase("a text"), None), line=line)
            return
        others = [(use, text) for name, use in USES.items() for text in properties.get(name, [])]
        names = [{"text": first[0], "lang": "und"}, *({"text": t, "lang": "und", "use": use} for use, t in others)]
        stated = properties.get("description", [])
        description = stated[0] if len(stated) == 1 else None
        self.taking.act(
            f"/{line}", "party.described", {"party": ref, "names": names, "description": description}, line=line
        )
        self._homes[str(entity["id"])] = next(iter(properties.get("organization", [])), "")
        used = {"description"} if description else set()
        if len(properties["name"]) == 1 and len({first[0], *(text for _, text in others)}) == 1 + len(others):
            used |= {"name", *USES}
        if family(ref) == "state":
            used |= {"country"} if properties.get("country") == [ref.partition(":")[2]] else set()
        self._keep(line, entity, properties, used, about=ref)

    def _keep(self, line: int, entity: Entity, properties: Properties, used: set[str], **subject: str) -> None:
        """Keep what has no field: properties by their name, what stands beside them after an @."""
        mine = subject.get("about") == ref_of(str(entity["id"]))
        more: dict[str, object] = {f"@{key}": value for key, value in entity.items() if key not in ENVELOPE}
        schema = {} if mine else {"schema": entity["schema"], "id": entity["id"]}
        kept = {name: values for name, values in properties.items() if name not in used}
        for name, value in {**schema, **more, **kept}.items():
            self.taking.carry(f"/{line}", name, value, **subject)

    def _tie(self, line: int, entity: Entity, properties: Properties) -> None:
        """Make an appointment of a membership, and the holding of an office of an occupancy."""
        ends = ("member", "organization") if entity["schema"] == "Membership" else ("holder", "post")
        refs = [self._ref(line, properties, end) for end in ends]
        if None in refs:
            return
        start, end = _only(properties, "startDate"), _only(properties, "endDate")
        shared = {"effective": start, "until": end, "distinct": True}
        role = _only(properties, "role")
        if entity["schema"] == "Occupancy":
            home = self._names.known("entity", self._homes.get(str(properties["post"][0]), ""))
            fields: Mapping[str, object] = {"person": refs[0], "office": refs[1], "of": home}
            act = self.taking.act(f"/{line}", "office.held", {**fields, **shared}, line=line)
        elif family(refs[0] or "") != "person" and role in (None, "member"):
            act = self.taking.act(
                f"/{line}", "membership.begun", {"party": refs[0], "body": refs[1], **shared}, line=line
            )
        else:
            fields = {"person": refs[0], "body": refs[1], "title": role}
            act = self.taking.act(f"/{line}", "appointment.made", {**fields, **shared}, line=line)
        if act is not None:
            self.bodies.setdefault(getattr(act, "body", None) or self._source)
            self._keep(line, entity, properties, _used(properties, ends, act), of_entry=act.id)

    def _ref(self, line: int, properties: Properties, field: str) -> Ref | None:
        """The ref of the one thing that a property names."""
        values = properties.get(field, [])
        if len(values) != 1:
            fault = phrase("expected one value, found {number:number}", number=len(values))
            self.taking.fault(f"properties/{field}", fault, line=line)
            return None
        found = self._names.known("entity", values[0])
        if found is None:
            fault = phrase("{id} is not among the {list} of this file", id=quoted(values[0]), list="entities")
            self.taking.fault(f"properties/{field}", fault, line=line)
        return found


ENVELOPE = frozenset({"id", "schema", "properties"})


def _only(properties: Properties, name: str) -> str | None:
    """The one value of a property; of several none is preferred."""
    values = properties.get(name, [])
    return values[0] if len(values) == 1 else None


def _used(properties: Properties, ends: tuple[str, ...], act: Act) -> set[str]:
    """The properties that an act gives back."""
    found = {name for name in ("startDate", "endDate") if _only(properties, name) is not None}
    role = {"role"} if _only(properties, "role") is not None and act.kind != "office.held" else set()
    return {*ends, *found, *role}
