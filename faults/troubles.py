"""Troubles of a machine: a full disk, a disk that is read only, a torn page, a stale lock, a clock that jumps."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from time import sleep
from typing import TYPE_CHECKING

import psycopg

from chancery.desk import OutcomeUnknown
from chancery.store.base import drafted
from chancery.store.opening import begin, opened
from chancery.store.urls import address_of
from chancery.text import Refused
from chancery.values import canonical
from faults.children import CRASHED, Child
from faults.commands import DEEDS, entries, template
from faults.deeds import types_at, types_within, writes_in_place
from faults.held import Control, Held, Suite, some
from faults.ledgers import NOW, ORIGIN, draft, faults_of, fresh, issued, memory, room
from tests.postgres import ACCOUNT, Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.store.urls import Address

STEP = 512
FULL = ("append", "load more", "seal", "checkpoint", "add to text")


def full_disk(every: int) -> tuple[int, list[str]]:
    """No file may grow beyond a size, for each size in steps of 512 bytes: writes are cut short, then refused."""
    tried, wrong = 0, []
    with room() as name:
        made, scratch = template(Path(name) / "template"), Path(name) / "scratch"
        scratch.mkdir()
        case = scratch / "case"
        for deed in map(DEEDS.__getitem__, FULL):
            deed.prepared(made, case)
            before = deed.state(case)
            for most in range(0, 90_000, STEP * every):
                deed.prepared(made, case)
                code, said = Child(types_within, (most, *deed.words(case)), scratch).go()
                found = deed.state(case)
                tried += 1
                where = f"{deed.name} within {most} bytes: "
                so = (code == 0) != (found == before)
                wrong += [where + fault for fault in (*_told(code, said, found, so=so), *deed.faults(case))]
    return tried, wrong


def _told(code: int, said: str, found: object, *, so: bool) -> Iterator[str]:
    """What is wrong with how a deed ended: without a sentence, or saying what is not so."""
    if code == CRASHED:
        yield said.strip().splitlines()[-1]
    if not so:
        yield f"ended with {code}, and there is {found}; {said}"


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """A small file system of its own in memory. Raises CalledProcessError where that is not allowed."""
    folder.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True, capture_output=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True, capture_output=True)


def on_small_disks(names: Sequence[str]) -> tuple[int, list[str]]:
    """Each deed on a disk with a few pages left, and on one that is read only."""
    tried, wrong = 0, []
    with room() as name:
        made, scratch = template(Path(name) / "template"), Path(name) / "scratch"
        scratch.mkdir()
        for number, deed in enumerate(map(DEEDS.__getitem__, names)):
            for left in (0, 4, 8, 16, 24, "ro"):
                with mounted(Path(name) / f"disk{number}{left}", "2m") as disk:
                    case = disk / "case"
                    deed.prepared(made, case)
                    before = deed.state(case)
                    if left == "ro":
                        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True, capture_output=True)
                    else:
                        _fill(disk, int(left))
                    code, said = Child(deed.does, deed.words(case), scratch).go()
                    (disk / "filler").unlink(missing_ok=True) if left != "ro" else None
                    found = deed.state(case)
                    tried += 1
                    where = f"{deed.name} on a disk with {left} pages left: "
                    so = (code == 0) != (found == before)
                    wrong += [where + fault for fault in (*_told(code, said, found, so=so), *deed.faults(case))]
    return tried, wrong


def _fill(disk: Path, left: int) -> None:
    """Fill a disk but for so many pages."""
    free = os.statvfs(disk).f_bavail - left
    (disk / "filler").write_bytes(bytes(max(0, free) * os.statvfs(disk).f_frsize))


def torn_files(every: int) -> tuple[int, list[str]]:
    """The last page of a ledger torn, and the checkpoint of an export half written: verify has to say so."""
    wrong: list[str] = []
    with room() as name:
        made, case = template(Path(name) / "template"), Path(name) / "case"
        data = (made / "ledger.db").read_bytes()
        sizes = range(len(data) - 4096, len(data), STEP)
        for size in sizes:
            fresh(made, case)
            (case / "ledger.db").write_bytes(data[:size])
            if not faults_of(address_of(f"sqlite:///{case}/ledger.db"), ()):
                wrong.append(f"a file cut to {size} bytes is not found out")
        checkpoint = (made / "later" / "checkpoint").read_bytes()
        looks = DEEDS["export"].looks
        ends = {at + 1 for at, byte in enumerate(checkpoint) if byte == ord("\n")}
        cuts = [size for size in range(len(checkpoint)) if size not in ends or size <= checkpoint.index(b"\n\n") + 2]
        for size in cuts[::every]:  # one cut after a signature is a whole checkpoint, with a signature less
            fresh(made, case)
            shutil.rmtree(case / "out", ignore_errors=True)
            shutil.copytree(made / "later", case / "out")
            (case / "out" / "checkpoint").write_bytes(checkpoint[:size])
            if looks(case) == []:
                wrong.append(f"a checkpoint cut to {size} bytes is not found out")
        return len(sizes) + len(cuts[::every]), wrong


def on_full_servers(lefts: Sequence[int | None]) -> tuple[int, list[str], int]:
    """A server on a disk of its own with so many pages left; gives disks, what was wrong, and how often it refused."""
    wrong, refusals = [], 0
    for left in lefts:
        with room() as name, mounted(Path(name) / "disk", "160m") as disk:
            Path(name).chmod(0o711)
            shutil.chown(disk, ACCOUNT)
            with Cluster(disk) as cluster:
                address = address_of(cluster.url(cluster.database()))
                begin(address, ORIGIN)
                if left is not None:
                    _fill(disk, left)
                kept, refused = _kept_until_full(address)
                refusals += refused
                (disk / "filler").unlink(missing_ok=True)
                _up(cluster)
                if left is not None and not refused:
                    wrong.append(f"with {left} pages left nothing was refused")
                wrong += [f"with {left} pages left: {fault}" for fault in faults_of(address, kept)]
                with opened(address) as store:
                    store.keep([draft("afterwards")])
    return len(lefts), wrong, refusals


MANY = 400
"""Entries that a small disk does not hold."""


def _kept_until_full(address: Address) -> tuple[list[str], bool]:
    """Append until that is refused, or for long enough; gives what was acknowledged."""
    kept: list[str] = []
    try:
        with opened(address) as store:
            for number in range(MANY):
                body = canonical({**issued(f"e{number}"), "note": token_hex(4_000)})
                store.keep([drafted(body, name=f"e{number}", kind="invitation.issued", recorded=NOW, by="registrar")])
                kept.append(f"e{number}")
    except (Refused, OutcomeUnknown):
        return kept, True
    return kept, False


def _up(cluster: Cluster) -> None:
    """Have a server up: it may have fallen, and come back by itself, or not."""
    for _ in range(100):
        try:
            cluster.run("CHECKPOINT")
        except psycopg.OperationalError:
            sleep(0.1)
        else:
            return
    cluster.start()


def locks_and_clocks(server: str | None = None) -> tuple[int, list[str]]:
    """A lock that a dead writer left, and a clock that jumped back: each a sentence, and nothing is written."""
    wrong: list[str] = []
    with room() as name:
        made, scratch = template(Path(name) / "template", server), Path(name) / "scratch"
        scratch.mkdir()
        case = scratch / "case"
        cases = 0
        for deed in map(DEEDS.__getitem__, ("add to text", *FULL[:4]) if server is None else FULL[:4]):
            deed.prepared(made, case)
            if "text" in deed.name:
                (case / "record" / ".writing").touch()
            before = deed.state(case)
            code, said = Child(types_at, (0 if "text" in deed.name else -400 * 86_400, *deed.words(case)), scratch).go()
            cases += 1
            wanted = "take away" if "text" in deed.name else "clock"
            signs_first = deed.name == "checkpoint"  # nothing was signed before that could be later
            if not signs_first and (code != 1 or wanted not in said or deed.state(case) != before):
                wrong.append(f"{deed.name}: {code} {said.strip()[-200:]}")
    return cases, wrong


def run(*, long: int) -> Iterator[Held]:
    """Make trouble."""
    tried, wrong = full_disk(long or 40)
    control = Control("a record that is written in place", _in_place())
    yield Held("disk full: no file beyond a size", "SQLite, text", tried, "sizes", tuple(wrong), control, some(long))
    if os.geteuid() == 0:
        tried, wrong = on_small_disks(FULL if long else FULL[::4])
        yield Held("disk full, and read only", "SQLite, text", tried, "disks", tuple(wrong), control, "On tmpfs.")
    tried, wrong = torn_files(long or 9)
    yield Held(
        "torn last page, half a checkpoint",
        "SQLite, export",
        tried,
        "files",
        tuple(wrong),
        Control("whole files", _whole()),
        some(long).strip(),
    )
    tried, wrong = locks_and_clocks()
    goes = Control("no lock, a clock that goes", _unlimited())
    yield Held("stale lock, clock that jumped back", "SQLite, text", tried, "commands", tuple(wrong), goes)
    with Cluster(memory()) as cluster:
        tried, wrong = locks_and_clocks(cluster.url())
    yield Held("clock that jumped back", "PostgreSQL", tried, "commands", tuple(wrong), goes)
    if os.geteuid() == 0:
        tried, wrong, refusals = on_full_servers((0, 1, 4, 16, 64, 256, 512) if long else (4,))
        _, _, beside = on_full_servers((None,))
        room_for_all = Control("a disk with room", int(beside == 0 and not wrong))
        said = f"Refused {refusals} times; it went on when there was room."
        yield Held("disk full", "PostgreSQL", tried, "disks", tuple(wrong), room_for_all, said)


def _in_place() -> int:
    """The control: a build that writes a record where it stands leaves half of it where the disk is full."""
    with room() as name:
        made, scratch = template(Path(name) / "template"), Path(name) / "scratch"
        scratch.mkdir()
        case, caught = scratch / "case", 0
        size = (made / "record" / "record.toml").stat().st_size
        for most in range(size, size + 100, 20):
            fresh(made, case)
            before = entries(case)
            Child(writes_in_place, (most, case / "record" / "record.toml"), scratch).go()
            caught += entries(case) not in (before, [*before, "added"])  # type: ignore[misc]
        return caught


def _unlimited() -> int:
    """The control: without any trouble each deed is done, which the same looks have to see."""
    with room() as name:
        made, scratch = template(Path(name) / "template"), Path(name) / "scratch"
        scratch.mkdir()
        seen = 0
        for deed in map(DEEDS.__getitem__, FULL):
            deed.prepared(made, scratch / "case")
            before = deed.state(scratch / "case")
            code, _ = Child(deed.does, deed.words(scratch / "case"), scratch).go()
            seen += code == 0 and deed.state(scratch / "case") != before
        return seen


def _whole() -> int:
    """The control: what is whole verifies, so that it is the tear that is found out."""
    with room() as name:
        made = template(Path(name) / "template")
        shutil.copytree(made / "later", made / "out")
        return int(not faults_of(address_of(f"sqlite:///{made}/ledger.db"), ()) and DEEDS["export"].looks(made) == [])


NOTES = """
Files may not grow beyond a size, in steps of 512 bytes, so that real writes are cut short and then refused; disks
have a few pages left, or are read only; files are cut; a lock was left; the clock goes back by 400 days. Each has
to end with a sentence and exit code 1, and what was there is there.
"""

SUITE = Suite("Troubles", " ".join(NOTES.split()), run)
