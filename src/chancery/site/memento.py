"""Memento (RFC 7089): what a page said at a moment, by the recorded clock.

A page whose address names no recorded moment is an original and its own TimeGate; the same page as recorded at a moment
is a memento of it. The TimeMap lists the moments at which the record changed.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from chancery.site.addresses import NOW
from chancery.values import SECONDS_A_DAY, Date, DateFault, Instant, last_second, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.ledger import Ledger
    from chancery.site.addresses import Address

TIMEMAP = "/timemap"
"""What stands before the address of a page in that of its TimeMap."""

LINK_FORMAT = "application/link-format"

MOST_MOMENTS = 1_000
"""Moments that one TimeMap lists, the latest first to be kept; it links to the one before it."""


@lru_cache(maxsize=2)
def moments(ledger: Ledger) -> list[int]:
    """Every moment at which something was recorded, oldest first, in seconds since 0001-01-01 UTC."""
    return sorted({entry.recorded for entry in ledger.entries} - {0})


def negotiated(address: Address, asked: str, ledger: Ledger, today: str) -> Address | None:
    """The memento of an original at a moment in the form of HTTP, if the record tells of moments. Raises DateFault.

    It is that of the last change before, or of the start of that day, whichever is later: never one after the moment,
    unless nothing had been recorded by then.
    """
    found, moment = moments(ledger), _of_http(asked)
    if not found:
        return None
    moment = max(moment, found[0])
    start = min(moment - moment % SECONDS_A_DAY, _start(today))
    return replace(address, recorded=Instant(max(found[bisect_right(found, moment) - 1], start)).utc)


def _start(day: str) -> int:
    return Date.of(day).earliest * SECONDS_A_DAY


def _of_http(text: str) -> int:
    """A moment in the form of HTTP (RFC 9110, 5.6.7). Raises DateFault."""
    try:
        return Instant.at(parsedate_to_datetime(text).astimezone(UTC)).seconds
    except (ValueError, OverflowError) as fault:
        raise DateFault(phrase("{text} is no moment in the form of HTTP", text=text[:60])) from fault


def http_date(seconds: int) -> str:
    """A moment in the form of HTTP; its year is written in four digits."""
    return format_datetime(datetime.fromisoformat(Instant(seconds).utc), usegmt=True)


def is_settled(address: Address, ledger: Ledger, today: str) -> bool:
    """Whether a reading can never change: as recorded at a moment after which nothing earlier can be recorded."""
    if not address.recorded:
        return False
    recorded = last_second(address.recorded)
    return recorded <= max((_start(today), *moments(ledger)[-1:]))


def headers(address: Address, ledger: Ledger, today: str) -> dict[str, str]:
    """The headers of an original, or of a memento."""
    original = replace(address, recorded="").path
    links = [
        f'<{original}>; rel="original timegate"',
        f'<{TIMEMAP}{original}>; rel="timemap"; type="{LINK_FORMAT}"',
    ]
    found = {"Link": ", ".join(links)}
    if not address.recorded:
        found["Vary"] = "Accept-Encoding, Accept-Datetime"
    elif is_settled(address, ledger, today):
        found["Memento-Datetime"] = http_date(last_second(address.recorded))
    return found


def timemap(address: Address, ledger: Ledger, before: str = "") -> str:
    """The mementos of a page in link format (RFC 6690), those before a moment. Raises DateFault."""
    original = replace(address, recorded="")
    found = moments(ledger)
    found = found[: bisect_right(found, last_second(before) - 1)] if before else found
    return ",\n".join(_links(original, found)) + "\n"


def _links(original: Address, found: list[int]) -> Iterator[str]:
    page = f"{TIMEMAP}{original.path}"
    shown = found[-MOST_MOMENTS:]
    span = f'; from="{http_date(shown[0])}"; until="{http_date(shown[-1])}"' if shown else ""
    yield f'<{original.path}>; rel="original timegate"'
    yield f'<{page}>; rel="self"; type="{LINK_FORMAT}"{span}'
    if len(found) > len(shown):
        yield f'<{page}?before={Instant(shown[0]).utc}>; rel="timemap"; type="{LINK_FORMAT}"'
    for moment in shown:
        memento = replace(original, recorded=Instant(moment).utc)
        yield _memento(memento, moment, first=moment == found[0], last=moment == found[-1])


def _memento(address: Address, moment: int, *, first: bool, last: bool) -> str:
    rel = f"{'first ' if first else ''}{'last ' if last else ''}memento"
    return f'<{address.path}>; rel="{rel}"; datetime="{http_date(moment)}"'


def file_of(original: Address) -> str:
    """The address of the TimeMap of a page among plain files; empty where the page is of one moment only."""
    if not mementos(original):
        return ""
    return f"{TIMEMAP}{replace(original, parts=original.parts or ('index',), face='').path.rstrip('/')}.link"


def mementos(original: Address) -> Sequence[Address]:
    """The mementos of a page that lie among plain files, each as recorded by the end of its day, oldest first."""
    return original.files.recorded(original) if original.files is not None and original.when == NOW else ()


def filed(original: Address) -> str:
    """The mementos of a page among plain files in link format."""
    found = mementos(original)
    last = len(found) - 1
    links = (
        _memento(each, last_second(each.recorded), first=at == 0, last=at == last) for at, each in enumerate(found)
    )
    own = f'<{file_of(original)}>; rel="self"; type="{LINK_FORMAT}"'
    return ",\n".join((f'<{original.path}>; rel="original"', own, *links)) + "\n"
