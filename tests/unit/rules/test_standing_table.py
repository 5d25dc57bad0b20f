"""Which stack of facts gives which standing. Each line is a stack, oldest first; its facts lie a day apart."""

from collections.abc import Sequence

import pytest

from chancery.acts import Act
from chancery.acts.charter import ProvisionSet
from chancery.register import Account, Fact, Step
from chancery.rules.charter import InForce, the_rule
from chancery.rules.provisions import Admission
from chancery.rules.standing import MOVES, REASONS, STANDINGS, Ruling, standing
from tests.made import BODY, act, day, read, record, ref

WORDS: dict[str, tuple[str, dict[str, object]]] = {
    "invited": ("invitation.issued", {"by": "state:us"}),
    "received": ("invitation.received", {}),
    "acknowledged": ("invitation.acknowledged", {}),
    "studies": ("invitation.considered", {}),
    "asks": ("clarification.sought", {}),
    "explained": ("clarification.given", {}),
    "welcomes": ("invitation.welcomed", {}),
    "ready": ("position.taken", {"stance": "ready"}),
    "reserved": ("position.taken", {"stance": "reserved"}),
    "in principle": ("invitation.accepted", {"extent": "in_principle"}),
    "accepts": ("invitation.accepted", {}),
    "to observe": ("invitation.accepted", {"to": "observer"}),
    "declines": ("invitation.declined", {}),
    "unlikely": ("invitation.declined", {"extent": "unlikely"}),
    "rescinded": ("invitation.rescinded", {}),
    "lapsed": ("invitation.lapsed", {}),
    "unanswered": ("invitation.unanswered", {}),
    "not invited": ("invitation.denied", {}),
    "to a meeting": ("invitation.issued", {"to": "meeting", "meeting": "meeting:m"}),
    "signs": ("membership.signed", {}),
    "ratifies": ("membership.ratified", {}),
    "deposits": ("membership.deposited", {}),
    "listed": ("membership.listed", {"by": "state:us"}),
    "denies": ("membership.denied", {"speaker": "state:be"}),
    "sits": ("membership.begun", {}),
    "renewed": ("membership.renewed", {}),
    "suspended": ("membership.suspended", {}),
    "resumed": ("membership.resumed", {}),
    "withdraws": ("membership.withdrawn", {}),
    "removed": ("membership.removed", {}),
    "observer": ("observer.admitted", {}),
    "no observer": ("observer.declined", {}),
    "attends": (
        "attendance.recorded",
        {"capacity": "member", "party": "state:be", "body": BODY, "meeting": "meeting:m"},
    ),
    "attends as observer": (
        "attendance.recorded",
        {"capacity": "observer", "party": "state:be", "body": BODY, "meeting": "meeting:m"},
    ),
    "absent": (
        "attendance.recorded",
        {"capacity": "absent", "party": "state:be", "body": BODY, "meeting": "meeting:m"},
    ),
}


def told(word: str, src: str = "press", **fields: object) -> Act:
    kind, usual = WORDS[word]
    return act(kind, src, **{**usual, **fields})


def stack_of(*acts: Act) -> Sequence[Fact[Account]]:
    return read(record(*acts)).stack(ref("state:be"), ref(BODY))


def ruled(sequence: str, member_by: Sequence[str] = ()) -> Ruling:
    """The ruling on acts a day apart from 1 January 2026; the same word again is another act."""
    words = [word.strip() for word in sequence.split(",")] if sequence else []
    acts = [
        told(word, id=f"{number}", effective=f"2026-01-{number:02}", distinct=word in words[: number - 1])
        for number, word in enumerate(words, 1)
    ]
    return standing(stack_of(*acts), day("2026-12-31"), admission(member_by) if member_by else None)


def admission(member_by: Sequence[str]) -> InForce | None:
    provision = act(
        "provision.set",
        id="p",
        instrument="instrument:charter",
        version="signed",
        article="2",
        matter="members",
        body=BODY,
        evidence="text",
        words="x",
        rule={"type": "admission", "member_by": list(member_by)},
        effective="2026-01-01",
    )
    return the_rule(read(record(provision)).of(ProvisionSet), Admission, ref(BODY))


