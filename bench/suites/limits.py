"""How much of the time is checks and facts: each step beside a parser alone on the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.figures import Figure, Quantity, Suite
from bench.processes import Job, in_turns, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.stopwatch import Measured
    from bench.workshop import Workshop

COUNT = 100_000
STEPS = {
    "read and checked": ("read and check",),
    "and grouped into acts": ("read and check", "group"),
    "and made facts, and a day read": ("read and check", "group", "first reading"),
}


def figures(workshop: Workshop) -> Iterator[Figure]:
    """The steps from a file to a day read, beside the parsers."""
    lines, folder = workshop.lines(COUNT), workshop.toml(COUNT)
    workshop.say(f"Parsing {COUNT:,} entries and no more")
    jobs = {
        "limits": Job("limits", (lines, folder)),
        "lines": Job("record", (lines, "one")),
        "toml": Job("record", (folder, "one")),
    }
    found = in_turns(jobs)
    limits = found["limits"]
    plain = _seconds(limits, "msgspec, plain")
    beside = "msgspec, to plain objects"
    yield Figure("JSON Lines: the file's bytes", _seconds(limits, "file"), beside, plain)
    yield Figure("JSON Lines: decoded into acts", _seconds(limits, "msgspec, typed"), beside, plain)
    for name, laps in STEPS.items():
        yield Figure(f"JSON Lines: {name}", _seconds(found["lines"], *laps), beside, plain)
    for parser in ("rtoml", "tomllib"):
        ours = _seconds(found["toml"], "read and check")
        yield Figure("TOML: read and checked", ours, f"{parser}, to plain objects", _seconds(limits, parser))


def _seconds(measured: Measured, *laps: str) -> Quantity:
    return Quantity(whole(measured, *laps).cpu, "seconds")


NOTES = f"""
Seconds of the processor for {COUNT:,} entries; a ratio of 3 is three times as long as the parser alone.
"""

SUITE = Suite("Beside the limits", NOTES, figures)
