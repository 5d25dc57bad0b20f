"""A record as JSON Lines: the same entries in one stream, with the same checks; for large or machine-made records."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Union

import msgspec

from chancery.acts import KINDS, Undecodable, act_of, data_of, faults_in
from chancery.ledger import Record, problems_of
from chancery.register import Head, Source
from chancery.text.files import LARGEST_LINES, Refused, bounded_bytes
from chancery.text.loaded import Loaded, unreadable
from chancery.values import Place, Problem, Weight, canonical, decode_hook, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from chancery.text.loaded import Progress

LONGEST = 65_535
"""Bytes of one entry."""

CHUNK = 4 * 2**20
"""Bytes decoded between two reports of progress."""


class HeadLine(Head, frozen=True, kw_only=True, tag_field="kind", tag="record"):
    """The head of a record as a line."""


class SourceLine(Source, frozen=True, kw_only=True, gc=False, tag_field="kind", tag="source"):
    """A source as a line."""


@cache
def _decoder() -> msgspec.json.Decoder[Any]:  # a union made at run time
    return msgspec.json.Decoder(Union[(HeadLine, SourceLine, *KINDS.values())], dec_hook=decode_hook)


def read_lines(path: Path, progress: Progress | None = None) -> Loaded:
    """Read a record from a file of JSON Lines."""
    try:
        data = bounded_bytes(path, path.name, LARGEST_LINES)
    except Refused as refused:
        return Loaded(None, (refused.problem,))
    items: list[Any] = []  # heads, sources and acts, told apart below
    problems: list[Problem] = []
    for start, end in _chunks(data):
        _read_chunk(data, start, end, path.name, items, problems)
        if progress is not None:
            progress(end, len(data))
    return _loaded(items, problems, data, path.name)


def _chunks(data: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(data):
        end = data.find(b"\n", min(start + CHUNK, len(data)) - 1) + 1 or len(data)
        yield start, end
        start = end


def _read_chunk(data: bytes, start: int, end: int, name: str, items: list[Any], problems: list[Problem]) -> None:
    """Decode a chunk at once; where it has a fault, line by line so that every fault is found at its line."""
    chunk = data[start:end]
    lines = chunk.split(b"\n")
    if max(map(len, lines)) <= LONGEST:
        try:
            items.extend(_decoder().decode_lines(chunk))
        except (msgspec.DecodeError, ValueError, RecursionError):
            pass
        else:
            return
    first = data.count(b"\n", 0, start) + 1
    for number, line in enumerate(lines, first):
        if line.strip():
            problems.extend(_read_line(line, number, name, items))


def _read_line(line: bytes, number: int, name: str, items: list[Any]) -> list[Problem]:
    if len(line) > LONGEST:
        fault = phrase("is {n:number} bytes long; an entry has at most {largest:number}", n=len(line), largest=LONGEST)
        return [unreadable(name, fault, number, code="too-large")]
    try:
        items.append(_decoder().decode(line))
    except msgspec.ValidationError:
        return [_at(problem, name, number) for problem in _faults(msgspec.json.decode(line), items)]
    except (msgspec.DecodeError, ValueError, RecursionError) as fault_here:
        why = str(fault_here)
        return [unreadable(name, phrase("is not JSON: {why}", why=why), number, code="not-json")]
    return []


def _faults(data: object, items: list[Any]) -> list[Problem]:
    if not isinstance(data, dict):
        fault = phrase("expected a JSON object")
        return [Problem(code="malformed", weight=Weight.BAR, phrase=fault)]
    for line, struct in (("record", Head), ("source", Source)):
        if data.get("kind") == line:
            return list(faults_in(data, struct, skip=frozenset({"kind"})))
    try:
        items.append(act_of(data))
    except Undecodable as fault:
        return fault.problems
    return []


def _loaded(items: list[Any], problems: list[Problem], data: bytes, name: str) -> Loaded:
    acts = [item for item in items if item.__class__ is not SourceLine and item.__class__ is not HeadLine]
    sources: dict[str, Source] = {}
    heads = []
    for item in items:
        if item.__class__ is SourceLine:
            if item.ref in sources:
                fault = phrase("the source {ref} stands in the record already", ref=item.ref)
                problems.append(_at(Problem(code="duplicate-source", weight=Weight.BAR, phrase=fault), name, None))
            sources[item.ref] = item
        elif item.__class__ is HeadLine:
            heads.append(item)
    record = Record(heads[0] if heads else Head(), sources, acts)
    across = problems_of(record)
    if across:
        lines = _lines_by_id(data)
        problems.extend(_at(problem, name, lines.get(problem.entry or "")) for problem in across)
    barred = any(problem.weight is Weight.BAR for problem in problems)
    return Loaded(None if barred else record, tuple(problems))


def _lines_by_id(data: bytes) -> dict[str, int]:
    """The number of the last line of each entry; a duplicate's is the later one."""
    numbers: dict[str, int] = {}
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            numbers[_id_decoder().decode(line).id] = number
    return numbers


class _Id(msgspec.Struct, frozen=True, gc=False):
    id: str = ""


@cache
def _id_decoder() -> msgspec.json.Decoder[_Id]:
    return msgspec.json.Decoder(_Id)


def _at(problem: Problem, name: str, line: int | None) -> Problem:
    field = problem.place.field if problem.place else None
    return msgspec.structs.replace(problem, place=Place(file=name, line=line, field=field))


def lines_of(record: Record) -> Iterator[bytes]:
    """A record as JSON Lines: its head, its sources, its acts, each in canonical form (RFC 8785)."""
    yield canonical({"kind": "record", **data_of(record.head)})
    for source in record.sources.values():
        yield canonical({"kind": "source", **data_of(source)})
    for act in record.acts:
        yield canonical(data_of(act))
