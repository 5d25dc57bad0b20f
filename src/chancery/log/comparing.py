"""Comparing two copies of a log: is one the beginning of the other, and if not, where exactly do they part?"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.log.heads import shown
from chancery.log.tree import is_consistent
from chancery.values import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chancery.log.checkpoints import SignedCheckpoint
    from chancery.log.copies import Copy
    from chancery.log.steps import Steps
    from chancery.values import Phrase


class Parting(Struct, frozen=True):
    """Where this copy parts from another: the first differing entry, and what happened to the entries, by index.

    ``removed`` are the other's, ``inserted`` this copy's, ``changed`` and ``reordered`` are (this, other).
    """

    first: int
    removed: tuple[int, ...]
    inserted: tuple[int, ...]
    changed: tuple[tuple[int, int], ...]
    reordered: tuple[tuple[int, int], ...]


def compare(steps: Steps, this: Copy, other: Copy) -> None:
    """Take the steps that compare two copies."""
    _same_log(steps, this.signed, other.signed)
    code, name = _CONSISTENT
    if not (this.whole and other.whole):
        steps.left_out(code, name, phrase("not every entry is there"))
        return
    shorter, longer = sorted((this, other), key=lambda copy: copy.size)
    proof = longer.tree.consistency(shorter.size)
    if is_consistent(shorter.size, longer.size, shorter.tree.root(), longer.tree.root(), proof):
        steps.passed(code, name, _difference(this.size, other.size))
    else:
        steps.failed(code, name, _ONE_LOG, *_told(parting(this, other), this, other))


def compare_head(steps: Steps, copy: Copy, head: SignedCheckpoint, *, turned: bool = False) -> None:
    """Take the steps that compare a copy with a checkpoint that somebody kept, in a receipt or by itself.

    ``turned``: it is the checkpoint that is verified, and the copy that it is compared with.
    """
    _same_log(steps, *((head, copy.signed) if turned else (copy.signed, head)))
    code, name = _CONSISTENT
    size = head.checkpoint.size
    if not copy.whole:
        steps.left_out(code, name, phrase("not every entry is there"))
    elif size > copy.size:
        steps.failed(code, name, _ONE_LOG, phrase("{n:number} entries are missing at its end", n=size - copy.size))
    elif copy.tree.root(size) != head.checkpoint.root:
        roots = (head.checkpoint.root, copy.tree.root(size))
        steps.failed(code, name, _ONE_LOG, _two_roots(size, *(roots if turned else reversed(roots))))
    else:
        steps.passed(code, name, _difference(*((size, copy.size) if turned else (copy.size, size))))


def compare_heads(steps: Steps, this: SignedCheckpoint, other: SignedCheckpoint) -> None:
    """Take the steps that compare two checkpoints without the entries between them."""
    _same_log(steps, this, other)
    code, name = _CONSISTENT
    one, two = this.checkpoint, other.checkpoint
    if one.size != two.size:
        steps.left_out(code, name, phrase("checkpoints of different sizes are compared with the log's entries only"))
    elif one.root != two.root:
        steps.failed(code, name, _ONE_LOG, _two_roots(one.size, one.root, two.root))
    else:
        steps.passed(code, name, _difference(one.size, two.size))


def parting(this: Copy, other: Copy) -> Parting:
    """Where two copies part that are not one log."""
    ours, theirs = _hashes(this), _hashes(other)
    first = next((at for at, (one, two) in enumerate(zip(ours, theirs, strict=False)) if one != two), 0)
    pairs, here, there = _paired(ours, theirs, first)
    changed = _changed(here, there, this, other)
    ones, twos = {one for one, _ in changed}, {two for _, two in changed}
    return Parting(
        first,
        removed=tuple(each for each in there if each not in twos),
        inserted=tuple(each for each in here if each not in ones),
        changed=tuple(changed),
        reordered=tuple(_out_of_order(pairs)),
    )


def _same_log(steps: Steps, this: SignedCheckpoint, other: SignedCheckpoint) -> None:
    name = phrase("Both are of one log")
    ours, theirs = this.checkpoint.origin, other.checkpoint.origin
    if ours == theirs:
        steps.passed("same-log", name, phrase("{origin}", origin=ours))
    else:
        steps.failed("same-log", name, phrase("{origin}", origin=ours), phrase("{origin}", origin=theirs))


def _difference(this: int, other: int) -> Phrase:
    if this == other:
        return phrase("both have the same {n:number} entries", n=this)
    if this > other:
        return phrase("this copy goes on from the other by {n:number} entries", n=this - other)
    return phrase("the other copy goes on from this one by {n:number} entries", n=other - this)


def _two_roots(size: int, this: bytes, other: bytes) -> Phrase:
    return phrase(
        "at {size} entries this copy has the root {root}, the other {other}",
        size=size,
        root=shown(this),
        other=shown(other),
    )


def _told(found: Parting, this: Copy, other: Copy) -> list[Phrase]:
    told = [phrase("the first entry that differs is {index}", index=found.first)]
    told += [phrase("changed: entry {index}, {id}", index=one, id=this.named(one)) for one, _ in found.changed]
    told += [
        phrase("removed: entry {index} of the other, {id}", index=each, id=other.named(each)) for each in found.removed
    ]
    told += [phrase("inserted: entry {index}, {id}", index=each, id=this.named(each)) for each in found.inserted]
    told += [
        phrase("reordered: entry {index}, {id}, was entry {other}", index=one, id=this.named(one), other=two)
        for one, two in found.reordered
    ]
    return told


def _hashes(copy: Copy) -> list[bytes]:
    return [copy.tree.node(0, index) for index in range(copy.size)]


def _paired(
    ours: Sequence[bytes], theirs: Sequence[bytes], first: int
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Entries that both have, as pairs of indices; those of ours alone, and those of theirs alone."""
    places: dict[bytes, list[int]] = defaultdict(list)
    for index in range(len(theirs) - 1, first - 1, -1):
        places[theirs[index]].append(index)
    pairs, here = [], []
    for index in range(first, len(ours)):
        at = places.get(ours[index])
        if at:
            pairs.append((index, at.pop()))
        else:
            here.append(index)
    return pairs, here, sorted(index for at in places.values() for index in at)


def _changed(here: Sequence[int], there: Sequence[int], this: Copy, other: Copy) -> list[tuple[int, int]]:
    """Entries of one name whose headers differ."""
    names = {other.named(index): index for index in reversed(there)}
    found = []
    for index in here:
        two = names.pop(this.named(index), None)
        if two is not None:
            found.append((index, two))
    return found


def _out_of_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs to move so that the rest stands in one order: all but a longest run whose second places ascend."""
    ends: list[int] = []
    places: list[int] = []
    for _, two in pairs:
        at = bisect_left(ends, two)
        ends[at : at + 1] = [two]
        places.append(at)
    kept, wanted = set(), len(ends) - 1
    for at in range(len(pairs) - 1, -1, -1):
        if places[at] == wanted:
            kept.add(at)
            wanted -= 1
    return [pair for at, pair in enumerate(pairs) if at not in kept]


_CONSISTENT = ("consistent", phrase("One is the beginning of the other"))
_ONE_LOG = phrase("one log: the shorter copy is the beginning of the longer")
