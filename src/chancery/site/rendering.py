"""Rendering: a page as HTML, in the language and direction of its address."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from msgspec.structs import replace

from chancery.languages import Reader, languages
from chancery.languages.locales import locale_of
from chancery.site import memento
from chancery.site.addresses import NOW, SMALL, Address
from chancery.site.charts import chart
from chancery.site.days import days_of
from chancery.site.faces import faces
from chancery.site.layouts import laid_out
from chancery.site.linked import linked
from chancery.site.pages import NAVIGATION
from chancery.site.papers import papered
from chancery.site.speaking import Speaker
from chancery.site.worldmap import drawn
from chancery.values import Date, direction, phrase
from chancery.views.faces import clocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chancery.register import Reading, Register
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


def refused(status: int, path: str, lang: str) -> str:
    """A page that says in a language why there is none at an address, and where to go on."""
    template, home = environment().get_template("problem.html"), Address(lang=lang).path
    return template.render(_=Reader(lang).text, status=status, path=path, lang=lang, dir=direction(lang), home=home)


def html_of(page: Page, asked: Asked, reader: Reader, problems: Sequence[Problem] = ()) -> str:
    """A page as HTML."""
    speaker = Speaker(reader, asked.address)
    template = "small.html" if asked.address.parts[:1] == SMALL else "page.html"
    return speaker.placed(
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
        "cited": speaker.say(clocks(_read(address, register))),
        "on": address.on[:10] or day.text,
        "now": replace(address, on="", known="", recorded="").path,
        "home": address.at().path,
        "search": address.at("search").path,
        "compare": address.at("compare").path,
        "help": address.at("about").path,
        "small": address.at(*SMALL, *(address.parts if address.files is None else ())).path,
        "whole": address.at(*address.parts[1:]).path,
        "timemap": memento.file_of(address),
        "history": _history(page, address),
        "checkpoint": asked.log.checkpoint() if asked.log is not None else None,
        "cite": _clocked(address, day).path,
        "faces": faces(page, address),
        "linked": linked(page, asked, speaker.names),
        "languages": [(lang, replace(address, lang=lang).path) for lang in _langs(address)],
        "endonyms": {lang: endonym(lang) for lang in _langs(address)},
        "navigation": [
            (address.at(*filter(None, [name])).path, speaker.say(said), here == tuple(filter(None, [name])))
            for name, said in NAVIGATION
        ],
        "calendar": str(speaker.locale).replace("_", "-"),
    }


def _history(page: Page, address: Address) -> str:
    """Where every change of what a page is about stands: on the page itself, else among all changes."""
    own = next((each.name for each in page.sections if each.name in ("timeline", "rests")), None)
    return address.at("timeline").path if own is None else f"{address.path}#{own}"


def _langs(address: Address) -> tuple[str, ...]:
    """The languages in which a page can be read."""
    return languages() if address.files is None else address.files.langs


CLOCKS = ("on", "known", "recorded")


def _clocked(address: Address, day: Date) -> Address:
    """The address that stays: with all three clocks; among files the page's own, since nobody answers to clocks."""
    if address.files is not None:
        return address.files.cited(address)
    return replace(address, **{clock: getattr(address, clock) or day.text for clock in CLOCKS})


def _read(address: Address, register: Register) -> Reading:
    """The reading that is cited: with all three clocks, where there is somebody who answers to them."""
    reading = register.reading
    return reading if address.files is not None else _clocked(address, reading.day).reading(reading.day.text)


def _days(asked: Asked, speaker: Speaker) -> dict[str, object]:
    """The days on which something changed: the one before the reading, the one after it, and all of them."""
    address, on = asked.address, asked.register.reading.on
    days = () if address.files is not None and address.is_apart else tuple(_between(asked))
    at = bisect_left(days, on)
    before = days[at - 1] if at else None
    after = next((day for day in days[at : at + 2] if day > on), None)
    stem, _, rest = replace(address, on="0000-01-01").path.partition("0000-01-01")
    return {
        "before": _day_link(address, before, speaker),
        "after": _day_link(address, after, speaker),
        "all": [] if address.files is not None and (address.known or address.recorded) else _texts(days),
        "other": _other(address, speaker),
        "until": _until(address, asked, after, speaker),
        "index": bisect_right(days, on) - 1,
        "stem": stem,
        "rest": rest,
        "links": _changes(asked, speaker) if address.parts == ("compare",) else [],
    }


def _other(address: Address, speaker: Speaker) -> Markup:
    """Among files: the way from what is known now of a day to what was known on it, and back."""
    other = None if address.files is None else address.files.other(address)
    if other is None:
        return Markup()
    said = speaker.say(clocks(other.reading(other.on)))
    return Markup('<a href="{}">{}</a>').format(other.path, said)


def _until(address: Address, asked: Asked, after: int | None, speaker: Speaker) -> Markup:
    """Among files: the last day on which a page of a past day says the same as on its own."""
    on = asked.register.reading.on
    if address.files is None or after is None or after == on + 1 or address.when == NOW:
        return Markup()
    span = phrase("between {start} and {end}", start=Date.ordinal(on), end=Date.ordinal(after - 1))
    return speaker.say(phrase("Nothing changed {span}.", span=span))


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
    return Markup('<a href="{}">{}</a>').format(address.on_day(date.text).path, speaker.day(date))


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
        "paper": papered(section.paper, speaker) if section.paper is not None else None,
        **laid_out(section, speaker),
    }


def _drawing(section: Section, speaker: Speaker, asked: Asked) -> Markup:
    if section.drawing == "map":
        return drawn(asked, speaker)
    if section.drawing == "oversight" and section.view is not None:
        return chart(section.view, asked.address.parts, speaker)
    return Markup()
