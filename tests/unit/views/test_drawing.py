"""Drawing a view: rows and notes apart, columns without a word left out on paper, the reference written from them."""

from collections.abc import Iterator

import pytest

from chancery.register import Register
from chancery.values import Phrase, phrase
from chancery.views import COLUMNS, VIEWS, Column, Row, Scope, base
from chancery.views.reference import HELD, reference
from tests.made import BODY, act, read, record, ref


def rows(_register: Register, _scope: Scope) -> Iterator[Row | Phrase]:
    """Rows for a test."""
    yield Row({"full": "x", "empty": None})
    yield phrase("a note")
    yield Row({"full": None, "empty": ()})


def test_a_column_without_a_word_is_left_out_on_paper_and_kept_in_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "VIEWS", {})
    monkeypatch.setattr(base, "COLUMNS", {})
    columns = [
        Column("full", phrase("Full")),
        Column("empty", phrase("Empty")),
        Column("hidden", phrase("H"), shown=False),
    ]
    drawn = base.view("made", "Made", *columns)(rows)(read(record()), Scope())
    assert [(column.key, column.shown) for column in drawn.columns] == [
        ("full", True),
        ("empty", False),
        ("hidden", False),
    ]
    assert (len(drawn.rows), [str(note) for note in drawn.notes]) == (2, ["a note"])


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_says_what_it_is_and_what_each_column_holds(view: str) -> None:
    assert (VIEWS[view].__doc__ or "").strip()
    keys = [column.key for column in COLUMNS[view]]
    assert len(keys) == len(set(keys))
    assert [column.key for column in COLUMNS[view] if not column.about] == []
    assert [column.key for column in COLUMNS[view] if column.sort not in HELD] == []


def test_the_reference_names_every_key_of_every_view() -> None:
    page = reference()
    for view, columns in COLUMNS.items():
        part = page.split(f"\n## {view}\n")[1].split("\n## ")[0]
        assert all(f"| `{column.key}` |" in part for column in columns)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_of_an_empty_record_is_drawn(view: str) -> None:
    rows = VIEWS[view](read(record()), Scope()).rows
    assert [row for row in rows if row.entries] == []
    assert bool(rows) == (view == "sources")


def test_a_scope_takes_what_it_names() -> None:
    scope = Scope(ref(BODY), ref("state:be"))
    assert scope.takes(body=BODY, party=("state:fr", "state:be"))
    assert not scope.takes(body=BODY, party="state:fr")
    assert not scope.takes(body=BODY)
    assert Scope().takes(body=None, party=None)


def test_facts_together_are_denied_if_one_is_else_contested_if_one_is() -> None:
    first = act("meeting.held", meeting="meeting:m", body=BODY, effective="2026-01-20")
    second = act("meeting.held", meeting="meeting:m", body=BODY, effective="2026-01-21")
    plain = act("statement.made", effective="2026-01-19")
    facts = read(record(first, second, plain)).facts()
    assert base.agreement_of(facts) == "contested"
    assert base.agreement_of(facts[:1]) == "agreed"
    denied = act("statement.denied", denies=plain.id, by="state:be", effective="2026-01-22")
    assert base.agreement_of(read(record(plain, first, second, denied)).facts()) == "denied"
    assert base.entries_of([*facts, *facts]) == (plain.id, second.id, first.id)
