"""Whom each rule counts, whom it names beside the count, and whom it leaves out."""

import pytest

from chancery.acts import Act
from chancery.register import Step
from chancery.rules.counts import RULES, Counted, count, inviting, stepped
from tests.made import BODY, act, read, record

RULE = {rule.name: rule for rule in RULES}
MEETING: dict[str, object] = {"meeting": "meeting:m", "body": BODY}


def counted(rule: str, *acts: Act) -> Counted:
    register = read(record(*acts))
    stacks = {party: stepped(stack) for party, body, stack in register.stacks() if body == BODY}
    return count(RULE[rule], stacks, inviting(register.facts()))


def of(party: str, kind: str, src: str = "press", /, **fields: object) -> Act:
    return act(kind, src, **{"party": f"state:{party}", "effective": "2026-01-22", **fields})


@pytest.mark.parametrize(
    ("rule", "kind", "fields"),
    [
        ("invited", "invitation.issued", {}),
        ("invited", "invitation.received", {}),
        ("invited", "invitation.considered", {}),
        ("invited", "clarification.sought", {}),
        ("invited", "invitation.declined", {}),
        ("invited", "invitation.rescinded", {}),
        ("invited", "invitation.accepted", {}),
        ("invited", "invitation.unanswered", {}),
        ("accepted", "invitation.accepted", {}),
        ("signed", "membership.signed", {}),
        ("listed", "membership.listed", {"by": "state:us"}),
        ("ratified", "membership.ratified", {}),
        ("ratified", "membership.deposited", {}),
        ("attended_as_member", "attendance.recorded", {"capacity": "member", **MEETING}),
        ("attended_as_observer", "attendance.recorded", {"capacity": "observer", **MEETING}),
        ("declined", "invitation.declined", {}),
        ("rescinded", "invitation.rescinded", {}),
        ("unanswered", "invitation.unanswered", {}),
    ],
)
def test_a_rule_counts_the_facts_it_names(rule: str, kind: str, fields: dict[str, object]) -> None:
    assert counted(rule, of("be", kind, **fields)).parties == ("state:be",)


@pytest.mark.parametrize(
    ("rule", "kind", "fields"),
    [
        ("invited", "invitation.denied", {}),
        ("invited", "invitation.issued", {"to": "meeting", "meeting": "meeting:m"}),
        ("invited", "membership.listed", {"by": "state:us"}),
        ("accepted", "invitation.accepted", {"extent": "in_principle"}),
        ("accepted", "invitation.accepted", {"to": "observer"}),
        ("accepted", "position.taken", {"stance": "ready"}),
        ("signed", "membership.listed", {"by": "state:us"}),
        ("listed", "membership.signed", {}),
        ("attended_as_member", "attendance.recorded", {"capacity": "present", **MEETING}),
        ("attended_as_observer", "attendance.recorded", {"capacity": "absent", **MEETING}),
        ("declined", "invitation.declined", {"extent": "unlikely"}),
    ],
)
def test_a_rule_counts_nothing_else(rule: str, kind: str, fields: dict[str, object]) -> None:
    assert counted(rule, of("be", kind, **fields)).parties == ()


def test_a_party_is_counted_once() -> None:
    acts = (of("be", "invitation.issued"), of("be", "invitation.received"), of("be", "invitation.considered"))
    found = counted("invited", *acts)
    assert found.parties == ("state:be",)
    assert len(found.facts) == 3


def test_what_came_after_takes_nothing_from_a_count() -> None:
    acts = (of("be", "invitation.declined"), of("be", "invitation.accepted", effective="2026-02-01"))
    assert counted("declined", *acts).parties == ("state:be",)


def test_parties_are_told_in_the_order_of_their_refs() -> None:
    acts = (of("it", "membership.signed"), of("be", "membership.signed"))
    assert counted("signed", *acts).parties == ("state:be", "state:it")


def test_the_inviting_side_stands_beside_the_count() -> None:
    acts = (
        of("be", "invitation.issued", by="state:us"),
        of("us", "membership.signed"),
        of("be", "membership.signed"),
    )
    found = counted("signed", *acts)
    assert found.parties == ("state:be",)
    assert found.besides == ("state:us",)


def test_whoever_invites_to_a_meeting_is_counted_as_others() -> None:
    acts = (
        of("be", "invitation.issued", by="state:qa", to="meeting", meeting="meeting:m"),
        of("qa", "membership.signed"),
    )
    assert counted("signed", *acts).parties == ("state:qa",)


def test_a_garbled_page_makes_nobody_the_inviting_side() -> None:
    acts = (of("be", "invitation.issued", "garbled", by="state:qa"), of("qa", "membership.signed"))
    assert counted("signed", *acts).parties == ("state:qa",)


def test_an_invitation_that_is_denied_makes_nobody_the_inviting_side() -> None:
    acts = (
        of("be", "invitation.issued", by="state:qa"),
        of("be", "invitation.denied"),
        of("qa", "membership.signed"),
    )
    assert counted("signed", *acts).parties == ("state:qa",)


@pytest.mark.parametrize("rule", RULE)
def test_what_is_only_shown_is_in_no_count_though_the_party_should_have_said_it(rule: str) -> None:
    acts = (
        of("be", "invitation.issued", "garbled", speaker="state:be"),
        of("be", "invitation.accepted", "garbled", speaker="state:be"),
        of("be", "invitation.declined", "garbled", speaker="state:be"),
        of("be", "invitation.rescinded", "garbled", speaker="state:be"),
        of("be", "invitation.unanswered", "garbled", speaker="state:be"),
        of("be", "membership.signed", "unreliable", speaker="state:be"),
        of("be", "membership.ratified", "unreliable", speaker="state:be"),
        of("be", "membership.listed", "garbled", by="state:be", speaker="state:be"),
        of("be", "attendance.recorded", "garbled", capacity="member", speaker="state:be", **MEETING),
        of("be", "attendance.recorded", "garbled", capacity="observer", body=BODY, meeting="meeting:n"),
    )
    found = counted(rule, *acts)
    assert (found.parties, found.besides, found.denied) == ((), (), ())
    assert found.facts != ()


def test_whoever_denies_being_listed_is_named_and_not_counted() -> None:
    acts = (of("be", "membership.listed", by="state:us"), of("be", "membership.denied", speaker="state:be"))
    found = counted("listed", *acts)
    assert found.parties == ()
    assert found.denied == ("state:be",)


def test_one_claim_that_nobody_denies_is_enough() -> None:
    acts = (
        of("be", "membership.listed", by="state:us", id="a"),
        of("be", "membership.listed", by="state:qa"),
        act("statement.denied", denies="a", by="state:be", effective="2026-01-23"),
    )
    found = counted("listed", *acts)
    assert found.parties == ("state:be",)
    assert found.denied == ()


def test_a_denied_claim_that_is_only_shown_is_named_too() -> None:
    acts = (of("be", "membership.listed", "garbled", by="state:us"), of("be", "membership.denied", speaker="state:be"))
    found = counted("listed", *acts)
    assert (found.parties, found.denied) == ((), ("state:be",))


def test_every_rule_says_in_words_what_it_counts_and_counts_some_step() -> None:
    for rule in RULES:
        assert str(rule.words)
        assert rule.steps
        assert rule.steps <= set(Step)
