"""The Security Council, 1946 to 2009: 2,182 decisions, of which the tables give a tally or say that nobody voted."""

from collections.abc import Mapping
from pathlib import Path

from chancery.rules.rulings import VoteRuling
from tests.replay.playing import DATA, Play, rows_of, table

FOLDER = DATA / "un-security-council"
OUTCOMES = {"adopted": "adopted", "vetoed": "vetoed", "not_adopted": "rejected"}
MANNERS = {"without_vote": "without_vote", "acclamation": "without_vote"}
FIRST_OF_FIFTEEN = "1966-01-01"

Row = Mapping[str, str]

NOTES = {
    "S/5095": "the table has yes and no the wrong way round: 7-2-1 should be 2-7-1",
    "S/10768 and Corr.1": "recorded as vetoed, though it lacked nine votes, and not in the official list of vetoes",
}
"""What the description of the data says of single rows that contradict themselves."""


def security_council(folder: Path) -> Play:
    """The decisions as a table of tallies. Who vetoed is a fact of the vote, as told; the outcome is kept apart."""
    rows = rows_of(FOLDER / "decisions_1946_2009.csv")
    told = [row for row in rows if _is_told(row)]
    by_id = {row["decision_id"]: row for row in rows}
    vetoes = _vetoes()

    def reason(ruling: VoteRuling) -> str:
        row = by_id[ruling.vote.id]
        by = vetoes.get(row["symbol"])
        listed = f"the list of vetoes has one by {by}, the table of decisions none" if by else "not explained"
        return f"{row['date']} {row['symbol']}: {NOTES.get(row['symbol'], listed)}"

    return Play(
        body="UN Security Council",
        rules="un-security-council.toml",
        votes=table(folder / "un-security-council.csv", map(_vote, told)),
        recorded={row["decision_id"]: OUTCOMES[row["outcome"]] for row in told},
        untold=tuple(f"{row['date']} {row['symbol']}" for row in rows if not _is_told(row)),
        reason=reason,
    )


def _is_told(row: Row) -> bool:
    return bool(row["yes"]) or row["manner"] in MANNERS or row["manner"] == "unanimous"


def _vote(row: Row) -> dict[str, object]:
    """A row as a tally. Unanimous is told without numbers: the vote of every seat that the Council then had."""
    seats = 11 if row["date"] < FIRST_OF_FIFTEEN else 15
    unanimous = row["manner"] == "unanimous"
    return {
        "vote": row["decision_id"],
        "date": row["date"],
        "yes": seats if unanimous else row["yes"],
        "no": 0 if unanimous else row["no"],
        "abstain": 0 if unanimous else row["abstain"],
        "vetoed_by": row["vetoed_by"],
        "manner": MANNERS.get(row["manner"], "vote"),
    }


def _vetoes() -> dict[str, str]:
    return {row["symbol"]: row["vetoed_by"] for row in rows_of(FOLDER / "vetoes_1946_2009.csv")}
