"""FollowTheMoney: entities hold to its model, and what is read comes back."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.exchange.ftm import ftm_id, ref_of
from chancery.register import Register
from tests.goldens import Golden
from tests.unit.exchange.made import Document, faults, recorded, register_of, taken, written

MODEL = json.loads((Path(__file__).parent / "schemas/ftm/model.json").read_bytes())
SHAPES = {
    "entity": re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?"),
    "date": re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"),
    "url": re.compile(r"https?://[^\s]+"),
    "number": re.compile(r"-?[0-9]+(\.[0-9]+)?"),
    "country": re.compile("|".join(MODEL["countries"])),
}
SMALL: list[Document] = [
    {
        "id": "NK-1",
        "schema": "Person",
        "properties": {"name": ["Ama"], "alias": ["A."], "birthDate": ["1961"], "topics": ["role.pep", "poi"]},
        "caption": "Ama",
    },
    {
        "id": "gov",
        "schema": "PublicBody",
        "properties": {"name": ["Gov", "Government"], "description": ["It governs."]},
    },
    {"id": "min", "schema": "Position", "properties": {"name": ["Minister"], "organization": ["gov"]}},
    {"id": "co", "schema": "Company", "properties": {"name": ["Co"], "previousName": ["Old Co"]}},
    {
        "id": "m1",
        "schema": "Membership",
        "properties": {"member": ["NK-1"], "organization": ["gov"], "role": ["Chief"], "startDate": ["2011-02"]},
    },
    {
        "id": "m2",
        "schema": "Membership",
        "properties": {"member": ["co"], "organization": ["gov"], "endDate": ["2012"]},
    },
    {
        "id": "o1",
        "schema": "Occupancy",
        "properties": {"holder": ["NK-1"], "post": ["min"], "startDate": ["2011", "2012"], "status": ["current"]},
    },
    {"id": "v1", "schema": "Vessel", "properties": {"name": ["Boat"], "owner": ["co"]}, "datasets": ["x"]},
]


def lines(entities: list[Document]) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in entities)


def entities(register: Register) -> dict[str, Document]:
    found = [json.loads(line) for line in written("ftm", register).splitlines()]
    assert len({each["id"] for each in found}) == len(found)
    return {each["id"]: each for each in found}


def wrong(found: dict[str, Document]) -> list[str]:
    """Where entities are not what the model says."""
    return [f"{each['id']} {why}" for each in found.values() for why in _wrong(each, found)]


def _wrong(each: Document, found: dict[str, Document]) -> list[str]:
    schema = MODEL["schemata"].get(each["schema"])
    if schema is None or SHAPES["entity"].fullmatch(each["id"]) is None:
        return ["schema or id"]
    properties = each["properties"]
    wrongs = [name for name in schema["required"] if not properties.get(name)]
    for name, values in properties.items():
        known = schema["properties"].get(name)
        if known is None or not values or any(_misshapen(known, value, found) for value in values):
            wrongs.append(name)
    return wrongs


def _misshapen(known: Document, value: str, found: dict[str, Document]) -> bool:
    shape = SHAPES.get(known["type"])
    if known["type"] == "entity":
        other = MODEL["schemata"].get(found[value]["schema"], {}) if value in found else {}
        if known["range"] not in other.get("schemata", ()):
            return True
    return not value or (shape is not None and shape.fullmatch(value) is None)


@pytest.mark.parametrize("name", ["teaching", "board-of-peace", "un-security-council"])
def test_every_entity_holds_to_the_model(name: str) -> None:
    assert not wrong(entities(register_of(name)))


def test_what_does_not_hold_to_the_model_is_found() -> None:
    tie = {
        "id": "a",
        "schema": "Membership",
        "properties": {"member": ["gone"], "startDate": ["../2011"], "odd": ["x"]},
    }
    assert wrong({"a": tie}) == ["a organization", "a member", "a startDate", "a odd"]


def test_the_teaching_record_as_a_whole(golden: Golden) -> None:
    golden("exchange/teaching.ftm.json", written("ftm", register_of("teaching")).decode())


def test_what_is_read_comes_back() -> None:
    found = entities(recorded(taken("ftm", lines(SMALL))))
    for each in SMALL:
        held = found[each["id"]]
        assert {name: held[name] for name in each if name != "properties"} == {
            name: value for name, value in each.items() if name != "properties"
        }
        assert {name: held["properties"][name] for name in each["properties"]} == each["properties"]
    assert set(found) == {each["id"] for each in SMALL}


@pytest.mark.parametrize("name", ["teaching", "board-of-peace"])
def test_our_own_entities_come_in_again(name: str) -> None:
    before = entities(register_of(name))
    after = entities(recorded(taken("ftm", lines(list(before.values())))))
    assert set(after) == set(before)
    fields = ("member", "organization", "holder", "post", "role", "startDate", "endDate", "name")
    for key, each in before.items():
        held = after[key]["properties"]
        assert [held.get(field) for field in fields] == [each["properties"].get(field) for field in fields]


def test_a_payment_is_what_one_party_paid() -> None:
    rows = "entry,kind,effective,fields\n"
    told = {"by": ["state:fr"], "to": "body:b", "distinct": True}
    money = {"money": {"amount": "5.50", "currency": "EUR"}}
    payments = [{**told, **money}, told, {**told, **money, "by": ["state:fr", "state:de"]}]
    acts = [("party.described", {"party": "body:b"}), *(("contribution.received", each) for each in payments)]
    for number, (kind, fields) in enumerate(acts):
        rows += f'{number},{kind},../2026-02-03,"{json.dumps(fields).replace(chr(34), chr(34) * 2)}"\n'
    found = [each for each in entities(recorded(taken("csv", rows.encode()))).values() if each["schema"] == "Payment"]
    assert [(each["id"], each["properties"]["amount"], each["properties"]["payer"]) for each in found] == [
        ("1", ["5.50"], ["state.fr"])
    ]
    assert found[0]["properties"]["description"] == ["since ../2026-02-03"]


def test_every_fault_is_told_with_its_line() -> None:
    data = lines([
        {"id": "a", "schema": "Person", "properties": {"name": []}},
        {"schema": "Person"},
        {"id": "b", "schema": ["Person"]},
        {"id": "c", "schema": "Person", "properties": []},
        {"id": "d", "schema": "Person", "properties": {"name": "D"}},
        {"id": "e", "schema": "Person", "properties": {"name": ["E"]}},
        {"id": "e", "schema": "Person", "properties": {"name": ["E"]}},
        {"id": "f", "schema": "Membership", "properties": {"member": ["e", "a"], "organization": ["gone"]}},
        {"id": "g", "schema": "Occupancy", "properties": {"holder": ["e"], "post": ["e"], "startDate": ["soon"]}},
    ]) + b"{\n[1]\n\n"  # fmt: skip
    found = taken("ftm", data)
    places = {(each.place.line, each.place.field) for each in found.problems if each.place is not None}
    assert places == {
        (1, "properties/name"),
        (2, "id"),
        (3, "schema"),
        (4, "properties"),
        (5, "properties/name"),
        (7, "id"),
        (8, "properties/member"),
        (8, "properties/organization"),
        (9, "/9: effective"),
        (10, None),
        (11, None),
    }
    assert len(faults(found)) == len(places)


@given(st.from_regex("(state:fr|person:[a-z0-9]([a-z0-9.-]{0,8}[a-z0-9])?)", fullmatch=True))
def test_a_ref_is_known_again(ref: str) -> None:
    assert ref_of(ftm_id(ref)) == ref


@given(st.text() | st.just("person:a-"), st.text())
def test_two_entries_have_two_identifiers(one: str, other: str) -> None:
    assert SHAPES["entity"].fullmatch(ftm_id(one))
    assert (ftm_id(one) == ftm_id(other)) == (one == other)
