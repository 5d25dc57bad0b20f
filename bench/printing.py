"""The figures on paper: handsome in a terminal, a Markdown table in a pipe; what is being done, on stderr."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench.figures import Figure, Suite

WIDEST = 100_000
"""Columns of a line in a pipe: nothing is cut."""

COLOURS = {"met": "green", "short": "bold red"}


def paper() -> Console:
    """A console on standard output: as wide as the terminal, or as need be in a pipe."""
    terminal = sys.stdout.isatty()
    return Console(highlight=False, width=None if terminal else WIDEST)


def print_suite(console: Console, suite: Suite, figures: Sequence[Figure]) -> None:
    """Print the figures of a suite under its title, and its notes under them."""
    console.print(Text(suite.title, style="bold") if console.is_terminal else f"## {suite.title}\n")
    console.print(_table(figures, terminal=console.is_terminal))
    for paragraph in suite.notes.strip().split("\n\n"):
        console.print(Text(f"\n{' '.join(paragraph.split())}", style="dim"))
    console.print()


def _table(figures: Sequence[Figure], *, terminal: bool) -> Table:
    table = Table(box=box.ROUNDED if terminal else box.MARKDOWN, header_style="bold")
    table.add_column("Measured")
    table.add_column("Chancery", justify="right")
    table.add_column("Beside")
    table.add_column("Theirs", justify="right")
    table.add_column("Ratio", justify="right", style="bold")
    table.add_column("Goal")
    for figure in figures:
        ratio = f"{figure.ratio:.2g}" if figure.ratio < 1 else f"{figure.ratio:.1f}"
        table.add_row(figure.what, str(figure.ours), figure.beside, str(figure.theirs), ratio, _goal(figure))
    return table


def _goal(figure: Figure) -> Text:
    if figure.goal is None:
        return Text("")
    return Text.assemble(f"{figure.goal}: ", (figure.verdict, COLOURS[figure.verdict]))


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Say on stderr what is being done: on one line with a clock in a terminal, else a line each."""
    if not sys.stderr.isatty():
        yield lambda text: print(text, file=sys.stderr, flush=True)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("Beginning")
        yield lambda text: shown.update(task, description=text)
