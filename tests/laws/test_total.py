"""Law 7: folding never raises, whatever was recorded; and whatever was folded can be drawn."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.languages.names import NameBook
from chancery.ledger import Ledger, Record, problems_of
from chancery.register import Reading
from chancery.values import FUTURE, PAST, Ref, phrase
from chancery.views import VIEWS, Scope
from tests.laws.records import hostile, readings

pytestmark = pytest.mark.slow  # each takes more than a second

SCOPES = st.sampled_from([Scope(body, party) for body in (None, Ref("body:b")) for party in (None, Ref("state:be"))])
ABSURD_DAYS = st.builds(Reading, on=st.sampled_from([PAST, 1, 3_652_059, FUTURE]), strict=st.booleans())


@given(hostile(), st.lists(readings() | ABSURD_DAYS, min_size=1, max_size=3), SCOPES)
@settings(max_examples=40)
def test_folding_never_raises_and_every_view_draws(record: Record, asked: list[Reading], scope: Scope) -> None:
    ledger = Ledger(record)
    for reading in asked:
        register = ledger.as_of(reading)
        drawn = [draw(register, scope) for draw in VIEWS.values()]
        assert [view.name for view in drawn] == list(VIEWS)
        assert NameBook(register).names(Ref("nobody:at-all")) == ()
        assert {account.id for fact in register.facts() for account in fact.accounts} <= {act.id for act in record.acts}


@given(hostile())
@settings(max_examples=40)
def test_a_hostile_record_is_told_what_is_wrong_with_it(record: Record) -> None:
    found = [*problems_of(record), *Ledger(record).breaches()]
    assert all(problem.phrase != phrase("") and problem.entry is not None for problem in found)
    if len({act.id for act in record.acts}) < len(record.acts):
        assert "duplicate-id" in {problem.code for problem in found}
