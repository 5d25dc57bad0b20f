"""Publishing: the whole site as plain files. What a page links to is published too, so no link leads nowhere."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

import msgspec
from msgspec.structs import replace

from chancery import __version__
from chancery.log.receipts import SUFFIX
from chancery.site import memento
from chancery.site.addresses import Address, NotThere
from chancery.site.days import days_of
from chancery.site.dossiers import named_in
from chancery.site.editions import SAME, Digests, Editions, Parts, Series, Shown, editions_of
from chancery.site.faces import faced, faces_of
from chancery.site.pages import page_of
from chancery.site.rendering import endonym, environment, html_of
from chancery.site.sections import Asked
from chancery.site.web_files import STATIC
from chancery.values import SECONDS_A_DAY, Date, direction, name
from chancery.views import VIEWS, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from chancery.ledger import Ledger
    from chancery.site.access import Library, Log
    from chancery.site.sections import Page

INDEX, MARK = "index.html", "published.json"

LOG, RECEIPTS = "log", "receipt"
"""The folders of the log's own files, and of the receipts."""

LONGEST_NAME = 200
"""Letters of a part of an address that can be the name of a folder."""

AT_ONCE = 40
"""Pages that one process makes before it takes the next."""

_LINK = re.compile(r'\b(?:href|src|action)="(/[^"#?]*)')


class File(NamedTuple):
    """A file of the site: its name below the folder, its bytes, the addresses that it links to."""

    name: str
    data: bytes
    links: frozenset[str] = frozenset()


class Work(NamedTuple):
    """Pages of one reading that are made together, in every language."""

    shown: Shown
    parts: tuple[Parts, ...]


def file_of(path: str) -> str:
    """The file in which the page at an address lies."""
    return unquote(path).removeprefix("/") + (INDEX if path.endswith("/") else "")


