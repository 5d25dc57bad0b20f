"""What pages are made of: sections, each a view or something drawn, and what a page is asked for with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from chancery.values import Phrase, Ref, phrase
from chancery.views import VIEWS, Row, Scope, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.ledger import Ledger
    from chancery.register import Register
    from chancery.site.access import Log
    from chancery.site.addresses import Address
    from chancery.views.paper import Paper

Layout = Literal[
    "table", "groups", "cards", "story", "ladder", "sides", "figures", "articles", "versions", "claims", "paper"
]
"""How a view is laid out: as a table; as a table in groups; each row as a card; as a list of days; the same by party;
the accounts of each row side by side; as large figures; a charter by its articles; its versions beside each other;
a plan by what each actor claims. A paper is laid out as a document."""

LAYOUTS: dict[str, Layout] = {
    "standing": "groups",
    "money": "groups",
    "duties": "groups",
    "overlaps": "groups",
    "invitations": "ladder",
    "timeline": "story",
    "statements": "story",
    "why": "story",
    "disputes": "sides",
    "bodies": "cards",
    "meetings": "cards",
    "plan": "cards",
    "charter": "articles",
    "versions": "versions",
}
"""The layout of each view that is not a plain table."""

GROUPED_BY: dict[str, tuple[str, ...]] = {
    "standing": ("standing",),
    "money": ("sort",),
    "duties": ("status",),
    "overlaps": ("person",),
    "invitations": ("party",),
}
"""The columns by which the rows of a view are grouped."""

DRAWN = {"oversight": "oversight"}
"""Views that are drawn too."""

KEPT: dict[str, tuple[str, ...]] = {
    "money": ("by", "money", "in_kind", "through", "to", "effective", "accounts"),
    "seats": ("body", "person", "office", "title", "portfolio", "since", "accounts"),
    "sources": ("source", "standing", "published", "resting", "alone"),
    "oversight": ("subject", "relation", "object", "since", "words", "accounts"),
    "duties": ("matter", "due", "what", "owed_by", "owed_to", "recorded", "provision"),
    "overlaps": ("body", "post", "since", "other", "other_post", "other_since"),
    "rules": ("type", "asks", "article", "since", "evidence"),
    "counts": ("rule", "count", "parties", "reported"),
}
"""Of a view with very many columns: those that a table keeps, in order; what the others hold stands in one column."""


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
    paper: Paper | None = None
    """A document that stands there whole."""
    receipt: str = ""
    """The entry whose receipt can be fetched here."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of its view."""
        return self.view.rows if self.view is not None else ()

    @property
    def laid_out(self) -> Layout:
        """Its own layout, else that of its view."""
        return self.layout or LAYOUTS.get(self.view.name if self.view is not None else "", "table")


Parts = Callable[[View], "Iterator[Section]"]
"""What parts a view into sections."""


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


def section(asked: Asked, name: str, scope: Scope | None = None, title: Phrase | None = None) -> Section:
    """A view as a section, drawn too where it can be."""
    view = asked.view(name, scope)
    return Section(name, title or view.title, view, drawing=DRAWN.get(name, ""))


FEW = 12
"""Rows of a section in a small version."""


def small(page: Page) -> Page:
    """A page in small, for a frame in another site: its sentences, and the head of its first two sections."""
    return Page(page.title, tuple(map(_few, page.sections[:2])), page.lead, page.about, page.view)


def _few(found: Section) -> Section:
    if found.view is None or len(found.rows) <= FEW:
        return found
    return replace(found, view=replace(found.view, rows=found.rows[:FEW], notes=()))


def part(view: View, name: str, title: Phrase, layout: Layout, **cells: str) -> Section:
    """The rows of a view in which some cells say this, as a section of their own."""
    rows = narrowed(view, lambda row: all(row.cells[key] == value for key, value in cells.items()))
    return Section(name, title, rows, layout)


def parted(view: View, parts: Parts) -> list[Section]:
    """A view in the parts that have any rows; its notes stand with the last."""
    *found, last = [each for each in parts(view) if each.rows]
    assert last.view is not None  # noqa: S101  # a part is of a view
    return [*found, replace(last, view=replace(last.view, notes=view.notes))]


NOTHING = phrase("Nothing on record.")
