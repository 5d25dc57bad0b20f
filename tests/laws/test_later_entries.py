"""Law 1: later entries never change what was known. As of a moment is the fold of the ledger cut there."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.ledger import Ledger, Record
from chancery.register import ALL_TIME, Account, Fact, Reading, Register
from chancery.values import Instant, Ref
from tests.laws.records import MOMENTS, readings, records

pytestmark = pytest.mark.slow  # each takes more than a second

Told = tuple[list[tuple[object, ...]], list[tuple[object, ...]], dict[tuple[Ref, Ref], list[tuple[object, ...]]]]


def recorded_at(record: Record, entry: str) -> int:
    act = next(act for act in record.acts if act.id == entry)
    at = act.recorded or record.head.recorded
    return at.seconds if at is not None else 0


def cut(record: Record, moment: int) -> Record:
    """The record as it was at a moment."""
    kept = [act for act in record.acts if recorded_at(record, act.id) <= moment]
    return Record(record.head, record.sources, kept)


def told(register: Register) -> Told:
    """What a register tells, without the places of its entries in the ledger."""
    stacks = {(party, body): facts_told(stack) for party, body, stack in register.stacks()}
    return facts_told(register.facts()), sorted(facts_told(register.undecided), key=repr), stacks


def facts_told(facts: Sequence[Fact[Account]]) -> list[tuple[object, ...]]:
    return [tuple(getattr(fact, name) for name in fact.__struct_fields__ if name != "order") for fact in facts]


@given(records(), MOMENTS, readings())
@settings(max_examples=80)
def test_as_of_a_moment_is_the_fold_of_the_ledger_cut_there(record: Record, moment: Instant, reading: Reading) -> None:
    then = msgspec.structs.replace(reading, recorded=moment.seconds)
    assert told(Ledger(record).as_of(then)) == told(Ledger(cut(record, moment.seconds)).as_of(then))


@given(records(), MOMENTS, readings())
@settings(max_examples=50)
def test_what_the_cut_ledger_holds_whole_is_what_was_recorded(
    record: Record, moment: Instant, reading: Reading
) -> None:
    then = msgspec.structs.replace(reading, recorded=moment.seconds)
    everything = msgspec.structs.replace(reading, recorded=ALL_TIME)
    assert told(Ledger(record).as_of(then)) == told(Ledger(cut(record, moment.seconds)).as_of(everything))


@given(records(), st.lists(readings(), min_size=2, max_size=4))
@settings(max_examples=30)
def test_what_was_asked_before_changes_no_answer(record: Record, asked: list[Reading]) -> None:
    ledger = Ledger(record)
    for reading in [*asked, *asked]:
        assert told(ledger.as_of(reading)) == told(Ledger(record).as_of(reading))