@pytest.mark.parametrize(
    ("stack", "expected"),
    [
        # nothing that settles anything
        ("", None),
        ("listed", None),
        ("attends", None),
        ("attends as observer", None),
        ("absent", None),
        ("reserved", None),
        ("to a meeting", None),
        ("unlikely", None),
        ("ratifies", None),
        ("no observer", None),
        ("resumed", None),
        ("renewed", None),
        # an invitation, and every word about one that is no answer
        ("invited", "invited"),
        ("received", "invited"),
        ("acknowledged", "invited"),
        ("studies", "invited"),
        ("asks", "invited"),
        ("explained", "invited"),
        ("welcomes", "invited"),
        ("unanswered", "invited"),
        ("invited, lapsed", "invited"),
        ("invited, received, acknowledged, studies, asks", "invited"),  # Russia, in the first case
        ("invited, welcomes, listed, attends", "invited"),
        # answers
        ("invited, ready", "ready"),  # Belarus, in the first case
        ("invited, in principle", "accepted_in_principle"),
        ("invited, accepts", "accepted"),
        ("invited, declines", "declined"),
        ("accepts", "accepted"),  # an answer to an invitation that nobody reported
        ("invited, declines, unanswered, acknowledged", "declined"),
        ("invited, accepts, studies, asks", "accepted"),
        ("ready, reserved", "ready"),
        # back and forth
        ("invited, accepts, declines", "declined"),
        ("invited, declines, accepts", "accepted"),
        ("invited, declines, studies", "invited"),  # it thinks again
        ("invited, declines, ready, in principle, accepts", "accepted"),
        ("invited, accepts, in principle", "accepted"),  # the weaker word takes nothing back
        ("invited, accepts, ready", "accepted"),
        ("invited, in principle, ready", "accepted_in_principle"),
        ("invited, in principle, declines, ready", "ready"),
        ("invited, declines, invited", "declined"),  # invited again, it has not answered again
        # taken back
        ("invited, in principle, rescinded", "rescinded"),  # Canada
        ("invited, accepts, rescinded", "rescinded"),
        ("invited, rescinded, accepts", "rescinded"),
        ("invited, rescinded, declines", "rescinded"),
        ("invited, rescinded, ready", "rescinded"),
        ("invited, rescinded, unanswered", "rescinded"),
        ("invited, rescinded, acknowledged", "rescinded"),
        ("invited, rescinded, lapsed", "rescinded"),
        ("invited, rescinded, studies", "rescinded"),
        ("invited, rescinded, invited", "invited"),
        ("invited, rescinded, invited, accepts", "accepted"),
        # not invited
        ("not invited", "not_invited"),  # Denmark
        ("not invited, invited", "invited"),
        ("invited, accepts, not invited", "accepted"),
        ("invited, not invited", "not_invited"),
        # signing and sitting
        ("invited, accepts, signs", "signatory"),
        ("signs", "signatory"),
        ("signs, ratifies, deposits", "signatory"),  # the charter is silent on what makes a member
        ("signs, declines", "signatory"),  # a reply comes too late
        ("signs, accepts", "signatory"),
        ("signs, rescinded", "signatory"),
        ("signs, not invited", "signatory"),
        ("signs, listed, attends", "signatory"),
        ("sits", "member"),
        ("sits, signs", "member"),
        ("sits, declines", "member"),
        ("invited, accepts, signs, sits", "member"),
        # suspended
        ("signs, suspended", "suspended"),  # Indonesia
        ("signs, suspended, resumed", "signatory"),
        ("sits, suspended, resumed", "member"),
        ("sits, suspended, suspended, resumed", "member"),
        ("sits, suspended, declines", "suspended"),
        ("accepts, suspended, resumed", "accepted"),
        ("suspended, withdraws, resumed", "withdrawn"),
        # leaving
        ("sits, withdraws", "withdrawn"),
        ("sits, removed", "removed"),
        ("signs, withdraws, accepts", "withdrawn"),
        ("signs, withdraws, signs", "signatory"),
        ("sits, withdraws, sits", "member"),
        ("sits, withdraws, removed", "removed"),
        # observing
        ("observer", "observer"),  # Italy
        ("to observe", "observer"),
        ("declines, observer", "observer"),
        ("declines, attends as observer", "declined"),  # Poland: present, which is no standing
        ("invited, observer, no observer", "invited"),
        ("observer, suspended, resumed, no observer", None),
        ("accepts, observer", "accepted"),
        ("signs, observer", "signatory"),
        ("observer, accepts", "accepted"),
        ("observer, signs", "signatory"),
        # listed by another, and denied
        ("listed, denies", "denied"),  # Belgium
        ("invited, listed, denies", "denied"),
        ("invited, listed, denies, accepts", "accepted"),
        ("invited, listed, denies, declines", "declined"),
        ("invited, accepts, listed, denies", "accepted"),
        ("signs, denies", "denied"),
        ("denies, signs", "signatory"),  # it signs after all
        ("not invited, listed, denies", "denied"),
        ("listed, denies, not invited", "denied"),
    ],
)
def test_a_stack_gives_a_standing(stack: str, expected: str | None) -> None:
    assert ruled(stack).standing == expected


