"""Tied votes of the United States Senate, 101st to 109th Congress."""

from collections.abc import Mapping
from pathlib import Path

from chancery.rules.rulings import VoteRuling
from tests.replay.playing import DATA, Play, rows_of, table

FOLDER = DATA / "us-senate-ties"
CHAIR = {"Yea": "yes", "Nay": "no", "Did not vote": "did not vote", "": ""}

Row = Mapping[str, str]

NOTES = {"107-1-H.R. 3338": "recorded as passed with 50 of the 60 votes that it needed: a slip in the source's parsing"}
"""What the description of the data says of the row that contradicts itself."""


def us_senate(folder: Path) -> Play:
    """The votes as tallies: the majority that each needs is its matter, the Vice President's vote the chair's."""
    rows = {_name(row): row for row in rows_of(FOLDER / "tied_votes_101st_109th.csv")}

    def reason(ruling: VoteRuling) -> str:
        row = rows[ruling.vote.id]
        return NOTES.get(f"{row['congress']}-{row['session']}-{row['issue']}", "not explained")

    return Play(
        body="US Senate, ties",
        rules="us-senate.toml",
        votes=table(folder / "us-senate.csv", (_vote(row) for row in rows.values())),
        recorded={name: "adopted" if row["passed"] == "True" else "rejected" for name, row in rows.items()},
        reason=reason,
    )


def _name(row: Row) -> str:
    return f"{row['congress']}-{row['session']}-{row['vote_number']}"


def _vote(row: Row) -> dict[str, object]:
    numbers = {"yes": row["yeas"], "no": row["nays"]}
    return {"vote": _name(row), "matter": row["threshold"], **numbers, "chair": CHAIR[row["tiebreak_vote"]]}
