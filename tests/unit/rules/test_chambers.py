"""What the votes on record come to: told by name, by tally, both ways, against each other, under whose approval."""

import pytest

from chancery.acts import Act
from chancery.languages import Reader
from chancery.ledger import Ledger
from chancery.register import Reading
from chancery.rules.chambers import Chamber, ruling_on
from chancery.rules.deciding import decide
from chancery.values import FUTURE, Weight
from tests.made import BODY, act, day, record, ref
from tests.unit.rules.chamber import (
    BY_DEPOSIT,
    FIVE,
    MAJORITY,
    MEETING,
    ON,
    attended,
    ballots,
    counted,
    decision,
    members,
    one,
    register,
    ruled,
    rules,
    said,
)
from tests.unit.rules.test_charter import provision

THREE_TO_TWO = {"be": "yes", "de": "yes", "fr": "yes", "nl": "no", "se": "no"}
QUORUM: dict[str, object] = {"type": "quorum", "more_than": "1/2", "of": "members"}
CHAIR = "office:chair"
CASTING: dict[str, object] = {"type": "casting_vote", "by": CHAIR}
APPROVAL: dict[str, object] = {"type": "approval", "by": CHAIR, "within_days": 10}
HELD = act("office.held", person="person:a", office=CHAIR, effective="2026-01-01")


def test_votes_by_name_are_counted_under_the_rules_of_their_day() -> None:
    found = one(rules(), members(), ballots(THREE_TO_TWO), decision())
    assert (found.ruling.outcome, found.recorded) == ("adopted", "adopted")
    assert found.ruling.contradictions == found.ruling.unknown == ()


def test_a_ruling_is_that_of_decide_on_the_same_vote() -> None:
    made = register(rules(QUORUM), members(), ballots(THREE_TO_TWO))
    chamber = Chamber(made, ref(BODY))
    (found,) = [each for business in chamber.business() for each in chamber.rulings(business)]
    again = decide(found.ruling.vote, chamber.rulebook, today=made.reading.on)
    assert (again.outcome, again.tests, again.quorum) == (
        found.ruling.outcome,
        found.ruling.tests,
        found.ruling.quorum,
    )


def test_an_outcome_on_record_that_the_rules_do_not_give_is_a_contradiction() -> None:
    found = one(rules(), members(), ballots({**THREE_TO_TWO, "fr": "no"}), decision())
    assert found.ruling.outcome == "rejected"
    assert "on record as Adopted; by the rules it comes to: Not adopted" in said(found)


def test_adopted_and_not_adopted_are_both_on_record() -> None:
    found = one(rules(), members(), ballots(THREE_TO_TWO), decision(), decision("decision.rejected"))
    assert found.recorded == "both"
    assert "both as adopted and as not adopted" in said(found)


def test_names_that_are_fewer_than_the_tally_are_names_for_it() -> None:
    found = one(rules(), members(), ballots({"nl": "no"}), counted(yes=3, no=2, abstain=0))
    assert (found.ruling.count.yes, found.ruling.outcome) == (3, "adopted")
    assert found.ruling.vote.against_by == (ref("state:nl"),)


def test_names_and_a_tally_that_agree_are_one_telling() -> None:
    found = one(rules(), members(), ballots(THREE_TO_TWO), counted(yes=3, no=2))
    assert found.ruling.vote.ballots is not None
    assert (found.told.others, found.ruling.contradictions) == ((), ())


def test_names_and_a_tally_that_lead_elsewhere_leave_it_open() -> None:
    found = one(rules(), members(), ballots(THREE_TO_TWO), counted(yes=2, no=3))
    assert found.ruling.outcome == "undecided"
    assert "the tally has it otherwise: 2 for, 3 against" in said(found)
    assert "By the tally it would come to: Not adopted" in said(found)


def test_names_and_a_tally_that_differ_and_lead_to_the_same_are_pointed_out() -> None:
    found = one(rules(), members(), ballots(THREE_TO_TWO), counted(yes=4, no=1))
    assert found.ruling.outcome == "adopted"
    assert "the tally has it otherwise" in said(found)


