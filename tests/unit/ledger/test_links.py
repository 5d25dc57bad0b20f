"""Corrections, withdrawals and denials."""

import pytest

from chancery.acts import Act
from chancery.acts.memberships import MembershipListed
from chancery.ledger import Ledger
from chancery.register import Account, Fact
from tests.made import act, read, record, source


def signed(name: str, src: str = "press", **fields: object) -> Act:
    return act("membership.signed", src, **{"id": name, "effective": "2026-01-22", **fields})


def withdrawn(entry: str, **fields: object) -> Act:
    return act("entry.withdrawn", None, entry=entry, reason="a slip", **fields)


def standing(*acts: Act, known: str | None = None, recorded: str | None = None) -> set[str]:
    """The entries, withdrawals left out, that stand."""
    facts = read(record(*acts), known=known, recorded=recorded).facts()
    return {account.id for fact in facts for account in fact.accounts if account.kind != "entry.withdrawn"}


# --- corrections and withdrawals ---


def test_a_correction_stands_instead_of_what_it_corrects() -> None:
    assert standing(signed("a"), signed("b", replaces="a")) == {"b"}


def test_what_is_corrected_stays_in_the_ledger_to_be_read() -> None:
    ledger = Ledger(record(signed("a"), signed("b", replaces="a")))
    assert [entry.act.id for entry in ledger.entries] == ["a", "b"]


def test_a_correction_may_change_what_identifies_the_act() -> None:
    register = read(record(signed("a"), signed("b", party="state:ca", replaces="a")))
    assert [party for party, _, _ in register.stacks()] == ["state:ca"]


THREE = (signed("a"), signed("b", replaces="a"), signed("c", replaces="b"))


@pytest.mark.parametrize("acts", [THREE, THREE[::-1], (THREE[1], THREE[0], THREE[2])])
def test_correcting_a_correction_does_not_bring_the_original_back(acts: tuple[Act, ...]) -> None:
    assert standing(*acts) == {"c"}


def test_withdrawing_the_last_correction_brings_the_one_before_it_back() -> None:
    assert standing(*THREE, withdrawn("c")) == {"b"}


def test_withdrawing_a_correction_that_was_itself_corrected_changes_nothing() -> None:
    assert standing(*THREE, withdrawn("b")) == {"c"}


def test_withdrawing_every_correction_brings_the_original_back() -> None:
    assert standing(*THREE, withdrawn("b"), withdrawn("c")) == {"a"}


def test_withdrawing_the_original_leaves_its_correction() -> None:
    assert standing(*THREE, withdrawn("a")) == {"c"}


def test_corrections_count_whatever_their_place_in_the_ledger() -> None:
    assert standing(signed("b", replaces="a"), signed("a")) == {"b"}


def test_a_withdrawn_entry_no_longer_counts() -> None:
    assert standing(signed("a"), withdrawn("a")) == set()


def test_withdrawing_a_correction_revives_the_original() -> None:
    assert standing(signed("a"), signed("b", replaces="a"), withdrawn("b")) == {"a"}


def test_withdrawing_the_withdrawal_brings_the_entry_back() -> None:
    assert standing(signed("a"), withdrawn("a", id="w"), withdrawn("w")) == {"a"}


def test_a_withdrawal_that_corrects_another_takes_its_place() -> None:
    wrong = withdrawn("a", id="w")
    assert standing(signed("a"), signed("b"), wrong, withdrawn("b", replaces="w")) == {"a"}


def test_two_corrections_of_one_entry_both_stand() -> None:
    assert standing(signed("a"), signed("b", replaces="a"), signed("c", replaces="a")) == {"b", "c"}


def test_an_entry_stays_gone_while_one_correction_of_it_stands() -> None:
    acts = (signed("a"), signed("b", replaces="a"), signed("c", replaces="a"), withdrawn("b"))
    assert standing(*acts) == {"c"}


@pytest.mark.parametrize("doubted", [False, True])
def test_a_withdrawal_lost_twice_is_lost_once(*, doubted: bool) -> None:
    """Corrected and withdrawn, in either order of settling them: another withdrawal of the same entry still stands."""
    doubt = (signed("d", party="state:fr", replaces="doubt"), withdrawn("lost", id="doubt")) if doubted else ()
    first, second = withdrawn("x", id="w1"), withdrawn("x", id="w2")
    lost = (withdrawn("w1", id="lost"), withdrawn("nowhere", replaces="w1"))
    assert standing(*doubt, signed("y"), signed("x", replaces="y"), first, second, *lost) - {"d"} == {"y"}


