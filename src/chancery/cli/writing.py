"""Writing a record anew: beside its place, read again and compared, then put there whole."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from chancery.cli.disk import flushed
from chancery.cli.options import as_named, refuse
from chancery.text import Loaded, Refused, read_record, write_whole
from chancery.text.converting import WHOLE, Parts, difference, is_folder, is_lines
from chancery.values import phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    from chancery.cli.options import Where
    from chancery.languages import Reader
    from chancery.ledger import Record
    from chancery.values import Phrase


def in_the_way(origin: Where, target: Path, *, force: bool) -> Phrase | None:
    """Why nothing may be written there from a record."""
    within = isinstance(origin, Path) and origin.is_dir() and origin.resolve() in target.resolve().parents
    if within:
        return phrase("{out} lies inside the record itself; write it elsewhere", out=target.as_posix())
    if target.is_dir() and (is_lines(target) or target.suffix == ".toml"):
        return phrase("{out} is a folder; leave out the ending of its name", out=target.as_posix())
    if is_folder(target) and target.is_file():
        return phrase(
            "{out} is a file; a folder's name is expected, or an ending .jsonl or .toml", out=target.as_posix()
        )
    taken = any(target.iterdir()) if target.is_dir() else target.exists()
    if taken and not force:
        return phrase("{out} is there already; --force writes over it", out=target.as_posix())
    return None


def left_standing(files: list[str]) -> Phrase:
    """Why nothing is written into a folder that holds other files of a record."""
    return phrase(
        "it holds {files}, which would be read with what is written and change the ledger; choose an empty folder",
        files=", ".join(files),
    )


def written(
    parts: Parts,
    record: Record,
    target: Path,
    reader: Reader,
    compared: Callable[[Record, Record], Phrase | None] = difference,
) -> Phrase | None:
    """Write beside the target, read again and compare, then put in its place; gives what would be lost, if anything."""
    target = target.resolve()
    room = target.with_name(f".{target.name}.new")
    try:
        shutil.rmtree(room, ignore_errors=True)
        room.mkdir(parents=True)
        fresh = room / target.name
        for name, data in parts.items():
            path = fresh / name if name != WHOLE else fresh
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, data, flushed)
        again = read_record(fresh)
        if again.record is None:
            refuse(again, reader)
        fault = compared(record, again.record)
        if fault is None:
            _put_in_place(parts, fresh, target)
    except Refused as refused:
        refuse(Loaded(None, (refused.problem,)), reader)
    except OSError as error:
        return phrase("{out} cannot be written: {why}", out=target.as_posix(), why=error.strerror or "?")
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return fault


def _put_in_place(parts: Parts, fresh: Path, target: Path) -> None:
    if WHOLE in parts:
        fresh.replace(target)
    else:
        for name in parts:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).replace(target / name)
        flushed(target)
    flushed(target.parent)


def done(record: Record, target: Where) -> Phrase:
    """What was written where, when all went well."""
    return phrase(
        "{n:number} entries from {sources} written to {out}.",
        n=len(record.acts),
        sources=phrase("{n:number} sources", n=len(record.sources)),
        out=as_named(target),
    )
