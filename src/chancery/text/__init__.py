"""A record as text: a folder of TOML files, one TOML file, or a stream of JSON Lines, read and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.text.folder import read_toml
from chancery.text.lines import lines_of, read_lines
from chancery.text.loaded import Loaded, Progress, unreadable
from chancery.text.writing import act_toml, append_act, head_toml, record_toml, source_toml
from chancery.values import phrase

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "Loaded",
    "Progress",
    "act_toml",
    "append_act",
    "head_toml",
    "lines_of",
    "read_lines",
    "read_record",
    "read_toml",
    "record_toml",
    "source_toml",
]

LINES = frozenset({".jsonl", ".ndjson"})


def read_record(path: Path, progress: Progress | None = None) -> Loaded:
    """Read a record from wherever it is: a folder, a TOML file, a file of JSON Lines."""
    if not path.exists():
        fault = phrase("is not there; expected a record: a folder of TOML files, a TOML file or a JSON Lines file")
        return Loaded(None, (unreadable(path.as_posix(), fault, code="no-record"),))
    if path.is_file() and path.suffix in LINES:
        return read_lines(path, progress)
    return read_toml(path, progress)
