"""`chancery convert`: a record from TOML to JSON Lines and back; from TOML to TOML, in canonical form."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chancery.cli.databases import refusing
from chancery.cli.options import FAULTS, RecordType, checked_lang, lang_option, load, refuse, watching
from chancery.cli.writing import done, in_the_way, left_standing, written
from chancery.languages import Reader
from chancery.text.converting import is_folder, parts_for, strangers
from chancery.values import phrase

if TYPE_CHECKING:
    from chancery.cli.options import Where


@click.command()
@click.argument("origin", metavar="IN", type=RecordType())
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write over what is there.")
@lang_option
def convert(origin: Where, target: Path, *, force: bool, lang: str) -> None:
    """Write the record IN again as OUT: JSON Lines (.jsonl), one TOML file (.toml), or else a folder.

    Order, every field and every letter are kept. TOML is written in canonical form with its comments; JSON Lines has no
    comments. What was written is read again and compared before it is put in its place.
    """
    reader = Reader(checked_lang(lang))
    loaded = load(origin)
    if loaded.record is None:
        refuse(loaded, reader)
    if (fault := in_the_way(origin, target, force=force)) is not None:
        raise click.BadParameter(reader.say(fault), param_hint="'OUT'")
    with refusing(reader), watching(phrase("Writing {name}", name=target.name), reader) as progress:
        parts = parts_for(origin if isinstance(origin, Path) else None, loaded.record, target, progress)
        left = strangers(target, parts) if is_folder(target) else []
        if left:
            raise click.BadParameter(reader.say(left_standing(left)), param_hint="'OUT'")
        fault = written(parts, loaded.record, target, reader)
    if fault is not None:
        click.echo(reader.say(fault), err=True)
        sys.exit(FAULTS)
    click.echo(reader.say(done(loaded.record, target)))
