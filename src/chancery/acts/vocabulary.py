"""The vocabulary told to others: every kind with its fields in words, and as JSON Schema (2020-12)."""

from __future__ import annotations

import inspect
import sys
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Meta, Struct

from chancery.acts.base import KINDS, Act, header_fields, statement_of
from chancery.acts.decoding import expected
from chancery.register import Head, Source
from chancery.values import Phrase, encode_hook, schema_hook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]  # a JSON Schema may hold any JSON


class FieldOf(Struct, frozen=True):
    """A field in words: what it expects, whether it must be there, what stands where it is left out, what it is."""

    name: str
    expects: Phrase
    required: bool
    default: object
    about: Phrase
    identifies: bool
    shared: bool


def fields_of(struct: type[Struct]) -> tuple[FieldOf, ...]:
    """The fields of a kind, its own first, then those that every kind shares; or the fields of a head or source."""
    shared = header_fields() if issubclass(struct, Act) else frozenset()
    identity = struct.identity if issubclass(struct, Act) else ()
    found = [
        FieldOf(
            name=field.name,
            expects=expected(field.type),
            required=field.required,
            default=default_of(field),
            about=Phrase(about(field.type)),
            identifies=field.name in identity,
            shared=field.name in shared,
        )
        for field in msgspec.structs.fields(struct)
    ]
    return tuple(sorted(found, key=lambda field: (field.shared, not field.required)))


def default_of(field: msgspec.structs.FieldInfo) -> object:
    """What stands where a field is left out, as it is written; None for nothing."""
    return (
        None if field.default in (NODEFAULT, None, (), "") else msgspec.to_builtins(field.default, enc_hook=encode_hook)
    )


def about(annotation: object) -> str:
    """What a field's type says that it is; the nearest description counts."""
    if get_origin(annotation) is Annotated:
        said = [meta.description for meta in get_args(annotation)[1:] if isinstance(meta, Meta) and meta.description]
        if said:
            return said[-1]
    return next((found for part in get_args(annotation) if (found := about(part))), "")


def subjects() -> dict[str, list[type[Act]]]:
    """The kinds by subject, which is the module that defines them; in the order of definition."""
    found: dict[str, list[type[Act]]] = {}
    for kind in KINDS.values():
        found.setdefault(kind.__module__.rpartition(".")[2], []).append(kind)
    return found


def subject_words(kinds: Iterable[type[Act]]) -> Phrase:
    """What the kinds of a subject are about: the first line of their module."""
    module = sys.modules[next(iter(kinds)).__module__]
    return Phrase((inspect.getdoc(module) or "").partition("\n")[0].removesuffix("."))


def tables_within(structs: Iterable[type[Struct]]) -> list[type[Struct]]:
    """The Structs that stand as tables within the fields of others, each once."""
    found: dict[type[Struct], None] = {}
    waiting = [field.type for struct in structs for field in msgspec.structs.fields(struct)]
    for annotation in waiting:
        if isinstance(annotation, type) and issubclass(annotation, Struct) and annotation not in found:
            found[annotation] = None
            waiting.extend(field.type for field in msgspec.structs.fields(annotation))
        waiting.extend(get_args(annotation))
    return list(found)


def schema_of(kind: type[Act]) -> Schema:
    """The JSON Schema of one kind by itself."""
    return {"$schema": DIALECT, "title": kind.kind, **_Schemas([kind]).whole(kind)}


def record_schema() -> Schema:
    """The JSON Schema of a whole record file in TOML: a head, sources, and acts told apart by their kind."""
    kinds = tuple(KINDS.values())
    schemas = _Schemas([Head, Source, *kinds])
    branches = [
        {"if": {"properties": {"kind": {"const": kind.kind}}, "required": ["kind"]}, "then": _to(kind.kind)}
        for kind in kinds
    ]
    act = {"type": "object", "required": ["id", "kind"], "allOf": [{"properties": schemas.any_field(kinds)}, *branches]}
    tables = {
        "record": _to("record"),
        "source": {"type": "array", "items": _to("source")},
        "act": {"type": "array", "items": _to("act")},
    }
    definitions = {
        **schemas.shared,
        "record": schemas.object(Head),
        "source": schemas.object(Source),
        "act": act,
        **{kind.kind: schemas.object(kind) for kind in kinds},
    }
    return {
        "$schema": DIALECT,
        "title": "A record of Chancery, or one file of it",
        "type": "object",
        "properties": tables,
        "additionalProperties": False,
        "$defs": definitions,
    }


def _to(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


class _Schemas:
    """The schemas of all the fields of some Structs, made at once so that they share their definitions."""

    def __init__(self, structs: Iterable[type[Struct]]) -> None:
        structs = tuple(structs)
        types = [_stated(field.type) for struct in structs for field in msgspec.structs.fields(struct)]
        found, components = msgspec.json.schema_components(
            types, schema_hook=schema_hook, ref_template="#/$defs/{name}"
        )
        self._of = dict(zip(map(_key, types), found, strict=True))
        common = [field for field in msgspec.structs.fields(Act) if any(issubclass(each, Act) for each in structs)]
        self._common = {field.name: self._field(field) for field in common}
        self.shared: Schema = {**components, **{f"every.{name}": schema for name, schema in self._common.items()}}

    def whole(self, kind: type[Act]) -> Schema:
        """A kind's schema with all that it refers to."""
        return {**self.object(kind), "$defs": self.shared}

    def object(self, struct: type[Struct]) -> Schema:
        """The schema of a Struct's table."""
        fields = msgspec.structs.fields(struct)
        kind = {"kind": {"const": struct.kind}} if issubclass(struct, Act) else {}
        return {
            "description": str(statement_of(struct)) if issubclass(struct, Act) else inspect.getdoc(struct),
            "type": "object",
            "required": [*kind, *(field.name for field in fields if field.required)],
            "properties": {**kind, **{field.name: self._property(struct, field) for field in fields}},
            "additionalProperties": False,
        }

    def any_field(self, kinds: Iterable[type[Act]]) -> Schema:
        """Each field that any kind has, for editors that complete what they cannot yet tell apart."""
        kinds = tuple(kinds)
        found: Schema = {"kind": {"enum": [kind.kind for kind in kinds], "description": "what was done"}}
        for kind in kinds:
            for field in msgspec.structs.fields(kind):
                schema = self._property(kind, field)
                found[field.name] = schema if found.get(field.name, schema) == schema else {}
        return found

    def _property(self, struct: type[Struct], field: msgspec.structs.FieldInfo) -> Schema:
        if issubclass(struct, Act) and field.name in self._common:
            return _to(f"every.{field.name}")
        return self._field(field)

    def _field(self, field: msgspec.structs.FieldInfo) -> Schema:
        schema: Mapping[str, Any] = self._of[_key(_stated(field.type))]
        default = default_of(field)
        return dict(schema) if default is None else {**schema, "default": default}


def _stated(annotation: object) -> object:
    """A field's type where it is stated: a record leaves a field out, it does not write that there is nothing."""
    parts = get_args(annotation)
    if NoneType not in parts:
        return annotation
    return Union[tuple(part for part in parts if part is not NoneType)]  # noqa: UP007  # a union made at run time


def _key(annotation: object) -> str:
    return repr(annotation)
