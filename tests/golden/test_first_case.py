"""The right reading of the first case (first-case.md of the source material), through the command that a user types."""

import json
from pathlib import Path
from typing import Any  # the JSON of a view is read as a reader of the command reads it

import pytest
from click.testing import CliRunner

from chancery.cli.main import chancery

BOARD = "body:board-of-peace"
DAY = "2026-01-19"
FOUR = {"person:tony-blair", "person:marco-rubio", "person:jared-kushner", "person:steve-witkoff"}

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def first_case(root: Path) -> Path:
    return root / "records" / "board-of-peace" / "first-case.toml"


def shown(record: Path, view: str, on: str = DAY, known: str = DAY) -> Rows:
    command = ["show", view, str(record), "--on", on, "--known", known, "--format", "json"]
    result = CliRunner().invoke(chancery, command)
    assert result.exit_code == 0, result.output
    drawn = json.loads(result.stdout)
    assert (drawn["view"], drawn["on"], drawn["known"]) == (view, on, known)
    rows: Rows = drawn["rows"]
    return rows


def standing(record: Path) -> dict[str, dict[str, Any]]:
    return {row["party"]: row for row in shown(record, "standing")}


def resting_on(rows: Rows, entry: str) -> dict[str, Any]:
    found = [row for row in rows if entry in row["entries"]]
    assert len(found) == 1, f"{entry} is behind {len(found)} rows"
    return found[0]


def test_the_article_is_a_record_by_itself(first_case: Path) -> None:
    result = CliRunner().invoke(chancery, ["check", str(first_case), "--format", "json"])
    assert result.exit_code == 0, result.output


def test_five_states_are_invited_and_no_other_party_has_a_standing(first_case: Path) -> None:
    assert {party: row["standing"] for party, row in standing(first_case).items()} == {
        "state:ar": "invited",
        "state:by": "ready",
        "state:eg": "invited",
        "state:ru": "invited",
        "state:tr": "invited",
    }
    invited = next(row for row in shown(first_case, "counts") if row["rule"] == "invited")
    assert invited["count"] == 5
    assert invited["parties"] == ["state:ar", "state:by", "state:eg", "state:ru", "state:tr"]


def test_the_state_is_the_invitee_and_its_head_the_addressee(first_case: Path) -> None:
    addressees = {
        "state:ar": "person:javier-milei",
        "state:by": "person:alexander-lukashenko",
        "state:eg": "person:abdel-fattah-al-sisi",
        "state:ru": "person:vladimir-putin",
        "state:tr": "person:recep-tayyip-erdogan",
    }
    received = {row["party"]: row for row in shown(first_case, "invitations") if row["step"] == "invited"}
    assert {party: row["addressee"] for party, row in received.items()} == addressees


def test_russia_acknowledged_studies_and_seeks_clarification_and_accepts_nothing(first_case: Path) -> None:
    steps = [fact["step"] for fact in standing(first_case)["state:ru"]["stack"]]
    assert sorted(steps) == ["acknowledged", "clarification_sought", "considered", "invited", "welcomed"]


def test_belarus_is_ready_with_a_declaration_on_scope(first_case: Path) -> None:
    row = standing(first_case)["state:by"]
    assert [fact["step"] for fact in row["stack"]] == ["invited", "ready"]
    position = resting_on(shown(first_case, "invitations"), "fc09")
    assert "scope and powers" in position["declarations"][0]["en"]
    assert (position["speaker"], position["on_behalf_of"]) == ("person:ruslan-varankou", "state:by")


def test_there_is_no_member_state(first_case: Path) -> None:
    for row in shown(first_case, "counts"):
        assert row["rule"] == "invited" or row["count"] == 0
    assert not [row for row in standing(first_case).values() if row["standing"] in {"member", "signatory", "accepted"}]


def test_one_chairman_and_four_persons_named_to_the_board(first_case: Path) -> None:
    seats = [row for row in shown(first_case, "seats") if row["body"] == BOARD]
    chair = [row["person"] for row in seats if row["office"] == "office:chairman-of-the-board-of-peace"]
    assert chair == ["person:donald-trump"]
    assert {row["person"] for row in seats} - set(chair) == FOUR
    assert len(seats) == 5


def test_the_committee_is_overseen_by_the_board(first_case: Path) -> None:
    (line,) = shown(first_case, "oversight")
    assert (line["subject"], line["relation"], line["object"]) == (BOARD, "supervises", "body:ncag")


def test_phase_two_has_two_conditions_and_one_is_opposed(first_case: Path) -> None:
    plan = [row for row in shown(first_case, "plan") if row.get("condition")]
    assert {row["condition"] for row in plan} == {
        "condition:permanent-end-to-the-war",
        "condition:disarmament-of-hamas",
    }
    assert {row["phase"] for row in plan} == {"phase:two"}
    assert "opposed" in json.dumps(resting_on(plan, "fc12"))
    assert "opposed" not in json.dumps(resting_on(plan, "fc11-war"))


def test_the_welcome_and_the_contacts_have_no_speaker(first_case: Path) -> None:
    timeline = shown(first_case, "timeline")
    for entry in ("fc04-il", "fc04-pa", "fc04-hamas", "fc06", "fc10-ar", "fc12", "fc13", "fc14", "fc15"):
        assert not resting_on(timeline, entry).get("speaker")
    assert resting_on(timeline, "fc01")["speaker"] == "person:dmitry-peskov"


def test_three_authorities_designate_and_one_is_unnamed(first_case: Path) -> None:
    timeline = shown(first_case, "timeline")
    authorities = [resting_on(timeline, f"fc05-{authority}")["about"] for authority in ("us", "eu", "others")]
    assert authorities == [["group:hamas", "state:us"], ["group:hamas", "org:european-union"], ["group:hamas"]]


def test_nothing_is_known_before_the_article(first_case: Path) -> None:
    assert shown(first_case, "standing", on=DAY, known="2026-01-18") == []
    assert shown(first_case, "standing", on="2026-01-18", known=DAY) == []


def test_the_agency_and_the_outlet_stand_apart(first_case: Path) -> None:
    (source,) = shown(first_case, "sources")
    assert source["agency"] == "dpa"
    assert not source.get("outlet")
    assert source["published"] == DAY
