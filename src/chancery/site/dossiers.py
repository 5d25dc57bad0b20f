"""Dossiers: the pages of one party, body, source, entry, or whatever else has a ref."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from chancery.log.receipts import SUFFIX
from chancery.site.parts import PARTED
from chancery.site.sections import NOTHING, Asked, Page, Section, narrowed, parted, section
from chancery.values import Phrase, Ref, phrase
from chancery.views import Column, Row, Scope, View
from chancery.views.base import label
from chancery.views.cells import refs_in
from chancery.views.entries import entry_fields, entry_sources
from chancery.views.minutes import bodies_of, minutes_of
from chancery.views.why import why_entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.acts import Act
    from chancery.ledger import Ledger

BODY_VIEWS = (
    *("bodies", "seats", "oversight", "standing", "meetings", "charter", "duties", "plan", "money", "pledges"),
    "disputes",
)
"""What stands on a body's page, in order, as far as there is any; then its timeline."""

MAIN_VIEWS = ("bodies", "seats", "oversight", "meetings", "duties")
"""What stands on the page of the body that the record is first of all about: whose other matters have their pages."""

LATEST = 20
"""Facts of the timeline that stand on that page: it has a page of its own."""

PARTY_VIEWS = (
    *("standing", "invitations", "domestic", "votes", "pledges", "money", "denials", "offices", "seats", "oversight"),
    *("duties", "overlaps", "disputes"),
)
"""What stands on the page of anybody or anything else; then its timeline."""

TITLES = {
    "standing": phrase("Standing, and the steps to it"),
    "invitations": phrase("What it was invited to, and what it replied"),
    "votes": phrase("How it voted"),
    "pledges": phrase("What it pledged, and what came of it"),
    "money": phrase("Every sum on record"),
    "seats": phrase("Seats: who sits, and for whom"),
    "duties": phrase("What is owed by it or to it, and when"),
    "disputes": phrase("What is disputed about it"),
    "bodies": phrase("What it is, and its mandate"),
}
"""What a view is called on the page of one party or body, where it is not its own title."""

PICKED: dict[str, tuple[Phrase, frozenset[str]]] = {
    "domestic": (
        phrase("What its own institutions did"),
        frozenset({"invitation.considered", "membership.ratified"}),
    ),
    "denials": (
        phrase("What was denied"),
        frozenset({"invitation.denied", "membership.denied", "statement.denied", "phase.disputed"}),
    ),
    "offices": (
        phrase("Offices, and who holds them"),
        frozenset({"office.held", "office.left", "appointment.made", "appointment.ended"}),
    ),
}
"""Parts of the timeline that stand by themselves: their title, and the kinds of act in them."""


def about(asked: Asked, ref: Ref) -> Page | None:
    """The page of a ref; None where nothing on record ever names it."""
    if ref.startswith("source:"):
        return _source(asked, ref)
    scope = Scope(body=ref) if ref.startswith("body:") else Scope(party=ref)
    timeline = asked.view("timeline", Scope(party=ref))
    parts = [*_minutes(asked, ref), *_drawn(asked, scope, _views(asked, ref), timeline)]
    if not timeline.rows and not parts:
        return Page(phrase("{ref:name}", ref=ref), (), (NOTHING,), ref) if ref in named_in(asked.ledger) else None
    parts.append(_days(timeline, whole=ref != asked.body))
    return Page(phrase("{ref:name}", ref=ref), tuple(parts), tuple(_state(asked, scope, ref)), ref, timeline)


def _views(asked: Asked, ref: Ref) -> tuple[str, ...]:
    return MAIN_VIEWS if ref == asked.body else BODY_VIEWS if ref.startswith("body:") else PARTY_VIEWS


def _days(timeline: View, *, whole: bool) -> Section:
    """The timeline, or the latest of it, with the whole of it a link away."""
    if whole:
        return Section("timeline", phrase("Everything on record, day by day"), timeline)
    latest = replace(timeline, rows=timeline.rows[-LATEST:])
    return Section("timeline", phrase("What is latest on record"), latest, more=("timeline",))


def _minutes(asked: Asked, ref: Ref) -> Iterator[Section]:
    """The minutes of a meeting, for each body whose meeting it is."""
    for body in bodies_of(asked.register, ref) if ref.startswith("meeting:") else ():
        title = phrase("Minutes, for {body:name}", body=body)
        yield Section(f"minutes-{body.partition(':')[2]}", title, paper=minutes_of(asked.register, ref, body))


@lru_cache(maxsize=2)
def named_in(ledger: Ledger) -> frozenset[Ref]:
    """Every ref that a ledger ever names."""
    return frozenset(ref for entry in ledger.entries for ref in refs_in(entry.act))


