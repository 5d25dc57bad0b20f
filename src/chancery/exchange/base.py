"""What every format of exchange is: what it is called, what it can carry, how it is written, how it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, get_args

from msgspec import Struct

from chancery.acts import Act
from chancery.register import Register, Source
from chancery.values import Phrase, Place, Problem, Weight

if TYPE_CHECKING:
    from collections.abc import Sequence

Feature = Literal[
    "names",
    "people",
    "members",
    "precision",
    "bounds",
    "contested",
    "denials",
    "others",
    "speakers",
    "channels",
    "sources",
    "digests",
    "places",
    "meetings",
    "duties",
    "votes",
    "money",
    "charter",
    "rules",
    "oversight",
    "clocks",
]
"""What a register holds and a format may carry."""

FEATURES: tuple[Feature, ...] = get_args(Feature)

Parts = Mapping[str, bytes]
"""The files of what is written, by name; a format of one file has one part without a name."""

WHOLE = ""
"""The name of the one part of a format of one file."""


class Given(Struct, frozen=True):
    """A file to be read: its name, its bytes, the source that is made from it, a mapping where the format needs one.

    ``refs`` are those that the record to which it is added has given: what is read from the file gets others.
    """

    name: str
    data: bytes
    source: Source
    mapping: bytes | None = None
    mapping_name: str = ""
    refs: frozenset[str] = frozenset()


class Taken(Struct, frozen=True):
    """What was read from a file: accounts of acts, the bodies that it is about, every problem."""

    acts: Sequence[Act]
    bodies: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Format(Struct, frozen=True, kw_only=True):
    """A format, declared once: from this come the commands, the reference, and the test of what it carries.

    ``carries`` are the features whose every word reaches the file; ``remarks`` say how the others are kept or lost.
    """

    name: str
    title: str
    standard: str
    media: str
    carries: frozenset[Feature]
    remarks: tuple[str, ...] = ()
    write: Callable[[Register], Parts]
    read: Callable[[Given], Taken] | None = None
    many: bool = False


def fault_at(given: Given, pointer: str, fault: Phrase, *, line: int | None = None, code: str = "malformed") -> Problem:
    """A bar at a place in the file that is read."""
    place = Place(file=given.name, line=line, field=pointer or None)
    return Problem(code=code, weight=Weight.BAR, phrase=fault, place=place)