def test_accounts_of_a_tally_are_shown_beside_each_other() -> None:
    found = one(rules(), members(), counted("official", yes=3, no=2, abstain=0), counted(yes=4, no=1))
    assert found.ruling.outcome == "adopted"
    assert "Another tally, by the account in" in said(found)
    open_ = one(rules(), members(), counted("official", yes=3, no=2, abstain=0), counted(yes=2, no=3))
    assert open_.ruling.outcome == "undecided"


def test_a_tally_that_was_called_unanimous_and_was_not() -> None:
    found = one(rules(), members(), counted("official", yes=3, no=2), counted(unanimous=True))
    assert "called unanimous, though 3 for, 2 against is told" in said(found)
    assert one(rules(), members(), counted(unanimous=True)).ruling.outcome == "undecided"
    without_yes = one(rules(), members(), counted("official", no=1, abstain=2), counted(unanimous=True))
    assert "called unanimous, though 1 against, 2 abstaining is told" in said(without_yes)


def test_a_vote_that_is_denied_is_not_counted_and_that_is_said() -> None:
    cast = ballots(THREE_TO_TWO)
    found = one(
        rules(), members(), cast, act("statement.denied", denies=cast[0].id, by="state:be", effective="2026-02-11")
    )
    assert found.ruling.outcome == "rejected"
    assert f"Denied, and not counted: {cast[0].id}" in said(found)


def test_a_vote_of_which_only_a_garbled_page_tells_is_not_counted() -> None:
    vote = act("vote.cast", "garbled", motion="motion:m", party="state:se", choice="yes", **ON)
    found = one(rules(), members(), ballots({"be": "yes"}), vote)
    assert (found.ruling.count.yes, f"Shown, and not counted: {vote.id}" in said(found)) == (1, True)


# --- Presence ---------------------------------------------------------------------------------------------------------


def test_who_was_there_and_did_not_vote_counts_for_the_quorum() -> None:
    votes = ballots({"be": "yes", "de": "yes"}, meeting=MEETING)
    assert one(rules(QUORUM), members(), votes).ruling.outcome == "no_quorum"
    there = attended({"be": "member", "de": "member", "fr": "host", "nl": "absent"})
    assert one(rules(QUORUM), members(), votes, there).ruling.outcome == "adopted"


def test_who_came_after_the_vote_was_not_there() -> None:
    votes = ballots({"be": "yes", "de": "yes"}, meeting=MEETING, at="2026-02-10T10:00:00Z")
    late = attended({"fr": "member"}, arrived="2026-02-10T10:30:00Z")
    gone = attended({"nl": "member"}, left="2026-02-10T09:30:00Z")
    assert one(rules(QUORUM), members(), votes, late, gone).ruling.outcome == "no_quorum"


def test_votes_of_the_absent_the_late_and_the_gone_are_contradictions() -> None:
    votes = ballots(THREE_TO_TWO, meeting=MEETING, at="2026-02-10T10:00:00Z")
    there = [
        *attended({"be": "absent"}),
        *attended({"de": "member"}, arrived="2026-02-10T11:00:00Z"),
        *attended({"fr": "member"}, left="2026-02-10T09:00:00Z"),
        *attended({"nl": "member"}),
    ]
    found = one(rules(), members(), votes, there)
    assert "state:be voted, and is on record as absent" in said(found)
    assert "state:de voted before it arrived" in said(found)
    assert "state:fr voted after it left" in said(found)
    assert found.ruling.outcome == "undecided", "without those votes it would be rejected"


def test_a_proxy_is_there_through_its_holder() -> None:
    votes = [*ballots(THREE_TO_TWO, meeting=MEETING)[1:]]
    votes.append(act("vote.cast", motion="motion:m", party="state:de", proxy_for="state:be", choice="yes", **ON))
    franchise: dict[str, object] = {"type": "franchise", "proxies": 1}
    there = attended({"be": "absent", "de": "member"})
    found = one(rules(franchise), members(), votes, there)
    assert (found.ruling.outcome, found.ruling.contradictions) == ("adopted", ())


