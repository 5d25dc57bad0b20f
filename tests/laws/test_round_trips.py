"""Law 3: TOML, JSON Lines and the database give back every entry, any Unicode; loading twice adds nothing."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chancery.acts import act_of
from chancery.ledger import Record
from chancery.store.base import Store
from chancery.store.dumping import parts_of
from chancery.store.loading import load
from chancery.store.memory import Memory
from chancery.store.opening import begin, opened
from chancery.store.urls import address_of
from chancery.text import act_toml, lines_of, read_record, record_in, record_toml, source_toml
from chancery.text.layout import sheet_of
from chancery.values import Instant, Tongues
from tests.laws.records import plain_of, records, sound
from tests.made import act, record, source

NOW = Instant.of("2026-12-01T00:00:00Z")

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


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with an empty ledger."""
    path = tmp_path_factory.mktemp("begun") / "ledger.db"
    begin(address_of(f"sqlite:///{path}"), "laws/log")
    return path


@contextmanager
def shelf(begun: Path | None) -> Iterator[Store]:
    """A fresh shelf: a copy of a file, or memory."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "ledger.db"
        if begun is not None:
            shutil.copy(begun, copy)
        with Memory() if begun is None else opened(address_of(f"sqlite:///{copy}")) as store:
            yield store


@pytest.mark.parametrize("engine", ["memory", "sqlite"])
@given(made=records(most=6).map(sound))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_database_gives_back_what_it_was_given_and_takes_nothing_twice(
    begun: Path, engine: str, made: Record
) -> None:
    with shelf(begun if engine == "sqlite" else None) as store:
        first = load(store, made, [sheet_of("record.toml", record_toml(made))], NOW)
        kept = record_in(store.bodies(None))
        assert plain_of(kept) == plain_of(made)
        assert list(lines_of(kept)) == list(lines_of(made))
        assert b"".join(parts_of(store, ())[1]["record.toml"]) == as_toml(made)
        root = store.frontier().root()
        assert load(store, made, [], NOW).count == 0 < first.count
        assert store.frontier().root() == root


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


UNICODE = st.text(st.characters(exclude_categories=["Cs"])).map(partial(normalize, "NFC"))


@FORMS
@given(text=UNICODE, title=UNICODE)
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
