"""`chancery diff`: what changed between two days, grouped by what it means."""

from typing import Any

import pytest

from tests.unit.cli.doors import BOARD, TEACHING, document, told, typed

DAVOS = ("diff", BOARD, "--from", "2026-01-21", "--to", "2026-01-23")


def changes(*words: str) -> list[dict[str, Any]]:  # rows of JSON
    rows: list[dict[str, Any]] = document(*words)["rows"]
    return rows


def test_the_signing_changes_standings_and_counts() -> None:
    rows = changes(*DAVOS)
    hungary = next(row for row in rows if row["group"] == "standing" and "state:hu" in row["about"])
    assert (hungary["before"], hungary["after"]) == ("accepted", "signatory")
    signed = next(row for row in rows if row["group"] == "counts" and row["what"] == "signed")
    assert (signed["before"], signed["after"], len(signed["about"])) == ("0", "19", 19)


def test_a_claim_denied_and_a_fact_contested_are_disputes_begun() -> None:
    begun = {(row["what"], row["after"]) for row in changes(*DAVOS) if row["group"] == "disputes"}
    assert ("membership.listed", "denied") in begun
    assert ("invitation.rescinded", "contested") in begun


def test_groups_come_in_the_order_of_their_weight() -> None:
    titles = [line for line in told(*DAVOS).splitlines() if " · from 21 Jan 2026 to 23 Jan 2026" in line]
    assert [title.partition(" · ")[0] for title in titles] == [
        "Standing changed",
        "Counts changed",
        "Duties moved on",
        "Disputes begun or settled",
        "New on record",
    ]


def test_the_known_clock_shows_what_was_learned() -> None:
    words = ("diff", BOARD, "--from", "2026-01-21", "--to", "2026-01-31", "--clock", "known", "--on", "2026-01-22")
    assert "from what was known on 21 Jan 2026 to what was known on 31 Jan 2026" in told(*words)


def test_the_recorded_clock_shows_corrections() -> None:
    words = (
        "diff",
        TEACHING,
        "--from",
        "2031-01-01",
        "--to",
        "2040-01-01",
        "--clock",
        "recorded",
        "--on",
        "2031-12-31",
    )
    assert document(*words)["clock"] == "recorded"
    assert "what was recorded" in told(*words)


def test_the_other_way_round_facts_are_no_longer_on_record() -> None:
    rows = changes("diff", BOARD, "--from", "2026-01-23", "--to", "2026-01-21")
    assert "no_longer" in {row["group"] for row in rows}


def test_a_duty_that_falls_due_moves_on() -> None:
    rows = changes("diff", BOARD, "--from", "2026-11-16", "--to", "2026-11-23")
    assert next((row["before"], row["after"]) for row in rows if row["group"] == "duties") == ("due", "overdue")


def test_a_correction_is_told_otherwise() -> None:
    words = ("diff", BOARD, "--from", "2026-01-22", "--to", "2026-03-31", "--clock", "known", "--on", "2026-01-22")
    assert "told_otherwise" in {row["group"] for row in changes(*words)}


def test_a_party_narrows_it() -> None:
    rows = changes(*DAVOS, "--party", "state:ca", "--body", "body:board-of-peace")
    standings = [row for row in rows if row["group"] == "standing"]
    assert [row["about"] for row in standings] == [["state:ca", "body:board-of-peace"]]


def test_markdown_has_a_table_for_each_group() -> None:
    assert told(*DAVOS, "--format", "md").count("## ") == 5


def test_where_nothing_changed_it_says_so() -> None:
    assert "Nothing changed from 1 Jan 1990 to 2 Jan 1990." in told(
        "diff", TEACHING, "--from", "1990-01-01", "--to", "1990-01-02"
    )


@pytest.mark.parametrize("words", [("--from", "2026-01-21"), ("--from", "x", "--to", "2026-01-21")])
def test_wrong_usage_exits_with_two(words: tuple[str, ...]) -> None:
    assert typed("diff", BOARD, *words).exit_code == 2
