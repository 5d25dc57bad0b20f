"""Publishing: the whole log as files, a receipt of one entry, and the ledger itself as the files that it would have."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property, partial
from operator import attrgetter
from typing import TYPE_CHECKING

from chancery.log.bodies import Opened, bundle_of
from chancery.log.checkpoints import SignedCheckpoint
from chancery.log.copies import CHECKPOINT, CHECKPOINTS, DOCUMENTS, STAMP, STAMP_SUFFIX
from chancery.log.leaves import PUBLIC, read
from chancery.log.receipts import Receipt
from chancery.log.tiles import BODIES, ENTRIES, Tile, bundled, contents, hashed, tiles
from chancery.log.tree import Frontier, Tree, inclusion_proof, inclusion_root, leaf_hash
from chancery.store.base import refusals_as_faults
from chancery.store.proving import KeptTree
from chancery.text import Refused, record_in
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chancery.log.checkpoints import Checkpoint
    from chancery.log.notes import Signature
    from chancery.store.base import Row, Store


_COSIGNERS = attrgetter("cosigners")


def tree_of(store: Store, size: int | None = None) -> Tree:
    """The tree over a ledger's entries, worked out from the leaves as they are stored."""
    return Tree(leaf_hash(leaf) for leaf in store.leaves(0, size))


def root_at(store: Store, size: int) -> bytes:
    """The root of a ledger at a size that it has or had."""
    now = store.frontier()
    if now.size == size:
        return now.root()
    edge = Frontier()
    edge.extend(leaf_hash(leaf) for leaf in store.leaves(0, size))
    return edge.root()


def signed_ones(store: Store) -> list[SignedCheckpoint]:
    """Every checkpoint that was kept. Raises Fault where one cannot be read."""
    return [SignedCheckpoint.of(note) for _, note in store.checkpoints()]


def newest(store: Store) -> SignedCheckpoint | None:
    """The checkpoint of the most entries; of several the one with the most cosignatures. Raises Fault.

    It is the last one that was signed, also where an earlier one was witnessed after it.
    """
    found = store.checkpoints()
    size = max((size for size, _ in found), default=0)
    return max(_latest_first(note for at, note in found if at == size), key=_COSIGNERS, default=None)


def covering(store: Store, seq: int) -> SignedCheckpoint | None:
    """The checkpoint that covers an entry and has the most cosignatures; of several the newest. Raises Fault."""
    return max(_latest_first(note for size, note in store.checkpoints() if size > seq), key=_COSIGNERS, default=None)


def _latest_first(notes: Iterable[bytes]) -> list[SignedCheckpoint]:
    return [SignedCheckpoint.of(note) for note in notes][::-1]


def stamp_of(store: Store, size: int) -> bytes | None:
    """The last time stamp of the checkpoint of a size, None where it has none."""
    return next((data for at, data in reversed(store.stamps()) if at == size), None)


def last_cosigned(store: Store) -> int:
    """The size of the largest checkpoint that somebody cosigned, 0 where nobody has."""
    found = store.checkpoints()
    return max((size for size, note in found if SignedCheckpoint.of(note).cosigners), default=0)


def keep_cosignatures(store: Store, signed: SignedCheckpoint, found: Iterable[Signature]) -> None:
    """Keep a checkpoint again with cosignatures under it, beside those that came meanwhile; one by each key."""
    size = signed.checkpoint.size
    with store.held():
        latest = max(_latest_first(note for at, note in store.checkpoints() if at == size), key=_COSIGNERS)
        known = {(each.name, each.key_id) for each in latest.note.signatures}
        fresh = [each for each in found if (each.name, each.key_id) not in known]
        if fresh:
            store.note(size, latest.signed(*fresh).data)


def opened_for(row: Row, audiences: Sequence[str] | None) -> Opened | None:
    """The body of an entry with its salt, where some audiences may read it (None: all) and it is still there."""
    if row.body is None or row.salt is None:
        return None
    may = audiences is None or row.audience in {PUBLIC, *audiences}
    return Opened(row.salt, row.body) if may else None


