"""Places: the line of an entry's table, and of a field in it. Worked out only when a problem needs it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_-]+)\s*\]\]?\s*(?:#.*)?$")
FENCES = ('"""', "'''")


def tables(text: str) -> Iterator[tuple[str, int]]:
    """The top-level tables of a TOML text, in order: their name and the number of their line."""
    for number, line in _outside_strings(text):
        if (header := HEADER.match(line)) is not None:
            yield header[1], number


def _outside_strings(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a TOML text that do not begin inside a string of several lines."""
    fence: str | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if fence is None:
            yield number, line
        fence = _fence_after(line, fence)


def _fence_after(line: str, fence: str | None) -> str | None:
    """Which fence, if any, is open at the end of a line."""
    at = 0
    while True:
        if fence is None:
            opened = [(line.find(each, at), each) for each in FENCES if line.find(each, at) >= 0]
            if not opened:
                return None
            at, fence = min(opened)
            at += len(fence)
        closed = line.find(fence, at)
        if closed < 0:
            return fence
        at, fence = closed + len(fence), None


def line_of(text: str, table: str, index: int, field: str | None) -> int | None:
    """The line of the index-th table of that name, or of a field in it where the field stands there."""
    starts = [(name, number) for name, number in tables(text)]
    own = [at for at, (name, _) in enumerate(starts) if name == table]
    if index >= len(own):
        return None
    first = starts[own[index]][1]
    after = starts[own[index] + 1][1] if own[index] + 1 < len(starts) else text.count("\n") + 2
    return _field_line(text, first, after, field) or first


def _field_line(text: str, first: int, after: int, field: str | None) -> int | None:
    if field is None:
        return None
    key = re.compile(rf"""^\s*["']?{re.escape(field)}["']?\s*[.=]""")
    lines = text.split("\n")[first : after - 1]
    return next((first + 1 + offset for offset, line in enumerate(lines) if key.match(line)), None)
