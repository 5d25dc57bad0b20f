"""Read and check a record as the command line does, make its facts, read several days out of it."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from bench.stopwatch import Stopwatch
from chancery.ledger import Ledger
from chancery.register import Reading
from chancery.text import read_record

FIRST = Reading.of("2026-02-01")
"""A day after every entry: all of them are read."""
OTHERS = tuple(Reading.of(f"2026-01-{day}") for day in range(27, 32))
PAST = tuple(Reading.of(f"2026-01-{day}", "2022-01-01") for day in range(27, 32))
AGAIN = 1_000


def main(path: str, days: str) -> None:
    """Measure a record: the first day read out of it, and ``many`` more or not."""
    gc.disable()  # as `chancery` does
    watch = Stopwatch()
    record = read_record(Path(path)).record
    if record is None:
        raise ValueError("the record made up for measuring has faults")
    watch.lap("read and check")
    ledger = Ledger(record)
    ledger.breaches()
    watch.lap("group")
    ledger.as_of(FIRST)
    watch.lap("first reading")
    if days == "many":
        _read_more(ledger, watch)
    watch.report(len(ledger.entries))


def _read_more(ledger: Ledger, watch: Stopwatch) -> None:
    for reading in OTHERS:
        ledger.as_of(reading)
    watch.lap("another day", len(OTHERS))
    for reading in PAST:
        ledger.as_of(reading)
    watch.lap("as known in the past", len(PAST))
    for _ in range(AGAIN):
        ledger.as_of(FIRST)
    watch.lap("cached", AGAIN)


if __name__ == "__main__":
    main(*sys.argv[1:])
