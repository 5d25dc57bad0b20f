"""Swiss popular votes, 1848 to 2009: each three times, with the cantons named, only counted, and canton by canton."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.replay.playing import DATA, Play, rows_of, table

FOLDER = DATA / "swissvotes"
TIE_BREAKER = "5"
OPTIONAL = "2"
GENERAL_TERMS = ("2", "3")
OUTCOMES = {"1": "adopted", "0": "rejected"}

Row = Mapping[str, str]


def swiss_votes(folder: Path) -> list[Play]:
    """The votes in each form in which they can be handed in. A tie-breaker asks no yes or no, and has no outcome."""
    rows = {row["anr"]: row for row in rows_of(FOLDER / "votes.csv.gz") if row["rechtsform"] != TIE_BREAKER}
    told = {anr: row for anr, row in rows.items() if row["volkja"]}
    cantons = [row for row in rows_of(FOLDER / "cantons.csv.gz") if row["anr"] in told]
    by_canton = [row for row in cantons if row["ja"]]
    sides = _sides(cantons)
    whole = {row["anr"] for row in by_canton} - {row["anr"] for row in cantons if not row["ja"]}
    return [
        _play(
            "Swiss votes, cantons named",
            table(folder / "named.csv", (_named(row, sides) for row in told.values())),
            told,
        ),
        _play(
            "Swiss votes, cantons counted",
            table(folder / "counted.csv", (_counted(row) for row in told.values())),
            told,
        ),
        _play(
            "Swiss votes, canton by canton",
            table(folder / "by-canton.csv", (_district(row, told) for row in by_canton if row["anr"] in whole)),
            {anr: row for anr, row in told.items() if anr in whole},
        ),
    ]


def _play(body: str, votes: Path, rows: Mapping[str, Row]) -> Play:
    recorded = {anr: OUTCOMES[row["annahme"]] for anr, row in rows.items()}
    return Play(body=body, rules="swiss-popular-votes.toml", votes=votes, recorded=recorded)


def _head(row: Row) -> dict[str, object]:
    people = row["rechtsform"] == OPTIONAL or row["init_formul"] in GENERAL_TERMS
    matter = "people" if people else "people_and_cantons"
    return {"vote": row["anr"], "date": row["date"], "matter": matter}


def _named(row: Row, sides: Mapping[tuple[str, str], str]) -> dict[str, object]:
    both = {name: sides.get((row["anr"], verdict), "") for name, verdict in (("for_by", "1"), ("against_by", "0"))}
    return {**_head(row), "yes": row["volkja"], "no": row["volknein"], **both}


def _sides(cantons: Sequence[Row]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for row in cantons:
        key = (row["anr"], row["accepted"])
        found[key] = f"{found[key]};{row['canton']}" if key in found else row["canton"]
    return found


def _counted(row: Row) -> dict[str, object]:
    numbers = {"yes": row["volkja"], "no": row["volknein"], "cantons.yes": row["kt-ja"], "cantons.no": row["kt-nein"]}
    return {**_head(row), **numbers}


def _district(row: Row, votes: Mapping[str, Row]) -> dict[str, object]:
    return {**_head(votes[row["anr"]]), "party": row["canton"], "yes": row["ja"], "no": row["nein"]}
