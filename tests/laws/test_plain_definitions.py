"""Law 2: facts, standing and as-of equal their plain definitions, which share no code with the ledger."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.ledger import Ledger, Record
from chancery.register import Account, Fact, Reading, Step
from chancery.rules.charter import InForce
from chancery.rules.provisions import Admission
from chancery.rules.standing import MOVES, Standing, standing
from chancery.values import Date
from tests.laws.plainly import Plainly
from tests.laws.records import LAST, readings, records

pytestmark = pytest.mark.slow  # each takes more than a second

FIELDS = ("act", "others", "differing", "day", "carried", "assumed", "denials")


def in_words(fact: object) -> dict[str, object]:
    return {name: getattr(fact, name) for name in FIELDS}


@given(records(), readings())
@settings(max_examples=70)
def test_facts_equal_their_plain_definition(record: Record, reading: Reading) -> None:
    register, plainly = Ledger(record).as_of(reading), Plainly(record, reading)
    assert list(map(in_words, register.facts())) == list(map(in_words, plainly.facts()))
    undecided = sorted(register.undecided, key=lambda fact: fact.act.id)
    assert list(map(in_words, undecided)) == list(
        map(in_words, sorted(plainly.undecided(), key=lambda fact: fact.act.id))
    )


@given(records(), st.integers(LAST, LAST + 9).map(lambda on: Reading(on=on)))
@settings(max_examples=40)
def test_facts_of_all_that_is_known_equal_their_plain_definition(record: Record, reading: Reading) -> None:
    register, plainly = Ledger(record).as_of(reading), Plainly(record, reading)
    assert list(map(in_words, register.facts())) == list(map(in_words, plainly.facts()))


@given(records(), readings())
@settings(max_examples=40)
def test_stacks_equal_their_plain_definition(record: Record, reading: Reading) -> None:
    found = {(party, body): list(map(in_words, stack)) for party, body, stack in Ledger(record).as_of(reading).stacks()}
    assert found == {key: list(map(in_words, stack)) for key, stack in Plainly(record, reading).stacks().items()}


ADMISSIONS = st.none() | st.sets(st.sampled_from(list(Step)), min_size=1, max_size=2)


@given(records(), readings(), ADMISSIONS)
@settings(max_examples=60)
def test_standing_equals_a_plain_reading_of_the_moves(
    record: Record, reading: Reading, member_by: set[Step] | None
) -> None:
    for _, _, stack in Ledger(record).as_of(reading).stacks():
        admission = InForce(Admission(member_by=tuple(member_by)), stack[0]) if member_by else None
        ruling = standing(stack, reading.on, admission)
        found, decided = plain_standing(stack, reading.on, member_by or set())
        assert (ruling.standing, ruling.fact if ruling.standing != "denied" else None) == (
            found,
            decided if found != "denied" else None,
        )


def plain_standing(
    stack: Sequence[Fact[Account]], on: int, member_by: set[Step]
) -> tuple[Standing | None, Fact[Account] | None]:
    """The standing after each fact in turn; ``came`` are the standings passed, each with the one it came from."""
    now: Standing | None = None
    decided: Fact[Account] | None = None
    came: list[tuple[Standing | None, Standing | None]] = []
    until: Date | None = None
    ran_out = False
    for fact in [*(fact for fact in stack if fact.carried and not fact.denials), None]:
        seat = last(came, now) if now == "suspended" else now
        if seat == "member" and until is not None and until.latest < (on if fact is None else fact.day):
            now, ran_out = None, True
        step: Step | None = getattr(fact.act, "step", None) if fact is not None else None
        if fact is None or step is None:
            continue
        if step is Step.CONSIDERED and decided is not None and fact.day <= decided.day:
            continue
        to = plain_next(step, now, came, ran_out=ran_out, is_enough=step in member_by)
        if to != now or step is Step.BEGUN:
            decided = fact
            if step not in (Step.RESUMED, Step.OBSERVER_DECLINED):
                came.append((to, now))
                until = None if to == "member" else until
            now = to
        if step in (Step.BEGUN, Step.RENEWED):
            end = fact.stated("until")
            until = end if isinstance(end, Date) else None
    denied = not ran_out and any(fact.carried and fact.denials for fact in stack)
    return (now, decided) if now is not None else ("denied" if denied else None, None)


def plain_next(
    step: Step,
    now: Standing | None,
    came: Sequence[tuple[Standing | None, Standing | None]],
    *,
    ran_out: bool,
    is_enough: bool,
) -> Standing | None:
    """Where a step leads from a standing."""
    if is_enough and now not in ("withdrawn", "removed"):
        return "member"
    if (step, now) in ((Step.RESUMED, "suspended"), (Step.OBSERVER_DECLINED, "observer")):
        return last(came, now)
    if step is Step.RENEWED and ran_out:
        return "member"
    return MOVES[step].to if step in MOVES and now not in MOVES[step].not_from else now


def last(came: Sequence[tuple[Standing | None, Standing | None]], now: Standing | None) -> Standing | None:
    """From where a party last came to the standing that it has."""
    return next((source for to, source in reversed(came) if to == now), None)
