"""`chancery backup` and `chancery restore`: a database kept elsewhere, verified, and put in its place again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chancery.cli.databases import database_option, refusing
from chancery.cli.disk import flushed
from chancery.cli.options import checked_lang, lang_option
from chancery.languages import Reader
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from chancery.log.checkpoints import SignedCheckpoint
    from chancery.store.urls import Address


@click.command()
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
@database_option
@click.option("--alone", is_flag=True, help="Of a server: this ledger alone, as an SQLite file.")
@lang_option
def backup(target: Path, database: Address, lang: str, *, alone: bool) -> None:
    """Back a database up to FILE while it is in use. The copy is read again and verified before it counts.

    Of a PostgreSQL server FILE is a folder: a base backup of all of it, with pg_basebackup, verified by
    pg_verifybackup. Kept with the server's archive of its log (WAL), it is restored by the server to any point in time.
    With --alone FILE is an SQLite file of this ledger, which `chancery restore` puts back on a server or in a file.
    """
    from chancery.store.backups import back_up, back_up_alone  # noqa: PLC0415  # only databases need it

    reader = Reader(checked_lang(lang))
    with refusing(reader):
        size = (back_up_alone if alone else back_up)(database, target, flushed)
    click.echo(
        reader.say(phrase("{n:number} entries backed up to {file}, and verified.", n=size, file=target.as_posix()))
    )


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True))
@database_option
@click.option(
    "--known",
    "shown",
    metavar="PATH",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="A receipt, a checkpoint or an export that anybody holds of this log; may be repeated.",
)
@click.option("--until", metavar="T", help="As the ledger was then: a day, an instant, or how many entries it had.")
@lang_option
def restore(file: Path, database: Address, shown: tuple[Path, ...], until: str | None, lang: str) -> None:
    """Restore a backup, FILE, an SQLite file, as a database that is not there yet or empty. It is verified first.

    With --until it is restored as the ledger was at an earlier moment. What was sealed or shredded since stays so, and
    is not restored to a moment before that.

    An older copy refuses to be written to as long as it is behind what was signed: as the memory of signatures beside
    the database tells, or what others hold (--known). It says by how much, and `chancery ledger catch-up` mends it.
    """
    from chancery.store.backups import restore as put_back  # noqa: PLC0415  # only databases need it
    from chancery.store.opening import opened  # noqa: PLC0415  # the same

    reader = Reader(checked_lang(lang))
    with refusing(reader):
        known = max((_checkpoint(path) for path in shown), key=lambda each: each.checkpoint.size, default=None)
        remembered = put_back(file, database, known, flushed, until)
        with opened(database) as store:
            size = store.frontier().size
    behind = max(0, remembered.size - size) if remembered is not None else None
    click.echo(reader.say(phrase("{n:number} entries restored to {place}.", n=size, place=database.shown)))
    if behind is None:
        click.echo(
            reader.say(phrase("Nobody showed what was signed of it: whether it is behind is not known.")), err=True
        )
    elif behind:
        click.echo(
            reader.say(phrase("It is {n:number} entries behind, and refuses to be written to.", n=behind)), err=True
        )


def _checkpoint(path: Path) -> SignedCheckpoint:
    """The checkpoint of whatever somebody holds of a log. Raises Fault."""
    from chancery.cli.folders import Folder, read_file  # noqa: PLC0415  # cryptography is slow to import
    from chancery.log.checkpoints import SignedCheckpoint  # noqa: PLC0415  # the same
    from chancery.log.copies import CHECKPOINT  # noqa: PLC0415  # the same
    from chancery.log.receipts import FIRST_LINE, Receipt  # noqa: PLC0415  # the same

    data = Folder(path).read(CHECKPOINT) if path.is_dir() else read_file(path, path.name)
    if data is None:
        raise Fault(phrase("{path} holds no checkpoint", path=path.as_posix()))
    return Receipt.of(data).signed if data.startswith(FIRST_LINE.encode()) else SignedCheckpoint.of(data)
