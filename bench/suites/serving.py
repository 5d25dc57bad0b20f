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
from bench.loading_up import got, held, missing_tools, nginx, rates, serving
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
MEMORY = Quantity(400_000_000, "bytes")


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
            nothing, fava = (empty, "/"), (peer, "/beancount/income_statement/")
            pages = [(port, path) for path in PAGES.values() for port in (ours, files)]
            found = rates((nothing, fava, *pages))
    for what, path in PAGES.items():
        here = found[ours, path]
        yield Figure(what, here, "the same server, an empty answer", found[nothing], HALF)
        yield Figure(what, here, "nginx, the same bytes from disk", found[files, path], OF_NGINX)
        yield Figure(what, here, "fava, its main page", found[fava], OF_FAVA)


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
    for lang in ("en", "ar"):
        yield Figure(
            f"a day never seen, its first page ({lang})",
            _new(_library(), lang),
            "limit",
            NEW,
            WITHIN,
        )
    library = _library()
    made = Maker(library).made(Address())
    page, weight = made.plain, Quantity(len(made.packed), "bytes a page")
    yield Figure("bytes of the first page, packed, with the map", weight, "limit", WEIGHT, WITHIN)
    more = set(re.findall(rb'(?:src|rel="stylesheet" href)="([^"]+)"', page))
    yield Figure("further requests", Quantity(len(more), "in number"), "limit", Quantity(3, "in number"), WITHIN)
    workshop.say("Publishing the Board of Peace as it is on one day, in one language")
    files, seconds = _published(workshop.folder("published"))
    speed = Quantity(files / seconds, "a second")
    anew = Quantity(1 / _new(_library()).value, "a second")
    yield Figure("files published, one process", speed, "pages of days never seen", anew)


def _published(folder: Path) -> tuple[int, float]:
    """How many files `chancery publish` wrote by one process, and in how many seconds."""
    command = [str(each) for each in (Path(sys.executable).with_name("chancery"), "publish", BOARD, folder)]
    started = perf_counter()
    subprocess.run([*command, "--days", "latest", "--lang", "en", "--processes", "1"], check=True, capture_output=True)
    return sum(1 for path in folder.rglob("*") if path.is_file()), perf_counter() - started


def _library() -> Library:
    """The Board of Peace, of which nothing was read."""
    return Library(lambda: read_record(BOARD), str, lambda: TODAY)


def _new(library: Library, lang: str = "en") -> Quantity:
    """Seconds of the processor for the first page, packed, of a day that was not read before, in the median."""
    maker, taken = Maker(library), []
    maker.made(Address(lang=lang))
    for day in DAYS:
        started = process_time()
        maker.made(Address(lang=lang, on=day, known=TODAY))
        taken.append(process_time() - started)
    return Quantity(median(taken), "seconds")


def _memory(workshop: Workshop) -> Iterator[Figure]:
    lines = workshop.lines(COUNT)
    workshop.say(f"Serving {COUNT:,} entries")
    with serving("serving", PORTS[4], lines) as process:
        for path in ("/en/now/about/", "/en/2026-01-22/about/", "/en/2026-01-23/about/"):
            got(PORTS[4], path)
        after = Quantity(held(process), "bytes")
    yield Figure(f"a worker with {COUNT:,} entries, three days read", after, "limit", MEMORY, WITHIN)


NOTES = f"""
Requests a second by wrk, the median of rounds in which each server has its turn: one thread, 16 connections, packed
answers, one process of each server, all on one machine with the load that makes them. The Board of Peace as it is
recorded; fava serves a ledger of as many directives with the server it brings. nginx has one worker and sends the same
packed bytes from disk.

A day never seen is the median of {len(DAYS)} days, folded, drawn, rendered and packed anew, in seconds of the
processor. The limit of a worker's memory leaves room beside it on a machine of 512 MB, the smallest commonly rented.
"""

SUITE = Suite("Serve the register", NOTES, figures)
