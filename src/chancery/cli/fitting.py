"""Fitting a table into a terminal: which columns are drawn, and which wait for more room."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chancery.views import Column

COMFORTABLE = 20
"""Letters of a column beyond which its text is folded without harm."""

GAP = 3
"""Letters between two columns."""

FEWEST = 3
"""Columns that are always drawn."""


def drawn(columns: Sequence[Column], texts: Mapping[str, Sequence[str]], room: int) -> list[Column]:
    """The columns that fit into so many letters: empty ones go first, then asides, then the rest from the last one."""
    kept = [column for column in columns if any(texts[column.key])]
    while len(kept) > FEWEST and _width(kept, texts) > room:
        asides = [column for column in kept if column.aside]
        kept.remove((asides or kept)[-1])
    return kept


def _width(columns: Sequence[Column], texts: Mapping[str, Sequence[str]]) -> int:
    return sum(min(max(map(len, texts[column.key])), COMFORTABLE) + GAP for column in columns)
