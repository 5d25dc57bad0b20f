"""The faces of a page besides HTML: its view as JSON, CSV or Markdown, its news as Atom, its days as a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from chancery.site.addresses import NOW, NotThere
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
    """The faces that a page has at its own address."""
    if not address.parts:
        return ()
    data = ("json", "csv", "md") if page.view is not None else ()
    feeds = (("atom", has_news(address.parts)), ("ics", has_days(address.parts)))
    return tuple(
        face for face in (*data, *(face for face, has in feeds if has)) if _is_there(replace(address, face=face))
    )


def _is_there(address: Address) -> bool:
    """Whether a face is worth a file: of one entry, source or change its data; of a past day the data of views."""
    if address.files is None:
        return True
    if address.is_apart and len(address.parts) > 1:
        return address.face == "json"
    return address.when == NOW or (len(address.parts) == 1 and address.face in ("json", "csv"))


def faces(page: Page, address: Address) -> list[Face]:
    """The faces to which a page leads; the first page leads to those of others."""
    if address.parts:
        found = [address.at(*address.parts, face=face) for face in faces_of(page, address)]
    else:
        found = [each for face, name in INSTEAD.items() if _is_there(each := address.at(name, face=face))]
    return [Face(TITLES[each.face], TYPES[each.face].partition(";")[0], each.path) for each in found]


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
