"""Loading: a record in text is taken into a ledger. Loaded again it adds what is new, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from chancery.acts import data_of
from chancery.desk import Barred, additions
from chancery.ledger import Record, problems_of
from chancery.store.base import drafted
from chancery.store.obeying import obey, whole_record
from chancery.values import Weight, canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from msgspec import Struct

    from chancery.desk import Additions
    from chancery.register import Source
    from chancery.store.base import Draft, Store
    from chancery.text import Progress, Sheet
    from chancery.values import Instant

AT_ONCE = 1_000
"""Entries that are kept by one statement."""


def load(
    store: Store, given: Record, sheets: Sequence[Sheet], now: Instant, progress: Progress | None = None
) -> Additions:
    """Take what is new in a sound record into a ledger, all of it or nothing, with the layout of its text.

    Raises Barred where it would change what is kept, Refused, Fault.
    """
    with store.held():
        kept = whole_record(store)
        new = additions(kept, given)
        _check(kept, new)
        drafts = list(_drafts(new, now, store.by))
        for start in range(0, len(drafts), AT_ONCE):
            store.keep(drafts[start : start + AT_ONCE])
            if progress is not None:
                progress(min(start + AT_ONCE, len(drafts)), len(drafts))
        if sheets:
            store.lay(sheets)
        for act in new.acts:
            obey(store, act)
    return new


def _check(kept: Record | None, new: Additions) -> None:
    """Refuse what cannot stand beside what is kept: the text alone was sound. Raises Barred."""
    if kept is None:
        return
    sources: dict[str, Source] = {**kept.sources, **{source.ref: source for source in new.sources}}
    before = {problem.entry for problem in problems_of(kept)}
    found = problems_of(Record(new.head or kept.head, sources, [*kept.acts, *new.acts]))
    bars = [problem for problem in found if problem.weight is Weight.BAR and problem.entry not in before]
    if bars:
        raise Barred(bars)


def _drafts(new: Additions, now: Instant, by: str) -> Iterator[Draft]:
    if new.head is not None:
        body = _line(new.head, "record")
        yield msgspec.structs.replace(drafted(body, name="record", kind="record", recorded=now, by=by), name=None)
    for source in new.sources:
        yield drafted(_line(source, "source"), name=source.ref, kind="source", recorded=now, by=by)
    for act in new.acts:
        yield drafted(canonical(data_of(act)), name=act.id, kind=act.kind, recorded=now, by=act.by_officer or by)


def _line(struct: Struct, kind: str) -> bytes:
    """A head or a source as a line of JSON."""
    return canonical({**data_of(struct), "kind": kind})
