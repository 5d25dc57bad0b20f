"""A disk as a power cut leaves it: the recorded writes, and any of them that were not flushed yet lost or torn."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

SECTOR = 512
"""Bytes that a disk writes at once or not at all."""
RECORDED = (
    "trace=openat,creat,write,pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2,link,linkat"
)

LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
HANDLE = re.compile(r"^\d+<((?:\\x[0-9a-f]{2})+)>")


class Wrote(Struct, frozen=True):
    """Bytes that were written into a file, by the number of the file."""

    file: int
    at: int
    data: bytes


class Cut(Struct, frozen=True):
    """A file that was cut or stretched to a size."""

    file: int
    size: int


class Named(Struct, frozen=True):
    """A name that was given to a file, or taken from what had it; ``gone`` is the name that a move took away."""

    name: str
    file: int | None
    gone: str | None = None


class Flushed(Struct, frozen=True):
    """A file, or the names in the folder (None), that were flushed."""

    file: int | None


class Acknowledged(Struct, frozen=True):
    """Something that was acknowledged."""

    word: str


Event = Wrote | Cut | Named | Flushed | Acknowledged


class Image(Struct, frozen=True):
    """A state of the disk: each name with its bytes, and what had been acknowledged."""

    files: dict[str, bytes]
    acknowledged: tuple[str, ...]


class Recording:
    """What a run did to one folder, read from its trace."""

    def __init__(self, folder: Path, acks: str, acks_in: Path | None = None) -> None:
        """Begin with the folder as it is before the run; what is acknowledged is noted in it, or elsewhere."""
        self._folder = folder
        self._acks = str((acks_in or folder) / acks)
        self.base: dict[int, bytes] = {}
        self.names: dict[str, int] = {}
        self.events: list[Event] = []
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                self.base[len(self.base)] = path.read_bytes()
                self.names[str(path)] = len(self.base) - 1
        self._live = dict(self.names)
        self._ends = {number: len(data) for number, data in self.base.items()}

    def read(self, lines: Sequence[str]) -> None:
        """Take the lines of a trace, with every string in hexadecimal digits."""
        for line in lines:
            found = LINE.match(line)
            if found is not None and not found[3].startswith("-"):
                self._take(found[1], found[2], int(found[3]))

    def _take(self, call: str, words: str, result: int) -> None:
        strings = [bytes.fromhex(each.replace("\\x", "")) for each in STRING.findall(words)]
        handle = HANDLE.match(words)
        path = bytes.fromhex(handle[1].replace("\\x", "")).decode() if handle is not None else ""
        if call in {"openat", "creat"}:
            self._opened(self._path(strings[0]), words)
        elif path == self._acks:
            self._acknowledged(call, strings)
        elif call in {"write", "pwrite64", "pwritev"} and path in self._live:
            file = self._live[path]
            at = self._ends[file] if call == "write" else int(words.rpartition(", ")[2])
            self._ends[file] = max(self._ends[file], at + result)
            self.events.append(Wrote(file, at, b"".join(strings)[:result]))
        elif call == "ftruncate" and path in self._live:
            self._ends[self._live[path]] = int(words.rpartition(", ")[2])
            self.events.append(Cut(self._live[path], int(words.rpartition(", ")[2])))
        elif call in {"fsync", "fdatasync"}:
            if path in self._live or Path(path).is_dir():
                self.events.append(Flushed(self._live.get(path)))
        elif call.startswith("unlink"):
            if self._live.pop(self._path(strings[0]), None) is not None:
                self.events.append(Named(self._path(strings[0]), None))
        elif call.startswith(("rename", "link")):
            self._moved(call, *map(self._path, strings))

    def _path(self, said: bytes) -> str:
        """A path as it was said, from the folder on where it is no whole one."""
        return str(self._folder / said.decode())

    def _opened(self, path: str, words: str) -> None:
        if path == self._acks or not path.startswith(f"{self._folder}/"):
            return
        if "O_CREAT" in words and path not in self._live:
            self.base[len(self.base)] = b""
            self._live[path] = len(self.base) - 1
            self._ends[self._live[path]] = 0
            self.events.append(Named(path, self._live[path]))
        elif "O_TRUNC" in words and path in self._live:
            self.events.append(Cut(self._live[path], 0))
            self._ends[self._live[path]] = 0

    def _acknowledged(self, call: str, strings: list[bytes]) -> None:
        if call == "write":
            self.events.append(Acknowledged(strings[0].decode().strip()))

    def _moved(self, call: str, one: str, two: str) -> None:
        if one not in self._live:
            return
        file = self._live[one] if call.startswith("link") else self._live.pop(one)
        self._live[two] = file
        self.events.append(Named(two, file, None if call.startswith("link") else one))


def images(recording: Recording, chance: Random, most: int) -> Iterator[Image]:
    """States of the disk after a cut at each event: all that could be lost lost, nothing, each alone, some by lot."""
    for stop in range(1, len(recording.events) + 1):
        durable, pending, acknowledged = _sorted(recording.events[:stop])
        seen: set[tuple[int, ...]] = set()
        for chosen in _choices(len(pending), chance, most):
            if chosen not in seen:
                seen.add(chosen)
                kept = [*durable, *_kept(pending, chosen, chance)]
                yield Image(_applied(recording, sorted(kept, key=lambda each: each[0])), acknowledged)


def drawn(recording: Recording, chance: Random, count: int) -> Iterator[Image]:
    """So many states of the disk by lot, where each is too dear to take them all: a third have lost all they could.

    The first is that of a cut right after the last thing was acknowledged.
    """
    told = [place for place, event in enumerate(recording.events, 1) if isinstance(event, Acknowledged)]
    for number in range(count):
        stop = chance.randint(1, len(recording.events)) if number else told[-1]
        durable, pending, acknowledged = _sorted(recording.events[:stop])
        choices = (0,) if number % 3 == 0 else (1, 1, 1, 2) if number % 3 == 1 else (0, 1, 2)
        chosen = chance.choices(choices, k=len(pending))
        kept = [*durable, *_kept(pending, chosen, chance)]
        yield Image(_applied(recording, sorted(kept, key=lambda each: each[0])), acknowledged)


def _sorted(events: Sequence[Event]) -> tuple[list[tuple[int, Event]], list[tuple[int, Event]], tuple[str, ...]]:
    """What is on the disk for sure, what may be, and what was acknowledged."""
    durable: list[tuple[int, Event]] = []
    pending: list[tuple[int, Event]] = []
    words: list[str] = []
    for place, event in enumerate(events):
        if isinstance(event, Acknowledged):
            words.append(event.word)
        elif isinstance(event, Flushed):
            now = [each for each in pending if _is_flushed(each[1], event)]
            durable += now
            pending = [each for each in pending if each not in now]
        else:
            pending.append((place, event))
    return durable, pending, tuple(words)


def _is_flushed(event: Event, by: Flushed) -> bool:
    if isinstance(event, Named):
        return by.file is None
    return isinstance(event, Wrote | Cut) and event.file == by.file


def _choices(count: int, chance: Random, most: int) -> Iterator[tuple[int, ...]]:
    """For each pending event 0: lost, 1: kept, 2: torn."""
    yield (1,) * count
    yield (0,) * count
    for at in range(count):
        for value, others in ((0, 1), (1, 0), (2, 1)):
            yield tuple(value if each == at else others for each in range(count))
    for _ in range(most if count > 1 else 0):
        yield tuple(chance.choices((0, 1, 2), k=count))


def _kept(pending: Sequence[tuple[int, Event]], chosen: Sequence[int], chance: Random) -> Iterator[tuple[int, Event]]:
    for (place, event), value in zip(pending, chosen, strict=True):
        if value == 1:
            yield place, event
        elif value and isinstance(event, Wrote):
            yield from ((place, part) for part in _torn(event, chance))


def _torn(wrote: Wrote, chance: Random) -> Iterator[Wrote]:
    """Some sectors of a write, cut where the sectors of the file are."""
    start = wrote.at
    while start < wrote.at + len(wrote.data):
        stop = min((start // SECTOR + 1) * SECTOR, wrote.at + len(wrote.data))
        if chance.random() < 0.5:  # noqa: PLR2004  # a coin
            yield Wrote(wrote.file, start, wrote.data[start - wrote.at : stop - wrote.at])
        start = stop


def _applied(recording: Recording, events: Sequence[tuple[int, Event]]) -> dict[str, bytes]:
    """The names and bytes that events lead to."""
    data = {number: bytearray(base) for number, base in recording.base.items()}
    names = dict(recording.names)
    for _, event in events:
        if isinstance(event, Wrote):
            file = data[event.file]
            file.extend(bytes(max(0, event.at - len(file))))
            file[event.at : event.at + len(event.data)] = event.data
        elif isinstance(event, Cut):
            file = data[event.file]
            file[:] = file[: event.size].ljust(event.size, b"\0")
        elif isinstance(event, Named):
            names.pop(event.gone or event.name, None)
            if event.file is not None:
                names[event.name] = event.file
    return {name: bytes(data[number]) for name, number in names.items()}
