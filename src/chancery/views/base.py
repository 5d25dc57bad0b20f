"""Views: the register drawn up as tables. A view is declared once; every door shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from chancery.register import Account, Agreement, Fact, Register
from chancery.values import Phrase, phrase

if TYPE_CHECKING:
    from chancery.values import Ref

Sort = Literal["ref", "refs", "code", "date", "number", "flag", "text", "texts", "words", "phrase", "money", "record"]
"""How a cell is read: ``ref`` is spoken by name, ``code`` is a word of a closed list, ``flag`` is true or null,
``words`` are a text in several languages, ``record`` is a table or several, which ``brief`` puts in words."""


class Column(Struct, frozen=True):
    """A column: its key in data, its heading, how its cells are read, whether it is shown on paper, and how briefly.

    ``about`` says what the cells hold, for the reference. On paper a column is left out where every cell is empty.
    """

    key: str
    heading: Phrase
    sort: Sort = "text"
    shown: bool = True
    brief: Callable[[object], Iterable[Phrase]] | None = None
    aside: bool = False
    about: str = ""


class Row(Struct, frozen=True):
    """A row: cells by column, whether the accounts behind it agree, and the ids of those accounts."""

    cells: Mapping[str, object]
    agreement: Agreement = "agreed"
    entries: tuple[str, ...] = ()


class View(Struct, frozen=True):
    """A view drawn up: what a page, a table, a CSV or a JSON document is made from; ``lead`` comes before the table."""

    name: str
    title: Phrase
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Phrase, ...] = ()
    lead: tuple[Phrase, ...] = ()


class Scope(Struct, frozen=True):
    """To what a view is narrowed: one body, one party, or neither."""

    body: Ref | None = None
    party: Ref | None = None

    def takes(self, *, body: object = None, party: object = None) -> bool:
        """Whether a row about a body and a party, or parties, belongs in the view."""
        return self._fits(self.body, body) and self._fits(self.party, party)

    @staticmethod
    def _fits(wanted: Ref | None, given: object) -> bool:
        if wanted is None or given is None:
            return wanted is None
        return wanted in given if isinstance(given, (tuple, list, frozenset)) else wanted == given


Draw = Callable[[Register, Scope], View]

VIEWS: dict[str, Draw] = {}
"""Every view by its name, in the order of definition."""

COLUMNS: dict[str, tuple[Column, ...]] = {}
"""The columns of every view, as declared: the contract of its rows."""

EMPTY: tuple[object, ...] = (None, (), [], {}, "")
"""Cells in which nothing is said."""


def view(
    name: str, title: str, *columns: Column
) -> Callable[[Callable[[Register, Scope], Iterable[Row | Phrase]]], Draw]:
    """Declare a view: its name, its title, its columns. The function yields rows, and phrases as notes."""

    def declare(rows: Callable[[Register, Scope], Iterable[Row | Phrase]]) -> Draw:
        def draw(register: Register, scope: Scope) -> View:
            drawn = list(rows(register, scope))
            found = tuple(each for each in drawn if isinstance(each, Row))
            return View(
                name=name,
                title=phrase(title),
                columns=tuple(replace(column, shown=column.shown and _is_filled(column, found)) for column in columns),
                rows=found,
                notes=tuple(each for each in drawn if isinstance(each, Phrase)),
            )

        draw.__doc__ = rows.__doc__
        VIEWS[name] = draw
        COLUMNS[name] = columns
        return draw

    return declare


def _is_filled(column: Column, rows: Iterable[Row]) -> bool:
    return any(row.cells.get(column.key) not in EMPTY for row in rows)


@lru_cache(maxsize=4096)
def label(code: str) -> Phrase:
    """A word of a closed list, as it is said: ``accepted_in_principle`` is said "accepted in principle"."""
    return phrase(code.replace("_", " ").replace(".", " "))


def row(fact: Fact[Account], **cells: object) -> Row:
    """A row that rests on one fact."""
    return Row(cells, fact.agreement, fact.entries)


def agreement_of(facts: Iterable[Fact[Account]]) -> Agreement:
    """The agreement of several facts taken together: denied if any is, else contested if any is."""
    found = {fact.agreement for fact in facts}
    return "denied" if "denied" in found else "contested" if "contested" in found else "agreed"


def entries_of(facts: Iterable[Fact[Account]]) -> tuple[str, ...]:
    """The ids of every entry behind several facts, each once."""
    return tuple(dict.fromkeys(entry for fact in facts for entry in fact.entries))
