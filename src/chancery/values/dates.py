"""Dates as sources give them (EDTF: ISO 8601-2:2019, level 0, part of level 1), with their earliest and latest day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal, NoReturn, TypeAlias

from chancery.values.phrases import Fault, Phrase, phrase, quoted

PAST = 0
"""The earliest day of a date without a lower bound, as a proleptic ordinal."""
FUTURE = 4_000_000
"""The latest day of a date without an upper bound, as a proleptic ordinal."""
SECONDS_A_DAY = 86_400
DAYS_A_WEEK = 7

Certainty: TypeAlias = Literal["exact", "uncertain", "approximate", "both"]
Precision: TypeAlias = Literal["day", "month", "year", "interval", "before", "after", "open", "unknown"]
Bounds: TypeAlias = tuple[int, int]

DATE_PATTERN = (
    r"^(?:\.\.|XXXX-XX-XX|"
    r"(?:\.\./)?[0-9]{4}(?:-(?:[0-9]{2}|XX)(?:-(?:[0-9]{2}|XX))?)?[?~%]?|"
    r"[0-9]{4}(?:-(?:[0-9]{2}|XX)(?:-(?:[0-9]{2}|XX))?)?[?~%]?/"
    r"(?:\.\.|[0-9]{4}(?:-(?:[0-9]{2}|XX)(?:-(?:[0-9]{2}|XX))?)?[?~%]?))$"
)
"""The shape of a date's text, for JSON Schema (ECMA 262)."""

WEEKDAYS: tuple[Phrase, ...] = (
    phrase("Monday"),
    phrase("Tuesday"),
    phrase("Wednesday"),
    phrase("Thursday"),
    phrase("Friday"),
    phrase("Saturday"),
    phrase("Sunday"),
)
"""The days of the week, Monday first."""

_PART = re.compile(r"([0-9]{4})(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([?~%]?)")
_EXACT_LENGTH = len("2026-01-19")
_CERTAINTIES: dict[str, Certainty] = {"": "exact", "?": "uncertain", "~": "approximate", "%": "both"}
_CACHE_SIZE = 65_536


class DateFault(Fault):
    """A text that is no date or no instant, with what was expected."""


class Verdict(StrEnum):
    """The answer to a comparison of dates. It has no truth value: an undecided answer must not pass for a no."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"

    def __bool__(self) -> NoReturn:
        """Refuse to be taken for yes or no."""
        raise TypeError("a verdict is yes, no or undecided; compare it with one of them")


class Date:
    """A date as a source gives it: its text, and the earliest and latest day that it can be.

    ``2026-01-19``, ``2026-01``, ``2026``; ``2026-01-XX`` and ``2026-XX-XX`` where the day or month is not said; ``?``
    uncertain, ``~`` approximate, ``%`` both; ``../2026-01-21`` on or before; ``2026-01-16/..`` on or after; ``..`` not
    yet; ``XXXX-XX-XX`` unknown. ``2026-01-14/2026-01-16`` means in Chancery one day somewhere within, both ends
    included, never the whole time between (that is a Span).

    ``earliest`` and ``latest`` are proleptic ordinals (``date.toordinal``), PAST and FUTURE where unbounded; ``..``
    lies at FUTURE. A mark of doubt does not widen them: that would invent a margin. ``exact`` is one day without such a
    mark.
    """

    __slots__ = ("certainty", "earliest", "exact", "latest", "precision", "text")

    text: str
    earliest: int
    latest: int
    certainty: Certainty
    precision: Precision
    exact: bool

    _known: ClassVar[dict[str, Date]] = {}

    def __init__(self, text: str, bounds: Bounds, precision: Precision, certainty: Certainty = "exact") -> None:
        """Keep what was parsed. Elsewhere dates are made by ``of``, ``day`` and ``ordinal``."""
        keep = object.__setattr__
        earliest, latest = bounds
        keep(self, "text", text)
        keep(self, "earliest", earliest)
        keep(self, "latest", latest)
        keep(self, "certainty", certainty)
        keep(self, "precision", precision)
        keep(self, "exact", precision == "day" and certainty == "exact")

    @classmethod
    def of(cls, text: str) -> Date:
        """Read a date. Raises DateFault, which says what was expected."""
        known = cls._known
        found = known.get(text)
        if found is None:
            found = _read(text)
            if len(known) >= _CACHE_SIZE:
                known.clear()
            known[text] = found
        return found

    @classmethod
    def day(cls, day: date) -> Date:
        """The date of a calendar day."""
        return cls.of(date.isoformat(day))

    @classmethod
    def ordinal(cls, number: int) -> Date:
        """The date of a proleptic ordinal. Raises DateFault outside the years 1 to 9999."""
        if not date.min.toordinal() <= number <= date.max.toordinal():
            raise DateFault(phrase("day number {number:number} lies outside the years 0001 to 9999", number=number))
        return cls.of(date.fromordinal(number).isoformat())

    def before(self, other: Date) -> Verdict:
        """Whether it came before the other, by the bounds as written; a mark of doubt does not change them."""
        if self.latest < other.earliest:
            return Verdict.YES
        return Verdict.NO if self.earliest >= other.latest else Verdict.UNDECIDED

    def after(self, other: Date) -> Verdict:
        """Whether it came after the other, by the bounds as written; a mark of doubt does not change them."""
        return other.before(self)

    def same(self, other: Date) -> Verdict:
        """Whether it is the same day; undecided wherever either is uncertain or approximate."""
        if self.certainty != "exact" or other.certainty != "exact":
            return Verdict.UNDECIDED
        if not self.may_be(other):
            return Verdict.NO
        return Verdict.YES if self.exact and other.exact else Verdict.UNDECIDED

    def may_be(self, other: Date) -> bool:
        """Whether some day lies within the bounds of both."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Date) and self.text == other.text)

    def __hash__(self) -> int:
        return hash(self.text)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a date does not change: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a date does not change: {name}")

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Date.of, (self.text,)

    def __copy__(self) -> Date:
        return self

    def __deepcopy__(self, memo: object) -> Date:
        return self

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Date.of({self.text!r})"


