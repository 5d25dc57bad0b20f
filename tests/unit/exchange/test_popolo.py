"""Popolo: what is written validates against the published schemas, and what is read comes back."""

import gzip
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft3Validator
from referencing import Registry
from referencing.jsonschema import DRAFT3

from chancery.acts import act_of, data_of
from chancery.exchange import Taken
from chancery.register import Reading
from chancery.views import VIEWS, Scope
from tests.goldens import Golden
from tests.unit.cli.doors import TEACHING, told, typed
from tests.unit.exchange.made import Document, faults, lacking, recorded, register_of, taken, written

SCHEMAS = {
    path.stem: json.loads(path.read_bytes()) for path in (Path(__file__).parent / "schemas/popolo").glob("*.json")
}
REGISTRY: Registry[Any] = Registry().with_resources(  # Any: a schema may hold any JSON
    (schema["id"], DRAFT3.create_resource(schema)) for schema in SCHEMAS.values()
)
LISTS = {"persons": "person", "organizations": "organization", "posts": "post", "memberships": "membership"}

SMALL: Document = {
    "persons": [
        {
            "id": "a/1",
            "name": "Ama Vell",
            "other_names": [{"name": "Ama V.", "lang": "en", "note": "alternate", "start_date": "2001"}],
            "birth_date": "1961-02",
            "sources": [{"url": "https://example.org/a"}],
        },
        {"id": "A 1", "name": "Bo", "other_names": [{"name": "B", "family_name": "O"}]},
    ],
    "organizations": [{"id": "H", "name": "House", "seats": 3}, {"id": "P", "name": "Party"}],
    "posts": [{"id": "chair", "label": "Chair", "organization_id": "H", "role": "chairs"}],
    "memberships": [
        {"person_id": "a/1", "organization_id": "H", "on_behalf_of_id": "P", "legislative_period_id": "t1"},
        {"person_id": "A 1", "post_id": "chair", "role": "Chair", "start_date": "2012-05", "end_date": "2013"},
        {"member": {"id": "P"}, "organization_id": "H", "role": "member", "start_date": "2011-01-01"},
    ],
    "events": [{"id": "t1", "name": "First term", "start_date": "2010-03-01", "end_date": "2014"}],
    "areas": [{"id": "x", "name": "North"}],
    "meta": {"sources": ["https://example.org"]},
}


def wrong(document: Document) -> list[str]:
    """Where a document is not what the published schemas say."""
    return [
        f"{name}/{number}: {error.message}"
        for name, schema in LISTS.items()
        for number, each in enumerate(document[name])
        for error in Draft3Validator(SCHEMAS[schema], registry=REGISTRY).iter_errors(each)
    ]


def exported(name: str, on: str = "2026-11-25", known: str | None = None) -> Document:
    return json.loads(written("popolo", register_of(name, on, known)))


def again(document: Document, on: str = "2026-11-25") -> Document:
    return json.loads(written("popolo", recorded(taken("popolo", document), Reading.of(on))))


def ties(document: Document, *fields: str) -> Counter[str]:
    found = ({name: each[name] for name in fields if name in each} for each in document["memberships"])
    return Counter(json.dumps(each, sort_keys=True) for each in found)


@pytest.mark.parametrize("name", ["teaching", "board-of-peace", "un-security-council"])
def test_every_record_validates_against_the_published_schemas(name: str) -> None:
    document = exported(name)
    assert document["memberships"]
    assert not wrong(document)


def test_the_schemas_refuse_what_is_not_popolo() -> None:
    broken = {
        **{name: [] for name in LISTS},
        "memberships": [{"start_date": "../2026", "sources": [{"note": "no url"}]}],
    }
    assert len(wrong(broken)) == 2


def test_the_teaching_record_as_a_whole(golden: Golden) -> None:
    golden("exchange/teaching.popolo.json", written("popolo", register_of("teaching")).decode())


def test_a_contested_membership_says_so_and_names_every_source() -> None:
    chair = next(each for each in exported("teaching")["memberships"] if each["id"] == "p-chair")
    assert chair["label"] == "contested: accounts differ in title"
    assert [each["note"].partition("): ")[2] for each in chair["sources"]] == [
        "preferred; entry p-chair",
        "differs; entry p-chair-daily",
    ]


def test_who_denies_to_be_a_member_is_none() -> None:
    found = exported("board-of-peace", "2026-03-01")["memberships"]
    drawn = VIEWS["standing"](register_of("board-of-peace", "2026-03-01"), Scope())
    denied = {row.cells["party"] for row in drawn.rows if row.cells["standing"] == "denied"}
    assert "state:be" in denied
    assert not {each["member"]["id"] for each in found if "member" in each} & denied


