"""The General Assembly, 1946 to 2020: 6,203 roll calls, ballot by ballot.

No outcome is on record. In sessions 31 to 74 a roll call that carries a resolution's symbol, and is neither on an
amendment nor on a paragraph, adopted that resolution: that is what is compared.
"""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from chancery.rules.rulings import VoteRuling
from tests.replay.playing import DATA, Check, Play, rows_of

FOLDER = DATA / "un-general-assembly"
SYMBOL = re.compile(r"(?:A/RES|R)/\d+/\d+[A-Z]*")
SESSIONS = range(31, 75)
NO_ACTION = re.compile(r"no ?action|defer", re.IGNORECASE)

Row = Mapping[str, str]


def general_assembly(_: Path) -> Play:
    """The ballots as they are published, in Parquet."""
    rows = {row["rcid"]: row for row in rows_of(FOLDER / "roll_calls.csv.gz")}
    resolutions = {rcid: row for rcid, row in rows.items() if _is_resolution(row)}
    symbols = Counter(row["unres"] for row in resolutions.values())

    def reason(ruling: VoteRuling) -> str:
        row = resolutions[ruling.vote.id]
        named = f"filed under {row['unres']}"
        if NO_ACTION.search(row["descr"]):
            return f"a motion of another kind, {named}: its description is of a motion for no action or deferment"
        again = symbols[row["unres"]] - 1
        return f"{named}; its description does not say what was voted on; {again} more roll calls have that symbol"

    return Play(
        body="UN General Assembly",
        rules="un-general-assembly.toml",
        votes=FOLDER / "votes.parquet",
        columns={"vote": "rcid", "party": "country", "choice": "vote"},
        recorded=dict.fromkeys(resolutions, "adopted"),
        checks=(Check("tally as published", _tally, _published()),),
        reason=reason,
    )


def _tally(ruling: VoteRuling) -> tuple[int, ...]:
    count = ruling.count
    return int(count.yes), int(count.no), int(count.abstain)


def _published() -> dict[str, tuple[int, ...]]:
    """The totals as published with the data, which counts 20 of its own roll calls otherwise by 1 or 2."""
    columns = ("yes_recorded", "no_recorded", "abstain_recorded")
    rows = rows_of(FOLDER / "recorded_totals_1946_2015.csv.gz")
    return {row["rcid"]: tuple(int(row[column]) for column in columns) for row in rows}


def _is_resolution(row: Row) -> bool:
    whole = row["amend"] != "1" and row["para"] != "1"
    return int(row["session"]) in SESSIONS and whole and SYMBOL.fullmatch(row["unres"]) is not None