def shown_in(ledger: Ledger, which: str, today: str) -> list[Shown]:
    """The readings that are published: now, and those of the days on which something changed, or of none besides now.

    What was known changes when something is said, too; what was recorded, when something is recorded, on days that are
    over.
    """
    now = [Shown("now", Date.of(today).earliest)]
    if which == "latest":
        return now
    changed = days_of(ledger)
    if which == "all" and changed:
        changed = [*range(changed[0], max(changed[-1], now[0].day) + 1)]
    said = {entry.known_from // SECONDS_A_DAY for entry in ledger.entries}
    known = {day for day in (*changed, *said) if 0 < day <= now[0].day}
    recorded = {moment // SECONDS_A_DAY for moment in memento.moments(ledger)}
    series: tuple[tuple[Series, Iterable[int]], ...] = (
        ("on", changed),
        ("known", known),
        ("recorded", {day for day in recorded if day < now[0].day} if len(recorded) > 1 else ()),
    )
    return [*now, *(Shown(each, day) for each, days in series for day in sorted(days))]


def marked(ledger: Ledger, langs: Sequence[str], days: str, today: str, log: Log | None) -> File:
    """With what a site was published: by which version, on which day, out of how many entries, in what languages."""
    size, root = (log.checkpoint() if log is not None else None) or (None, None)
    mark = {
        "software": f"chancery {__version__}",
        "on": today,
        "entries": len(ledger.entries),
        "checkpoint": None if size is None else {"size": size, "root": root},
        "languages": list(langs),
        "days": days,
    }
    return File(MARK, msgspec.json.format(msgspec.json.encode(mark), indent=2) + b"\n")


def at_the_root(langs: Sequence[str], title: str) -> Iterator[File]:
    """The page that leads to every language, and the files that all pages use."""
    found = [(lang, Address(lang=lang).path, endonym(lang), direction(lang)) for lang in langs]
    page = environment().get_template("root.html").render(langs=found, title=title)
    yield File(INDEX, page.encode(), _links(page))
    for each in STATIC:
        yield File(f"static/{each}", (files("chancery.site") / "static" / each).read_bytes())


def parts_by_day(ledger: Ledger) -> Iterator[Parts]:
    """The pages that a day may change: the views, and that of whoever or whatever is ever named."""
    yield from ((), ("small",), *((view,) for view in VIEWS))
    yield from (tuple(ref.split(":")) for ref in sorted(named_in(ledger)) if not ref.startswith("source:"))


def parts_apart(ledger: Ledger, days: Sequence[int]) -> Iterator[Parts]:
    """The pages that no day changes: entries, sources, days compared, search, how to read this."""
    yield from (("about",), ("search",), ("compare",))
    yield from (("entry", entry.act.id) for entry in ledger.entries)
    yield from (("source", name(ref)) for ref in ledger.record.sources)
    yield from (("compare", *pair) for pair in pairwise(Date.ordinal(day).text for day in days))


def editions(ledger: Ledger, langs: tuple[str, ...], told: Mapping[Shown, Mapping[Parts, bytes]]) -> Editions:
    """Where each page lies, by what it says in each reading."""
    series: dict[Series, dict[int, Mapping[Parts, bytes]]] = {}
    for shown, said in told.items():
        series.setdefault(shown.series, {})[shown.day] = said
    days: dict[Series, tuple[int, ...]] = {each: tuple(sorted(told)) for each, told in series.items()}
    found: dict[tuple[Series, Parts], tuple[int, ...]] = {
        (each, parts): days for each, told in series.items() for parts, days in editions_of(told).items()
    }
    found.update((("now", parts), days["now"]) for parts in parts_apart(ledger, days.get("on", ())))
    (now,) = series["now"].values()
    last = series["on"][days["on"][-1]] if "on" in days else {}
    settled = frozenset(parts for parts, said in now.items() if said and last.get(parts) == said)
    return Editions(langs, days, found, settled)


def works(found: Iterable[tuple[Shown, Sequence[Parts]]]) -> list[Work]:
    """The pages of each reading, in parts that one process makes at once."""
    return [
        Work(shown, tuple(parts[at : at + AT_ONCE])) for shown, parts in found for at in range(0, len(parts), AT_ONCE)
    ]


def linked_to(links: Iterable[str], placed: Editions) -> list[Work]:
    """The pages to which links lead that nobody foresaw, each by itself."""
    found = set()
    for link in links:
        address = _read(link)
        if address is None or address.lang not in placed.langs or address.face:
            continue
        shown = Shown.of(address, placed.today)
        if shown is not None and not placed.has(shown, address.parts):
            found.add(Work(shown, (address.parts,)))
    return sorted(found)


def _read(link: str) -> Address | None:
    try:
        return Address.of(link)
    except NotThere:
        return None


def in_the_log(files: Mapping[str, bytes], receipts: Mapping[str, bytes]) -> Iterator[File]:
    """The log as anybody verifies it, and the receipt of each entry that has a page."""
    yield from (File(f"{LOG}/{each}", data) for each, data in files.items())
    for entry, receipt in receipts.items():
        if _is_writable(Address().of_entry(entry)):
            yield File(f"{RECEIPTS}/{entry}{SUFFIX}", receipt)


class Publisher:
    """Makes the files of one library's pages."""

    def __init__(self, library: Library, langs: tuple[str, ...]) -> None:
        """Publish a library in some languages."""
        self._library = library
        self._langs = langs

    def told(self, shown: Shown) -> dict[Parts, bytes]:
        """What each page of a reading says, in a few bytes."""
        first = self._asked(shown.address)
        digests = Digests(first, self._langs)
        return {
            parts: digests.of(page)
            for parts in parts_by_day(self._library.ledger)
            for _, page in self._pages(first, parts)
        }

    def pages(self, work: Work, editions: Editions) -> Iterator[File]:
        """Some pages of a reading, in every language and face; their views are drawn once."""
        first = self._asked(replace(work.shown.address, files=editions))
        for parts in work.parts:
            for asked, page in self._pages(first, parts):
                for lang in self._langs:
                    yield from self._files(replace(asked, address=replace(asked.address, lang=lang)), page)

    def _asked(self, address: Address) -> Asked:
        library = self._library
        return Asked(library.register(address), library.ledger, address, log=library.log)

    @staticmethod
    def _pages(first: Asked, parts: Parts) -> Iterator[tuple[Asked, Page]]:
        """A page of a reading, if there is one; what was drawn for it alone is forgotten after it."""
        address = replace(first.address, parts=parts)
        files = address.files
        asked = replace(first, address=address, days=None if files is None else files.days(address))
        try:
            if _is_writable(address):
                yield asked, page_of(asked)
        except NotThere:
            return
        for key in [key for key in first.drawn if key[1] != Scope()]:
            del first.drawn[key]

    def _files(self, asked: Asked, page: Page) -> Iterator[File]:
        """A page in one language, with its faces."""
        address = asked.address
        reader = self._library.reader(address)
        html = html_of(page, asked, reader)
        yield File(file_of(address.path), html.encode(), _links(html))
        if listed := memento.file_of(address):
            yield File(file_of(listed), memento.filed(address).encode())
        for face in faces_of(page, address):
            other = replace(address, face=face)
            if face not in SAME or address.lang == self._langs[0]:
                yield File(file_of(other.path), faced(page, replace(asked, address=other), reader).encode())


def _is_writable(address: Address) -> bool:
    """Whether an address can be asked for, and its parts be names of folders; an id may be anything."""
    return _read(address.path) is not None and all(len(part) <= LONGEST_NAME for part in address.parts)


def _links(html: str) -> frozenset[str]:
    return frozenset(_LINK.findall(html))
