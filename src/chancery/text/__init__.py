"""A record as text: a folder of TOML files, one TOML file, or a stream of JSON Lines, read and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.text.files import ADDITIONS, Refused, foreign_bytes
from chancery.text.folder import placed, read_toml, too_long
from chancery.text.inline import table_in
from chancery.text.layout import Sheet, Stretch, layout_of, place_in, without
from chancery.text.lines import lines_of, read_lines, record_in
from chancery.text.loaded import Loaded, Progress, unreadable
from chancery.text.rewriting import rewritten
from chancery.text.shelf import LINES, Shelf, write_whole
from chancery.text.writing import HEAD_KEY, act_toml, head_toml, record_toml, source_toml
from chancery.values import phrase

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "ADDITIONS",
    "HEAD_KEY",
    "LINES",
    "Loaded",
    "Progress",
    "Refused",
    "Sheet",
    "Shelf",
    "Stretch",
    "act_toml",
    "foreign_bytes",
    "head_toml",
    "layout_of",
    "lines_of",
    "place_in",
    "placed",
    "read_lines",
    "read_record",
    "read_toml",
    "record_in",
    "record_toml",
    "rewritten",
    "source_toml",
    "table_in",
    "too_long",
    "unreadable",
    "without",
    "write_whole",
]


def read_record(path: Path, progress: Progress | None = None) -> Loaded:
    """Read a record from wherever it is: a folder, a TOML file, a file of JSON Lines."""
    try:
        there, lines = path.exists(), path.suffix in LINES and path.is_file()
    except OSError as fault:
        why = phrase("cannot be read: {why}", why=fault.strerror or "?")
        return Loaded(None, (unreadable(path.as_posix(), why),))
    if not there:
        fault_here = phrase("is not there; expected a record: a folder of TOML files, a TOML file or a JSON Lines file")
        return Loaded(None, (unreadable(path.as_posix(), fault_here, code="no-record"),))
    return read_lines(path, progress) if lines else read_toml(path, progress)
