"""Tiles: the whole log as files that never change, for any web server (C2SP tlog-tiles); the bodies lie beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.log.bodies import bundle_of
from chancery.values import Fault, phrase, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Self

    from chancery.log.bodies import Opened
    from chancery.log.tree import Nodes
    from chancery.values import Phrase

    Several = Callable[[int, int], Iterable[bytes]]
    Shown = Callable[[int, int], Iterable[Opened | None]]

WIDTH = 256
"""Hashes, entries or bodies in a full tile."""
ENTRIES = "tile/entries"
"""Where bundles of entries lie."""
BODIES = "bodies"
"""Where bundles of bodies lie: ours, and no part of tlog-tiles."""
HIGHEST = 63
"""The highest level of hashes that a path can name."""

_BITS = 8
"""Levels of the tree that a tile spans."""
_COUNT = 2
"""Bytes of the length before an entry in a bundle (uint16)."""
_PATH = re.compile(
    r"(?P<row>tile/(?:entries|[1-9]?[0-9])|bodies)/(?P<index>(?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?",
    re.ASCII,
)


class Tile(Struct, frozen=True):
    """A tile of some row: its place on it, and how many it holds, 256 where it is full."""

    row: str
    index: int
    width: int = WIDTH

    @classmethod
    def of(cls, path: str) -> Self:
        """Read a tile's path, strictly: one tile has one path. Raises Fault."""
        match = _PATH.fullmatch(path)
        if match is None:
            raise Fault(_no_path(path))
        index = int(match["index"].replace("x", "").replace("/", ""))
        tile = cls(match["row"], index, int(match["width"] or WIDTH))
        if tile.path != path or tile.width > WIDTH or not (tile.level is None or tile.level <= HIGHEST):
            raise Fault(_no_path(path))
        return tile

    @property
    def path(self) -> str:
        """Where it lies: three digits a part, an `x` before all parts but the last."""
        digits = str(self.index)
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        place = "/".join([f"x{part}" for part in parts[:-1]] + parts[-1:])
        return f"{self.row}/{place}" if self.width == WIDTH else f"{self.row}/{place}.p/{self.width}"

    @property
    def level(self) -> int | None:
        """The level of a tile of hashes, None for any other."""
        return None if self.row in {ENTRIES, BODIES} else int(self.row.removeprefix("tile/"))

    @property
    def start(self) -> int:
        """The place of its first hash, entry or body on its row."""
        return self.index * WIDTH

    @property
    def stop(self) -> int:
        """The place after its last."""
        return self.start + self.width


def rows(size: int) -> Iterator[tuple[str, int]]:
    """Each row of a log of a size, and how many it holds: bodies, entries, then hashes level by level."""
    yield BODIES, size
    yield ENTRIES, size
    level = 0
    while size:
        yield f"tile/{level}", size
        level, size = level + 1, size >> _BITS


def row_tiles(row: str, count: int, before: int = 0) -> Iterator[Tile]:
    """The tiles of a row that holds so many, without those that were full when it held fewer."""
    for index in range(before // WIDTH, count // WIDTH):
        yield Tile(row, index)
    if count % WIDTH and count > before:
        yield Tile(row, count // WIDTH, count % WIDTH)


def tiles(size: int, before: int = 0) -> Iterator[Tile]:
    """The tiles that a log of a size has, without those that it had already at an earlier size."""
    earlier = dict(rows(before))
    for row, count in rows(size):
        yield from row_tiles(row, count, earlier.get(row, 0))


def hashed(tile: Tile, nodes: Nodes) -> bytes:
    """What a tile of hashes holds."""
    level = (tile.level or 0) * _BITS
    return b"".join(nodes(level, place) for place in range(tile.start, tile.stop))


def bundled(entries: Iterable[bytes]) -> bytes:
    """What a bundle of entries holds: each after its length as a uint16."""
    return b"".join(len(entry).to_bytes(_COUNT, "big") + entry for entry in entries)


def unbundled(data: bytes, width: int) -> list[bytes]:
    """The entries of a bundle. Raises Fault where it has not as many, or anything after them."""
    found: list[bytes] = []
    at = 0
    for _ in range(width):
        start = at + _COUNT
        at = start + int.from_bytes(data[at:start], "big")
        if start > len(data) or at > len(data):
            raise Fault(phrase("the bundle ends within its entry {n}", n=len(found)))
        found.append(data[start:at])
    if at != len(data):
        raise Fault(phrase("the bundle has {n:number} bytes after its last entry", n=len(data) - at))
    return found


def contents(size: int, nodes: Nodes, entries: Several, bodies: Shown, before: int = 0) -> Iterator[tuple[str, bytes]]:
    """The path and content of each tile of a log of a size, without those that it had already at an earlier size.

    ``entries`` and ``bodies`` give the leaves and the opened bodies (None where withheld) from one index up to another.
    """
    for tile in tiles(size, before):
        if tile.row == BODIES:
            yield tile.path, bundle_of(bodies(tile.start, tile.stop))
        elif tile.row == ENTRIES:
            yield tile.path, bundled(entries(tile.start, tile.stop))
        else:
            yield tile.path, hashed(tile, nodes)


def _no_path(path: str) -> Phrase:
    return phrase(
        "{path} is not the path of a tile, such as tile/0/x001/067 or tile/entries/000.p/17", path=quoted(path)
    )
