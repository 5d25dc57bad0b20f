"""Pages: which there are, and what stands on each. A page is made of views, and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from chancery.rules.chambers import Chamber
from chancery.site.addresses import SMALL, NotThere
from chancery.site.dossiers import about, entry_page
from chancery.site.glance import glance
from chancery.site.parts import PARTED
from chancery.site.sections import Asked, Page, Section, parted, section, small
from chancery.site.tools import TOOLS
from chancery.values import FAMILIES, Phrase, Ref, is_ref, phrase
from chancery.views import VIEWS
from chancery.views.rulebook import rulebook_view

if TYPE_CHECKING:
    from collections.abc import Callable

NAVIGATION: tuple[tuple[str, Phrase], ...] = (
    ("", phrase("At a glance")),
    ("standing", phrase("Standing")),
    ("invitations", phrase("Invitations")),
    ("bodies", phrase("Bodies")),
    ("meetings", phrase("Meetings and decisions")),
    ("plan", phrase("Plan")),
    ("money", phrase("Money")),
    ("statements", phrase("Statements")),
    ("disputes", phrase("Disputes")),
    ("charter", phrase("Charter")),
    ("duties", phrase("Calendar of duties")),
    ("overlaps", phrase("People")),
    ("sources", phrase("Sources")),
    ("timeline", phrase("Timeline")),
    ("compare", phrase("Compare two days")),
    ("about", phrase("How to read this")),
)
"""The pages that every page links to, in their order."""

BESIDES: dict[str, tuple[str, ...]] = {
    "bodies": ("seats", "oversight"),
    "standing": ("counts",),
    "money": ("pledges",),
    "meetings": ("votes",),
    "charter": ("versions",),
}
"""What stands on a view's page besides the view."""


def page_of(asked: Asked) -> Page:
    """The page at an address. Raises NotThere."""
    parts = asked.address.parts
    if parts[:1] == SMALL != parts[1:2]:
        return small(page_of(replace(asked, address=asked.address.at(*parts[1:]))))
    made = ROUTES.get(len(parts), _nowhere)(asked)
    if made is None:
        raise NotThere(asked.address.path)
    return made


def _one(asked: Asked) -> Page | None:
    first = asked.address.parts[0]
    if first in VIEWS:
        return _view(asked, first)
    return TOOLS[first](asked) if first in TOOLS else None


def _two(asked: Asked) -> Page | None:
    first, second = asked.address.parts
    if first == "entry":
        return entry_page(asked, second)
    return about(asked, Ref(f"{first}:{second}")) if first in FAMILIES and is_ref(f"{first}:{second}") else None


def _three(asked: Asked) -> Page | None:
    return TOOLS["compare"](asked) if asked.address.parts[0] == "compare" else None


def _nowhere(_asked: Asked) -> Page | None:
    return None


ROUTES: dict[int, Callable[[Asked], Page | None]] = {0: glance, 1: _one, 2: _two, 3: _three}
"""What makes a page, by the number of parts of its address."""


def _view(asked: Asked, name: str) -> Page:
    view = asked.view(name)
    sections = parted(view, PARTED[name]) if name in PARTED and view.rows else [section(asked, name)]
    sections += [each for other in BESIDES.get(name, ()) if (each := section(asked, other)).rows]
    if name == "charter" and asked.body is not None:
        sections.append(_rules(asked, asked.body))
    return Page(view.title, tuple(sections), view=view)


def _rules(asked: Asked, body: Ref) -> Section:
    """The rules in force on the day, in words, and what they are silent on."""
    day = asked.register.reading
    title = phrase("Rules of {body:name} on {day:date}", body=body, day=day.day)
    return Section("rules", title, rulebook_view(Chamber(asked.register, body).rulebook.on(day.on), title))
