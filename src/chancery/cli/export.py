"""`chancery export`: the register of a reading in another format."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chancery.cli.disk import flushed
from chancery.cli.options import (
    checked_lang,
    clock_options,
    lang_option,
    reading_of,
    record_argument,
    refuse,
    sound_ledger,
)
from chancery.cli.tables import printable
from chancery.exchange import FORMATS, WHOLE
from chancery.languages import Reader
from chancery.text import Loaded, Refused, write_whole
from chancery.values import phrase

if TYPE_CHECKING:
    from chancery.cli.options import Where
    from chancery.exchange.base import Parts
    from chancery.values import Phrase


@click.command()
@record_argument
@click.option("--to", "name", type=click.Choice(list(FORMATS)), required=True, help="The format.")
@clock_options
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write there instead of printing; a folder for datapackage."
)
@lang_option
def export(  # noqa: PLR0913  # one parameter for each option
    record: Where,
    name: str,
    on: str | None,
    known: str | None,
    recorded: str | None,
    *,
    strict: bool,
    out: Path | None,
    lang: str,
) -> None:
    """Write the register of RECORD on a day, as known and recorded, in another format.

    What a format cannot carry: docs/reference/exchange.md. What somebody denies is never given as true.
    """
    reading, reader = reading_of(on, known, recorded, strict=strict), Reader(checked_lang(lang))
    many = FORMATS[name].many
    if many and out is None:
        raise click.BadParameter(reader.say(phrase("is several files; name a folder with --out")), param_hint="'--to'")
    if out is not None and (fault := _in_the_way(out, many=many)) is not None:
        raise click.BadParameter(reader.say(fault), param_hint="'--out'")
    parts = FORMATS[name].write(sound_ledger(record, reader).as_of(reading))
    if out is None:
        _print(parts[WHOLE].decode())
    else:
        _write(parts, out, reader)


def _print(text: str) -> None:
    sys.stdout.write(printable(text) if sys.stdout.isatty() else text)


def _in_the_way(out: Path, *, many: bool) -> Phrase | None:
    """Why nothing may be written there: a file is written over, a folder must be empty."""
    if many and (out.is_file() or (out.is_dir() and any(out.iterdir()))):
        return phrase(
            "{dir} is not empty and stays as it is; name a folder that is empty or not there yet", dir=out.as_posix()
        )
    if not many and out.is_dir():
        return phrase("{out} is a folder; name a file", out=out.as_posix())
    return None


def _write(parts: Parts, out: Path, reader: Reader) -> None:
    try:
        for name, data in parts.items():
            path = out / name if name != WHOLE else out
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, [data], flushed)
    except Refused as refused:
        refuse(Loaded(None, (refused.problem,)), reader)
    except OSError as error:
        fault = phrase("{out} cannot be written: {why}", out=out.as_posix(), why=error.strerror or "?")
        raise click.BadParameter(reader.say(fault), param_hint="'--out'") from error
