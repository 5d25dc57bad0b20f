"""`chancery load`: a record in text into a database, once or again and again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from chancery.cli.add import now
from chancery.cli.databases import database_option, refusing
from chancery.cli.options import FAULTS, checked_lang, lang_option, load, refuse, watching
from chancery.cli.problems import print_problems
from chancery.desk import Barred
from chancery.languages import Reader
from chancery.text import layout_of, place_in
from chancery.values import phrase

if TYPE_CHECKING:
    from chancery.desk import Additions
    from chancery.store.loading import Filed
    from chancery.store.urls import Address
    from chancery.text import Sheet
    from chancery.values import Phrase, Problem


@click.command("load")
@click.argument("record", type=click.Path(path_type=Path))
@database_option
@click.option(
    "--documents",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of the sources' files: those whose SHA-256 a source names are kept too.",
)
@click.option("--by", default="registrar", show_default=True, help="Who records the entries.")
@lang_option
def load_command(record: Path, database: Address, documents: Path | None, by: str, lang: str) -> None:
    """Load RECORD, in text, into a database; what is new is recorded, and nothing is recorded twice.

    An entry that was recorded is never changed: where the text changes one, everything is refused and nothing written,
    and the correction to record instead is shown. A database that is not there yet is made.
    """
    from chancery.cli.folders import Folder  # noqa: PLC0415  # only documents need it
    from chancery.cli.signing import begin_signing  # noqa: PLC0415  # cryptography is slow to import
    from chancery.store.loading import file_documents  # noqa: PLC0415  # the same
    from chancery.store.loading import load as load_into  # noqa: PLC0415  # only what is loaded needs it
    from chancery.store.opening import begin, is_begun, opened, opened_to_write  # noqa: PLC0415  # the same

    reader = Reader(checked_lang(lang))
    loaded = load(record)
    if loaded.record is None:
        refuse(loaded, reader)
    with refusing(reader):
        if not is_begun(database):
            begin(database)
        with opened(database) as store:
            if not store.frontier().size:
                begin_signing(store, database)
        with opened_to_write(database) as store, watching(phrase("Recording"), reader) as progress:
            store.by = by
            sheets = list(layout_of(record))
            try:
                new = load_into(store, loaded.record, sheets, now(), progress)
            except Barred as barred:
                print_problems((_placed(problem, sheets) for problem in barred.problems), reader, "text", err=True)
                sys.exit(FAULTS)
            filed = None if documents is None else file_documents(store, loaded.record, Folder(documents))
            size = store.frontier().size
    click.echo(reader.say(_done(new, size, database)))
    if filed is not None:
        click.echo(reader.say(_filed(filed)))


def _placed(problem: Problem, sheets: list[Sheet]) -> Problem:
    """A problem at its file, line and field, where the text has such."""
    field = problem.place.field if problem.place is not None else None
    return msgspec.structs.replace(problem, place=place_in(sheets, problem.entry or "", field))


def _filed(filed: Filed) -> Phrase:
    return phrase(
        "{n:number} documents filed. {strangers} {missing}",
        n=filed.new,
        strangers=phrase("{n:number} files are of no source.", n=len(filed.strangers)),
        missing=phrase("{n:number} sources have a digest and no file.", n=filed.missing),
    )


def _done(new: Additions, size: int, database: Address) -> Phrase:
    return phrase(
        "{new:number} recorded, {size:number} in {place}. {unwritten}",
        new=new.count,
        size=size,
        place=database.shown,
        unwritten=phrase("{n:number} recorded entries do not stand in the text.", n=new.unwritten),
    )
