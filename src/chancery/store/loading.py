"""Loading: a record in text is taken into a ledger. Loaded again it adds what is new, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from chancery.acts import data_of
from chancery.desk import Barred, additions
from chancery.ledger import Record, problems_of
from chancery.store.base import drafted
from chancery.store.documents import Document
from chancery.store.obeying import obey, whole_record
from chancery.values import Fault, Weight, canonical, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.desk import Additions
    from chancery.log.copies import Files
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


class Filed(Struct, frozen=True):
    """What became of files: how many were filed, which are of no source, how many sources have a digest and no file."""

    new: int
    strangers: tuple[str, ...]
    missing: int


def file_documents(store: Store, record: Record, files: Files) -> Filed:
    """Keep the files whose digests the sources of a record name, all or none. Raises Fault, Refused."""
    named = {source.digest for source in record.sources.values() if source.digest is not None}
    before = set(store.digests())
    strangers: list[str] = []
    found = set(before)
    with store.held():
        for name in sorted(files.names()):
            document = _document(name, files.read(name) or b"")
            if document.digest in named:
                store.file(document)
                found.add(document.digest)
            else:
                strangers.append(name)
    return Filed(len(found - before), tuple(strangers), len(named - found))


def _document(name: str, data: bytes) -> Document:
    """A file as a document. Raises Fault, naming it."""
    try:
        return Document.of(data)
    except Fault as fault:
        raise Fault(phrase("{path}: {fault}", path=name, fault=fault.phrase)) from None


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
