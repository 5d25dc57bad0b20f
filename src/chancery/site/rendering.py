"""Rendering: a page as HTML, in the language and direction of its address."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from msgspec.structs import replace

from chancery.languages import languages
from chancery.languages.locales import locale_of
from chancery.site.days import days_of
from chancery.site.pages import NAVIGATION, Asked, Page, Section
from chancery.site.speaking import Speaker
from chancery.site.worldmap import drawn
from chancery.values import Date, direction
from chancery.views.faces import clocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chancery.languages import Reader
    from chancery.ledger import Ledger
    from chancery.register import Register
    from chancery.site.addresses import Address
    from chancery.views import Column, Row

CITED = 6
"""Entries that a row cites by number; the rest are counted."""


class DrawnRow(NamedTuple):
    """A row in HTML."""

    cells: list[Markup]
    agreement: str
    cites: Markup


@cache
def environment() -> Environment:
    """The templates, escaping everything that is not markup already."""
    return Environment(
        loader=PackageLoader("chancery.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def html_of(page: Page, asked: Asked, reader: Reader) -> str:
    """A page as HTML."""
    address, register, ledger, sought = asked.address, asked.register, asked.ledger, asked.sought
    speaker = Speaker(reader, address)
    body = next(iter(register.head.bodies), None)
    record = speaker.cell(register.head.title) if str(register.head.title) else Markup("Chancery")
    return (
        environment()
        .get_template("page.html")
        .render(
            _=speaker.text,
            address=address,
            dir=direction(address.lang),
            title=speaker.say(page.title),
            record=record,
            body=body,
            home=address.at().path,
            on=address.on or register.reading.day.text,
            faces={face: _faced(address, face) for face in ("json", "csv", "md")},
            languages=[(lang, replace(address, lang=lang).path) for lang in languages()],
            endonyms={lang: endonym(lang) for lang in languages()},
            navigation=[
                (
                    address.at(*filter(None, [name])).path,
                    speaker.say(said),
                    address.parts[:1] == tuple(filter(None, [name])),
                )
                for name, said in NAVIGATION
            ],
            reading=speaker.say(clocks(register.reading)),
            lead=[speaker.say(each) for each in page.lead],
            sections=[_section(section, speaker, register, address) for section in page.sections],
            cite=address.path,
            days=_days(address, ledger, register, speaker),
            compare=address.at("compare").path,
            search=address.at("search").path,
            help=address.at("about").path,
            sought=sought,
        )
    )


def _days(address: Address, ledger: Ledger, register: Register, speaker: Speaker) -> dict[str, object]:
    """The days on which something changed: the one before the reading, the one after it, and all of them."""
    days, on = days_of(ledger), register.reading.on
    at = bisect_left(days, on)
    before = days[at - 1] if at else None
    after = next((day for day in days[at : at + 2] if day > on), None)
    return {
        "before": _day_link(address, before, speaker),
        "after": _day_link(address, after, speaker),
        "all": [Date.ordinal(day).text for day in days],
        "index": bisect_right(days, on) - 1,
    }


def _day_link(address: Address, day: int | None, speaker: Speaker) -> Markup:
    if day is None:
        return Markup("")
    date = Date.ordinal(day)
    return Markup('<a href="{}">{}</a>').format(replace(address, on=date.text).path, speaker.day(date))


@cache
def endonym(lang: str) -> str:
    """What a language calls itself."""
    said = locale_of(lang).get_display_name(lang) or lang
    return said.partition(" (")[0]


def _faced(address: Address, face: str) -> str:
    return replace(address, face=face, parts=address.parts or ("standing",)).path


def _section(section: Section, speaker: Speaker, register: Register, address: Address) -> dict[str, object]:
    drawing = drawn(register, speaker, address) if section.drawing == "map" else Markup("")
    view = section.view
    columns = [] if view is None else [column for column in view.columns if column.shown]
    return {
        "name": section.name,
        "title": speaker.say(section.title),
        "drawing": drawing,
        "said": [speaker.say(each) for each in section.said],
        "more": address.at(*section.more).path if section.more and section.more != address.parts else "",
        "table": view is not None,
        "headings": [*(speaker.say(column.heading) for column in columns), speaker.text("Entries")],
        "rows": [] if view is None else [_row(row, columns, speaker, address) for row in view.rows],
        "notes": [] if view is None else [speaker.say(note) for note in view.notes],
    }


def _row(row: Row, columns: Sequence[Column], speaker: Speaker, address: Address) -> DrawnRow:
    cells = [speaker.in_column(row.cells.get(column.key), column) for column in columns]
    return DrawnRow(cells, row.agreement, _cites(row, speaker, address))


def _cites(row: Row, speaker: Speaker, address: Address) -> Markup:
    """Links to the entries behind a row, by number, after a word on whether they agree."""
    links = [
        _link(address.at("entry", entry).path, str(number), entry)
        for number, entry in enumerate(row.entries[:CITED], 1)
    ]
    more = [] if len(row.entries) <= CITED else [Markup("+{}").format(len(row.entries) - CITED)]
    said = [] if row.agreement == "agreed" else [speaker.code(row.agreement)]
    return Markup(" ").join((*said, *links, *more))


def _link(href: str, said: str, title: str) -> Markup:
    return Markup('<a href="{}" title="{}">{}</a>').format(href, title, said)
