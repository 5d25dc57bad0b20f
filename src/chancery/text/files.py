"""The files of a record: found, bounded and decoded before anything parses them."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from chancery.text.loaded import unreadable
from chancery.values import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chancery.values import Phrase, Problem

LARGEST_TOML = 8 * 2**20
"""Bytes of one TOML file; larger records are spread over several, or written as JSON Lines."""

MOST_TABLES = 500_000
"""Signs in one TOML file that can begin a table or a list: a parser needs about a kilobyte for each."""

LARGEST_LINES = 4 * 2**30
"""Bytes of one JSON Lines file."""

LARGEST_FILE = 2**27
"""Bytes of a file in another format, unpacked."""

LONGEST = 65_535
"""Bytes of one entry in canonical form."""

HEAD_FILE = "record.toml"
"""The file that every folder of a record has; it is read first."""

ADDITIONS = "additions.toml"
"""The file to which entries are appended; it is read last, so that on one day they come after what stood there."""

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"

KINDS_OF_PLACE = {HEAD_FILE: 0, ADDITIONS: 2}


class Refused(ValueError):  # a sentence, as the errors of this house are
    """A file that is not read: carries the problem."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(str(problem.phrase))
        self.problem = problem


class Found:
    """The TOML files of a record's folder in the order in which they are read, and what cannot be read of it.

    record.toml comes first, additions.toml last, the others by path. What is hidden (its name begins with a dot) and
    what is not TOML is no part of a record. Links are refused: a record holds its files itself.
    """

    def __init__(self, folder: Path) -> None:
        """Look through the folder."""
        self.problems: list[Problem] = []
        self._folder = folder
        found = list(self._walk())
        self.files = sorted(found, key=lambda path: (KINDS_OF_PLACE.get(self._name(path), 1), path.as_posix()))
        if not self.problems and not (folder / HEAD_FILE).is_file():
            self.problems.append(unreadable(HEAD_FILE, _no_head(empty=not found), code="no-record"))

    def _walk(self) -> Iterator[Path]:
        waiting = [self._folder]
        while waiting:
            folder = waiting.pop()
            try:
                inside = sorted(folder.iterdir())
            except OSError as fault:
                self._refuse(folder, phrase("cannot be read: {why}", why=fault.strerror or "?"), "unreadable")
                continue
            for path in inside:
                if not path.name.startswith("."):
                    yield from self._take(path, waiting)

    def _take(self, path: Path, waiting: list[Path]) -> Iterator[Path]:
        named = path.suffix == ".toml"
        if path.is_symlink():
            if named or not path.is_file():
                fault = phrase("is a link; a record holds its files itself: put a copy in its place, or take it away")
                self._refuse(path, fault, "link")
        elif path.is_dir() and not named:
            waiting.append(path)
        elif named and path.is_file():
            yield path
        elif named:
            self._refuse(path, phrase("is not a file, though its name ends in .toml; rename it"), "not-a-file")

    def _refuse(self, path: Path, fault: Phrase, code: str) -> None:
        self.problems.append(unreadable(self._name(path), fault, code=code))

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()


def files_in(folder: Path) -> list[Path]:
    """The files of a folder. Raises Refused where a part of it cannot be read, which would be passed over."""
    found = Found(folder)
    for problem in found.problems:
        if problem.code == "unreadable":
            raise Refused(problem)
    return found.files


def _no_head(*, empty: bool) -> Phrase:
    if empty:
        return phrase("is not there, nor is any other TOML file: this is no record yet; `chancery new` begins one")
    return phrase("is not there; write it, with a table [record] that gives at least the title")


def size_of(path: Path, name: str) -> int:
    """The size of a file in bytes. Raises Refused where it is no file."""
    try:
        if not path.is_file():
            raise Refused(unreadable(name, phrase("is not a file"), code="not-a-file"))
        return path.stat().st_size
    except OSError as fault:
        raise Refused(unreadable(name, phrase("cannot be read: {why}", why=fault.strerror or "?"))) from fault


def has_longer_line(data: bytes, longest: int) -> bool:
    """Whether any line is longer than so many bytes; looks only where one would have to end."""
    start = 0
    while len(data) - start > longest:
        end = data.rfind(b"\n", start, start + longest + 1)
        if end < 0:
            return True
        start = end + 1
    return False


def bounded_bytes(path: Path, name: str, largest: int) -> bytes:
    """The bytes of a file no larger than it may be. Raises Refused."""
    size = size_of(path, name)
    if size > largest:
        fault = phrase("is {n:number} bytes long; the most that is read is {largest:number}", n=size, largest=largest)
        raise Refused(unreadable(name, fault, code="too-large"))
    try:
        return path.read_bytes()
    except OSError as fault_here:
        raise Refused(unreadable(name, phrase("cannot be read: {why}", why=fault_here.strerror or "?"))) from fault_here


def foreign_bytes(path: Path) -> bytes:
    """The bytes of a file in another format; one whose name ends in .gz is unpacked. Raises Refused."""
    data = bounded_bytes(path, path.name, LARGEST_FILE)
    if path.suffix != ".gz":
        return data
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        found = unpacking.decompress(data, LARGEST_FILE)
    except zlib.error as fault:
        raise Refused(unreadable(path.name, phrase("is not packed by gzip, as its name says"))) from fault
    if unpacking.unconsumed_tail:
        fault_here = phrase("is longer than {largest:number} bytes when it is unpacked", largest=LARGEST_FILE)
        raise Refused(unreadable(path.name, fault_here, code="too-large"))
    if not unpacking.eof:
        raise Refused(unreadable(path.name, phrase("is not packed by gzip, as its name says")))
    return found


def refuse_bomb(text: str, name: str) -> None:
    """Refuse a TOML text that is small and would fill the memory: one table or list after another. Raises Refused."""
    found = sum(text.count(sign) for sign in "[{.")
    if found > MOST_TABLES:
        fault = phrase(
            "has {n:number} signs that can begin a table or a list; the most that is read is {largest:number}",
            n=found,
            largest=MOST_TABLES,
        )
        raise Refused(unreadable(name, fault, code="too-many"))


def decoded(data: bytes, name: str) -> str:
    """The text of a file in UTF-8 without NUL or byte order mark. Raises Refused, naming the line."""
    try:
        text = data.decode()
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise Refused(unreadable(name, phrase("is not UTF-8; save it as UTF-8"), line, code="not-utf-8")) from fault
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Refused(unreadable(name, phrase("holds a NUL character; take it out"), line, code="nul"))
    if text.startswith(BYTE_ORDER_MARK):
        fault_here = phrase("begins with a byte order mark; save it as UTF-8 without one")
        raise Refused(unreadable(name, fault_here, 1, code="byte-order-mark"))
    return text
