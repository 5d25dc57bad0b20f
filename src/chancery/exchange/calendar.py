"""iCalendar (RFC 5545) of meetings and of what is due: whole days, folded lines, names that stay the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import NAMESPACE_URL, uuid5

from msgspec import Struct

from chancery.acts.decisions import MeetingConvened, MeetingHeld
from chancery.exchange.base import WHOLE
from chancery.exchange.gathering import doubt, every, sound, told, written
from chancery.exchange.plain import text_of
from chancery.languages.names import NameBook
from chancery.values import FUTURE, PAST, Date, Phrase, family
from chancery.views.dues import by_charter, by_deadline, by_mandate, by_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chancery.exchange.base import Parts
    from chancery.register import Account, Fact, Register
    from chancery.views.dues import Item

FOLD = 75
"""Bytes of a line at the most, its end apart (RFC 5545, 3.1)."""

LAST_DAY = Date.of("9999-12-31").latest
"""The last day that a calendar can name."""

ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None}
CONTROLS = dict.fromkeys((*range(0x20), 0x7F))
LETTERS = str.maketrans({**CONTROLS, **{ord(letter): escape for letter, escape in ESCAPES.items()}, 0x09: " "})


class Event(Struct, frozen=True):
    """One event: what names it for ever, what it is, from which to which day, where, and what is said of it."""

    key: str
    summary: str
    first: int
    last: int
    category: str
    doubtful: bool
    words: tuple[str, ...] = ()
    place: str | None = None
    url: str | None = None
    busy: bool = False


def write_calendar(register: Register) -> Parts:
    """The meetings and duties of a register, by day."""
    return {WHOLE: calendar(register, text_of(register.head.title) or "", [*_meetings(register), *_dues(register)])}


def calendar(register: Register, name: str, events: Iterable[Event]) -> bytes:
    """Events as a calendar of some name, by day."""
    body = register.head.bodies[0] if register.head.bodies else ""
    stamp = _day(min(register.reading.on, LAST_DAY))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Chancery//chancery export//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
        *(f"X-CHANCERY-{name.upper()}:{escaped(text)}" for name, text in register.reading.clocks().items() if text),
        *(line for event in sorted(events, key=_order) for line in _event(event, body, stamp)),
        "END:VCALENDAR",
    ]
    return "".join(folded(line) for line in lines).encode()


def due_key(sort: str, entry: str, what: object, number: object) -> str:
    """What names something due for ever: the act that sets it, of what, which occurrence."""
    return f"{sort} {entry} {what or ''} {number or ''}"


def _order(event: Event) -> tuple[int, int, str]:
    return event.first, event.last, event.key


def _event(event: Event, body: str, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(NAMESPACE_URL, f'{body} {event.key}')}"
    yield f"DTSTAMP:{stamp}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(event.first)}"
    yield f"DTEND;VALUE=DATE:{_day(event.last + 1)}"
    yield f"SUMMARY:{escaped(event.summary)}"
    yield f"CATEGORIES:{event.category}"
    yield f"STATUS:{'TENTATIVE' if event.doubtful else 'CONFIRMED'}"
    yield f"TRANSP:{'OPAQUE' if event.busy else 'TRANSPARENT'}"
    if event.place is not None:
        yield f"LOCATION:{escaped(event.place)}"
    if event.url is not None and _is_address(event.url):
        yield f"URL:{event.url}"
    if event.words:
        yield f"DESCRIPTION:{escaped(chr(10).join(event.words))}"
    yield "END:VEVENT"


def _day(ordinal: int) -> str:
    return Date.ordinal(ordinal).text.replace("-", "")


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://")) and text.isascii() and text.isprintable() and " " not in text


def _meetings(register: Register) -> Iterator[Event]:
    """Each meeting on the day on which it was held, else on that for which it is called."""
    facts: list[Fact[Account]] = [
        *every(register, MeetingHeld),
        *told(register, MeetingConvened),
    ]
    book, seen = NameBook(register), set()
    for fact in sound(facts):
        act = cast("MeetingHeld | MeetingConvened", fact.act)
        if act.meeting in seen or (days := days_of(act.effective)) is None:
            continue
        seen.add(act.meeting)
        verb = "" if isinstance(act, MeetingHeld) else " (called)"
        name = f"{book.spoken(act.body, 'en')}: {book.spoken(act.meeting, 'en')}{verb}"
        place = fact.stated("place")
        yield Event(
            key=act.meeting,
            summary=_unsure(name, act.effective),
            first=days[0],
            last=days[1],
            category="MEETING",
            words=tuple(_words((fact,), register)),
            doubtful=fact.agreement != "agreed" or not act.effective.exact,
            place=place if isinstance(place, str) else None,
            url=next((each.url for each in written((fact,), register)), None),
            busy=True,
        )


def _dues(register: Register) -> Iterator[Event]:
    """What is due on a day, and what ends on one, as far as nobody denies it."""
    book = NameBook(register)
    charter = [*by_charter(register)]
    for item in (*charter, *by_mandate(register, charter), *by_term(register), *by_deadline(register)):
        facts = [fact for fact in item.facts if fact not in item.done]
        days = days_of(item.due)
        if item.due is None or days is None or len(sound(facts)) < len(facts):
            continue
        yield Event(
            key=due_key(item.sort, facts[0].act.id, item.what, item.number),
            summary=_unsure(_due_words(item, book), item.due),
            first=days[0],
            last=days[1],
            category="DUTY",
            words=tuple(_words(facts, register)),
            doubtful=any(fact.differing for fact in facts) or not item.due.exact,
            url=next((each.url for each in written(facts, register)), None),
        )


def _due_words(item: Item, book: NameBook) -> str:
    """What is due by whom, or what ends; what has been done is said."""
    matter = str(item.matter) if isinstance(item.matter, Phrase) else text_of(item.matter) or ""
    what = f" ({book.spoken(item.what, 'en')})" if item.what is not None and family(item.what) != "request" else ""
    owed = f", by {', '.join(book.spoken(ref, 'en') for ref in item.owed_by)}" if item.owed_by else ""
    begun = "Due" if item.sort in ("duty", "deadline") else "Ends"
    return f"{begun}: {matter}{what}{owed} [{item.status}]"


def _words(facts: Sequence[Fact[Account]], register: Register) -> Iterator[str]:
    """What is contested, and where it is written."""
    if (contested := doubt(facts)) is not None:
        yield contested
    yield from (each.words for each in written(facts, register))


def days_of(day: Date | None) -> tuple[int, int] | None:
    """The days between which it lies; none where it has no bound, since a calendar has no place for that."""
    if day is None or day.earliest <= PAST or day.latest >= FUTURE or day.latest >= LAST_DAY:
        return None
    return day.earliest, day.latest


def _unsure(summary: str, day: Date) -> str:
    return summary if day.exact else f"{summary} (some day of {day})"


def escaped(text: str) -> str:
    """A text as the value of a property (RFC 5545, 3.3.11), without control characters."""
    return text.translate(LETTERS)


def folded(line: str) -> str:
    """A line and its end, in parts of at most 75 bytes, each after the first after a space; no letter is cut."""
    parts, size = [""], 0
    for letter in line:
        length = len(letter.encode())
        if size + length > FOLD:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += length
    return "\r\n".join(parts) + "\r\n"
