"""`chancery add`: one more entry, by options made from its kind."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import click
import msgspec

from chancery.acts import Undecodable, act_of, statement_of, subject_words, subjects
from chancery.acts.registrar import OWN
from chancery.cli.databases import recorded, refusing
from chancery.cli.fields import HOW_TO_WRITE, NOT_ASKED, data_from, options_for
from chancery.cli.kinds import kind_named
from chancery.cli.options import FAULTS, as_named, checked_lang, record_argument, refuse, shelf_of
from chancery.cli.problems import print_problems
from chancery.cli.tables import click_echo
from chancery.desk import Barred, Desk, Examined
from chancery.languages import Reader
from chancery.values import Instant, Place, composed, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chancery.acts import Act
    from chancery.cli.options import Where
    from chancery.desk import Shelf
    from chancery.text import Loaded
    from chancery.values import Problem

HELP = frozenset({"-h", "--help"})


class AddCommand(click.Command):
    """Lists the kinds, by subject, under its own help."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the kinds."""
        reader = Reader()
        formatter.write_paragraph()
        formatter.write_text(reader.say(phrase("`chancery add RECORD KIND --help` shows the fields of a kind.")))
        for found in subjects().values():
            with formatter.section(reader.say(subject_words(found))):
                formatter.write_dl([(kind.kind, reader.say(statement_of(kind))) for kind in found])
        super().format_epilog(ctx, formatter)


@click.command(
    cls=AddCommand,
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    options_metavar="",
)
@record_argument
@click.argument("kind", required=False)
@click.argument("fields", nargs=-1, type=click.UNPROCESSED, metavar="[--FIELD VALUE ...]")
@click.pass_context
def add(context: click.Context, record: Where, kind: str | None, fields: tuple[str, ...]) -> None:
    """Add an entry of KIND to RECORD: checked with the record as it stands, then appended in canonical form.

    What is impossible is refused, and nothing is written; what breaks a rule is recorded, and the breach is shown.
    """
    if kind is None or kind in HELP:
        click_echo(context.get_help())
        return
    command = command_for(kind_named(kind, Reader()), record)
    name = f"{context.command_path} {click.format_filename(as_named(record))} {kind}"
    with command.make_context(name, list(fields), parent=None) as inner:
        command.invoke(inner)


def command_for(kind: type[Act], record: Where) -> click.Command:
    """The command that adds an entry of a kind to a record."""
    reader = Reader()
    return click.Command(
        kind.kind,
        params=[*options_for(kind, reader), *common_options()],
        callback=partial(_add, kind, record),
        help=reader.say(statement_of(kind)),
        epilog=reader.say(HOW_TO_WRITE),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
    )


def common_options() -> list[click.Parameter]:
    """The options that every kind's command has besides the fields of the kind."""
    return [
        click.Option(["--file"], metavar="NAME", help="To which file of the folder. Default: additions.toml."),
        click.Option(["--dry-run"], is_flag=True, help="Show what would be written, and write nothing."),
        click.Option(["--lang"], default="en", show_default=True, help="Language of messages, e.g. ar."),
    ]


def now() -> Instant:
    """The moment it is."""
    return Instant.at(datetime.now(UTC))


def _add(
    kind: type[Act],
    record: Where,
    *,
    file: str | None,
    dry_run: bool,
    lang: str,
    **given: object,
) -> None:
    reader = Reader(checked_lang(lang))
    _refuse_undecodable_bytes(given)
    with refusing(reader), shelf_of(record, file) as (shelf, read):
        with nullcontext() if dry_run else shelf.held():
            examined = _examined(kind, read(), given, shelf, reader, dry_run=dry_run)
        form, said = shelf.form(examined.act), recorded(examined.act.id, shelf)
    if dry_run:
        click_echo(form)
    print_problems(examined.problems, reader, "text", err=True)
    if not dry_run:
        click_echo(reader.say(said))


def _examined(
    kind: type[Act], loaded: Loaded, given: dict[str, object], shelf: Shelf, reader: Reader, *, dry_run: bool
) -> Examined:
    """Hand an act to the desk, to be recorded or only looked at."""
    if loaded.record is None:
        refuse(loaded, reader)
    desk = Desk(loaded.record, now, shelf)
    try:
        act = _act(kind, given, desk)
        return desk.examine(act) if dry_run else desk.record(act)
    except (Undecodable, Barred) as fault:
        print_problems(_at_options(fault.problems), reader, "text", err=True)
        sys.exit(FAULTS)


def _act(kind: type[Act], given: dict[str, object], desk: Desk) -> Act:
    """The act that the options describe, by the one way in which every door reads acts. Raises Undecodable."""
    data: dict[str, object] = {"kind": kind.kind, **dict(data_from(kind, given))}
    if "effective" not in data and kind in OWN:
        data["effective"] = now().day.text
    data.setdefault("id", desk.name(kind.kind, data))
    return act_of(composed(data))


def _at_options(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Problems at the options that set their fields."""
    for problem in problems:
        field = problem.place.field if problem.place is not None else None
        where = None if field is None or field in NOT_ASKED else f"--{field.replace('_', '-')}"
        yield msgspec.structs.replace(problem, place=Place(field=where))


def _refuse_undecodable_bytes(given: dict[str, object]) -> None:
    """Refuse bytes of the command line that are no text."""
    for name, value in given.items():
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and not text.isascii():
                try:
                    text.encode()
                except UnicodeEncodeError:
                    raise click.BadParameter("not UTF-8", param_hint=f"'--{name.replace('_', '-')}'") from None
