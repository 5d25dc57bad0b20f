"""The majority of every roll call of a Parquet file, as DuckDB and pandas find it."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import duckdb
import pandas as pd

from bench.stopwatch import Stopwatch

if TYPE_CHECKING:
    from collections.abc import Callable

AGAIN = 9
MAJORITY = """
    select rcid, case when sum((vote = 'yes')::int) > sum((vote = 'no')::int) then 'adopted' else 'rejected' end
"""
CHECKS = """
    , count(distinct country) = count(*), bool_and(vote in ('yes', 'no', 'abstain')), bool_and(country is not null)
"""
"""No party has two ballots, every choice is one, every ballot is somebody's."""


def main(votes: str) -> None:
    """Measure each query and each counting, the mean of several runs after a first; one thread, as ours has."""
    connection = duckdb.connect()
    connection.execute("set threads = 1")
    steps: dict[str, Callable[[], int]] = {
        "DuckDB, the majority": partial(_asked, connection, f"{MAJORITY} from '{votes}' group by rcid"),
        "DuckDB, with the checks": partial(_asked, connection, f"{MAJORITY} {CHECKS} from '{votes}' group by rcid"),
        "pandas, the majority": partial(_counted, votes),
    }
    counts = {name: step() for name, step in steps.items()}
    watch = Stopwatch()
    for name, step in steps.items():
        watch.restart()
        for _ in range(AGAIN):
            step()
        watch.lap(name, AGAIN)
    watch.report(counts["pandas, the majority"])


def _asked(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return len(connection.execute(query).fetchall())


def _counted(votes: str) -> int:
    """Count by the codes of the categories, which is faster than by their texts."""
    rows = pd.read_parquet(votes, columns=["rcid", "vote"])
    sides = rows.groupby(["rcid", "vote"], observed=True).size().unstack(fill_value=0)
    outcomes = (sides["yes"] > sides["no"]).map({True: "adopted", False: "rejected"})
    return len(outcomes)


if __name__ == "__main__":
    main(*sys.argv[1:])