def _drawn(asked: Asked, scope: Scope, names: tuple[str, ...], timeline: View) -> Iterator[Section]:
    """Each view in which there is anything, in parts where it has such, and what is picked from the timeline."""
    for name in names:
        if name in PICKED:
            yield from _filled_only(_picked(timeline, name, *PICKED[name]))
        elif name in PARTED and (view := asked.view(name, scope)).rows:
            yield from parted(view, PARTED[name])
        elif name not in PARTED:
            yield from _filled_only(section(asked, name, scope, TITLES.get(name)))


def _picked(timeline: View, name: str, title: Phrase, kinds: frozenset[str]) -> Section:
    return Section(name, title, narrowed(timeline, lambda row: row.cells["kind"] in kinds))


def _filled_only(found: Section) -> Iterator[Section]:
    if found.rows:
        yield found


def _state(asked: Asked, scope: Scope, ref: Ref) -> Iterator[Phrase]:
    """Where a party stands, with the reason of each ruling."""
    if scope.party is None:
        return
    for row in asked.view("standing", scope).rows:
        ruling = cast("dict[str, Phrase]", row.cells["ruling"])
        code = row.cells["standing"]
        standing = phrase("no standing") if code is None else label(str(code))
        yield phrase(
            "On {day:date}, the standing of {party:name} with {body:name}: {standing}. Because: {reason}.",
            day=asked.register.reading.day,
            party=ref,
            body=cast("Ref", row.cells["body"]),
            standing=standing,
            reason=ruling["reason"],
        )


def _source(asked: Asked, ref: Ref) -> Page | None:
    """A source: what it is, what rests on it, and what would fall without it."""
    known = narrowed(asked.view("sources"), lambda row: row.cells["source"] == ref)
    if not known.rows:
        return None
    rests = narrowed(asked.view("timeline"), lambda row: ref in _sources(row))
    falls = narrowed(rests, lambda row: _sources(row) == {ref})
    shown = View(known.name, known.title, tuple(_filled(known)), known.rows)
    sections = (
        Section("sources", phrase("What it is"), shown, "cards"),
        Section("falls", phrase("What would fall if it is wrong: nothing else on record says it"), falls),
        Section("rests", phrase("What rests on it, alone or with others"), rests),
    )
    return Page(phrase("{source:name}", source=ref), sections, about=ref, view=rests)


def _sources(row: Row) -> set[object]:
    accounts = cast("list[dict[str, object]]", row.cells["accounts"])
    return {account["source"] for account in accounts}


def _filled(view: View) -> Iterator[Column]:
    """Every column that says something, shown or not on paper."""
    return (replace(column, shown=True) for column in view.columns if view.rows[0].cells.get(column.key))


def entry_page(asked: Asked, entry: str) -> Page | None:
    """An entry: what it says, where that is written, the other accounts of the act, its receipt."""
    view = why_entry(asked.register, entry, asked.ledger.record.acts)
    act = next((act for act in asked.ledger.record.acts if act.id == entry), None)
    if not view.rows or act is None:
        return None
    sections = (
        Section("says", phrase("What it says"), entry_fields(act)),
        Section("sources", phrase("Where it is written"), entry_sources(asked.register, act)),
        Section("accounts", phrase("All accounts of the act"), view),
        Section(
            "receipt",
            phrase("Its receipt, and how to check it"),
            said=tuple(_receipt(asked, act)),
            receipt=act.id if asked.log is not None and asked.log.covers(act.id) else "",
        ),
    )
    return Page(phrase("Entry {entry}", entry=entry), sections, tuple(_corrections(asked, act)), view=view)


def _corrections(asked: Asked, act: Act) -> Iterator[Phrase]:
    """What it corrects, and what corrects it."""
    if act.replaces is not None:
        yield phrase("It corrects the entry {entry}.", entry=act.replaces)
    for other in asked.ledger.record.acts:
        if other.replaces == act.id:
            yield phrase("It was corrected by the entry {entry}, and counts no more.", entry=other.id)
        elif getattr(other, "entry", None) == act.id and other.kind == "entry.withdrawn":
            yield phrase("It was withdrawn by the entry {entry}, and counts no more.", entry=other.id)


def _receipt(asked: Asked, act: Act) -> Iterator[Phrase]:
    if asked.log is None:
        yield phrase(
            "This record is served from a folder of text, which gives no receipts: load it into a database to have its "
            "entries in a log that is signed."
        )
        return
    if not asked.log.covers(act.id):
        yield phrase("No checkpoint covers this entry yet; `chancery ledger checkpoint` signs one.")
        return
    yield phrase(
        "The receipt proves, without this server, that the entry stands in the log. Fetch it, then type: {command}",
        command=f"chancery verify {act.id}{SUFFIX}",
    )
