"""Editions: where a page lies among plain files, and that it says the same on all the days for which it lies there."""

import re
from itertools import pairwise

import pytest
from msgspec.structs import replace

from chancery.site.access import Library
from chancery.site.addresses import Address, NotThere
from chancery.site.days import days_of
from chancery.site.editions import Digests, Editions, Shown, editions_of
from chancery.site.pages import page_of
from chancery.site.publishing import parts_by_day
from chancery.site.rendering import html_of
from chancery.site.sections import Asked
from chancery.text import read_record
from chancery.values import Date
from tests.unit.site.asking import ROOT, library

BE = ("state", "be")
FIRST, SECOND, THIRD = (Date.of(f"2026-01-{day}").earliest for day in (16, 18, 20))


def editions(*langs: str) -> Editions:
    days = {"now": (THIRD + 9,), "on": (FIRST, SECOND, THIRD), "known": (THIRD,), "recorded": (SECOND,)}
    found = {("on", BE): (FIRST, THIRD), ("known", BE): (THIRD,), ("recorded", BE): (SECOND,)}
    return Editions(langs or ("en", "ar"), days, found, frozenset({BE}))  # type: ignore[arg-type]  # series


def at(when: str, *parts: str, face: str = "") -> str:
    base = Address.of(f"/ar/{when}/")
    return replace(base, files=editions()).at(*parts, face=face).path


@pytest.mark.parametrize(
    ("when", "parts", "path"),
    [
        ("2026-01-18", BE, "/ar/2026-01-16/state/be/"),
        ("2026-01-25", BE, "/ar/2026-01-20/state/be/"),
        ("2026-01-01", BE, "/ar/2026-01-16/state/be/"),
        ("2026-01-18,known=2026-01-18", BE, "/ar/2026-01-20,known=2026-01-20/state/be/"),
        ("now,recorded=2026-01-19", BE, "/ar/now,recorded=2026-01-18/state/be/"),
        ("now", BE, "/ar/now/state/be/"),
        ("2026-01-18", ("entry", "x"), "/ar/now/entry/x/"),
        ("2026-01-18", ("state", "fr"), "/ar/2026-01-18/state/fr/"),
    ],
)
def test_a_link_leads_to_the_last_edition_up_to_its_day(when: str, parts: tuple[str, ...], path: str) -> None:
    assert at(when, *parts) == path


@pytest.mark.parametrize(("face", "lang"), [("json", "en"), ("csv", "en"), ("md", "ar"), ("atom", "ar"), ("ics", "ar")])
def test_data_that_says_the_same_in_every_language_lies_once(face: str, lang: str) -> None:
    assert at("now", "standing", face=face) == f"/{lang}/now/standing.{face}"


def test_a_reader_stays_with_the_clock_in_which_it_reads() -> None:
    known = replace(Address.of("/en/2026-01-20,known=2026-01-20/state/be/"), files=editions())
    recorded = replace(Address.of("/en/now,recorded=2026-01-18/state/be/"), files=editions())
    assert known.on_day("2026-01-20").path == "/en/2026-01-20,known=2026-01-20/state/be/"
    assert recorded.on_day("2026-01-18").path == "/en/now,recorded=2026-01-18/state/be/"


def test_a_page_has_an_edition_when_it_begins_to_say_something_else() -> None:
    told: dict[int, dict[tuple[str, ...], bytes]]
    told = {1: {BE: b""}, 2: {BE: b"a"}, 3: {BE: b"a"}, 4: {BE: b"b"}, 5: {BE: b"a"}, 6: {BE: b""}}
    assert editions_of(told) == {BE: (2, 4, 5, 6)}


@pytest.mark.parametrize("path", ["/en/2026-01-16,recorded=2026-01-18/", "/en/2026-01-16,known=2026-01-18/"])
def test_a_reading_of_mixed_clocks_is_none_that_is_published(path: str) -> None:
    assert Shown.of(Address.of(path), THIRD) is None


def drawn(made: Library, day: int, parts: tuple[str, ...]) -> tuple[bytes, str]:
    """What tells whether a page says the same, and all that a reader reads of it but its own day."""
    address = Address(on=Date.ordinal(day).text, parts=parts)
    asked = Asked(made.register(address), made.ledger, address)
    try:
        page = page_of(asked)
    except NotThere:
        return b"", ""
    html = html_of(page, asked, made.reader(address))
    main = html[html.index("<main") : html.index("<footer")]
    said = re.sub(r"<[^>]*>", " ", main)
    return Digests(asked, ("en",)).of(page), re.sub(r"\d+ \w+ \d{4}", "DAY", said)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "every"), [("teaching", 5), ("teaching-meetings", 1)])
def test_what_is_told_alike_reads_alike(name: str, every: int) -> None:
    loaded = read_record(ROOT / "records" / name).record
    assert loaded is not None
    made, alike = library(loaded), 0
    for parts in parts_by_day(made.ledger):
        told = [drawn(made, day, parts) for day in days_of(made.ledger)[::every]]
        for (before, read_before), (after, read_after) in pairwise(told):
            assert before != after or read_before == read_after, parts
            alike += before == after
    assert alike > 0
