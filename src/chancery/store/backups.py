"""Backups: a whole database while it is written to, verified before it counts; and one put in place again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from chancery.log.memory import Remembered
from chancery.log.steps import Outcome, Steps
from chancery.store.base import refused
from chancery.store.checking import check_stored
from chancery.store.memories import FileMemory, begun
from chancery.store.opening import PRIVATE, opened
from chancery.store.sqlite import Sqlite
from chancery.store.urls import Address
from chancery.values import phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from chancery.log.checkpoints import SignedCheckpoint
    from chancery.store.base import Store

    Flush = Callable[[Path], None]
    """Makes sure that what was written to a file or folder is on the disk."""

BASE_BACKUP = "pg_basebackup"
VERIFY_BACKUP = "pg_verifybackup"


def back_up(address: Address, target: Path, flush: Flush) -> int:
    """Write a backup to a file or folder that is not there yet; gives how many entries it has. Raises Refused."""
    if target.exists():
        raise refused(target.as_posix(), "taken", phrase("is there already; a backup is never written over"))
    return _back_up_file(address, target, flush) if address.engine == "sqlite" else _back_up_server(address, target)


def _back_up_file(address: Address, target: Path, flush: Flush) -> int:
    fresh = target.with_name(f".{target.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        with opened(address) as store:
            assert isinstance(store, Sqlite)  # noqa: S101  # as its address says
            store.copy_to(fresh)
        size = verified_copy(fresh)
        flush(fresh)
        fresh.rename(target)
        flush(target.parent)
    finally:
        fresh.unlink(missing_ok=True)
    return size


def verified_copy(path: Path) -> int:
    """Verify a copy of an SQLite file: its pages, its rows, its tree; gives how many entries. Raises Refused."""
    with opened(Address("sqlite", str(path), path.as_posix())) as copy:
        assert isinstance(copy, Sqlite)  # noqa: S101  # as its address says
        copy.check_pages()
        _check(copy)
        return copy.frontier().size


def _check(store: Store) -> None:
    """Refuse a ledger of which a step fails. Raises Refused."""
    steps = Steps()
    check_stored(steps, store)
    for step in steps.all:
        if step.outcome is Outcome.FAILED:
            fault = phrase("does not verify: {step}: {found}", step=step.name, found=step.found[0])
            raise refused(store.place, "not-verified", fault)


def _back_up_server(address: Address, target: Path) -> int:
    """A base backup with the log that makes it consistent; point in time is the server's own archive's to give."""
    with opened(address) as store:
        _check(store)
        size = store.frontier().size
    for program in (BASE_BACKUP, VERIFY_BACKUP):
        if shutil.which(program) is None and _beside_server(program) is None:
            raise refused(address.shown, "no-program", phrase("a backup of a server needs {program}", program=program))
    _run(address, BASE_BACKUP, "-d", address.target, "-D", str(target), "-X", "stream", "-c", "fast", "--no-password")
    _run(address, VERIFY_BACKUP, str(target))
    return size


def _beside_server(program: str) -> str | None:
    """Where Debian keeps a program that is not on the path: the newest version's."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    return str(found[-1]) if found else None


def _run(address: Address, program: str, *words: str) -> None:
    command = [_beside_server(program) or program, *words]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603  # its own arguments
    if ran.returncode:
        raise refused(
            address.shown, "backup", phrase("{program} failed: {why}", program=program, why=ran.stderr.strip())
        )


def restore(backup: Path, address: Address, known: SignedCheckpoint | None, flush: Flush) -> Remembered | None:
    """Put a verified backup of an SQLite file in place, where none is. What is known to be later stays known.

    Gives what is known to have been signed of it; a ledger that is behind refuses to be written to. Raises Refused.
    """
    if address.engine != "sqlite":
        fault = phrase("a server's backup is put in place by the server: see docs/guide/keep-a-ledger.md")
        raise refused(address.shown, "server", fault)
    if address.path.exists():
        raise refused(address.shown, "taken", phrase("is there already; a backup is restored where none is"))
    fresh = address.path.with_name(f".{address.path.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        fresh.touch(mode=PRIVATE)
        shutil.copyfile(backup, fresh)
        verified_copy(fresh)
        with opened(Address("sqlite", str(fresh), address.shown)) as store:
            found = _remember(store, address, known)
        flush(fresh)
        fresh.rename(address.path)
        flush(address.path.parent)
    finally:
        fresh.unlink(missing_ok=True)
    return found


def _remember(store: Store, address: Address, known: SignedCheckpoint | None) -> Remembered | None:
    """Remember the latest checkpoint that anybody showed, or that the machine itself remembers. Raises Refused."""
    assert address.memory is not None  # noqa: S101  # beside an SQLite file
    memory = FileMemory(address.memory, begin=not begun(address.memory))
    before = memory.load(store.origin)
    if known is None:
        return before
    if known.checkpoint.origin != store.origin:
        fault = phrase(
            "is {origin}, and the checkpoint is of {other}", origin=store.origin, other=known.checkpoint.origin
        )
        raise refused(address.shown, "other-log", fault)
    if before is None or before.size < known.checkpoint.size:
        after = Remembered(known.checkpoint.size, known.checkpoint.root, before.time if before is not None else 0)
        memory.swap(store.origin, before, after)
        return after
    return before
