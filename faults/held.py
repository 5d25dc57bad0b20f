"""What was held against a fault: how often it was injected, what was lost, and whether the broken build was caught."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator


class Control(Struct, frozen=True):
    """A build that was broken on purpose, and how often the same harness found something lost in it."""

    broken: str
    caught: int


class Held(Struct, frozen=True):
    """One fault on one shelf."""

    fault: str
    shelf: str
    count: int
    what: str
    """What was counted: system calls, images, kills."""
    lost: tuple[str, ...]
    """Each thing that was lost, doubled or unclear, in words."""
    control: Control
    note: str = ""

    @property
    def counts(self) -> bool:
        """Whether the figure counts: something was injected, nothing was lost, and the control was caught."""
        return self.count > 0 and not self.lost and self.control.caught > 0

    def __str__(self) -> str:
        """The line of a report."""
        said = f"{self.fault}, {self.shelf}: {self.count:,} {self.what}, lost: {len(self.lost)}"
        return f"{said}; control ({self.control.broken}): caught {self.control.caught:,} times. {self.note}".strip()


class Runs(Protocol):
    """Injects faults of one sort."""

    __module__: str

    def __call__(self, *, long: int) -> Iterator[Held]:
        """In a short form (0), in the long one (1), or in the long one with one of so many calls, sizes and bits."""


def some(one_of: int) -> str:
    """What is said of a count where not everything was taken."""
    return "" if one_of <= 1 else f"One of {one_of}. "


class Suite(Struct, frozen=True):
    """Faults of one sort: what to know about them, and how they are injected, in a short form or the long one."""

    title: str
    notes: str
    run: Runs

    @property
    def name(self) -> str:
        """The module that it stands in, by which it is taken alone."""
        return self.run.__module__.rpartition(".")[2]
