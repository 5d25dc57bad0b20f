"""The reading: which day, as known when, as recorded when."""

from __future__ import annotations

from msgspec import Struct

from chancery.values import FUTURE, OPEN, SECONDS_A_DAY, Date, Instant, last_second

ALL_TIME = (FUTURE + 1) * SECONDS_A_DAY
"""A moment after every entry, in seconds since 0001-01-01 UTC."""


class Reading(Struct, frozen=True, kw_only=True):
    """The three clocks of a question: *on* a day, as *known* at a moment, as *recorded* at a moment.

    ``on`` is a proleptic ordinal day; ``known`` and ``recorded`` are seconds since 0001-01-01 UTC. ``strict`` takes an
    undated source as known only from the day it was retrieved; else from the earliest day possible, marked assumed.
    """

    on: int
    known: int = ALL_TIME
    recorded: int = ALL_TIME
    strict: bool = False

    @classmethod
    def of(cls, on: str, known: str | None = None, recorded: str | None = None, *, strict: bool = False) -> Reading:
        """Read the clocks from text: days or instants; a month or a year means its last day. Raises DateFault."""
        return cls(
            on=last_second(on) // SECONDS_A_DAY,
            known=last_second(known) if known else ALL_TIME,
            recorded=last_second(recorded) if recorded else ALL_TIME,
            strict=strict,
        )

    @property
    def day(self) -> Date:
        """The day of the reading, as a date; OPEN where it has no end."""
        return OPEN if self.on >= FUTURE else Date.ordinal(self.on)

    def clocks(self) -> dict[str, str | None]:
        """The three clocks as text; a clock that was not set is None, which is: all that is known or recorded."""
        return {"on": self.day.text, "known": _moment(self.known), "recorded": _moment(self.recorded)}


def _moment(seconds: int) -> str | None:
    """A moment as a day, where it is the end of one, or as an instant."""
    day, second = divmod(seconds, SECONDS_A_DAY)
    if day >= FUTURE:
        return None
    if second == SECONDS_A_DAY - 1:
        return Date.ordinal(day).text
    return Instant(seconds).utc
