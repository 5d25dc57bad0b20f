"""Feeding one reader by atheris, which follows its branches: `python -m faults.fuzz READER SECONDS FOLDER`.

A fault in words is an answer, anything else is not; the process ends not well where a reader raised anything else.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

with atheris.instrument_imports(include=["chancery"]):
    from chancery.desk import Barred
    from chancery.store.appending import append_lines
    from chancery.store.memory import Memory
    from chancery.text import Refused, read_record
    from chancery.values import Fault
    from faults.ledgers import NOW, RECORD, issued, lines, room
    from tests.attacks.test_logs import READERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from tempfile import TemporaryDirectory

ANSWERS = (Fault, Barred, Refused)
PLANTED = "the control"


def _planted(data: bytes) -> None:
    """A reader with a fault in it: it trusts a length that it is told."""
    if data[:2] == b"{x":
        raise IndexError(data[2:3])


def _record(ending: str) -> Callable[[bytes], object]:
    """A reader of a record in text, from a file."""
    folder = room()

    def reads(data: bytes, folder: TemporaryDirectory[str] = folder) -> object:
        path = Path(folder.name) / f"record.{ending}"
        path.write_bytes(data)
        return read_record(path)

    return reads


@contextmanager
def _unchanged(store: Memory) -> Iterator[None]:
    """Hold that whatever is refused has changed nothing. Raises AssertionError."""
    before = list(store.rows()), store.frontier().root(), store.sheets()
    try:
        yield
    except ANSWERS:
        if (list(store.rows()), store.frontier().root(), store.sheets()) != before:
            raise AssertionError("a refusal has changed the ledger") from None
        raise


def _appends(data: bytes) -> None:
    """Append what comes to a ledger of its own."""
    store = Memory("faults.example/log")
    append_lines(store, lines(BODY).encode(), lambda: NOW)
    with _unchanged(store):
        append_lines(store, data, lambda: NOW, "r1")


BODY: dict[str, object] = {"id": "body", "kind": "party.described", "party": "body:x"}


def readers() -> dict[str, tuple[bytes, Callable[[bytes], object]]]:
    """Each reader by its name, with something sound to begin with."""
    head = '{"kind": "record", "title": "F"}\n{"kind": "source", "ref": "source:x", "standing": "press"}\n'
    return {
        **READERS,
        "a record in TOML": (RECORD.encode(), _record("toml")),
        "a record in JSON Lines": ((head + lines(issued("e"))).encode(), _record("jsonl")),
        "entries that are appended to a ledger": (lines({**BODY, "id": "e"}, issued("f")).encode(), _appends),
        PLANTED: (b"{", _planted),
    }


def main(name: str, seconds: str, folder: str) -> None:
    """Feed a reader for a while, from something sound; what it fails at is left in the folder."""
    sound, reads = readers()[name]
    seeds = Path(folder) / "seeds"
    seeds.mkdir()
    (seeds / "sound").write_bytes(sound)

    def once(data: bytes) -> None:
        try:
            reads(data)
        except ANSWERS:
            return

    words = [f"-max_total_time={seconds}", "-print_final_stats=1", "-max_len=4096", f"-artifact_prefix={folder}/"]
    atheris.Setup([sys.argv[0], *words, str(seeds)], once)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:] == ["readers"]:
        print("\n".join(readers()))
    else:
        main(*sys.argv[1:])
