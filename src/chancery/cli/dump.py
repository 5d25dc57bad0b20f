"""`chancery dump`: a database as text again, in the words and files that it was loaded from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chancery.cli.databases import database_option, refusing
from chancery.cli.options import FAULTS, checked_lang, lang_option, watching
from chancery.cli.writing import in_the_way, left_standing, written
from chancery.languages import Reader
from chancery.text import lines_of
from chancery.text.converting import difference, strangers
from chancery.values import phrase

if TYPE_CHECKING:
    from chancery.ledger import Record
    from chancery.store.urls import Address
    from chancery.values import Phrase


@click.command()
@database_option
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write over what is there.")
@lang_option
def dump(database: Address, folder: Path, *, force: bool, lang: str) -> None:
    """Write a database out as a folder of TOML into DIR, byte for byte as it was loaded.

    Entries that were recorded in the database stand in additions.toml. What was written is read again and compared with
    the ledger before it is put in its place. What is sealed is written for its audience only: ?audience=NAME.
    """
    from chancery.store.dumping import parts_of  # noqa: PLC0415  # only a dump needs it
    from chancery.store.opening import opened  # noqa: PLC0415  # the same

    reader = Reader(checked_lang(lang))
    if (fault := in_the_way(database, folder, force=force)) is not None:
        raise click.BadParameter(reader.say(fault), param_hint="'DIR'")
    with refusing(reader), opened(database) as store, watching(phrase("Writing"), reader) as progress:
        record, parts = parts_of(store, database.audiences, progress)
        if left := strangers(folder, parts):
            raise click.BadParameter(reader.say(left_standing(left)), param_hint="'DIR'")
        fault = written(parts, record, folder, reader, changed)
    if fault is not None:
        click.echo(reader.say(fault), err=True)
        sys.exit(FAULTS)
    said = phrase("{n:number} entries written to {out}.", n=len(record.acts), out=folder.as_posix())
    click.echo(reader.say(said))


def changed(one: Record, other: Record) -> Phrase | None:
    """What text says otherwise than the ledger. Another order is no difference: entries are recorded as they come."""
    fault = difference(one, other)
    return None if fault is None or sorted(lines_of(one)) == sorted(lines_of(other)) else fault
