"""Parameters of the API: each declared once, for what is read, what is refused, and what OpenAPI says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from chancery.acts import KINDS
from chancery.register import Reading
from chancery.values import FAMILIES, DateFault, is_ref, ref_pattern
from chancery.values.phrases import Phrase, phrase, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Schema = dict[str, Any]  # a JSON Schema may hold any JSON

LONGEST = 200
"""Letters of a value that are read."""

MOST = 1_000
"""Rows of one answer, at the most."""

FARTHEST = 10_000_000
"""Rows that may be passed over, at the most."""

_NUMBER = re.compile(r"[0-9]{1,8}", re.ASCII)


class Refused(ValueError):
    """A value that no parameter takes, and what was expected."""

    def __init__(self, said: Phrase) -> None:
        """Refuse with a sentence."""
        super().__init__(str(said))


class Parameter(Struct, frozen=True):
    """A parameter: its name, what it asks for, its JSON Schema, how it is read (raises Refused), what it is unasked."""

    name: str
    about: str
    schema: Schema
    read: Callable[[str], Any]  # each has its own type, which the operation knows
    unasked: str | int | None = None


def _moment(text: str) -> str:
    try:
        Reading.of(text, text, text)
    except DateFault as fault:
        raise Refused(fault.phrase) from fault
    return text


def _ref(text: str) -> str:
    if not is_ref(text):
        raise Refused(phrase("{text} is no ref: family:name, such as state:be", text=quoted(text)))
    return text


def _one_of(names: Iterable[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in names:
            raise Refused(phrase("{text} is none of the names there are", text=quoted(text)))
        return text

    return read


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not _NUMBER.fullmatch(text) or not least <= int(text) <= most:
            raise Refused(
                phrase("{text} is no whole number from {a:number} to {b:number}", text=quoted(text), a=least, b=most)
            )
        return int(text)

    return read


def _words(text: str) -> str:
    return text


def _number(name: str, about: str, least: int, most: int, unasked: int) -> Parameter:
    schema = {"type": "integer", "minimum": least, "maximum": most, "default": unasked}
    return Parameter(name, about, schema, _whole(least, most), unasked)


MOMENT: Schema = {"type": "string", "maxLength": LONGEST, "examples": ["2026-01-22", "2026-01-22T18:00:00Z"]}
REF: Schema = {"type": "string", "pattern": ref_pattern(), "examples": ["state:be"]}

ON = Parameter(
    "on", "The day that is asked about: what had taken effect by then. Default: today, by UTC.", MOMENT, _moment
)
KNOWN = Parameter(
    "known", "As known at the end of this day, or at this instant. Default: all that is known.", MOMENT, _moment
)
RECORDED = Parameter(
    "recorded",
    "As recorded at the end of this day, or at this instant. Default: all that is recorded.",
    MOMENT,
    _moment,
)
CLOCKS = (ON, KNOWN, RECORDED)
BODY = Parameter("body", "Narrows to one body.", REF, _ref)
PARTY = Parameter("party", "Narrows to one party.", REF, _ref)
REF_NAMED = Parameter("ref", "Narrows to what names this ref.", REF, _ref)
ONE_REF = Parameter("ref", "The ref.", REF, _ref)
KIND = Parameter("kind", "A kind of act.", {"type": "string", "enum": sorted(KINDS)}, _one_of(KINDS))
FAMILY = Parameter("family", "A family of refs.", {"type": "string", "enum": sorted(FAMILIES)}, _one_of(FAMILIES))
SOUGHT = Parameter(
    "q",
    "What is sought: a name in any language or spelling, or words.",
    {"type": "string", "maxLength": LONGEST},
    _words,
    "",
)
FIRST = Parameter("first", "Only what took effect on this day or later.", MOMENT, _moment)
LAST = Parameter("last", "Only what took effect on this day or earlier.", MOMENT, _moment)
LIMIT = _number("limit", "How many rows, at the most.", 1, MOST, 100)
OFFSET = _number("offset", "How many rows are passed over.", 0, FARTHEST, 0)
PAGING = (LIMIT, OFFSET)


def named(name: str, about: str, names: Iterable[str] | None = None) -> Parameter:
    """A part of an address: one of some names, or any."""
    if names is None:
        return Parameter(name, about, {"type": "string", "maxLength": LONGEST}, _words)
    return Parameter(name, about, {"type": "string", "enum": sorted(names)}, _one_of(names))


class Values(dict[str, Any]):  # as Parameter.read
    """What was asked for, by parameter."""


def read_all(asked: Mapping[str, Sequence[str]], declared: Sequence[Parameter]) -> tuple[Values, list[dict[str, str]]]:
    """The values of every parameter, and every fault: unknown, given twice, too long, malformed."""
    known = {parameter.name: parameter for parameter in declared}
    faults = [_fault(name[:LONGEST], phrase("there is no such parameter here")) for name in asked if name not in known]
    values = Values({parameter.name: parameter.unasked for parameter in declared})
    for name, parameter in known.items():
        try:
            for text in _single(asked.get(name, ())):
                values[name] = parameter.read(text)
        except Refused as refused:
            faults.append({"parameter": name, "detail": str(refused)})
    return values, faults


def _single(texts: Sequence[str]) -> Sequence[str]:
    if len(texts) > 1:
        raise Refused(phrase("it is given more than once"))
    if texts and (len(texts[0]) > LONGEST or not texts[0].isprintable()):
        raise Refused(
            phrase("it is longer than {most:number} letters, or holds signs that cannot be read", most=LONGEST)
        )
    return texts


def _fault(name: str, said: Phrase) -> dict[str, str]:
    return {"parameter": name, "detail": str(said)}
