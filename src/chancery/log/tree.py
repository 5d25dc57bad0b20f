"""The Merkle tree over the log's entries: hashes, roots, proofs (RFC 6962, 2.1; RFC 9162, 2.1)."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from chancery.values import Phrase

    Nodes: TypeAlias = Callable[[int, int], bytes]
    """Tells the hash of a whole subtree: its level, and its place on it. It spans leaves place * 2^level and on."""

Hash: TypeAlias = bytes

HASH_LENGTH = 32
"""Bytes of a SHA-256 hash."""
EMPTY_ROOT: Hash = sha256(b"").digest()
"""The root of a tree without leaves."""
LONGEST_PROOF = 64
"""Hashes of the longest proof that any tree of fewer than 2^63 leaves can have."""

_PAIR = 2 * HASH_LENGTH


def leaf_hash(entry: bytes) -> Hash:
    """The hash of an entry as a leaf."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """The hash of a node over two."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """A growing tree, of which only the right edge is kept: the size, and the roots of its whole subtrees."""

    __slots__ = ("peaks", "size")

    size: int
    peaks: list[Hash]

    def __init__(self, size: int = 0, peaks: Iterable[Hash] = ()) -> None:
        """Go on from a size and its peaks, largest subtree first. Raises Fault where they do not fit each other."""
        self.size = size
        self.peaks = list(peaks)
        if size < 0 or len(self.peaks) != size.bit_count() or not all(map(_is_hash, self.peaks)):
            raise Fault(phrase("a tree of {size} leaves has other peaks than these", size=size))

    def append(self, leaf: Hash) -> None:
        """Add the hash of one more leaf: O(log n) at worst, O(1) on the average."""
        size = self.size
        while size & 1:
            leaf = sha256(b"\x01" + self.peaks.pop() + leaf).digest()
            size >>= 1
        self.peaks.append(leaf)
        self.size += 1

    def extend(self, leaves: Iterable[Hash]) -> None:
        """Add the hashes of several leaves."""
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> Hash:
        """The root of the tree as it is now."""
        return bagged(self.peaks)


class Tree:
    """A whole tree in memory, 64 bytes a leaf: grows at the right, and tells every node, root and proof of its past."""

    __slots__ = ("_levels",)

    def __init__(self, leaves: Iterable[Hash] = ()) -> None:
        """A tree over the hashes of leaves."""
        self._levels: list[bytearray] = [bytearray()]
        self.extend(leaves)

    def __len__(self) -> int:
        return len(self._levels[0]) // HASH_LENGTH

    def append(self, leaf: Hash) -> None:
        """Add the hash of one more leaf."""
        self.extend((leaf,))

    def extend(self, leaves: Iterable[Hash]) -> None:
        """Add the hashes of several leaves, level by level: faster than one at a time."""
        new, at = b"".join(leaves), 0
        while new:
            if at == len(self._levels):
                self._levels.append(bytearray())
            new, at = _laid(self._levels[at], new), at + 1

    def node(self, level: int, place: int) -> Hash:
        """The hash of a whole subtree; Nodes of this tree."""
        start = place * HASH_LENGTH
        return bytes(self._levels[level][start : start + HASH_LENGTH])

    def root(self, size: int | None = None) -> Hash:
        """The root of the tree, now or at an earlier size."""
        return root_of(len(self) if size is None else size, self.node)

    def inclusion(self, index: int, size: int | None = None) -> list[Hash]:
        """The proof that a leaf stands in the tree, now or at an earlier size."""
        return inclusion_proof(index, len(self) if size is None else size, self.node)

    def consistency(self, first: int, second: int | None = None) -> list[Hash]:
        """The proof that the tree of an earlier size is the beginning of the tree now, or of a later size."""
        return consistency_proof(first, len(self) if second is None else second, self.node)


def _laid(level: bytearray, new: bytes) -> bytes:
    """Lay hashes on a level of a tree; the hashes of the nodes over the pairs that they complete."""
    start = len(level) // _PAIR * _PAIR
    level += new
    pairs = range(start, len(level) - _PAIR + 1, _PAIR)
    return b"".join([sha256(b"\x01" + level[at : at + _PAIR]).digest() for at in pairs])


def bagged(peaks: Sequence[Hash]) -> Hash:
    """The root over the peaks of a tree, largest first."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def peaks_of(size: int) -> Iterator[tuple[int, int]]:
    """The level and the place of each peak of a tree, largest first."""
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            yield level, (size >> level) - 1


def root_of(size: int, nodes: Nodes) -> Hash:
    """The root of a tree of a size, from its nodes."""
    return bagged([nodes(level, place) for level, place in peaks_of(size)])


