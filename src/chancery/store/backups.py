"""Backups: a whole database while it is written to, verified before it counts; and one put in place again."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from chancery.log.memory import Remembered
from chancery.log.steps import Outcome, Steps
from chancery.store.base import refused
from chancery.store.checking import check_stored
from chancery.store.memories import FileMemory, begun
from chancery.store.opening import PRIVATE, begin, is_begun, opened
from chancery.store.publishing import root_at
from chancery.store.restoring import copy_into, size_at
from chancery.store.sqlite import Sqlite
from chancery.store.urls import Address
from chancery.values import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


def back_up_alone(address: Address, target: Path, flush: Flush) -> int:
    """Write one ledger, on whatever shelf, to a file of SQLite that is not there yet. Raises Refused."""
    if target.exists():
        raise refused(target.as_posix(), "taken", phrase("is there already; a backup is never written over"))
    with opened(address) as source, _fresh_file(target, flush) as fresh:
        return _restored(fresh, source, source.frontier().size)


def restore(
    backup: Path, address: Address, known: SignedCheckpoint | None, flush: Flush, until: str | None = None
) -> Remembered | None:
    """Put a verified backup in place, where none is, as it was at a size or moment or as it is.

    What is known to be later stays known: gives what is known to have been signed of it; a ledger that is behind
    refuses to be written to. Raises Refused, DateFault.
    """
    if backup.is_dir():
        fault = phrase("a server's backup is put in place by the server: see docs/guide/keep-a-ledger.md")
        raise refused(address.shown, "server", fault)
    if known is not None and address.memory is None:
        fault = phrase("nothing remembers what was signed; name a file for it in the address: ?signed=FILE")
        raise refused(address.shown, "no-memory", fault)
    _check_free(address)
    with opened(Address("sqlite", str(backup), backup.as_posix(), read_only=True)) as source:
        _check(source)
        size = size_at(source, until) if until is not None else source.frontier().size
        if address.engine == "postgresql":
            _restored(address, source, size)
            return _remember(source, address, known)
        with _fresh_file(address.path, flush) as fresh:
            if until is None:
                _copied(backup, fresh.path)
            else:
                _restored(fresh, source, size)
            return _remember(source, address, known)


def _check_free(address: Address) -> None:
    """Refuse a place where there is something. Raises Refused."""
    there = address.engine == "sqlite" and address.path.exists()
    if not there and is_begun(address):
        with opened(address) as store:
            there = store.frontier().size > 0
    if there:
        raise refused(address.shown, "taken", phrase("is there already; a backup is restored where none is"))


def _copied(backup: Path, fresh: Path) -> None:
    """Copy a file as it is, and verify the copy. Raises Refused."""
    fresh.touch(mode=PRIVATE)
    shutil.copyfile(backup, fresh)
    verified_copy(fresh)


@contextmanager
def _fresh_file(target: Path, flush: Flush) -> Iterator[Address]:
    """The address of a file beside another, which takes its place when all went well."""
    fresh = target.with_name(f".{target.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        yield Address("sqlite", str(fresh), target.as_posix())
        flush(fresh)
        fresh.rename(target)
        flush(target.parent)
    finally:
        fresh.unlink(missing_ok=True)


def _restored(address: Address, source: Store, size: int) -> int:
    """Make a ledger of another up to a size, and verify it; gives how many entries it has. Raises Refused."""
    begin(address, source.origin)
    with opened(address) as fresh:
        copy_into(fresh, source, size)
        _check(fresh)
        if fresh.frontier().root() != root_at(source, size):
            raise refused(fresh.place, "not-verified", phrase("does not verify: it has another root than the backup"))
    return size


def _remember(store: Store, address: Address, known: SignedCheckpoint | None) -> Remembered | None:
    """Remember the latest checkpoint that anybody showed, or that the machine itself remembers. Raises Refused."""
    if address.memory is None:
        return None
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
