"""Law 6, as far as readers go today: no register and no view holds an entry that was not known and recorded by then.

Audiences, and with them what a public register may hold, come with a later issue; they cut the ledger the same way.
"""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from chancery.acts import KINDS
from chancery.ledger import Ledger, Record
from chancery.register import Reading
from chancery.views import VIEWS, Scope
from tests.laws.plainly import Plainly
from tests.laws.records import readings, records

pytestmark = pytest.mark.slow  # each takes more than a second


def named(cell: object) -> Iterator[str]:
    """The ids of entries that a cell cites, however deep they stand in it."""
    if isinstance(cell, dict):
        for key, value in cell.items():
            if key == "entry" and value is not None:
                yield value
            elif key == "entries" and value is not None:
                yield from value
            else:
                yield from named(value)
    elif isinstance(cell, (list, tuple)):
        for each in cell:
            yield from named(each)


@given(records(), readings())
@settings(max_examples=60)
def test_no_register_and_no_view_holds_what_was_not_there(record: Record, reading: Reading) -> None:
    plainly = Plainly(record, reading)
    seen = {act.id for act in record.acts if plainly.sees(act)}
    register = Ledger(record).as_of(reading)
    ahead = [fact for kind in KINDS.values() for fact in register.ahead(kind)]
    assert {entry for fact in [*register.facts(), *register.undecided, *ahead] for entry in fact.entries} <= seen
    for draw in VIEWS.values():
        for row in draw(register, Scope()).rows:
            assert {*row.entries, *named(dict(row.cells))} <= seen
