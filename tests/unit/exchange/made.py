"""Small files and records for the tests of exchange, and the ways in and out."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unicodedata import normalize

from chancery.exchange import FORMATS, WHOLE, Given, Taken
from chancery.ledger import Ledger, Record, problems_of
from chancery.register import Head, Reading, Register, Source
from chancery.text import read_record
from chancery.values import Date, Ref, Weight

ROOT = Path(__file__).resolve().parents[3]
SOURCE = Source(ref=Ref("source:file"), standing="aggregator", title="File", retrieved=Date.of("2026-11-25"))
TODAY = Reading.of("2026-11-25")
Document = Any  # JSON of any shape


def register_of(name: str, on: str = "2026-11-25", known: str | None = None) -> Register:
    """The register of one of the records of this repository."""
    record = read_record(ROOT / "records" / name).record
    assert record is not None
    return Ledger(record).as_of(Reading.of(on, known))


def taken(name: str, data: bytes | Document, mapping: str | None = None) -> Taken:
    """What a format reads from a file."""
    read = FORMATS[name].read
    assert read is not None
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return read(Given("file", raw, SOURCE, mapping.encode() if mapping is not None else None, "mapping.toml"))


def recorded(found: Taken, reading: Reading = TODAY) -> Register:
    """The register of what was read; nothing in it may bar a record."""
    assert not found.problems, [str(problem.phrase) for problem in found.problems]
    record = Record(Head(), {SOURCE.ref: SOURCE}, found.acts)
    assert not [problem for problem in problems_of(record) if problem.weight is Weight.BAR]
    return Ledger(record).as_of(reading)


def faults(found: Taken) -> list[tuple[str | None, str]]:
    """Every fault with its place."""
    return [(each.place.field if each.place else None, str(each.phrase)) for each in found.problems]


def written(name: str, register: Register) -> bytes:
    """A register in a format of one file."""
    return FORMATS[name].write(register)[WHOLE]


def nfc(value: object) -> object:
    """A value of a source with its texts in Unicode NFC, as they enter a record."""
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, list):
        return [nfc(each) for each in value]
    return {key: nfc(each) for key, each in value.items()} if isinstance(value, dict) else value


def lacking(whole: Mapping[str, Document], part: Mapping[str, Document]) -> dict[str, Document]:
    """The fields of an object that another does not give back; lists of sources may have grown."""
    return {
        name: (value, whole.get(name))
        for name, value in part.items()
        if (
            any(each not in whole.get(name, []) for each in value)
            if name == "sources"
            else whole.get(name) != nfc(value)
        )
    }
