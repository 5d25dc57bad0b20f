from chancery.acts.bodies import BodyEstablished
from chancery.acts.memberships import MembershipListed, MembershipSigned
from chancery.register import Fact, Head, Reading, Register
from tests.made import act, read, record, ref

LISTED = act("membership.listed", id="listed", by="state:us", effective="2026-01-22")
SIGNED = act("membership.signed", id="signed", effective="2026-01-22")
SAT = act("membership.begun", id="sat", effective="2026-01-21")
LATER = act("membership.signed", id="later", effective="2026-01-23", party="state:ca")


def test_a_fact_is_filed_under_its_kind() -> None:
    register = read(record(LISTED, SIGNED, SAT))
    assert [fact.act for fact in register.of(MembershipListed)] == [LISTED]


def test_of_a_kind_without_facts_there_is_nothing() -> None:
    assert list(read(record()).of(MembershipListed)) == []


def test_facts_of_a_kind_stand_oldest_first() -> None:
    assert [fact.act.id for fact in read(record(LATER, SIGNED)).of(MembershipSigned)] == ["signed", "later"]


def test_the_stack_of_a_party_with_a_body_holds_their_facts_and_no_others() -> None:
    stack = read(record(LISTED, SIGNED, SAT, LATER)).stack(ref("state:be"), ref("body:b"))
    assert [fact.act.id for fact in stack] == ["sat", "listed", "signed"]


def test_asking_for_a_stack_that_is_not_there_makes_none() -> None:
    register = read(record(SIGNED))
    assert list(register.stack(ref("state:fr"), ref("body:b"))) == []
    assert [party for party, _, _ in register.stacks()] == ["state:be"]


def test_facts_of_one_day_stand_in_the_ledgers_order_whatever_their_kind() -> None:
    assert [fact.act.id for fact in read(record(LISTED, SIGNED, SAT)).facts()] == ["sat", "listed", "signed"]
    assert [fact.act.id for fact in read(record(SIGNED, LISTED, SAT)).facts()] == ["sat", "signed", "listed"]


def test_facts_of_several_kinds_stand_in_the_ledgers_order_too() -> None:
    found = read(record(SIGNED, LISTED, SAT)).of_any([MembershipListed, MembershipSigned])
    assert [fact.act.id for fact in found] == ["signed", "listed"]


def test_what_takes_effect_after_the_day_is_ahead() -> None:
    register = read(record(SIGNED, LATER), on="2026-01-22")
    assert [fact.act.id for fact in register.ahead(MembershipSigned)] == ["later"]
    assert register.ahead(MembershipListed) == []


def test_a_register_opened_without_a_ledger_has_nothing_ahead() -> None:
    register = Register(Reading.of("2026-01-22"), Head(), {})
    register.file(Fact(act("body.established", body="body:b")))
    assert len(register.of(BodyEstablished)) == 1
    assert register.ahead(BodyEstablished) == []
