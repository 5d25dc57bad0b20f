"""The roll of a day: by standing, by what the rules list, by who is named; and what is open of it."""

from chancery.acts import Act
from chancery.rules.chambers import Chamber
from chancery.rules.enrolling import Enrolled
from tests.made import BODY, act, day, ref
from tests.unit.rules.chamber import members, register, rules

LIST: dict[str, object] = {"type": "members", "parties": ["state:be", "state:de"], "group": "donors", "others": 2}


def roll(*acts: Act | list[Act], on: str = "2026-02-10") -> Enrolled:
    return Chamber(register(*acts), ref(BODY)).enrolled(day(on))


def sitting(found: Enrolled) -> dict[str, str]:
    return {str(party).removeprefix("state:"): status for party, status in found.roll.statuses.items()}


def test_standing_decides_who_sits_and_in_which_status() -> None:
    found = roll(
        rules(admission={"type": "admission", "member_by": ["deposited"], "provisional_by": ["signed"]}),
        members("be", "de", "fr"),
        act("membership.signed", party="state:nl", effective="2026-01-25"),
        act("membership.suspended", party="state:fr", effective="2026-02-01"),
        act("observer.admitted", party="state:se", effective="2026-02-01"),
        act("invitation.issued", party="state:it", effective="2026-02-01"),
        act("membership.withdrawn", party="state:de", effective="2026-02-01"),
    )
    assert sitting(found) == {"be": "member", "fr": "suspended", "nl": "provisional", "se": "observer"}
    assert found.roll.others == 0
    assert found.standings[ref("state:nl")].standing == "signatory"


def test_a_signature_makes_nothing_unless_the_charter_says_so() -> None:
    signed = act("membership.signed", party="state:nl", effective="2026-01-25")
    assert sitting(roll(rules(), signed)) == {}
    assert roll(rules(), signed).roll.others is None, "no member is known"


def test_the_roll_is_that_of_the_day() -> None:
    made = (rules(), members("be"), act("membership.deposited", party="state:de", effective="2026-02-10"))
    assert sitting(roll(*made, on="2026-02-09")) == {"be": "member"}
    assert sitting(roll(*made)) == {"be": "member", "de": "member"}


def test_a_member_on_record_takes_a_seat_that_the_rules_leave_unnamed() -> None:
    found = roll(rules(LIST), members("be", "fr"))
    assert sitting(found) == {"be": "member", "de": "member", "fr": "member"}
    assert found.roll.others == 1
    assert found.roll.groups == {"donors": {ref("state:be"), ref("state:de")}}
    assert roll(rules(LIST), members("be", "fr", "nl", "se", "it")).roll.others == 0


def test_who_withdrew_has_left_the_list_too() -> None:
    gone = act("membership.withdrawn", party="state:de", effective="2026-02-01")
    found = roll(rules(LIST), members("be", "de"), gone)
    assert sitting(found) == {"be": "member"}
    assert found.roll.groups == {"donors": {ref("state:be")}}


def test_a_list_that_is_open_leaves_the_number_open() -> None:
    assert roll(rules({**LIST, "open": True}), members("be", "fr")).roll.others is None


def test_sorts_of_seats_are_groups() -> None:
    begun = [
        act("membership.begun", party=f"state:{code}", seat=seat, effective="2026-01-25")
        for code, seat in (("be", "permanent"), ("de", "elected"), ("fr", "elected"))
    ]
    assert roll(rules(), begun).roll.groups == {
        "permanent": {ref("state:be")},
        "elected": {ref("state:de"), ref("state:fr")},
    }


def test_a_seat_on_another_body_or_of_who_has_left_is_of_no_group() -> None:
    begun = [
        act("membership.begun", party="state:be", seat="permanent", effective="2026-01-25"),
        act("membership.begun", party="state:be", body="body:other", seat="elected", effective="2026-01-25"),
        act("membership.begun", party="state:de", seat="elected", effective="2026-01-25"),
    ]
    gone = act("membership.withdrawn", party="state:de", effective="2026-02-01")
    assert roll(rules(), begun, gone).roll.groups == {"permanent": {ref("state:be")}}


def test_a_body_without_members_by_standing_is_of_those_named_to_it() -> None:
    named = [
        act("appointment.made", person="person:a", body=BODY, effective="2026-01-25"),
        act("appointment.made", person="person:b", body=BODY, office="office:chair", effective="2026-01-25"),
        act("appointment.made", person="person:c", body="body:other", effective="2026-01-25"),
    ]
    assert sitting(roll(rules(), named)) == {"person:a": "member"}
    assert sitting(roll(rules(), named, members("be"))) == {"be": "member"}


def test_a_membership_of_an_open_date_leaves_the_number_open() -> None:
    made = (rules(), members("be"), act("membership.deposited", party="state:de", effective="2026-02"))
    doubtful = roll(*made)
    assert doubtful.doubtful == {ref("state:de")}
    assert doubtful.roll.others is None
    assert roll(*made, on="2026-01-31").doubtful == frozenset()
    assert roll(*made, on="2026-02-28").doubtful == frozenset()


def test_an_open_date_that_changes_no_seat_leaves_nothing_open() -> None:
    made = (rules(), members("be"), act("membership.listed", party="state:de", by="org:x", effective="2026-02"))
    assert roll(*made).doubtful == frozenset()


def test_an_act_that_is_open_by_the_day_of_the_reading_counts_as_open() -> None:
    maybe = act("membership.withdrawn", party="state:be", effective="2026-02")
    chamber = Chamber(register(rules(), members("be", "de"), maybe, on="2026-02-10"), ref(BODY))
    assert chamber.enrolled(day("2026-02-10")).doubtful == {ref("state:be")}
