"""A sample of every kind, made from its class: data as a file would hold it, and the options that say the same."""

from collections.abc import Iterator
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec
from msgspec import Struct

from chancery.acts import Act, families_of
from chancery.values import FAMILIES, Amount, Date, Instant, Ref, Tongues

BASE = """\
[record]
title = "Samples"

[[source]]
ref = "source:x"
standing = "press"
published = "2026-01-20"

[[act]]
id = "earlier"
kind = "statement.made"
effective = "2026-01-10"
cites = [{ source = "source:x" }]
"""
LINKS = frozenset({"replaces", "same_as", "distinct", "recorded", "weekday", "kind"})
"""Fields that a sample leaves out: they say how an entry stands to others, or who recorded it."""

Value = Any  # what TOML may hold


def base() -> str:
    """A sound record in one TOML text that describes a ref of each family."""
    refs = (f"{family}:x" for family in FAMILIES if family not in ("state", "source"))
    described = "\n".join(
        f'[[act]]\nid = "n-{ref}"\nkind = "party.described"\nparty = "{ref}"\ncites = [{{ source = "source:x" }}]\n'
        for ref in refs
    )
    return f"{BASE}\n{described}"


def sample(kind: type[Act]) -> dict[str, Value]:
    """Data of a kind with every field filled that a sample can fill."""
    fields = [field for field in msgspec.structs.fields(kind) if field.name not in LINKS]
    data = {field.name: value_of(field.name, field.type) for field in fields}
    data |= {"id": "sample", "kind": kind.kind, "effective": "2026-01-19", "cites": [{"source": "source:x"}]}
    return data | {name: "earlier" for name in ("entry", "of_entry", "denies") if name in data}


def value_of(name: str, annotation: object) -> Value:
    """A value that a field's type admits."""
    families = families_of(annotation)
    if get_origin(annotation) is Annotated and families is None:
        return value_of(name, get_args(annotation)[0])
    if get_origin(annotation) is tuple or (get_args(annotation) and get_origin(get_args(annotation)[0]) is tuple):
        inner = annotation if get_origin(annotation) is tuple else get_args(annotation)[0]
        return [value_of(name, get_args(inner)[0])]
    if families is not None:
        return "state:ru" if "state" in families or not families else f"{families[0]}:x"
    stated = [part for part in get_args(annotation) if part is not NoneType]
    if get_origin(annotation) is Literal:
        return stated[0]
    if stated:
        return value_of(name, stated[0])
    return plain_value(name, annotation)


def plain_value(name: str, kind: object) -> Value:
    """A value of one of the types that hold no others."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        tag = kind.__struct_config__.tag
        fields = {field.name: value_of(field.name, field.type) for field in msgspec.structs.fields(kind)}
        return {**({"type": tag} if tag is not None else {}), **fields}
    values: dict[object, Value] = {
        str: {"currency": "USD", "audience": "board"}.get(name, f"Some {name}, naïve"),
        int: 3,
        bool: True,
        Date: "2026-01-30",
        Instant: "2026-01-22T12:30:00+01:00[Europe/Zurich]",
        Tongues: {"en": f'The {name} "quoted"\nover two lines', "ar": "نص"},
        Amount: "5000000.25",
        Ref: "state:ru",
    }
    return values.get(kind, "signed")  # a step, the only enumeration that a field holds


def options(data: dict[str, Value]) -> list[str]:
    """The options of `chancery add` that say what the data say."""
    return [word for name, value in data.items() if name != "kind" for word in option(name, value)]


def option(name: str, value: Value) -> Iterator[str]:
    """One field as options."""
    flag = f"--{name.replace('_', '-')}"
    if isinstance(value, bool):
        yield flag if value else f"--no-{flag[2:]}"
    else:
        for each in value if isinstance(value, list) else [value]:
            yield from (flag, inline(each))


def inline(value: Value) -> str:
    """A value as one word of the command line: a table as TOML writes it between braces."""
    return toml_value(value) if isinstance(value, dict) else str(value)


def toml_value(value: Value) -> str:
    """Any value as TOML writes it on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{name}" = {toml_value(each)}' for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    return msgspec.json.encode(value).decode()


def toml_table(data: dict[str, Value]) -> str:
    """An entry as a table of a file, in whatever order it has."""
    return "[[act]]\n" + "".join(f"{name} = {toml_value(value)}\n" for name, value in data.items())
