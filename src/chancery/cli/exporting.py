"""An export on the disk: each file whole or not at all, the checkpoint last, so that a reader never finds it ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.cli.disk import flushed
from chancery.cli.folders import Folder
from chancery.log.checkpoints import SignedCheckpoint
from chancery.log.copies import CHECKPOINT, CHECKPOINTS, DOCUMENTS, STAMP, STAMP_SUFFIX
from chancery.log.tiles import BODIES, Tile, tiles
from chancery.store.publishing import export, root_at, stamp_of
from chancery.text import write_whole
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from chancery.log.receipts import Receipt
    from chancery.store.base import Store


def write_export(
    store: Store,
    signed: SignedCheckpoint,
    audiences: Sequence[str],
    folder: Path,
    progress: Callable[[int, int], None],
) -> None:
    """Write a ledger's files into a folder that is empty, not there yet, or an earlier export of it. Raises Fault."""
    _check_folder(store, signed, folder)
    written: set[Path] = set()
    if Folder(folder).read(STAMP) != stamp_of(store, signed.checkpoint.size):
        (folder / STAMP).unlink(missing_ok=True)  # of the checkpoint that stands there as yet
    total = sum(1 for _ in tiles(signed.checkpoint.size))
    for done, (name, data) in enumerate(export(store, signed, audiences)):
        path = folder / name
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, [data], flushed)
        written.add(path)
        progress(min(done, total), total)
    for path in (folder / BODIES).rglob("*"):
        if path.is_file() and path not in written:
            path.unlink()  # of an earlier size: it may show what was sealed or shredded since


def write_receipt(path: Path, receipt: Receipt, stamp: bytes | None) -> None:
    """Write a receipt, and beside it the time stamp of its checkpoint, where it has one."""
    beside = path.with_name(f"{path.name}{STAMP_SUFFIX}")
    beside.unlink(missing_ok=True)  # of the receipt that stands there as yet
    write_whole(path, [receipt.data], flushed)
    if stamp is not None:
        write_whole(beside, [stamp], flushed)


def _is_ours(name: str) -> bool:
    """Whether a file is named as one of an export, or as one that is being written."""
    room, _, last = name.rpartition("/")
    last = last.removeprefix(".").removesuffix(".new") if last.startswith(".") else last
    if room in {CHECKPOINTS, DOCUMENTS} or (not room and last in {CHECKPOINT, STAMP}):
        return True
    try:
        Tile.of(f"{room}/{last}")
    except Fault:
        return False
    return True


def _check_folder(store: Store, signed: SignedCheckpoint, folder: Path) -> None:
    """Refuse a folder that holds anything else. Raises Fault."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    data = Folder(folder).read(CHECKPOINT) if folder.is_dir() else None
    if data is None and folder.is_dir() and all(map(_is_ours, Folder(folder).names())):
        return  # an export that was cut off before its checkpoint
    if data is None:
        raise Fault(
            phrase("{out} is there already and no export of a ledger; choose an empty folder", out=folder.as_posix())
        )
    before = SignedCheckpoint.of(data).checkpoint
    if before.origin != store.origin or before.size > signed.checkpoint.size:
        raise Fault(
            phrase(
                "{out} holds {size:number} entries of {origin}, which this ledger does not go on from",
                out=folder.as_posix(),
                size=before.size,
                origin=before.origin,
            )
        )
    if root_at(store, before.size) != before.root:
        raise Fault(phrase("{out} holds another ledger of the same name", out=folder.as_posix()))
