"""Keeping: answers that were made once, within bounds."""

from __future__ import annotations

import gzip
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

PACKING = 4
"""How hard answers are packed, from 1 to 9: harder costs more time than it saves bytes."""

MOST_BYTES = 64 * 2**20
"""Bytes of answers that are kept, at the most."""


class Made(NamedTuple):
    """An answer as it is sent: its bytes, the same packed, its media type, its mark, whether it can never change."""

    plain: bytes
    packed: bytes
    media: str
    etag: str
    past: bool

    @classmethod
    def of(cls, plain: bytes, media: str, *, past: bool = False) -> Made:
        """Pack an answer and mark it by what it says. Packed and not, it says the same: the mark is a weak one."""
        mark = blake2b(plain, digest_size=12).hexdigest()
        return cls(plain, gzip.compress(plain, PACKING, mtime=0), media, f'W/"{mark}"', past)


class Kept:
    """Answers that were made, by what they were made from; the oldest are dropped where they grow too large."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        """Keep so many bytes at the most."""
        self._most = most
        self._made: dict[Hashable, Made] = {}
        self._bytes = 0

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What was made from a key, or make it now."""
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = make()
            self._bytes += _size(found)
            self._trim()
        return found

    def _trim(self) -> None:
        while self._bytes > self._most and len(self._made) > 1:
            gone = self._made.pop(next(iter(self._made), None), None)
            self._bytes -= 0 if gone is None else _size(gone)


def _size(made: Made) -> int:
    return len(made.plain) + len(made.packed)
