"""From one form of a record to another: what would be written where, and whether it says the same."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from typing import TYPE_CHECKING

import msgspec

from chancery.text.files import HEAD_FILE, files_in
from chancery.text.lines import lines_of
from chancery.text.rewriting import Piece, joined, pieces_in, pieces_of
from chancery.text.shelf import LINES
from chancery.values import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from chancery.ledger import Record
    from chancery.text.loaded import Progress
    from chancery.values import Phrase

SOURCES_FILE = "sources.toml"

MOST_ACTS = 1_000
"""Entries in one file of a folder that is written anew."""

WHOLE = ""
"""The name of the one part of a record that is a single file."""

Parts = dict[str, Iterable[bytes]]
"""What each file of a record would hold, by its path in the folder; a record in one file is one part without a name."""


def is_lines(path: Path) -> bool:
    """Whether a path names a file of JSON Lines."""
    return path.suffix in LINES


def is_folder(path: Path) -> bool:
    """Whether a path is, or would be, a record's folder."""
    return path.is_dir() or (not is_lines(path) and path.suffix != ".toml")


def parts_for(origin: Path | None, record: Record, target: Path, progress: Progress | None = None) -> Parts:
    """What a record would be written as, in the form that the target's name asks for.

    From TOML it keeps the comments; a record that is in no file, as in a database, has none.
    """
    if is_lines(target):
        total = len(record.acts)
        return {WHOLE: _told((line + b"\n" for line in lines_of(record)), total, progress)}
    by_file = _pieces_by_file(origin, record, progress)
    if not is_folder(target):
        return {WHOLE: [joined(piece for pieces in by_file.values() for piece in pieces).encode()]}
    if origin is None or not origin.is_dir():
        by_file = spread(by_file[WHOLE])
    return {name: [joined(pieces).encode()] for name, pieces in by_file.items()}


def _told(lines: Iterable[bytes], total: int, progress: Progress | None) -> Iterator[bytes]:
    for number, line in enumerate(lines):
        if progress is not None and number % MOST_ACTS == 0:
            progress(min(number, total), total)
        yield line


def _pieces_by_file(origin: Path | None, record: Record, progress: Progress | None) -> dict[str, list[Piece]]:
    if origin is None or is_lines(origin):
        return {WHOLE: list(pieces_of(record))}
    if not origin.is_dir():
        return {WHOLE: pieces_in(origin.read_bytes().decode())}
    files = files_in(origin)
    found = {}
    for number, file in enumerate(files, 1):
        found[file.relative_to(origin).as_posix()] = pieces_in(file.read_bytes().decode())
        if progress is not None:
            progress(number, len(files))
    return found


def spread(pieces: list[Piece]) -> dict[str, list[Piece]]:
    """Pieces over files of bounded size whose names sort in the ledger's order; what follows the last stays there."""
    by_table: dict[str, list[Piece]] = {"record": [], "source": [], "act": []}
    for piece in pieces:
        by_table[piece.table or "act"].append(piece)
    acts = by_table["act"]
    starts = range(0, len(acts), MOST_ACTS)
    width = max(4, len(str(len(starts))))
    files = {f"acts-{number:0{width}}.toml": acts[start : start + MOST_ACTS] for number, start in enumerate(starts, 1)}
    head = by_table["record"] or [Piece("record", "[record]\n")]
    sources = {SOURCES_FILE: by_table["source"]} if by_table["source"] else {}
    return {HEAD_FILE: head, **sources, **files}


def strangers(folder: Path, parts: Mapping[str, object]) -> list[str]:
    """The files of a folder that would be left standing, and then be read with what is written."""
    found = (file.relative_to(folder).as_posix() for file in files_in(folder)) if folder.is_dir() else ()
    return [name for name in found if name not in parts]


def difference(one: Record, other: Record) -> Phrase | None:
    """The first thing in which two records differ: their heads, sources, entries, or the order of any of these."""
    for left, right in zip_longest(lines_of(one), lines_of(other)):
        if left != right:
            return phrase(
                "the ledger would change: where {left} stands, {right} would stand",
                left=_name(left),
                right=_name(right),
            )
    return None


def _name(line: bytes | None) -> str:
    if line is None:
        return "-"
    data = msgspec.json.decode(line)
    return str(data.get("id") or data.get("ref") or data["kind"])
