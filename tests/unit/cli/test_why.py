"""`chancery why`: every account behind a ref, a pair of refs or an entry."""

import pytest

from tests.unit.cli.doors import BOARD, TEACHING, document, told, typed

BELGIUM = ("why", BOARD, "state:be", "body:board-of-peace", "--on", "2026-01-28", "--known", "2026-02-28")


def test_belgium_is_denied_and_one_sees_who_said_what() -> None:
    text = told(*BELGIUM)
    assert text.splitlines()[0] == "Belgium with Board of Peace: denied."
    assert "White House" in text
    assert "L. Soenen for Belgium" in text
    assert "the charter is silent" in text


def test_a_ruling_under_a_provision_names_its_article() -> None:
    text = told("why", BOARD, "state:hu", "body:board-of-peace", "--on", "2026-02-01")
    assert "Under Charter of the Board of Peace, art. 2.1 (evidence: text" in text


def test_a_party_with_no_standing_is_said_to_have_none() -> None:
    text = told("why", BOARD, "state:om", "body:board-of-peace")
    assert text.splitlines()[0] == "Oman with Board of Peace: no standing."


def test_accounts_that_differ_stand_side_by_side() -> None:
    rows = document("why", BOARD, "state:ca", "body:board-of-peace")["rows"]
    rescissions = [row for row in rows if row["kind"] == "invitation.rescinded"]
    assert {row["side"] for row in rescissions} == {"preferred", "agrees", "differs"}
    assert {row["agreement"] for row in rescissions} == {"contested"}


def test_a_denial_stands_once_beside_what_it_denies() -> None:
    rows = document(*BELGIUM)["rows"]
    entries = [row["entries"][0] for row in rows]
    assert len(entries) == len(set(entries))
    assert [row["side"] for row in rows if row["kind"] == "membership.denied"] == ["denies"]


def test_an_entry_asks_for_its_act() -> None:
    rows = document("why", TEACHING, "i-xc-accepted")["rows"]
    assert {row["entry"] for row in rows} >= {"i-xc-accepted", "i-xc-accepted-corrected"}


def test_a_withdrawn_correction_stays_readable() -> None:
    rows = document("why", TEACHING, "state:xc", "body:lethe-commission")["rows"]
    assert "withdrawn" in {row["side"] for row in rows}


def test_markdown_leads_with_the_ruling() -> None:
    text = told(*BELGIUM, "--format", "md")
    assert "Belgium with Board of Peace: denied." in text
    assert "| Day |" in text


@pytest.mark.parametrize(
    ("ref", "exits", "said"),
    [
        ("State:BE", 2, "State:BE"),
        ("i-xc-acepted", 2, "did you mean i-xc-accepted?"),
        ("state:xz", 1, "Nothing on record names state:xz"),
        ("body:lethe-comission", 1, "did you mean body:lethe-commission?"),
    ],
)
def test_what_is_not_found_is_said_with_what_was_meant(ref: str, exits: int, said: str) -> None:
    result = typed("why", TEACHING, ref)
    assert result.exit_code == exits
    assert said in result.stderr
