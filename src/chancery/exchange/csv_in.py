"""CSV read as acts: our own table of accounts, or any table by a mapping of its columns to kinds and fields."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Annotated

import msgspec
import rtoml
from msgspec import Meta, Struct

from chancery.acts import faults_in
from chancery.exchange.plain import Unreadable, read_json
from chancery.exchange.tables import unshielded
from chancery.exchange.taking import Taking, spelled
from chancery.values import phrase, quoted

if TYPE_CHECKING:
    from chancery.exchange.base import Given, Taken

VOCABULARY = "csv"

WANTED = frozenset({"entry", "kind", "effective", "fields"})
"""Columns of our own table without which it is not ours."""

COPIED = ("effective", "speaker", "on_behalf_of", "channel")

PIECE = re.compile(r"\{\{|\}\}|\{([^{}]+?)(?::(name))?\}|[^{}]+|[{}]")
"""The parts of a template: a doubled brace stands for itself."""

EMPTY: tuple[object, ...] = (None, "", {}, [])

Row = Mapping[str, str]
Values = str | list[str]


class RowOf(Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of a row: an act of a kind, with fields made from columns, where the row is of this sort.

    ``when`` and ``unless`` compare columns with values, in which ``*`` stands for anything.
    """

    kind: str
    fields: dict[str, object]
    when: dict[str, Values] = {}
    unless: dict[str, Values] = {}


class Skip(Struct, frozen=True, forbid_unknown_fields=True):
    """Rows of which nothing becomes."""

    when: dict[str, Values]


class Mapped(Struct, frozen=True, forbid_unknown_fields=True):
    """A mapping: the acts that a row becomes, the columns that are left out, the rows that are left out."""

    act: Annotated[list[RowOf], Meta(min_length=1)]
    ignore: list[str] = []
    skip: list[Skip] = []
    delimiter: Annotated[str, Meta(min_length=1, max_length=1)] = ","


def read_csv(given: Given) -> Taken:
    """The acts of a table, and every fault in it."""
    taking = Taking(given, VOCABULARY)
    mapped = None
    try:
        if given.mapping is not None:
            mapped = _mapping(given)
        rows = list(_rows(given.data, mapped.delimiter if mapped is not None else ","))
    except Unreadable as fault:
        taking.fault("", fault.phrase, code="unreadable")
        return taking.taken()
    header = rows[0][1] if rows else []
    table = _table(taking, header, rows[1:])
    if mapped is not None:
        _by_mapping(taking, header, table, mapped)
    else:
        _our_own(taking, header, table)
    return taking.taken()


