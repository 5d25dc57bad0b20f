"""Problems: what cannot be, what should not have been, what a reader should notice."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from chancery.values.phrases import Phrase


class Weight(StrEnum):
    """How much a problem weighs."""

    BAR = "bar"
    """Impossible: refused."""
    BREACH = "breach"
    """Against the rules: recorded, with the finding beside it."""
    NOTICE = "notice"
    """Worth a look."""


class Place(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """Where in a record: the file as the record names it, the line from 1, the field."""

    file: str = ""
    line: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        """File and line as editors know them, then the field."""
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (where, self.field) if part)


class Problem(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """One thing found wrong: its lasting code, its weight, what it says, the entry and the place it concerns."""

    code: str
    weight: Weight
    phrase: Phrase
    entry: str | None = None
    place: Place | None = None
    hint: Phrase | None = None
