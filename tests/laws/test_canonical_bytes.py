"""Law 4, its first half: any change of an entry changes its canonical bytes, which are RFC 8785's.

The second half, that any changed byte changes the root, stands in test_log.py.
"""

import msgspec
import pytest
import rfc8785
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chancery.acts import Act, act_of, data_of
from chancery.ledger import Record
from chancery.values import canonical
from tests.laws.records import COMMON, own_values, records

pytestmark = pytest.mark.slow  # each takes more than a second


@given(records(most=4))
@settings(max_examples=40)
def test_canonical_bytes_are_those_of_rfc_8785(record: Record) -> None:
    for act in record.acts:
        data = data_of(act)
        assert canonical(act) == canonical(data) == rfc8785.dumps(data)  # type: ignore[arg-type]  # JSON, as it is


@given(records(most=4), st.data())
@settings(max_examples=100)
def test_any_changed_field_changes_the_bytes(record: Record, data: st.DataObject) -> None:
    act: Act = data.draw(st.sampled_from(record.acts))
    values = {**COMMON, **own_values(type(act))}
    field = data.draw(st.sampled_from(sorted(values)))
    value = data.draw(values[field])
    assume(value != getattr(act, field))
    changed = msgspec.structs.replace(act, **{field: value})
    assert canonical(changed) != canonical(act)
    assert act_of(data_of(changed)) == changed


@given(records(most=4))
@settings(max_examples=40)
def test_two_entries_have_the_same_bytes_only_where_they_are_the_same(record: Record) -> None:
    for one in record.acts:
        for other in record.acts:
            named = msgspec.structs.replace(other, id=one.id)
            assert (canonical(one) == canonical(named)) == (one == named)


@given(records(most=4), st.data())
@settings(max_examples=40)
def test_any_changed_byte_is_another_entry_or_none(record: Record, data: st.DataObject) -> None:
    written = canonical(record.acts[-1])
    at = data.draw(st.integers(0, len(written) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda each: each != written[at]))
    try:
        found = act_of(msgspec.json.decode(written[:at] + bytes([byte]) + written[at + 1 :]))
    except (ValueError, AttributeError):
        return
    assert canonical(found) != written
