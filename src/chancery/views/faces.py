"""The faces of a view: its cells as a reader reads them, and the whole of it as JSON, CSV or Markdown."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import msgspec

from chancery.values import Date, Phrase, encode_hook, phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chancery.languages import Reader
    from chancery.register import Reading
    from chancery.views.base import Column, Row, View


def spoken(cell: object, column: Column, reader: Reader) -> str:
    """A cell as a reader reads it."""
    if cell is None or cell == ():
        return ""
    if column.brief is not None:
        return reader.several(column.brief(cell))
    if column.sort == "ref":
        return reader.name(str(cell))
    if column.sort == "refs" and isinstance(cell, (tuple, list)):
        return reader.joined(cell)
    if column.sort == "code":
        return reader.label(str(cell))
    return reader.cell(cell)


def plain(cell: object) -> object:
    """A cell as data: phrases in English, values in their canonical text."""
    return msgspec.to_builtins(cell, enc_hook=_hook)


def _hook(value: object) -> object:
    return encode_hook(value)


def row_data(row: Row) -> dict[str, object]:
    """A row as data: its cells, whether its accounts agree, its entries."""
    cells = {key: _data(cell) for key, cell in row.cells.items()}
    return {**cells, "agreement": row.agreement, "entries": list(row.entries)}


def _data(cell: object) -> object:
    if isinstance(cell, Phrase):
        return str(cell)
    if isinstance(cell, dict):
        return {key: _data(each) for key, each in cell.items()}
    if isinstance(cell, (list, tuple)):
        return [_data(each) for each in cell]
    return plain(cell)


def json_of(view: View, reading: Reading, record: str) -> str:
    """A view as JSON: its name, the record, the clocks, the rows. Codes stay codes in every language."""
    return rows_json(view, {"record": record, **reading.clocks()})


def rows_json(view: View, about: Mapping[str, object]) -> str:
    """A view as JSON: its name, what it is about, its rows. Codes stay codes in every language."""
    document = {
        "view": view.name,
        **about,
        "rows": [row_data(row) for row in view.rows],
        "lead": [str(each) for each in view.lead],
        "notes": [str(note) for note in view.notes],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()


def csv_of(view: View) -> str:
    """A view as CSV (RFC 4180): cells that hold tables are JSON."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    keys = [column.key for column in view.columns]
    writer.writerow([*keys, "agreement", "entries"])
    for row in view.rows:
        data = row_data(row)
        writer.writerow([_flat(data.get(key)) for key in (*keys, "agreement", "entries")])
    return text.getvalue()


def _flat(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ";".join(value)
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def markdown_of(view: View, reader: Reader) -> str:
    """A view as a Markdown table."""
    columns = [column for column in view.columns if column.shown]
    lines = [f"## {reader.say(view.title)}", "", *(f"{reader.say(each)}  " for each in view.lead), ""]
    lines.append(_line([*(reader.say(column.heading) for column in columns), reader.text("Accounts")]))
    lines.append(_line(["---"] * (len(columns) + 1)))
    for row in view.rows:
        cells = [reader.isolated(spoken(row.cells.get(column.key), column, reader)) for column in columns]
        lines.append(_line([*cells, reader.label(row.agreement)]))
    return "\n".join((*lines, "", *(reader.say(note) for note in view.notes)))


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in cells)} |"


def clocks(reading: Reading) -> Phrase:
    """The clocks of a reading, in words."""
    on, known, recorded = reading.clocks().values()
    said = phrase("on {day:date}", day=Date.of(on or ""))
    if known is not None:
        said = phrase("{reading}, as known on {moment}", reading=said, moment=moment_of(known))
    if recorded is not None:
        said = phrase("{reading}, as recorded on {moment}", reading=said, moment=moment_of(recorded))
    return said


def moment_of(text: str) -> Date | str:
    """A moment as it is said: a day, or an instant as it stands."""
    return text if "T" in text else Date.of(text)
