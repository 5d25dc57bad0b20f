"""Restoring a ledger into a fresh one, on any shelf, as it was at any size or moment: the same leaves, kept again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts import act_of
from chancery.acts.registrar import EntryShredded
from chancery.log.bodies import read_body
from chancery.log.leaves import read
from chancery.store.base import Draft, refused
from chancery.store.obeying import obey, whole_record
from chancery.store.proving import plant_roots
from chancery.values import Date, DateFault, Instant, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.store.base import Row, Store
    from chancery.text import Refused

AT_ONCE = 1_000
"""Entries that are kept by one statement."""


def size_at(store: Store, until: str) -> int:
    """How many entries a ledger had at a size, an instant, or the end of a day (UTC). Raises Refused, DateFault."""
    size = store.frontier().size
    if until.isascii() and until.isdecimal():
        if int(until) > size:
            fault = phrase("never held {until} entries; it holds {size}", until=until, size=size)
            raise refused(store.place, "smaller", fault)
        return int(until)
    last = _last_moment(until)
    return next((seq for seq, leaf in enumerate(store.leaves(0, size)) if read(leaf).instant.utc > last), size)


def _last_moment(until: str) -> str:
    """The last moment that a text means. Raises DateFault."""
    if "T" in until:
        return Instant.of(until).utc
    day = Date.of(until)
    if not day.exact:
        raise DateFault(phrase("{until} is no day, no instant and no size of a ledger", until=until))
    return f"{day.text}T23:59:59Z"


def copy_into(fresh: Store, source: Store, size: int) -> None:
    """Keep in a fresh ledger what another held at a size, with its requests, checkpoints, stamps and documents.

    The layout of the text comes along with the whole of a ledger only. Raises Refused where what was sealed or shredded
    later would have to be as it was before, and where the fresh ledger is not empty.
    """
    with fresh.held():
        if fresh.frontier().size or fresh.origin != source.origin:
            raise refused(fresh.place, "taken", phrase("is there already; a backup is restored where none is"))
        drafts = [_draft(source, row, size) for row in source.rows(0, size)]
        for start, stop, request in _portions(source.requests(), size):
            fresh.keep(drafts[start:stop], *request)
        record = whole_record(fresh)
        for act in record.acts if record is not None else ():
            obey(fresh, act)
        if size == source.frontier().size:
            fresh.lay(source.sheets())
        _copy_beside(fresh, source, size)


def _copy_beside(fresh: Store, source: Store, size: int) -> None:
    """Copy the checkpoints up to a size with their time stamps, and the documents that the entries name."""
    for at, note in source.checkpoints():
        if at <= size:
            fresh.note(at, note)
    for at, stamp in source.stamps():
        if at <= size:
            fresh.stamp(at, stamp)
    plant_roots(fresh, size)
    record = whole_record(fresh)
    named = {each.digest for each in record.sources.values()} if record is not None else set()
    for digest in source.digests():
        if digest in named and (document := source.document(digest)) is not None:
            fresh.file(document)


def _draft(source: Store, row: Row, size: int) -> Draft:
    """An entry as it was recorded; one that was shredded since without what it said, to be shredded again."""
    for by in (row.sealed, row.gone):
        if by is not None and by >= size:
            raise _later(source, row.seq, by)
    header = read(row.leaf)
    name = row.name if row.gone is None else _shredded(source, row.seq, row.gone)
    return Draft(name, header.audience, row.leaf, row.salt or b"", row.body or b"", header.instant.utc)


def _shredded(source: Store, seq: int, by: int) -> str:
    """The id of a shredded entry, as the entry names it that shredded it. Raises Refused where that is gone too."""
    said = next(source.rows(by, by + 1)).body
    body = read_body(said) if said is not None else None
    act = act_of(body) if isinstance(body, dict) else None
    if not isinstance(act, EntryShredded):
        raise refused(
            source.place,
            "nameless",
            phrase("entry {seq} was shredded by entry {by}, which does not say so any more", seq=seq, by=by),
        )
    return act.entry


def _later(source: Store, seq: int, by: int) -> Refused:
    fault = phrase(
        "entry {seq} was sealed or shredded by entry {by}, and stays so; restore {seq} entries at the most, or {least} "
        "or more",
        seq=seq,
        by=by,
        least=by + 1,
    )
    return refused(source.place, "sealed-since", fault)


def _portions(
    requests: Sequence[tuple[int, int, str, bytes]], size: int
) -> Iterator[tuple[int, int, tuple[str, bytes] | tuple[()]]]:
    """The entries up to a size as they are to be kept: those of each whole request together, the others in between."""
    at = 0
    whole = [each for each in requests if each[0] + each[1] <= size]
    for first, count, request, payload in (*whole, (size, 0, "", b"")):
        yield from ((start, min(start + AT_ONCE, first), ()) for start in range(at, first, AT_ONCE))
        if count:
            yield first, first + count, (request, payload)
        at = first + count
