"""Tables read into columns: CSV (RFC 4180), JSON Lines, Parquet. What is wrong with a row stands at its line."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, TypeGuard

import msgspec

from chancery.text.columns import LISTS, Codes, Coding, Column, Columns
from chancery.text.files import BYTE_ORDER_MARK, Refused, bounded_bytes, size_of
from chancery.text.loaded import unreadable
from chancery.values import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pyarrow import Array, ChunkedArray, DataType

    from chancery.text.loaded import Progress
    from chancery.values import Phrase, Problem

    Choose = Callable[[Sequence[str]], Mapping[str, str]]
    """Given the names of all columns, those to be read: our name, and the table's. Raises Refused."""

LARGEST_TABLE = 2**30
"""Bytes of one table; of Parquet, also what they are when unpacked."""

MOST_ROWS = 50_000_000
"""Rows of one table."""

AT_A_TIME = 1_000
"""Rows that are put into columns together."""

EXACT = 2**53
"""Numbers below this are the same in every reader of JSON."""

CLOSE = 2
"""Numbers are close where there is at least one row for so many of them."""

SEPARATORS = {";": phrase("semicolons"), "\t": phrase("tabs"), "|": phrase("bars")}
"""What other dialects of CSV put between cells."""


def read_columns(path: Path, choose: Choose, problems: list[Problem], progress: Progress) -> Columns:
    """Read a table; what is wrong with its rows is added to ``problems``. Raises Refused where it is no table."""
    if path.suffix == ".parquet":
        return _parquet(path, choose)
    text = _text(bounded_bytes(path, path.name, LARGEST_TABLE))
    reading = _json_lines if path.suffix in (".jsonl", ".ndjson") else _csv
    return reading(text, Coding(path.name, problems), choose, progress)


def _text(data: bytes) -> str:
    """The text of a table. Bytes that are not UTF-8 become lone surrogates, and are told of at their row."""
    return data.decode("utf-8", "surrogateescape").removeprefix(BYTE_ORDER_MARK)


def _csv(text: str, coding: Coding, choose: Choose, progress: Progress) -> Columns:
    lines = io.StringIO(text, newline="").readlines()
    rows = _rows(lines)
    _, header = next(rows, (1, []))
    if isinstance(header, csv.Error):
        raise Refused(unreadable(coding.file, phrase("is not CSV: {why}", why=str(header)), 1, "not-csv"))
    names = [column.strip() for column in header]
    _refuse_dialect(names, coding.file)
    chosen = {ours: names.index(theirs) for ours, theirs in choose(names).items()}
    coding.take([], [(ours, []) for ours in chosen])
    while some := list(islice(rows, AT_A_TIME)):
        found = [(line, row) for line, row in some if _is_whole(row, line, len(names), coding)]
        coding.take([line for line, _ in found], [(ours, [row[at] for _, row in found]) for ours, at in chosen.items()])
        progress(some[-1][0], len(lines))
    return coding.columns(names, 1)


def _is_whole(row: list[str] | csv.Error, line: int, width: int, coding: Coding) -> TypeGuard[list[str]]:
    """Whether a row is as wide as the header."""
    if isinstance(row, csv.Error):
        coding.wrong(line, "not-csv", phrase("is not CSV: {why}", why=str(row)))
    elif len(row) == width:
        return True
    elif row:
        said = phrase("has {n:number} cells; the first line has {columns:number}", n=len(row), columns=width)
        coding.wrong(line, "ragged", said)
    return False


def _rows(lines: Sequence[str]) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """The rows of CSV, each with its first line; in the place of one that cannot be read, the error.

    After such a row, reading goes on with the line after its first: a quote that is never closed hides nothing.
    """
    start = 0
    while start < len(lines):
        reader = csv.reader(map(lines.__getitem__, range(start, len(lines))), strict=True)
        line = start
        try:
            for row in reader:
                yield line + 1, row
                line = start + reader.line_num
        except csv.Error as fault:
            yield line + 1, fault
            start = line + 1
        else:
            return


