"""Atom (RFC 4287) of changes: every account that is in force, the latest told first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from msgspec import Struct

from chancery.acts import data_of
from chancery.exchange.base import WHOLE
from chancery.exchange.gathering import written
from chancery.exchange.markup import Element, document, element
from chancery.exchange.plain import text_of
from chancery.exchange.tables import cell_text
from chancery.languages.names import NameBook
from chancery.values import FUTURE, PAST, Date, Ref
from chancery.views.base import label
from chancery.views.cells import refs_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.exchange.base import Parts
    from chancery.register import Account, Fact, Register

NAMESPACE = "http://www.w3.org/2005/Atom"

UNSAID = ("id", "kind", "cites", "recorded")
"""Fields that stand elsewhere in an entry of the feed."""


class News(Struct, frozen=True):
    """An account, the fact to which it belongs, and since when it is told."""

    told: str
    place: int
    fact: Fact[Account]
    account: Account


def write_atom(register: Register) -> Parts:
    """The feed of a register."""
    news = sorted(_news(register), key=lambda each: (each.told, each.place), reverse=True)
    body, clocks, book = body_of(register), register.reading.clocks(), NameBook(register)
    title = text_of(register.head.title) or body
    about = element("subtitle", ", ".join(f"{name} {text}" for name, text in clocks.items() if text))
    updated = news[0].told if news else instant(register.reading.day)
    return {WHOLE: feed(f"{body} feed", title, updated, title, about, *(_entry(each, register, book) for each in news))}


def feed(name: str, title: str, updated: str, author: str, *inside: Element, lang: str | None = None) -> bytes:
    """A feed: what names it for ever, its title, the moment of its last news, whose it is, and its entries."""
    made = element(
        "feed",
        element("id", urn(name)),
        element("title", title),
        element("updated", updated),
        element("author", element("name", author)),
        element("generator", "Chancery"),
        *inside,
        xmlns=NAMESPACE,
        **{"xml:lang": lang},
    )
    return document(made)


def body_of(register: Register) -> str:
    """What names a record in identifiers: the body that it is first of all about."""
    return register.head.bodies[0] if register.head.bodies else "record"


def urn(text: str) -> str:
    """An identifier that stays the same for the same text."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, text)}"


def _news(register: Register) -> Iterator[News]:
    """Every account with the moment since which it is told; one of which no such moment is known is left out."""
    place = 0
    for fact in register.facts():
        for account in fact.accounts:
            place += 1
            told = told_since(account, register)
            if told is not None:
                yield News(told, place, fact, account)


def told_since(account: Account, register: Register) -> str | None:
    """When an account was recorded, else the day on its source, else the day on which that was read."""
    if account.recorded is not None:
        return account.recorded.utc
    for cite in account.cites:
        source = register.sources[cite.source]
        for day in (source.published, source.retrieved, register.head.retrieved):
            if day is not None and PAST < day.latest < FUTURE:
                return instant(Date.ordinal(day.latest))
    return register.head.recorded.utc if register.head.recorded is not None else None


def instant(day: Date) -> str:
    """The beginning of a day; where it is not one day, the end of time."""
    return f"{day.text if day.exact else '9999-12-31'}T00:00:00Z"


def _entry(news: News, register: Register, book: NameBook) -> Element:
    account, fact = news.account, news.fact
    places = [each for each in written((fact,), register) if each.entry == account.id]
    speaker = account.speaker
    who = book.spoken(speaker, "en") if speaker is not None else account.speaker_as
    return element(
        "entry",
        element("id", urn(f"{body_of(register)} {account.id}")),
        element("title", _title(news, book)),
        element("updated", news.told),
        element("author", element("name", who or (places[0].title if places else account.id))),
        *(element("category", term=term) for term in (account.kind, fact.agreement)),
        *(element("link", rel="via", href=each.uri, title=each.title) for each in places),
        element("content", "\n".join((*_said(account), *(each.words for each in places))), type="text"),
    )


def _title(news: News, book: NameBook) -> str:
    """What was done, whom it concerns, when; first of all whether that is denied or contested."""
    account, agreement = news.account, news.fact.agreement
    mark = "" if agreement == "agreed" else f"{agreement.capitalize()}: "
    whom = ", ".join(sorted(book.spoken(Ref(ref), "en") for ref in refs_in(account) if ref != account.speaker))
    return f"{mark}{label(account.kind)}{f': {whom}' if whom else ''} ({account.effective})"


def _said(account: Account) -> Iterator[str]:
    """Every field that the account states."""
    for name, value in data_of(account).items():
        if name not in UNSAID:
            yield f"{name}: {cell_text(list(value) if isinstance(value, tuple) else value)}"
