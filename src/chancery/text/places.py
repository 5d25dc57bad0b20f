"""Places: the line of an entry's table, and of a field in it. Worked out only when a problem needs it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from chancery.text.tokens import statements

if TYPE_CHECKING:
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
        return fields.get(field or "", fields.get(""))


def _note(
    statement: Statement, inside: tuple[str, ...], fields: dict[str, int], found: dict[str, list[dict[str, int]]]
) -> None:
    """Note the line of a field: of its key, of its own table, or of a key that stands before any table."""
    path = statement.names if statement.header else (*inside, *statement.names)
    if not inside and path:
        fields = found.setdefault(path[0], [{"": statement.line}])[0]
    if len(path) > 1:
        fields.setdefault(path[1], statement.line)
