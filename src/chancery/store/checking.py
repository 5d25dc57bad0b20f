"""Checking a database as such: what its tables say beside the log, and what was recorded since the last checkpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.log.bodies import read_body
from chancery.log.checkpoints import SignedCheckpoint
from chancery.log.cosignatures import signers
from chancery.log.heads import shown
from chancery.log.leaves import PUBLIC, read
from chancery.log.stamps import stamp_fault
from chancery.log.tree import Frontier, Tree, leaf_hash
from chancery.log.verifying import opening_fault
from chancery.store.base import Row, refusals_as_faults
from chancery.store.proving import planted
from chancery.store.publishing import opened_for
from chancery.text import Refused
from chancery.values import Fault, phrase, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from chancery.log.steps import Steps
    from chancery.log.trust import Trust
    from chancery.store.base import Store
    from chancery.values import Phrase


DIGEST_LENGTH = 32
"""Bytes of the digest of what a request asked for."""


class _Said(Struct, frozen=True):
    """What a ledger says of its rows, read before them: others may write meanwhile, and what grew is not wrong."""

    stamps: list[tuple[int, bytes]]
    checkpoints: list[tuple[int, bytes]]
    edge: Frontier
    latest: str

    @classmethod
    def by(cls, store: Store) -> _Said:
        """Ask each before what it rests on; the edge is of the moment at which the last entry was that one."""
        stamps, checkpoints = store.stamps(), store.checkpoints()
        while True:
            latest, edge = store.latest, store.frontier()
            if store.latest == latest:
                return cls(stamps, checkpoints, edge, latest)


def check_stored(
    steps: Steps, store: Store, trust: Trust | None = None, watch: Callable[[int, int], None] = lambda _done, _of: None
) -> None:
    """Take the steps of a database: every row read again, beside what its head, checkpoints and documents say.

    Whoever names keys to trust has every checkpoint that is kept held to them.
    """
    said = _Said.by(store)
    tree, latest = _rows_step(steps, store, said.edge.size, watch)
    _judged(
        steps,
        "guards",
        phrase("What guards the tables is as it was made"),
        phrase("pages, tables and guards as this version makes them"),
        lambda: _guards(store),
    )
    _judged(
        steps,
        "head",
        phrase("The head is that of the rows"),
        phrase("the root of the rows: {root}", root=shown(tree.root())),
        lambda: _head(said, tree, latest),
    )
    _judged(
        steps,
        "checkpoints",
        phrase("Every checkpoint is a beginning of the rows"),
        phrase("roots of the rows, one after another"),
        lambda: _checkpoints(store.origin, said.checkpoints, tree, trust),
    )
    _judged(
        steps,
        "stamps",
        phrase("Every time stamp is of a checkpoint that is kept"),
        phrase("time stamps of checkpoints"),
        lambda: _stamps(said, trust),
    )
    _beside_steps(steps, store, tree)


def _rows_step(steps: Steps, store: Store, size: int, watch: Callable[[int, int], None]) -> tuple[Tree, str]:
    """Take the step of the rows; the tree over them, and the moment of the last."""
    tree, latest = Tree(), ""
    faults: list[Phrase] = []
    for seq, row in _rows(store, size):
        if isinstance(row, Row):
            found = (*_row_faults(row, len(tree), latest), *_end_faults(row, store))
            latest = max(latest, _recorded(row))
            tree.append(leaf_hash(row.leaf))
        else:
            found = (row,)
            tree.extend(map(leaf_hash, store.leaves(seq, seq + 1)))
        faults.extend(_at(seq, fault) for fault in found)
        watch(len(tree), size)
    name, expected = (
        phrase("Every row is there and says what its leaf commits to"),
        phrase("rows as they were recorded"),
    )
    if faults:
        steps.failed("rows", name, expected, *faults)
    else:
        steps.passed("rows", name, phrase("{n:number} rows", n=len(tree)))
    return tree, latest


def _rows(store: Store, size: int, seq: int = 0) -> Iterator[tuple[int, Row | Phrase]]:
    """The rows of a ledger in their places, from one on; of a row that cannot be read, why."""
    while seq < size:
        try:
            for row in store.rows(seq, size):
                yield row.seq, row
                seq = row.seq + 1
        except Refused as refused:
            yield seq, refused.problem.phrase
            seq += 1
        else:
            return


def _judged(steps: Steps, code: str, name: Phrase, expected: Phrase, judge: Callable[[], Phrase]) -> None:
    """Take a step, which fails too where the database refuses to be read."""

    def told() -> Phrase:
        with refusals_as_faults():
            return judge()

    steps.judged(code, name, expected, told)


def _beside_steps(steps: Steps, store: Store, tree: Tree) -> None:
    """Take the steps of what is kept beside the rows."""
    _judged(
        steps,
        "roots",
        phrase("Every root that is kept is that of its rows"),
        phrase("roots of whole subtrees of the rows"),
        lambda: planted(store, tree),
    )
    _judged(
        steps,
        "documents",
        phrase("Every document is the one that was filed"),
        phrase("bytes of the digest that each is filed under"),
        lambda: _documents(store),
    )
    _judged(
        steps,
        "requests",
        phrase("Every request that is remembered is of entries that are there"),
        phrase("places of entries, and the digest of what was asked"),
        lambda: _requests(store),
    )
    _judged(
        steps,
        "layout",
        phrase("The layout of the text can be read"),
        phrase("words and places of each file"),
        lambda: phrase("{n:number} files", n=len(store.sheets())),
    )


def _row_faults(row: Row, seq: int, latest: str) -> Iterator[Phrase]:
    """What is wrong with a row by itself, and after those before it."""
    if row.seq != seq:
        yield phrase("{seq} is expected here", seq=seq)
    try:
        header = read(row.leaf)
    except Fault as fault:
        yield fault.phrase
        return
    if header.instant.utc < latest:
        yield phrase("recorded {recorded}, after one of {latest}", recorded=header.instant.utc, latest=latest)
    opened = opened_for(row, None)
    if opened is not None and (fault_here := opening_fault(header, opened)) is not None:
        yield fault_here
    if row.body is not None and row.gone is not None:
        yield phrase("was shredded, and its body is here again")
    if opened is None and row.gone is None:
        yield phrase("its body is missing, and no entry says that it was shredded")
    if row.sealed is None and row.audience != header.audience:
        yield phrase("is kept for {found}; its leaf says: for {expected}", found=row.audience, expected=header.audience)
    if row.name is not None and header.audience == PUBLIC and row.name != header.id:
        yield phrase("is called {found}; its leaf says: {expected}", found=row.name, expected=header.id)


def _end_faults(row: Row, store: Store) -> Iterator[Phrase]:
    """What is wrong with a row that was shredded or sealed: the entry that is named has to say so."""
    for by, kind in ((row.gone, "entry.shredded"), (row.sealed, "entry.sealed")):
        if by is None:
            continue
        said = next((each for _, each in _rows(store, by + 1, by)), None) if by > row.seq else None
        if not isinstance(said, Row) or not _says(said, kind, row):
            yield phrase("is marked by entry {by}, which does not say {kind} of it", by=by, kind=kind)


def _says(said: Row, kind: str, row: Row) -> bool:
    """Whether an entry is of a kind and about another; one that is shredded itself tells its kind alone."""
    try:
        header, about = read(said.leaf), read(row.leaf)
        body = read_body(said.body) if said.body is not None else None
    except Fault:
        return False
    if not isinstance(body, dict):
        return said.gone is not None and header.audience == PUBLIC and header.kind == kind
    return body.get("kind") == kind and (about.audience != PUBLIC or body.get("entry") == about.id)


def _recorded(row: Row) -> str:
    try:
        return read(row.leaf).instant.utc
    except Fault:
        return ""


def _guards(store: Store) -> Phrase:
    store.check()
    return phrase("as it was made")


def _requests(store: Store) -> Phrase:
    found = store.requests()
    size = store.frontier().size  # asked after them: others may write meanwhile
    for first, count, request, payload in found:
        if first < 0 or count < 1 or first + count > size or len(payload) != DIGEST_LENGTH:
            raise Fault(phrase("the request {request} is of none", request=quoted(request)))
    return phrase("requests: {count}", count=len(found))


def _head(said: _Said, tree: Tree, latest: str) -> Phrase:
    head = said.edge
    if said.latest != latest:
        raise Fault(phrase("the last entry at {found}, and the rows end at {latest}", found=said.latest, latest=latest))
    if head.size != len(tree) or head.root() != tree.root():
        raise Fault(phrase("{size} entries, root {root}", size=head.size, root=shown(head.root())))
    return phrase("{size} entries, root {root}", size=head.size, root=shown(head.root()))


def _checkpoints(origin: str, found: Sequence[tuple[int, bytes]], tree: Tree, trust: Trust | None) -> Phrase:
    for place, (size, note) in enumerate(found):
        signed = SignedCheckpoint.of(note)
        checkpoint = signed.checkpoint
        if trust is not None and not signers(signed, trust.log_keys(size)):
            raise Fault(phrase("the checkpoint {place} has no signature by any key of this log", place=place))
        if checkpoint.origin != origin or checkpoint.size != size or size > len(tree):
            raise Fault(
                phrase(
                    "the checkpoint {place} is of {size} entries of {origin}",
                    place=place,
                    size=checkpoint.size,
                    origin=checkpoint.origin,
                )
            )
        if checkpoint.root != tree.root(size):
            raise Fault(
                phrase(
                    "at {size} entries the rows lead to {root}, and not to that of the checkpoint",
                    size=size,
                    root=shown(tree.root(size)),
                )
            )
    since = phrase(
        "{n:number} entries were recorded since the last", n=len(tree) - max((size for size, _ in found), default=0)
    )
    return phrase("{n:number} checkpoints; {since}", n=len(found), since=since)


def _stamps(said: _Said, trust: Trust | None) -> Phrase:
    texts = {size: SignedCheckpoint.of(note).checkpoint.text.encode() for size, note in said.checkpoints}
    for place, (size, data) in enumerate(said.stamps):
        if size not in texts:
            raise Fault(
                phrase("the time stamp {place} is of {size} entries, and no checkpoint is", place=place, size=size)
            )
        if (fault := stamp_fault(data, texts[size], trust)) is not None:
            raise Fault(phrase("the time stamp {place}: {fault}", place=place, fault=fault))
    return phrase("{n:number} time stamps", n=len(said.stamps))


def _documents(store: Store) -> Phrase:
    digests = store.digests()
    for digest in digests:
        store.document(digest)
    return phrase("{n:number} documents", n=len(digests))


def _at(seq: int, fault: Phrase) -> Phrase:
    return phrase("entry {index}: {fault}", index=seq, fault=fault)
