"""Places: the line of an entry's table, and of a field in it. Worked out only when a problem needs it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from chancery.text.tokens import statements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chancery.text.tokens import Statement


class Places:
    """The lines of one TOML text: where its tables and their fields stand."""

    def __init__(self, text: str) -> None:
        """Keep the text; nothing is looked for yet."""
        self._text = text

    @cached_property
    def _tables(self) -> dict[str, list[dict[str, int]]]:
        """For each name of a table, the lines of each such table's fields; its own line is that of no name."""
        found: dict[str, list[dict[str, int]]] = {}
        fields: dict[str, int] = {}
        inside: tuple[str, ...] = ()
        for statement in statements(self._text):
            if statement.header:
                inside = statement.names
                if len(inside) == 1:
                    fields = {"": statement.line}
                    found.setdefault(inside[0], []).append(fields)
            if statement.text:
                _note(statement, inside, fields, found)
        return found

    def line(self, table: str, index: int, field: str | None = None) -> int | None:
        """The line of the index-th table of that name, or of a field in it where the field stands there."""
        own = self._tables.get(table, [])
        if index >= len(own):
            return None
        fields = own[index]
        names = (field or "").split(".")
        for length in range(len(names), 0, -1):
            line = fields.get(_unnumbered(names[:length]))
            if line is not None:
                return line
        return fields.get("")


def _unnumbered(names: Sequence[str]) -> str:
    """A path without its last number: the place where a list is begun."""
    return ".".join(names).partition("[")[0]


def _note(
    statement: Statement, inside: tuple[str, ...], fields: dict[str, int], found: dict[str, list[dict[str, int]]]
) -> None:
    """Note the line of a field: of its key, of its own table, or of a key that stands before any table."""
    path = statement.names if statement.header else (*inside, *statement.names)
    if not inside and path:
        fields = found.setdefault(path[0], [{"": statement.line}])[0]
    for length in range(2, len(path) + 1):
        fields.setdefault(".".join(path[1:length]), statement.line)
