"""The API: every address answers as its document says, and refuses what it does not take."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from chancery.site.openapi import BASE, document
from chancery.site.operations import OPERATIONS, Operation
from chancery.views import VIEWS
from tests.unit.site.asking import board

EXAMPLES = {"entry": "b-line-board-reports-newsguru", "ref": "state:be", "kind": "invitation.issued"}


def filled(operation: Operation) -> str:
    """An operation's address with an example in each part that is asked for."""
    source = next(iter(board()(f"{BASE}/sources?limit=1").json["sources"]))["ref"].partition(":")[2]
    parts = {**EXAMPLES, "source": source}
    return BASE + re.sub(r"\{(\w+)\}", lambda found: parts[found[1]], operation.path)


def faults(operation: Operation, answer: object) -> Iterator[str]:
    schema = {**operation.answer, "components": document()["components"]}
    for fault in Draft202012Validator(schema).iter_errors(answer):
        yield f"{list(fault.path)}: {fault.message[:300]}"


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
def test_each_operation_answers_as_the_document_says(operation: Operation) -> None:
    answer = board()(filled(operation))
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert list(faults(operation, answer.json))[:3] == []


def test_the_document_is_openapi_and_names_every_view_and_kind() -> None:
    answer = board()(f"{BASE}/openapi.json")
    found = answer.json
    assert found["openapi"].startswith("3.1")
    assert {f"/views/{name}" for name in VIEWS} <= found["paths"].keys()
    assert found["components"]["schemas"]["invitation.issued"]["properties"]["kind"] == {"const": "invitation.issued"}


def test_every_reference_within_the_document_leads_somewhere() -> None:
    found = document()
    for name in re.findall(r'"\$ref":"#/components/([^"]+)"', msgspec.json.encode(found).decode()):
        group, _, key = name.partition("/")
        assert key in found["components"][group], name


@pytest.mark.slow
def test_every_schema_in_the_document_is_a_schema() -> None:
    for schema in document()["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_the_page_of_the_api_loads_nothing_from_elsewhere() -> None:
    page = board()(f"{BASE}/")
    assert page.headers["content-type"].startswith("text/html")
    assert set(re.findall(r'(?:src|href)="([^"#]*)"', page.text)) == {"/static/chancery.css", f"{BASE}/openapi.json"}
    assert all(operation.path in page.text for operation in OPERATIONS)


def test_a_view_is_narrowed_and_read_on_a_day() -> None:
    before = board()(f"{BASE}/views/standing?party=state:be&on=2026-01-01").json
    after = board()(f"{BASE}/views/standing?party=state:be&on=2026-11-24").json
    assert before["total"] == 0
    assert [row["party"] for row in after["rows"]] == ["state:be"]
    assert after["reading"] == {"on": "2026-11-24", "known": None, "recorded": None}


def test_rows_are_given_page_by_page_and_none_twice() -> None:
    whole = board()(f"{BASE}/entries?limit=1000").json
    pages = [board()(f"{BASE}/entries?limit=100&offset={at}").json["entries"] for at in range(0, whole["total"], 100)]
    assert [entry for page in pages for entry in page] == whole["entries"]


def test_nothing_recorded_later_is_given() -> None:
    assert board()(f"{BASE}/entries?recorded=2026-01-01").json["total"] == 0


def test_all_faults_are_told_at_once() -> None:
    answer = board()(f"{BASE}/views/standing?on=soon&limit=0&limit=2&party=belgium&wrong=1&offset=-1")
    assert answer.status == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert {fault["parameter"] for fault in answer.json["errors"]} == {"on", "limit", "party", "wrong", "offset"}


@pytest.mark.parametrize(
    "path",
    ["/views/none", "/entries/none", "/sources/none", "/refs/state:zw", "/refs/x", "/kinds/none", "/a/b/c", "/x"],
)
def test_what_is_not_there_is_a_problem_document(path: str) -> None:
    answer = board()(BASE + path)
    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
    assert list(Draft202012Validator(document()["components"]["schemas"]["problem"]).iter_errors(answer.json)) == []


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_it_only_reads(method: str) -> None:
    assert board()(f"{BASE}/entries", method).status == 405


NASTY = st.one_of(
    st.text(max_size=300),
    st.sampled_from(
        ["", "0", "-1", "1e9", "9" * 400, "٣", "2026-02-30", "9999-12-31", "0001-01-01", "state:be\n", "%00"]
    ),
)


@pytest.mark.slow
@given(st.sampled_from(OPERATIONS), st.data())
def test_whatever_is_asked_the_answer_is_one_that_the_document_names(operation: Operation, data: st.DataObject) -> None:
    names = [each.name for each in operation.asked]
    query = data.draw(st.dictionaries(st.sampled_from([*names, "other"]), NASTY, max_size=3))
    part = data.draw(NASTY)
    path = BASE + re.sub(r"\{\w+\}", lambda _: quote(part, safe=""), operation.path)
    answer = board()(f"{path}?{urlencode(query, errors='replace')}" if query else path)
    assert answer.status in (200, 400, 404)
    if answer.status == 200 and operation.path in path:
        assert list(faults(operation, answer.json))[:3] == []
