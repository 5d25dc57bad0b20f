"""Instants: moments in UTC to the second, beside the clock of the place where they were noted (RFC 3339, RFC 9557)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import NoReturn
from zoneinfo import ZoneInfo

from chancery.values.dates import SECONDS_A_DAY, Date, DateFault
from chancery.values.phrases import Phrase, phrase, quoted

INSTANT_PATTERN = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
    r"(?:\[[A-Z][A-Za-z0-9._+/-]*\])?$"
)
"""The shape of an instant's text, for JSON Schema (ECMA 262)."""

_SHAPE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2})(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})"
    r"(?:\[([A-Z][A-Za-z0-9._+/-]*)\])?"
)
_NO_OFFSET = frozenset({"Z", "-00:00"})
"""UTC without a word on the local offset (RFC 9557, 2.2)."""
_FIRST_SECOND = date.min.toordinal() * SECONDS_A_DAY
_LAST_SECOND = (date.max.toordinal() + 1) * SECONDS_A_DAY - 1


class Instant:
    """A moment to the second: seconds since 0001-01-01 UTC, and the IANA zone of the place's clock where one is given.

    ``seconds`` is the proleptic ordinal of the UTC day times 86,400 plus the second of that day.
    ``2026-01-22T11:30:00Z`` has no place; ``2026-01-22T12:30:00+01:00[Europe/Zurich]`` has (RFC 9557). ``text`` is
    canonical: UTC, then the zone, ``2026-01-22T11:30:00Z[Europe/Zurich]``, so that it outlives a change of the place's
    law on its clocks. An offset without a zone is turned to UTC.
    """

    __slots__ = ("place", "seconds", "text")

    seconds: int
    place: str | None
    text: str

    def __init__(self, seconds: int, place: str | None = None) -> None:
        """Keep a moment. Raises DateFault outside the years 1 to 9999, or for a zone that is not known."""
        if not _FIRST_SECOND <= seconds <= _LAST_SECOND:
            raise DateFault(phrase("the moment lies outside the years 0001 to 9999 UTC"))
        keep = object.__setattr__
        keep(self, "seconds", seconds)
        keep(self, "place", place)
        if place is not None:
            self._clock(_zone(place))
        utc = self._clock(UTC).replace("+00:00", "Z")
        keep(self, "text", utc if place is None else f"{utc}[{place}]")

    @classmethod
    def of(cls, text: str) -> Instant:
        """Read an instant. Raises DateFault, also where an offset contradicts the zone's clock at that moment."""
        match = _SHAPE.fullmatch(text)
        if match is None:
            raise DateFault(_expected(text))
        clock, seconds, offset, place = match.groups()
        moment = cls(_seconds(_read(clock + (seconds or ":00"), text)) - _offset(offset, text), place)
        if place is not None and offset not in _NO_OFFSET and not moment.local.endswith(offset):
            raise DateFault(
                phrase(
                    "{text}: the clock of {place} read {local} then", text=quoted(text), place=place, local=moment.local
                )
            )
        return moment

    @classmethod
    def at(cls, moment: datetime, place: str | None = None) -> Instant:
        """The instant of a clock that knows its offset, cut to the whole second. Raises DateFault without an offset."""
        offset = moment.utcoffset()
        if offset is None:
            raise DateFault(phrase("{text} does not say from which clock; add Z or an offset", text=moment.isoformat()))
        return cls(_seconds(moment.replace(tzinfo=None, microsecond=0)) - int(offset.total_seconds()), place)

    @property
    def utc(self) -> str:
        """The moment by UTC, such as 2026-01-22T11:30:00Z."""
        return self.text.partition("[")[0]

    @property
    def local(self) -> str:
        """The moment by the place's clock with its offset, or by UTC where no place is given."""
        return self.utc if self.place is None else self._clock(_zone(self.place))

    @property
    def day(self) -> Date:
        """The UTC day."""
        return Date.ordinal(self.seconds // SECONDS_A_DAY)

    def _clock(self, zone: timezone | ZoneInfo) -> str:
        day, second = divmod(self.seconds, SECONDS_A_DAY)
        moment = datetime.fromordinal(day).replace(tzinfo=UTC) + timedelta(seconds=second)
        try:
            return moment.astimezone(zone).isoformat()
        except OverflowError:
            raise DateFault(phrase("the moment lies outside the years 0001 to 9999 by the place's clock")) from None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Instant) and self.seconds == other.seconds and self.place == other.place

    def __hash__(self) -> int:
        return hash((self.seconds, self.place))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"an instant does not change: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"an instant does not change: {name}")

    def __reduce__(self) -> tuple[object, tuple[int, str | None]]:
        return Instant, (self.seconds, self.place)

    def __copy__(self) -> Instant:
        return self

    def __deepcopy__(self, memo: object) -> Instant:
        return self

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Instant.of({self.text!r})"


def moment(text: str) -> tuple[int, int]:
    """The first and last second of a day or an instant, since 0001-01-01 UTC. Raises DateFault."""
    if "T" in text:
        seconds = Instant.of(text).seconds
        return seconds, seconds
    day = Date.of(text)
    return day.earliest * SECONDS_A_DAY, (day.latest + 1) * SECONDS_A_DAY - 1


def last_second(text: str) -> int:
    """The last second of a day or an instant: "as known on a day" means at that day's end. Raises DateFault."""
    return moment(text)[1]


@lru_cache(maxsize=1024)
def _zone(place: str) -> ZoneInfo:
    try:
        return ZoneInfo(place)
    except (ValueError, OSError, KeyError):
        raise DateFault(phrase("no time zone is called {place}", place=quoted(place))) from None


def _read(text: str, whole: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise DateFault(phrase("{text}: the calendar or the clock has no such moment", text=quoted(whole))) from None


def _offset(text: str, whole: str) -> int:
    """Seconds east of UTC."""
    if text == "Z":
        return 0
    hours, minutes = int(text[1:3]), int(text[4:])
    if hours > 23 or minutes > 59:  # noqa: PLR2004 -- the hours and minutes of a clock
        raise DateFault(phrase("{text}: no clock is that far from UTC", text=quoted(whole)))
    seconds = (hours * 60 + minutes) * 60
    return -seconds if text[0] == "-" else seconds


def _seconds(clock: datetime) -> int:
    """Seconds since 0001-01-01 of a clock face."""
    return clock.toordinal() * SECONDS_A_DAY + (clock.hour * 60 + clock.minute) * 60 + clock.second


def _expected(text: str) -> Phrase:
    return phrase(
        "{text} is not an instant; write 2026-01-22T11:30:00Z, or 2026-01-22T12:30:00+01:00[Europe/Zurich] to keep the "
        "place's clock, in whole seconds",
        text=quoted(text),
    )
