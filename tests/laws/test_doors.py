"""Law 5: what one door refuses every door refuses, and what one takes all take.

The doors are a TOML file, a file of JSON Lines, and `act_of`, by which commands take an act; they are given the same
entry, whole or spoilt, as TOML and JSON are written by others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import rtoml
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.acts import KINDS, Undecodable, act_of, data_of
from chancery.ledger import Record, problems_of
from chancery.text import read_record
from chancery.values import Problem
from tests.laws.records import TEXTS, described, plain_of, records

pytestmark = pytest.mark.slow  # each takes more than a second

Data = dict[str, object]
Said = set[tuple[str, str | None, str | None]]

ODD: st.SearchStrategy[Any] = st.one_of(  # whatever TOML and JSON can both hold
    TEXTS,
    st.integers(-(2**53), 2**53),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "state:uk", "state:", "body:none", "2026-02-30", "2026-01-19", "source:none", "e0", "yes"]),
    st.lists(TEXTS | st.integers(0, 3), max_size=2),
    st.dictionaries(st.sampled_from(["en", "de", "authentic", "amount", "type", "odd"]), TEXTS, max_size=2),
)


@st.composite
def entries(draw: st.DrawFn) -> tuple[Record, list[Data]]:
    """A record, and the data of its acts, of which one may be spoilt."""
    record = described(draw(records(most=3)))
    data = json.loads(json.dumps([data_of(act) for act in record.acts]))
    spoilt = data[-1]
    for _ in range(draw(st.integers(0, 2))):
        fields = sorted({*spoilt, *KINDS["invitation.issued"].__struct_fields__, "kind", "odd"})
        field = draw(st.sampled_from(fields))
        if draw(st.booleans()) and field in spoilt:
            del spoilt[field]
        else:
            spoilt[field] = draw(ODD)
    return record, data


def said(problems: list[Problem] | tuple[Problem, ...]) -> Said:
    """Which problems were told: code, entry, field."""
    return {(each.code, each.entry, each.place.field if each.place else None) for each in problems}


def at_file(name: str, text: str) -> tuple[Record | None, Said]:
    """What the door of a file says."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, "utf-8", newline="")
        loaded = read_record(path)
        return loaded.record, said(loaded.problems)


def at_toml(record: Record, data: list[Data]) -> tuple[Record | None, Said]:
    sources = [data_of(source) for source in record.sources.values()]
    return at_file("record.toml", rtoml.dumps({"record": data_of(record.head), "source": sources, "act": data}))


def at_lines(record: Record, data: list[Data]) -> tuple[Record | None, Said]:
    sources = [{**data_of(source), "kind": "source"} for source in record.sources.values()]
    lines: list[Mapping[str, object]] = [{**data_of(record.head), "kind": "record"}, *sources, *data]
    return at_file("record.jsonl", "\n".join(json.dumps(line) for line in lines))


def refused(data: Data) -> Said:
    """What the door of a single act says."""
    try:
        act_of(data)
    except Undecodable as fault:
        return said(fault.problems)
    return set()


@given(entries())
@settings(max_examples=80)
def test_what_one_door_refuses_every_door_refuses(given_: tuple[Record, list[Data]]) -> None:
    record, data = given_
    from_toml, at_the_toml = at_toml(record, data)
    from_lines, at_the_lines = at_lines(record, data)
    assert at_the_toml == at_the_lines
    assert (from_toml and plain_of(from_toml)) == (from_lines and plain_of(from_lines))
    refusals = {each for one in data for each in refused(one)}
    assert refusals <= at_the_toml
    if not refusals:
        taken = Record(record.head, record.sources, [act_of(one) for one in data])
        assert at_the_toml == said(problems_of(taken))
        assert from_toml is None or plain_of(from_toml) == plain_of(taken)
