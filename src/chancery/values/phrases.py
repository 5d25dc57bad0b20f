"""Phrases: what Chancery says, as an English template and its values, so that it can be said in any language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias, Union

from msgspec import Struct

if TYPE_CHECKING:
    from chancery.values.dates import Date
    from chancery.values.instants import Instant
    from chancery.values.money import Money
    from chancery.values.refs import Ref
    from chancery.values.tongues import Tongues

Value: TypeAlias = Union[str, int, "Date", "Instant", "Money", "Phrase", "Tongues", "tuple[Ref, ...]"]
Slot: TypeAlias = tuple[str, str | None, str]

SLOT_KINDS = frozenset({"text", "name", "names", "date", "number", "money"})
"""How a slot is spoken: as it stands, by a ref's name, by several names, as a day, as a number, as a sum."""

_PIECE = re.compile(r"[^{}]+|\{\{|\}\}|\{([a-z][a-z0-9_]*)(?::([a-z]+))?\}|[{}]")
_QUOTED_LENGTH = 80


class Phrase(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """An English template with typed slots, and the values that fill them, sorted by slot."""

    msgid: str
    values: tuple[tuple[str, Value], ...] = ()

    def __str__(self) -> str:
        """The phrase in English: refs as they stand, dates by their text. A slot without a value stays as it is."""
        values = dict(self.values)
        said = []
        for literal, name, _ in slots(self.msgid):
            said.append(literal)
            if name is not None:
                said.append(_plain(name, values))
        return "".join(said)

    def filled(self, **values: Value) -> Phrase:
        """The same template with values: one of several that are kept at hand."""
        return Phrase(self.msgid, tuple(sorted(values.items())))


class Fault(ValueError):
    """A value that cannot be, with the phrase that says why."""

    def __init__(self, phrase: Phrase) -> None:
        super().__init__(phrase)
        self.phrase = phrase

    def __str__(self) -> str:
        return str(self.phrase)


def phrase(msgid: str, /, **values: Value) -> Phrase:
    """A phrase with its values. The message extractor reads its first argument."""
    return Phrase(msgid, tuple(sorted(values.items())))  # names differ, so values are never compared


@lru_cache(maxsize=4096)
def slots(msgid: str) -> tuple[Slot, ...]:
    """The parts of a template, in order: text before a slot, the slot's name (None at the end), its kind.

    ``{{`` and ``}}`` stand for the braces themselves. Raises ValueError for a malformed template, never for a value.
    """
    found: list[Slot] = []
    literal = ""
    for piece in _PIECE.finditer(msgid):
        name, kind = piece.groups()
        if name is None:
            literal += _literal(piece[0], msgid)
        else:
            found.append((literal, name, _kind(kind, msgid)))
            literal = ""
    if literal:
        found.append((literal, None, "text"))
    return tuple(found)


def quoted(text: str) -> str:
    """A text as it can be shown safely inside a message: clipped, with everything but printable ASCII escaped."""
    clipped = text if len(text) <= _QUOTED_LENGTH else text[:_QUOTED_LENGTH] + "..."
    return f"'{clipped.encode('unicode_escape').decode('ascii')}'"


def _literal(piece: str, msgid: str) -> str:
    if piece in "{}":
        raise ValueError(f"a brace without its partner in the template {msgid!r}")
    return piece[0] if piece in {"{{", "}}"} else piece


def _kind(kind: str | None, msgid: str) -> str:
    if kind is None:
        return "text"
    if kind not in SLOT_KINDS:
        raise ValueError(f"no kind of slot is called {kind!r}, in the template {msgid!r}")
    return kind


def _plain(name: str, values: dict[str, Value]) -> str:
    if name not in values:
        return "{" + name + "}"
    value = values[name]
    return ", ".join(value) if isinstance(value, tuple) else str(value)
