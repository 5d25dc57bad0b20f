"""Making: the answer at an address out of a library, in whichever face; what a server sends and a folder holds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from chancery.site import memento
from chancery.site.faces import TYPES, faced
from chancery.site.keeping import Kept, Made
from chancery.site.pages import page_of
from chancery.site.rendering import html_of
from chancery.site.sections import Asked, Sought

if TYPE_CHECKING:
    from chancery.site.access import Library
    from chancery.site.addresses import Address

NOTHING = Sought()
"""What is sought where nothing is."""


class Maker:
    """Makes the pages of one library, each once for each state of the record and day."""

    def __init__(self, library: Library) -> None:
        """Make pages of a library."""
        self._library = library
        self._kept = Kept()

    def made(self, address: Address, sought: Sought = NOTHING) -> Made:
        """A page. Raises NotThere, DateFault."""
        today = "" if address.on else self._library.today()
        key = (self._library.opened.mark, today, address, sought)
        return self._kept.get(key, partial(self._make, address, sought))

    def _make(self, address: Address, sought: Sought) -> Made:
        library = self._library
        text = self.drawn(address, sought)
        past = memento.is_settled(address, library.ledger, library.today())
        return Made.of(text.encode(), TYPES[address.face], past=past)

    def drawn(self, address: Address, sought: Sought = NOTHING) -> str:
        """A page as text, made anew. Raises NotThere, DateFault."""
        library = self._library
        register, reader = library.register(address), library.reader(address)
        asked = Asked(register, library.ledger, address, sought, library.log)
        page = page_of(asked)
        if address.face:
            return faced(page, asked, reader)
        return html_of(page, asked, reader, library.opened.problems)
