"""PROV and ORG: the libraries of others read them, and what they read is what was meant."""

import io
import json
from typing import Any

import pytest
from prov.model import ProvDerivation, ProvDocument, ProvEntity
from rdflib import Graph, Namespace
from rdflib.namespace import DCTERMS, ORG, RDF, SKOS

from chancery.exchange.gathering import ties
from chancery.exchange.prov import local
from chancery.register import Register
from tests.goldens import Golden
from tests.unit.exchange.made import recorded, register_of, taken, written

# rdflib reads with parts of its own that it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

REF, ENTRY, CH = (Namespace(f"urn:chancery:{part}:") for part in ("ref", "entry", "word"))
TIME = Namespace("http://www.w3.org/2006/time#")
RECORDED = """entry,kind,effective,speaker,on_behalf_of,channel,fields
b,party.described,2026,,,,"{""party"":""body:b"",""names"":[{""text"":""B""}]}"
p,party.described,2026,,,,"{""party"":""person:p"",""names"":[{""text"":""P""}]}"
s,statement.made,2026-01-05,person:p,body:b,letter,"{""words"":""Well."",""recorded"":""2026-01-06T10:00:00Z"",""by_officer"":""person:p""}"
"""


def provenance(register: Register) -> ProvDocument:
    found = ProvDocument.deserialize(content=written("prov", register).decode(), format="json")
    assert isinstance(found, ProvDocument)
    return found


def graph(register: Register) -> Graph:
    return Graph().parse(io.BytesIO(written("org", register)), format="json-ld")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["teaching", "board-of-peace"])
def test_prov_is_read_and_written_by_its_library(name: str) -> None:
    register = register_of(name)
    found = provenance(register)
    accounts = [account for fact in register.facts() for account in fact.accounts]
    entities = {str(each.identifier) for each in found.get_records(ProvEntity)}
    assert {f"entry:{local(account.id)}" for account in accounts} <= entities
    assert len(list(found.get_records(ProvDerivation))) == sum(len(account.cites) for account in accounts)
    assert ProvDocument.deserialize(content=found.serialize(format="json"), format="json") == found
    assert found.serialize(format="rdf", rdf_format="turtle")


def test_prov_says_who_spoke_for_whom_and_who_recorded_it() -> None:
    text = provenance(recorded(taken("csv", RECORDED.encode()))).get_provn()
    assert "actedOnBehalfOf(ref:person%3Ap, ref:body%3Ab, -)" in text
    assert 'wasAttributedTo(entry:s, ref:person%3Ap, [ch:as="speaker", ch:channel="letter"])' in text
    assert "activity(recording:s, 2026-01-06T10:00:00+00:00, 2026-01-06T10:00:00+00:00)" in text
    assert "wasAssociatedWith(recording:s, ref:person%3Ap, -)" in text
    assert "wasGeneratedBy(entry:s, recording:s, 2026-01-06T10:00:00+00:00)" in text


def test_prov_of_a_denied_account_says_who_denies_it() -> None:
    text = provenance(register_of("board-of-peace")).get_provn()
    assert 'ch:as="denies"' in text
    assert 'ch:agreement="denied"' in text


def test_a_local_name_holds_any_text() -> None:
    assert local("a b/ü:%") == "a%20b%2F%C3%BC%3A%25"


@pytest.mark.parametrize("name", ["teaching", "board-of-peace", "un-security-council"])
def test_every_membership_is_one_in_the_graph(name: str) -> None:
    register = register_of(name)
    found = graph(register)
    assert len(set(found.subjects(RDF.type, ORG.Membership))) == len({tie.name for tie in ties(register)})
    for membership in found.subjects(RDF.type, ORG.Membership):
        assert found.value(membership, ORG.member)
        assert found.value(membership, DCTERMS.source)


def test_the_chair_holds_a_post_since_a_day() -> None:
    found = graph(register_of("teaching"))
    chair, post = ENTRY["p-chair"], REF["office%3Achair-of-the-lethe-commission"]
    assert found.value(chair, ORG.member) == REF["person%3Aama-vell"]
    assert found.value(post, ORG.heldBy) == REF["person%3Aama-vell"]
    assert found.value(post, ORG.postIn) == REF["body%3Alethe-commission"]
    begun = found.value(found.value(chair, ORG.memberDuring), TIME.hasBeginning)
    assert str(found.value(begun, TIME.inXSDDate)) == "2025-02-01"
    labels = set(found.objects(REF["body%3Alethe-commission"], SKOS.altLabel))
    assert {(str(each), getattr(each, "language", None)) for each in labels} >= {("لجنة نهر ليثي", "ar")}


@pytest.mark.parametrize(
    ("day", "word", "said"),
    [
        ("2026-02", TIME.inXSDgYearMonth, "2026-02"),
        ("2026", TIME.inXSDgYear, "2026"),
        ("../2026-02-03", CH.edtf, "../2026-02-03"),
        ("2026-02-03~", CH.edtf, "2026-02-03~"),
    ],
)
def test_a_day_is_as_exact_as_it_is_known(day: str, word: Any, said: str) -> None:  # noqa: ANN401 -- a term of the graph
    line = json.dumps({"person": "person:p", "body": "body:b"}).replace('"', '""')
    table = f'{RECORDED}t,appointment.made,{day},,,,"{line}"\n'
    found = graph(recorded(taken("csv", table.encode())))
    begun = found.value(found.value(ENTRY["t"], ORG.memberDuring), TIME.hasBeginning)
    assert str(found.value(begun, word)) == said


def test_a_name_whose_language_is_no_tag_has_none() -> None:
    names = [{"name": "Ama V.", "lang": "no tag"}, {"name": "Ama W.", "lang": "pt-br"}]
    found = graph(recorded(taken("popolo", {"persons": [{"id": "a", "name": "Ama", "other_names": names}]})))
    labels = {(str(each), getattr(each, "language", None)) for each in found.objects(REF["person%3Aa"], SKOS.altLabel)}
    assert labels == {("Ama", None), ("Ama V.", None), ("Ama W.", "pt-BR")}


def test_who_reports_to_whom_is_said_of_posts() -> None:
    rows = RECORDED
    for number, (subject, other) in enumerate([("office:a", "office:b"), ("body:b", "office:a")]):
        fields = {"subject": subject, "relation": "reports_to", "object": other}
        rows += f'o{number},oversight.set,2026,,,,"{json.dumps(fields).replace(chr(34), chr(34) * 2)}"\n'
    for ref in ("office:a", "office:b"):
        fields = {"party": ref}
        rows += f'{ref},party.described,2026,,,,"{json.dumps(fields).replace(chr(34), chr(34) * 2)}"\n'
    found = graph(recorded(taken("csv", rows.encode())))
    assert list(found.subject_objects(ORG.reportsTo)) == [(REF["office%3Aa"], REF["office%3Ab"])]
    assert len(set(found.subjects(RDF.type, CH.Oversight))) == 2


def test_the_teaching_record_as_a_whole(golden: Golden) -> None:
    golden("exchange/teaching.org.json", written("org", register_of("teaching")).decode())