def inclusion_proof(index: int, size: int, nodes: Nodes) -> list[Hash]:
    """The proof that the leaf at an index, from 0, stands in a tree (RFC 6962, 2.1.1). Raises Fault outside it."""
    if not 0 <= index < size:
        raise Fault(phrase("a tree of {size} leaves has no leaf {index}", size=size, index=index))
    return _path(index, 0, size, nodes)


def consistency_proof(first: int, second: int, nodes: Nodes) -> list[Hash]:
    """The proof that a tree begins with an earlier one (RFC 6962, 2.1.2). Raises Fault where it would be the later."""
    if not 0 <= first <= second:
        raise Fault(phrase("a tree of {first} leaves is no beginning of one of {second}", first=first, second=second))
    return [] if first in {0, second} else _subproof(first, 0, second, nodes, known=True)


def inclusion_root(leaf: Hash, index: int, size: int, proof: Sequence[Hash]) -> Hash:
    """The root that a proof of inclusion leads to from a leaf's hash (RFC 9162, 2.1.3.2). Raises Fault for no proof."""
    if not 0 <= index < size:
        raise Fault(phrase("a tree of {size} leaves has no leaf {index}", size=size, index=index))
    _check_hashes([leaf, *proof])
    place, last, root = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise Fault(_too_many(len(proof)))
        if place & 1 or place == last:
            root = node_hash(sibling, root)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise Fault(_too_few(len(proof)))
    return root


def consistency_roots(first: int, second: int, old_root: Hash, proof: Sequence[Hash]) -> tuple[Hash, Hash]:
    """The two roots that a proof of consistency leads to, of the earlier and the later tree (RFC 9162, 2.1.4.2).

    ``old_root`` stands in for what the proof leaves out: the earlier root, where that tree is one whole subtree.
    Raises Fault where it is no proof for trees of these sizes.
    """
    if not 0 < first < second:
        raise Fault(phrase("a tree of {first} leaves is no beginning of one of {second}", first=first, second=second))
    _check_hashes([old_root, *proof])
    steps = list(proof) if first & (first - 1) else [old_root, *proof]
    if not steps:
        raise Fault(_too_few(len(proof)))
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            raise Fault(_too_many(len(proof)))
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise Fault(_too_few(len(proof)))
    return old, new


def is_consistent(first: int, second: int, old_root: Hash, new_root: Hash, proof: Sequence[Hash]) -> bool:
    """Whether a proof shows that the tree with the later size and root begins with the earlier one."""
    if first == second:
        return not proof and _is_hash(old_root) and old_root == new_root
    if first == 0:
        return not proof and second > 0 and old_root == EMPTY_ROOT and _is_hash(new_root)
    try:
        return consistency_roots(first, second, old_root, proof) == (old_root, new_root)
    except Fault:
        return False


def _path(index: int, start: int, end: int, nodes: Nodes) -> list[Hash]:
    """PATH(index, D[start:end]), from the leaf's sibling upwards."""
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, start, middle, nodes), _range_root(middle, end, nodes)]
    return [*_path(index, middle, end, nodes), _range_root(start, middle, nodes)]


def _subproof(first: int, start: int, end: int, nodes: Nodes, *, known: bool) -> list[Hash]:
    """SUBPROOF(first, D[start:end], known)."""
    if first == end:
        return [] if known else [_range_root(start, end, nodes)]
    middle = start + _split(end - start)
    if first <= middle:
        return [*_subproof(first, start, middle, nodes, known=known), _range_root(middle, end, nodes)]
    return [*_subproof(first, middle, end, nodes, known=False), _range_root(start, middle, nodes)]


def _range_root(start: int, end: int, nodes: Nodes) -> Hash:
    """MTH(D[start:end]), where the range begins at a multiple of the least power of two that is as long as it."""
    width = end - start
    return bagged([nodes(level, (start >> level) + place) for level, place in peaks_of(width)])


def _split(width: int) -> int:
    """The largest power of two below a width."""
    return 1 << ((width - 1).bit_length() - 1)


def _is_hash(value: bytes) -> bool:
    return len(value) == HASH_LENGTH


def _check_hashes(hashes: Sequence[bytes]) -> None:
    if not all(map(_is_hash, hashes)):
        raise Fault(phrase("a hash of this tree has 32 bytes; one of these has not"))


def _too_many(count: int) -> Phrase:
    return phrase("the proof has more hashes ({count}) than a tree of that size asks for", count=count)


def _too_few(count: int) -> Phrase:
    return phrase("the proof has fewer hashes ({count}) than a tree of that size asks for", count=count)
