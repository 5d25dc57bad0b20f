"""Cells of a table as values: each text of a column is read once, and a fault is told of every row that has it."""

from __future__ import annotations

import re
from itertools import repeat
from typing import TYPE_CHECKING, TypeVar

from chancery.text.loaded import MOST_PROBLEMS
from chancery.values import Place, Problem, Weight, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from chancery.text.columns import Columns
    from chancery.values import Phrase

T = TypeVar("T")

SURELY_NAMES = 100
"""Letters of a text that, where all of them are letters or digits, is a name without further look."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LAST_BEFORE_SURROGATES = "\ud7ff"


class Wrong(ValueError):  # a sentence, as the errors of this house are
    """A cell that cannot be taken: a lasting code, and what is wrong."""

    def __init__(self, code: str, said: Phrase) -> None:
        """Keep both."""
        super().__init__(str(said))
        self.code, self.said = code, said


class Cells:
    """The cells of a table as values; what is wrong is kept with its place, and how much more there is."""

    def __init__(self, table: Columns, file: str) -> None:
        """Read a table from a file."""
        self.file, self.lines = file, table.lines
        self.problems: list[Problem] = []
        self.more = 0
        self._cells = table.cells

    @property
    def columns(self) -> Sequence[str]:
        """Our names of the columns that are there."""
        return tuple(self._cells)

    def has(self, name: str) -> bool:
        """Whether a column is there and any of its cells is not empty."""
        return name in self._cells and any(text.strip() for text in self._cells[name].texts)

    def stands(self, name: str) -> bool:
        """Whether a column is there, though all its cells may be empty."""
        return name in self._cells

    def codes(self, name: str) -> Sequence[int]:
        """Which text of a column each row has."""
        return self._cells[name].codes

    def rows(self, name: str, read: Callable[[str], T]) -> Iterable[T | None]:
        """A column row by row: None where a cell is empty or wrong."""
        if name not in self._cells:
            return repeat(None, len(self.lines))
        values = self.values(name, read)
        return map(values.__getitem__, self.numbers(name))

    def values(self, name: str, read: Callable[[str], T], empty: Wrong | None = None) -> list[T | None]:
        """The texts of a column as values, each None where it is empty or wrong; ``empty`` where it must not be."""
        found: list[T | None] = []
        wrong: dict[int, Wrong] = {}
        for number, text in enumerate(map(str.strip, self._cells[name].texts)):
            try:
                found.append(_read(text, read, empty))
            except Wrong as fault:
                wrong[number] = fault
                found.append(None)
        if wrong:
            self._tell(name, wrong)
        return found

    def names(self, name: str, read: Callable[[str], str], empty: Wrong) -> Sequence[str | None]:
        """The same of a column of names; where all are but letters and digits, there is nothing to read."""
        texts = self._cells[name].texts
        if "".join(texts).isalnum() and min(map(len, texts)) > 0 and max(map(len, texts)) < SURELY_NAMES:
            return texts
        return self.values(name, read, empty)

    def numbers(self, name: str) -> Sequence[int]:
        """Which text of a column each row has, as a list."""
        codes = self._cells[name].codes
        return codes if isinstance(codes, list) else codes.tolist()  # type: ignore[attr-defined]  # numpy's

    def _tell(self, name: str, wrong: Mapping[int, Wrong]) -> None:
        """Tell of every row that has a wrong text, of very many the first."""
        rows = [(line, wrong[code]) for line, code in zip(self.lines, self.numbers(name), strict=True) if code in wrong]
        self.more += max(0, len(rows) - MOST_PROBLEMS)
        for line, fault in rows[:MOST_PROBLEMS]:
            self.wrong(line, name, fault.code, fault.said)

    def wrong(self, line: int, name: str, code: str, said: Phrase) -> None:
        """Keep what is wrong with a cell."""
        place = Place(file=self.file, line=line, field=name)
        self.problems.append(Problem(code=code, weight=Weight.BAR, phrase=said, place=place))

    def heads(
        self, column: str, read: Callable[[str], T], votes: Sequence[Hashable], *, once: bool = False
    ) -> dict[Hashable, T | None]:
        """What each vote has in a column in which all its rows must agree; where they do not, that is told.

        ``once``: its first row may say it for all.
        """
        found: dict[Hashable, tuple[T | None, int]] = {}
        values, texts = self.values(column, read), self._cells[column].texts
        for line, code, vote in zip(self.lines, self.numbers(column), self.numbers("vote"), strict=True):
            value = values[code]
            if value is None and texts[code].strip():
                continue  # that it is wrong is told already
            first = found.setdefault(votes[vote], (value, line))
            if value != first[0] and not (once and value is None):
                said = phrase("is not what line {line:number} has for the same vote", line=first[1])
                self.wrong(line, column, "vote-differs", said)
        return {vote: value for vote, (value, _) in found.items()}


def _read(text: str, read: Callable[[str], T], empty: Wrong | None) -> T | None:
    """A text as a value. Raises Wrong."""
    if not text:
        if empty is not None:
            raise empty
        return None
    found = None if text.isprintable() else _CONTROL.search(text)
    if found is None:
        return read(text)
    if found[0] > _LAST_BEFORE_SURROGATES:
        raise Wrong("not-utf-8", phrase("is not UTF-8; save it as UTF-8"))
    raise Wrong("control", phrase("holds the control character {code}; take it out", code=f"U+{ord(found[0]):04X}"))
