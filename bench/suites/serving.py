"""Serve the register: beside an empty answer, nginx with the same bytes, fava; and what a page weighs."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from bench.figures import Figure, Goal, Quantity, Suite
from bench.loading_up import got, held, missing_tools, nginx, rate, serving
from bench.measured.serving import TODAY
from bench.processes import ROOT
from chancery.site.access import Library
from chancery.site.addresses import Address
from chancery.site.making import Maker
from chancery.text import read_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.workshop import Workshop

BOARD = ROOT / "records" / "board-of-peace"
PAGES = {"the first page": "/en/now/", "the page of a State": "/en/now/state/be/", "JSON": "/en/now/standing.json"}
PORTS = range(8461, 8466)
COUNT = 100_000
DAYS = tuple(f"2026-0{month}-{day:02}" for month in (2, 3, 4) for day in range(2, 27, 3))

HALF, OF_NGINX, OF_FAVA = Goal(0.5, "least"), Goal(0.03, "least"), Goal(5, "least")
WITHIN = Goal(1, "most")
NEW = Quantity(0.020, "seconds")
WEIGHT = Quantity(60_000, "bytes a page")


def figures(workshop: Workshop) -> Iterator[Figure]:
    """Requests a second, then a day never seen, weight, publishing, memory."""
    missing = missing_tools()
    if missing:
        workshop.say(f"Not installed: {missing}. Requests a second are left out.")
    else:
        yield from _rates(workshop)
    yield from _made(workshop)
    yield from _memory(workshop)


def _rates(workshop: Workshop) -> Iterator[Figure]:
    ours, empty, files, peer, _ = PORTS
    folder = workshop.folder("nginx")
    ledger = workshop.directives(_entries())
    workshop.say("Serving the Board of Peace, beside nginx and fava")
    with serving("serving", ours, str(BOARD)), serving("serving", empty, "-"), serving("fava_serving", peer, ledger):
        _copy(ours, folder)
        with nginx(folder, files):
            nothing, fava = rate(empty, "/"), rate(peer, "/beancount/income_statement/")
            for what, path in PAGES.items():
                found = Quantity(rate(ours, path), "a second")
                beside = Quantity(rate(files, path), "a second")
                yield Figure(what, found, "the same server, an empty answer", Quantity(nothing, "a second"), HALF)
                yield Figure(what, found, "nginx, the same bytes from disk", beside, OF_NGINX)
                yield Figure(what, found, "fava, its main page", Quantity(fava, "a second"), OF_FAVA)


def _entries() -> int:
    record = read_record(BOARD).record
    return 0 if record is None else len(record.acts)


def _copy(port: int, folder: Path) -> None:
    """The same bytes as files, packed and not."""
    for path in PAGES.values():
        file = folder / "pages" / (path[1:] + ("index.html" if path.endswith("/") else ""))
        file.parent.mkdir(parents=True, exist_ok=True)
        packed = got(port, path)
        file.write_bytes(gzip.decompress(packed))
        file.with_name(f"{file.name}.gz").write_bytes(packed)


def _made(workshop: Workshop) -> Iterator[Figure]:
    workshop.say("Making pages of days never seen, and a day's files")
    library = Library(lambda: read_record(BOARD), str, lambda: TODAY)
    maker = Maker(library)
    page = maker.drawn(Address()).encode()
    yield Figure("a day never seen, its first page", Quantity(_new(maker), "seconds"), "limit", NEW, WITHIN)
    weight = Quantity(len(gzip.compress(page, 6)), "bytes a page")
    yield Figure("bytes of the first page, packed, with the map", weight, "limit", WEIGHT, WITHIN)
    more = set(re.findall(rb'(?:src|rel="stylesheet" href)="([^"]+)"', page))
    yield Figure("further requests", Quantity(len(more), "in number"), "limit", Quantity(3, "in number"), WITHIN)
    workshop.say("Publishing the Board of Peace as it is on one day, in one language")
    files, seconds = _published(workshop.folder("published"))
    speed = Quantity(files / seconds, "a second")
    yield Figure(
        "files published, one process", speed, "pages of days never seen", Quantity(1 / _new(maker), "a second")
    )


def _published(folder: Path) -> tuple[int, float]:
    """How many files `chancery publish` wrote by one process, and in how many seconds."""
    command = [str(each) for each in (Path(sys.executable).with_name("chancery"), "publish", BOARD, folder)]
    started = perf_counter()
    subprocess.run([*command, "--days", "latest", "--lang", "en", "--processes", "1"], check=True, capture_output=True)
    return sum(1 for path in folder.rglob("*") if path.is_file()), perf_counter() - started


def _new(maker: Maker) -> float:
    """Seconds of the processor for the first page of a day that was not read before, in the median."""
    taken = []
    for day in DAYS:
        started = process_time()
        maker.drawn(Address(on=day, known=TODAY))
        taken.append(process_time() - started)
    return median(taken)


def _memory(workshop: Workshop) -> Iterator[Figure]:
    lines = workshop.lines(COUNT)
    workshop.say(f"Serving {COUNT:,} entries")
    with serving("serving", PORTS[4], lines) as process:
        before = held(process)
        for path in ("/en/now/about/", "/en/2026-01-22/about/", "/en/2026-01-23/about/"):
            got(PORTS[4], path)
        after = held(process)
    yield Figure(
        f"a worker with {COUNT:,} entries, three days read",
        Quantity(after, "bytes"),
        "before",
        Quantity(before, "bytes"),
    )


NOTES = f"""
Requests a second by wrk: one thread, 16 connections, packed answers, one process of each server, all on one machine
with the load that makes them. The Board of Peace as it is recorded; fava serves a ledger of as many directives with the
server it brings. nginx has one worker and sends the same packed bytes from disk.

A day never seen is the median of {len(DAYS)} days, folded, drawn and rendered anew, in seconds of the processor.
"""

SUITE = Suite("Serve the register", NOTES, figures)
