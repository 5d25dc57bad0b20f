"""The first page: the state of a body at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.site.sections import Asked, Page, Section, narrowed
from chancery.values import Phrase, phrase
from chancery.views import Scope, View
from chancery.views.timeline import timeline_of

if TYPE_CHECKING:
    from collections.abc import Iterator

FIGURES = ("invited", "accepted", "signed", "listed", "attended_as_member", "declined")
"""The rules of counting whose numbers stand first."""

CHANGED, DISPUTED = 8, 6
"""What changed last, and disputes, of which the first page shows so many."""


def glance(asked: Asked) -> Page:
    """The state in a sentence, the counts, the map, who stands where, what changed, what is disputed, what is due."""
    scope = Scope(asked.body)
    standing, counts = asked.view("standing", scope), asked.view("counts", scope)
    sections = (
        Section("counts", phrase("Numbers, and who gave them"), _figures(counts), "figures", more=("counts",)),
        Section("map", phrase("Standing by State"), drawing="map"),
        Section("standing", phrase("Who stands where"), standing, more=("standing",)),
        *_short(asked),
    )
    title = phrase("{body:name}", body=asked.body) if asked.body is not None else phrase("Register")
    return Page(title, sections, tuple(state_of(asked, counts)), asked.body, standing)


def _short(asked: Asked) -> tuple[Section, ...]:
    disputes, duties = asked.view("disputes"), asked.view("duties")
    due = narrowed(duties, lambda row: row.cells["status"] in ("overdue", "due"))
    disputed = narrowed(disputes, lambda _row: True, DISPUTED)
    more = phrase("{n:number} disputes are on record on this day.", n=len(disputes.rows))
    return (
        Section("changed", phrase("What changed last"), changed_last(asked), more=("timeline",)),
        Section("disputes", phrase("What is disputed"), disputed, said=(more,), more=("disputes",)),
        Section("due", phrase("What is due or overdue"), due, more=("duties",)),
    )


def _figures(counts: View) -> View:
    return narrowed(counts, lambda row: row.cells["rule"] in FIGURES)


def changed_last(asked: Asked) -> View:
    """The facts of the last days that are certain, the newest first."""
    certain = [fact for fact in asked.register.facts() if fact.act.effective.exact]
    return timeline_of(asked.register, certain[: -CHANGED - 1 : -1])


def state_of(asked: Asked, counts: View) -> Iterator[Phrase]:
    """The state of a body in one sentence, naming the day."""
    numbers = {str(row.cells["rule"]): row.cells["count"] for row in counts.rows}
    told = {
        name: number
        for name in ("invited", "signed", "listed", "declined")
        if isinstance(number := numbers.get(name), int)
    }
    if len(told) == 4:  # noqa: PLR2004  # the four that the sentence names
        yield phrase(
            "On {day:date}, {signed:number} had signed and {listed:number} were listed by somebody without denying it, "
            "of {invited:number} that were invited or answered an invitation; {declined:number} had declined.",
            day=asked.register.reading.day,
            **told,
        )
