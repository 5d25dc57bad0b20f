"""Addresses: every page of every reading has one, the same on a server and in a folder of plain files.

``/LANG/READING/PAGE/``, where READING is ``now``, or a day, with ``,known=D`` and ``,recorded=T`` after it where they
are asked; ``/LANG/READING/PAGE.json`` is the same page as data.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from chancery.register import Reading
from chancery.values import DateFault, name

if TYPE_CHECKING:
    from chancery.values import Ref

NOW = "now"

FACES = ("json", "csv", "md", "atom", "ics", "svg")
"""The faces that a page may have besides HTML."""

APART = (("entry",), ("source",), ("search",), ("compare",), ("about",))
"""How the pages begin that no day changes."""

SMALL = ("small",)
"""How the small versions begin, which other sites may put in a frame; after it stands whose version it is."""

DAY = len("2026-01-22")
"""Letters of a day at the head of a day or an instant."""

LONGEST = 600
"""Letters of an address that are read."""

_SHAPE = re.compile(r"/([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)/([^/]+)/(.*)")
_SEGMENT = re.compile(r"[A-Za-z0-9._~:@+-]+")


class NotThere(LookupError):  # a sentence, as the errors of this house are
    """An address at which there is no page."""


class Files(Protocol):
    """A folder of plain files, in which nobody answers: what reads the same on many days lies there once."""

    langs: tuple[str, ...]
    """The languages in which pages lie there, the first of them that of data that says the same in each."""

    def place(self, address: Address, /) -> Address:
        """Where that lies which an address asks for."""

    def other(self, address: Address, /) -> Address | None:
        """The page as known on its day where all that is known now is counted, and back; of now as last recorded."""

    def recorded(self, address: Address, /) -> list[Address]:
        """A page as recorded by the end of each day on which that changed it, oldest first."""

    def cited(self, address: Address, /) -> Address:
        """The address at which a page stays as it is."""

    def days(self, address: Address, /) -> tuple[int, ...]:
        """The days between which a reader of a page moves, oldest first, as proleptic ordinals."""


class Address(Struct, frozen=True, kw_only=True):
    """Where a page is: its language, its reading by three clocks (empty: now, and all that is known), its parts."""

    lang: str = "en"
    on: str = ""
    known: str = ""
    recorded: str = ""
    parts: tuple[str, ...] = ()
    face: str = ""
    files: Files | None = None
    """The folder of plain files in which it is; None on a server."""

    @classmethod
    def of(cls, path: str) -> Address:
        """Read an address. Raises NotThere where it is malformed, whatever was written."""
        found = _SHAPE.fullmatch(path) if len(path) <= LONGEST else None
        if found is None:
            raise NotThere(path)
        lang, when, page = found.groups()
        stem, face = _face(page)
        parts = tuple(part for part in stem.split("/") if part)
        if not all(_SEGMENT.fullmatch(part) and set(part) != {"."} for part in parts):
            raise NotThere(path)
        return replace(_when(when, path), lang=lang, parts=parts, face=face)

    @property
    def path(self) -> str:
        """The address as it is written in a link."""
        page = "/".join(quote(part, safe=":@+~") for part in self.parts)
        end = f"{page}.{self.face}" if self.face else f"{page}/" if page else ""
        return f"/{self.lang}/{self.when}/{end}"

    @property
    def when(self) -> str:
        """The reading, as it stands in an address."""
        clocks = ((",known=", self.known), (",recorded=", self.recorded))
        return (self.on or NOW) + "".join(mark + clock for mark, clock in clocks if clock)

    @property
    def is_apart(self) -> bool:
        """Whether no day changes the page."""
        return self.parts[:1] in APART

    def at(self, *parts: str, face: str = "") -> Address:
        """Another page of the same reading in the same language."""
        return replace(self, parts=parts, face=face).placed()

    def placed(self) -> Address:
        """Where it lies; on a server where it stands."""
        return self if self.files is None else self.files.place(self)

    def on_day(self, day: str) -> Address:
        """The same page on another day; among files by the same clock."""
        if self.files is None or not (self.known or self.recorded):
            return replace(self, on=day).placed()
        known = day if self.known else ""
        return replace(self, on=day if known else "", known=known, recorded="" if known else day).placed()

    def of_ref(self, ref: Ref | str) -> Address:
        """The page of a ref in the same reading."""
        return self.at(ref.partition(":")[0], name(ref))

    def of_entry(self, entry: str) -> Address:
        """The page of an entry in the same reading."""
        return self.at("entry", entry)

    def reading(self, today: str) -> Reading:
        """The reading that it asks for; *now* as recorded at a moment is the day of that moment."""
        return Reading.of(self.on or self.recorded[:DAY] or today, self.known or None, self.recorded or None)


def _face(page: str) -> tuple[str, str]:
    stem, dot, end = page.rpartition(".")
    return (stem, end) if dot and end in FACES else (page, "")


def _when(when: str, path: str) -> Address:
    """The reading in an address. Raises NotThere."""
    on, *rest = when.split(",")
    clocks = dict(part.split("=", 1) for part in rest if "=" in part)
    if len(clocks) != len(rest) or not clocks.keys() <= {"known", "recorded"}:
        raise NotThere(path)
    found = Address(on="" if on == NOW else on, known=clocks.get("known", ""), recorded=clocks.get("recorded", ""))
    if on == NOW or on:
        try:
            found.reading("2026-01-01")
        except DateFault as fault:
            raise NotThere(path) from fault
    return found
