"""Layouts: the rows of a view as a template shows them, each cell in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from markupsafe import Markup

from chancery.rules.standing import STANDINGS
from chancery.site.articles import articles, versions
from chancery.site.claims import claims
from chancery.site.sections import GROUPED_BY, KEPT, Layout, Section
from chancery.site.told import Told, all_told, cites, line_of, told_of
from chancery.values import FUTURE, Date, Ref, phrase
from chancery.views.base import EMPTY
from chancery.views.cells import cells_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from chancery.site.speaking import Speaker
    from chancery.views import Column, Row, View


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
    layout = section.laid_out
    shared = {"layout": layout, "notes": [speaker.say(note) for note in view.notes]}
    if layout in APART:
        return {**shared, "rows": APART[layout](view, speaker)}
    if layout in ("groups", "ladder"):
        return {**shared, **_groups(view, layout, speaker)}
    columns = shown_columns(view)
    if layout == "table":
        table = Tabled.of(view, columns)
        return {**shared, **table.head(speaker), "rows": [table.row(row, speaker) for row in view.rows]}
    return {**shared, "rows": [_laid(layout, row, view, columns, speaker) for row in view.rows]}


APART: dict[Layout, Callable[[View, Speaker], Sequence[object]]] = {
    "articles": articles,
    "versions": versions,
    "claims": claims,
}
"""What lays out the rows of a view together."""


def _laid(layout: Layout, row: Row, view: View, columns: Sequence[Column], speaker: Speaker) -> object:
    """A row in a layout that takes each by itself, and is no table."""
    match layout:
        case "cards":
            return _card(row, view, columns, speaker)
        case "story":
            return _story(row, speaker)
        case "sides":
            return _sides(row, speaker)
        case _:
            return _figure(row, view, speaker)


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


USUAL = {"holds": "yes"}
"""What is so of most rows, and is said of the others only."""


class Tabled(NamedTuple):
    """The columns of a table, and those whose cells stand together in a last one."""

    kept: list[Column]
    besides: list[Column]

    @classmethod
    def of(cls, view: View, columns: Sequence[Column], without: Sequence[str] = ()) -> Tabled:
        """The columns of a view but some, as far as they are filled."""
        order = KEPT.get(view.name) or tuple(each.key for each in columns)
        here = [each for each in columns if each.key not in without]
        kept = sorted((each for each in here if each.key in order), key=lambda each: order.index(each.key))
        return cls(kept, [each for each in here if each.key not in order])

    def head(self, speaker: Speaker) -> dict[str, object]:
        """What stands above each column, and whether the last one is of several."""
        headings = [speaker.say(each.heading) for each in self.kept]
        last = [speaker.text("Besides")] if self.besides else []
        return {"headings": [*headings, *last], "besides": bool(last)}

    def row(self, row: Row, speaker: Speaker) -> Shown:
        """A row: each cell, then what else it says, under its headings; a total says that it is one."""
        cells = [_cell(row.cells.get(column.key), column, speaker) for column in self.kept]
        if row.cells.get("item") == "total":
            cells[0] = speaker.code("total")
        if self.besides:
            unusual = [each for each in self.besides if row.cells.get(each.key) != USUAL.get(each.key)]
            cells.append(_besides(_pairs(row, unusual, speaker), cells[0]))
        return Shown(cells, row.agreement, cites(row, speaker))


def _besides(pairs: Iterable[tuple[Markup, Markup]], first: Markup) -> Markup:
    """Cells under their headings in one; what only says again what the row is of is left out."""
    line = Markup("<div><i>{}</i> {}</div>")
    return Markup().join(line.format(*pair) for pair in pairs if pair[1].striptags() != first.striptags())


def _groups(view: View, layout: Layout, speaker: Speaker) -> dict[str, object]:
    keys = GROUPED_BY[view.name]
    by_key = {each.key: each for each in view.columns}
    columns, shown = [by_key[key] for key in keys], shown_columns(view)
    table = Tabled.of(view, shown, (*keys, "item"))
    rungs = [each for each in shown if each.key not in keys]
    found: dict[tuple[object, ...], list[Any]] = {}
    rows = sorted(view.rows, key=_day) if layout == "ladder" else view.rows
    for row in sorted(rows, key=lambda row: _group_place(row.cells.get(keys[0]))):
        made = _rung(row, rungs, speaker) if layout == "ladder" else table.row(row, speaker)
        found.setdefault(tuple(row.cells.get(key) for key in keys), []).append(made)
    groups = [
        Group("-".join((view.name, *(str(each) for each in codes if each))), _heading(codes, columns, speaker), rows)
        for codes, rows in found.items()
    ]
    return {**table.head(speaker), "rows": groups}


def _day(row: Row) -> int:
    day = row.cells.get("effective")
    return day.latest if isinstance(day, Date) else FUTURE


def _heading(codes: Iterable[object], columns: Iterable[Column], speaker: Speaker) -> Markup:
    """What rows have in common; of a standing, that there is none is said too."""
    cells = [speaker.in_column(code, column) for code, column in zip(codes, columns, strict=True)]
    return Markup(" · ").join(filter(None, cells)) or speaker.text("no standing")


STATUSES = ("overdue", "due", "upcoming", "undated")


def _group_place(code: object) -> int:
    """Standings from the strongest, duties from what is overdue; others in the order in which they come."""
    order: tuple[object, ...] = STATUSES if code in STATUSES else STANDINGS
    return order.index(code) if code in order else len(STANDINGS)


def _cell(value: object, column: Column, speaker: Speaker) -> Markup:
    """A cell; of many accounts the first is shown, the rest can be opened."""
    if column.key != "accounts":
        return speaker.in_column(value, column)
    told = all_told(value, speaker)
    if not told:
        return Markup()
    lines = [line_of(each, speaker) for each in told]
    if len(lines) == 1:
        return lines[0]
    more = speaker.say(phrase("and {n:number} more", n=len(lines) - 1))
    return Markup("{} <details><summary>{}</summary>{}</details>").format(
        lines[0], more, speaker.items(lines[1:], always=True)
    )


def _card(row: Row, view: View, columns: Sequence[Column], speaker: Speaker) -> Card:
    """A row under the cells that name it."""
    heads = HEADINGS.get(view.name) or tuple(each.key for each in columns if each.sort == "ref")[:1]
    by_key = {each.key: each for each in columns}
    heading = [cell for key in heads if key in by_key and (cell := _cell(row.cells.get(key), by_key[key], speaker))]
    pairs = _pairs(row, [each for each in columns if each.key not in heads], speaker)
    return Card(Markup(" · ").join(heading), pairs, row.agreement, cites(row, speaker))


HEADINGS = {"charter": ("matter", "article"), "plan": ("plan",)}
"""The columns that make the heading of a card, where it is not the first ref."""


def _pairs(row: Row, columns: Iterable[Column], speaker: Speaker) -> list[tuple[Markup, Markup]]:
    """Each filled cell under the heading of its column."""
    filled = ((column, _cell(row.cells.get(column.key), column, speaker)) for column in columns)
    return [(speaker.say(column.heading), cell) for column, cell in filled if cell]


def _rung(row: Row, columns: Iterable[Column], speaker: Speaker) -> Rung:
    """A step on a ladder: its day, what it is, then what else is told of it, the accounts last."""
    cells = row.cells
    told = all_told(cells.get("accounts"), speaker)
    apart = ("kind", "extent", "effective", "accounts", "party", "channel")
    extent = speaker.code(str(cells["extent"])) if cells["extent"] is not None else Markup()
    pairs = _pairs(row, [each for each in columns if each.key not in apart], speaker)
    day = speaker.cell(cells["effective"])
    return Rung(day, speaker.code(str(cells["kind"])), extent, pairs, told, row.agreement, cites(row, speaker))


def _story(row: Row, speaker: Speaker) -> Story:
    cells = row.cells
    told = all_told(cells.get("accounts"), speaker) or _alone(cells, speaker)
    what = cells.get("what") or cells.get("kind")
    about = [*cast("Iterable[str]", cells.get("about") or _subject(cells))]
    return Story(
        day=speaker.cell(cells.get("effective")),
        what=speaker.code(what) if isinstance(what, str) else speaker.cell(what),
        about=speaker.links(about),
        words=speaker.cell(cells.get("words") or cells.get("note")),
        accounts=told,
        agreement=row.agreement,
        cites=cites(row, speaker),
    )


def _subject(cells: Mapping[str, object]) -> list[str]:
    """What an act on an instrument is about: the instrument, and whoever acted."""
    return [str(cells[key]) for key in ("instrument", "by") if cells.get(key) is not None]


def _alone(cells: object, speaker: Speaker) -> list[Told]:
    """The account of a row that is one account."""
    source = cast("dict[str, object]", cells).get("source")
    return [told_of(source, speaker)] if isinstance(source, dict) else []


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
        accounts=[told_of(each, speaker) for each in sides],
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


def _numbers(reported: Iterable[dict[str, object]], speaker: Speaker) -> Markup:
    """The numbers that sources gave, each once."""
    numbers = sorted({cast("int", given["number"]) for given in reported})
    return speaker.listed(map(speaker.cell, numbers))
