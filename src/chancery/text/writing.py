"""The canonical TOML of a record: one way to write each entry; comments stay where they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chancery.acts import data_of, header_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from chancery.acts import Act
    from chancery.ledger import Record
    from chancery.register import Head, Source

BARE = re.compile(r"^[A-Za-z0-9_-]+$")
ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
LAST = ("cites", "replaces", "same_as", "distinct", "recorded", "by_officer")
"""Fields that close an entry's table."""


def act_toml(act: Act) -> str:
    """An entry as a TOML table: id and kind, the kind's own fields, then those that all kinds share."""
    data = data_of(act)
    shared = header_fields()
    own = [name for name in data if name not in shared and name != "kind"]
    common = [name for name in data if name in shared and name not in ("id", *LAST)]
    order = ["id", "kind", *own, *common, *(name for name in LAST if name in data)]
    return _table("[[act]]", {name: data[name] for name in order})


def source_toml(source: Source) -> str:
    """A source as a TOML table."""
    return _table("[[source]]", data_of(source))


def head_toml(head: Head) -> str:
    """The head of a record as a TOML table."""
    return _table("[record]", data_of(head))


def record_toml(record: Record) -> str:
    """A whole record as one TOML text: head, sources, entries in the ledger's order."""
    tables = [head_toml(record.head), *map(source_toml, record.sources.values()), *map(act_toml, record.acts)]
    return "\n".join(tables)


def append_act(file: Path, act: Act) -> None:
    """Append an entry to a file in canonical form; what stands there, comments included, stays as it is."""
    before = file.read_text("utf-8") if file.exists() else ""
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_text(before + gap + act_toml(act), "utf-8")
    fresh.replace(file)


def _table(header: str, data: Mapping[str, object]) -> str:
    return "\n".join((header, *(f"{_key(name)} = {_value(value)}" for name, value in data.items()), ""))


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_key(name)} = {_value(each)}' for name, each in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return _array([_value(each) for each in value])
    return _string(str(value))


WIDEST = 110


def _array(items: list[str]) -> str:
    line = f"[{', '.join(items)}]"
    if len(line) <= WIDEST or len(items) == 1:
        return line
    return "\n".join(("[", *(f"    {item}," for item in items), "]"))


def _key(name: str) -> str:
    return name if BARE.match(name) else _string(name)


def _string(text: str) -> str:
    return f'"{"".join(_escaped(text))}"'


def _escaped(text: str) -> Iterator[str]:
    for letter in text:
        if letter in ESCAPES:
            yield ESCAPES[letter]
        elif ord(letter) < ord(" ") or letter == "\x7f":
            yield f"\\u{ord(letter):04x}"
        else:
            yield letter
