"""Time and memory of an entry as a record grows: linear, or how far from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.figures import Figure, Goal, Quantity, Suite
from bench.processes import Job, in_turns
from bench.suites.loading import loaded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.stopwatch import Measured
    from bench.workshop import Workshop

COUNTS = (10_000, 100_000, 1_000_000)
BASE = 100_000
LINEAR = Goal(1.3, "most")
LARGE = 1_000_000


def figures(workshop: Workshop) -> Iterator[Figure]:
    """What an entry costs at each size, beside what it costs at 100,000."""
    found = {}
    for count in COUNTS:
        path = workshop.lines(count)
        workshop.say(f"Loading {count:,} entries, for time and memory")
        found[count] = in_turns({"record": Job("record", (path, "one"))}, times=1 if count >= LARGE else 3)["record"]
    for cost in (_time, _memory):
        base = cost(found[BASE], BASE)
        for count in COUNTS:
            if count != BASE:
                goal = LINEAR if count > BASE else None
                yield Figure(f"{count:,} entries", cost(found[count], count), f"{BASE:,} entries", base, goal)
    whole = Quantity(found[LARGE].peak, "bytes")
    yield Figure(f"{LARGE:,} entries at the largest", whole, f"{BASE:,} entries", Quantity(found[BASE].peak, "bytes"))


def _time(measured: Measured, count: int) -> Quantity:
    return Quantity(loaded(measured).cpu / count, "seconds an entry")


def _memory(measured: Measured, count: int) -> Quantity:
    return Quantity(measured.peak / count, "bytes an entry")


NOTES = """
From JSON Lines to the first day read: processor time, and the most memory that the process held, with Python, the
file's bytes and the day's register. A ratio of 1 is linear growth. The million is run once, the others three times.
"""

SUITE = Suite("Grow", NOTES, figures)
