"""What the record of the Board of Peace must show, through the command that a user types."""

import json
from pathlib import Path
from typing import Any  # the JSON of a view is read as a reader of the command reads it

import pytest
from click.testing import CliRunner

from chancery.cli.main import chancery

BOARD = "body:board-of-peace"
TODAY = "2026-11-23"

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def record(root: Path) -> str:
    return str(root / "records" / "board-of-peace")


def shown(record: str, view: str, on: str = TODAY, *options: str) -> Rows:
    result = CliRunner().invoke(chancery, ["show", view, record, "--on", on, "--format", "json", *options])
    assert result.exit_code == 0, result.output
    rows: Rows = json.loads(result.stdout)["rows"]
    return rows


def table(record: str, view: str, on: str = TODAY, *options: str) -> str:
    result = CliRunner().invoke(chancery, ["show", view, record, "--on", on, *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def steps(record: str, party: str, on: str = TODAY) -> dict[str, Any]:
    (row,) = shown(record, "standing", on, "--party", party, "--body", BOARD)
    return row


def test_belgium_is_listed_and_denied_side_by_side_and_no_member(record: str) -> None:
    row = steps(record, "state:be")
    assert row["standing"] != "member"
    assert row["agreement"] == "denied"
    listed = [step for step in row["stack"] if step["step"] == "listed"]
    assert [step["agreement"] for step in listed] == ["denied"]
    (dispute,) = (
        row for row in shown(record, "disputes", TODAY, "--party", "state:be") if row["kind"] == "membership.listed"
    )
    assert dispute["preferred"][0]["speaker"] == "org:white-house"
    assert [denial["on_behalf_of"] for denial in dispute["denials"]] == ["state:be"]


def test_belgium_is_counted_among_none_of_the_listed_but_named_beside_them(record: str) -> None:
    (listed,) = (row for row in shown(record, "counts", TODAY, "--body", BOARD) if row["rule"] == "listed")
    assert "state:be" not in listed["parties"]
    assert "state:be" in listed["denied"]


def test_canada_was_ready_in_principle_and_then_its_invitation_was_taken_back(record: str) -> None:
    row = steps(record, "state:ca", "2026-01-31")
    found = [step["step"] for step in row["stack"] if step["step"] in ("accepted_in_principle", "rescinded")]
    assert found == ["accepted_in_principle", "rescinded"]
    assert row["standing"] == "rescinded"


def test_before_the_letter_canada_stands_as_accepting_in_principle(record: str) -> None:
    rows = shown(record, "invitations", "2026-01-31", "--party", "state:ca")
    accepted = next(row for row in rows if row["step"] == "accepted_in_principle")
    rescinded = next(row for row in rows if row["step"] == "rescinded")
    assert accepted["subject_to"] or accepted["declarations"] or accepted["accounts"]
    assert rescinded["by"] == "person:donald-trump"


def test_19_signed_26_listed_28_claimed_side_by_side_with_whom_each_counts(record: str) -> None:
    rows = {row["rule"]: row for row in shown(record, "counts", "2026-01-28", "--known", "2026-02-28", "--body", BOARD)}
    assert rows["signed"]["count"] == len(rows["signed"]["parties"]) == 19
    assert rows["listed"]["count"] == len(rows["listed"]["parties"]) == 26
    assert rows["signed"]["besides"] == ["state:us"]
    numbers = {given["number"]: given for row in rows.values() for given in row["reported"]}
    assert {19, 26} <= numbers.keys()
    assert all(given["source"] for given in numbers.values())
    assert set(rows["listed"]["parties"]) - set(rows["signed"]["parties"]) == {
        "state:al",
        "state:by",
        "state:eg",
        "state:kh",
        "state:kw",
        "state:sv",
        "state:vn",
    }


def test_the_28_has_its_claimant_and_its_day(record: str) -> None:
    given = [number for row in shown(record, "counts", TODAY, "--body", BOARD) for number in row["reported"]]
    claims = [number for number in given if number["number"] == 28]
    assert claims
    assert all(number["speaker"] or number["source"] for number in claims)
    assert all(number["day"] for number in claims)


def test_the_report_due_by_17_november_2026_is_due_with_nothing_recorded(record: str) -> None:
    reports = [row for row in shown(record, "duties") if row["matter"] == "report every six months"]
    told = [(row["due"], row["status"], row["recorded"]) for row in reports]
    assert told[1] == ("2026-11-17", "overdue", "nothing is recorded")
    assert [row["status"] for row in reports] == ["done_late", "overdue", "upcoming"]
    due = reports[1]
    assert (due["owed_by"], due["owed_to"]) == ([BOARD], ["body:un-security-council"])
    assert due["done_by"] == []
    assert due["provision"]["instrument"] == "instrument:s-res-2803-2025"
    assert due["provision"]["evidence"] == "reported"


def test_on_paper_that_nothing_is_recorded_is_not_called_a_default(record: str) -> None:
    said = table(record, "duties")
    line = next(line for line in said.splitlines() if "17 Nov 2026" in line)
    assert "due, its day is past" in line
    assert "nothing is recorded" in line
    assert "it is not said to be a default" in said


def test_the_day_before_it_is_due_it_is_due_soon(record: str) -> None:
    (due,) = (row for row in shown(record, "duties", "2026-11-16") if row["due"] == "2026-11-17")
    assert due["status"] == "due"


def test_who_sits_on_two_boards_is_seen_and_not_judged(record: str) -> None:
    rows = shown(record, "overlaps", "2026-02-20")
    both = {
        row["person"]
        for row in rows
        if {row["body"], row["other"]} == {"body:executive-board", "body:gaza-executive-board"}
    }
    assert both == {"person:tony-blair", "person:jared-kushner", "person:steve-witkoff", "person:marc-rowan"}
    (bank,) = (row for row in rows if row["person"] == "person:ajay-banga")
    assert (bank["overlap"], bank["other"]) == ("body_and_office", "org:world-bank")
    assert bank["ties"]


def test_pledges_are_not_added_to_what_may_be_the_same_money(record: str) -> None:
    (total,) = (row for row in shown(record, "money") if row["item"] == "total")
    assert (total["sort"], total["money"]["currency"], total["at_least"]) == ("pledged", "USD", True)
    assert total["left_out"] > 0


def test_a_seat_on_the_security_council_runs_out_by_itself(root: Path) -> None:
    council = str(root / "records" / "un-security-council")
    seats = [row for row in shown(council, "seats", "2018-06-01") if row["seat"] == "elected"]
    assert len(seats) == 10
    assert {row["until"] for row in seats} == {"2018-12-31", "2019-12-31"}
