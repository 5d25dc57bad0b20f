"""Read a day out of a loaded ledger, beside eventsourcing replaying as many events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.figures import Figure, Goal, Quantity, Suite
from bench.processes import Job, in_turns
from bench.suites.loading import loaded, rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.stopwatch import Measured
    from bench.workshop import Workshop

COUNT = 100_000
COLD = Quantity(0.150, "seconds")
CACHED = Quantity(100e-6, "seconds")
WITHIN = Goal(1, "most")
REPLAY = Goal(5, "least")

PEERS = {
    "one aggregate": "eventsourcing, one aggregate",
    "many aggregates": "eventsourcing, 1,000 aggregates",
    "collector off": "eventsourcing, its garbage collector off too",
}


def figures(workshop: Workshop) -> Iterator[Figure]:
    """Days read, beside their limits and beside events replayed."""
    jobs = {
        "record": Job("record", (workshop.lines(COUNT), "many")),
        "eventsourcing": Job("eventsourcing_replay", (str(COUNT),)),
    }
    workshop.say(f"Reading days out of {COUNT:,} entries, beside eventsourcing")
    found = in_turns(jobs)
    yield from _days(found["record"])
    yield from _replays(found)


def _days(measured: Measured) -> Iterator[Figure]:
    for name, what in (
        ("another day", "a day not read before"),
        ("as known in the past", "the same, as known on a day in the past"),
        ("first reading", "the first day of all: facts are made"),
    ):
        goal = None if name == "first reading" else WITHIN
        yield Figure(what, Quantity(measured.laps[name].cpu, "seconds"), "limit", COLD, goal)
    cached = Quantity(measured.laps["cached"].cpu, "seconds")
    yield Figure("a day read before", cached, "limit", CACHED, WITHIN)


def _replays(found: dict[str, Measured]) -> Iterator[Figure]:
    ours = rate(COUNT, found["record"].laps["another day"])
    peers = {lap: rate(COUNT, found["eventsourcing"].laps[lap]) for lap in PEERS}
    for lap, beside in PEERS.items():
        yield Figure("entries folded into a day", ours, beside, peers[lap], REPLAY)
    whole = rate(COUNT, loaded(found["record"]))
    yield Figure("the same from the file's bytes on", whole, PEERS["one aggregate"], peers["one aggregate"])


NOTES = f"""
{COUNT:,} entries on a loaded ledger, nearly all of them in force on the days that are read, into the register's books.

eventsourcing replays as many events with repository.get() from its in-memory recorder, of one aggregate or of 1,000; it
decodes each stored event as it goes. A loaded ledger has decoded its entries: the last row counts that too, with the
checks and the facts, which the peer has not.
"""

SUITE = Suite("Read a day", NOTES, figures)