def _refuse_dialect(names: Sequence[str], file: str) -> None:
    """Refuse CSV whose cells something else than a comma parts: no column could be found. Raises Refused."""
    sign = next((sign for sign in SEPARATORS if len(names) == 1 and sign in names[0]), None)
    if sign is not None:
        said = phrase("has {signs} between its cells; save it with commas", signs=SEPARATORS[sign])
        raise Refused(unreadable(file, said, 1, "other-dialect"))


def _json_lines(text: str, coding: Coding, choose: Choose, progress: Progress) -> Columns:
    lines = text.split("\n")
    keys: dict[str, object] = {}
    rows = ((line, written) for line, written in enumerate(lines, 1) if written and not written.isspace())
    while some := list(islice(rows, AT_A_TIME)):
        read = [(line, row) for line, written in some if (row := _object(written, line, coding)) is not None]
        for _, row in read:
            keys.update(row)
        chosen = choose(list(keys))
        fitting = [(line, row) for line, row in read if _fits(row, line, chosen, coding)]
        columns = ((ours, [_said(row.get(theirs)) for _, row in fitting]) for ours, theirs in chosen.items())
        coding.take([line for line, _ in fitting], columns)
        progress(some[-1][0], len(lines))
    return coding.columns(list(keys))


def _fits(row: Mapping[str, object], line: int, chosen: Mapping[str, str], coding: Coding) -> bool:
    """Whether each value of an object can stand in its column: a list only where we take lists."""
    for ours, theirs in chosen.items():
        value = row.get(theirs)
        if isinstance(value, (dict, bool)) or (isinstance(value, list) and ours not in LISTS):
            coding.wrong(line, "not-a-cell", phrase("expected text or a number, found {sort}", sort=_sort(value)), ours)
            return False
    return True


def _sort(value: object) -> Phrase:
    if isinstance(value, bool):
        return phrase("true or false")
    return phrase("an object") if isinstance(value, dict) else phrase("a list")


def _object(written: str, line: int, coding: Coding) -> dict[str, object] | None:
    """The object that a line is."""
    try:
        row: dict[str, object] = msgspec.json.decode(written, type=dict[str, object])
        twice = _twice(written, row)
    except (ValueError, RecursionError) as fault:
        coding.wrong(line, "not-json", phrase("is no JSON object: {why}", why=str(fault)))
        return None
    if twice is not None:
        coding.wrong(line, "key-twice", phrase("has the key {key} twice", key=twice))
        return None
    return row


def _twice(written: str, row: Mapping[str, object]) -> str | None:
    """A key that an object has twice. Read with care only where a plain look does not rule it out."""
    if "\\" not in written and all(written.count(f'"{key}"') == 1 for key in row):
        return None
    pairs = json.loads(written, object_pairs_hook=lambda pairs: [key for key, _ in pairs])
    return next((key for key in row if pairs.count(key) > 1), None)


