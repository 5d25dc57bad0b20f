"""Storing: durable appends beside the bare commit and beside eventsourcing; start-up from a database."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figures import Figure, Goal, Quantity, Suite
from bench.processes import Job, in_turns, whole
from chancery.store.loading import load
from chancery.store.opening import begin, opened
from chancery.store.urls import address_of
from chancery.text import read_record
from chancery.values import Instant
from tests.postgres import Cluster, programs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.stopwatch import Lap
    from bench.workshop import Workshop

COUNT = 100_000
MANY = 1_000_000
SINGLE, BATCHED = Goal(0.6, "least"), Goal(0.9, "least")
AHEAD, WITHIN = Goal(1, "least"), Goal(1, "most")
HALF_A_SECOND = Quantity(0.5, "seconds", 0.5)
MILLISECOND = Quantity(1e-3, "seconds", 1e-3)
GOALS = {"1": SINGLE, "16": BATCHED, "1000": None}
SORTS = ("ours", "once", "bare", "peer", "loose")
FSYNC = re.compile(r"^ +fdatasync +([0-9.]+) ops/sec", re.MULTILINE)


def figures(workshop: Workshop) -> Iterator[Figure]:
    """Entries appended a second in commits of 1, 16 and 1,000, and the seconds of a start."""
    lines = workshop.lines(COUNT)
    folder = Path(lines).parent
    with Cluster() as cluster:
        yield from _appends(workshop, "SQLite", lines, [f"sqlite:///{folder}/{sort}.db" for sort in SORTS])
        yield from _appends(workshop, "PostgreSQL", lines, [cluster.url(cluster.database()) for _ in SORTS])
        databases = {"SQLite": f"sqlite:///{folder}/whole.db", "PostgreSQL": cluster.url(cluster.database())}
        for engine, url in databases.items():
            workshop.say(f"Starting from {COUNT:,} entries in {engine}")
            _fill(url, lines)
            found = in_turns({"opening": Job("opening", (url,))})["opening"]
            took = whole(found, *found.laps)
            said = f"start from {engine}, {COUNT:,} entries"
            yield Figure(said, Quantity(took.cpu, "seconds", took.wall), "half a second", HALF_A_SECOND, WITHIN)
            held = Quantity(found.peak / COUNT, "bytes an entry")
            yield Figure(f"{said}: memory", held, "their bytes as JSON Lines", _stored(lines))
        for engine, url in {
            "SQLite": f"sqlite:///{folder}/many.db",
            "PostgreSQL": cluster.url(cluster.database()),
        }.items():
            workshop.say(f"Proving entries of a million in {engine}")
            lap = Job("proving", (url, str(MANY))).run().laps["prove"]
            said = f"{engine}: a receipt of one entry of {MANY:,}"
            yield Figure(said, Quantity(lap.cpu, "seconds", lap.wall), "a millisecond", MILLISECOND, WITHIN)


def _appends(workshop: Workshop, engine: str, lines: str, urls: list[str]) -> Iterator[Figure]:
    workshop.say(f"Appending to {engine}, beside the bare commit and eventsourcing")
    laps = Job("appending", (" ".join(urls), lines)).run().laps
    for size, goal in GOALS.items():
        rates = {sort: _rate(laps[f"{sort} {size}"]) for sort in SORTS if f"{sort} {size}" in laps}
        said, ours = f"{engine}: appended, {size} a commit", rates["ours"]
        yield Figure(said, ours, "bare commit, same settings, same bytes", rates["bare"], goal)
        yield Figure(said, ours, "eventsourcing, same settings", rates["peer"], AHEAD)
        if "loose" in rates:
            yield Figure(said, ours, "eventsourcing as it comes", rates["loose"])
        yield Figure(f"{said}, with a request id", rates["once"], "without one", ours)
    alone = _rate(laps["ours 1"])
    yield Figure(f"{engine}: appended, 1 a commit", alone, "pg_test_fsync: fdatasync", _fsyncs(Path(lines).parent))


@cache
def _fsyncs(folder: Path) -> Quantity:
    """How often a second PostgreSQL's own program can write 8 kB and have them on the disk."""
    command = [str(programs() / "pg_test_fsync"), "-s", "1", "-f", str(folder / "fsync")]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = FSYNC.search(said)
    if found is None:
        raise ValueError(said)
    return Quantity(float(found[1]), "a second")


def _stored(lines: str) -> Quantity:
    return Quantity(Path(lines).stat().st_size / COUNT, "bytes an entry")


def _rate(lap: Lap) -> Quantity:
    """So many a second by the clock on the wall: what is waited for is the disk."""
    return Quantity(1 / lap.wall, "a second")


def _fill(url: str, lines: str) -> None:
    """Load the record that is measured."""
    record = read_record(Path(lines)).record
    if record is None:
        raise ValueError("the record made up for measuring has faults")
    begin(address_of(url), "bench/log")
    with opened(address_of(url)) as store:
        load(store, record, [], Instant.of("2026-02-01T10:00:00Z"))


NOTES = f"""
Entries a second by the clock on the wall, each commit on the disk before the next. An append of ours is a header and a
salted body, some 550 bytes, a name that is unique, and the edge of the tree; making the header and the salt counts. The
bare commit is one row of the same bytes in one table, made beforehand. SQLite: journal DELETE, synchronous EXTRA, five
waits for the disk a commit; as it comes, eventsourcing has a write-ahead log, and one such wait. PostgreSQL: fsync on,
one server on this machine, through a Unix socket.

A start reads {COUNT:,} entries from the database, decodes them, groups them into facts, and reads one day; imports
left out. Its memory is the most that the process held, with Python. A receipt is made from some rows of a ledger of a
million and some of the roots that are kept with its checkpoints, and held against the last.
"""

SUITE = Suite("Storing", NOTES, figures)
