"""Start-up from a database: open it, read every entry, group them, and read one day."""

from __future__ import annotations

import gc
import sys

import psycopg  # noqa: F401  # which the shelf imports when it is opened: imports are left out

from bench.stopwatch import Stopwatch
from chancery.ledger import Ledger
from chancery.register import Reading
from chancery.store.opening import opened
from chancery.store.urls import address_of
from chancery.text import record_in


def main(url: str) -> None:
    """Time each step."""
    gc.disable()
    watch = Stopwatch()
    with opened(address_of(url)) as store:
        watch.lap("open")
        bodies = store.bodies(())
        watch.lap("fetch")
        record = record_in(bodies)
        watch.lap("decode")
        ledger = Ledger(record)
        watch.lap("group")
        ledger.as_of(Reading.of("2020-06-30"))
        watch.lap("first reading")
    watch.report(len(record.acts))


if __name__ == "__main__":
    main(*sys.argv[1:])