def _said(value: object) -> str:
    """A value as text, as CSV would have it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, int):
        return _whole(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else repr(value)
    if isinstance(value, list):
        return ";".join(map(_said, value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _whole(value: int) -> str:
    return str(value) if abs(value) < EXACT else f"0x{value:x}"  # Python writes no number of very many digits


def _parquet(path: Path, choose: Choose) -> Columns:
    try:
        from pyarrow import ArrowException, parquet, types  # noqa: PLC0415  # an optional extra, slow to import
    except ImportError as fault:
        why = phrase("is Parquet, which needs pyarrow: pip install 'chancery[bulk]', or save it as CSV")
        raise Refused(unreadable(path.name, why, code="no-parquet")) from fault
    size_of(path, path.name)
    try:
        with parquet.ParquetFile(path) as file:
            _refuse_large(file.metadata, path.name)
            schema = file.schema_arrow
        chosen = choose(list(map(str, schema.names)))
        columns = [each.name for each in schema if each.name in chosen.values()]
        texts = [name for name in columns if types.is_string(_inner(schema.field(name).type))]  # each once
        with parquet.ParquetFile(path, read_dictionary=texts) as file:
            table = file.read(columns=columns, use_threads=False)
        cells = {ours: _column(table.column(theirs), ours, path.name) for ours, theirs in chosen.items()}
    except Refused:
        raise
    except (ArrowException, OSError, ValueError, OverflowError) as fault:
        raise Refused(unreadable(path.name, _not_parquet(fault), code="not-parquet")) from fault
    return Columns(cells, range(1, table.num_rows + 1), schema.names)


def _not_parquet(fault: Exception) -> Phrase:
    return phrase("cannot be read as Parquet: {why}", why=str(fault).partition("\n")[0])


def _refuse_large(metadata: object, file: str) -> None:
    """Refuse a table that is small when packed and would fill the memory. Raises Refused."""
    rows: int = metadata.num_rows  # type: ignore[attr-defined]  # pyarrow ships no types
    size = sum(metadata.row_group(each).total_byte_size for each in range(metadata.num_row_groups))  # type: ignore[attr-defined]
    for number, largest in ((rows, MOST_ROWS), (size, LARGEST_TABLE)):
        if number > largest:
            said = phrase(
                "has {n:number} rows or bytes; the most that is read is {most:number}", n=number, most=largest
            )
            raise Refused(unreadable(file, said, code="too-large"))


def _column(column: ChunkedArray, ours: str, file: str) -> Column:
    """A column of Parquet. Raises Refused where it holds no texts, numbers, days or, where we take them, lists."""
    from pyarrow import types  # noqa: PLC0415  # loaded already

    sort = column.type
    if types.is_list(sort) and ours in LISTS:
        number = Codes()
        codes = [number[_said(each)] for each in column.to_pylist()]
        return Column(list(number), codes)
    if not any(check(_inner(sort)) for check in _plain_sorts()):
        said = phrase("expected texts or numbers, found a column of {sort}", sort=str(sort))
        raise Refused(unreadable(file, said, code="not-a-cell"))
    if types.is_null(sort):
        return Column([""], [0] * len(column))
    if types.is_integer(sort) and column.null_count == 0 and (close := _close_numbers(column)) is not None:
        return close
    numbered = column if types.is_dictionary(sort) else column.dictionary_encode()
    whole = numbered.chunk(0) if numbered.num_chunks == 1 else numbered.unify_dictionaries().combine_chunks()
    texts = [_said(each) for each in whole.dictionary.to_pylist()]
    if whole.null_count == 0:
        return Column(texts, _numbers(whole.indices))
    return Column([*texts, ""], _numbers(whole.indices.cast("int32").fill_null(len(texts))))


def _inner(sort: DataType) -> DataType:
    """The type of the values of a column."""
    from pyarrow import types  # noqa: PLC0415  # loaded already

    return sort.value_type if types.is_dictionary(sort) else sort


def _plain_sorts() -> Iterable[Callable[[DataType], bool]]:
    """What tells the types that have a plain text."""
    from pyarrow import types as of  # noqa: PLC0415  # loaded already

    return of.is_null, of.is_string, of.is_large_string, of.is_integer, of.is_floating, of.is_decimal, of.is_temporal


def _close_numbers(column: ChunkedArray) -> Column | None:
    """A column of whole numbers that lie close together, each numbered by how far it is from the least; else None."""
    if find_spec("numpy") is None:
        return None
    values = column.to_numpy()
    least, most = (int(values.min()), int(values.max())) if len(values) else (0, EXACT)
    if most - least > CLOSE * len(values) or max(abs(least), abs(most)) >= EXACT:
        return None
    return Column(list(map(str, range(least, most + 1))), (values.astype("int64") - least).astype("int32"))


def _numbers(indices: Array) -> Sequence[int]:
    """Numbers of Arrow, as they lie in memory where numpy is there to read them."""
    if find_spec("numpy") is None:
        return list(indices.to_pylist())
    found: Sequence[int] = indices.to_numpy(zero_copy_only=False)
    return found