def test_a_tally_knows_how_many_were_there_only_from_a_whole_attendance() -> None:
    tally = counted(yes=2, no=0, abstain=0, meeting=MEETING)
    partly = attended({"be": "member", "de": "member"})
    assert one(rules(QUORUM), members(), tally, partly).ruling.outcome == "undecided"
    whole = attended({**dict.fromkeys(FIVE, "absent"), "be": "member", "de": "member"})
    assert one(rules(QUORUM), members(), tally, whole).ruling.outcome == "no_quorum"


def test_fewer_told_present_than_are_named() -> None:
    found = one(
        rules(),
        members(),
        counted(yes=1, no=0, abstain=0, present=1, meeting=MEETING),
        attended({"be": "member", "de": "host"}),
    )
    assert "1 are told to have been present; voters on record as there: 2" in said(found)


def test_the_vote_of_one_without_a_seat_is_pointed_out() -> None:
    found = one(rules(), members("be", "de"), ballots({"be": "yes", "de": "no", "fr": "yes"}))
    assert found.ruling.outcome == "undecided"
    assert "state:fr is no party that the rules know" in said(found)
    assert "By the votes that nothing contradicts it would come to: Not adopted" in said(found)


# --- The chair, approval, vetoes --------------------------------------------------------------------------------------

TIE = {"be": "yes", "de": "no"}


@pytest.mark.parametrize(
    ("by", "outcome"), [("person:a", "adopted"), (CHAIR, "adopted"), ("person:b", "tie"), ("state:fr", "tie")]
)
def test_a_casting_vote_counts_by_whoever_holds_the_office(by: str, outcome: str) -> None:
    casting = act("vote.cast", motion="motion:m", party=by, choice="yes", casting=True, **ON)
    found = one(rules(CASTING), members(), ballots(TIE), HELD, casting)
    assert found.ruling.outcome == outcome
    assert ("by the rules office:chair has it" in said(found)) == (outcome == "tie")


def test_a_casting_vote_that_is_an_abstention_breaks_nothing() -> None:
    casting = act("vote.cast", motion="motion:m", party=CHAIR, choice="abstain", casting=True, **ON)
    assert one(rules(CASTING), members(), ballots(TIE), casting).ruling.outcome == "tie"


def test_a_casting_vote_where_no_rule_gives_one() -> None:
    casting = act("vote.cast", motion="motion:m", party=CHAIR, choice="yes", casting=True, **ON)
    assert one(rules(), members(), ballots(TIE), casting).ruling.outcome == "rejected"


@pytest.mark.parametrize(
    ("kind", "by", "on", "outcome", "words"),
    [
        ("decision.approved", "person:a", "2026-02-12", "adopted", "approved it"),
        ("approval.refused", "person:a", "2026-02-12", "rejected", "refused to approve"),
        ("decision.approved", "person:b", "2026-02-12", "awaiting_approval", "person:b answered; the rules ask"),
        ("decision.approved", "person:a", "2026-02-25", "awaiting_approval", "after the limit"),
    ],
)
def test_an_approval_counts_by_whoever_gives_it_while_it_may_be_given(
    kind: str, by: str, on: str, outcome: str, words: str
) -> None:
    answer = act(kind, decision="decision:d", motion="motion:m", body=BODY, by=by, effective=on)
    found = one(rules(APPROVAL), members(), ballots(THREE_TO_TWO), HELD, answer)
    assert found.ruling.outcome == outcome
    assert words in said(found)


def test_an_approval_waits_until_it_is_given() -> None:
    given = act(
        "decision.approved", decision="decision:d", motion="motion:m", body=BODY, by=CHAIR, effective="2026-02-12"
    )
    acts = (rules(APPROVAL), members(), ballots(THREE_TO_TWO), decision(), given)
    assert [one(*acts, on=on).ruling.outcome for on in ("2026-02-11", "2026-02-12")] == ["awaiting_approval", "adopted"]


