"""Taking: from the objects of a file to acts, through the one decoding; every fault is kept with its place."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from chancery.acts import Undecodable, act_of
from chancery.exchange.base import Taken, fault_at
from chancery.exchange.plain import json_text
from chancery.text import too_long
from chancery.values import Problem, Ref, composed, name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chancery.acts import Act
    from chancery.exchange.base import Given
    from chancery.values import Phrase

MOST_FAULTS = 1_000
"""Faults that are told of one file."""

LONGEST_LIST = 10_000
"""Letters of a list in JSON that is kept as one attribute."""

LONGEST_ID = 200
"""Letters of an identifier that become part of a ref."""


class Taking:
    """Collects the acts and the faults of one file. Entries are named by the source and their place (RFC 6901)."""

    def __init__(self, given: Given, vocabulary: str) -> None:
        """Begin with nothing taken."""
        self.given = given
        self.acts: list[Act] = []
        self.problems: list[Problem] = []
        self._vocabulary = vocabulary
        self._source = given.source.ref

    def fault(self, pointer: str, fault: Phrase, *, line: int | None = None, code: str = "malformed") -> None:
        """Keep a fault at a place."""
        if len(self.problems) < MOST_FAULTS:
            self.problems.append(fault_at(self.given, pointer, fault, line=line, code=code))

    def entry(self, pointer: str) -> str:
        """The name of the entry that is made from a place."""
        return f"{name(self._source)}{pointer}"

    def act(
        self,
        pointer: str,
        kind: str,
        fields: Mapping[str, object],
        *,
        line: int | None = None,
        entry: str | None = None,
    ) -> Act | None:
        """Decode an act made from a place, which names its entry unless a name is given; None where it has a fault."""
        stated = {field: value for field, value in fields.items() if value not in (None, "", [], {})}
        cite = {"source": self._source, "article": pointer or "/"}
        data = {**stated, "id": entry or self.entry(pointer), "kind": kind, "cites": [cite]}
        try:
            act = act_of(composed(data))
        except Undecodable as refused:
            for problem in refused.problems:
                field = problem.place.field if problem.place else None
                self.fault(f"{pointer}: {field}" if field else pointer, problem.phrase, line=line, code=problem.code)
            return None
        if (long := too_long(act)) is not None:
            self.fault(pointer, long.phrase, line=line, code=long.code)
            return None
        self.acts.append(act)
        return act

    def carry(self, pointer: str, attribute: str, value: object, **subject: str) -> None:
        """Keep a value for which no kind has a field, as an attribute; a long list by its items."""
        text = json_text(value)
        if isinstance(value, list) and len(text) > LONGEST_LIST:
            for number, item in enumerate(value):
                self.carry(pointer, f"{attribute}/{number}", item, **subject)
            return
        held = {"value": value} if isinstance(value, str) and value else {"data": text}
        fields = {**subject, "vocabulary": self._vocabulary, "attribute": attribute, **held}
        self.act(f"{pointer}/{attribute}", "attribute.stated", fields)

    def taken(self, bodies: Iterable[str] = ()) -> Taken:
        """What was taken."""
        return Taken(tuple(self.acts), tuple(bodies), tuple(self.problems))


class Naming:
    """Gives refs to identifiers: those that are refs stay; others are spelled as a ref's name, each only once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        """Begin with the refs that are given already."""
        self._refs: dict[tuple[str, str], Ref] = {}
        self._taken = set(taken)

    def known(self, sort: str, identifier: str) -> Ref | None:
        """The ref that an identifier of a sort of thing was given."""
        return self._refs.get((sort, identifier))

    def give(self, sort: str, identifier: str, family: str) -> Ref:
        """Give a ref of a family to an identifier."""
        base = f"{family}:{spelled(identifier)}"
        return self.keep(sort, identifier, next(ref for ref in _numbered(base) if ref not in self._taken))

    def keep(self, sort: str, identifier: str, ref: str) -> Ref:
        """Take an identifier that is a ref already."""
        self._taken.add(ref)
        return self._refs.setdefault((sort, identifier), Ref(ref))


def _numbered(base: str) -> Iterable[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def spelled(text: str) -> str:
    """A text as the name of a ref: lower case, in a-z, 0-9, '.' and '-'."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()[:LONGEST_ID]
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.") or "x"
