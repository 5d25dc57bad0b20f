"""Tools: pages that are no view of the register by themselves: search, two days compared, how to read this."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from chancery.register import Reading
from chancery.site.sections import Asked, Page, Section, Sought
from chancery.values import Date, Phrase, phrase
from chancery.views import Row, Scope
from chancery.views.base import label
from chancery.views.changes import changes
from chancery.views.search import called, search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

CLOCKS = (
    phrase("On: the day that is asked about. What had taken effect by then."),
    phrase("As known on: what had been said by the end of that day. Left empty: all that is known now."),
    phrase("As recorded on: what stood in this record at that moment. Left empty: all that it holds now."),
)

MARKS = (
    phrase("Contested: accounts of the same act differ. The field in which they differ is marked."),
    phrase("Denied: a party says that it is not so. The claim and the denial stand side by side."),
    phrase("The numbers at the end of a row lead to the entries on which it rests, each with its source."),
)

IMPARTIAL = (
    phrase("A code is not recognition, a listing is not a signature, presence is not membership."),
    phrase("A pledge is not a payment, and silence is not refusal."),
    phrase("Where accounts differ they stand side by side. What no source settles is not settled here."),
)


def compare(asked: Asked) -> Page:
    """What changed between two days, as now known; without days, the form that asks for them. Raises DateFault."""
    days = asked.address.parts[1:]
    title = phrase("Compare two days")
    if len(days) != 2:  # noqa: PLR2004  # from and to
        return Page(title, (), (phrase("Give two days to see what changed between them."),), form="compare")
    before, after = (asked.ledger.as_of(replace(asked.register.reading, on=Reading.of(day).on)) for day in days)
    found = changes(before, after, Scope())
    sections = tuple(Section(f"changes-{number}", view.title, view) for number, view in enumerate(found, 1))
    first, last = before.reading.day, after.reading.day
    title = phrase("What changed between {first:date} and {last:date}", first=first, last=last)
    lead = () if sections else (phrase("Nothing on record changed between these days."),)
    return Page(title, sections, lead, view=found[0] if found else None, form="compare")


def find(asked: Asked) -> Page:
    """What is called so, or tells of it, perhaps only between two days. Raises DateFault."""
    sought = asked.sought
    view = search(asked.register, sought.words, *_days(sought))
    lead = (phrase("Names are found in every language and spelling on record, also with a slip of the keyboard."),)
    if asked.address.files is not None:
        view = called(asked.register)
    sections = (Section("found", view.title, view, "table"),) if view.rows or sought != Sought() else ()
    return Page(phrase("Search"), sections, lead, view=view, form="search")


def _days(sought: Sought) -> tuple[int | None, int | None]:
    """The first and the last day that are searched. Raises DateFault."""
    first = Date.of(sought.first).earliest if sought.first else None
    return first, Date.of(sought.last).latest if sought.last else None


def guide(asked: Asked) -> Page:
    """How to read the pages: the clocks, the rules of counting, the standings of sources, what is not covered."""
    head = asked.register.head
    coverage = (phrase("{coverage}", coverage=head.coverage),) if head.coverage is not None else ()
    order = tuple(label(name) for name in head.ranks())
    counts = asked.view("counts", Scope(asked.body))
    return Page(
        phrase("How to read this"),
        (
            Section("clocks", phrase("Three clocks"), said=CLOCKS),
            Section("marks", phrase("Marks"), said=MARKS),
            Section("counting", phrase("The rules of counting"), said=tuple(_rules(counts.rows))),
            Section("order", phrase("The order of standings of sources, from the weightiest"), said=order),
            Section("coverage", phrase("What the record covers, and what it does not"), said=coverage),
            Section("silence", phrase("What the software does not do"), said=IMPARTIAL),
        ),
    )


def _rules(rows: Iterable[Row]) -> Iterator[Phrase]:
    for row in rows:
        words = cast("Phrase", row.cells["words"])
        yield phrase("{rule}: {words}.", rule=label(str(row.cells["rule"])), words=words)


TOOLS: dict[str, Callable[[Asked], Page]] = {"compare": compare, "search": find, "about": guide}
"""The tools by the first part of their addresses."""