def test_an_appointment_that_somebody_denies_is_left_out() -> None:
    acts = taken("popolo", SMALL).acts
    made = next(act for act in acts if act.kind == "appointment.made")
    cites = [{"source": "source:file"}]
    denial = {"id": "no", "kind": "statement.denied", "denies": made.id, "by": "person:a-1", "cites": cites}
    register = recorded(Taken((*acts, act_of({**denial, "effective": "2015"}))))
    names = {each["id"] for each in json.loads(written("popolo", register))["memberships"]}
    assert names == {act.id for act in acts if act.kind in ("appointment.made", "membership.begun")} - {made.id}


def test_a_reading_before_the_signing_knows_no_signatories() -> None:
    early = exported("board-of-peace", "2026-01-20", "2026-01-20")
    late = exported("board-of-peace", "2026-03-01")
    assert early["reading"]["known"] == "2026-01-20"
    assert "signatory" not in {each.get("role") for each in early["memberships"]}
    assert "signatory" in {each.get("role") for each in late["memberships"]}


def test_what_is_read_comes_back() -> None:
    found = again(SMALL)
    for name in ("persons", "organizations", "posts"):
        held = {each["id"]: each for each in found[name]}
        assert not [lack for each in SMALL[name] if (lack := lacking(held[each["id"]], each))]
    fields = ("person_id", "on_behalf_of_id", "role", "start_date", "end_date", "legislative_period_id", "post_id")
    assert ties(found, *fields) == ties(SMALL, *fields)
    assert [each["organization_id"] for each in found["memberships"]] == ["H", "H", "H"]
    assert [found[name] for name in ("events", "areas", "meta")] == [SMALL[n] for n in ("events", "areas", "meta")]


def test_a_date_that_is_not_stated_lies_within_the_legislative_period() -> None:
    first = next(each for each in again(SMALL)["memberships"] if each.get("on_behalf_of_id"))
    assert (first["start_date_edtf"], first["end_date_edtf"]) == ("2010-03-01/2014", "2010-03-01/2014")
    assert "start_date" not in first


@pytest.mark.parametrize(
    ("stated", "start", "end"),
    [
        ({"start_date": "2012"}, "2012", "2012/2014"),
        ({"end_date": "2012"}, "2010-03-01/2012", "2012"),
        ({"end_date": "2009"}, "../2009", "2009"),
        ({"start_date": "2015"}, "2015", "2015/.."),
    ],
)
def test_a_stated_date_outside_the_period_stands_by_itself(stated: dict[str, str], start: str, end: str) -> None:
    tie = {**SMALL["memberships"][0], **stated}
    act = next(act for act in taken("popolo", {**SMALL, "memberships": [tie]}).acts if act.kind == "appointment.made")
    assert (str(act.effective), str(act.until)) == (start, end)  # type: ignore[attr-defined]  # an appointment


def test_every_entry_cites_the_file_and_the_place_in_it() -> None:
    acts = taken("popolo", SMALL).acts
    assert {act.cites[0].source for act in acts} == {"source:file"}
    assert "/persons/0/birth_date" in {act.cites[0].article for act in acts}


def test_identifiers_that_are_spelled_alike_become_two_refs() -> None:
    refs = [act.party for act in taken("popolo", SMALL).acts if act.kind == "party.described"]  # type: ignore[attr-defined]
    assert refs == ["person:a-1", "person:a-1-2", "body:h", "org:p", "office:chair"]


def test_a_third_identifier_that_is_spelled_alike_becomes_a_third_ref() -> None:
    persons = [{"id": identifier, "name": "A"} for identifier in ("a", "A", "á", "؟", "?")]
    refs = [
        data_of(act)["party"] for act in taken("popolo", {"persons": persons}).acts if act.kind == "party.described"
    ]
    assert refs == ["person:a", "person:a-2", "person:a-3", "person:x", "person:x-2"]


def test_every_fault_is_told_with_its_place() -> None:
    document = {
        "persons": [{"id": "a", "name": 3}, {"name": "B"}, "c", {"id": "a", "name": "A"}],
        "organizations": {},
        "posts": [],
        "memberships": [
            {"person_id": "z", "organization_id": "h"},
            {"person_id": "a"},
            {"organization_id": "h", "start_date": "soon"},
            {"person_id": "a", "organization_id": "h", "role": 7},
        ],
    }
    assert {place for place, _ in faults(taken("popolo", document))} == {
        "/persons/0/name",
        "/persons/1/id",
        "/persons/2",
        "/persons/3/id",
        "/organizations",
        "/memberships/0/person_id",
        "/memberships/0/organization_id",
        "/memberships/1",
        "/memberships/2",
        "/memberships/2/organization_id",
        "/memberships/3/organization_id",
    }


def test_a_date_or_a_role_that_cannot_be_is_told() -> None:
    tie = {"person_id": "a/1", "organization_id": "H"}
    document = {**SMALL, "memberships": [{**tie, "start_date": "soon"}, {**tie, "role": 7}, {**tie, "end_date": 2011}]}
    assert {place for place, _ in faults(taken("popolo", document))} == {
        "/memberships/0: effective",
        "/memberships/1/role",
        "/memberships/1: title",
        "/memberships/2: until",
    }


