"""The Czech Chamber of Deputies, 2017 and 2018: 708 votes, as tallies and as 141,600 ballots."""

from collections.abc import Mapping
from pathlib import Path

from chancery.rules.rulings import VoteRuling
from tests.replay.playing import DATA, Check, Play, rows_of, table

FOLDER = DATA / "czech-chamber"
OUTCOMES = {"A": "adopted", "R": "rejected"}
CHOICES = {"A": "yes", "B": "no", "K": "abstain", "@": "absent"}

RETURNED = ("67715", "67717")
"""Two votes of 23 May 2018 on bills that the Chamber had passed on 21 March: on holding to a bill that was returned."""

Row = Mapping[str, str]


def czech_chamber(folder: Path) -> list[Play]:
    """The votes in both forms. The threshold of the source is not handed in."""
    rows = rows_of(FOLDER / "vote_events.csv")
    recorded = {row["vote_id"]: OUTCOMES[row["result"]] for row in rows}
    threshold = Check("threshold as recorded", _needed, {row["vote_id"]: int(row["threshold"]) for row in rows})
    present = {row["vote_id"]: int(row["present"]) for row in rows}
    return [
        Play(
            body="Czech Chamber, tallies",
            rules="czech-chamber.toml",
            votes=table(folder / "czech-tallies.csv", map(_tally, rows)),
            recorded=recorded,
            checks=(threshold,),
        ),
        Play(
            body="Czech Chamber, ballots",
            rules="czech-chamber.toml",
            votes=table(folder / "czech-ballots.csv", _ballots({row["vote_id"]: row for row in rows})),
            recorded=recorded,
            checks=(threshold, Check("present as recorded", lambda ruling: ruling.count.present, present)),
        ),
    ]


def _needed(ruling: VoteRuling) -> object:
    return ruling.tests[0].need


def _matter(vote: str) -> str:
    return "absolute" if vote in RETURNED else "ordinary"


def _tally(row: Row) -> dict[str, object]:
    numbers = {name: row[name] for name in ("yes", "no", "abstain", "present")}
    return {"vote": row["vote_id"], "date": row["date"], "matter": _matter(row["vote_id"]), **numbers}


def _ballots(rows: Mapping[str, Row]) -> list[dict[str, object]]:
    from pyarrow import parquet  # noqa: PLC0415  # slow to import, and not typed

    found = parquet.read_table(FOLDER / "ballots.parquet").to_pylist()
    return [
        {
            "vote": row["vote_id"],
            "date": rows[str(row["vote_id"])]["date"],
            "matter": _matter(str(row["vote_id"])),
            "party": f"seat-{row['member_seat_id']}",
            "choice": CHOICES[row["ballot"]],
        }
        for row in found
    ]
