"""`make faults`: every fault in its long form, and a page of what was held; `python -m faults NAME` takes one part.

With --short it takes the short form, which --page puts on the page as such; with --one-of=9 one of nine calls, sizes
and bits, which the page says.

What each part held is kept beside the code, so that the page can be written part by part.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path
from textwrap import fill
from time import perf_counter, time
from typing import TYPE_CHECKING

from msgspec import Struct, json

from faults import bits, calls, copies, crowds, failover, fuzzing, kills, powercuts, signers, troubles
from faults.held import Held

if TYPE_CHECKING:
    from faults.held import Suite

SUITES: dict[str, Suite] = {
    module.SUITE.name: module.SUITE
    for module in (calls, kills, powercuts, copies, signers, troubles, crowds, failover, bits, fuzzing)
}
ROOT = Path(__file__).resolve().parent.parent
PAPER = ROOT / "docs" / "faults.md"
KEPT = ROOT / ".faults"


class Part(Struct, frozen=True):
    """What a part held in its long form, on which day, and how long it took."""

    day: str
    minutes: float
    held: tuple[Held, ...]
    short: bool = False


def main(words: list[str]) -> int:
    """Inject and print, and in the long form write the page; 1 where a figure does not count."""
    long, chosen = int("--short" not in words), [word for word in words if not word.startswith("-")]
    long = next((int(word.partition("=")[2]) for word in words if word.startswith("--one-of=")), long)
    parts = []
    for name in chosen or SUITES:
        print(f"{SUITES[name].title}...", file=sys.stderr, flush=True)
        parts.append(_part(SUITES[name], long=long))
        if long or "--page" in words:
            KEPT.mkdir(exist_ok=True)
            (KEPT / f"{name}.json").write_bytes(json.encode(parts[-1]))
            PAPER.write_text(page(), "utf-8")
    held = [each for part in parts for each in part.held]
    print("\n" + table(held))
    return int(not held or not all(each.counts for each in held))


def _part(suite: Suite, *, long: int) -> Part:
    begun, held = perf_counter(), []
    for each in suite.run(long=long):
        print(each, flush=True)
        for lost in each.lost[:20]:
            print(f"    {lost[:300]}", flush=True)
        held.append(each)
    day = datetime.fromtimestamp(time(), UTC).date().isoformat()
    return Part(day, round((perf_counter() - begun) / 60, 1), tuple(held), not long)


def page() -> str:
    """The page of every part that was taken in its long form."""
    found = {name: KEPT / f"{name}.json" for name in SUITES}
    parts = {name: json.decode(path.read_bytes(), type=Part) for name, path in found.items() if path.exists()}
    machine = f"{platform.system()} {platform.release()}, {platform.machine()}, {os.cpu_count()} cores"
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    missing = [SUITES[name].title for name in SUITES if name not in parts]
    left = f"Not taken: {', '.join(missing)}.\n" if missing else ""
    text = [f"{HEAD}{machine}, {versions}.\n{left}"]
    for name, part in parts.items():
        suite = SUITES[name]
        form = ", in its short form" if part.short else ""
        taken = f"{part.day}, {part.minutes:.0f} minutes: `make faults PART={name}`{form}."
        text.append(f"## {suite.title}\n\n{fill(suite.notes, 120)}\n\n{taken}\n\n{table(part.held)}")
    return "\n".join(text)


def table(held: list[Held] | tuple[Held, ...]) -> str:
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
