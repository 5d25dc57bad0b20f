"""The faces of a page besides HTML: the same view as JSON, CSV or Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.site.addresses import NotThere
from chancery.views.faces import csv_of, json_of, markdown_of

if TYPE_CHECKING:
    from chancery.languages import Reader
    from chancery.register import Reading
    from chancery.site.addresses import Address
    from chancery.site.sections import Page

TYPES = {
    "": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
    "md": "text/markdown; charset=utf-8",
}
"""The media type of each face."""


def faced(page: Page, address: Address, reading: Reading, reader: Reader) -> str:
    """A page in the face that its address asks for. Raises NotThere where it has none."""
    view = page.view
    if view is None or address.face not in TYPES:
        raise NotThere(address.path)
    if address.face == "json":
        return json_of(view, reading, address.path)
    return csv_of(view) if address.face == "csv" else markdown_of(view, reader)
