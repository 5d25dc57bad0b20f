"""Publishing: the whole site as plain files. What a page links to is published too, so no link leads nowhere."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from chancery.languages import languages
from chancery.site.addresses import NOW, Address
from chancery.site.days import days_of
from chancery.site.dossiers import named_in
from chancery.site.faces import faced, faces_of
from chancery.site.pages import page_of
from chancery.site.rendering import endonym, environment, html_of
from chancery.site.sections import Asked
from chancery.site.web_files import STATIC
from chancery.values import Date, direction, name
from chancery.views import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chancery.ledger import Ledger
    from chancery.site.access import Library
    from chancery.views import View

INDEX = "index.html"

_LINK = re.compile(r'\b(?:href|src|action)="(/[^"#?]*)')


class File(NamedTuple):
    """A file of the site: its name below the folder, its bytes, the addresses that it links to."""

    name: str
    data: bytes
    links: frozenset[str] = frozenset()


def file_of(path: str) -> str:
    """The file in which the page at an address lies."""
    return path.removeprefix("/") + (INDEX if path.endswith("/") else "")


def days_to_publish(ledger: Ledger, which: str, today: str) -> tuple[int, ...]:
    """The days that have pages of their own besides *now*: those of changes, every one from the first on, or none."""
    days = days_of(ledger)
    if which == "latest" or not days:
        return ()
    return tuple(range(days[0], max(days[-1], Date.of(today).earliest) + 1)) if which == "all" else tuple(days)


def readings(days: Iterable[int]) -> list[str]:
    """The readings that have pages, the largest first: *now* has those of every entry and source."""
    return [NOW, *(Date.ordinal(day).text for day in days)]


def at_the_root(langs: Sequence[str], title: str) -> Iterator[File]:
    """The page that leads to every language, and the files that all pages use."""
    found = [(lang, Address(lang=lang).path, endonym(lang), direction(lang)) for lang in langs]
    page = environment().get_template("root.html").render(langs=found, title=title)
    yield File(INDEX, page.encode(), _links(page))
    for each in STATIC:
        yield File(f"static/{each}", (files("chancery.site") / "static" / each).read_bytes())


class Publisher:
    """Makes the files of one library's pages, reading by reading."""

    def __init__(self, library: Library, langs: Sequence[str], days: tuple[int, ...]) -> None:
        """Publish a library in some languages, with pages of some days."""
        self._library = library
        self._langs = langs
        self._days = days

    def reading(self, when: str) -> Iterator[File]:
        """Every page of a reading, in every language and face, found by following links from the first."""
        base = Address(on="" if when == NOW else when, files=True)
        register = self._library.register(base)
        first = Asked(register, self._library.ledger, base, days=self._days)
        waiting = list(self._beginnings(when))
        seen = set(waiting)
        while waiting:
            parts = waiting.pop()
            for file in self._page(first, parts):
                yield file
                fresh = {found for link in file.links if (found := _within(link, when)) is not None} - seen
                seen |= fresh
                waiting.extend(sorted(fresh))
            _forget(first.drawn)

    def _beginnings(self, when: str) -> Iterator[tuple[str, ...]]:
        """The first page, whatever is ever named, so that a reader can go back and forth in days; now, all the rest."""
        ledger = self._library.ledger
        yield ()
        yield from (tuple(ref.split(":")) for ref in sorted(named_in(ledger)) if not ref.startswith("source:"))
        if when == NOW:
            yield from (("entry", entry.act.id) for entry in ledger.entries)
            yield from (("source", name(ref)) for ref in ledger.record.sources)
            yield from (("compare", *pair) for pair in pairwise(Date.ordinal(day).text for day in self._days))

    def _page(self, first: Asked, parts: tuple[str, ...]) -> Iterator[File]:
        """A page in every language and face; its views are drawn once."""
        for lang in self._langs:
            address = replace(first.address, lang=lang, parts=parts)
            asked, reader = replace(first, address=address), self._library.reader(address)
            page = page_of(asked)
            html = html_of(page, asked, reader)
            yield File(file_of(address.path), html.encode(), _links(html))
            for face in faces_of(page, address):
                other = replace(address, face=face)
                yield File(file_of(other.path), faced(page, replace(asked, address=other), reader).encode())


def _forget(drawn: dict[tuple[str, Scope], View]) -> None:
    """Forget what was drawn for one page; what was drawn for the whole reading serves the next."""
    for key in [key for key in drawn if key[1] != Scope()]:
        del drawn[key]


def _links(html: str) -> frozenset[str]:
    return frozenset(_LINK.findall(html))


def _within(link: str, when: str) -> tuple[str, ...] | None:
    """The page of a reading that a link leads to; None where it leads elsewhere."""
    lang, _, rest = link[1:].partition("/")
    if lang not in languages() or not rest.startswith(f"{when}/") or not link.endswith("/"):
        return None
    return Address.of(link).parts
