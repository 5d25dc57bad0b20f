"""Decide every roll call of a Parquet file: read, looked through, decided, the exceptions explained."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from pyarrow import parquet

from bench.stopwatch import Stopwatch
from chancery.rules.bulk import Outcomes, faults_of, outcomes_of
from chancery.rules.explaining import explained
from chancery.rules.rulebook import Provided, Rulebook
from chancery.rules.scrutiny import Scrutiny
from chancery.rules.voting import Decision, Members, Threshold
from chancery.text.votes import read_votes
from chancery.values import Ref

BODY, CHARTER = Ref("body:un-general-assembly"), Ref("instrument:un-charter")
COLUMNS = {"vote": "rcid", "party": "country", "choice": "vote"}
MAJORITY = Decision(
    name="ordinary",
    ordinary=True,
    abstentions="not_voting",
    requires=(Threshold(more_than="1/2", of="present_and_voting"),),
)
ASSEMBLY = Rulebook(
    BODY,
    (
        Provided(Members(open=True), BODY, "art. 9(1)", "members", CHARTER),
        Provided(MAJORITY, BODY, "art. 18(3)", "majority", CHARTER),
    ),
)
AGAIN = 9


def main(votes: str) -> None:
    """Measure deciding, explaining, and reading the same columns alone: the mean of several runs after a first."""
    gc.disable()  # as `chancery` does
    path = Path(votes)
    found = _decided(path)
    watch = Stopwatch()
    for _ in range(AGAIN):
        columns = list(COLUMNS.values())
        parquet.ParquetFile(path, read_dictionary=["country", "vote"]).read(columns=columns, use_threads=False)
    watch.lap("columns alone", AGAIN)
    for _ in range(AGAIN):
        _decided(path)
    watch.lap("decide", AGAIN)
    for _ in range(AGAIN):
        for ruling in found.rulings.values():
            " ".join(map(str, explained(ruling)))
    watch.lap("explain", AGAIN)
    watch.report(len(found.outcomes))


def _decided(path: Path) -> Outcomes:
    table = read_votes(path, Ref, COLUMNS)
    if table.problems or list(faults_of(table.votes, Scrutiny(ASSEMBLY))):
        raise ValueError("the roll calls have faults")
    return outcomes_of(table.votes, ASSEMBLY)


if __name__ == "__main__":
    main(*sys.argv[1:])
