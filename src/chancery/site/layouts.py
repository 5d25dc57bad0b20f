"""Layouts: the rows of a view as a template shows them, each cell in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from markupsafe import Markup

from chancery.rules.base import Rule
from chancery.rules.standing import STANDINGS
from chancery.site.sections import GROUPED_BY, Layout, Section
from chancery.site.speaking import markup
from chancery.values import Ref, phrase
from chancery.views.base import EMPTY
from chancery.views.cells import cells_of, when_said
from chancery.views.rulebook import asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chancery.site.speaking import Speaker
    from chancery.views import Column, Row, View

CITED = 6
"""Entries that a row cites by number; the rest are counted."""

Cell = dict[str, object]


class Shown(NamedTuple):
    """A row in HTML: its cells, whether its accounts agree, links to its entries."""

    cells: list[Markup]
    agreement: str
    cites: Markup


class Group(NamedTuple):
    """Rows under one heading."""

    name: str
    heading: Markup
    rows: list[Shown] | list[Rung]


class Card(NamedTuple):
    """A row as a card: its heading, then each filled cell under its column's heading."""

    heading: Markup
    pairs: list[tuple[Markup, Markup]]
    agreement: str
    cites: Markup


class Told(NamedTuple):
    """An account: who says it, how, where it is written, what it says where accounts differ, on which side it is."""

    side: str
    who: Markup
    channel: Markup
    source: Markup
    standing: Markup
    said: Markup
    when: Markup
    values: list[Markup]
    entry: Markup


class Story(NamedTuple):
    """A fact in a list of days: its day, what it is, what it is about, in words, and every account of it."""

    day: Markup
    what: Markup
    about: Markup
    words: Markup
    accounts: list[Told]
    agreement: str
    cites: Markup


class Rung(NamedTuple):
    """A step on a ladder: an invitation, a reply."""

    day: Markup
    what: Markup
    extent: Markup
    pairs: list[tuple[Markup, Markup]]
    accounts: list[Told]
    agreement: str
    cites: Markup


class Sides(NamedTuple):
    """A dispute: what it is about, why it is one, the fields that differ, the accounts beside each other."""

    what: Markup
    about: Markup
    day: Markup
    why: Markup
    fields: list[Markup]
    accounts: list[Told]
    cites: Markup


class Figure(NamedTuple):
    """A count: the number, its rule, whom it counts, the numbers that sources gave."""

    name: str
    number: Markup
    rule: Markup
    words: Markup
    parties: Markup
    reported: Markup
    numbers: Markup


def laid_out(section: Section, speaker: Speaker) -> dict[str, object]:
    """What a template needs to show a section's view."""
    view = section.view
    if view is None:
        return {"layout": "", "rows": []}
    columns = shown_columns(view)
    layout = section.laid_out
    headings = [speaker.say(column.heading) for column in columns]
    shared = {"layout": layout, "headings": headings, "notes": [speaker.say(note) for note in view.notes]}
    if layout in ("groups", "ladder"):
        return {**shared, **_groups(view, columns, speaker)}
    key = GROUPED_BY.get(view.name, "")
    rows = sorted(view.rows, key=lambda row: _group_place(row.cells.get(key)))
    return {**shared, "rows": [_laid(layout, row, view, columns, speaker) for row in rows]}


def _laid(layout: Layout, row: Row, view: View, columns: Sequence[Column], speaker: Speaker) -> object:
    """A row in a layout that takes each by itself."""
    match layout:
        case "cards":
            return _card(row, view, columns, speaker)
        case "story":
            return _story(row, speaker)
        case "sides":
            return _sides(row, speaker)
        case "figures":
            return _figure(row, view, speaker)
        case _:
            return _shown(row, columns, speaker)


def shown_columns(view: View) -> list[Column]:
    """The columns that a page shows: those that are filled, but not the body where it is the same in every row."""
    bodies = {row.cells.get("body") for row in view.rows}
    keeps = len(bodies) > 1 or view.name == "bodies"
    return [
        each
        for each in view.columns
        if each.shown
        and (each.key != "body" or keeps)
        and any(row.cells.get(each.key) not in EMPTY for row in view.rows)
    ]


