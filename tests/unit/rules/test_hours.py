"""Votes in writing: how long they are open, a quorum that is reached late, ballots that come too late."""

import pytest

from chancery.rules.asides import left_out
from tests.ruled import MAJORITY, decision, members, outcome, ruled, rules, said

FIVE = members("a", "b", "c", "d", "e")
ORDINARY = decision(MAJORITY)
QUORUM = 'type = "quorum", at_least = 3'
OPENED, DEADLINE = "2026-03-01T12:00:00Z", "2026-03-03T12:00:00Z"
HEAD = "vote,party,choice,at,manner,opened,deadline|"


def written(**more: str) -> str:
    return 'type = "written_procedure"' + "".join(f", {name} = {value}" for name, value in more.items())


def ballots(*rows: str, manner: str = "written") -> str:
    """Ballots as `party choice day hour`."""
    found = []
    for row in rows:
        party, choice, *when = row.split()
        at = f"2026-03-{when[0]}T{when[1]}:00:00Z" if when else ""
        found.append(f"v,org:{party},{choice},{at},{manner},{OPENED},{DEADLINE}")
    return HEAD + "|".join(found)


def test_a_ballot_that_came_in_time_counts_and_a_late_one_does_not() -> None:
    text = rules(FIVE, ORDINARY, written())
    ruling = ruled(text, ballots("a yes 02 08", "b no 03 12", "c yes 03 13", "d yes 04 09"))
    assert (ruling.outcome, ruling.count.yes, ruling.count.no, ruling.late) == ("rejected", 1, 1, ("org:c", "org:d"))
    assert "org:c, org:d answered after the deadline, which does not count." in said(ruling)
    whys = {each.party: each.why for each in left_out(ruling)}
    assert whys == {"org:c": "late", "org:d": "late", "org:e": "no_ballot"}


def test_it_is_open_until_its_deadline_has_passed() -> None:
    text = rules(FIVE, ORDINARY, written())
    ruling = ruled(text, ballots("a yes 02 08"), today="2026-03-03")
    assert ruling.outcome == "undecided"
    assert f"It is still open, until {DEADLINE}." in said(ruling)
    assert outcome(text, ballots("a yes 02 08"), today="2026-03-04") == "adopted"


@pytest.mark.parametrize(("hours", "short"), [(48, False), (49, True)])
def test_too_short_a_time_is_a_contradiction(hours: int, *, short: bool) -> None:
    ruling = ruled(rules(FIVE, ORDINARY, written(minimum_hours=str(hours))), ballots("a yes 02 08"))
    assert (f"shorter time than the {hours} hours that the rules ask" in said(ruling)) is short


def test_without_a_rule_on_it_a_vote_in_writing_stays_open() -> None:
    ruling = ruled(rules(FIVE, ORDINARY), ballots("a yes 02 08"))
    assert ruling.outcome == "undecided"
    assert "The rules are silent on whether it may be voted on in writing." in said(ruling)


LATE = rules(FIVE, ORDINARY, QUORUM, written(late_quorum_hours="24"))


def test_a_quorum_reached_late_keeps_it_open_as_long_again() -> None:
    ruling = ruled(LATE, ballots("a yes 01 13", "b yes 02 08", "c no 03 11", "d no 04 10", "e no 04 13"))
    assert (ruling.outcome, ruling.count.no, ruling.late) == ("rejected", 2, ("org:e",))
    assert (
        "The quorum was reached late, at 2026-03-03T11:00:00Z, so it stayed open until 2026-03-04T12:00:00Z."
        in said(ruling)
    )
    assert outcome(LATE, ballots("a yes 01 13", "b yes 02 08", "c no 03 11"), today="2026-03-04") == "undecided"


def test_one_reached_early_or_never_does_not() -> None:
    early = ruled(LATE, ballots("a yes 01 13", "b yes 02 08", "c yes 02 12", "d no 04 10", "e no 04 11"))
    assert (early.outcome, early.late) == ("adopted", ("org:d", "org:e"))
    never = ruled(LATE, ballots("a yes 01 13", "b yes 02 08", "d no 03 13"))
    assert (never.outcome, never.late) == ("no_quorum", ("org:d",))
    assert outcome(LATE, ballots("a yes", "b yes", "c yes", "d no 03 11")) == "adopted"
    assert (
        outcome(rules(FIVE, ORDINARY, written(late_quorum_hours="24")), ballots("a yes 03 11", "b no 04 11"))
        == "adopted"
    )
    assert outcome(LATE, ballots("a yes", "b yes", "c yes")) == "adopted"


def test_an_extension_that_is_told_stands_before_one_that_is_reckoned() -> None:
    csv = ballots("a yes 01 13", "b yes 02 08", "c no 03 11", "d no 04 10")
    told = csv.replace("deadline|", "deadline,extended|").replace(DEADLINE, f"{DEADLINE},2026-03-04T00:00:00Z")
    ruling = ruled(LATE, told)
    assert (ruling.outcome, ruling.late, ruling.contradictions) == ("adopted", ("org:d",), ())


def test_a_tally_in_writing_is_held_to_its_hours_too() -> None:
    row = f"vote,yes,no,abstain,manner,opened,deadline|v,3,1,0,written,{OPENED},{DEADLINE}"
    text = rules(FIVE, ORDINARY, QUORUM, written(minimum_hours="72", late_quorum_hours="24"))
    ruling = ruled(text, row)
    assert ruling.outcome == "adopted"
    assert "shorter time than the 72 hours" in said(ruling)


def test_at_the_end_of_the_calendar_there_is_no_later_deadline() -> None:
    csv = ballots("a yes 01 13", "b yes 02 08", "c yes 03 11").replace(DEADLINE, "9999-12-31T23:00:00Z")
    late = csv.replace("2026-03-03T11:00:00Z", "9999-12-31T22:00:00Z")
    assert "until 9999-12-31T23:59:59Z" in said(ruled(LATE, late))


def test_who_is_recused_stays_as_the_rules_have_it() -> None:
    text = rules(FIVE, ORDINARY, 'type = "quorum", at_least = 2', written(), 'type = "franchise", recused = "present"')
    assert outcome(text, ballots("a yes 02 08", "b recused 02 09", "c yes 04 01")) == "adopted"
