"""From data to an act, and back: one way for every door. On a fault, every fault, field by field."""

from __future__ import annotations

from enum import Enum
from itertools import islice
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Literal, get_args, get_origin

import msgspec
from msgspec import Struct

from chancery.acts.base import KINDS, Act
from chancery.acts.shape import bare, families_of, holds, structs_of
from chancery.acts.upgrades import Unknown, upgraded
from chancery.rules.bounds import Amount as Weighed
from chancery.rules.bounds import Bound
from chancery.rules.provisions import KIND_PATTERN
from chancery.rules.voting import NAME_PATTERN
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
    from collections.abc import Iterator, Mapping, Sequence

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
    data: Mapping[str, object],
    struct: type[Struct],
    entry: str | None = None,
    skip: frozenset[str] = frozenset(),
    within: str = "",
) -> Iterator[Problem]:
    """Every fault of a mapping against a Struct: unknown, missing and malformed fields, each by its path."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    for name in data:
        if name not in fields and name not in skip:
            yield _problem("unknown-field", _unknown_field(name, fields), entry, within + name)
    for name, field in fields.items():
        if name not in data:
            if field.required:
                fault = phrase("is missing; expected {expected}", expected=expected(field.type))
                yield _problem("missing-field", fault, entry, within + name)
            continue
        yield from _faults_at(data[name], field.type, entry, within + name)


def _faults_at(value: object, annotation: object, entry: str | None, path: str) -> Iterator[Problem]:
    """Every fault of what a field holds, each at its own place where the field holds tables."""
    fault_here = _field_fault(value, annotation)
    if fault_here is None:
        return
    told = False
    for problem in _faults_below(value, bare(annotation), entry, path) if path.count(".") < DEEPEST_TOLD else ():
        told = True
        yield problem
    if not told:
        yield _problem("malformed-field", fault_here, entry, path)


def _faults_below(value: object, annotation: object, entry: str | None, path: str) -> Iterator[Problem]:
    """The faults of each table, or of each thing in a list or table, that a field holds."""
    if isinstance(value, dict) and get_origin(annotation) is dict:
        for key, each in value.items():
            yield from _faults_at(each, get_args(annotation)[1], entry, f"{path}.{key}")
    elif isinstance(value, dict) and (structs := structs_of(annotation)):
        yield from _table_faults(value, structs, entry, path)
    elif isinstance(value, list) and get_origin(annotation) is tuple:
        for index, each in enumerate(value):
            yield from _faults_at(each, get_args(annotation)[0], entry, f"{path}[{index}]")


def _table_faults(
    value: Mapping[str, object], structs: Sequence[type[Struct]], entry: str | None, path: str
) -> Iterator[Problem]:
    """The faults of a table that is one of some: told apart by its type, where there are several."""
    tags = {str(each.__struct_config__.tag): each for each in structs if each.__struct_config__.tag_field}
    chosen: type[Struct] | None = structs[0]
    if tags:
        field = str(structs[0].__struct_config__.tag_field)
        tag = value.get(field)
        chosen = tags.get(tag) if isinstance(tag, str) else None
        if chosen is None:
            yield _problem("unknown-type", _no_type(tag, tags), entry, f"{path}.{field}")
            return
    assert chosen is not None  # noqa: S101  # one of the structs
    skip = frozenset({str(chosen.__struct_config__.tag_field)})
    yield from faults_in(value, chosen, entry, skip, f"{path}.")


def _no_type(tag: object, tags: Mapping[str, object]) -> Phrase:
    choices = ", ".join(tags)
    if tag is None:
        return phrase("is missing; expected one of: {choices}", choices=choices)
    near = suggest(str(tag), tags)
    if near is None:
        return phrase("{type} is no type here; expected one of: {choices}", type=shown(tag), choices=choices)
    return phrase("{type} is no type here; did you mean {near}?", type=shown(tag), near=near)


DEEPEST_TOLD = 20
"""How deep in a field the place of a fault is told."""


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
    if (PATH not in why and any(each in why for each in SAID_ALREADY)) or "matching regex" in why:
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


WRITTEN: tuple[tuple[object, Phrase], ...] = (
    (Bound, phrase('a number of votes, or a share such as "2/3" or "65%"')),
    (Weighed, phrase('a weight of nought or more: 3, "0.5" or "1/3"')),
)
"""Numbers that are written in a way of their own."""

PATTERNS = {
    NAME_PATTERN: phrase("a name of small letters, digits and the signs _ . / -"),
    KIND_PATTERN: phrase("the name of a kind of act, such as vote.cast"),
}
"""What texts that keep to a pattern are."""


def expected(annotation: object) -> Phrase:
    """What a field's type expects, in words."""
    families = None if holds(annotation, tuple) else families_of(annotation)
    if families is not None:
        wanted = ", ".join(f"{each}:\N{HORIZONTAL ELLIPSIS}" for each in families) or "family:name"
        return phrase("a ref ({wanted})", wanted=wanted)
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *metas = get_args(annotation)
        patterns = (PATTERNS.get(each.pattern or "") for each in metas if isinstance(each, msgspec.Meta))
        return next(filter(None, patterns), None) or expected(inner)
    if origin is not None:
        return next((said for written, said in WRITTEN if annotation == written), None) or _of_several(annotation)
    return EXPECTATIONS.get(annotation) or _class_expected(annotation)


def _of_several(annotation: object) -> Phrase:
    """What a field expects that takes one of several things, or several."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return phrase("one of: {choices}", choices=", ".join(map(str, inner)))
    if origin is tuple:
        return phrase("a list, each of it {each}", each=expected(inner[0]))
    if origin is dict:
        return phrase("a table, each in it {each}", each=expected(inner[1]))
    return _any_expected([part for part in inner if part is not NoneType])


def _any_expected(parts: list[object]) -> Phrase:
    """What a field that takes one of several types expects: only typed tables come in several."""
    if len(parts) == 1:
        return expected(parts[0])
    types = [str(part.__struct_config__.tag) for part in parts if isinstance(part, type) and issubclass(part, Struct)]
    return phrase("a table whose type is one of: {choices}", choices=", ".join(types))


def _class_expected(annotation: object) -> Phrase:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return phrase("one of: {choices}", choices=", ".join(str(choice.value) for choice in annotation))
    fields = ", ".join(getattr(annotation, "__struct_fields__", ()))
    return phrase("a table of {fields}", fields=fields) if fields else phrase("a table of fields")


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
