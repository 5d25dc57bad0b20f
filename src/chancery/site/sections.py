"""What pages are made of: sections, each a view or something drawn, and what a page is asked for with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from chancery.values import Phrase, Ref, phrase
from chancery.views import VIEWS, Row, Scope, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from chancery.ledger import Ledger
    from chancery.register import Register
    from chancery.site.access import Log
    from chancery.site.addresses import Address

Layout = Literal["table", "groups", "cards", "story", "ladder", "sides", "figures"]
"""How a view is laid out: as a table; as a table in groups; each row as a card; as a list of days; the same by party;
the accounts of each row side by side; as large figures."""

LAYOUTS: dict[str, Layout] = {
    "standing": "groups",
    "money": "groups",
    "duties": "cards",
    "overlaps": "cards",
    "invitations": "ladder",
    "timeline": "story",
    "statements": "story",
    "why": "story",
    "disputes": "sides",
    "bodies": "cards",
    "meetings": "cards",
    "plan": "cards",
    "charter": "cards",
}
"""The layout of each view that is not a plain table."""

GROUPED_BY = {"standing": "standing", "money": "sort", "duties": "status", "invitations": "party"}
"""The column by which the rows of a view are grouped."""


class Section(Struct, frozen=True):
    """A part of a page: a view, or something drawn, under a heading that can be linked to."""

    name: str
    title: Phrase
    view: View | None = None
    layout: Layout | None = None
    drawing: str = ""
    said: tuple[Phrase, ...] = ()
    more: tuple[str, ...] = ()
    """The page that holds the whole of it."""
    receipt: str = ""
    """The entry whose receipt can be fetched here."""

    @property
    def laid_out(self) -> Layout:
        """Its own layout, else that of its view."""
        return self.layout or LAYOUTS.get(self.view.name if self.view is not None else "", "table")


class Page(Struct, frozen=True):
    """A page: its title, its sentences of state, its sections; ``about`` is the ref that it is about."""

    title: Phrase
    sections: tuple[Section, ...]
    lead: tuple[Phrase, ...] = ()
    about: Ref | None = None
    view: View | None = None
    """The view that the page is as data."""
    form: Literal["", "search", "compare"] = ""
    """What a reader may ask for on it."""


class Sought(Struct, frozen=True):
    """What is searched for: words, and perhaps the first and the last day."""

    words: str = ""
    first: str = ""
    last: str = ""


class Asked(Struct, frozen=True):
    """What a page is made from: the register of the reading, the ledger, the address, what is sought."""

    register: Register
    ledger: Ledger
    address: Address
    sought: Sought = Sought()
    log: Log | None = None
    """What proves entries, where the record is kept in a log."""
    drawn: dict[tuple[str, Scope], View] = field(default_factory=dict)
    days: tuple[int, ...] | None = None
    """The days between which a reader moves, as proleptic ordinals; None: those on which something changed."""

    @property
    def body(self) -> Ref | None:
        """The body that the record is first of all about."""
        return next(iter(self.register.head.bodies), None)

    def view(self, name: str, scope: Scope | None = None) -> View:
        """A view of the reading, drawn once for a page."""
        key = (name, scope or Scope())
        found = self.drawn.get(key)
        if found is None:
            found = self.drawn[key] = VIEWS[name](self.register, key[1])
        return found


def narrowed(view: View, keep: Callable[[Row], bool], most: int | None = None) -> View:
    """Some of a view's rows, without its notes."""
    return replace(view, rows=tuple(row for row in view.rows if keep(row))[:most], notes=())


def section(asked: Asked, name: str, scope: Scope | None = None) -> Section:
    """A view as a section, with the whole of it a link away where it is narrowed."""
    view = asked.view(name, scope)
    return Section(name, view.title, view, more=(name,) if scope else ())


NOTHING = phrase("Nothing on record.")
