"""A TOML text written again in canonical form: its tables in their order, its comments kept where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import rtoml
from msgspec import Struct

from chancery.acts import act_of
from chancery.register import Head, Source
from chancery.text.tokens import statements
from chancery.text.writing import Comments, act_toml, head_toml, source_toml
from chancery.values import decode_hook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from chancery.ledger import Record
    from chancery.text.tokens import Statement


class Piece(Struct, frozen=True):
    """A table of a record in canonical form, with the comment lines that stand before it (blank ones are gaps)."""

    table: str
    text: str
    before: tuple[str, ...] = ()


def pieces_of(record: Record) -> Iterator[Piece]:
    """A record's tables in canonical form: head, sources, acts in the ledger's order."""
    yield Piece("record", head_toml(record.head))
    for source in record.sources.values():
        yield Piece("source", source_toml(source))
    for act in record.acts:
        yield Piece("act", act_toml(act))


def pieces_in(text: str) -> list[Piece]:
    """The tables of a sound TOML text in canonical form, with their comments; those at the end are the last piece."""
    data = rtoml.loads(text)
    tables = _Layout(text)
    rows = {table: _listed(data.get(table, [])) for table in ("record", "source", "act")}
    if {table: len(found) for table, found in rows.items() if found} != tables.counts:
        return _loose(text, rows)
    at = dict.fromkeys(rows, 0)
    pieces = []
    for block in tables.blocks:
        row = rows[block.table][at[block.table]]
        at[block.table] += 1
        pieces.append(Piece(block.table, _written(block.table, row, block.comments), tuple(block.before)))
    return _closed(pieces, tables.waiting)


def joined(pieces: Iterable[Piece]) -> str:
    """Pieces as one TOML text, a blank line between them."""
    parts = ["\n".join((*piece.before, piece.text)) for piece in pieces]
    return "\n".join(part if part.endswith("\n") else part + "\n" for part in parts)


def rewritten(text: str) -> str:
    """A sound TOML text in canonical form, comments kept. What it gives is left as it is when it is written again."""
    return joined(pieces_in(text))


def _listed(found: object) -> list[Mapping[str, object]]:
    return found if isinstance(found, list) else [found]  # type: ignore[list-item]  # the text has been checked


def _written(table: str, row: Mapping[str, object], comments: Comments) -> str:
    if table == "act":
        return act_toml(act_of(row), comments)
    if table == "source":
        return source_toml(msgspec.convert(row, Source, dec_hook=decode_hook), comments)
    return head_toml(msgspec.convert(row, Head, dec_hook=decode_hook), comments)


def _loose(text: str, rows: Mapping[str, list[Mapping[str, object]]]) -> list[Piece]:
    """The pieces of a text that writes tables without headers: its comments stand together at the top."""
    comments = [comment for each in statements(text) for comment in (*each.within, each.beside) if comment]
    pieces = [Piece(table, _written(table, row, Comments())) for table, found in rows.items() for row in found]
    if comments and pieces:
        first = msgspec.structs.replace(pieces[0], before=(*comments, ""))
        return [first, *pieces[1:]]
    return _closed(pieces, comments)


def _closed(pieces: list[Piece], waiting: list[str]) -> list[Piece]:
    """The pieces, and at the end the comments after the last table."""
    left = waiting if not waiting or waiting[-1] else waiting[:-1]
    return [*pieces, Piece("", "\n".join((*left, "")))] if left else pieces


class _Block:
    """One table as it stands in a text: what stands before it, and its comments."""

    def __init__(self, table: str, before: list[str], header: str) -> None:
        self.table = table
        self.before = before
        self._header = header
        self._above: dict[str, list[str]] = {}
        self._beside: dict[str, list[str]] = {}

    def take(self, field: str, above: Iterable[str], beside: str) -> None:
        """Take the comments of a field; a gap between them is not kept."""
        found = [line for line in above if line]
        if found:
            self._above.setdefault(field, []).extend(found)
        if beside:
            self._beside.setdefault(field, []).append(beside)

    @property
    def comments(self) -> Comments:
        """The comments; of several beside one field, none can stand beside it, so all stand above it."""
        many = {field: found for field, found in self._beside.items() if len(found) > 1}
        fields = dict.fromkeys((*self._above, *many))
        return Comments(
            header=self._header,
            above={field: (*self._above.get(field, ()), *many.get(field, ())) for field in fields},
            beside={field: found[0] for field, found in self._beside.items() if field not in many},
        )


class _Layout:
    """The tables of a text in order, with their comments, as far as each has a header of its own."""

    def __init__(self, text: str) -> None:
        self.blocks: list[_Block] = []
        self.waiting: list[str] = []
        self._inside: tuple[str, ...] = ()
        for statement in statements(text):
            if statement.header:
                self._begin(statement)
            elif statement.text:
                self._field((*self._inside, *statement.names), statement)
            elif statement.beside or (self.waiting and self.waiting[-1]):
                self.waiting.append(statement.beside)

    @property
    def counts(self) -> dict[str, int]:
        """How many tables of each name have a header."""
        found: dict[str, int] = {}
        for block in self.blocks:
            found[block.table] = found.get(block.table, 0) + 1
        return found

    def _begin(self, statement: Statement) -> None:
        self._inside = statement.names
        if len(self._inside) > 1:
            self._field(self._inside, statement)
            return
        self.blocks.append(_Block(self._inside[0], self.waiting, statement.beside))
        self.waiting = []

    def _field(self, path: tuple[str, ...], statement: Statement) -> None:
        """Give a field's comments to the last table of its name; before any header there is none."""
        own = next((block for block in reversed(self.blocks) if block.table == path[0]), None)
        if own is None or len(path) == 1:
            self.waiting.extend(comment for comment in (*statement.within, statement.beside) if comment)
            return
        own.take(path[1], (*self.waiting, *statement.within), statement.beside)
        self.waiting = []
