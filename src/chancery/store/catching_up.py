"""Catching up: what an older copy of a ledger lacks is taken from an export of the later one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.log.bodies import opened_of
from chancery.log.copies import STAMP, Copy, verify_copy
from chancery.log.leaves import PUBLIC, read
from chancery.log.steps import Outcome
from chancery.log.tiles import BODIES, ENTRIES, WIDTH, Tile
from chancery.store.base import Draft, refused
from chancery.store.obeying import obey
from chancery.store.proving import plant_roots
from chancery.store.publishing import root_at
from chancery.text import record_in
from chancery.values import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.log.copies import Files
    from chancery.log.trust import Trust
    from chancery.store.base import Store


def catch_up(store: Store, files: Files, trust: Trust | None = None) -> int:
    """Take the entries that an export has after those of a ledger, under the same leaves; gives how many.

    The export is verified first, and must go on from the ledger. Raises Refused, Fault.
    """
    steps, copy = verify_copy(files, trust)
    failed = next((step for step in steps.all if step.outcome is Outcome.FAILED), None)
    if failed is not None or copy is None:
        found = phrase("it cannot be read") if failed is None else failed.found[0]
        raise refused("export", "not-verified", phrase("does not verify: {found}", found=found))
    with store.held():
        size = store.frontier().size
        if (
            copy.signed.checkpoint.origin != store.origin
            or copy.size < size
            or copy.tree.root(size) != root_at(store, size)
        ):
            raise refused("export", "other-log", phrase("does not go on from this ledger"))
        drafts = list(_drafts(copy, size))
        if drafts:
            store.keep(drafts)
            for act in record_in([draft.body for draft in drafts]).acts:
                obey(store, act)
        if (copy.size, copy.signed.data) not in store.checkpoints():
            store.note(copy.size, copy.signed.data)
            plant_roots(store, copy.size)
        stamp = files.read(STAMP)
        if stamp is not None and (copy.size, stamp) not in store.stamps():
            store.stamp(copy.size, stamp)
    return len(drafts)


def _drafts(copy: Copy, start: int) -> Iterator[Draft]:
    """The entries of an export from a place on, each with its body. Raises Refused where one is withheld."""
    for index in range(start, copy.size):
        begins = index - index % WIDTH
        width = min(WIDTH, copy.size - begins)
        leaf = copy.entries(Tile(ENTRIES, index // WIDTH, width))[index - begins]
        lines = (copy.files.read(Tile(BODIES, index // WIDTH, width).path) or b"").split(b"\n")
        opened = opened_of(lines[index - begins] + b"\n") if len(lines) > width else None
        header = read(leaf)
        if opened is None:
            fault = phrase("the body of entry {seq} is withheld; take an export for its audience", seq=index)
            raise refused("export", "withheld", fault)
        name = _name(opened.body) if header.audience != PUBLIC else header.id
        yield Draft(
            None if header.kind == "record" else name,
            header.audience,
            leaf,
            opened.salt,
            opened.body,
            header.instant.utc,
        )


def _name(body: bytes) -> str:
    """The id that only the audience of an entry reads."""
    return record_in([body]).acts[0].id