def test_a_correction_recorded_later_than_the_reading_does_not_count() -> None:
    acts = (
        signed("a", recorded="2026-02-01T00:00:00Z"),
        signed("b", replaces="a", recorded="2026-02-02T00:00:00Z"),
    )
    assert standing(*acts, recorded="2026-02-01T12:00:00Z") == {"a"}
    assert standing(*acts, recorded="2026-02-02T12:00:00Z") == {"b"}


def test_a_correction_that_was_not_yet_known_does_not_count() -> None:
    later = source("later", published="2026-02-10")
    acts = (signed("a"), signed("b", "later", replaces="a"))
    made = record(*acts, sources=(later,))
    assert [fact.act.id for fact in read(made, known="2026-02-09").facts()] == ["a"]
    assert [fact.act.id for fact in read(made, known="2026-02-10").facts()] == ["b"]


def test_entries_that_correct_each_other_in_a_circle_all_stay_and_correct_nothing() -> None:
    circle = (signed("a", replaces="b"), signed("b", replaces="a"), withdrawn("c", id="d", replaces="e"))
    others = (signed("c"), withdrawn("d", id="e"))
    assert standing(*circle, *others) == {"a", "b", "c"}


def test_an_entry_that_corrects_itself_or_nothing_stays() -> None:
    assert standing(signed("a", replaces="a"), signed("b", replaces="nowhere")) == {"a", "b"}


@pytest.mark.slow
def test_a_long_chain_of_corrections_is_followed_in_little_time() -> None:
    chain = [signed(str(number), replaces=str(number + 1), party=f"person:p{number}") for number in range(20_000)]
    assert standing(*chain) == {"0"}


def test_a_long_chain_of_one_act_is_followed_in_little_time() -> None:
    chain = [signed(str(number), same_as=str(number + 1)) for number in range(20_000)]
    assert len(read(record(*chain, signed("20000"))).facts()) == 1


# --- denials ---


def first(*acts: Act, on: str = "2026-12-31") -> Fact[Account]:
    return read(record(*acts), on).facts()[0]


def denied_by(*acts: Act, on: str = "2026-12-31") -> list[str]:
    """Who denies the fact of the first act."""
    facts = read(record(*acts), on).facts()
    fact = next(fact for fact in facts if acts[0].id in {account.id for account in fact.accounts})
    return [denial.id for denial in fact.denials]


def listed(day: str = "2026-01-22", **fields: object) -> Act:
    return act("membership.listed", **{"by": "state:us", "effective": day, **fields})


def denial(name: str, src: str = "wire", day: str = "2026-01-22", **fields: object) -> Act:
    return act("membership.denied", src, id=name, effective=day, speaker="state:be", **fields)


def test_a_denial_stands_beside_the_claim_which_stays() -> None:
    fact = first(listed(id="a"), denial("b"))
    assert fact.agreement == "denied"
    assert fact.entries == ("a", "b")


@pytest.mark.parametrize("kind", ["membership.listed", "membership.signed", "membership.begun"])
def test_denying_membership_denies_every_claim_of_it(kind: str) -> None:
    by = {"by": "state:us"} if kind == "membership.listed" else {}
    assert denied_by(act(kind, effective="2026-01-22", **by), denial("b")) == ["b"]


def test_denying_membership_denies_no_invitation() -> None:
    assert denied_by(act("invitation.issued", effective="2026-01-16"), denial("b")) == []


def test_denying_concerns_only_the_same_party_and_body() -> None:
    assert denied_by(listed(party="state:ca"), denial("b")) == []
    assert denied_by(listed(body="body:c"), denial("b")) == []


@pytest.mark.parametrize("kind", ["invitation.issued", "invitation.received"])
def test_denying_the_invitation_denies_that_it_was_issued_or_received(kind: str) -> None:
    assert denied_by(act(kind, effective="2026-01-16"), act("invitation.denied", id="b", effective="2026-01-17")) == [
        "b"
    ]


def test_denying_an_invitation_to_a_meeting_denies_no_invitation_to_membership() -> None:
    no = act("invitation.denied", to="meeting", meeting="meeting:m", effective="2026-01-17")
    assert denied_by(act("invitation.issued", effective="2026-01-16"), no) == []