def _rows(data: bytes, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table, each with the line on which it ends. Raises Unreadable."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(phrase("is not UTF-8; save it as UTF-8")) from error
    if "\0" in text:
        raise Unreadable(phrase("holds a NUL character; take it out"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if row:
                yield reader.line_num, row
    except csv.Error as error:
        raise Unreadable(phrase("is not CSV: {why}", why=str(error))) from error


def _table(taking: Taking, header: list[str], rows: Iterable[tuple[int, list[str]]]) -> list[tuple[int, Row]]:
    """The rows by column; a fault where a row has more or fewer cells than the header."""
    if not header or len(set(header)) < len(header):
        taking.fault("", phrase("needs a first line that names each column once"), line=1)
        return []
    found: list[tuple[int, Row]] = []
    for line, cells in rows:
        if len(cells) != len(header):
            fault = phrase(
                "has {n:number} cells; the first line has {columns:number}", n=len(cells), columns=len(header)
            )
            taking.fault("", fault, line=line)
        else:
            found.append((line, dict(zip(header, map(unshielded, cells), strict=True))))
    return found


def _our_own(taking: Taking, header: list[str], table: list[tuple[int, Row]]) -> None:
    """Read a table of accounts as ``chancery export --to csv`` writes it."""
    if header and not set(header) >= WANTED:
        fault = phrase("is no table of accounts; give --mapping, which says what its columns are")
        taking.fault("", fault, line=1, code="no-mapping")
        return
    for line, row in table:
        try:
            more = read_json((row["fields"] or "{}").encode())
        except Unreadable as fault_here:
            taking.fault("fields", fault_here.phrase, line=line)
            continue
        if not isinstance(more, dict):
            taking.fault("fields", phrase("expected a JSON object"), line=line)
            continue
        fields = {**more, **{name: row.get(name) for name in COPIED}}
        taking.act(f"/{line}", row["kind"], fields, line=line, entry=row["entry"])


def _by_mapping(taking: Taking, header: list[str], table: list[tuple[int, Row]], mapped: Mapped) -> None:
    """Read any table by a mapping; every column is used or left out by name, every row becomes something."""
    if header and not _all_used(taking, header, mapped):
        return
    seen: set[str] = set()
    for line, row in table:
        fitting = [
            each for each in mapped.act if _fits(row, each.when) and not (each.unless and _fits(row, each.unless))
        ]
        if not fitting and not any(_fits(row, skip.when) for skip in mapped.skip):
            taking.fault(
                "", phrase("is a row of which the mapping makes nothing; add an [[act]] or a [[skip]]"), line=line
            )
        for number, each in enumerate(fitting, 1):
            pointer = f"/{line}" if number == 1 else f"/{line}/{number}"
            fields = _filled(each.fields, {**row, "_entry": taking.entry(f"/{line}")})
            same = msgspec.json.encode([each.kind, fields], order="sorted").decode()
            if same not in seen and isinstance(fields, dict):
                seen.add(same)
                taking.act(pointer, each.kind, fields, line=line)


def _all_used(taking: Taking, header: list[str], mapped: Mapped) -> bool:
    """Whether each column is used or left out by name, and each that is named is there."""
    named = {name for each in mapped.act for name in (*_columns(each.fields), *each.when, *each.unless)}
    named |= {name for skip in mapped.skip for name in skip.when} | set(mapped.ignore)
    for name in sorted(named - {"_entry"} - set(header)):
        taking.fault(name, phrase("the mapping names a column that the table does not have"), line=1)
    for name in sorted(set(header) - named):
        taking.fault(name, phrase("the mapping does not say what this column is; use it, or ignore it"), line=1)
    return not taking.problems


def _fits(row: Row, wanted: Mapping[str, Values]) -> bool:
    """Whether the columns of a row have the values that are wanted."""
    return all(_is_one(row[name], values) for name, values in wanted.items())


def _is_one(cell: str, values: Values) -> bool:
    return any(fnmatchcase(cell, value) for value in ([values] if isinstance(values, str) else values))


def _columns(template: object) -> Iterator[str]:
    """The columns that a template names."""
    if isinstance(template, dict):
        yield from (name for each in template.values() for name in _columns(each))
    elif isinstance(template, list):
        yield from (name for each in template for name in _columns(each))
    elif isinstance(template, str):
        yield from (name for _, name, _ in _pieces(template) if name is not None)


def _filled(template: object, row: Row) -> object:
    """A template with the cells of a row in it; what has only empty cells in it is left out."""
    if isinstance(template, dict):
        made = ((name, _filled(each, row)) for name, each in template.items())
        return {name: each for name, each in made if each not in EMPTY}
    if isinstance(template, list):
        return [each for each in (_filled(each, row) for each in template) if each not in EMPTY]
    return _text(template, row) if isinstance(template, str) else template


def _text(template: str, row: Row) -> str | None:
    pieces = list(_pieces(template))
    columns = [name for _, name, _ in pieces if name is not None]
    if columns and not any(row[name] for name in columns):
        return None
    return "".join(literal + _cell(row, name, form) for literal, name, form in pieces)


def _cell(row: Row, name: str | None, form: str | None) -> str:
    if name is None:
        return ""
    return spelled(row[name]) if form == "name" else row[name].strip()


def _pieces(template: str) -> Iterator[tuple[str, str | None, str | None]]:
    """The parts of a template: ``{column}`` as it stands, ``{column:name}`` spelled as the name of a ref."""
    for piece in PIECE.finditer(template):
        literal = "" if piece[1] else piece[0][:1] if piece[0] in ("{{", "}}") else piece[0]
        yield literal, piece[1], piece[2]


def _mapping(given: Given) -> Mapped:
    """Read a mapping. Raises Unreadable."""
    try:
        data = rtoml.loads((given.mapping or b"").decode())
        return msgspec.convert(data, Mapped)
    except UnicodeDecodeError as error:
        raise Unreadable(phrase("is not UTF-8; save it as UTF-8")) from error
    except rtoml.TomlParsingError as error:
        raise Unreadable(phrase("{file} is not TOML: {why}", file=given.mapping_name, why=str(error))) from error
    except msgspec.ValidationError as error:
        problems = faults_in(data, Mapped)
        why = next((str(each.phrase) for each in problems), str(error))
        raise Unreadable(phrase("{file} is no mapping: {why}", file=given.mapping_name, why=quoted(why))) from error
