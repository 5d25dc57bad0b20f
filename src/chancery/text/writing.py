"""The canonical TOML of a record: one way to write each entry; comments stay where they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.acts import data_of, header_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.acts import Act
    from chancery.ledger import Record
    from chancery.register import Head, Source

HEAD_KEY = "[record]"
"""The key of a record's head, where an entry has its id and a source its ref."""

BARE = re.compile(r"^[A-Za-z0-9_-]+$")
ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
WIDEST = 110
"""Letters of an array that stands on one line."""

LAST = ("cites", "replaces", "same_as", "distinct", "recorded", "by_officer")
"""Fields that close an entry's table."""


class Comments(Struct, frozen=True):
    """The comments of one table: beside its header, above its fields, beside them. Those of no field stand first."""

    header: str = ""
    above: Mapping[str, tuple[str, ...]] = {}
    beside: Mapping[str, str] = {}


SILENT = Comments()


def act_toml(act: Act, comments: Comments = SILENT) -> str:
    """An entry as a TOML table: id and kind, the kind's own fields, then those that all kinds share."""
    data = data_of(act)
    shared = header_fields()
    own = [name for name in data if name not in shared and name != "kind"]
    common = [name for name in data if name in shared and name not in ("id", *LAST)]
    order = ["id", "kind", *own, *common, *(name for name in LAST if name in data)]
    return _table("[[act]]", {name: data[name] for name in order}, comments)


def source_toml(source: Source, comments: Comments = SILENT) -> str:
    """A source as a TOML table."""
    return _table("[[source]]", _untagged(source), comments)


def head_toml(head: Head, comments: Comments = SILENT) -> str:
    """The head of a record as a TOML table."""
    return _table("[record]", _untagged(head), comments)


def _untagged(struct: Struct) -> dict[str, object]:
    """The data of a head or source; the word that tells lines of JSON apart is no field of it."""
    return {name: value for name, value in data_of(struct).items() if name != "kind"}


def record_toml(record: Record) -> str:
    """A whole record as one TOML text: head, sources, entries in the ledger's order."""
    tables = [head_toml(record.head), *map(source_toml, record.sources.values()), *map(act_toml, record.acts)]
    return "\n".join(tables)


def key_toml(record: Record, key: str) -> str:
    """The table of a record that a key names: the head, a source by its ref or an entry by its id."""
    if key == HEAD_KEY:
        return head_toml(record.head)
    source = record.sources.get(key)
    return act_toml(record.acts[record.places[key]]) if source is None else source_toml(source)


def _table(header: str, data: Mapping[str, object], comments: Comments) -> str:
    lines = [_beside(header, comments.header)]
    for name, above in comments.above.items():
        if name not in data:
            lines.extend(above)
    lines.extend(comment for name, comment in comments.beside.items() if name not in data)
    for name, value in data.items():
        lines.extend(comments.above.get(name, ()))
        lines.append(_beside(f"{_key(name)} = {_value(value)}", comments.beside.get(name, "")))
    return "\n".join((*lines, ""))


def _beside(text: str, comment: str) -> str:
    return f"{text}  {comment}" if comment else text


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
