"""Silence procedures: a text stands unless it is broken in time, by enough of those who may."""

import pytest

from tests.ruled import ABC, MAJORITY, decision, members, outcome, ruled, rules, said

ORDINARY = decision(MAJORITY)
OPENED, DEADLINE, LATER = "2026-03-01T12:00:00Z", "2026-03-03T12:00:00Z", "2026-03-04T12:00:00Z"
HEAD = "vote,yes,no,abstain,manner,against_by,opened,deadline,extended|"


def silence(**more: str) -> str:
    return 'type = "silence"' + "".join(f", {name} = {value}" for name, value in more.items())


def row(against: str = "", no: str = "", opened: str = OPENED, deadline: str = DEADLINE, extended: str = "") -> str:
    return f"{HEAD}v,,{no},,silence,{against},{opened},{deadline},{extended}"


TEXT = rules(ABC, ORDINARY, silence())


@pytest.mark.parametrize(
    ("today", "found"),
    [("2026-03-02", "undecided"), ("2026-03-03", "undecided"), ("2026-03-04", "adopted"), (None, "adopted")],
)
def test_a_text_stands_once_silence_was_kept_until_its_deadline(today: str | None, found: str) -> None:
    ruling = ruled(TEXT, row(), today=today)
    assert ruling.outcome == found
    words = "Silence was kept until" if found == "adopted" else "Silence still runs, until"
    assert f"{words} {DEADLINE}." in said(ruling)


def test_an_objection_breaks_it_at_once() -> None:
    ruling = ruled(TEXT, row("org:b"), today="2026-03-02")
    assert ruling.outcome == "rejected"
    assert "Silence was broken by org:b." in said(ruling)
    unnamed = ruled(TEXT, row(no="1"))
    assert unnamed.outcome == "rejected"
    assert "Silence was broken, by whom is not told." in said(unnamed)


def test_how_many_objections_break_it_is_for_the_rules_to_say() -> None:
    text = rules(ABC, ORDINARY, silence(broken_by="2"))
    assert outcome(text, row("org:a")) == "adopted"
    assert outcome(text, row("org:a;org:b")) == "rejected"
    assert outcome(text, row("org:a", no="2")) == "rejected"
    assert outcome(text, row(no="1")) == "adopted"


def test_an_objection_of_somebody_who_may_not_breaks_nothing_and_is_told() -> None:
    text = rules(ABC, members("a", group='"big"'), ORDINARY, silence(group='"big"'))
    ruling = ruled(text, row("org:b"))
    assert ruling.outcome == "adopted"
    assert "org:b objected, and may not break the silence." in said(ruling)
    assert outcome(text, row("org:a;org:b")) == "rejected"
    others = rules(members("a", others="2"), ORDINARY, silence())
    assert outcome(others, row("state:fr")) == "rejected"


def test_until_when_must_be_told() -> None:
    ruling = ruled(TEXT, row(deadline=""))
    assert ruling.outcome == "undecided"
    assert "Until when silence had to be kept is not told." in said(ruling)


def test_without_a_rule_on_silence_it_stays_open() -> None:
    ruling = ruled(rules(ABC, ORDINARY), row())
    assert ruling.outcome == "undecided"
    assert "The rules are silent on whether it may be decided by silence." in said(ruling)


def test_a_vote_without_votes_is_by_silence_where_the_rules_know_it() -> None:
    assert outcome(TEXT, row().replace("silence", "")) == "adopted"


@pytest.mark.parametrize(("hours", "short"), [(48, False), (49, True)])
def test_too_short_a_time_is_a_contradiction(hours: int, *, short: bool) -> None:
    ruling = ruled(rules(ABC, ORDINARY, silence(minimum_hours=str(hours))), row())
    assert ruling.outcome == "adopted"
    assert (f"shorter time than the {hours} hours that the rules ask" in said(ruling)) is short
    assert ruled(rules(ABC, ORDINARY, silence(minimum_hours="49")), row(opened="")).contradictions == ()


def test_its_time_may_be_extended_as_far_as_the_rules_allow() -> None:
    assert outcome(TEXT, row(), today="2026-03-04") == "adopted"
    day = rules(ABC, ORDINARY, silence(extension_hours="24"))
    assert outcome(day, row(extended=LATER), today="2026-03-04") == "undecided"
    kept = ruled(day, row(extended=LATER), today="2026-03-05")
    assert (kept.outcome, kept.contradictions) == ("adopted", ())
    assert f"Silence was kept until {LATER}." in said(kept)
    less = ruled(rules(ABC, ORDINARY, silence(extension_hours="23")), row(extended=LATER))
    assert "extended by more than the 23 hours that the rules allow" in said(less)
    assert "the rules know of no extension" in said(ruled(TEXT, row(extended=LATER)))
    assert ruled(day, row(deadline="", extended=LATER)).outcome == "adopted"


BALLOTS = "vote,party,choice,at,manner,deadline,extended|"


def test_an_objection_after_the_deadline_does_not_count_and_is_told() -> None:
    late = f"v,org:b,no,2026-03-03T12:00:01Z,silence,{DEADLINE},"
    ruling = ruled(TEXT, BALLOTS + late)
    assert (ruling.outcome, ruling.late) == ("adopted", ("org:b",))
    assert "org:b answered after the deadline, which does not count." in said(ruling)
    on_time = f"v,org:b,no,{DEADLINE},silence,{DEADLINE},"
    assert outcome(TEXT, BALLOTS + on_time) == "rejected"
    day = rules(ABC, ORDINARY, silence(extension_hours="24"))
    assert outcome(day, BALLOTS + late + LATER) == "rejected"


def test_when_an_objection_came_may_not_be_told() -> None:
    rows = f"v,org:a,no,,silence,{DEADLINE},|v,org:b,no,{LATER},,,"
    ruling = ruled(TEXT, BALLOTS + rows)
    assert ruling.outcome == "rejected"
    assert "When org:a answered is not told; it counts." in said(ruling)


def test_what_stands_by_silence_may_need_approval_too() -> None:
    text = rules(ABC, ORDINARY, silence(), 'type = "approval", by = "office:chair"')
    assert outcome(text, row()) == "awaiting_approval"


def test_an_outcome_on_record_that_differs_is_a_contradiction() -> None:
    csv = row().replace("extended|", "extended,outcome|") + ",rejected"
    assert "A source has it as Not adopted; by the rules it comes to Adopted." in said(ruled(TEXT, csv))
