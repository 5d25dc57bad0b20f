"""An entry by itself: what it says field by field, and where in its sources it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.acts import fields_of
from chancery.values import Date, Instant, Money, Phrase, Tongues, phrase
from chancery.views.base import Column, Row, View, label
from chancery.views.cells import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.acts import Act
    from chancery.register import Register

FIELDS: tuple[Column, ...] = (
    Column("field", phrase("Field"), "phrase", about="the field"),
    Column("says", phrase("What it says"), "phrase", about="what the account says in it"),
)

CITED: tuple[Column, ...] = (
    Column("source", phrase("Source"), "ref", about="the source"),
    Column("place", phrase("Where in it"), "phrase", about="article, page, and the words themselves if kept"),
    Column("standing", phrase("Judged"), "code", about="how the source is judged"),
    Column("said", phrase("Published"), "date", about="the day on its face; null where none is visible"),
    Column("digest", phrase("Digest"), about="SHA-256 of the archived copy, in hex; null where there is none"),
)

ELSEWHERE = frozenset({"kind", "cites", "replaces"})
"""Fields that a page shows in another way."""


def entry_fields(act: Act) -> View:
    """What an account says, field by field, in the order of its kind; what it leaves out is left out."""
    rows = tuple(
        Row({"field": label(each.name), "says": said}, entries=(act.id,))
        for each in fields_of(type(act))
        if each.name not in ELSEWHERE and (said := _said(getattr(act, each.name))) is not None
    )
    return View("entry", phrase("What it says"), FIELDS, rows)


def _said(value: object) -> Phrase | None:
    if isinstance(value, (str, int, tuple, Date, Instant, Money, Tongues)) and not _holds_tables(value):
        return spoken(value)
    return None


def _holds_tables(value: object) -> bool:
    return isinstance(value, tuple) and any(isinstance(each, Struct) for each in value)


def entry_sources(register: Register, act: Act) -> View:
    """Where in which source an account is written."""
    return View("sources-of-entry", phrase("Where it is written"), CITED, tuple(_cited(register, act)))


def _cited(register: Register, act: Act) -> Iterator[Row]:
    for cite in act.cites:
        source = register.sources.get(cite.source)
        cells = {
            "source": cite.source,
            "place": spoken(tuple(filter(None, (cite.article, cite.page, cite.quote.exact if cite.quote else None)))),
            "standing": source.standing if source is not None else None,
            "said": source.published if source is not None else None,
            "digest": source.digest if source is not None else None,
        }
        yield Row(cells, entries=(act.id,))
