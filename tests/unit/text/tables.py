"""Tables of votes as a test writes them, and what is wrong with them."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from chancery.rules.votes import Vote
from chancery.text.votes import VotesRead, read_votes
from chancery.values import Ref


def party(text: str) -> Ref:
    return Ref({"Alder": "org:alder", "Birch": "org:birch"}.get(text, text))


class Table:
    """Writes a table, and reads it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, text: str | bytes, name: str = "votes.csv", **columns: str) -> VotesRead:
        path = self._folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_votes(path, party, columns)

    def parquet(self, columns: Mapping[str, object], **names: str) -> VotesRead:
        path = self._folder / "votes.parquet"
        parquet.write_table(pa.table(columns), path)
        return read_votes(path, party, names)


def faults(read: VotesRead) -> list[str]:
    """The place of each fault, and its code."""
    return [f"{problem.place} {problem.code}" for problem in read.problems]


def said(read: VotesRead) -> str:
    (problem,) = read.problems
    return str(problem.phrase)


def ballots(vote: Vote) -> list[tuple[str, str]]:
    return [(ballot.party, ballot.choice) for ballot in vote.ballots or ()]
