"""What a signer or a witness remembers of a log: the last checkpoint that it put its name to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable

    Clock = Callable[[], int]
    """Tells the time: POSIX seconds."""


class Remembered(Struct, frozen=True):
    """A checkpoint's size and root, and the POSIX time at which it was signed."""

    size: int
    root: bytes
    time: int


class Memory(Protocol):
    """Where it is remembered. It must outlive a crash: what `swap` has taken is never forgotten."""

    def load(self, origin: str, /) -> Remembered | None:
        """The last checkpoint of a log, None where there was none yet."""

    def swap(self, origin: str, before: Remembered | None, after: Remembered, /) -> bool:
        """Put one in the place of another, at once and durably; False, and nothing done, where another stands there."""
