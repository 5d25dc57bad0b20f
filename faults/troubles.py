"""Troubles of a machine: a full disk, a disk that is read only, a torn page, a stale lock, a clock that jumps."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from chancery.store.urls import address_of
from faults.children import CRASHED, Child
from faults.commands import DEEDS, entries, template
from faults.deeds import types_at, types_within, writes_in_place
from faults.held import Control, Held, Suite
from faults.ledgers import faults_of, fresh, room

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
                if code == CRASHED:
                    wrong.append(f"{where}{said.strip().splitlines()[-1]}")
                if (code == 0) == (found == before):
                    wrong.append(f"{where}ended with {code}, and there is {found}")
                wrong += [where + fault for fault in deed.faults(case)]
    return tried, wrong


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
                    if code == CRASHED:
                        wrong.append(f"{where}{said.strip().splitlines()[-1]}")
                    if (code == 0) == (found == before):
                        wrong.append(f"{where}ended with {code}, and there is {found}; {said}")
                    wrong += [where + fault for fault in deed.faults(case)]
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


def locks_and_clocks() -> tuple[int, list[str]]:
    """A lock that a dead writer left, and a clock that jumped back: each a sentence, and nothing is written."""
    wrong: list[str] = []
    with room() as name:
        made, scratch = template(Path(name) / "template"), Path(name) / "scratch"
        scratch.mkdir()
        case = scratch / "case"
        cases = 0
        for deed in map(DEEDS.__getitem__, ("add to text", *FULL[:4])):
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


def run(*, long: bool) -> Iterator[Held]:
    """Make trouble."""
    tried, wrong = full_disk(1 if long else 40)
    control = Control("a record that is written in place", _in_place())
    yield Held("disk full: no file beyond a size", "SQLite, text", tried, "sizes", tuple(wrong), control)
    if os.geteuid() == 0:
        tried, wrong = on_small_disks(FULL if long else FULL[::4])
        yield Held("disk full, and read only", "SQLite, text", tried, "disks", tuple(wrong), control, "On tmpfs.")
    tried, wrong = torn_files(1 if long else 9)
    yield Held(
        "torn last page, half a checkpoint",
        "SQLite, export",
        tried,
        "files",
        tuple(wrong),
        Control("whole files", _whole()),
    )
    tried, wrong = locks_and_clocks()
    yield Held(
        "stale lock, clock that jumped back",
        "SQLite, text",
        tried,
        "commands",
        tuple(wrong),
        Control("no lock, a clock that goes", _unlimited()),
    )


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