def _groups(view: View, columns: Sequence[Column], speaker: Speaker) -> dict[str, object]:
    key = GROUPED_BY[view.name]
    column = next(each for each in view.columns if each.key == key)
    rest = sorted((each for each in columns if each.key not in (key, "item")), key=lambda each: _column_place(each.key))
    make = _rung if key == "party" else _shown
    found: dict[object, list[Any]] = {}
    for row in sorted(view.rows, key=lambda row: _group_place(row.cells.get(key))):
        found.setdefault(row.cells.get(key), []).append(make(row, rest, speaker))
    none = speaker.text("no standing")
    groups = [
        Group(f"{view.name}-{code}", none if code is None else speaker.in_column(code, column), rows)
        for code, rows in found.items()
    ]
    return {"headings": [speaker.say(each.heading) for each in rest], "rows": groups}


FIRST = ("party", "by", "money", "matter", "due")
"""Columns that stand first in groups, whatever their place in the view."""


def _column_place(key: str) -> int:
    return FIRST.index(key) if key in FIRST else len(FIRST)


STATUSES = ("overdue", "due", "upcoming", "undated")


def _group_place(code: object) -> int:
    """Standings from the strongest, duties from what is overdue; others in the order in which they come."""
    order: tuple[object, ...] = STATUSES if code in STATUSES else STANDINGS
    return order.index(code) if code in order else len(STANDINGS)


def _shown(row: Row, columns: Iterable[Column], speaker: Speaker) -> Shown:
    cells = [_cell(row.cells.get(column.key), column, speaker) for column in columns]
    return Shown(cells, row.agreement, cites(row, speaker))


def _cell(value: object, column: Column, speaker: Speaker) -> Markup:
    """A cell; of many accounts the first is shown, the rest can be opened."""
    if column.key != "accounts":
        return speaker.in_column(value, column)
    told = [_told(each, speaker) for each in cells_of(value)]
    if not told:
        return Markup()
    lines = [_line(each) for each in told]
    if len(lines) == 1:
        return lines[0]
    more = speaker.say(phrase("and {n:number} more", n=len(lines) - 1))
    rest = speaker.items(lines[1:], always=True)
    return markup(f"{lines[0]} <details><summary>{more}</summary>{rest}</details>")


def _line(told: Told) -> Markup:
    """An account on one line."""
    who = f"{told.who} · " if told.who else ""
    said = f", {told.said}" if told.said else ""
    return markup(f"{who}{told.source} <small>{told.standing}{said}</small>")


def _card(row: Row, view: View, columns: Sequence[Column], speaker: Speaker) -> Card:
    """A row under the cells that name it; a typed rule is said in words beside the words of the text."""
    heads = HEADINGS.get(view.name) or tuple(each.key for each in columns if each.sort == "ref")[:1]
    by_key = {each.key: each for each in columns}
    heading = [cell for key in heads if key in by_key and (cell := _cell(row.cells.get(key), by_key[key], speaker))]
    pairs = _pairs(row, [each for each in columns if each.key not in heads], speaker)
    if view.name == "charter" and row.cells["item"] == "provision":
        pairs.append((speaker.text("Rule"), _rule(row.cells["rule"], speaker)))
    return Card(Markup(" · ").join(heading), pairs, row.agreement, cites(row, speaker))


HEADINGS = {"charter": ("article", "matter", "kind"), "plan": ("phase", "condition"), "duties": ("matter",)}
"""The columns that make the heading of a card, where it is not the first ref."""


def _pairs(row: Row, columns: Iterable[Column], speaker: Speaker) -> list[tuple[Markup, Markup]]:
    """Each filled cell under the heading of its column."""
    filled = ((column, _cell(row.cells.get(column.key), column, speaker)) for column in columns)
    return [(speaker.say(column.heading), cell) for column, cell in filled if cell]


def _rule(rule: object, speaker: Speaker) -> Markup:
    """A typed rule in words; that there is none is said too."""
    if isinstance(rule, Rule):
        return speaker.say(asked(rule))
    return Markup("<em>{}</em>").format(speaker.text("words only: no rule is read out of them"))


