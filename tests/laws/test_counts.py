"""Law 2, for counts: whom a rule counts equals its plain definition, asked of every fact of every party."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.ledger import Ledger, Record
from chancery.register import Account, Fact, Reading, Step
from chancery.rules.counts import RULES, count, inviting, stepped
from chancery.values import Ref
from tests.laws.records import readings, records

pytestmark = pytest.mark.slow  # each takes more than a second


def step_of(fact: Fact[Account]) -> Step | None:
    return getattr(fact.act, "step", None)


def is_relied_on(fact: Fact[Account]) -> bool:
    return fact.carried and not fact.denials


@given(records(), readings(), st.frozensets(st.sampled_from([Ref("state:be"), Ref("state:ca")])))
@settings(max_examples=60)
def test_a_rule_counts_each_party_of_whom_one_fact_can_be_relied_on(
    record: Record, reading: Reading, hosts: frozenset[Ref]
) -> None:
    stacks = list(Ledger(record).as_of(reading).stacks())
    for body in {body for _, body, _ in stacks}:
        own = {party: stack for party, of, stack in stacks if of == body}
        for rule in RULES:
            pairs = [(party, fact) for party in own for fact in own[party] if step_of(fact) in rule.steps]
            sure = {party for party, fact in pairs if is_relied_on(fact)}
            denied = {party for party, fact in pairs if fact.denials}
            found = count(rule, {party: stepped(stack) for party, stack in own.items()}, hosts)
            assert list(found.parties) == sorted(sure - hosts)
            assert list(found.besides) == sorted(sure & hosts)
            assert list(found.denied) == sorted(denied - sure)
            assert list(found.facts) == [fact for _, fact in pairs]


@given(records(), readings())
@settings(max_examples=40)
def test_only_whoever_invites_to_membership_stands_beside_a_count(record: Record, reading: Reading) -> None:
    facts = Ledger(record).as_of(reading).facts()
    hosts = {
        getattr(fact.act, "by")  # noqa: B009  # every kind of invitation declares its own
        for fact in facts
        if fact.act.kind in ("invitation.issued", "invitation.received")
        and getattr(fact.act, "to", None) == "membership"
        and is_relied_on(fact)
    }
    assert inviting(facts) == hosts - {None}
