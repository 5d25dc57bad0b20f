"""Publishing: the whole log as files, a receipt of one entry, and the ledger itself as the files that it would have."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from chancery.log.bodies import Opened, bundle_of
from chancery.log.checkpoints import SignedCheckpoint
from chancery.log.copies import CHECKPOINT, CHECKPOINTS, DOCUMENTS
from chancery.log.leaves import PUBLIC
from chancery.log.receipts import Receipt
from chancery.log.tiles import BODIES, ENTRIES, Tile, bundled, contents, hashed, tiles
from chancery.log.tree import Frontier, Tree, leaf_hash
from chancery.text import record_in
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.store.base import Row, Store


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


def newest(store: Store) -> SignedCheckpoint | None:
    """The last checkpoint that was kept. Raises Fault where it cannot be read."""
    found = store.checkpoints()
    return SignedCheckpoint.of(found[-1][1]) if found else None


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
    tree = tree_of(store, size)
    if tree.root() != signed.checkpoint.root:
        raise Fault(phrase("the entries are not those of the checkpoint; nothing is proved"))
    return Receipt(row.leaf, seq, tuple(tree.inclusion(seq)), signed, opened_for(row, audiences))


def export(store: Store, signed: SignedCheckpoint, audiences: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The files of a whole log under a checkpoint, by their names, with what some audiences may read. Raises Fault."""
    size = signed.checkpoint.size
    tree = tree_of(store, size)
    if tree.root() != signed.checkpoint.root:
        raise Fault(phrase("the entries are not those of the checkpoint; nothing is exported"))

    def bodies(start: int, stop: int) -> Iterator[Opened | None]:
        return (opened_for(row, audiences) for row in store.rows(start, stop))

    yield from contents(size, tree.node, store.leaves, bodies)
    for place, (_, note) in enumerate(store.checkpoints()):
        yield f"{CHECKPOINTS}/{place}", note
    kept = set(store.digests())
    for source in record_in(store.bodies(audiences)).sources.values():
        if source.digest in kept:
            document = store.document(source.digest)
            yield f"{DOCUMENTS}/{source.digest}", document.data if document is not None else b""
            kept.discard(source.digest)
    yield CHECKPOINT, signed.data


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
        """What a file would hold."""
        if name == CHECKPOINT:
            return None if self.signed is None else self.signed.data
        if name not in self.names():
            return None
        tile = Tile.of(name)
        if tile.row == BODIES:
            return bundle_of(opened_for(row, None) for row in self.store.rows(tile.start, tile.stop))
        if tile.row == ENTRIES:
            return bundled(self.store.leaves(tile.start, tile.stop))
        return hashed(tile, self._tree.node) if tile.stop << (tile.level or 0) * 8 <= len(self._tree) else b""
