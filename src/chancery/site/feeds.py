"""Feeds: what was told of a page's subject as Atom (RFC 4287), what meets or falls due as iCalendar (RFC 5545)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from msgspec import Struct

from chancery.register import Account
from chancery.values import FUTURE, PAST, Date, Phrase, Ref, Tongues
from chancery.views import Scope
from chancery.views.cells import Cell, accounts_cell, refs_in, said_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from chancery.languages import Reader
    from chancery.register import Fact
    from chancery.site.sections import Asked
    from chancery.views import Row

ATOM = "http://www.w3.org/2005/Atom"

MOST_NEWS = 200
"""Accounts in a feed, the latest, at the most."""

LAST_DAY = Date.of("9999-12-31").latest

FOLD = 75
"""Bytes of a line of a calendar, its end apart, at the most (RFC 5545, 3.1)."""

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no document of XML may hold (XML 1.0, 2.2)."""

_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_ESCAPED = str.maketrans({**dict.fromkeys(map(chr, (*range(0x20), 0x7F))), **_ESCAPES})


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
    news = sorted(_news(asked), key=lambda each: each.told, reverse=True)[:MOST_NEWS]
    address, body = asked.address, asked.body or "record"
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": address.lang})
    _texts(
        feed,
        id=_urn(f"{body} {address.path}"),
        title=title,
        updated=news[0].told if news else _instant(min(asked.register.reading.on, LAST_DAY)),
    )
    SubElement(feed, "link", rel="self", href=address.path)
    SubElement(feed, "link", rel="alternate", type="text/html", href=address.at(*address.parts).path)
    _texts(SubElement(feed, "author"), name=reader.cell(asked.register.head.title) or str(body))
    _texts(feed, generator="Chancery")
    for each in news:
        _entry(SubElement(feed, "entry"), each, asked, reader)
    indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode") + "\n"


def _texts(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)


def _urn(text: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, text)}"


def _news(asked: Asked) -> Iterator[News]:
    """The accounts that a page is about, each once, with the moment since which it is told, if any is known."""
    concerns, seen = _subject(asked.address.parts), set[str]()
    for fact in filter(concerns, asked.register.facts()):
        for account, cell in zip((*fact.accounts, *fact.denials), accounts_cell(fact, asked.register), strict=True):
            if account.id not in seen and (told := _told(account, cell, asked)) is not None:
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


def _told(account: Account, cell: Cell, asked: Asked) -> str | None:
    """When it was recorded by itself, else the day on its source, else when the whole record was."""
    if account.recorded is not None:
        return account.recorded.utc
    said = cell["said"]
    if isinstance(said, Date) and PAST < said.latest < FUTURE:
        return _instant(said.latest)
    whole = asked.register.head.recorded
    return whole.utc if whole is not None else None


def _instant(day: int) -> str:
    return f"{Date.ordinal(day).text}T00:00:00Z"


def _entry(entry: Element, news: News, asked: Asked, reader: Reader) -> None:
    account, fact = news.account, news.fact
    _texts(entry, id=_urn(f"{asked.body or 'record'} {account.id}"), title=_headline(news, reader), updated=news.told)
    SubElement(entry, "link", rel="alternate", type="text/html", href=asked.address.of_entry(account.id).path)
    SubElement(entry, "category", term=account.kind)
    SubElement(entry, "category", term=fact.agreement)
    _texts(SubElement(entry, "author"), name=reader.say(said_by(news.cell)))
    _texts(entry, summary=_summary(account, reader))


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
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Chancery//site//EN", f"X-WR-CALNAME:{escaped(title)}"]
    scope = _scope(asked.address.parts)
    for row in asked.view("meetings", scope).rows:
        lines.extend(_event(asked, row, row.cells["held"] or row.cells["convened"], _met(row, reader)))
    for row in asked.view("duties", scope).rows:
        lines.extend(_event(asked, row, row.cells["due"], _owed(row, reader)))
    return "".join(map(folded, [*lines, "END:VCALENDAR"]))


def _scope(parts: tuple[str, ...]) -> Scope:
    if len(parts) < 2:  # noqa: PLR2004  # a family and a name
        return Scope()
    ref = Ref(":".join(parts))
    return Scope(body=ref) if parts[0] == "body" else Scope(party=ref)


def _met(row: Row, reader: Reader) -> str:
    body, meeting = (reader.name(str(row.cells[key])) for key in ("body", "meeting"))
    return f"{body}: {meeting}" if row.cells["meeting"] else body


def _owed(row: Row, reader: Reader) -> str:
    """What is due or ends, by whom, and how that stands."""
    matter, owed = row.cells["matter"], row.cells["owed_by"]
    by = f" ({reader.joined(owed)})" if isinstance(owed, tuple) and owed else ""
    said = reader.say(matter) if isinstance(matter, Phrase) else reader.cell(matter)
    return f"{reader.label(str(row.cells['sort']))}: {said}{by} [{reader.label(str(row.cells['status']))}]"


def _event(asked: Asked, row: Row, day: object, summary: str) -> Iterator[str]:
    """A whole day, or all the days on which it may be; what has no bounds has no place in a calendar."""
    if not isinstance(day, Date) or day.earliest <= PAST or day.latest >= LAST_DAY:
        return
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(NAMESPACE_URL, f'{asked.body} {summary} {row.entries[:1]}')}"
    yield f"DTSTAMP:{_basic(min(asked.register.reading.on, LAST_DAY))}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_basic(day.earliest)}"
    yield f"DTEND;VALUE=DATE:{_basic(day.latest + 1)}"
    yield f"SUMMARY:{escaped(summary)}"
    doubtful = row.agreement != "agreed" or not day.exact
    yield f"STATUS:{'TENTATIVE' if doubtful else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _basic(ordinal: int) -> str:
    return Date.ordinal(ordinal).text.replace("-", "")


def escaped(text: str) -> str:
    """A text as the value of a property (RFC 5545, 3.3.11), without control characters."""
    return text.translate(_ESCAPED)


def folded(line: str) -> str:
    """A line and its end, in parts of at most 75 bytes; no letter is cut (RFC 5545, 3.1)."""
    parts, size = [""], 0
    for letter in line:
        length = len(letter.encode())
        if size + length > FOLD:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += length
    return "\r\n".join(parts) + "\r\n"
