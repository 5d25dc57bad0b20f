"""Views on paper: tables in a terminal, plain lines in a pipe, JSON, CSV, Markdown."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

from rich import box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from chancery.cli.fitting import drawn
from chancery.values import Phrase, phrase
from chancery.views.faces import clocks, csv_of, json_of, markdown_of, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from chancery.languages import Reader
    from chancery.register import Reading
    from chancery.views import Column, Row, View

Form = Literal["table", "json", "csv", "md"]

WIDEST = 100_000
"""Columns of a line that goes into a pipe: nothing is cut."""

ACCOUNTS = 12
"""Letters of the last column, which says whether accounts agree."""

CONTROLS = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {0x09, 0x0A}, "\N{REPLACEMENT CHARACTER}")
"""What a terminal would take as an order (C0 and C1 of ISO 6429) and not show, tabs and ends of lines apart."""

COLOURS = {"contested": "yellow", "denied": "red"}


def printed(view: View, reader: Reader, form: Form, reading: Reading, record: str) -> None:
    """Print a view in a form."""
    if form == "json":
        click_echo(json_of(view, reading, record))
    elif form == "csv":
        click_echo(csv_of(view))
    elif form == "md":
        click_echo(markdown_of(view, reader))
    else:
        print_table(view, reader, clocks(reading))


def click_echo(text: str) -> None:
    """Write text and a line's end: as it is into a pipe, without its control characters onto a terminal."""
    text = printable(text) if sys.stdout.isatty() else text
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def printable(text: str) -> str:
    """A text that a terminal shows and does not obey: its control characters give way to a mark."""
    return text.translate(CONTROLS)


def console(*, err: bool = False) -> Console:
    """A console as wide as the terminal, or as wide as need be in a pipe."""
    stream = sys.stderr if err else sys.stdout
    return Console(
        stderr=err, highlight=False, width=None if stream.isatty() else WIDEST, soft_wrap=not stream.isatty()
    )


def print_table(view: View, reader: Reader, said: Phrase) -> None:
    """Print a view as a table, as wide as the terminal or the pipe."""
    draw_table(console(), view, reader, said)


def draw_table(paper: Console, view: View, reader: Reader, said: Phrase) -> None:
    """Draw a view as a table with its title, clocks and notes; a column of one same value goes into the title."""
    same = sole_values(view, reader)
    columns = [column for column in view.columns if column.shown and column.key not in same]
    texts = {column.key: [spoken(row.cells.get(column.key), column, reader) for row in view.rows] for column in columns}
    fitting = drawn(columns, texts, paper.width - ACCOUNTS)
    title = reader.isolated(" · ".join((reader.say(view.title), *same.values(), reader.say(said))))
    for each in view.lead:
        paper.print(Cell(reader.say(each), reader))
    if view.lead:
        paper.print()
    paper.print(_table(title, view, fitting, texts, reader) if view.rows else reader.text("Nothing on record."))
    left_out = [column for column in columns if column not in fitting and any(texts[column.key])]
    for note in (*view.notes, *_no_room(left_out, reader)):
        paper.print(Cell(reader.say(note), reader))


def _table(title: str, view: View, columns: list[Column], texts: Mapping[str, list[str]], reader: Reader) -> Table:
    """The table itself; the last column says whether accounts agree, where any do not."""
    shown = Text(printable(title))
    table = Table(title=shown, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        heading = Cell(reader.say(column.heading), reader)
        table.add_column(heading, justify="right" if column.sort == "number" else "left", overflow="fold")
    disputed = any(row.agreement != "agreed" for row in view.rows)
    if disputed:
        table.add_column(Cell(reader.text("Accounts"), reader), overflow="fold")
    for index, row in enumerate(view.rows):
        cells = [Cell(texts[column.key][index], reader) for column in columns]
        table.add_row(*cells, *([_agreement(row, reader)] if disputed else []))
    return table


def _agreement(row: Row, reader: Reader) -> Cell:
    said = "" if row.agreement == "agreed" else reader.label(row.agreement)
    return Cell(said, reader, COLOURS.get(row.agreement, ""))


def _no_room(columns: list[Column], reader: Reader) -> Iterator[Phrase]:
    """A note that names the columns for which there was no room."""
    if columns:
        names = reader.several(column.heading for column in columns)
        yield phrase("No room for: {columns}. A wider terminal, a pipe or another --format shows them.", columns=names)


class Cell:
    """A text on paper. In a language that runs from right to left each line that it folds into is isolated."""

    def __init__(self, text: str, reader: Reader, style: str = "") -> None:
        """Keep the text, its reader and its style."""
        self._text = Text(printable(text), style=style, overflow="fold")
        self._reader = reader

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Fold the text to the width of its column."""
        for line in self._text.wrap(console, options.max_width, overflow="fold"):
            yield Text(self._reader.isolated(line.plain.strip()), style=self._text.style, justify=options.justify)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """How narrow and how wide the text can be."""
        return Measurement.get(console, options, self._text)


def sole_values(view: View, reader: Reader) -> dict[str, str]:
    """The columns of refs in which every row of several has one same value, with that value."""
    found = {}
    for column in view.columns if len(view.rows) > 1 else ():
        values = {spoken(row.cells.get(column.key), column, reader) for row in view.rows if column.sort == "ref"}
        if len(values) == 1 and (value := values.pop()):
            found[column.key] = value
    return found
