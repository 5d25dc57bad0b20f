"""The faces of a page besides HTML: its view as JSON, CSV or Markdown, its news as Atom, its days as a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from chancery.site.addresses import NotThere
from chancery.site.feeds import atom, calendar, has_days, has_news
from chancery.views.faces import csv_of, json_of, markdown_of

if TYPE_CHECKING:
    from chancery.languages import Reader
    from chancery.site.addresses import Address
    from chancery.site.sections import Asked, Page

TYPES = {
    "": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
    "md": "text/markdown; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}
"""The media type of each face."""

TITLES = {"json": "JSON", "csv": "CSV", "md": "Markdown", "atom": "Atom", "ics": "iCalendar"}
"""What each face is called, in every language."""

INSTEAD = {"json": "standing", "csv": "standing", "md": "standing", "atom": "timeline", "ics": "duties"}
"""The page whose face stands for that of the first page."""


class Face(NamedTuple):
    """A face that a page has: what it is called, its media type, its address."""

    title: str
    media: str
    path: str


def faces_of(page: Page, address: Address) -> tuple[str, ...]:
    """The faces that a page has at its own address; among files, the pages of a thing on a past day have none."""
    if not address.parts or (address.files and address.on and len(address.parts) > 1):
        return ()
    data = ("json", "csv", "md") if page.view is not None else ()
    feeds = (("atom", has_news(address.parts)), ("ics", has_days(address.parts)))
    return (*data, *(face for face, has in feeds if has))


def faces(page: Page, address: Address) -> list[Face]:
    """The faces to which a page leads; the first page leads to those of others."""
    if address.parts:
        found = [(face, replace(address, face=face)) for face in faces_of(page, address)]
    else:
        found = [(face, address.at(name, face=face)) for face, name in INSTEAD.items()]
    return [Face(TITLES[face], TYPES[face].partition(";")[0], each.path) for face, each in found]


def faced(page: Page, asked: Asked, reader: Reader) -> str:
    """A page in the face that its address asks for. Raises NotThere where it has none."""
    address, view = asked.address, page.view
    if address.face not in faces_of(page, address):
        raise NotThere(address.path)
    if address.face == "atom":
        return atom(asked, reader.say(page.title), reader)
    if address.face == "ics":
        return calendar(asked, reader.say(page.title), reader)
    assert view is not None  # noqa: S101  # it has the other faces only with a view
    if address.face == "json":
        return json_of(view, asked.register.reading, address.path)
    return csv_of(view) if address.face == "csv" else markdown_of(view, reader)
