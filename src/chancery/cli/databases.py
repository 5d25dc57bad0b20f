"""What the commands share that work on a database and not on a record wherever it is."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from chancery.cli.options import FAULTS, RecordType, refuse
from chancery.cli.problems import print_problems
from chancery.desk import Barred, OutcomeUnknown
from chancery.store.urls import Address
from chancery.text import Loaded, Refused
from chancery.text import Shelf as TextShelf
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.desk import Shelf
    from chancery.languages import Reader
    from chancery.values import Phrase


class DatabaseType(RecordType):
    """The address of a database, and nothing else."""

    name = "url"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Address:
        """Take an address. Anything else is wrong usage."""
        found = super().convert(value, param, ctx)
        if not isinstance(found, Address):
            self.fail(
                "expected the address of a database, such as sqlite:///ledger.db or postgresql://host/name", param, ctx
            )
        return found


database_option = click.option(
    "--database", metavar="URL", required=True, type=DatabaseType(), help="sqlite:///FILE or postgresql://..."
)


@contextmanager
def barring(reader: Reader) -> Iterator[None]:
    """Show what the desk bars, and exit with 1."""
    try:
        yield
    except Barred as barred:
        print_problems(barred.problems, reader, "text", err=True)
        sys.exit(FAULTS)


@contextmanager
def refusing(reader: Reader) -> Iterator[None]:
    """Show what a shelf refuses, and exit with 1."""
    try:
        yield
    except Refused as refused:
        refuse(Loaded(None, (refused.problem,)), reader)
    except Fault as fault:
        raise click.ClickException(reader.say(fault.phrase)) from fault
    except OutcomeUnknown as unknown:
        raise click.ClickException(reader.say(unknown.phrase)) from unknown


def recorded(name: str, shelf: Shelf) -> Phrase:
    """What is said of an entry that was recorded: in a database, of what size that is now."""
    if isinstance(shelf, TextShelf):
        return phrase("Recorded as {id} in {file}.", id=name, file=shelf.place)
    from chancery.store.base import Store  # noqa: PLC0415  # only databases need it

    assert isinstance(shelf, Store)  # noqa: S101  # there is no third sort of shelf
    size = shelf.frontier().size
    return phrase("Recorded as {id} in {file}; its size is {size} now.", id=name, file=shelf.place, size=size)
