"""Catching up: what an older copy of a ledger lacks is taken from an export of the later one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts.registrar import EntryShredded
from chancery.log.bodies import Opened, opened_of
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
    from collections.abc import Collection, Iterable

    from chancery.acts import Act
    from chancery.log.copies import Files
    from chancery.log.trust import Trust
    from chancery.store.base import Store

NOTHING = Opened(b"", b"")
"""What an entry said that was shredded elsewhere: it stands for the time between two statements."""


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
        entries = [_entry(copy, index) for index in range(size, copy.size)]
        acts = record_in([opened.body for _, opened in entries if opened is not None]).acts
        if entries:
            store.keep(_drafts(entries, size, acts))
            for act in acts:
                obey(store, act)
        if (copy.size, copy.signed.data) not in store.checkpoints():
            store.note(copy.size, copy.signed.data)
            plant_roots(store, copy.size)
        stamp = files.read(STAMP)
        if stamp is not None and (copy.size, stamp) not in store.stamps():
            store.stamp(copy.size, stamp)
    return len(entries)


def _entry(copy: Copy, index: int) -> tuple[bytes, Opened | None]:
    """The leaf of an entry of an export, and its body where it is shown."""
    begins = index - index % WIDTH
    width = min(WIDTH, copy.size - begins)
    leaf = copy.entries(Tile(ENTRIES, index // WIDTH, width))[index - begins]
    lines = (copy.files.read(Tile(BODIES, index // WIDTH, width).path) or b"").split(b"\n")
    return leaf, opened_of(lines[index - begins] + b"\n") if len(lines) > width else None


def _drafts(entries: Iterable[tuple[bytes, Opened | None]], start: int, acts: Iterable[Act]) -> list[Draft]:
    """The entries of an export as they are to be kept. Raises Refused where the body of one is withheld.

    What was shredded since comes without a body, and is shredded here as soon as it is kept, in the same hold.
    """
    shredded = {act.entry for act in acts if isinstance(act, EntryShredded)}
    return [_draft(seq, leaf, opened, shredded) for seq, (leaf, opened) in enumerate(entries, start)]


def _draft(seq: int, leaf: bytes, opened: Opened | None, shredded: Collection[str]) -> Draft:
    header = read(leaf)
    if opened is None and header.id in shredded:
        opened = NOTHING
    if opened is None:
        fault = phrase("the body of entry {seq} is withheld; take an export for its audience", seq=seq)
        raise refused("export", "withheld", fault)
    name = header.id if header.audience == PUBLIC else _name(opened.body)
    shown = None if header.kind == "record" else name
    return Draft(shown, header.audience, leaf, opened.salt, opened.body, header.instant.utc)


def _name(body: bytes) -> str:
    """The id that only the audience of an entry reads."""
    return record_in([body]).acts[0].id
