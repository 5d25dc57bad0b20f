"""Days and moments in words: what is one certain day is written as the language writes it, what is not says so."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from babel.dates import format_date

from chancery.values import Certainty, Date, Instant, Phrase, phrase

if TYPE_CHECKING:
    from babel import Locale

SKELETONS = {"day": "yMMMd", "month": "yMMM", "year": "y"}
"""What each precision shows (CLDR, date field symbols)."""

UNSHORTENED = frozenset({"ar"})
"""Languages whose months have no short names (and for which Babel 2.18 may take those of the country read before)."""


def spoken_day(day: Date, locale: Locale) -> Phrase | str:
    """A date in words, by its bounds; a mark of doubt is kept."""
    said = _bounds(day, locale)
    return said if day.certainty == "exact" else _doubted(day.certainty, said)


def _bounds(day: Date, locale: Locale) -> Phrase | str:
    match day.precision:
        case "open":
            return phrase("not yet")
        case "unknown":
            return phrase("day unknown")
        case "before":
            return phrase("by {day}", day=_written(day.latest, "day", locale))
        case "after":
            return phrase("on or after {day}", day=_written(day.earliest, "day", locale))
        case "interval":
            start, end = _written(day.earliest, "day", locale), _written(day.latest, "day", locale)
            return phrase("between {start} and {end}", start=start, end=end)
        case _:
            return _written(day.earliest, day.precision, locale)


def _doubted(certainty: Certainty, said: Phrase | str) -> Phrase:
    if certainty == "uncertain":
        return phrase("{day}?", day=said)
    return phrase("about {day}", day=said) if certainty == "approximate" else phrase("about {day}?", day=said)


@lru_cache(maxsize=4096)
def _written(ordinal: int, precision: str, locale: Locale) -> str:
    pattern = locale.datetime_skeletons[SKELETONS[precision]].pattern
    if locale.language in UNSHORTENED:
        pattern = pattern.replace("MMM", "MMMM")
    return str(format_date(date.fromordinal(ordinal), pattern, locale=locale))


def spoken_moment(moment: Instant, locale: Locale) -> Phrase:
    """A moment by the clock of its place, with that clock's offset; by UTC where no place is given."""
    clock = datetime.fromisoformat(moment.local)
    day = _written(clock.toordinal(), "day", locale)
    time = f"{clock:%H:%M:%S}".removesuffix(":00")
    if moment.place is None:
        return phrase("{day}, {clock} UTC", day=day, clock=time)
    return phrase(
        "{day}, {clock} in {place} (UTC{offset})", day=day, clock=time, place=moment.place, offset=moment.local[-6:]
    )