def test_a_veto_is_that_of_the_office_which_its_maker_holds() -> None:
    veto: dict[str, object] = {"type": "veto", "by": [CHAIR], "absence": "no_veto", "abstention": "no_veto"}
    made = (rules(veto), members(), ballots(THREE_TO_TWO), HELD)
    assert one(*made, decision("decision.vetoed", by="person:a")).ruling.outcome == "vetoed"
    assert one(*made, decision("decision.vetoed", by="person:b")).ruling.outcome == "adopted"


# --- Without a vote ---------------------------------------------------------------------------------------------------

ALONE: dict[str, object] = {"type": "decision", "name": "alone", "by": CHAIR}


def test_a_decision_that_the_chair_takes_alone() -> None:
    taken = act("decision.adopted", decision="decision:d", matter="alone", manner="chair", by="person:a", **ON)
    found = one(rules(ALONE), members(), HELD, taken)
    assert (found.ruling.outcome, found.ruling.unknown) == ("adopted", ())
    other = act("decision.adopted", decision="decision:d", matter="alone", manner="chair", by="person:b", **ON)
    assert "it is for office:chair" in said(one(rules(ALONE), members(), HELD, other))


def test_a_decision_taken_alone_of_a_kind_that_is_voted_on() -> None:
    taken = act("decision.adopted", decision="decision:d", manner="chair", **ON)
    assert "told as taken alone; 2 asks for a vote" in said(one(rules(ALONE), members(), taken))


def test_a_decision_of_which_no_vote_is_told_stays_open() -> None:
    found = one(rules(), members(), act("decision.adopted", decision="decision:d", **ON))
    assert (found.ruling.outcome, found.recorded) == ("undecided", "adopted")


def test_where_no_rule_is_on_record_the_charter_is_silent() -> None:
    found = one(members(), ballots(THREE_TO_TWO), decision())
    assert (found.ruling.outcome, found.ruling.rule) == ("undecided", None)
    assert "The charter is silent" in said(found)


# --- Silence ----------------------------------------------------------------------------------------------------------

SILENCE: dict[str, object] = {"type": "silence", "minimum_hours": 24}
OPENED = act("silence.opened", motion="motion:m", deadline="2026-02-12T12:00:00Z", at="2026-02-10T12:00:00Z", **ON)


def objection(by: str, on: str, **fields: object) -> list[Act]:
    return [act("silence.broken", motion="motion:m", body=BODY, by=by, effective=on, **fields)]


@pytest.mark.parametrize(
    ("made", "outcome", "words"),
    [
        ([], "adopted", "Silence was kept"),
        (objection("state:be", "2026-02-11"), "rejected", "Silence was broken by state:be"),
        (objection("state:be", "2026-02-12"), "undecided", "at an hour that is not told"),
        (objection("state:be", "2026-02-12", at="2026-02-12T12:00:01Z"), "adopted", "after the deadline"),
        (objection("state:be", "2026-02-12", at="2026-02-12T12:00:00Z"), "rejected", "Silence was broken by"),
        (objection("state:be", "2026-02-13"), "adopted", "to no effect"),
    ],
)
def test_silence_is_kept_or_broken_in_time(made: list[Act], outcome: str, words: str) -> None:
    found = one(rules(SILENCE), members(), OPENED, made)
    assert found.ruling.outcome == outcome
    assert words in said(found)


def test_a_silence_that_is_extended_is_kept_to_the_later_hour() -> None:
    longer = act(
        "silence.extended", motion="motion:m", body=BODY, deadline="2026-02-14T12:00:00Z", effective="2026-02-12"
    )
    found = one(
        rules({**SILENCE, "extension_hours": 48}), members(), OPENED, longer, objection("state:be", "2026-02-13")
    )
    assert (found.ruling.outcome, found.ruling.contradictions) == ("rejected", ())
    assert "extended" in said(one(rules(SILENCE), members(), OPENED, longer))


