"""Arguments and options that several commands share, and the record that they name."""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeAlias, TypeVar, cast

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from chancery.cli.disk import flushed
from chancery.languages import Reader, spoken, whole_languages
from chancery.ledger import Ledger, problems_of
from chancery.register import Reading
from chancery.store.urls import Address, address_of, is_address
from chancery.text import Loaded, Refused, read_record, record_in, unreadable
from chancery.text import Shelf as TextShelf
from chancery.values import DateFault, Fault, phrase, ref_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from chancery.cli.problems import Format
    from chancery.desk import Shelf
    from chancery.values import Phrase, Ref

Where: TypeAlias = Path | Address
"""Where a record is: a path, or a database."""

F = TypeVar("F", bound="Callable[..., object]")

FAULTS = 1
"""Exit code: something is wrong with the input."""

SHOWN_FROM = 4 * 2**20
"""Bytes of a record from which reading it shows a progress bar."""


class RecordType(click.ParamType["Where", object]):
    """A record: the path of a folder or file of text, or the address of a database."""

    name = "record"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Where:
        """Tell the one from the other. A malformed address is wrong usage."""
        if not isinstance(value, str):
            return cast("Where", value)
        if not is_address(value):
            return Path(value)
        try:
            return address_of(value)
        except Fault as fault:
            self.fail(Reader().say(fault.phrase), param, ctx)


record_argument = click.argument("record", type=RecordType())
lang_option = click.option("--lang", default="en", show_default=True, help="Language of names and messages, e.g. ar.")


def clock_options(command: F) -> F:
    """The three clocks: --on, --known, --recorded, and --strict."""
    for option in (
        click.option(
            "--strict", is_flag=True, help="Take an undated source as known only from the day it was retrieved."
        ),
        click.option("--recorded", metavar="T", help="As recorded at this moment: a day or an instant."),
        click.option("--known", metavar="D", help="As known on this day or at this instant."),
        click.option("--on", metavar="D", help="The day that is asked about. Default: today."),
    ):
        command = option(command)
    return command


def reading_of(on: str | None, known: str | None, recorded: str | None, *, strict: bool) -> Reading:
    """The reading that the clock options name. A malformed date is wrong usage."""
    clocks = {"--on": on or today(), "--known": known, "--recorded": recorded}
    for option, text in clocks.items():
        if text is not None:
            _parse(option, text)
    return Reading.of(on or today(), known, recorded, strict=strict)


def _parse(option: str, text: str) -> None:
    try:
        Reading.of(text, text, text)
    except DateFault as fault:
        raise click.BadParameter(Reader().say(fault.phrase), param_hint=f"'{option}'") from fault


def today() -> str:
    """The day it is, in UTC."""
    return datetime.now(UTC).date().isoformat()


def ref_option(name: str, text: str) -> Callable[[F], F]:
    """An option that takes a ref."""
    return click.option(f"--{name}", metavar="REF", callback=_checked_ref, help=text)


def ref_argument(name: str) -> Callable[[F], F]:
    """An argument that is a ref."""
    return click.argument(name, callback=_checked_ref)


def _checked_ref(_context: click.Context, parameter: click.Parameter, value: str | None) -> Ref | None:
    if value is not None and (fault := ref_fault(value)) is not None:
        raise click.BadParameter(Reader().say(fault), param=parameter)
    return value  # type: ignore[return-value]  # checked to be one


def checked_lang(lang: str) -> str:
    """A language that CLDR knows; any other is wrong usage. Where messages are not in it, that is said on stderr."""
    try:
        whole = spoken(lang)
    except Fault as fault:
        raise click.BadParameter(Reader().say(fault.phrase), param_hint="'--lang'") from fault
    if not whole:
        known = ", ".join(whole_languages())
        click.echo(f"Names, dates and numbers follow {lang}; messages are whole only in: {known}.", err=True)
    return lang


def as_named(record: Where) -> str:
    """A record as it was named; an address without its password."""
    return record.shown if isinstance(record, Address) else record.as_posix()


def load(record: Where, *, checked: bool = False) -> Loaded:
    """Read a record, with a progress bar where it is long and somebody watches.

    What a database holds was checked when it was recorded; ``checked`` checks it again, as text always is.
    """
    if isinstance(record, Address):
        return _from_database(record, checked=checked)
    if not _is_long(record):
        return read_record(record)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(f"Reading {record.name}")
        return read_record(record, lambda done, of: progress.update(task, completed=done, total=of))


def _from_database(address: Address, *, checked: bool) -> Loaded:
    """What an address may read of a ledger."""
    from chancery.store.opening import opened  # noqa: PLC0415  # a record in text needs no database

    try:
        with opened(address) as store:
            record = record_in(store.bodies(address.audiences))
    except Refused as refused:
        return Loaded(None, (refused.problem,))
    return Loaded.of(record, problems_of(record) if checked else ())


@contextmanager
def shelf_of(record: Where, file: str | None = None) -> Iterator[tuple[Shelf, Callable[[], Loaded]]]:
    """Where a record is written to, and what reads it whole while nobody else writes. Raises Refused."""
    if not isinstance(record, Address):
        yield TextShelf(record, flushed, file), lambda: load(record)
        return
    from chancery.store.opening import opened_to_write  # noqa: PLC0415  # a record in text needs no database

    if file is not None:
        fault = phrase("a database has no files; leave out the file's name")
        raise Refused(unreadable(file, fault, code="not-a-file"))
    with opened_to_write(record) as store:
        yield store, lambda: Loaded(record_in(store.bodies(None)), ())


@contextmanager
def watching(said: Phrase, reader: Reader) -> Iterator[Callable[[int, int], None]]:
    """A progress bar for long work, shown where somebody watches; told how much of how much is done."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(reader.say(said))
        yield lambda done, of: progress.update(task, completed=done, total=of)


def reading(file: Path, reader: Reader) -> AbstractContextManager[Callable[[int, int], None]]:
    """A progress bar for a file, shown where it is long and somebody watches."""
    said = phrase("Reading {file}", file=file.name)
    return watching(said, reader) if _is_long(file) else nullcontext(lambda _done, _of: None)


def _is_long(record: Path) -> bool:
    if not sys.stderr.isatty():
        return False
    files = record.rglob("*.toml") if record.is_dir() else [record]
    return sum(file.stat().st_size for file in files if file.is_file()) > SHOWN_FROM


def sound_ledger(record: Where, reader: Reader, form: Format = "text") -> Ledger:
    """The ledger of a record that nothing bars; otherwise show its faults and exit with 1."""
    loaded = load(record)
    if loaded.record is None:
        refuse(loaded, reader, form)
    return Ledger(loaded.record)


def refuse(loaded: Loaded, reader: Reader, form: Format = "text") -> NoReturn:
    """Show what bars a record and exit with 1."""
    from chancery.cli.problems import print_problems  # noqa: PLC0415  # rich is slow to import and rarely needed here

    print_problems(loaded.bars, reader, form, err=True)
    sys.exit(FAULTS)
