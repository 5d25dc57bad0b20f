"""Standing: each step moves it, or does not, as the stack has it; nothing forbids a sequence that happened."""

import pytest

from chancery.register import Fact, Step
from chancery.rules.charter import InForce
from chancery.rules.provisions import Admission
from chancery.rules.standing import Ruling, standing
from tests.made import BODY, act, day, read, record, ref

ON = day("2026-12-31")


def ruling(*kinds: str, admission: InForce | None = None, on: str = "2026-12-31") -> Ruling:
    acts = [act(kind, effective=f"2026-01-{number:02}") for number, kind in enumerate(kinds, 1)]
    register = read(record(*acts), on)
    return standing(register.stack(ref("state:be"), ref(BODY)), day(on), admission)


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        (("invitation.issued",), "invited"),
        (("invitation.issued", "invitation.declined", "invitation.considered"), "invited"),
        (("invitation.accepted", "invitation.rescinded"), "rescinded"),
        (("invitation.declined", "invitation.accepted"), "accepted"),
        (("membership.signed", "invitation.declined"), "signatory"),
        (("membership.signed", "membership.suspended", "membership.resumed"), "signatory"),
        (("membership.resumed",), None),
        (("observer.admitted",), "observer"),
        (("invitation.issued", "observer.admitted", "observer.declined"), "invited"),
        (("observer.declined",), None),
        (("membership.signed", "membership.withdrawn"), "withdrawn"),
        (("membership.signed", "membership.removed", "membership.ratified"), "removed"),
        (("invitation.denied",), "not_invited"),
        (("membership.denied",), "denied"),
    ],
)
def test_a_stack_leads_to_a_standing(kinds: tuple[str, ...], found: str | None) -> None:
    assert ruling(*kinds).standing == found


def test_a_step_that_the_charter_names_makes_a_member_and_the_ruling_says_by_which_provision() -> None:
    provision = act(
        "provision.set",
        instrument="instrument:i",
        article="art. 1",
        matter="admission",
        body=BODY,
        evidence="text",
        words="w",
        rule={"type": "admission", "member_by": ["deposited"]},
    )
    admission = InForce(Admission((Step.DEPOSITED,)), Fact(provision))
    assert ruling("membership.signed", admission=admission).standing == "signatory"
    found = ruling("membership.signed", "membership.deposited", admission=admission)
    assert (found.standing, found.provision) == ("member", admission)
    assert ruling("membership.removed", "membership.deposited", admission=admission).standing == "removed"


def test_a_silent_charter_is_a_ruling_without_a_provision() -> None:
    assert ruling("membership.begun").provision is None


def test_listing_and_presence_give_no_standing() -> None:
    listed = act("membership.listed", by="org:x", effective="2026-01-01")
    present = act(
        "attendance.recorded",
        party="state:be",
        body=BODY,
        meeting="meeting:m",
        capacity="present",
        effective="2026-01-02",
    )
    stack = read(record(listed, present)).stack(ref("state:be"), ref(BODY))
    found = standing(stack, ON)
    assert found.standing is None
    assert found.since is None


def test_a_claim_that_is_only_denied_is_denied() -> None:
    listed = act("membership.listed", by="org:x", effective="2026-01-01")
    denied = act("statement.denied", denies=listed.id, by="state:be", effective="2026-01-02")
    stack = read(record(listed, denied)).stack(ref("state:be"), ref(BODY))
    assert standing(stack, ON).standing == "denied"


@pytest.mark.parametrize(("on", "found"), [("2026-01-31", "member"), ("2026-02-01", None)])
def test_a_seat_runs_out_after_the_day_that_was_stated_for_it(on: str, found: str | None) -> None:
    begun = act("membership.begun", effective="2026-01-01", until="2026-01-31")
    stack = read(record(begun), on).stack(ref("state:be"), ref(BODY))
    assert standing(stack, day(on)).standing == found


def test_a_seat_that_was_renewed_does_not_run_out_before_the_renewal_does() -> None:
    begun = act("membership.begun", effective="2026-01-01", until="2026-01-31")
    renewed = act("membership.renewed", effective="2026-01-31", until="2026-03-31")
    ledger = record(begun, renewed)
    stack = read(ledger).stack(ref("state:be"), ref(BODY))
    assert standing(stack, day("2026-03-31")).standing == "member"
    assert standing(stack, day("2026-04-01")).standing is None


def test_what_was_before_a_seat_that_ran_out_stays() -> None:
    signed = act("membership.signed", effective="2026-02-10")
    begun = act("membership.begun", effective="2026-01-01", until="2026-01-31")
    stack = read(record(signed, begun)).stack(ref("state:be"), ref(BODY))
    assert standing(stack, ON).standing == "signatory"


def test_what_was_said_before_an_answer_of_the_same_day_does_not_undo_it() -> None:
    accepted = act("invitation.accepted", effective="2026-01-21")
    considered = act("invitation.considered", effective="2026-01-21")
    stack = read(record(accepted, considered)).stack(ref("state:be"), ref(BODY))
    assert standing(stack, ON).standing == "accepted"
    declined = act("invitation.declined", effective="2026-01-21")
    stack = read(record(declined, considered)).stack(ref("state:be"), ref(BODY))
    assert standing(stack, ON).standing == "declined"


def test_a_position_on_a_meeting_is_no_step() -> None:
    position = act("position.taken", stance="ready", to="meeting", effective="2026-01-01")
    stack = read(record(position)).stack(ref("state:be"), ref(BODY))
    assert standing(stack, ON).standing is None
