"""Problems on paper: each at its place, with its weight and its hint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec
from rich.text import Text

from chancery.cli.tables import click_echo, console, printable
from chancery.values import Weight

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chancery.languages import Reader
    from chancery.values import Problem

Format = Literal["text", "json"]

COLOURS = {Weight.BAR: "bold red", Weight.BREACH: "yellow", Weight.NOTICE: "cyan"}


def print_problems(problems: Iterable[Problem], reader: Reader, form: Format, *, err: bool = False) -> None:
    """Print problems, as text for people or as JSON."""
    found = list(problems)
    if form == "json":
        click_echo(problems_json(found, reader))
        return
    paper = console(err=err)
    for problem in found:
        paper.print(_line(problem, reader))


def problems_json(problems: list[Problem], reader: Reader) -> str:
    """Problems as JSON: code, weight, message, entry, file, line, field."""
    return msgspec.json.format(msgspec.json.encode([_data(problem, reader) for problem in problems]), indent=2).decode()


def _data(problem: Problem, reader: Reader) -> dict[str, object]:
    place = problem.place
    return {
        "code": problem.code,
        "weight": problem.weight,
        "message": reader.plain.say(problem.phrase),
        "entry": problem.entry,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "field": place.field if place else None,
        "hint": None if problem.hint is None else reader.plain.say(problem.hint),
    }


def _line(problem: Problem, reader: Reader) -> Text:
    line = Text()
    if problem.place is not None and str(problem.place):
        line.append(printable(f"{problem.place}: "), style="bold")
    line.append(f"{reader.label(problem.weight)}: ", style=COLOURS[problem.weight])
    if problem.entry is not None:
        line.append(printable(f"[{problem.entry}] "), style="dim")
    line.append(printable(reader.isolated(reader.say(problem.phrase))))
    if problem.hint is not None:
        line.append(printable(f"\n{reader.say(problem.hint)}"))
    return line
