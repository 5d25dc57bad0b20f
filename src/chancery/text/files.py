"""The files of a record: found, bounded and decoded before anything parses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.text.loaded import unreadable
from chancery.values import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chancery.values import Problem

LARGEST_TOML = 32 * 2**20
"""Bytes of one TOML file; larger records are written as JSON Lines."""

LARGEST_LINES = 4 * 2**30
"""Bytes of one JSON Lines file."""

DEEPEST = 64
"""How deep brackets may nest in one line of TOML or JSON."""


class Refused(ValueError):  # a sentence, as the errors of this house are
    """A file that is not read: carries the problem."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(str(problem.phrase))
        self.problem = problem


def toml_files(folder: Path) -> Iterator[Path]:
    """The TOML files of a record's folder, record.toml first. Raises Refused for a link that leaves it."""
    root = folder.resolve()
    found = sorted(folder.rglob("*.toml"), key=lambda path: (path.name != "record.toml", path.as_posix()))
    for path in found:
        if not path.resolve().is_relative_to(root):
            fault = phrase("is a link that leaves the record's folder; a record holds its files itself")
            raise Refused(unreadable(path.relative_to(folder).as_posix(), fault, code="link-outside"))
        if path.is_file():
            yield path


def bounded_bytes(path: Path, name: str, largest: int) -> bytes:
    """The bytes of a file no larger than it may be. Raises Refused."""
    try:
        size = path.stat().st_size
        if size > largest:
            fault = phrase(
                "is {n:number} bytes long; the most that is read is {largest:number}", n=size, largest=largest
            )
            raise Refused(unreadable(name, fault, code="too-large"))
        return path.read_bytes()
    except OSError as fault_here:
        raise Refused(unreadable(name, phrase("cannot be read: {why}", why=fault_here.strerror or "?"))) from fault_here


def decoded(data: bytes, name: str) -> str:
    """The text of a file in UTF-8 without NUL. Raises Refused, naming the line."""
    try:
        text = data.decode()
    except UnicodeDecodeError as fault_here:
        line = data.count(b"\n", 0, fault_here.start) + 1
        raise Refused(unreadable(name, phrase("is not UTF-8"), line, code="not-utf-8")) from fault_here
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Refused(unreadable(name, phrase("holds a NUL character"), line, code="nul"))
    return text


def refuse_depth(text: str, name: str) -> None:
    """Refuse text whose brackets nest too deep to be parsed in bounded memory."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.count("[") + line.count("{") > DEEPEST and _depth(line) > DEEPEST:
            fault = phrase("nests more than {n:number} deep", n=DEEPEST)
            raise Refused(unreadable(name, fault, number, code="too-deep"))


def _depth(line: str) -> int:
    deepest = depth = 0
    for letter in line:
        if letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "]}":
            depth -= 1
    return deepest
