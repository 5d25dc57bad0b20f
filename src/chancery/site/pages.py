"""Pages: what stands on each, in which order. A page is made of views; it decides nothing and words nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from chancery.register import Reading
from chancery.site.addresses import NotThere
from chancery.values import FAMILIES, Phrase, Ref, is_ref, phrase
from chancery.views import VIEWS, Scope, View
from chancery.views.changes import changes
from chancery.views.search import search
from chancery.views.why import why_entry, why_refs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.ledger import Ledger
    from chancery.register import Register
    from chancery.site.addresses import Address

CHANGES_SHOWN = 30
"""Changes that the first page shows."""


class Section(Struct, frozen=True):
    """A part of a page: a view, or something drawn, under a heading that can be linked to."""

    name: str
    title: Phrase
    view: View | None = None
    drawing: str = ""
    said: tuple[Phrase, ...] = ()
    more: tuple[str, ...] = ()


class Page(Struct, frozen=True):
    """A page: its title, its sentences of state, its sections; ``about`` is the ref that it is about."""

    title: Phrase
    sections: tuple[Section, ...]
    lead: tuple[Phrase, ...] = ()
    about: Ref | None = None
    view: View | None = None
    """The view that the page is as data."""


class Asked(Struct, frozen=True):
    """What a page is made from: the register of the reading, the ledger, the address, what is sought."""

    register: Register
    ledger: Ledger
    address: Address
    sought: str = ""


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
    ("duties", phrase("Duties")),
    ("overlaps", phrase("People")),
    ("sources", phrase("Sources")),
)
"""The pages that every page links to, in their order."""


def page_of(asked: Asked) -> Page:
    """The page at an address. Raises NotThere."""
    parts = asked.address.parts
    if not parts:
        return _glance(asked)
    first, rest = parts[0], parts[1:]
    if first in VIEWS and not rest:
        return _view(asked, first)
    if first in TOOLS:
        return TOOLS[first](asked, rest)
    if first == "entry" and len(rest) == 1:
        return _entry(asked, rest[0])
    if first in FAMILIES and len(rest) == 1 and is_ref(f"{first}:{rest[0]}"):
        return _about(asked, Ref(f"{first}:{rest[0]}"))
    raise NotThere(asked.address.path)


def _draw(asked: Asked, name: str, scope: Scope | None = None) -> View:
    return VIEWS[name](asked.register, scope or Scope())


def _view(asked: Asked, name: str) -> Page:
    view = _draw(asked, name)
    return Page(view.title, (Section(name, view.title, view),), view=view)


def _glance(asked: Asked) -> Page:
    """The first page: the state in sentences, the map, who stands where, the counts, disputes, what is due."""
    body = next(iter(asked.register.head.bodies), None)
    standing, counts = _draw(asked, "standing", Scope(body)), _draw(asked, "counts", Scope(body))
    due = _narrowed(_draw(asked, "duties"), "status", ("overdue", "due"))
    sections = (
        Section("map", phrase("Standing by State"), drawing="map"),
        Section("standing", phrase("Who stands where"), standing, more=("standing",)),
        Section("counts", phrase("Numbers, and who gave them"), counts, more=("counts",)),
        Section("disputes", phrase("What is disputed"), _draw(asked, "disputes"), more=("disputes",)),
        Section("due", phrase("What is due or overdue"), due, more=("duties",)),
    )
    title = phrase("{body:name}", body=body) if body is not None else phrase("Register")
    return Page(title, sections, tuple(state_of(counts)), body, standing)


def state_of(counts: View) -> Iterator[Phrase]:
    """The state of a body in sentences: how many are invited, signed, listed, and how many sources claimed."""
    numbers = {str(row.cells["rule"]): row.cells["count"] for row in counts.rows}
    told = {
        name: number
        for name in ("invited", "accepted", "signed", "listed")
        if isinstance(number := numbers.get(name), int)
    }
    if len(told) == 4:  # noqa: PLR2004  # the four that the sentence names
        yield phrase(
            "{invited:number} parties were invited or answered an invitation, {accepted:number} accepted in full, "
            "{signed:number} signed, and {listed:number} are listed by somebody and do not deny it.",
            **told,
        )


def _narrowed(view: View, key: str, values: tuple[str, ...]) -> View:
    return msgspec.structs.replace(view, rows=tuple(row for row in view.rows if row.cells.get(key) in values), notes=())


def _about(asked: Asked, ref: Ref) -> Page:
    """The page of a party, body or thing: its standing, then every view in which it appears, then every account."""
    family = ref.partition(":")[0]
    scope = Scope(body=ref) if family == "body" else Scope(party=ref)
    sections = [Section(name, view.title, view, more=(name,)) for name, view in _drawn(asked, scope)]
    why = why_refs(asked.register, [ref], asked.ledger.record.acts)
    if why.rows:
        sections.append(Section("accounts", phrase("Every account that names it"), why))
    if not sections:
        raise NotThere(asked.address.path)
    return Page(phrase("{ref:name}", ref=ref), tuple(sections), why.lead, ref, why)


BODY_VIEWS = ("standing", "seats", "bodies", "oversight", "meetings", "duties", "money", "plan")
PARTY_VIEWS = ("standing", "invitations", "seats", "meetings", "money", "statements", "duties", "overlaps")


def _drawn(asked: Asked, scope: Scope) -> Iterator[tuple[str, View]]:
    for name in BODY_VIEWS if scope.body is not None else PARTY_VIEWS:
        view = _draw(asked, name, scope)
        if view.rows:
            yield name, view


def _entry(asked: Asked, entry: str) -> Page:
    view = why_entry(asked.register, entry, asked.ledger.record.acts)
    if not view.rows:
        raise NotThere(asked.address.path)
    return Page(
        phrase("Entry {entry}", entry=entry), (Section("accounts", phrase("Accounts of the act"), view),), view=view
    )


def _compare(asked: Asked, rest: tuple[str, ...]) -> Page:
    """What changed between two days, as now known. Raises NotThere, DateFault."""
    if len(rest) != 2:  # noqa: PLR2004  # from and to
        raise NotThere(asked.address.path)
    before, after = (
        asked.ledger.as_of(msgspec.structs.replace(asked.register.reading, on=Reading.of(day).on)) for day in rest
    )
    found = changes(before, after, Scope())
    sections = tuple(Section(f"changes-{number}", view.title, view) for number, view in enumerate(found, 1))
    title = phrase(
        "What changed between {first:date} and {last:date}", first=before.reading.day, last=after.reading.day
    )
    lead = () if sections else (phrase("Nothing on record changed between these days."),)
    return Page(title, sections, lead, view=found[0] if found else None)


def _search(asked: Asked, rest: tuple[str, ...]) -> Page:
    """What is called so, or tells of it. Raises NotThere."""
    if rest:
        raise NotThere(asked.address.path)
    view = search(asked.register, asked.sought)
    lead = (phrase("Names are found in every language and spelling on record, also with a slip of the keyboard."),)
    sections = (Section("found", view.title, view),) if asked.sought else ()
    return Page(phrase("Search"), sections, lead, view=view)


def _help(asked: Asked, rest: tuple[str, ...]) -> Page:
    """How to read the pages: the clocks, the rules of counting, the standings of sources, what is not covered."""
    if rest:
        raise NotThere(asked.address.path)
    head = asked.register.head
    coverage = (phrase("{coverage}", coverage=head.coverage),) if head.coverage is not None else ()
    order = phrase("{order}", order=", ".join(name.replace("-", " ") for name in head.ranks()))
    return Page(
        phrase("How to read this"),
        (
            Section("clocks", phrase("Three clocks"), said=CLOCKS),
            Section("counting", phrase("The rules of counting"), _draw(asked, "counts")),
            Section("sources", phrase("The order of standings of sources, from the weightiest"), said=(order,)),
            Section("coverage", phrase("What the record covers, and what it does not"), said=coverage),
            Section("silence", phrase("What the software does not do"), said=IMPARTIAL),
        ),
    )


CLOCKS = (
    phrase("On: the day that is asked about. What had taken effect by then."),
    phrase("As known on: what had been said by the end of that day. Left empty: all that is known now."),
    phrase("As recorded on: what stood in this record at that moment. Left empty: all that it holds now."),
)

IMPARTIAL = (
    phrase("A code is not recognition, a listing is not a signature, presence is not membership."),
    phrase("A pledge is not a payment, and silence is not refusal."),
    phrase("Where accounts differ they stand side by side. What no source settles is not settled here."),
)

TOOLS = {"compare": _compare, "search": _search, "about": _help}
"""Pages that are no view of the register by themselves."""
