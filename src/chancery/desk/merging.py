"""Merging: what a record adds to the one that is kept. What is kept already is never changed, only corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from chancery.acts import data_of
from chancery.desk.desk import SHREDDED, Barred, shredded
from chancery.desk.naming import name_of
from chancery.text import HEAD_KEY, act_toml
from chancery.values import Place, Problem, Weight, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.acts import Act
    from chancery.ledger import Record
    from chancery.register import Head, Source

SETTLED = ("standings", "shown_only", "retrieved", "recorded")
"""Fields of a head by which entries are read: they stay as the ledger began with them."""


class Additions(Struct, frozen=True):
    """What is new in a record: its head where it says something else of itself, sources and entries.

    ``unwritten`` are kept entries that the record does not have: they stay.
    """

    head: Head | None
    sources: tuple[Source, ...]
    acts: tuple[Act, ...]
    unwritten: int

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.sources) + len(self.acts) + (self.head is not None)


def additions(kept: Record | None, given: Record) -> Additions:
    """What a record adds to the one that is kept, if any is. Raises Barred with everything that it would change."""
    if kept is None:
        return Additions(given.head, tuple(given.sources.values()), tuple(given.acts), 0)
    changed = [*_changed_head(kept.head, given.head), *_changed_sources(kept, given), *_changed_acts(kept, given)]
    if changed:
        raise Barred(changed)
    new = tuple(act for act in given.acts if act.id not in kept.places)
    return Additions(
        given.head if _said(given.head) != _said(kept.head) else None,
        tuple(source for ref, source in given.sources.items() if ref not in kept.sources),
        new,
        len(kept.acts) - (len(given.acts) - len(new)),
    )


def _changed_head(kept: Head, given: Head) -> Iterator[Problem]:
    before, now = _said(kept), _said(given)
    for field in SETTLED:
        if before.get(field) != now.get(field):
            fault = phrase(
                "is changed; how entries are read stays as the ledger began with it: give it its words again"
            )
            place = Place(field=field)
            yield Problem(code="changed-head", weight=Weight.BAR, phrase=fault, entry=HEAD_KEY, place=place)


def _changed_sources(kept: Record, given: Record) -> Iterator[Problem]:
    for ref, source in given.sources.items():
        before = kept.sources.get(ref)
        if before is not None and (fields := _differing(_said(before), _said(source))):
            fault = phrase(
                "is changed in {fields}; what is recorded stays. Give it its words again, and record the page as it is "
                "now as a source with a ref of its own",
                fields=", ".join(fields),
            )
            place = Place(field=fields[0])
            yield Problem(code="changed-source", weight=Weight.BAR, phrase=fault, entry=ref, place=place)


def _changed_acts(kept: Record, given: Record) -> Iterator[Problem]:
    gone = shredded(kept)
    for act in given.acts:
        at = kept.places.get(act.id)
        if at is None and act.id in gone:
            yield act.problem("shredded", Weight.BAR, SHREDDED, "id")
        if at is not None and kept.acts[at] != act and (fields := _differing(data_of(kept.acts[at]), data_of(act))):
            fault = phrase(
                "is changed in {fields}; what is recorded stays. Give it its words again, and record the correction "
                "beside it, as an entry of its own",
                fields=", ".join(fields),
            )
            hint = phrase("Record instead: {toml}", toml="\n\n" + act_toml(_correction(act, kept, given)))
            place = Place(field=fields[0])
            yield Problem(code="changed-entry", weight=Weight.BAR, phrase=fault, entry=act.id, place=place, hint=hint)


def _correction(act: Act, kept: Record, given: Record) -> Act:
    """The entry to record in place of a change."""
    name = name_of(act.kind, data_of(act), {*kept.places, *given.places})
    return msgspec.structs.replace(act, id=name, replaces=act.id, recorded=None)


def _said(struct: Struct) -> dict[str, object]:
    """The data of a head or source; the word that tells lines of JSON apart is no field of it."""
    return {name: value for name, value in data_of(struct).items() if name != "kind"}


def _differing(before: dict[str, object], now: dict[str, object]) -> list[str]:
    """The fields in which two differ."""
    return [field for field in dict.fromkeys((*before, *now)) if before.get(field) != now.get(field)]
