"""The options of `chancery add`: made from a kind's class, and read into the data that a table of TOML would give."""

from __future__ import annotations

import re
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Literal, get_args, get_origin

import click
import msgspec
from msgspec import Struct

from chancery.acts import fields_of
from chancery.text import table_in
from chancery.values import Date, Instant, Money, Tongues, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.acts import Act, FieldOf
    from chancery.languages import Reader

NOT_ASKED = frozenset({"recorded"})
"""Fields that no option sets: the clock does."""

IN_LANGUAGE = re.compile(r"(?P<lang>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*|authentic)=(?P<text>.*)", re.DOTALL)
SUM = re.compile(r"\s*(?P<amount>\S+)\s+(?P<currency>\S+)\s*")
WHOLE = re.compile(r"-?[0-9]{1,30}")

HOW_TO_WRITE = phrase(
    "Repeat an option that takes several. Words in one language: --words ar=TEXT; in several: repeat it; a text that "
    "begins like that but is none: put = before it. A source and where in it: --cites "
    "'source:x#article=art. 3.2,page=4'. Money: --money '5000000 USD'. Any table can be written as in a file: "
    "--cites '{{source = \"source:x\"}}'."
)


def options_for(kind: type[Act], reader: Reader) -> list[click.Parameter]:
    """An option for each field of a kind; what is missing or malformed is found when the act is read, all at once."""
    words = {field.name: field for field in fields_of(kind)}
    types = {field.name: field.type for field in msgspec.structs.fields(kind)}
    return [_option(words[name], types[name], reader) for name in words if name not in NOT_ASKED]


def _option(field: FieldOf, annotation: object, reader: Reader) -> click.Option:
    flag = f"--{field.name.replace('_', '-')}"
    core, many = core_of(annotation)
    if core is bool:
        return click.Option([f"{flag}/--no-{flag[2:]}", field.name], default=None, help=reader.say(field.about))
    metavar = _metavar(core)
    wanted = reader.say(field.expects) if metavar in ("REF", "CHOICE", "TABLE") else ""
    said = "; ".join(part for part in (reader.say(field.about), wanted) if part)
    if field.required and field.name != "id":
        said = f"{said}  [{reader.text('needed')}]"
    repeated = many or core is Tongues
    return click.Option([flag, field.name], multiple=repeated, metavar=metavar, help=said)


METAVARS: dict[object, str] = {
    Date: "DATE",
    Instant: "INSTANT",
    Money: "'AMOUNT CURRENCY'",
    Tongues: "[LANG=]TEXT",
    int: "NUMBER",
    str: "TEXT",
}


def _metavar(core: object) -> str:
    """What a value is, as the help names it."""
    if get_origin(core) is Literal:
        return "CHOICE"
    return "REF" if _is_ref(core) else METAVARS.get(core, "TABLE")


def core_of(annotation: object) -> tuple[object, bool]:
    """A field's type without what is said about it, and whether it takes several."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return core_of(get_args(annotation)[0])
    if origin is tuple:
        return core_of(get_args(annotation)[0])[0], True
    stated = [part for part in get_args(annotation) if part is not NoneType]
    return core_of(stated[0]) if NoneType in get_args(annotation) and len(stated) == 1 else (annotation, False)


def data_from(kind: type[Act], given: dict[str, object]) -> Iterator[tuple[str, object]]:
    """The data that the given options stand for, as a table of TOML would hold it."""
    for field in msgspec.structs.fields(kind):
        value = given.get(field.name)
        if value not in (None, ()):
            core, many = core_of(field.type)
            if many and isinstance(value, tuple):
                yield field.name, [_read(core, text) for text in value]
            elif isinstance(value, tuple):
                yield field.name, _tongues(value)
            else:
                yield field.name, _read(core, value)


def _read(core: object, value: object) -> object:
    """One value as TOML would hold it; what cannot be read stays text, and is refused as every door refuses it."""
    if not isinstance(value, str) or core in (str, Instant) or _is_ref(core):
        return value
    if value.startswith("{") and (table := table_in(value)) is not None:
        return table
    if core is Tongues:
        return _tongues((value,))
    if isinstance(core, type) and issubclass(core, Struct) and core is not Money:
        return _briefly(core, value)
    return _figures(core, value)


def _figures(core: object, text: str) -> object:
    """A number or a sum."""
    if WHOLE.fullmatch(text) and (core is int or int in map(_core, get_args(core))):
        return int(text)
    found = SUM.fullmatch(text) if core is Money else None
    return found.groupdict() if found else text


def _core(part: object) -> object:
    """One of the types that a field may have, without what is said about it."""
    return core_of(part)[0]


def _is_ref(core: object) -> bool:
    return getattr(core, "__supertype__", None) is str


def _tongues(texts: tuple[str, ...]) -> object:
    """Words from texts, each perhaps with its language before it."""
    if len(texts) == 1 and texts[0].startswith("{") and (table := table_in(texts[0])) is not None:
        return table
    found: dict[str, object] = {}
    for text in texts:
        named = IN_LANGUAGE.fullmatch(text)
        if named is None:
            found["und"] = text.removeprefix("=")
        elif named["lang"] == "authentic":
            found["authentic"] = [lang.strip() for lang in named["text"].split(",")]
        else:
            found[named["lang"]] = named["text"]
    return found["und"] if list(found) == ["und"] else found


def _briefly(struct: type[Struct], text: str) -> object:
    """A table whose only needed field is written first: ``source:x#article=3.2,page=4``."""
    needed = [field.name for field in msgspec.structs.fields(struct) if field.required]
    others = [field.name for field in msgspec.structs.fields(struct) if not field.required]
    if len(needed) != 1:
        return text
    key = f"(?:{'|'.join(others)})"
    more = re.fullmatch(rf"(?P<first>.*?)#(?P<rest>{key}=.*)", text, re.DOTALL)
    if more is None:
        return {needed[0]: text}
    pairs = (pair.partition("=") for pair in re.split(rf",(?={key}=)", more["rest"]))
    return {needed[0]: more["first"], **{name: value for name, _, value in pairs}}