def test_a_denial_cannot_speak_of_what_came_after_it() -> None:
    no = act("invitation.denied", effective="2026-01-16")
    assert denied_by(act("invitation.issued", effective="2026-01-17"), no) == []


def test_a_denial_of_the_same_day_counts() -> None:
    assert denied_by(listed("2026-01-22"), denial("b", day="2026-01-22")) == ["b"]


def test_a_claim_repeated_after_its_denial_stays_denied() -> None:
    acts = (listed("2026-01-22"), listed("2026-02-22", note="again"), denial("b", day="2026-01-23"))
    assert denied_by(*acts) == ["b"]


def test_a_denial_counts_from_its_own_day() -> None:
    acts = (listed("2026-01-22"), denial("b", day="2026-01-24"))
    assert denied_by(*acts, on="2026-01-23") == []
    assert denied_by(*acts, on="2026-01-24") == ["b"]


def test_a_denial_that_is_only_shown_denies_nothing() -> None:
    assert denied_by(listed(), denial("b", "garbled")) == []


def test_a_withdrawn_denial_denies_nothing() -> None:
    assert denied_by(listed(), denial("b"), withdrawn("b")) == []


def test_every_account_of_a_denial_is_shown() -> None:
    assert denied_by(listed(), denial("b"), denial("c", "press")) == ["b", "c"]


def test_a_statement_may_deny_any_entry_by_its_id() -> None:
    no = act("statement.denied", id="b", denies="a", by="state:ca", effective="2026-01-23")
    assert denied_by(act("statement.made", id="a"), no) == ["b"]


def test_what_denies_one_account_denies_the_act_whose_account_it_is() -> None:
    no = act("statement.denied", id="b", denies="a2", by="state:ca", effective="2026-01-23")
    assert denied_by(signed("a"), signed("a2"), no) == ["b"]


def test_a_denied_entry_that_is_corrected_stays_denied() -> None:
    no = act("statement.denied", id="b", denies="a", by="state:ca", effective="2026-01-23")
    assert denied_by(signed("a2", replaces="a"), signed("a"), no) == ["b"]


def test_a_statement_that_denies_nothing_there_denies_nothing() -> None:
    assert denied_by(signed("a"), act("statement.denied", denies="nowhere", by="state:ca")) == []


def test_a_statement_cannot_deny_what_was_recorded_after_it() -> None:
    no = act("statement.denied", denies="a", by="state:ca", recorded="2026-02-01T00:00:00Z", effective="2026-01-23")
    assert denied_by(signed("a", recorded="2026-02-02T00:00:00Z"), no) == []


def test_a_denial_that_says_it_tells_of_the_same_act_does_not_deny_itself() -> None:
    assert denied_by(listed(id="a"), denial("b", same_as="a")) == []


def test_a_denial_of_another_account_joined_to_the_act_reaches_it() -> None:
    joined = act("position.taken", stance="supports", id="a", effective="2026-01-20")
    assert denied_by(joined, listed(same_as="a"), denial("b")) == ["b"]


def test_a_denial_denies_each_of_several_acts_that_claim_the_same() -> None:
    claims = [listed(by=by, id=by) for by in ("state:us", "state:qa", "org:x")]
    register = read(record(*claims, denial("b"), denial("c", day="2026-01-23")))
    assert [fact.entries for fact in register.of(MembershipListed)] == [
        ("state:us", "b", "c"),
        ("state:qa", "b", "c"),
        ("org:x", "b", "c"),
    ]


def test_many_denials_of_many_acts_are_followed_in_little_time() -> None:
    claims = [listed(by=f"person:p{number}") for number in range(3_000)]
    denials = [denial(f"d{number}") for number in range(3_000)]
    register = read(record(*claims, *denials))
    assert all(len(fact.denials) == 3_000 for fact in register.of(MembershipListed))


def test_a_claim_that_is_withdrawn_is_no_longer_what_a_denial_answers() -> None:
    early, late = listed("2026-01-22", id="early"), listed("2026-02-22", id="late")
    assert denied_by(late, early, denial("b", day="2026-01-23")) == ["b"]
    assert denied_by(late, early, denial("b", day="2026-01-23"), withdrawn("early")) == []
