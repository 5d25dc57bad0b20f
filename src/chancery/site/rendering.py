"""Rendering: a page as HTML, in the language and direction of its address."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from msgspec.structs import replace

from chancery.languages import languages
from chancery.languages.locales import locale_of
from chancery.site.addresses import APART, Address
from chancery.site.charts import chart
from chancery.site.days import days_of
from chancery.site.faces import faces
from chancery.site.layouts import laid_out
from chancery.site.linked import linked
from chancery.site.pages import NAVIGATION
from chancery.site.speaking import Speaker
from chancery.site.worldmap import drawn
from chancery.values import Date, direction
from chancery.views.faces import clocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chancery.languages import Reader
    from chancery.site.sections import Asked, Page, Section
    from chancery.values import Problem

PROBLEMS_SHOWN = 20
"""Faults of a record that a page shows."""


@cache
def environment() -> Environment:
    """The templates, escaping everything that is not markup already."""
    return Environment(
        loader=PackageLoader("chancery.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def html_of(page: Page, asked: Asked, reader: Reader, problems: Sequence[Problem] = ()) -> str:
    """A page as HTML."""
    speaker = Speaker(reader, asked.address)
    template = "small.html" if asked.address.parts[:1] == ("small",) else "page.html"
    return (
        environment()
        .get_template(template)
        .render(
            _=speaker.text,
            address=asked.address,
            dir=direction(asked.address.lang),
            title=speaker.say(page.title),
            lead=[speaker.say(each) for each in page.lead],
            sections=[_section(section, speaker, asked) for section in page.sections],
            form=page.form,
            sought=asked.sought,
            problems=[speaker.say(each.phrase) for each in problems[:PROBLEMS_SHOWN]],
            days=_days(asked, speaker),
            **_around(page, asked, speaker),
        )
    )


def _around(page: Page, asked: Asked, speaker: Speaker) -> dict[str, object]:
    """What stands around the content: where one is, and where one can go."""
    address, register = asked.address, asked.register
    here = address.parts[:1]
    day = register.reading.day
    title = register.head.title
    return {
        "record": speaker.cell(title) if str(title) else Markup("Chancery"),
        "reading": speaker.say(clocks(register.reading)),
        "on": address.on[:10] or day.text,
        "now": replace(address, on="", known="", recorded="").path,
        "home": address.at().path,
        "search": address.at("search").path,
        "compare": address.at("compare").path,
        "help": address.at("about").path,
        "small": address.at("small").path,
        "history": address.of_ref(page.about).path + "#timeline" if page.about else address.at("timeline").path,
        "checkpoint": asked.log.checkpoint() if asked.log is not None else None,
        "cite": _cited(address, day),
        "faces": faces(page, address),
        "linked": linked(page, asked, speaker.names),
        "languages": [(lang, replace(address, lang=lang).path) for lang in languages()],
        "endonyms": {lang: endonym(lang) for lang in languages()},
        "navigation": [
            (address.at(*filter(None, [name])).path, speaker.say(said), here == tuple(filter(None, [name])))
            for name, said in NAVIGATION
        ],
        "calendar": str(speaker.locale).replace("_", "-"),
    }


CLOCKS = ("on", "known", "recorded")


def _cited(address: Address, day: Date) -> str:
    """The address that stays: with all three clocks; among files the page's own, since nobody answers to clocks."""
    if address.files:
        return address.path
    return replace(address, **{clock: getattr(address, clock) or day.text for clock in CLOCKS}).path


def _days(asked: Asked, speaker: Speaker) -> dict[str, object]:
    """The days on which something changed: the one before the reading, the one after it, and all of them."""
    address, on = asked.address, asked.register.reading.on
    days = () if address.files and address.parts[:1] in APART else tuple(_between(asked))
    at = bisect_left(days, on)
    before = days[at - 1] if at else None
    after = next((day for day in days[at : at + 2] if day > on), None)
    stem, _, rest = replace(address, on="0000-01-01").path.partition("0000-01-01")
    return {
        "before": _day_link(address, before, speaker),
        "after": _day_link(address, after, speaker),
        "all": _texts(days),
        "index": bisect_right(days, on) - 1,
        "stem": stem,
        "rest": rest,
        "links": _changes(asked, speaker) if address.parts == ("compare",) else [],
    }


def _between(asked: Asked) -> Sequence[int]:
    return days_of(asked.ledger) if asked.days is None else asked.days


def _changes(asked: Asked, speaker: Speaker) -> list[tuple[Markup, str]]:
    """Every day between which a reader moves, the latest first, and the way to what changed on it."""
    days, found = _between(asked), []
    for before, day in zip((None, *days), days, strict=False):
        pair = () if before is None else (Date.ordinal(before).text, Date.ordinal(day).text)
        found.append(
            (_day_link(asked.address.at(), day, speaker), asked.address.at("compare", *pair).path if pair else "")
        )
    return found[::-1]


@cache
def _texts(days: tuple[int, ...]) -> list[str]:
    return [Date.ordinal(day).text for day in days]


def _day_link(address: Address, day: int | None, speaker: Speaker) -> Markup:
    if day is None:
        return Markup()
    date = Date.ordinal(day)
    return Markup('<a href="{}">{}</a>').format(replace(address, on=date.text).path, speaker.day(date))


@cache
def endonym(lang: str) -> str:
    """What a language calls itself."""
    said = locale_of(lang).get_display_name(lang) or lang
    return said.partition(" (")[0]


def _section(section: Section, speaker: Speaker, asked: Asked) -> dict[str, object]:
    return {
        "name": section.name,
        "title": speaker.say(section.title),
        "drawing": _drawing(section, speaker, asked),
        "said": [speaker.say(each) for each in section.said],
        "more": asked.address.at(*section.more).path if section.more and section.more != asked.address.parts else "",
        "number": speaker.number,
        "receipt": section.receipt,
        **laid_out(section, speaker),
    }


def _drawing(section: Section, speaker: Speaker, asked: Asked) -> Markup:
    if section.drawing == "map":
        return drawn(asked, speaker)
    if section.drawing == "oversight" and section.view is not None:
        return chart(section.view, asked.address.parts, speaker)
    return Markup()
