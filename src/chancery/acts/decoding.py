"""From data to an act, and back: one way for every door. On a fault, every fault, field by field."""

from __future__ import annotations

from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Literal, get_args, get_origin

import msgspec
from msgspec import Struct

from chancery.acts.base import KINDS, Act
from chancery.acts.shape import families_of, holds
from chancery.acts.upgrades import Unknown, upgraded
from chancery.values import (
    Amount,
    Date,
    Fault,
    Instant,
    Money,
    Phrase,
    Place,
    Problem,
    Tongues,
    Weight,
    decode_hook,
    encode_hook,
    phrase,
    suggest,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

UNNAMED = "?"

MOST_FAULTS = 100
"""Faults that are told of one table."""


class Undecodable(ValueError):  # a sentence, as the errors of this house are
    """Data that is no act: carries every problem found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems."""
        super().__init__("; ".join(str(problem.phrase) for problem in problems))
        self.problems = problems


def act_of(data: Mapping[str, object]) -> Act:
    """The act that a mapping of fields describes. Raises Undecodable with every fault."""
    data = upgraded(data)
    kind = data.get("kind")
    found = KINDS.get(kind) if isinstance(kind, str) else None
    if found is None:
        raise Undecodable([_no_kind(data)])
    try:
        return msgspec.convert(data, found, dec_hook=decode_hook)
    except (msgspec.ValidationError, ValueError):
        faults = faults_in(data, found, entry=str(data.get("id", UNNAMED)), skip=frozenset({"kind"}))
        problems = list(islice(faults, MOST_FAULTS))
        raise Undecodable(problems or [_odd(data)]) from None


def data_of(act: Struct) -> dict[str, object]:
    """The plain data of an act: what canonical JSON and TOML are written from."""
    if isinstance(act, Unknown):
        return act.data()
    data = msgspec.to_builtins(act, enc_hook=encode_hook)
    assert isinstance(data, dict)  # noqa: S101  # a Struct always becomes a mapping
    return data


def faults_in(
    data: Mapping[str, object], struct: type[Struct], entry: str | None = None, skip: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Every fault of a mapping against a Struct: unknown, missing and malformed fields."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    for name in data:
        if name not in fields and name not in skip:
            yield _problem("unknown-field", _unknown_field(name, fields), entry, name)
    for name, field in fields.items():
        if name not in data:
            if field.required:
                fault = phrase("is missing; expected {expected}", expected=expected(field.type))
                yield _problem("missing-field", fault, entry, name)
            continue
        if (fault_here := _field_fault(data[name], field.type)) is not None:
            yield _problem("malformed-field", fault_here, entry, name)


def _field_fault(value: object, annotation: object) -> Phrase | None:
    try:
        msgspec.convert(value, annotation, dec_hook=decode_hook)
    except (msgspec.ValidationError, ValueError) as fault:
        return _because(
            phrase("expected {expected}, found {found}", expected=expected(annotation), found=_found(value)), fault
        )
    return None


def _because(said: Phrase, fault: Exception) -> Phrase:
    """A fault with its reason, where the decoder gives one that says more than which types met."""
    if isinstance(fault.__cause__, Fault):
        return phrase("{said} ({why})", said=said, why=fault.__cause__.phrase)
    why = str(fault)
    if PATH not in why and any(each in why for each in SAID_ALREADY):
        return said
    return phrase("{said} ({why})", said=said, why=why)


SAID_ALREADY = ("got `", "Invalid enum value")
PATH = " - at `"
"""How the decoder says where in a field a fault lies."""


def shown(value: object) -> str:
    """A value, cut to fit in a message."""
    text = str(value) if isinstance(value, (str, int, float)) else type(value).__name__
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "\N{HORIZONTAL ELLIPSIS}"


def _found(value: object) -> str | Phrase:
    if isinstance(value, dict):
        return phrase("a table")
    return phrase("a list") if isinstance(value, list) else shown(value)


LONGEST_SHOWN = 60

EXPECTATIONS: dict[object, Phrase] = {
    Date: phrase("a date such as 2026-01-19, 2026-01, ../2026-01-21 or 2026-01-19?"),
    Instant: phrase("an instant such as 2026-01-22T11:30:00Z"),
    Tongues: phrase("words, or a table of words by language"),
    Money: phrase("a table of amount and currency"),
    Amount: phrase("an amount in plain digits, as text"),
    bool: phrase("true or false"),
    int: phrase("a whole number"),
    str: phrase("text"),
}


def expected(annotation: object) -> Phrase:
    """What a field's type expects, in words."""
    families = None if holds(annotation, tuple) else families_of(annotation)
    if families is not None:
        wanted = ", ".join(f"{each}:\N{HORIZONTAL ELLIPSIS}" for each in families) or "family:name"
        return phrase("a ref ({wanted})", wanted=wanted)
    origin = get_origin(annotation)
    if origin is Literal:
        return phrase("one of: {choices}", choices=", ".join(str(choice) for choice in get_args(annotation)))
    if origin is Annotated:
        return expected(get_args(annotation)[0])
    if origin is tuple:
        return phrase("a list, each of it {each}", each=expected(get_args(annotation)[0]))
    if origin is not None:
        return _any_expected([part for part in get_args(annotation) if part is not type(None)])
    return EXPECTATIONS.get(annotation) or _class_expected(annotation)


def _any_expected(parts: list[object]) -> Phrase:
    """What a field that takes one of several types expects: only typed tables come in several."""
    if len(parts) == 1:
        return expected(parts[0])
    types = [str(part.__struct_config__.tag) for part in parts if isinstance(part, type) and issubclass(part, Struct)]
    return phrase("a table whose type is one of: {choices}", choices=", ".join(types))


def _class_expected(annotation: object) -> Phrase:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return phrase("one of: {choices}", choices=", ".join(str(choice.value) for choice in annotation))
    if isinstance(annotation, type) and issubclass(annotation, Struct):
        return phrase("a table of {fields}", fields=", ".join(annotation.__struct_fields__))
    return phrase("a table of fields")


def _unknown_field(name: str, fields: Mapping[str, object]) -> Phrase:
    near = suggest(name, fields)
    if near is None:
        return phrase("there is no field {name} here; expected one of: {fields}", name=name, fields=", ".join(fields))
    return phrase("there is no field {name} here; did you mean {near}?", name=name, near=near)


def _no_kind(data: Mapping[str, object]) -> Problem:
    kind = data.get("kind")
    entry = str(data.get("id", UNNAMED))
    if kind is None:
        return _problem("no-kind", phrase("has no kind; expected one such as invitation.issued"), entry, "kind")
    near = suggest(str(kind), KINDS)
    if near is None:
        return _problem("unknown-kind", phrase("{kind} is no kind of act", kind=shown(kind)), entry, "kind")
    return _problem(
        "unknown-kind",
        phrase("{kind} is no kind of act; did you mean {near}?", kind=shown(kind), near=near),
        entry,
        "kind",
    )


def _odd(data: Mapping[str, object]) -> Problem:
    fault = phrase("cannot be read as {kind}", kind=str(data.get("kind")))
    return _problem("malformed", fault, str(data.get("id", UNNAMED)), None)


def _problem(code: str, fault: Phrase, entry: str | None, field: str | None) -> Problem:
    return Problem(code=code, weight=Weight.BAR, phrase=fault, entry=entry, place=Place(field=field))
