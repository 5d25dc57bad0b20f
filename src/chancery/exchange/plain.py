"""Plain forms that several formats share: dates that are exact as they stand, texts in one language, JSON."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, NoReturn

import msgspec

from chancery.values import Date, Fault, Tongues, encode_hook, phrase, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chancery.values import Phrase

DEEPEST = 64
"""Levels of nesting that are read; every format needs fewer than ten."""


class Unreadable(Fault):
    """Data that is not what its format says it is."""


def plain_date(day: Date | None) -> str | None:
    """A date as ISO 8601 has it, to the day, the month or the year; None for one with bounds or a mark of doubt."""
    if day is None or day.certainty != "exact" or day.precision not in ("day", "month", "year"):
        return None
    return day.text.replace("-XX", "")


def text_of(value: object) -> str | None:
    """A text in the reader's plain language: English, else an authentic text, else the first."""
    if isinstance(value, Tongues):
        return value.best(("en", "und"))[1]
    return value if isinstance(value, str) else None


def filled(**fields: object) -> dict[str, object]:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, (), [], {}, "")}


def json_bytes(value: object) -> bytes:
    """JSON to be read by people too: two spaces, keys in their order."""
    return msgspec.json.format(msgspec.json.encode(value, enc_hook=encode_hook), indent=2) + b"\n"


def json_line(value: object) -> bytes:
    """JSON on one line."""
    return msgspec.json.encode(value, enc_hook=encode_hook) + b"\n"


def json_text(value: object) -> str:
    """JSON in one line with sorted keys: data that is kept as it was found."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_json(data: bytes) -> object:
    """JSON (RFC 8259) in UTF-8: no key twice, no number that is none, no nesting too deep. Raises Unreadable."""
    try:
        found: object = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite
        )
    except UnicodeDecodeError as error:
        raise Unreadable(phrase("is not UTF-8; save it as UTF-8")) from error
    except RecursionError as error:
        raise Unreadable(phrase("nests too deep")) from error
    except json.JSONDecodeError as error:
        raise Unreadable(phrase("is not JSON: {why}", why=str(error))) from error
    except ValueError as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(phrase("holds a number with too many digits")) from error
    _refuse_deep(found)
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Unreadable(phrase("gives {key} twice; one of them is lost", key=quoted(twice)))
    return found


def _no_number(text: str) -> NoReturn:
    raise Unreadable(phrase("{text} is not a number of JSON", text=text))


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise Unreadable(phrase("holds a number with too many digits"))
    return value


def _refuse_deep(value: object) -> None:
    level: Iterable[object] = [value]
    for _ in range(DEEPEST):
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return
    raise Unreadable(phrase("nests too deep"))


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def expected_but(wanted: Phrase, value: object) -> Phrase:
    """What was expected, and what type of thing was found."""
    kinds = {dict: phrase("a table"), list: phrase("a list"), str: phrase("a text"), type(None): phrase("nothing")}
    found = kinds.get(type(value), phrase("a number"))
    return phrase("expected {wanted}, found {found}", wanted=wanted, found=found)
