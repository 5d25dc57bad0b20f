"""The layout of a record's text: its files cut into the stretches in which its tables were written, letter for letter.

What an entry says is in the entry. How it was written (its comments, its gaps, the order of its fields, the name of its
file) is in its stretch, so that a record which is kept elsewhere can be written out again as it was.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import rtoml
from msgspec import Struct

from chancery.text.files import HEAD_FILE, files_in
from chancery.text.places import Places
from chancery.text.shelf import LINES
from chancery.text.tokens import statements
from chancery.text.writing import HEAD_KEY
from chancery.values import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

NAMES = {"act": "id", "source": "ref"}
"""The field that names a table of each sort."""


class Stretch(Struct, frozen=True):
    """Some lines of a file: one table with the comments above it, or lines that no one table can be cut from.

    ``keys`` names the tables that stand in it: entries by their ids, sources by their refs, the head as ``[record]``.
    """

    text: str
    keys: tuple[str, ...] = ()


class Sheet(Struct, frozen=True):
    """A file of a record: its path in the folder, and its stretches in order, which together are its text."""

    name: str
    stretches: tuple[Stretch, ...]

    @property
    def text(self) -> str:
        """The file as it was."""
        return "".join(stretch.text for stretch in self.stretches)


def layout_of(record: Path) -> Iterator[Sheet]:
    """The layout of a sound record, file by file in the order in which they are read; lines of JSON have none.

    A record in one TOML file is laid out as the one file of a folder. Raises Refused, OSError.
    """
    if record.is_dir():
        for file in files_in(record):
            yield sheet_of(file.relative_to(record).as_posix(), file.read_bytes().decode())
    elif record.suffix not in LINES:
        yield sheet_of(HEAD_FILE, record.read_bytes().decode())


def sheet_of(name: str, text: str) -> Sheet:
    """The layout of one sound TOML text."""
    keys = _keys(rtoml.loads(text))
    cuts = list(_cuts(text))
    if Counter(table for table, _ in cuts) != {table: len(found) for table, found in keys.items()} or not cuts:
        return Sheet(name, (Stretch(text, tuple(key for found in keys.values() for key in found)),))
    waiting = {table: iter(found) for table, found in keys.items()}
    lines = text.split("\n")
    ends = [0, *(line for _, line in cuts[1:]), len(lines)]
    pieces = ["\n".join(lines[start:end]) + ("\n" if end < len(lines) else "") for start, end in pairwise(ends)]
    named = zip(cuts, pieces, strict=True)
    return Sheet(name, tuple(Stretch(piece, (next(waiting[table]),)) for (table, _), piece in named))


def _keys(data: Mapping[str, object]) -> dict[str, list[str]]:
    """The keys of the tables of a text, by the name of the table."""
    found = {"record": [HEAD_KEY]} if "record" in data else {}
    for table, name in NAMES.items():
        rows = data.get(table)
        if isinstance(rows, list):
            found[table] = [str(row[name]) for row in rows]
    return found


def _cuts(text: str) -> Iterator[tuple[str, int]]:
    """Each table with a header of its own, and the line from 0 at which its stretch begins: comments go before it."""
    begins, after_words = 0, False
    for statement in statements(text):
        if after_words:
            begins = statement.line - 1
        if statement.header and len(statement.names) == 1:
            yield statement.names[0], begins
        after_words = bool(statement.text)


def place_in(sheets: Iterable[Sheet], key: str, field: str | None = None) -> Place:
    """Where in a layout a table stands, or a field of it; without a file where it stands in none."""
    for sheet in sheets:
        before = 0
        for stretch in sheet.stretches:
            if key in stretch.keys:
                return Place(file=sheet.name, line=before + _line_in(stretch, field), field=field)
            before += stretch.text.count("\n")
    return Place(field=field)


def _line_in(stretch: Stretch, field: str | None) -> int:
    """The line of a stretch, from 1, on which its table or a field of it stands; the first where it has several."""
    if len(stretch.keys) > 1:
        return 1
    places = Places(stretch.text)
    return next(line for table in ("act", "source", "record") if (line := places.line(table, 0, field)) is not None)


def without(sheet: Sheet, gone: str, written: Callable[[str], str]) -> Sheet:
    """A file without one of its tables: cut out where it has a stretch of its own, else the others written anew."""
    stretches: list[Stretch] = []
    for stretch in sheet.stretches:
        if gone not in stretch.keys:
            stretches.append(stretch)
        else:
            stretches.extend(Stretch(written(key) + "\n", (key,)) for key in stretch.keys if key != gone)
    return Sheet(sheet.name, tuple(stretches))
