"""Feeds: what was told of a page's subject as Atom (RFC 4287), what meets or falls due as iCalendar (RFC 5545)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.exchange.atom import body_of, feed, instant, told_since, urn
from chancery.exchange.calendar import Event, days_of, due_key
from chancery.exchange.calendar import calendar as as_calendar
from chancery.exchange.markup import Element, element
from chancery.register import Account
from chancery.values import Date, Phrase, Ref, Tongues
from chancery.views import Scope
from chancery.views.cells import Cell, accounts_cell, refs_in, said_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from chancery.languages import Reader
    from chancery.register import Fact
    from chancery.site.sections import Asked
    from chancery.views import Row

MOST_NEWS = 200
"""Accounts in a feed, the latest, at the most."""


class News(Struct, frozen=True):
    """An account as news: since when it is told, and the fact that it belongs to."""

    told: str
    account: Account
    fact: Fact[Account]
    cell: Cell


def has_news(parts: tuple[str, ...]) -> bool:
    """Whether a page has a feed: the timeline, the disputes, and that of anybody or anything."""
    return parts in (("timeline",), ("disputes",)) or len(parts) == 2  # noqa: PLR2004  # a family and a name


def has_days(parts: tuple[str, ...]) -> bool:
    """Whether a page has a calendar: meetings, duties, and that of anybody or anything but an entry or a source."""
    return parts in (("meetings",), ("duties",)) or (len(parts) > 1 and parts[0] not in ("entry", "source"))


def atom(asked: Asked, title: str, reader: Reader) -> str:
    """The feed of a page: the accounts that it is about, the latest told first."""
    register, address = asked.register, asked.address
    news = sorted(_news(asked), key=lambda each: each.told, reverse=True)[:MOST_NEWS]
    return feed(
        f"{body_of(register)} {address.path}",
        title,
        news[0].told if news else instant(register.reading.day),
        reader.cell(register.head.title) or body_of(register),
        element("link", rel="self", href=address.path),
        element("link", rel="alternate", type="text/html", href=address.at(*address.parts).path),
        *(_entry(each, asked, reader) for each in news),
        lang=address.lang,
    ).decode()


def _news(asked: Asked) -> Iterator[News]:
    """The accounts that a page is about, each once, with the moment since which it is told, if any is known."""
    concerns, seen = _subject(asked.address.parts), set[str]()
    for fact in filter(concerns, asked.register.facts()):
        for account, cell in zip((*fact.accounts, *fact.denials), accounts_cell(fact, asked.register), strict=True):
            if account.id not in seen and (told := told_since(account, asked.register)) is not None:
                seen.add(account.id)
                yield News(told, account, fact, cell)


def _subject(parts: tuple[str, ...]) -> Callable[[Fact[Account]], bool]:
    """Whether a fact belongs on a page."""
    if parts == ("disputes",):
        return lambda fact: fact.agreement != "agreed"
    if parts[:1] == ("entry",):
        return lambda fact: parts[1] in fact.entries
    if parts[:1] == ("source",):
        return lambda fact: any(cite.source == f"source:{parts[1]}" for each in fact.accounts for cite in each.cites)
    if len(parts) > 1:
        return lambda fact: Ref(":".join(parts)) in refs_in(fact.act)
    return lambda _fact: True


def _entry(news: News, asked: Asked, reader: Reader) -> Element:
    account = news.account
    return element(
        "entry",
        element("id", urn(f"{body_of(asked.register)} {account.id}")),
        element("title", _headline(news, reader)),
        element("updated", news.told),
        element("link", rel="alternate", type="text/html", href=asked.address.of_entry(account.id).path),
        *(element("category", term=term) for term in (account.kind, news.fact.agreement)),
        element("author", element("name", reader.say(said_by(news.cell)))),
        element("summary", _summary(account, reader)),
    )


def _headline(news: News, reader: Reader) -> str:
    """What was done and whom it concerns, on which day; first of all whether that is denied or contested."""
    account = news.account
    whom = reader.joined(sorted(ref for ref in refs_in(account) if ref != account.speaker))
    mark = "" if news.fact.agreement == "agreed" else f"{reader.label(news.fact.agreement)}: "
    return f"{mark}{reader.label(account.kind)}{f': {whom}' if whom else ''} ({reader.date(account.effective)})"


def _summary(account: Account, reader: Reader) -> str:
    words = getattr(account, "words", None) or account.note
    return reader.words(words) if isinstance(words, Tongues) else words or ""


def calendar(asked: Asked, title: str, reader: Reader) -> str:
    """The calendar of a page: meetings, and what falls due or ends."""
    scope = _scope(asked.address.parts)
    events = (
        *(_meeting(row, reader) for row in asked.view("meetings", scope).rows),
        *(_due(row, reader) for row in asked.view("duties", scope).rows),
    )
    return as_calendar(asked.register, title, [each for each in events if each is not None]).decode()


def _scope(parts: tuple[str, ...]) -> Scope:
    if len(parts) < 2:  # noqa: PLR2004  # a family and a name
        return Scope()
    ref = Ref(":".join(parts))
    return Scope(body=ref) if parts[0] == "body" else Scope(party=ref)


def _meeting(row: Row, reader: Reader) -> Event | None:
    """A meeting on the day on which it was held, else on that for which it is called."""
    cells, day = row.cells, row.cells["held"] or row.cells["convened"]
    body, meeting = (reader.name(str(cells[key])) for key in ("body", "meeting"))
    said = f"{body}: {meeting}" if cells["meeting"] else body
    return _event(row, day, str(cells["meeting"] or row.entries[:1]), said, "MEETING")


def _due(row: Row, reader: Reader) -> Event | None:
    """What is due or ends, by whom, and how that stands."""
    cells = row.cells
    matter, owed = cells["matter"], cells["owed_by"]
    by = f" ({reader.joined(owed)})" if isinstance(owed, tuple) and owed else ""
    said = reader.say(matter) if isinstance(matter, Phrase) else reader.cell(matter)
    summary = f"{reader.label(str(cells['sort']))}: {said}{by} [{reader.label(str(cells['status']))}]"
    key = due_key(str(cells["sort"]), row.entries[0], cells["what"], cells["number"])
    return _event(row, cells["due"], key, summary, "DUTY")


def _event(row: Row, day: object, key: str, summary: str, category: str) -> Event | None:
    """A whole day, or all the days on which it may be; what has no bounds has no place in a calendar."""
    if not isinstance(day, Date) or (days := days_of(day)) is None:
        return None
    first, last = days
    doubtful = row.agreement != "agreed" or not day.exact
    return Event(key=key, summary=summary, first=first, last=last, category=category, doubtful=doubtful)