@pytest.mark.parametrize(
    ("stack", "member_by", "expected"),
    [
        ("signs", ["signed"], "member"),
        ("signs", ["ratified", "deposited"], "signatory"),
        ("signs, ratifies", ["ratified", "deposited"], "member"),
        ("signs, deposits", ["ratified", "deposited"], "member"),
        ("accepts", ["accepted"], "member"),
        ("in principle", ["accepted"], "accepted_in_principle"),
        ("listed", ["listed"], "member"),  # if a charter should say so
        ("signs, denies", ["signed"], "denied"),
        ("signs, withdraws, ratifies", ["ratified"], "withdrawn"),  # an instrument under way does not bring it back
    ],
)
def test_the_charter_says_what_makes_a_member(stack: str, member_by: list[str], expected: str) -> None:
    assert ruled(stack, member_by=member_by).standing == expected


def sits(until: str | None, **fields: object) -> Act:
    return told("sits", "reference", **({"until": until} if until else {}), **fields)


@pytest.mark.parametrize(
    ("acts", "on", "expected"),
    [
        ([sits("2027-12-31", effective="2026-01-01")], "2027-12-31", "member"),
        ([sits("2027-12-31", effective="2026-01-01")], "2028-01-01", None),
        ([sits("2027", effective="2026-01-01")], "2027-12-31", "member"),
        ([sits("..", effective="2026-01-01")], "2050-01-01", "member"),
        ([sits(None, effective="2026-01-01")], "2050-01-01", "member"),
        # a second term
        (
            [sits("2001-12-31", effective="2000-01-01"), sits("2027-12-31", effective="2026-01-01")],
            "2026-06-01",
            "member",
        ),
        ([sits("2001-12-31", effective="2000-01-01"), sits("2027-12-31", effective="2026-01-01")], "2010-01-01", None),
        # renewed before or after the end
        (
            [sits("2027-12-31", effective="2026-01-01"), told("renewed", effective="2027-06-01", until="2030-01-01")],
            "2029-01-01",
            "member",
        ),
        (
            [sits("2027-12-31", effective="2026-01-01"), told("renewed", effective="2028-02-01", until="2030-01-01")],
            "2029-01-01",
            "member",
        ),
        (
            [sits("2027-12-31", effective="2026-01-01"), told("renewed", effective="2027-06-01", until="2030-01-01")],
            "2031-01-01",
            None,
        ),
        # suspended when it ends
        (
            [sits("2027-12-31", effective="2026-01-01"), told("suspended", effective="2027-06-01")],
            "2028-01-01",
            None,
        ),
        # what comes after the end
        (
            [sits("2001-12-31", effective="2000-01-01"), told("invited", effective="2026-01-01")],
            "2026-06-01",
            "invited",
        ),
        (
            [sits("2001-12-31", effective="2000-01-01"), told("signs", effective="2026-01-01")],
            "2026-06-01",
            "signatory",
        ),
    ],
)
def test_a_membership_ends_on_the_day_that_was_stated_for_it(acts: list[Act], on: str, expected: str | None) -> None:
    made = read(record(*acts), on)
    assert standing(made.stack(ref("state:be"), ref(BODY)), day(on)).standing == expected


