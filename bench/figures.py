"""Figures: what was measured, beside a peer's or a limit's, and whether the goal is met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.workshop import Workshop

Unit = Literal[
    "a second", "seconds", "seconds an entry", "bytes", "bytes an entry", "bytes a page", "in number", "relative error"
]

MAGNITUDES = ((1.0, "s"), (1e-3, "ms"), (1e-6, "\N{MICRO SIGN}s"), (1e-9, "ns"))
MEGABYTE = 1e6

PLAIN: dict[Unit, str] = {
    "bytes an entry": "{:,.0f} bytes an entry",
    "bytes a page": "{:,.0f} bytes",
    "in number": "{:,.0f}",
    "relative error": "{:.2g}",
}
"""Units in which a value is written as it stands."""


class Quantity(Struct, frozen=True):
    """A measured value in a unit; ``wall`` is the same by the clock on the wall, where that was taken too."""

    value: float
    unit: Unit
    wall: float | None = None

    def __str__(self) -> str:
        """In three figures, as people read it."""
        return f"{self._said(self.value)} (wall {self._said(self.wall)})" if self.wall else self._said(self.value)

    def _said(self, value: float) -> str:
        if self.unit in PLAIN:
            return PLAIN[self.unit].format(value)
        if self.unit == "a second":
            return f"{_rounded(value):,.0f}/s"
        if self.unit == "bytes":
            return f"{value / MEGABYTE:,.0f} MB"
        return duration(value) + (" an entry" if self.unit == "seconds an entry" else "")


class Goal(Struct, frozen=True):
    """What a ratio should be at the least, or at the most."""

    bound: float
    at: Literal["least", "most"]

    def met(self, ratio: float) -> bool:
        """Whether a ratio meets it."""
        return ratio >= self.bound if self.at == "least" else ratio <= self.bound

    def __str__(self) -> str:
        return f"at {self.at} {self.bound:g}"


class Figure(Struct, frozen=True):
    """What was measured, beside what: a peer at the same work, or a limit. The ratio is ours to theirs."""

    what: str
    ours: Quantity
    beside: str
    theirs: Quantity
    goal: Goal | None = None

    @property
    def ratio(self) -> float:
        """Ours to theirs."""
        return self.ours.value / self.theirs.value

    @property
    def verdict(self) -> str:
        """Whether the goal is met, in a word; nothing where there is none."""
        if self.goal is None:
            return ""
        return "met" if self.goal.met(self.ratio) else "short"


class Suite(Struct, frozen=True):
    """The figures of one subject: what one has to know to read them, in paragraphs, and how they are taken."""

    title: str
    notes: str
    figures: Callable[[Workshop], Iterator[Figure]]


def duration(seconds: float) -> str:
    """A time in the unit that suits it, in three figures."""
    size, name = next((each for each in MAGNITUDES if seconds >= each[0]), MAGNITUDES[-1])
    value = seconds / size
    return f"{value:.{max(0, 2 - len(str(int(value))) + 1)}f} {name}"


def _rounded(value: float) -> float:
    """A value to three figures."""
    return float(f"{value:.3g}")
