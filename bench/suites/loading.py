"""Load and check a record, beside beancount loading and checking as many directives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.figures import Figure, Goal, Quantity, Suite
from bench.processes import Job, in_turns, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.stopwatch import Lap, Measured
    from bench.workshop import Workshop

COUNTS = (10_000, 100_000)
LINES = Goal(10, "least")
TOML = Goal(1, "least")


def figures(workshop: Workshop) -> Iterator[Figure]:
    """Entries a second from the file to a first day read, beside directives a second."""
    for count in COUNTS:
        jobs = {
            "lines": Job("record", (workshop.lines(count), "one")),
            "toml": Job("record", (workshop.toml(count), "one")),
            "beancount": Job("beancount_ledger", (workshop.directives(count), "on")),
            "collector off": Job("beancount_ledger", (workshop.directives(count), "off")),
        }
        workshop.say(f"Loading {count:,} entries, beside beancount")
        found = in_turns(jobs)
        peer = rate(count, found["beancount"].laps["load and check"])
        for form, name, goal in (("lines", "JSON Lines", LINES), ("toml", "TOML", TOML)):
            ours = rate(count, loaded(found[form]))
            yield Figure(f"{count:,} entries from {name}", ours, f"beancount, {count:,} directives", peer, goal)
        freed = rate(count, found["collector off"].laps["load and check"])
        ours = rate(count, loaded(found["lines"]))
        yield Figure(f"{count:,} entries from JSON Lines", ours, "beancount, its garbage collector off too", freed)


def loaded(measured: Measured) -> Lap:
    """All that lies between a file and a day read out of it: checks and facts included."""
    return whole(measured, "read and check", "group", "first reading")


def rate(count: int, lap: Lap) -> Quantity:
    """So many a second, by the processor and by the wall."""
    return Quantity(count / lap.cpu, "a second", count / lap.wall)


NOTES = """
Entries a second from the file to the first day read out of it: every check, every fact, every book of the register.
Processor time (and wall time), median of 3 runs taken in turns, each a process of its own, imports left out.

A directive of beancount is a transaction with two postings, which it parses, books and validates; an entry of ours is
one account of one act with its citation and clocks. The same order of work, not the same work.

chancery runs without Python's cyclic garbage collector, since entries form no cycles; beancount leaves it on.
"""

SUITE = Suite("Load and check", NOTES, figures)