def _rung(row: Row, columns: Iterable[Column], speaker: Speaker) -> Rung:
    """A step on a ladder: its day, what it is, then what else is told of it, the accounts last."""
    cells = row.cells
    told = [_told(each, speaker) for each in cells_of(cells.get("accounts"))]
    apart = ("kind", "extent", "effective", "accounts", "party", "channel")
    extent = speaker.code(str(cells["extent"])) if cells["extent"] is not None else Markup()
    pairs = _pairs(row, [each for each in columns if each.key not in apart], speaker)
    day = speaker.cell(cells["effective"])
    return Rung(day, speaker.code(str(cells["kind"])), extent, pairs, told, row.agreement, cites(row, speaker))


def _story(row: Row, speaker: Speaker) -> Story:
    cells = row.cells
    told = [_told(each, speaker) for each in cells_of(cells.get("accounts"))] or _alone(cells, speaker)
    what = cells.get("what") or cells.get("kind")
    about = [*cast("Iterable[str]", cells.get("about") or ())]
    return Story(
        day=speaker.cell(cells.get("effective")),
        what=speaker.code(what) if isinstance(what, str) else speaker.cell(what),
        about=speaker.links(about),
        words=speaker.cell(cells.get("words") or cells.get("note")),
        accounts=told,
        agreement=row.agreement,
        cites=cites(row, speaker),
    )


def _alone(cells: object, speaker: Speaker) -> list[Told]:
    """The account of a row that is one account."""
    source = cast("dict[str, object]", cells).get("source")
    return [_told(source, speaker)] if isinstance(source, dict) else []


def _told(cell: Cell, speaker: Speaker) -> Told:
    who = cell["speaker"] or cell["speaker_as"]
    party = cell["on_behalf_of"]
    source = cell["source"]
    values = cell.get("values")
    return Told(
        side=str(cell["side"]),
        who=speaker.for_whom(who, party),
        channel=speaker.cell(cell["channel"]),
        source=speaker.link(str(source)) if source is not None else speaker.text("no source"),
        standing=speaker.code(str(cell["standing"])) if cell["standing"] is not None else Markup(),
        said=speaker.cell(cell["said"]) if cell["said"] is not None else speaker.text("undated"),
        when=speaker.say(when_said(cell)),
        values=[speaker.value(each) for each in values.values()] if isinstance(values, dict) else [],
        entry=speaker.entry(str(cell["entry"])),
    )


def _sides(row: Row, speaker: Speaker) -> Sides:
    cells = row.cells
    sides = [*cells_of(cells["preferred"]), *cells_of(cells["others"]), *cells_of(cells["denials"])]
    fields = cast("tuple[str, ...]", cells["fields"])
    return Sides(
        what=speaker.code(str(cells["kind"])),
        about=speaker.links(cast("Iterable[str]", cells["about"])),
        day=speaker.cell(cells["effective"]),
        why=speaker.cell(cells["words"]),
        fields=[speaker.label(field) for field in fields] or [speaker.text("What it says")],
        accounts=[_told(each, speaker) for each in sides],
        cites=cites(row, speaker),
    )


def _figure(row: Row, view: View, speaker: Speaker) -> Figure:
    columns = {column.key: column for column in view.columns}
    cells = row.cells
    return Figure(
        name=str(cells["rule"]),
        number=speaker.cell(cells["count"]),
        rule=speaker.label(str(cells["rule"])),
        words=speaker.cell(cells["words"]),
        parties=speaker.links(cast("Iterable[Ref]", cells["parties"])),
        reported=speaker.in_column(cells["reported"] or None, columns["reported"]),
        numbers=_numbers(cells_of(cells["reported"]), speaker),
    )


def _numbers(reported: Iterable[Cell], speaker: Speaker) -> Markup:
    """The numbers that sources gave, each once."""
    numbers = sorted({cast("int", given["number"]) for given in reported})
    return speaker.listed(map(speaker.cell, numbers))


def cites(row: Row, speaker: Speaker) -> Markup:
    """Links to the entries behind a row, by number, after a word on whether they agree."""
    links = [speaker.entry(entry, number) for number, entry in enumerate(row.entries[:CITED], 1)]
    if len(row.entries) > CITED:
        links.append(markup(f"+{speaker.number(len(row.entries) - CITED)}"))
    said = [] if row.agreement == "agreed" else [speaker.code(row.agreement)]
    return markup(" ".join((*said, *links)))