def weekday_fault(day: Date, weekday: str) -> Phrase | None:
    """Whether a date contradicts the English name of its weekday; a date with a mark of doubt contradicts none."""
    names = [str(each) for each in WEEKDAYS]
    if weekday not in names:
        return phrase("{weekday} is not a day of the week; write Monday to Sunday", weekday=quoted(weekday))
    if day.certainty != "exact" or not PAST < day.earliest <= day.latest < FUTURE:
        return None
    if (names.index(weekday) - weekday_of(day.earliest)) % DAYS_A_WEEK <= day.latest - day.earliest:
        return None
    stated = WEEKDAYS[names.index(weekday)]
    if not day.exact:
        return phrase("no day of {day:date} was a {stated}", day=day, stated=stated)
    actual = WEEKDAYS[weekday_of(day.earliest)]
    return phrase("{day:date} was a {actual}, not a {stated}", day=day, actual=actual, stated=stated)


def weekday_of(ordinal: int) -> int:
    """The weekday of a proleptic ordinal, Monday 0 to Sunday 6."""
    return (ordinal - 1) % DAYS_A_WEEK


def _read(text: str) -> Date:
    if text == "..":
        return Date(text, (FUTURE, FUTURE), "open")
    if text == "XXXX-XX-XX":
        return Date(text, (PAST, FUTURE), "unknown")
    if "/" in text:
        return _interval(text)
    return _plain(text) or _part(text, text)


def _plain(text: str) -> Date | None:
    """A whole day, read fast, since most dates are; None for what is not one."""
    if len(text) != _EXACT_LENGTH or text[4] != "-" or text[7] != "-":
        return None
    try:
        ordinal = date.fromisoformat(text).toordinal()
    except ValueError:
        return None
    return Date(text, (ordinal, ordinal), "day")


def _part(text: str, whole: str) -> Date:
    """One date that is no interval; ``whole`` is what a fault quotes."""
    match = _PART.fullmatch(text)
    if match is None or (match[2] == "XX" and match[3] not in {"XX", None}):
        raise DateFault(_expected(whole))
    year, month, day, mark = match.groups()
    certainty = _CERTAINTIES[mark]
    if month in {"XX", None}:
        return Date(text, _days(whole, int(year), 1, 12), "year", certainty)
    if day in {"XX", None}:
        return Date(text, _days(whole, int(year), int(month), int(month)), "month", certainty)
    ordinal = _ordinal(text[:_EXACT_LENGTH], whole)
    return Date(text, (ordinal, ordinal), "day", certainty)


def _ordinal(text: str, whole: str) -> int:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        raise DateFault(phrase("{text}: the calendar has no such day", text=quoted(whole))) from None


def _days(whole: str, year: int, first: int, last: int) -> Bounds:
    try:
        end = date(year, last, monthrange(year, last)[1])
        return date(year, first, 1).toordinal(), end.toordinal()
    except ValueError:
        raise DateFault(phrase("{text}: the calendar has no such month or year", text=quoted(whole))) from None


def _interval(text: str) -> Date:
    start, _, end = text.partition("/")
    if start == ".." and end != "..":
        last = _part(end, text)
        return Date(text, (PAST, last.latest), "before", last.certainty)
    first = _part(start, text)
    if end == "..":
        return Date(text, (first.earliest, FUTURE), "after", first.certainty)
    last = _part(end, text)
    if first.earliest > last.latest:
        raise DateFault(phrase("{text} ends before it begins", text=quoted(text)))
    if start == end and first.exact:
        return first
    return Date(text, (first.earliest, last.latest), "interval", _both(first.certainty, last.certainty))


def _both(one: Certainty, other: Certainty) -> Certainty:
    if one in {other, "exact"}:
        return other
    return one if other == "exact" else "both"


def _expected(text: str) -> Phrase:
    if "T" in text:
        return phrase(
            "{text} is not a date; a day is expected here, such as 2026-01-19, without an hour", text=quoted(text)
        )
    return phrase(
        "{text} is not a date; write 2026-01-19, 2026-01 or 2026, '../2026-01-21' for on or before, "
        "'2026-01-16/..' for on or after, '2026-01-14/2026-01-16' for a day between, '..' for not yet, "
        "XXXX-XX-XX for unknown; then ? where uncertain, ~ where approximate",
        text=quoted(text),
    )


UNKNOWN = Date.of("XXXX-XX-XX")
"""A day that there was, but that is not known."""
OPEN = Date.of("..")
"""A day that has not come: as the end of a span, still running."""
