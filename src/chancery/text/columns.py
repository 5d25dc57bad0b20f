"""Tables in columns: each text that stands in a column is kept once, and each row says which it has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.text.files import Refused
from chancery.text.loaded import MOST_PROBLEMS, unreadable
from chancery.values import Place, Problem, Weight, phrase, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from chancery.values import Phrase

PART = re.compile(r"([a-z0-9][a-z0-9_/-]*)\.(yes|no|abstain)", re.ASCII)
"""Names of columns with the votes of a group, or by a table of weights, as sums: cantons.yes."""

LISTS = ("for_by", "against_by", "abstained_by", "vetoed_by", "concerned")
"""Our columns whose cells are lists."""


class Column(Struct):
    """A column: its texts, each once and in the order in which they come first, and for each row which it has."""

    texts: Sequence[str]
    codes: Sequence[int]


class Columns(Struct):
    """A table in columns, under our names for them; the line of each row; its own names, and the line that has them."""

    cells: Mapping[str, Column]
    lines: Sequence[int]
    names: Sequence[str]
    head: int | None = None


class Codes(dict[str, int]):
    """The number of each text: the first to come is 0."""

    def __missing__(self, text: str) -> int:
        """Number a text that has not come before."""
        number = self[text] = len(self)
        return number


class Coding:
    """Puts rows into columns, some at a time; a column that comes late was empty before."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        """Begin with no row of a file; what is wrong with a row is added to ``problems``."""
        self.file = file
        self._problems = problems
        self._lines: list[int] = []
        self._texts: dict[str, Codes] = {}
        self._codes: dict[str, list[int]] = {}

    def take(self, lines: Sequence[int], cells: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Take rows: their lines, and the texts of each column."""
        for name, texts in cells:
            number = self._texts.setdefault(name, Codes())
            codes = self._codes.setdefault(name, [])
            self._fill(name, len(self._lines))
            codes.extend([number[text] for text in texts])
        self._lines.extend(lines)

    def _fill(self, name: str, rows: int) -> None:
        codes = self._codes[name]
        if len(codes) < rows:
            codes.extend([self._texts[name][""]] * (rows - len(codes)))

    def wrong(self, line: int, code: str, fault: Phrase, column: str | None = None) -> None:
        """Note what is wrong with the form of a row. Raises Refused where so much is that it is no table."""
        place = Place(file=self.file, line=line, field=column)
        self._problems.append(Problem(code=code, weight=Weight.BAR, phrase=fault, place=place))
        if len(self._problems) >= MOST_PROBLEMS:
            end = phrase("is read no further: too many rows are not of its form")
            raise Refused(unreadable(self.file, end, line, "no-table"))

    def columns(self, names: Sequence[str], head: int | None = None) -> Columns:
        """The table, with its own names of columns and the line that has them."""
        for name in self._codes:
            self._fill(name, len(self._lines))
        cells = {name: Column(list(self._texts[name]), codes) for name, codes in self._codes.items()}
        return Columns(cells, self._lines, names, head)


class Heading:
    """Which columns of a table are ours: of our names in any case, or of the names that it is said to have for them."""

    def __init__(self, forms: Sequence[Sequence[str]], asked: Mapping[str, str]) -> None:
        """Take the columns of each form of table, and how the table calls some of them."""
        self._forms = forms
        self._asked = asked

    def found(self, names: Sequence[str]) -> dict[str, str]:
        """Our names of the columns that are there, each with the table's name for it."""
        plain: dict[str, str] = {}
        for name in sorted(names, key=lambda name: name != _plain(name)):  # one that is ours as it stands goes first
            plain.setdefault(_plain(name), name)
        sums = (name for name in (*self._asked, *plain) if PART.fullmatch(name))
        ours = dict.fromkeys((*(name for form in self._forms for name in form), *sums))
        there = {name: self._asked[name] if name in self._asked else plain.get(name, name) for name in ours}
        return {name: theirs for name, theirs in there.items() if theirs in names}

    def faults(self, names: Sequence[str], form: Sequence[str]) -> Iterator[tuple[str, str, Phrase]]:
        """What is wrong with the names of columns, given the columns of the form: the column, a code, what is said."""
        found = self.found(names)
        for theirs in self._asked.values():
            if theirs not in names:
                yield theirs, "no-column", _absent(theirs, names)
        for theirs in found.values():
            if names.count(theirs) > 1:
                yield theirs, "column-twice", phrase("is the name of {n:number} columns", n=names.count(theirs))
        missing = [name for name in form if name not in found]
        for theirs in names:
            near = None if theirs in found or theirs in found.values() else suggest(theirs.lower(), missing)
            if near is not None:
                said = phrase("is no column that is read; did you mean {near}? Call it so, or otherwise", near=near)
                yield theirs, "unknown-column", said


def _plain(name: str) -> str:
    """The name of a column as ours are written: small, no blanks about it, and _ for those within."""
    return "_".join(name.lower().split())


def _absent(theirs: str, names: Sequence[str]) -> Phrase:
    near = suggest(theirs, names)
    if near is not None:
        return phrase("is no column of the table; did you mean {near}?", near=near)
    return phrase("is no column of the table, which has: {columns}", columns=", ".join(names))
