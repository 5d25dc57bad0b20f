"""`make faults`: every fault in its long form, and one table of what was held; `python -m faults NAME` takes one."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, time
from typing import TYPE_CHECKING

from faults import bits, calls, copies, crowds, failover, kills, powercuts, troubles

if TYPE_CHECKING:
    from faults.held import Held, Suite

SUITES: dict[str, Suite] = {
    module.__name__.rpartition(".")[2]: module.SUITE
    for module in (calls, kills, powercuts, copies, troubles, crowds, failover, bits)
}
PAPER = Path(__file__).resolve().parent.parent / "docs" / "faults.md"


def main(words: list[str]) -> int:
    """Inject, print, and with all suites in the long form write docs/faults.md; 1 where a figure does not count."""
    long, chosen = "--short" not in words, [word for word in words if not word.startswith("-")]
    begun, held, parts = perf_counter(), [], []
    for name in chosen or SUITES:
        print(f"{SUITES[name].title}...", file=sys.stderr, flush=True)
        found = []
        for each in SUITES[name].run(long=long):
            print(each, flush=True)
            for lost in each.lost[:20]:
                print(f"    {lost[:300]}", flush=True)
            found.append(each)
        held += found
        parts.append(f"## {SUITES[name].title}\n\n{SUITES[name].notes}\n\n{table(found)}")
    text = "\n".join((_head(perf_counter() - begun), *parts))
    print("\n" + table(held))
    if long and not chosen:
        PAPER.write_text(text, "utf-8")
    return int(not all(each.counts for each in held))


def table(held: list[Held]) -> str:
    """What was held, as a table."""
    rows = [
        f"| {each.fault} | {each.shelf} | {each.count:,} {each.what} | lost: {len(each.lost)} | {each.control.broken}: "
        f"caught {each.control.caught:,} | {'' if each.counts else 'DOES NOT COUNT. '}{each.note} |"
        for each in held
    ]
    return "\n".join(
        ("| fault | on | injected | result | control | |", "| --- | --- | --- | --- | --- | --- |", *rows, "")
    )


HEAD = """\
# Faults that were survived

Written by `make faults`; no figure is written by hand. A figure counts where the same harness caught a build that was
broken on purpose: the control.

"""


def _head(seconds: float) -> str:
    """When, on what, for how long."""
    day = datetime.fromtimestamp(time(), UTC).date().isoformat()
    machine = f"{platform.system()} {platform.release()}, {platform.machine()}, {os.cpu_count()} cores"
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{HEAD}{day}: {machine}, {versions}; {seconds / 60:.0f} minutes.\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
