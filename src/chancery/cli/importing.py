"""`chancery import`: a file in another format as a record, or into one."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click
from msgspec import Struct
from msgspec.structs import replace

from chancery.acts.parties import PartyDescribed
from chancery.cli.add import now
from chancery.cli.databases import barring, refusing
from chancery.cli.disk import flushed
from chancery.cli.options import FAULTS, RecordType, checked_lang, lang_option, load, refuse, today
from chancery.cli.writing import done, in_the_way, left_standing, written
from chancery.exchange import FORMATS, Given, Taken
from chancery.exchange.taking import spelled
from chancery.languages import Reader
from chancery.ledger import Record, problems_of
from chancery.register import Head, Source, SourceStanding
from chancery.text import Loaded, Refused, Shelf, foreign_bytes
from chancery.text.converting import is_folder, parts_for, strangers
from chancery.values import Date, DateFault, Place, Ref, Tongues, Weight, phrase

if TYPE_CHECKING:
    from chancery.cli.options import Where
    from chancery.store.urls import Address
    from chancery.values import Problem

READ = [name for name, each in FORMATS.items() if each.read is not None]


class Origin(Struct, frozen=True):
    """What is said on the command line of the file that is read."""

    title: str | None
    publisher: str | None
    url: str | None
    published: str | None
    retrieved: str | None
    standing: SourceStanding


class Asked(Struct, frozen=True):
    """Which file is read, in which format, by which mapping, and what is said of it."""

    file: Path
    name: str
    mapping: Path | None
    origin: Origin


def _day(_context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    try:
        return Date.of(value).text if value is not None else None
    except DateFault as fault:
        raise click.BadParameter(Reader().say(fault.phrase), param=parameter) from fault


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--from", "name", type=click.Choice(READ), required=True, help="The format of FILE.")
@click.option("--out", type=click.Path(path_type=Path), help="The new record: a folder, .toml or .jsonl.")
@click.option("--into", type=RecordType(), help="The record to which it is added.")
@click.option("--mapping", type=click.Path(path_type=Path), help="For csv: which columns become which fields (TOML).")
@click.option("--title", help="What the source is called. Default: the name of the file.")
@click.option("--publisher", help="The house that publishes it.")
@click.option("--url", help="Where it was found.")
@click.option("--published", metavar="D", callback=_day, help="The day on its face.")
@click.option("--retrieved", metavar="D", callback=_day, help="The day it was fetched. Default: today.")
@click.option(
    "--standing",
    type=click.Choice(get_args(SourceStanding)),
    default="aggregator",
    show_default=True,
    help="How much the source weighs.",
)
@lang_option
def importing(
    file: Path,
    name: str,
    out: Path | None,
    into: Where | None,
    mapping: Path | None,
    *,
    lang: str,
    **origin: str,
) -> None:
    """Read FILE as entries that cite it: a new record (--out), or added to one (--into). FILE may end in .gz.

    The source is made from the file: its SHA-256, its title, the day it was fetched. Nothing is written where anything
    in the file has a fault; all faults are told at once.
    """
    reader = Reader(checked_lang(lang))
    if (out is None) == (into is None):
        raise click.UsageError(reader.say(phrase("Name either a new record, --out, or one that is there, --into.")))
    asked = Asked(file, name, mapping, Origin(**origin))  # type: ignore[arg-type]  # options, by name
    if out is not None:
        _begin(asked, out, reader)
    if isinstance(into, Path):
        _add(asked, into, reader)
    elif into is not None:
        _record(asked, into, reader)


def _taken(asked: Asked, refs: frozenset[str], reader: Reader) -> tuple[Taken, Source]:
    """What the file holds; its faults are told, and end the command."""
    file, mapping = asked.file, asked.mapping
    try:
        data = foreign_bytes(file)
        rules = foreign_bytes(mapping) if mapping is not None else None
    except Refused as refused:
        refuse(Loaded(None, (refused.problem,)), reader)
    source = source_of(file, data, asked.origin)
    read = FORMATS[asked.name].read
    assert read is not None  # noqa: S101  # only such formats can be chosen
    taken = read(Given(file.name, data, source, rules, mapping.name if mapping is not None else "", refs))
    if taken.problems:
        refuse(Loaded(None, taken.problems), reader)
    return taken, source


def source_of(file: Path, data: bytes, origin: Origin) -> Source:
    """The source that a file is: its digest is that of its bytes, unpacked."""
    return Source(
        ref=Ref(f"source:{spelled(file.name.partition('.')[0])}"),
        standing=origin.standing,
        title=origin.title or file.name,
        publisher=origin.publisher,
        url=origin.url,
        published=Date.of(origin.published) if origin.published else None,
        retrieved=Date.of(origin.retrieved or today()),
        digest=hashlib.sha256(data).hexdigest(),
    )


def _begin(asked: Asked, out: Path, reader: Reader) -> None:
    """Write a new record."""
    taken, source = _taken(asked, frozenset(), reader)
    head = Head(title=Tongues.of(source.title or ""), bodies=taken.bodies)  # type: ignore[arg-type]  # refs
    record = Record(head, {source.ref: source}, taken.acts)
    _refuse_barred(record, source, reader)
    parts = parts_for(None, record, out)
    fault = in_the_way(out, out, force=False)
    with refusing(reader):
        left = strangers(out, parts) if fault is None and is_folder(out) else []
    if fault is not None or left:
        raise click.BadParameter(reader.say(fault or left_standing(left)), param_hint="'--out'")
    fault = written(parts, record, out, reader)
    if fault is not None:
        click.echo(reader.say(fault), err=True)
        sys.exit(FAULTS)
    click.echo(reader.say(done(record, out)))


def _add(asked: Asked, into: Path, reader: Reader) -> None:
    """Add to a record that is there."""
    try:
        shelf = Shelf(into, flushed)
        with shelf.held():
            loaded = load(into)
            if loaded.record is None:
                refuse(loaded, reader)
            added = _added(loaded.record, asked, reader)
            shelf.extend(list(added.sources.values()), added.acts)
    except Refused as refused:
        refuse(Loaded(None, (refused.problem,)), reader)
    click.echo(reader.say(done(added, into)))


def _record(asked: Asked, into: Address, reader: Reader) -> None:
    """Record it in a database."""
    from chancery.store.loading import load as load_into  # noqa: PLC0415  # only databases need it
    from chancery.store.obeying import whole_record  # noqa: PLC0415  # the same
    from chancery.store.opening import opened_to_write  # noqa: PLC0415  # the same

    with refusing(reader), opened_to_write(into) as store, barring(reader), store.held():
        added = _added(whole_record(store) or Record(Head(), {}, ()), asked, reader)
        load_into(store, added, [], now())
    click.echo(reader.say(done(added, into)))


def _added(held: Record, asked: Asked, reader: Reader) -> Record:
    """What the file adds to a record; where that cannot stand beside it the command ends."""
    taken, source = _taken(asked, _refs_of(held), reader)
    _refuse_double(held, source, reader)
    grown = Record(held.head, {**held.sources, source.ref: source}, (*held.acts, *taken.acts))
    _refuse_barred(grown, source, reader)
    return Record(held.head, {source.ref: source}, taken.acts)


def _refs_of(record: Record) -> frozenset[str]:
    return frozenset(act.party for act in record.acts if isinstance(act, PartyDescribed))


def _refuse_double(record: Record, source: Source, reader: Reader) -> None:
    if source.ref in record.sources:
        fault = phrase("the source {ref} stands in the record already", ref=source.ref)
        raise click.BadParameter(reader.say(fault), param_hint="'FILE'")


def _refuse_barred(record: Record, source: Source, reader: Reader) -> None:
    """Tell what bars the record, at its place in the file, and end the command."""
    places = {act.id: act.cites[0].article for act in record.acts if act.cites and act.cites[0].source == source.ref}
    bars = [problem for problem in problems_of(record) if problem.weight is Weight.BAR]
    if bars:
        refuse(Loaded(None, tuple(_placed(problem, places, source) for problem in bars)), reader)


def _placed(problem: Problem, places: dict[str, str | None], source: Source) -> Problem:
    field = problem.place.field if problem.place is not None else None
    where = places.get(problem.entry or "")
    if where is None:
        return problem
    return replace(
        problem, place=Place(file=source.title or "", line=None, field=f"{where}: {field}" if field else where)
    )