def receipt_of(store: Store, seq: int, signed: SignedCheckpoint, audiences: Sequence[str]) -> Receipt:
    """The receipt of an entry under a checkpoint. Raises Fault where the checkpoint does not cover it."""
    size = signed.checkpoint.size
    row = next(store.rows(seq, seq + 1), None) if 0 <= seq < size else None
    if row is None:
        raise Fault(
            phrase(
                "the last checkpoint covers {size:number} entries, from 0; there is no entry {seq}", size=size, seq=seq
            )
        )
    proof = _proof(store, seq, row.leaf, signed.checkpoint)
    return Receipt(row.leaf, seq, tuple(proof), signed, opened_for(row, audiences))


def _proof(store: Store, seq: int, leaf: bytes, checkpoint: Checkpoint) -> list[bytes]:
    """The proof that an entry stands under a checkpoint: by the roots that are kept, or by the leaves alone."""
    size = checkpoint.size
    for tree_at in (partial(KeptTree, seq=seq), tree_of):
        with suppress(Fault, Refused, IndexError):  # of hashes that are none, and of nodes that are not there
            proof = inclusion_proof(seq, size, tree_at(store, size).node)
            if inclusion_root(leaf_hash(leaf), seq, size, proof) == checkpoint.root:
                return proof
    raise Fault(phrase("the entries are not those of the checkpoint; nothing is proved"))


def receipts(store: Store, signed: SignedCheckpoint, audiences: Sequence[str]) -> Iterator[tuple[str, Receipt]]:
    """The receipt of every entry under a checkpoint, with its id, for what some audiences may read. Raises Fault."""
    size = signed.checkpoint.size
    tree = tree_of(store, size)
    if tree.root() != signed.checkpoint.root:
        raise Fault(phrase("the entries are not those of the checkpoint; nothing is proved"))
    for row in store.rows(0, size):
        opened = opened_for(row, audiences)
        yield read(row.leaf).id, Receipt(row.leaf, row.seq, tuple(tree.inclusion(row.seq)), signed, opened)


def export(store: Store, signed: SignedCheckpoint, audiences: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The files of a whole log under a checkpoint, by their names, with what some audiences may read. Raises Fault."""
    size = signed.checkpoint.size
    tree = tree_of(store, size)
    if tree.root() != signed.checkpoint.root:
        raise Fault(phrase("the entries are not those of the checkpoint; nothing is exported"))

    def bodies(start: int, stop: int) -> Iterator[Opened | None]:
        return (opened_for(row, audiences) for row in store.rows(start, stop))

    yield from contents(size, tree.node, store.leaves, bodies)
    for place, (at, note) in enumerate(store.checkpoints()):
        yield f"{CHECKPOINTS}/{place}", note
        if (stamp := stamp_of(store, at)) is not None:
            yield f"{CHECKPOINTS}/{place}{STAMP_SUFFIX}", stamp
    kept = set(store.digests())
    for source in record_in(store.bodies(audiences)).sources.values():
        if source.digest in kept:
            document = store.document(source.digest)
            yield f"{DOCUMENTS}/{source.digest}", document.data if document is not None else b""
            kept.discard(source.digest)
    yield CHECKPOINT, signed.data
    if (stamp := stamp_of(store, size)) is not None:
        yield STAMP, stamp


class Ledger:
    """A ledger as the files that a copy of it would have, so that it is verified like any other copy."""

    def __init__(self, store: Store) -> None:
        """Take the ledger at its last checkpoint. Raises Fault where that cannot be read."""
        self.store = store
        self.signed = newest(store)

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    @cached_property
    def _tree(self) -> Tree:
        return tree_of(self.store, 0 if self.signed is None else self.signed.checkpoint.size)

    def names(self) -> list[str]:
        """The names of the files."""
        return [] if self.signed is None else [CHECKPOINT, *(tile.path for tile in tiles(self.signed.checkpoint.size))]

    def read(self, name: str, /) -> bytes | None:
        """What a file would hold. Raises Fault."""
        with refusals_as_faults():
            return self._read(name)

    def _read(self, name: str) -> bytes | None:
        if name == CHECKPOINT:
            return None if self.signed is None else self.signed.data
        if name == STAMP:
            return None if self.signed is None else stamp_of(self.store, self.signed.checkpoint.size)
        if name not in self.names():
            return None
        tile = Tile.of(name)
        if tile.row == BODIES:
            return bundle_of(opened_for(row, None) for row in self.store.rows(tile.start, tile.stop))
        if tile.row == ENTRIES:
            return bundled(self.store.leaves(tile.start, tile.stop))
        return hashed(tile, self._tree.node) if tile.stop << (tile.level or 0) * 8 <= len(self._tree) else b""