def test_a_vote_by_letter_counts_what_came_in_time() -> None:
    opened = act("vote.opened", motion="motion:m", at="2026-02-10T09:00:00Z", deadline="2026-02-11T09:00:00Z", **ON)
    letters = [
        *ballots({"be": "yes", "de": "no"}, at="2026-02-10T12:00:00Z"),
        *ballots({"fr": "no"}, at="2026-02-11T12:00:00Z", effective="2026-02-11"),
        *ballots({"nl": "yes"}, at="2026-02-10T13:00:00Z"),
    ]
    found = one(rules({"type": "written_procedure"}), members(), opened, letters)
    assert (found.ruling.vote.manner, found.ruling.count.no, found.ruling.outcome) == ("written", 1, "adopted")
    longer = act("vote.extended", motion="motion:m", body=BODY, deadline="2026-02-12T09:00:00Z", effective="2026-02-11")
    assert one(rules({"type": "written_procedure"}), members(), opened, longer, letters).ruling.count.no == 2


def test_what_the_chair_announced_is_the_outcome_on_record() -> None:
    announced = act("silence.concluded", motion="motion:m", outcome="broken", body=BODY, effective="2026-02-13")
    found = one(rules(SILENCE), members(), OPENED, announced)
    assert (found.ruling.outcome, found.recorded) == ("adopted", "rejected")
    assert "on record as Not adopted" in said(found)


def test_silence_that_was_broken_and_then_voted_on_is_ruled_on_twice() -> None:
    made = (rules(SILENCE), members(), OPENED, objection("state:be", "2026-02-11"))
    vote = ballots(THREE_TO_TWO, effective="2026-02-20")
    found = ruled(*made, vote, decision(effective="2026-02-20"))
    assert [(each.ruling.outcome, each.recorded) for each in found] == [("rejected", None), ("adopted", "adopted")]


# --- Calls, amendments ------------------------------------------------------------------------------------------------


def test_a_motion_put_again_is_ruled_on_under_the_lower_bar() -> None:
    quorum: dict[str, object] = {**QUORUM, "failing": "second_call", "at_second_call": "1/5"}
    votes = [*ballots({"be": "yes"}), *ballots({"be": "yes"}, call=2)]
    found = ruled(rules(quorum), members(), votes, decision())
    assert [each.ruling.outcome for each in found] == ["no_quorum", "adopted"]
    assert [each.ruling.vote.id for each in found] == ["motion:m", "motion:m (2)"]
    assert [each.recorded for each in found] == [None, "adopted"]


STRICT: dict[str, object] = {
    "type": "decision",
    "name": "ordinary",
    "ordinary": True,
    "requires": [{"type": "threshold", "at_least": "4/5", "of": "members"}],
}


def test_a_decision_is_ruled_on_by_what_was_in_force_before() -> None:
    made = register(
        provision("1", BY_DEPOSIT),
        provision("2", STRICT, until="2026-02-09"),
        provision("3", MAJORITY, effective="2026-02-10"),
        members(),
        ballots(THREE_TO_TWO),
        decision(),
    )
    outcomes = {}
    for under in ("2026-02-10", "2026-02-09"):
        found = ruling_on(made, ref("decision:d"), day(under))
        assert found is not None
        outcomes[under] = found.ruling.outcome
    assert outcomes == {"2026-02-10": "adopted", "2026-02-09": "rejected"}
    assert ruling_on(made, ref("decision:none"), day("2026-02-10")) is None


def test_a_decision_of_which_only_a_dissent_is_told_has_no_ruling() -> None:
    dissent = act("declaration.made", party="state:be", nature="dissent", decision="decision:d", **ON)
    assert ruling_on(register(rules(), dissent), ref("decision:d"), day("2026-02-10")) is None


