"""Power cuts: every state in which a cut could leave the disk is built, opened, and asked for what was acknowledged."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.store.memories import FileMemory
from chancery.store.urls import address_of
from chancery.text import read_record
from faults import servercuts
from faults.calls import traced
from faults.deeds import ACKS, appends, appends_text, swaps
from faults.disk import RECORDED, Recording, images
from faults.held import Control, Held, Suite
from faults.ledgers import ORIGIN, RECORD, begun, faults_of, room

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from faults.disk import Image

SEED = 20260122


class Subject(Struct, frozen=True):
    """What is written to while the power is cut, and what is then asked of it."""

    shelf: str
    begins: Callable[[Path], object]
    does: Callable[..., None]
    faults: Callable[[Path, tuple[str, ...]], list[str]]
    broken: tuple[str, ...]


def _text(folder: Path) -> None:
    (folder / "record").mkdir()
    (folder / "record" / "record.toml").write_text(RECORD, "utf-8")


def _text_faults(folder: Path, acknowledged: tuple[str, ...]) -> list[str]:
    read = read_record(folder / "record")
    if read.record is None:
        return [f"cannot be read: {problem}" for problem in read.problems]
    names = [act.id for act in read.record.acts]
    return [f"lost: {name}" for name in acknowledged if names.count(name) != 1]


def _memory_faults(folder: Path, acknowledged: tuple[str, ...]) -> list[str]:
    try:
        known = FileMemory(folder / "signed").load(ORIGIN)
    except ValueError as error:
        return [f"cannot be read: {error}"]
    size, latest = (0 if known is None else known.size), int(acknowledged[-1]) if acknowledged else 0
    whole = known is None or known.root == bytes([size]) * 32
    return [] if latest <= size <= latest + 1 and whole else [f"remembers {size}, and signed {latest}"]


SUBJECTS = (
    Subject(
        "SQLite",
        begun,
        appends,
        lambda folder, words: faults_of(address_of(f"sqlite:///{folder}/ledger.db"), words),
        ("no fsync", "synchronous FULL", "acknowledged before commit"),
    ),
    Subject("text", _text, appends_text, _text_faults, ("no fsync",)),
    Subject(
        "memory of the signer",
        lambda folder: FileMemory(folder / "signed", begin=True),
        swaps,
        _memory_faults,
        ("no fsync",),
    ),
)


def recorded(subject: Subject, count: int, broken: str, scratch: Path) -> Recording:
    """Record what a writer does to a folder."""
    case = scratch / "case"
    shutil.rmtree(case, ignore_errors=True)
    case.mkdir()
    subject.begins(case)
    recording = Recording(case, ACKS)
    run = traced(subject.does, (case, count, broken), scratch, (), "-xx", "-s", "10000000", "-e", RECORDED)
    if run.code:
        raise RuntimeError(run.said)
    inside = re.escape("".join(f"\\x{byte:02x}" for byte in str(case).encode()))
    recording.read([line for line in run.lines if re.search(inside, line)])
    return recording


def cut(subject: Subject, count: int, most: int, broken: str = "", limit: int | None = None) -> tuple[int, list[str]]:
    """Build and open images; gives how many, and what was lost."""
    with room() as folder:
        scratch = Path(folder)
        recording = recorded(subject, count, broken, scratch)
        shutil.rmtree(scratch / "case")
        lost: list[str] = []
        built = 0
        for image in images(recording, Random(SEED), most):  # noqa: S311  # chance that can be had again
            built += 1
            _lay(image, scratch / "case")
            lost += subject.faults(scratch / "case", image.acknowledged)[:1]
            if limit is not None and len(lost) >= limit:
                break
        return built, lost


def _lay(image: Image, folder: Path) -> None:
    """Lay an image into the folder in which it was recorded, and nothing else."""
    for path in folder.rglob("*") if folder.exists() else ():
        if path.is_file() and str(path) not in image.files:
            path.unlink()
    for name, data in image.files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


CAUGHT = 3
"""Losses at which a control counts as caught, and ends."""


def run(*, long: int) -> Iterator[Held]:
    """Cut the power under each shelf."""
    for subject in SUBJECTS:
        count, most = (24, 60) if long else (5, 6)
        built, lost = cut(subject, count, most)
        caught = [len(cut(subject, count, most, broken, CAUGHT)[1]) for broken in subject.broken]
        yield Held(
            "power cut",
            subject.shelf,
            built,
            "images of the disk",
            tuple(lost),
            Control(", ".join(subject.broken), min(caught)),
        )
    yield from servercuts.run(long=long)


NOTES = """
Each write of a writer is recorded with its bytes. An image is the disk after a cut between any two of them: what
was flushed is there; of the rest any part may be there or not, torn at 512 bytes, lost unlinks and renames
included. Each is opened and verified: what was acknowledged before the cut has to be there. Of a server every process
is recorded, and each image is recovered by a server that begins on it; since that takes a second, they are drawn by
lot, and a third of them have lost all that they could.
"""

SUITE = Suite("Power cuts", " ".join(NOTES.split()), run)
