"""Editions: among plain files a page lies once for all the days on which it says the same, at the first of them.

There are three series of readings: *on* a day with all that is known now, *known* on the day itself, and *recorded* by
it. In each of them a page has an edition for every day on which it says something else than before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from chancery.languages import NameBook
from chancery.site.addresses import Address
from chancery.values import Date, Phrase, Ref, encode_hook
from chancery.views import Row, View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from chancery.site.sections import Asked, Page
    from chancery.values import Value

Series = Literal["now", "on", "known", "recorded"]

Parts = tuple[str, ...]

_REF = re.compile(rb"(?<=\")[a-z]+:[a-z0-9][a-z0-9.-]*(?=\")")
"""A ref, wherever it stands by itself."""

SAME = ("json", "csv")
"""Faces that say the same in every language."""


class Shown(NamedTuple):
    """A reading that has pages: its series, and its day as a proleptic ordinal."""

    series: Series
    day: int

    @classmethod
    def of(cls, address: Address, today: int) -> Shown | None:
        """The reading of an address; None where it mixes the clocks otherwise."""
        day = address.recorded or address.on
        found = cls(series_of(address), Date.of(day).earliest if day else today)
        return found if found.address.when == address.when else None

    @property
    def address(self) -> Address:
        """The first page of it."""
        day = Date.ordinal(self.day).text
        if self.series == "recorded":
            return Address(recorded=day)
        return Address(on="" if self.series == "now" else day, known=day if self.series == "known" else "")


def series_of(address: Address) -> Series:
    """The series to which an address belongs."""
    if address.recorded:
        return "recorded"
    return "known" if address.known else "on" if address.on else "now"


class Editions:
    """Where the pages of a published site lie."""

    def __init__(
        self,
        langs: tuple[str, ...],
        days: Mapping[Series, tuple[int, ...]],
        found: Mapping[tuple[Series, Parts], tuple[int, ...]],
        settled: frozenset[Parts],
    ) -> None:
        """``days`` are those of each series, ``found`` those of a page; ``settled`` says now what it last said."""
        self.langs = langs
        (self.today,) = days["now"]
        self._days = days
        self._found = found
        self._settled = settled

    def place(self, address: Address) -> Address:
        """Where that lies which an address asks for: at the last edition up to its day."""
        lang = self.langs[0] if address.face in SAME else address.lang
        if address.is_apart:
            return replace(address, lang=lang, on="", known="", recorded="")
        series = series_of(address)
        days = self._found.get((series, address.parts)) or self._days.get(series, ())
        if series == "now":
            return replace(address, lang=lang)
        asked = Date.of(address.recorded or address.on).earliest
        return self._dated(replace(address, lang=lang), series, days[max(0, bisect_right(days, asked) - 1)])

    @staticmethod
    def _dated(address: Address, series: Series, day: int) -> Address:
        clocks = Shown(series, day).address
        return replace(address, on=clocks.on, known=clocks.known, recorded=clocks.recorded)

    def other(self, address: Address) -> Address | None:
        """The page as known on its day where all that is known now is counted, and back; of now as last recorded."""
        series = series_of(address)
        if series == "now" and (found := self.recorded(address)):
            return found[-1]
        if series not in ("on", "known") or not self._days.get("known"):
            return None
        return self.place(replace(address, known=address.on if series == "on" else ""))

    def recorded(self, address: Address) -> list[Address]:
        """A page as recorded by the end of each day on which that changed it, oldest first."""
        days = self._found.get(("recorded", address.parts), ())
        return [self._dated(address, "recorded", day) for day in days]

    def cited(self, address: Address) -> Address:
        """The address at which a page stays as it is: of what stands now the last edition, if it says the same."""
        found = self._found.get(("on", address.parts), ())
        if series_of(address) != "now" or address.parts not in self._settled:
            return address
        return self._dated(address, "on", found[-1])

    def days(self, address: Address) -> tuple[int, ...]:
        """The days between which a reader of a page moves: those of its editions; from *now* those of days."""
        series = series_of(address)
        series = "on" if series == "now" else series
        return self._days.get(series, ()) if address.is_apart else self._found.get((series, address.parts), ())

    def has(self, shown: Shown, parts: Parts) -> bool:
        """Whether a page has an edition of that very reading."""
        return shown.day in self._found.get((shown.series, parts), ())

    def __iter__(self) -> Iterator[tuple[Shown, list[Parts]]]:
        """Every reading of a day with the pages that have an edition in it, in order."""
        found: dict[Shown, list[Parts]] = {}
        for (series, parts), days in self._found.items():
            for day in days:
                found.setdefault(Shown(series, day), []).append(parts)
        yield from sorted(found.items())


def editions_of(told: Mapping[int, Mapping[Parts, bytes]]) -> dict[Parts, tuple[int, ...]]:
    """The days on which each page of a series says something else than on the day before, if it says anything."""
    found: dict[Parts, list[int]] = {}
    last: dict[Parts, bytes] = {}
    for day in sorted(told):
        for parts, digest in told[day].items():
            if last.get(parts, b"") != digest:
                found.setdefault(parts, []).append(day)
                last[parts] = digest
    return {parts: tuple(days) for parts, days in found.items()}


class Digests:
    """Tells in a few bytes what each page of a reading says, whatever the language."""

    def __init__(self, asked: Asked, langs: tuple[str, ...]) -> None:
        """Tell of the pages of a reading, with what they call whom in some languages."""
        self._day = asked.register.reading.day
        self._book = NameBook(asked.register)
        self._langs = langs
        self._called: dict[str, object] = {}

    def of(self, page: Page) -> bytes:
        """What a page says; that it names its reading's own day does not count. Nothing where nothing is on record."""
        if not page.sections:
            return b""
        said = _WRITER.encode(self._told(page))
        names = [self._names(Ref(ref.decode())) for ref in sorted(set(_REF.findall(said)))]
        return blake2b(said + _WRITER.encode(names), digest_size=16).digest()

    def _told(self, said: object) -> object:
        """All that is said in a page or a part of it, whatever parts there are; of a view what its cells hold."""
        match said:
            case Phrase():
                return self._undated(said)
            case View():
                return said.name, self._told((said.title, said.lead, said.notes)), said.rows
            case Struct() if not isinstance(said, Row):
                return [self._told(getattr(said, name)) for name in said.__struct_fields__]
            case tuple() | list():
                return [self._told(each) for each in said]
            case _:
                return said

    def _undated(self, said: Phrase) -> Phrase:
        """A phrase without the day of the reading."""
        return Phrase(said.msgid, tuple((slot, self._without(value)) for slot, value in said.values))

    def _without(self, value: Value) -> Value:
        if isinstance(value, Phrase):
            return self._undated(value)
        return "" if value == self._day else value

    def _names(self, ref: Ref) -> object:
        """What a ref is called."""
        found = self._called.get(ref)
        if found is None:
            spoken = [self._book.spoken(ref, lang) for lang in self._langs]
            found = self._called[ref] = (ref, spoken, self._book.names(ref))
        return found


_WRITER = msgspec.json.Encoder(enc_hook=encode_hook, order="deterministic")
