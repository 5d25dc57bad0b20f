"""Dumping: a ledger written out as text again, in the words and files in which it was read."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from chancery.store.base import refused
from chancery.text import ADDITIONS, record_in
from chancery.text.converting import spread
from chancery.text.rewriting import joined, pieces_of
from chancery.text.writing import act_toml, key_toml
from chancery.values import phrase, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chancery.ledger import Record
    from chancery.store.base import Store
    from chancery.text import Progress, Sheet
    from chancery.text.converting import Parts


def parts_of(store: Store, audiences: Sequence[str] | None, progress: Progress | None = None) -> tuple[Record, Parts]:
    """What some audiences may read of a ledger, and the files of text that say the same.

    Files that were read are as they were. Entries recorded later stand in additions.toml.
    """
    record = record_in(store.bodies(audiences))
    sheets = store.sheets()
    if not sheets:
        by_file = spread(list(pieces_of(record)))
        return record, {name: [joined(pieces).encode()] for name, pieces in by_file.items()}
    files: dict[str, str] = {}
    written: set[str] = set()
    readable = {*record.places, *record.sources}
    for number, sheet in enumerate(sheets, 1):
        _check_name(sheet.name, store.place)
        files[sheet.name] = _text(sheet, record, readable)
        written.update(key for stretch in sheet.stretches for key in stretch.keys)
        if progress is not None:
            progress(number, len(sheets))
    later = [act for act in record.acts if act.id not in written]
    for act in later:
        files[ADDITIONS] = appended(files.get(ADDITIONS, ""), act_toml(act))
    return record, {name: [text.encode()] for name, text in files.items()}


def _check_name(name: str, place: str) -> None:
    """Refuse a layout that names a file outside the folder: a database is not believed. Raises Refused."""
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or any(part.startswith(".") for part in path.parts) or "\0" in name:
        raise refused(
            place, "not-a-file", phrase("has a layout that names {file}, which is no file", file=quoted(name))
        )


def _text(sheet: Sheet, record: Record, readable: set[str]) -> str:
    """A file as it was, but for entries that its reader may not read."""
    texts: list[str] = []
    for stretch in sheet.stretches:
        hidden = [key for key in stretch.keys if key not in readable and not key.startswith("[")]
        if hidden:
            texts.extend(key_toml(record, key) + "\n" for key in stretch.keys if key not in hidden)
        else:
            texts.append(stretch.text)
    return "".join(texts)


def appended(text: str, entry: str) -> str:
    """A file's text with one more entry after it, as the shelf of text appends it."""
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{gap}{entry}"
