"""Tables of votes: CSV, JSON Lines or Parquet; one row a ballot, or one a tally. Every fault at its row and column."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from chancery.text.files import Refused, bounded_bytes, decoded
from chancery.text.loaded import MOST_PROBLEMS, unreadable
from chancery.text.voting import Ballots, Tallies
from chancery.values import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from chancery.rules.votes import Vote
    from chancery.values import Problem, Ref

LARGEST_VOTES = 2**30
"""Bytes of one table of votes."""


class VotesRead(Struct, frozen=True):
    """A table of votes as read: the votes in their order, and every fault, each at its row and column."""

    votes: tuple[Vote, ...]
    problems: tuple[Problem, ...]


def read_votes(path: Path, resolve: Callable[[str], Ref], columns: Mapping[str, str] | None = None) -> VotesRead:
    """Read a table of votes. ``resolve`` tells which party a text names; ``columns`` says how the table calls ours."""
    own = {given: name for name, given in (columns or {}).items()}
    problems: list[Problem] = []
    reading: Ballots | Tallies | None = None
    try:
        for line, cells in _rows(path):
            row = {own.get(name, name): value for name, value in cells.items()}
            reading = reading or _form(row, path.name, resolve, problems)
            reading.take(line, row)
            if len(problems) >= MOST_PROBLEMS:
                break
    except Refused as refused:
        return VotesRead((), (*problems, refused.problem))
    if reading is None:
        return VotesRead((), (_no_votes(path.name, {}),))
    return VotesRead(tuple(reading.votes()), tuple(problems))


def _form(
    row: Mapping[str, object], name: str, resolve: Callable[[str], Ref], problems: list[Problem]
) -> Ballots | Tallies:
    """What reads the rows: ballots where there is a party and its choice, tallies where there are numbers."""
    if "vote" in row and "party" in row and "choice" in row:
        return Ballots(name, resolve, problems)
    if "vote" in row and "yes" in row and "no" in row:
        return Tallies(name, resolve, problems)
    raise Refused(_no_votes(name, row))


def _no_votes(name: str, row: Mapping[str, object]) -> Problem:
    fault = phrase(
        "is no table of votes: it needs the columns vote, party and choice, or vote, yes and no; it has: {columns}",
        columns=", ".join(map(str, row)) or "-",
    )
    return unreadable(name, fault, 1, code="no-votes")


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Each row by the names of its columns, with its line (of Parquet, its row). Raises Refused."""
    if path.suffix == ".parquet":
        return _parquet(path)
    text = decoded(bounded_bytes(path, path.name, LARGEST_VOTES), path.name)
    return _json_lines(text, path.name) if path.suffix in (".jsonl", ".ndjson") else _csv(text, path.name)


def _csv(text: str, name: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
        for row in reader:
            if len(row) not in (0, len(header)):
                fault = phrase(
                    "has {n:number} cells; the first line has {columns:number}", n=len(row), columns=len(header)
                )
                raise Refused(unreadable(name, fault, reader.line_num, code="ragged"))
            if row:
                yield reader.line_num, dict(zip(header, row, strict=True))
    except csv.Error as fault_here:
        why = phrase("is not CSV: {why}", why=str(fault_here))
        raise Refused(unreadable(name, why, reader.line_num, code="not-csv")) from fault_here


def _json_lines(text: str, name: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    for line, written in enumerate(text.splitlines(), 1):
        if not written.strip():
            continue
        try:
            yield line, msgspec.json.decode(written, type=dict[str, object])
        except msgspec.MsgspecError as fault:
            raise Refused(unreadable(name, phrase("is no JSON object: {why}", why=str(fault)), line)) from fault


def _parquet(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    try:
        from pyarrow import ArrowException, parquet  # noqa: PLC0415  # an optional extra, slow to import
    except ImportError as fault:
        why = phrase("is Parquet, which needs pyarrow: pip install 'chancery[bulk]', or save it as CSV")
        raise Refused(unreadable(path.name, why, code="no-parquet")) from fault
    row = 0
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches():
                for cells in batch.to_pylist():
                    row += 1
                    yield row, cells
    except (ArrowException, OSError) as fault:
        why = phrase("cannot be read as Parquet: {why}", why=str(fault))
        raise Refused(unreadable(path.name, why, code="not-parquet")) from fault
