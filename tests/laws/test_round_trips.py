"""Law 3: TOML and JSON Lines give back every entry, any Unicode; writing twice gives the same bytes; nothing is added.

The database comes with a later issue, and its part of the law with it.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.acts import act_of
from chancery.ledger import Record
from chancery.text import act_toml, lines_of, read_record, record_toml, source_toml
from chancery.values import Tongues
from tests.laws.records import plain_of, records, sound
from tests.made import act, record, source

pytestmark = pytest.mark.slow  # each takes more than a second


def as_toml(made: Record) -> bytes:
    return record_toml(made).encode()


def as_lines(made: Record) -> bytes:
    return b"".join(line + b"\n" for line in lines_of(made))


FORMS = pytest.mark.parametrize(("name", "written"), [("record.toml", as_toml), ("record.jsonl", as_lines)])


def read(name: str, data: bytes) -> tuple[Record | None, set[str]]:
    """The record that bytes hold, and the codes of what bars it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        loaded = read_record(path)
        return loaded.record, {problem.code for problem in loaded.bars}


@FORMS
@given(made=records(most=6).map(sound))
@settings(max_examples=25)
def test_a_record_is_read_as_it_was_written(name: str, written: Callable[[Record], bytes], made: Record) -> None:
    data = written(made)
    found, barred = read(name, data)
    assert not barred
    assert found is not None
    assert plain_of(found) == plain_of(made)
    assert written(found) == data


@given(records(most=6).map(sound))
@settings(max_examples=20)
def test_from_one_form_to_the_other_and_back_is_the_same_bytes(made: Record) -> None:
    from_toml, _ = read("record.toml", as_toml(made))
    assert from_toml is not None
    from_lines, _ = read("record.jsonl", as_lines(from_toml))
    assert from_lines is not None
    assert as_toml(from_lines) == as_toml(made)


@given(records(most=4).map(sound))
@settings(max_examples=20)
def test_loading_twice_adds_nothing(made: Record) -> None:
    body = as_toml(made) + "\n".join([*map(source_toml, made.sources.values()), *map(act_toml, made.acts)]).encode()
    found, barred = read("record.toml", body)
    assert found is None
    assert "duplicate-source" in barred
    assert ("duplicate-id" in barred) == bool(made.acts)
    found, barred = read("record.jsonl", as_lines(made) * 2)
    assert found is None
    assert {"duplicate-source", "second-head"} <= barred


@FORMS
@given(text=st.text(st.characters(exclude_categories=["Cs"])), title=st.text(st.characters(exclude_categories=["Cs"])))
@settings(max_examples=60)
def test_any_unicode_comes_back(name: str, written: Callable[[Record], bytes], text: str, title: str) -> None:
    told = act("office.held", "a", person="person:a", office="office:a", note=text, title=title)
    about = [act("party.described", "a", party=ref) for ref in ("person:a", "office:a")]
    found, barred = read(name, written(record(told, *about, sources=[source("a", title=title)])))
    assert not barred
    assert found is not None
    assert (found.acts[0], found.acts[0].note) == (told, Tongues.of(text))
    assert found.sources["source:a"].title == title
    assert act_of({"id": "x", "kind": "statement.made", "speaker_as": title}).speaker_as == title
