"""Proving from a few rows: the roots of whole subtrees are kept beside the log, and nothing is believed that they say.

A proof that they lead to is held against the checkpoint; where it does not hold, the leaves alone are asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.log.tree import Tree, leaf_hash
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.log.tree import Hash
    from chancery.store.base import Span, Store
    from chancery.values import Phrase

BITS = 5
"""Levels of the tree from one tier of roots to the next. A proof reads some 64 rows of each tier."""
WIDTH = 1 << BITS
TIERS = 13
"""Tiers, with that of the leaves, that a tree of fewer than 2^63 leaves can have."""


class KeptTree:
    """The nodes of a ledger's tree at a size, from the leaves and the roots of the tiles that are asked for."""

    def __init__(self, store: Store, size: int, seq: int | None = None) -> None:
        """Read nothing yet; or at once what the proof of an entry asks of the roots."""
        self._store = store
        self._size = size
        self._tiles: dict[tuple[int, int], Tree] = {}
        spans = [] if seq is None else list(self._spans(seq))
        self._read = dict(zip(spans, store.roots(spans) if spans else (), strict=True))

    def node(self, level: int, place: int) -> Hash:
        """The hash of a whole subtree; Nodes of this tree."""
        tier, up = divmod(level, BITS)
        index, within = divmod(place << up, WIDTH)
        tile = self._tiles.get((tier, index))
        if tile is None:
            tile = self._tiles[tier, index] = self._tile(tier, index)
        return tile.node(up, within >> up)

    def roots(self, tier: int, start: int, stop: int) -> Iterator[Hash]:
        """The roots of whole subtrees of 32^tier leaves: as they are kept, and worked out where they are not."""
        if not tier:
            yield from map(leaf_hash, self._store.leaves(start, stop))
            return
        span = (tier, start, stop)
        kept = self._read[span] if span in self._read else self._store.roots([span])[0]
        yield from kept
        for place in range(start + len(kept), stop):
            yield self._tile(tier - 1, place).node(BITS, 0)

    def _tile(self, tier: int, index: int) -> Tree:
        return Tree(self.roots(*self._span(tier, index)))

    def _span(self, tier: int, index: int) -> Span:
        start = index * WIDTH
        return tier, start, min(start + WIDTH, self._size >> tier * BITS)

    def _spans(self, seq: int) -> Iterator[Span]:
        """The tiles of roots above an entry, and at the right edge of the tree."""
        tier = 1
        while count := self._size >> tier * BITS:
            edge = (count - 1) // WIDTH
            yield from (self._span(tier, index) for index in {min(seq >> (tier + 1) * BITS, edge), edge})
            tier += 1


def plant_roots(store: Store, size: int) -> None:
    """Keep the roots of the whole subtrees of a ledger up to a size, as far as they are not kept yet."""
    kept, tier = KeptTree(store, size), 1
    with store.held():
        while count := size >> tier * BITS:
            store.plant(tier, list(kept.roots(tier, store.planted().get(tier, 0), count)))
            tier += 1


def planted(store: Store, tree: Tree) -> Phrase:
    """What is kept of the roots of a ledger's subtrees, held against the tree of its leaves. Raises Fault."""
    found = store.planted()
    for tier, count in found.items():
        if tier not in range(1, TIERS) or count > len(tree) >> tier * BITS:
            raise Fault(phrase("the tier {tier} holds roots that cannot be there ({count})", tier=tier, count=count))
        (roots,) = store.roots([(tier, 0, count)])
        for place in range(count):
            if roots[place : place + 1] != [tree.node(tier * BITS, place)]:
                width = WIDTH**tier
                raise Fault(
                    phrase("the root of the {width} entries from {seq} is another", width=width, seq=place * width)
                )
    return phrase("roots: {count}", count=sum(found.values()))