def test_a_membership_that_ran_out_says_so() -> None:
    made = read(record(sits("2001-12-31", effective="2000-01-01")))
    ruling = standing(made.stack(ref("state:be"), ref(BODY)), day("2026-12-31"))
    assert str(ruling.reason) == "its membership ran out on the day that was stated for it"
    assert ruling.since is None


# --- order, weight, denial ---


def test_facts_of_one_day_are_taken_in_the_ledgers_order() -> None:
    first, then = told("accepts", effective="2026-01-20"), told("declines", effective="2026-01-20")
    assert standing(stack_of(first, then), day("2026-12-31")).standing == "declined"
    assert standing(stack_of(then, first), day("2026-12-31")).standing == "accepted"


def test_a_refusal_is_not_thought_over_on_the_day_it_was_given() -> None:
    refusal, study = told("declines", effective="2026-01-20"), told("studies", effective="2026-01-20")
    assert standing(stack_of(refusal, study), day("2026-12-31")).standing == "declined"


@pytest.mark.parametrize("word", ["accepts", "signs", "sits", "withdraws", "observer", "declines"])
def test_what_is_only_shown_gives_no_standing_though_the_party_should_have_said_it(word: str) -> None:
    garbled = told(word, "garbled", speaker="state:be", effective="2026-01-20")
    ruling = standing(stack_of(told("invited", effective="2026-01-16"), garbled), day("2026-12-31"))
    assert ruling.standing == "invited"
    assert standing(stack_of(garbled), day("2026-12-31")).standing is None


def test_a_denial_that_is_only_shown_takes_no_standing_away() -> None:
    acts = (told("signs", effective="2026-01-22"), told("denies", "garbled", effective="2026-01-23"))
    assert standing(stack_of(*acts), day("2026-12-31")).standing == "signatory"


def test_a_fact_denied_by_a_statement_gives_no_standing() -> None:
    signs = told("signs", id="a", effective="2026-01-22")
    no = act("statement.denied", denies="a", by="state:be", effective="2026-01-23")
    ruling = standing(stack_of(signs, no), day("2026-12-31"))
    assert ruling.standing == "denied"
    assert str(ruling.reason) == "what is said of it is denied, and nothing else gives a standing"
    assert ruling.fact is not None
    assert ruling.fact.act.id == "a"


def test_what_is_only_shown_and_denied_gives_no_standing_either() -> None:
    signs = told("signs", "garbled", id="a", effective="2026-01-22")
    no = act("statement.denied", denies="a", by="state:be", effective="2026-01-23")
    assert standing(stack_of(signs, no), day("2026-12-31")).standing is None


# --- the ruling explains itself ---


def test_a_ruling_names_the_fact_that_decided_it_and_its_date() -> None:
    ruling = ruled("invited, accepts, studies, listed")
    assert ruling.fact is not None
    assert ruling.fact.act.id == "2"
    assert str(ruling.since) == "2026-01-02"


def test_a_second_seat_dates_from_its_own_beginning() -> None:
    assert str(ruled("sits, listed, sits").since) == "2026-01-03"


def test_after_a_suspension_the_standing_dates_from_its_end() -> None:
    assert str(ruled("sits, suspended, resumed").since) == "2026-01-03"


def test_without_a_standing_there_is_no_since_and_a_reason_all_the_same() -> None:
    ruling = ruled("listed")
    assert ruling.since is None
    assert "being listed or present gives none" in str(ruling.reason)


def test_membership_and_signature_cite_the_provision_on_admission() -> None:
    for stack in ("signs", "signs, ratifies"):
        provision = ruled(stack, member_by=["ratified"]).provision
        assert provision is not None
        assert provision.provision.article == "2"


def test_other_standings_cite_no_provision() -> None:
    assert ruled("invited, accepts", member_by=["ratified"]).provision is None


def test_where_the_charter_is_silent_no_provision_is_cited() -> None:
    assert ruled("signs").provision is None


def test_every_standing_has_its_reason_and_every_move_leads_to_a_standing() -> None:
    assert set(REASONS) == set(STANDINGS)
    assert {move.to for move in MOVES.values()} == set(STANDINGS)
    assert set(MOVES) <= set(Step)
