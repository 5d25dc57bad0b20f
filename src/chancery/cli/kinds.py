"""`chancery kinds`: the vocabulary, as text, as a page, as JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click
import msgspec
from rich import box
from rich.table import Table
from rich.text import Text

from chancery.acts import (
    KINDS,
    fields_of,
    record_schema,
    schema_of,
    statement_of,
    subject_words,
    subjects,
    tables_within,
)
from chancery.cli.options import checked_lang, lang_option
from chancery.cli.tables import Cell, click_echo, console
from chancery.languages import Reader
from chancery.values import Phrase, phrase, suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from msgspec import Struct

    from chancery.acts import Act, FieldOf

Form = Literal["text", "json", "md"]

OWN = phrase("Its own fields")
SHARED = phrase("Fields of every kind")
HEADINGS = (phrase("Field"), phrase("Expected"), phrase("Needed"), phrase("What it is"))
PREFACE = phrase(
    "Every kind of act that a record can hold, by subject. The name of a kind is permanent. Fields marked with a star "
    "identify the act: accounts that are equal in them tell of the same act."
)


@click.command()
@click.argument("kind", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json", "md"]), default="text", show_default=True)
@lang_option
def kinds(kind: str | None, form: Form, lang: str) -> None:
    """Show the vocabulary: every kind of act, or the fields of one KIND.

    json is the JSON Schema (2020-12) of the kind, or of a whole record file for editors; md is the reference page.
    """
    reader = Reader(checked_lang(lang))
    found = None if kind is None else kind_named(kind, reader)
    if form == "json":
        schema = record_schema() if found is None else schema_of(found)
        click_echo(msgspec.json.format(msgspec.json.encode(schema), indent=2).decode())
    elif form == "md":
        click_echo(vocabulary_page(reader) if found is None else "\n".join(kind_section(found, reader)))
    elif found is None:
        print_vocabulary(reader)
    else:
        print_kind(found, reader)


def kind_named(name: str, reader: Reader) -> type[Act]:
    """A kind by its name; an unknown one is wrong usage, answered with the likeliest."""
    found = KINDS.get(name)
    if found is None:
        raise click.BadParameter(reader.say(_unknown(name)), param_hint="'KIND'")
    return found


def _unknown(name: str) -> Phrase:
    near = suggest(name, KINDS)
    if near is None:
        return phrase("{kind} is no kind of act; `chancery kinds` lists them", kind=name)
    return phrase("{kind} is no kind of act; did you mean {near}?", kind=name, near=near)


def print_vocabulary(reader: Reader) -> None:
    """Print every kind with its one line, by subject."""
    paper = console()
    widest = max(len(name) for name in KINDS)
    for found in subjects().values():
        paper.print(Cell(reader.say(subject_words(found)), reader, "bold"))
        table = _plain_table()
        table.add_column(min_width=widest)
        for kind in found:
            table.add_row(Text(kind.kind), Cell(reader.say(statement_of(kind)), reader))
        paper.print(table)
    paper.print(Cell(reader.text("`chancery kinds KIND` shows the fields of one."), reader))


def print_kind(kind: type[Act], reader: Reader) -> None:
    """Print one kind: what it says, what identifies it, its fields."""
    paper = console()
    paper.print(Text(kind.kind, style="bold"))
    paper.print(Cell(reader.say(statement_of(kind)), reader))
    for line in notes_on(kind):
        paper.print(Cell(reader.say(line), reader))
    for shared, title in ((False, OWN), (True, SHARED)):
        fields = [field for field in fields_of(kind) if field.shared is shared]
        paper.print()
        paper.print(_field_table(fields, reader, reader.say(title)))


def notes_on(kind: type[Act]) -> Iterator[Phrase]:
    """What identifies an act of a kind, and what it denies."""
    if kind.identity:
        yield phrase("Two accounts tell of the same act where these are equal: {fields}.", fields=_list(kind.identity))
    else:
        yield phrase("Each account stands alone, unless same_as joins it to another.")
    if kind.rebuts:
        yield phrase("It denies, for the same party and body: {kinds}.", kinds=_list(kind.rebuts))


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(names)


def _plain_table() -> Table:
    return Table(box=None, show_header=False, padding=(0, 2, 0, 2), pad_edge=True)


def _field_table(fields: list[FieldOf], reader: Reader, title: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in HEADINGS:
        table.add_column(Cell(reader.say(heading), reader), overflow="fold")
    for field in fields:
        table.add_row(
            Text(field.name),
            Cell(reader.say(field.expects), reader),
            Cell(reader.say(needed(field)), reader),
            Cell(reader.say(field.about), reader),
        )
    return table


def needed(field: FieldOf) -> Phrase:
    """Whether a field must be there, and what stands where it is left out."""
    if field.required:
        return phrase("yes")
    if field.default is None:
        return phrase("no")
    default = field.default if isinstance(field.default, str) else msgspec.json.encode(field.default).decode()
    return phrase("no; else {default}", default=default)


def vocabulary_page(reader: Reader) -> str:
    """The reference page of the whole vocabulary."""
    from chancery.acts import Act  # noqa: PLC0415  # only this page needs the class itself
    from chancery.register import Head, Source  # noqa: PLC0415  # the same

    lines = [f"# {reader.text('Kinds of act')}", "", reader.say(PREFACE), ""]
    for found in subjects().values():
        lines += [f"## {reader.say(subject_words(found))}", ""]
        for kind in found:
            lines += kind_section(kind, reader)
    lines += [f"## {reader.say(SHARED)}", "", *_rows(Act, reader, shared=True)]
    lines += [f"## {reader.text('The head of a record: [record]')}", "", *_rows(Head, reader)]
    lines += [f"## {reader.text('A source: [[source]]')}", "", *_rows(Source, reader)]
    lines += [f"## {reader.text('Tables within fields')}", ""]
    for struct in tables_within((Head, Source, *KINDS.values())):
        tag = struct.__struct_config__.tag
        typed = [reader.say(phrase("Its type is {type}.", type=f"`{tag}`")), ""] if tag is not None else []
        lines += [f"### {struct.__name__}", "", *typed, *_rows(struct, reader)]
    return "\n".join(lines).rstrip() + "\n"


def kind_section(kind: type[Act], reader: Reader) -> list[str]:
    """One kind on the reference page."""
    notes = " ".join(reader.say(line) for line in notes_on(kind))
    lines = [f"### {kind.kind}", "", f"{reader.say(statement_of(kind))} {notes}", ""]
    return [*lines, *_rows(kind, reader)]


def _rows(struct: type[Struct], reader: Reader, *, shared: bool = False) -> list[str]:
    headings = [reader.say(each) for each in HEADINGS]
    lines = [_row(headings), _row(["---"] * len(headings))]
    for field in fields_of(struct):
        if field.shared is shared:
            mark = "\\*" if field.identifies else ""
            expects, need = reader.say(field.expects), reader.say(needed(field))
            lines.append(_row([f"`{field.name}`{mark}", expects, need, reader.say(field.about)]))
    return [*lines, ""]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
