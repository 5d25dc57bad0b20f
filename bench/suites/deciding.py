"""Decide roll calls by the thousand, beside DuckDB and pandas; rule on single votes, beside a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.figures import Figure, Goal, Quantity, Suite
from bench.processes import ROOT, Job, in_turns, whole
from bench.suites.loading import rate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bench.stopwatch import Measured
    from bench.workshop import Workshop

ASSEMBLY = ROOT.parent / "shared" / "data" / "un-general-assembly" / "votes.parquet"
COUNCIL = ROOT / "records" / "rules" / "un-security-council.toml"
ROWS = 1_000_000
STEPS = ("decide", "explain")
WITHIN = Goal(1, "most")
LIMIT = Quantity(50e-6, "seconds")
PEERS = {
    "DuckDB, the majority": WITHIN,
    "DuckDB, with the checks": WITHIN,
    "pandas, the majority": WITHIN,
}
SINGLE = ("a tally", "a veto, in a tally", "a veto, in 15 ballots")


def figures(workshop: Workshop) -> Iterator[Figure]:
    """Roll calls decided beside peers, then single rulings and a long table of CSV beside their limits."""
    jobs = {
        "ours": Job("roll_calls", (str(ASSEMBLY),)),
        "peers": Job("roll_call_peers", (str(ASSEMBLY),)),
        "single": Job("rulings", (str(COUNCIL), workshop.ballots(ROWS))),
    }
    workshop.say("Deciding the roll calls of the General Assembly, beside DuckDB and pandas")
    found = in_turns(jobs)
    yield from _roll_calls(found)
    yield from _single(found["single"])


def _roll_calls(found: Mapping[str, Measured]) -> Iterator[Figure]:
    ours, peers = found["ours"], found["peers"]
    for what, steps in (
        (f"{ours.count:,} roll calls decided, the exceptions explained", STEPS),
        ("the same, the exceptions ruled on and not put into words", STEPS[:-1]),
    ):
        seconds = _seconds(ours, *steps)
        for peer, goal in PEERS.items():
            yield Figure(what, seconds, peer, _seconds(peers, peer), goal)
        yield Figure(what, seconds, "reading the columns alone", _seconds(ours, "columns alone"))


def _single(single: Measured) -> Iterator[Figure]:
    for name in SINGLE:
        yield Figure(f"a ruling with its explanation: {name}", _seconds(single, name), "limit", LIMIT, WITHIN)
    slowest = max((single.laps[name] for name in SINGLE), key=lambda lap: lap.cpu)
    yield Figure("the slowest of these", rate(1, slowest), "limit", Quantity(1 / LIMIT.value, "a second"))
    table = _seconds(single, "csv, read and looked through")
    yield Figure(
        f"{single.count:,} ballots of CSV read and looked through",
        table,
        "csv.reader, rows alone",
        _seconds(single, "csv, rows alone"),
    )


def _seconds(measured: Measured, *laps: str) -> Quantity:
    lap = whole(measured, *laps)
    return Quantity(lap.cpu, "seconds", lap.wall)


NOTES = """
The roll calls are those of the General Assembly from 1946 to 2020, read from Parquet: for each the outcome by article
18(3) of the Charter, for each that is not adopted a ruling in full. Nothing is decided on bad data, so that ours first
makes sure that every choice is one and that no party has two ballots; the majority alone is less work, and the query
with the checks is the same work. All on one thread, seconds of the processor, after a first run that warms up.

A ruling is made from a vote in hand and put into English words.
"""

SUITE = Suite("Decide", NOTES, figures)
