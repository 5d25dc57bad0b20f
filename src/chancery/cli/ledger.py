"""`chancery ledger`: what is done with a record that is kept in a database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from chancery.cli.add import now
from chancery.cli.databases import barring, database_option, recorded, refusing
from chancery.cli.logged import log_command, show_command
from chancery.cli.options import FAULTS, checked_lang, lang_option, watching
from chancery.cli.problems import print_problems
from chancery.cli.tables import click_echo
from chancery.desk import Desk
from chancery.languages import Reader
from chancery.values import Fault, Tongues, phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from chancery.desk import Examined
    from chancery.store.base import Store
    from chancery.store.urls import Address

key_option = click.option(
    "--key", type=click.Path(path_type=Path), help="The file of the log's secret keys. Default: beside an SQLite file."
)
signer_option = click.option(
    "--signer",
    type=click.Path(path_type=Path),
    help="The socket of a signer, a process of its own that holds the keys.",
)
reason_option = click.option("--reason", required=True, help="Why; it is recorded.")


@click.group()
def ledger() -> None:
    """Keep a ledger in a database: every entry a leaf of one log that only grows."""


@ledger.command()
@database_option
@click.option("--origin", help="The name of the log, such as board.example/log; it stays.")
@click.option("--role", help="PostgreSQL: the role that may append and read, and change nothing.")
@key_option
@lang_option
def init(database: Address, origin: str | None, role: str | None, key: Path | None, lang: str) -> None:
    """Begin a ledger, or upgrade its tables in place, and make the keys by which it signs.

    The secret keys and the memory of what was signed lie beside an SQLite file. Whoever signs for a server names them:
    --key FILE, and ?signed=FILE in the address. The public keys are printed, for those who verify.
    """
    from chancery.cli.signing import begin_signing  # noqa: PLC0415  # cryptography is slow to import
    from chancery.log.keys import check_name  # noqa: PLC0415  # the same
    from chancery.store.opening import begin, opened  # noqa: PLC0415  # only databases need it

    reader = Reader(checked_lang(lang))
    with refusing(reader):
        if origin is not None:
            check_name(origin)
        begin(database, origin)
        with opened(database) as store:
            if role is not None:
                store.grant(role)
            keys = begin_signing(store, database, key)
            name, size = store.origin, store.frontier().size
    click.echo(
        reader.say(phrase("{origin}: {n:number} entries in {place}.", origin=name, n=size, place=database.shown))
    )
    for made in keys:
        click.echo(made.verifier.text)


@ledger.command()
@click.argument("file", type=click.File("rb"), default="-")
@database_option
@click.option("--request", metavar="ID", help="An id of this request: sent again, it counts once.")
@click.option("--audience", default="public", show_default=True, help="For whom the entries are.")
@click.option("--by", default="registrar", show_default=True, help="Who records them.")
@lang_option
def append(
    file: BinaryIO, database: Address, request: str | None, audience: str, by: str, lang: str
) -> None:  # one parameter for each option
    """Append the entries of FILE, one JSON object a line (- is what is piped in), all of them or none.

    Each is checked as `chancery add` checks it. What is acknowledged is on the disk and in the tree.
    """
    from chancery.store.appending import append_lines  # noqa: PLC0415  # only databases need it
    from chancery.store.opening import opened_to_write  # noqa: PLC0415  # the same

    reader = Reader(checked_lang(lang))
    data = file.read()
    with refusing(reader), opened_to_write(database) as store, barring(reader):
        store.by, store.audience = by, audience
        kept, problems = append_lines(store, data, now, request)
    print_problems(problems, reader, "text", err=True)
    said = phrase(
        "Recorded: {n:number} entries, from {first}; the ledger's size was {size} then.",
        n=kept.count,
        first=kept.first,
        size=kept.first + kept.count,
    )
    again = phrase("The request came before, and counts once.")
    click.echo(reader.say(said) if kept.fresh else f"{reader.say(said)} {reader.say(again)}")


ledger.add_command(log_command)
ledger.add_command(show_command)


@ledger.command()
@click.argument("seq", type=click.IntRange(0))
@database_option
@click.option("--audience", required=True, help="Who may still read it, in a-z, 0-9 and -.")
@reason_option
@lang_option
def seal(seq: int, database: Address, audience: str, reason: str, lang: str) -> None:
    """Seal entry SEQ: from now on only an audience reads what it says. Its leaf stays, and every proof holds."""
    _about(seq, database, lang, lambda desk, name: desk.seal(name, audience, Tongues.of(reason)))


@ledger.command()
@click.argument("seq", type=click.IntRange(0))
@database_option
@reason_option
@lang_option
def shred(seq: int, database: Address, reason: str, lang: str) -> None:
    """Shred entry SEQ: what it says is destroyed for ever. Its leaf stays, and every proof holds.

    Copies elsewhere (exports, backups, PostgreSQL's own logs of what was written) have to be destroyed where they are.
    """
    _about(seq, database, lang, lambda desk, name: desk.shred(name, Tongues.of(reason)))


def _about(seq: int, database: Address, lang: str, does: Callable[[Desk, str], Examined]) -> None:
    """Do something about an entry, by an act that is recorded."""
    from chancery.store.opening import opened_to_write  # noqa: PLC0415  # only databases need it
    from chancery.text import record_in  # noqa: PLC0415  # the same

    reader = Reader(checked_lang(lang))
    with refusing(reader), opened_to_write(database) as store, barring(reader), store.held():
        record = record_in(store.bodies(None))
        name = _name_at(store, seq)
        if name not in record.places:
            raise Fault(phrase("{seq} is no entry that can be sealed or shredded, or was shredded already", seq=seq))
        said = recorded(does(Desk(record, now, store), name).act.id, store)
    click.echo(reader.say(said))


def _name_at(store: Store, seq: int) -> str:
    row = next(store.rows(seq, seq + 1), None)
    return "" if row is None or row.name is None else row.name


@ledger.command()
@database_option
@key_option
@signer_option
@click.option("--begin", is_flag=True, help="Sign though the memory knows of no checkpoint, and one was signed.")
@click.option("--timestamp", metavar="URL", help="Have the time stamped on it by this authority (RFC 3161).")
@lang_option
def checkpoint(
    database: Address, key: Path | None, signer: Path | None, timestamp: str | None, lang: str, *, begin: bool
) -> None:  # one parameter for each option
    """Sign the ledger as it is now: every entry is read again, and the root worked out a second way."""
    from chancery.cli.signing import Means, sign  # noqa: PLC0415  # cryptography is slow to import
    from chancery.cli.stamping import stamped  # noqa: PLC0415  # rarely needed
    from chancery.store.opening import opened_to_write  # noqa: PLC0415  # only databases need it

    reader = Reader(checked_lang(lang))
    with refusing(reader), opened_to_write(database) as store:
        signed = sign(store, Means(database, key, signer, begin))
        click_echo(signed.note.text)
        if timestamp is not None:
            click.echo(reader.say(stamped(store, signed, timestamp)))


@ledger.command()
@database_option
@click.option("--trust", "trust_file", metavar="FILE", required=True, help="Whose cosignatures count (TOML).")
@click.option(
    "--witness", "urls", metavar="URL", multiple=True, help="Ask this one; may be repeated. Default: the trust file's."
)
@lang_option
def witness(database: Address, trust_file: str, urls: tuple[str, ...], lang: str) -> None:
    """Have the last checkpoint cosigned by witnesses: organisations that see to it that the log only ever grows.

    Each cosignature is verified and kept with the checkpoint. Exit code 1 where fewer organisations have cosigned it
    than the trust file asks for.
    """
    from chancery.cli.asking import ask, checked  # noqa: PLC0415  # cryptography is slow to import
    from chancery.cli.verdicts import trusted  # noqa: PLC0415  # the same
    from chancery.log.heads import witnesses_of  # noqa: PLC0415  # the same
    from chancery.store.opening import opened_to_write  # noqa: PLC0415  # only databases need it

    reader = Reader(checked_lang(lang))
    with refusing(reader), opened_to_write(database) as store:
        trust = trusted(trust_file)
        for asked in ask(store, trust, urls):
            click.echo(reader.say(asked.said), err=asked.fault)
        signed = checked(store, trust)
        found = len(witnesses_of(signed, trust))
    said = phrase(
        "The checkpoint of {size:number} entries is witnessed by {n:number} organisations; {k} are asked for.",
        size=signed.checkpoint.size,
        n=found,
        k=trust.quorum,
    )
    click.echo(reader.say(said))
    if found < trust.quorum:
        sys.exit(FAULTS)


@ledger.command()
@click.argument("seq", type=click.IntRange(0))
@database_option
@click.option(
    "--out", type=click.Path(path_type=Path), help="The receipt's file. Default: receipt-SEQ.tlog-proof here."
)
@key_option
@signer_option
@lang_option
def prove(
    seq: int, database: Address, out: Path | None, key: Path | None, signer: Path | None, lang: str
) -> None:  # one parameter for each option
    """Write a receipt: a small file that proves to anybody, offline, that entry SEQ stands in this log.

    It is of the checkpoint that covers the entry and has the most cosignatures, the newest of those; where none covers
    it, one is signed.
    """
    from chancery.cli.exporting import write_receipt  # noqa: PLC0415  # only what is written needs it
    from chancery.cli.signing import Means, current  # noqa: PLC0415  # cryptography is slow to import
    from chancery.log.receipts import SUFFIX  # noqa: PLC0415  # the same
    from chancery.store.opening import opened_to_write  # noqa: PLC0415  # only databases need it
    from chancery.store.publishing import covering, receipt_of, stamp_of  # noqa: PLC0415  # the same

    reader = Reader(checked_lang(lang))
    path = out or Path(f"receipt-{seq}{SUFFIX}")
    with refusing(reader), opened_to_write(database) as store:
        signed = covering(store, seq) or current(store, Means(database, key, signer))
        receipt = receipt_of(store, seq, signed, database.audiences)
        write_receipt(path, receipt, stamp_of(store, signed.checkpoint.size))
    size = receipt.signed.checkpoint.size
    click.echo(reader.say(phrase("{file}: entry {seq} of {size}.", file=path.as_posix(), seq=seq, size=size)))


@ledger.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@database_option
@key_option
@signer_option
@lang_option
def export_command(folder: Path, database: Address, key: Path | None, signer: Path | None, lang: str) -> None:
    """Write the whole log into DIR: entries, tiles, bodies, checkpoints, documents. A web server can serve it as it is.

    A folder that holds an earlier export of the same log is brought up to date. What is sealed or shredded is left out,
    and every proof still holds.
    """
    from chancery.cli.exporting import write_export  # noqa: PLC0415  # only databases need it
    from chancery.cli.signing import Means, current  # noqa: PLC0415  # cryptography is slow to import
    from chancery.store.opening import opened_to_write  # noqa: PLC0415  # only databases need it

    reader = Reader(checked_lang(lang))
    with refusing(reader), opened_to_write(database) as store, watching(phrase("Exporting"), reader) as progress:
        signed = current(store, Means(database, key, signer))
        write_export(store, signed, database.audiences, folder, progress)
    said = phrase("{n:number} entries exported to {out}.", n=signed.checkpoint.size, out=folder.as_posix())
    click.echo(reader.say(said))


@ledger.command("rotate-key")
@database_option
@key_option
@lang_option
def rotate_key(database: Address, key: Path | None, lang: str) -> None:
    """Sign by new keys from now on, and record that, signed by the old keys and the new.

    The old secret keys are kept beside the new, in a file that ends in .old. The new public keys are printed.
    """
    from chancery.cli.signing import rotated  # noqa: PLC0415  # cryptography is slow to import
    from chancery.store.opening import opened_to_write  # noqa: PLC0415  # only databases need it

    reader = Reader(checked_lang(lang))
    with refusing(reader), opened_to_write(database) as store, barring(reader):
        keys = rotated(store, database, key, now)
    for made in keys:
        click.echo(made.verifier.text)


@ledger.command("catch-up")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@database_option
@click.option("--trust", "trust_file", metavar="FILE", help="Whose signatures count: your own trust file (TOML).")
@lang_option
def catch_up_command(folder: Path, database: Address, trust_file: str | None, lang: str) -> None:
    """Take what an older copy of a ledger lacks from DIR, an export of the later one, which is verified first."""
    from chancery.cli.folders import Folder  # noqa: PLC0415  # cryptography is slow to import
    from chancery.cli.verdicts import trusted  # noqa: PLC0415  # the same
    from chancery.store.catching_up import catch_up  # noqa: PLC0415  # only databases need it
    from chancery.store.opening import check_known, opened  # noqa: PLC0415  # the same

    reader = Reader(checked_lang(lang))
    with refusing(reader), opened(database) as store:
        count = catch_up(store, Folder(folder), trusted(trust_file))
        check_known(store, database.memory)
        size = store.frontier().size
    click.echo(
        reader.say(
            phrase("{n:number} entries taken; {size:number} in {place}.", n=count, size=size, place=database.shown)
        )
    )
