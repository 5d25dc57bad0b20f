"""Approvals and open times as duties: with a limit or without, answered in time or late, ended by silence."""

import pytest

from chancery.acts import Act
from chancery.views import VIEWS, Row, Scope
from tests.made import BODY, act
from tests.unit.rules.chamber import ON, ballots, decision, members, register, rules

CHAIR = "office:chair"
APPROVAL: dict[str, object] = {"type": "approval", "by": CHAIR}
VOTES = ballots({"be": "yes", "de": "yes"})


def dues(*acts: Act | list[Act], on: str = "2026-02-20") -> list[Row]:
    view = VIEWS["duties"](register(*acts, on=on), Scope())
    return [row for row in view.rows if row.cells["provision"] is not None]


def approved(on: str, kind: str = "decision.approved") -> Act:
    return act(kind, decision="decision:d", motion="motion:m", body=BODY, by=CHAIR, effective=on)


@pytest.mark.parametrize(
    ("rule", "answer", "status", "due"),
    [
        ({**APPROVAL, "within_days": 20}, [], "due", "2026-03-02"),
        ({**APPROVAL, "within_days": 5}, [], "overdue", "2026-02-15"),
        ({**APPROVAL, "within_days": 5, "silence": "approved"}, [], "ended", "2026-02-15"),
        ({**APPROVAL, "within_days": 5}, [approved("2026-02-14")], "done", "2026-02-15"),
        ({**APPROVAL, "within_days": 5}, [approved("2026-02-14", "approval.refused")], "done", "2026-02-15"),
        ({**APPROVAL, "within_days": 5}, [approved("2026-02-18")], "done_late", "2026-02-15"),
        (APPROVAL, [], "undated", None),
        (APPROVAL, [approved("2026-02-18")], "done", None),
    ],
)
def test_an_approval_is_due(rule: dict[str, object], answer: list[Act], status: str, due: str | None) -> None:
    (row,) = dues(rules(rule), members(), VOTES, decision(), answer)
    assert (row.cells["status"], row.cells["due"] and str(row.cells["due"])) == (status, due)
    assert (row.cells["owed_by"], row.cells["what"]) == ((CHAIR,), "decision:d")
    assert {each.id for each in (*VOTES, *answer)} <= set(row.entries)


def test_what_was_not_carried_waits_for_no_approval() -> None:
    assert dues(rules(APPROVAL), members(), ballots({"be": "no", "de": "no"})) == []


@pytest.mark.parametrize(("hours", "due"), [(24, "2026-02-11"), (240, "2026-02-20")])
def test_a_silence_procedure_is_open_for_its_least_time(hours: int, due: str) -> None:
    opened = act("silence.opened", motion="motion:m", deadline="2026-02-21T12:00:00Z", at="2026-02-10T12:00:00Z", **ON)
    (row,) = dues(rules({"type": "silence", "minimum_hours": hours}), members(), opened)
    assert str(row.cells["due"]) == due


def test_a_time_of_which_the_beginning_is_not_told_is_no_day() -> None:
    opened = act("silence.opened", motion="motion:m", deadline="2026-02-21T12:00:00Z", **ON)
    assert dues(rules({"type": "silence", "minimum_hours": 24}), members(), opened) == []
    assert dues(rules({"type": "silence"}), members(), opened) == []


def test_a_deadline_that_was_put_off_is_due_later() -> None:
    opened = act("vote.opened", motion="motion:m", deadline="2026-02-21T12:00:00Z", **ON)
    longer = act("vote.extended", motion="motion:m", body=BODY, deadline="2026-02-25T12:00:00Z", effective="2026-02-12")
    other = act("vote.extended", motion="motion:o", body=BODY, deadline="2026-03-25T12:00:00Z", effective="2026-02-12")
    rows = VIEWS["duties"](register(opened, longer, other, on="2026-02-20"), Scope()).rows
    assert [str(row.cells["due"]) for row in rows] == ["2026-02-25"]


def test_the_day_for_corrections_of_minutes_is_a_deadline() -> None:
    sent = act("minutes.circulated", meeting="meeting:m", body=BODY, due="2026-02-25", effective="2026-02-12")
    (row,) = VIEWS["duties"](register(sent, on="2026-02-20"), Scope()).rows
    assert (str(row.cells["due"]), row.cells["status"], row.cells["what"]) == ("2026-02-25", "due", "meeting:m")
