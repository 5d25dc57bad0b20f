"""The shape of a kind: what its class declares, worked out once, so that checking an act costs little."""

from __future__ import annotations

from functools import cache
from inspect import get_annotations
from operator import attrgetter
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Literal, Union, get_args, get_origin

import msgspec
from msgspec import Meta, Struct

from chancery.acts.base import Act, own_fields
from chancery.register.accounts import Account
from chancery.values import Ref, Tongues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class RefField(Struct, frozen=True):
    """A field that holds a ref, or several, of some families (none: of any)."""

    name: str
    families: tuple[str, ...]
    many: bool

    def refs(self, act: Act) -> tuple[str, ...]:
        """The refs that an act has in this field."""
        value = getattr(act, self.name)
        return value if self.many else () if value is None else (value,)


class Shape(Struct, frozen=True):
    """What a kind's class declares.

    ``key`` gives an act's class and what identifies it, several refs in any order, or is None where each account
    stands alone; ``compared`` are the fields on which accounts can differ, and ``read`` gives what an act has in them;
    ``faulty`` and ``checked`` tell whether the kind has checks of its own.
    """

    kind: type[Act]
    key: Callable[[Act], object] | None
    refs: tuple[RefField, ...]
    compared: tuple[str, ...]
    read: Callable[[Account], tuple[object, ...]]
    faulty: bool
    checked: bool

    def stated(self, accounts: Sequence[Account]) -> list[tuple[object, ...]]:
        """What accounts of any kinds state in the fields compared; None in one that a kind does not have."""
        if {account.__class__ for account in accounts} == {self.kind}:
            return list(map(self.read, accounts))
        return [tuple(getattr(account, name, None) for name in self.compared) for account in accounts]


class Declared(Struct, frozen=True):
    """What the type of a field declares: refs of which families (None: no ref), whether several, whether free text."""

    name: str
    families: tuple[str, ...] | None
    many: bool
    free: bool


@cache
def shape_of(kind: type[Act]) -> Shape:
    """The shape of a kind."""
    fields = _declared(kind)
    compared = compared_fields(kind)
    return Shape(
        kind=kind,
        key=_key(kind),
        refs=tuple(RefField(field.name, field.families, field.many) for field in fields if field.families is not None),
        compared=compared,
        read=_reader(compared),
        faulty=kind.faults is not Act.faults or "until" in kind.__struct_fields__,
        checked=kind.check is not Act.check,
    )


def _reader(names: tuple[str, ...]) -> Callable[[Account], tuple[object, ...]]:
    """What gives the values of some fields, as a tuple even of one."""
    read = attrgetter(*names)
    return read if len(names) > 1 else lambda account: (read(account),)


@cache
def _declared(struct: type[Struct]) -> tuple[Declared, ...]:
    """What each field of a class declares, in order; what a class inherits is looked at only once."""
    inherited = () if struct is Account else _declared(struct.__mro__[1])
    own = get_annotations(struct, eval_str=True)
    added = struct.__struct_fields__[len(inherited) :]
    return (*inherited, *(_declares(name, own[name]) for name in added))


def _declares(name: str, annotation: object) -> Declared:
    return Declared(name, families_of(annotation), holds(annotation, tuple), holds(annotation, Tongues))


def _key(kind: type[Act]) -> Callable[[Act], object] | None:
    if not kind.identity:
        return None
    if not any(field.many for field in _declared(kind) if field.name in kind.identity):
        return attrgetter("__class__", *kind.identity)
    return lambda act: (act.__class__, *(_unordered(getattr(act, name)) for name in kind.identity))


def _unordered(value: object) -> object:
    return frozenset(value) if isinstance(value, tuple) else value


def compared_fields(kind: type[Act]) -> tuple[str, ...]:
    """The fields on which two accounts of one act can differ: not free text, nor what accounts add to each other.

    What identifies an act can differ too, where ``same_as`` joins accounts that tell of it differently.
    """
    left_out = {field.name for field in _declared(kind) if field.free}.union(kind.gathers)
    return ("effective", *(name for name in own_fields(kind) if name not in left_out))


def families_of(annotation: object) -> tuple[str, ...] | None:
    """The families of ref that a field's type admits (none: any), or None where it holds no ref."""
    if get_origin(annotation) is Annotated:
        for meta in get_args(annotation)[1:]:
            if isinstance(meta, Meta) and meta.extra is not None and "families" in meta.extra:
                families: tuple[str, ...] = meta.extra["families"]
                return families
    if annotation is Ref:
        return ()
    return next((found for part in get_args(annotation) if (found := families_of(part)) is not None), None)


def refs_within(table: Struct) -> Iterator[tuple[RefField, str]]:
    """The refs that a table within a field names, however deep: those of a typed rule, and the keys of its weights."""
    for name, families in _fields_within(table.__class__):
        value = getattr(table, name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Struct):
                yield from refs_within(each)
            elif families is not None and each is not None:
                yield RefField(name, families, many=False), each
        if isinstance(value, dict):
            yield from ((RefField(name, (), many=False), ref) for ref in value)


@cache
def _fields_within(struct: type[Struct]) -> tuple[tuple[str, tuple[str, ...] | None], ...]:
    return tuple((field.name, families_of(field.type)) for field in msgspec.structs.fields(struct))


def bare(annotation: object) -> object:
    """A type without what is said of it, and without None beside it."""
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    parts = [part for part in get_args(annotation) if part is not NoneType]
    return bare(parts[0]) if get_origin(annotation) in (Union, UnionType) and len(parts) == 1 else annotation


def structs_of(annotation: object) -> tuple[type[Struct], ...]:
    """The tables that a type allows: one, or several of which each has a type of its own."""
    parts = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
    return tuple(part for part in parts if isinstance(part, type) and issubclass(part, Struct))


def holds(annotation: object, sought: type) -> bool:
    """Whether a type is, or wraps, the sought one."""
    if annotation is sought or get_origin(annotation) is sought:
        return True
    return any(holds(part, sought) for part in get_args(annotation) if get_origin(annotation) is not Literal)