@pytest.mark.parametrize(
    "data",
    [
        b"\xff",
        b"[",
        b"[]",
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": 1, "a": 2}',
        b'{"a":' * 100 + b"1" + b"}" * 100,
        b"[" * 200_000,
    ],
)
def test_what_is_no_document_is_refused(data: bytes) -> None:
    found = taken("popolo", data)
    assert len(found.problems) == 1
    assert not found.acts


def test_a_long_list_is_kept_item_by_item() -> None:
    links = [{"url": f"https://example.org/{number}", "note": "x" * 100, "weight": 1.5} for number in range(1_000)]
    document = {"persons": [{"id": "a", "name": "A", "links": links}]}
    assert again(document)["persons"][0]["links"] == links


def test_what_is_kept_for_another_format_is_not_given() -> None:
    table = 'entry,kind,effective,fields\na,party.described,2026,"{""party"":""person:a""}"\n'
    stated = {"about": "person:a", "vocabulary": "x", "attribute": "email", "value": "@"}
    table += f'b,attribute.stated,2026,"{json.dumps(stated).replace(chr(34), chr(34) * 2)}"\n'
    (person,) = json.loads(written("popolo", recorded(taken("csv", table.encode()))))["persons"]
    assert "email" not in person


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).map(str.strip).filter(bool)
plain = st.recursive(st.none() | st.booleans() | st.integers() | texts, lambda inner: st.lists(inner, max_size=3))
person = st.fixed_dictionaries({"name": texts}, optional={"gender": texts, "links": plain, "summary": texts})


@pytest.mark.slow
@example([{"name": "e\u0301 \uf900", "gender": "e\u0301", "summary": "e\u0301"}], {})
@given(st.lists(person, max_size=4), st.dictionaries(texts.filter(lambda name: "/" not in name), plain, max_size=3))
def test_any_person_comes_back(persons: list[Document], more: Document) -> None:
    numbered = [{**each, **more, "id": f"p{number}"} for number, each in enumerate(persons)]
    numbered = [
        {name: value for name, value in each.items() if name not in ("sources", "other_names")} for each in numbered
    ]
    found = {each["id"]: each for each in again({"persons": numbered})["persons"]}
    for each in numbered:
        assert not lacking(found[each["id"]], each)


def compared(original: Document, found: Document) -> Iterable[str]:
    """Everything of a document that did not come back."""
    for name in ("persons", "organizations"):
        held = {each["id"]: each for each in found[name]}
        yield from (f"{each['id']}: {lack}" for each in original[name] if (lack := lacking(held[each["id"]], each)))
    fields = tuple({field for each in original["memberships"] for field in each})
    yield from (ties(original, *fields) - ties(found, *fields)).keys()
    yield from (name for name in original if name not in LISTS and found[name] != original[name])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "persons", "memberships"), [("estonia", 193, 299), ("ireland", 226, 324), ("pakistan", 349, 349)]
)
def test_a_legislature_comes_back_whole(
    shared_data: Path, tmp_path: Path, name: str, persons: int, memberships: int
) -> None:
    file = shared_data / "popolo" / f"{name}.popolo.json.gz"
    record = str(tmp_path / name)
    told("import", str(file), "--from", "popolo", "--out", record, "--retrieved", "2026-11-25")
    found = json.loads(told("export", record, "--to", "popolo", "--on", "2026-11-25"))
    assert (len(found["persons"]), len(found["memberships"])) == (persons, memberships)
    assert not list(compared(json.loads(gzip.decompress(file.read_bytes())), found))


@pytest.mark.slow
def test_two_files_in_one_record_are_never_mixed_up(shared_data: Path, tmp_path: Path) -> None:
    record = str(tmp_path / "both.jsonl")
    for name, to in (("ireland", "--out"), ("pakistan", "--into")):
        file = shared_data / "popolo" / f"{name}.popolo.json.gz"
        told("import", str(file), "--from", "popolo", to, record, "--retrieved", "2026-11-25")
    found = json.loads(told("export", record, "--to", "popolo", "--on", "2026-11-25"))
    assert [len(found[name]) for name in ("persons", "organizations", "memberships")] == [575, 35, 673]
    refused = typed("import", str(file), "--from", "popolo", "--into", record)
    assert refused.exit_code == 2


def test_our_own_export_comes_in_again() -> None:
    whole = json.loads(told("export", TEACHING, "--to", "popolo", "--on", "2026-11-25"))
    found = again(whole)
    fields = ("person_id", "member", "organization_id", "post_id", "role", "on_behalf_of_id", "start_date", "end_date")
    assert ties(found, *fields, "start_date_edtf", "label") == ties(whole, *fields, "start_date_edtf", "label")
    assert [each["id"] for each in found["persons"]] == [each["id"] for each in whole["persons"]]
