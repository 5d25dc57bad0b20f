"""`chancery new`: a small commented record to start from."""

from __future__ import annotations

import shlex
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from chancery.acts import record_schema
from chancery.cli.options import checked_lang, lang_option
from chancery.languages import Reader
from chancery.values import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.values import Phrase

FILES = ("record.toml", "invitations.toml")
"""The files of the record, as they stand in the folder ``starter`` beside this module."""

SCHEMA = "record.schema.json"
"""The JSON Schema beside the files, which their first line names."""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@lang_option
def new(folder: Path, lang: str) -> None:
    """Write a small commented record to start from into DIR, which must be empty or not there yet."""
    reader = Reader(checked_lang(lang))
    fault = fault_of(folder)
    if fault is not None:
        raise click.BadParameter(reader.say(fault), param_hint="'DIR'")
    try:
        write(folder)
    except OSError as error:
        raise click.BadParameter(reader.say(_unwritable(folder, error)), param_hint="'DIR'") from error
    for line in next_steps(folder):
        click.echo(reader.say(line) if not isinstance(line, str) else line)


def fault_of(folder: Path) -> Phrase | None:
    """Why a new record cannot be written there."""
    try:
        if not folder.exists():
            return None
        if not folder.is_dir():
            return phrase("{dir} is a file; name a folder that is empty or not there yet", dir=folder.as_posix())
        if any(folder.iterdir()):
            return phrase(
                "{dir} is not empty and stays as it is; name a folder that is empty or not there yet",
                dir=folder.as_posix(),
            )
    except OSError as error:
        return _unwritable(folder, error)
    return None


def _unwritable(folder: Path, error: OSError) -> Phrase:
    return phrase("{dir} cannot be written: {why}", dir=folder.as_posix(), why=error.strerror or "?")


def write(folder: Path) -> None:
    """Write the record's files and the schema beside them. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        (folder / name).write_bytes((resources.files(__package__) / "starter" / name).read_bytes())
    (folder / SCHEMA).write_bytes(schema_file())


def schema_file() -> bytes:
    """The JSON Schema of a record file, laid out to be read."""
    return msgspec.json.format(msgspec.json.encode(record_schema()), indent=2) + b"\n"


def next_steps(folder: Path) -> Iterator[Phrase | str]:
    """What was written, and what to type next."""
    name = shlex.quote(folder.as_posix())
    yield phrase(
        "Written: {dir}/record.toml and {dir}/invitations.toml. Every line in them is explained.", dir=folder.as_posix()
    )
    yield phrase("Type next:")
    yield f"  chancery check {name}"
    yield f"  chancery show standing {name} --on 2026-01-31"
    yield f"  chancery why {name} state:xa body:example-board"
    yield f"  chancery add {name} invitation.declined --help"
    yield "  chancery kinds"