def test_a_declaration_on_a_meeting_alone_is_no_business() -> None:
    assert ruled(rules(), act("declaration.made", party="state:be", meeting=MEETING, **ON)) == []


def test_a_vote_of_an_unknown_day_is_of_the_day_of_its_decision() -> None:
    votes = ballots(THREE_TO_TWO, effective="../2026-02-10")
    assert one(rules(), members(), votes, decision()).ruling.vote.day == day("2026-02-10")
    unknown = counted(yes=3, no=2, effective="2026-02-10/..")
    assert ruled(rules(), members(), unknown) == [], "that it took effect by the day of the reading is not certain"
    whole = Ledger(record(*rules(), *members(), unknown, decision())).as_of(Reading(on=FUTURE))
    found = ruling_on(whole, ref("decision:d"), FUTURE)
    assert found is not None
    assert found.ruling.vote.day == day("2026-02-10")


def test_two_holders_of_one_office_are_looked_up_once() -> None:
    veto: dict[str, object] = {
        "type": "veto",
        "by": [CHAIR, "office:other"],
        "absence": "no_veto",
        "abstention": "no_veto",
    }
    made = (rules(veto, APPROVAL), members(), ballots(THREE_TO_TWO), HELD)
    answer = act(
        "decision.approved", decision="decision:d", motion="motion:m", body=BODY, by="person:a", effective="2026-02-10"
    )
    found = one(*made, decision("decision.vetoed", by="person:a"), answer)
    assert (found.ruling.outcome, found.ruling.blocked_by) == ("vetoed", (ref(CHAIR),))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"decision": "decision:d"}, None),
        ({"decision": "decision:none"}, "amendment-not-on-record"),
        ({}, None),
    ],
)
def test_an_amendment_names_what_adopted_it(fields: dict[str, object], code: str | None) -> None:
    amended = act("instrument.amended", instrument="instrument:charter", effective="2026-03-01", **fields)
    votes = record(*rules(), *members(), *ballots(THREE_TO_TWO), decision(), amended)
    assert [each.code for each in Ledger(votes).breaches()] == ([] if code is None else [code])


def test_an_amendment_by_too_few_votes_is_a_breach_and_is_recorded() -> None:
    amended = act("instrument.amended", instrument="instrument:charter", effective="2026-03-01", decision="decision:d")
    votes = record(*rules(), *members(), *ballots({**THREE_TO_TWO, "fr": "no"}), decision(), amended)
    (breach,) = Ledger(votes).breaches()
    assert (breach.code, breach.weight, breach.entry) == ("amendment-not-adopted", Weight.BREACH, amended.id)
    assert "comes to: Not adopted" in str(breach.phrase)


def test_a_seat_that_is_open_on_the_day_is_said_to_be() -> None:
    maybe = act("membership.deposited", party="state:it", effective="2026-02")
    found = one(rules(QUORUM), members(), maybe, ballots(THREE_TO_TWO))
    assert found.ruling.outcome == "undecided"
    assert "Whether state:it had a seat on that day is open" in said(found)


def test_a_fault_of_a_vote_on_record_speaks_of_its_parties_by_name() -> None:
    apart = act("membership.suspended", party="state:se", effective="2026-01-26")
    found = one(rules(), members(), apart, ballots(THREE_TO_TWO))
    fault = next(each for each in found.ruling.contradictions if "sits as suspended" in str(each))
    assert str(fault) == "state:se sits as suspended and has no vote."
    assert Reader("ar").name("state:se") in Reader("ar").say(fault)
    assert "suspended" not in Reader("ar").say(fault)


def test_parties_that_are_more_than_the_seats_left_are_spoken_of_by_name() -> None:
    seats = provision("9", {"type": "members", "parties": ["state:be", "state:de"], "others": 1})
    found = one(rules(), seats, ballots(THREE_TO_TWO))
    fault = next(each for each in found.ruling.contradictions if "no seat that is known" in str(each))
    assert Reader("ar").name("state:se") in Reader("ar").say(fault)
