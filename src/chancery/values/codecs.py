"""Codecs: how values are read from and written to JSON and TOML, and the one canonical form."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from chancery.values.dates import DATE_PATTERN, Date, DateFault
from chancery.values.instants import INSTANT_PATTERN, Instant
from chancery.values.money import AMOUNT_PATTERN, Amount
from chancery.values.phrases import Phrase, phrase
from chancery.values.tongues import AUTHENTIC, TongueFault, Tongues

if TYPE_CHECKING:
    from collections.abc import Callable


LARGEST = 2**53 - 1
"""The largest whole number that the canonical form can hold (RFC 8785, 3.2.2.3: what every reader of JSON keeps)."""


def decode_hook(kind: type, value: Any) -> Any:  # noqa: ANN401 -- the signature that msgspec asks for
    """Read one of our values as msgspec finds it in JSON or TOML. Raises ValueError in plain English."""
    if kind is Date:
        return Date.of(value) if isinstance(value, str) else _native_date(value)
    reader = _READERS.get(kind)
    if reader is None:
        raise NotImplementedError(f"no value of ours is a {kind!r}")
    return reader(value)


def encode_hook(value: object) -> str | dict[str, str | list[str]]:
    """Write one of our values as JSON and TOML have it."""
    if isinstance(value, (Date, Instant)):
        return value.text
    if isinstance(value, Tongues):
        return value.plain
    if isinstance(value, Amount):
        return str(value)
    raise NotImplementedError(f"no value of ours is a {type(value)!r}")


def schema_hook(kind: type) -> dict[str, Any]:  # a JSON Schema may hold any JSON
    """The JSON Schema (2020-12) of one of our values."""
    schema = _SCHEMAS.get(kind)
    if schema is None:
        raise NotImplementedError(f"no value of ours is a {kind!r}")
    return dict(schema)


def canonical(value: object) -> bytes:
    """The one canonical form in bytes (RFC 8785): sorted keys, no spaces, UTF-8; decimals and dates as strings.

    It is RFC 8785 for what we write: ASCII keys, no floats, integers below 2^53.
    """
    return _CANONICAL.encode(value)


def _native_date(value: object) -> Date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return Date.day(value)
    raise DateFault(_not_a(phrase("a date, such as 2026-01-19"), value))


def _instant(value: object) -> Instant:
    if isinstance(value, str):
        return Instant.of(value)
    if isinstance(value, datetime):
        if value.microsecond:
            raise DateFault(phrase("{text}: an instant is in whole seconds", text=value.isoformat()))
        return Instant.at(value)
    raise DateFault(_not_a(phrase("an instant, such as 2026-01-22T11:30:00Z"), value))


def _tongues(value: object) -> Tongues:
    if isinstance(value, (str, dict)):
        return Tongues.of(value)
    raise TongueFault(_not_a(phrase("a text, or a table of texts by language"), value))


def _not_a(wanted: Phrase, value: object) -> Phrase:
    return phrase("{wanted}, is expected here; this is of type {kind}", wanted=wanted, kind=type(value).__name__)


_CANONICAL = msgspec.json.Encoder(enc_hook=encode_hook, order="sorted")

_READERS: dict[type, Callable[[Any], object]] = {  # a reader takes whatever JSON or TOML holds
    Instant: _instant,
    Tongues: _tongues,
    Amount: Amount,
}

_SCHEMAS: dict[type, dict[str, Any]] = {  # a JSON Schema may hold any JSON
    Date: {
        "type": "string",
        "title": "Date",
        "description": "a date (EDTF): 2026-01-19, 2026-01, ../2026-01-21, 2026-01-16/.., 2026-01-14/2026-01-16, 2026~",
        "pattern": DATE_PATTERN,
    },
    Instant: {
        "type": "string",
        "title": "Instant",
        "description": "a moment: 2026-01-22T11:30:00Z, or 2026-01-22T12:30:00+01:00[Europe/Zurich]",
        "pattern": INSTANT_PATTERN,
    },
    Amount: {
        "type": "string",
        "title": "Amount",
        "description": "an exact amount in plain digits",
        "pattern": AMOUNT_PATTERN,
    },
    Tongues: {
        "title": "Text",
        "description": "a text, or texts by language (BCP 47), with the authentic ones listed",
        "anyOf": [
            {"type": "string"},
            {
                "type": "object",
                "properties": {AUTHENTIC: {"type": "array", "items": {"type": "string"}}},
                "additionalProperties": {"type": "string"},
                "minProperties": 1,
            },
        ],
    },
}
