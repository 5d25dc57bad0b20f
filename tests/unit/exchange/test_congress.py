"""The Congress of the United States: nested JSON made flat, and read whole by a mapping."""

import csv
import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from tests.unit.cli.doors import told
from tests.unit.exchange.made import Document

MAPPINGS = Path(__file__).parent / "mappings"
SEAT = ("bioguide", "name", "party", "rank", "title")
TERM = ("type", "state", "district", "class", "party", "start", "end", "how")


def source(shared_data: Path, name: str) -> Document:
    return json.loads(gzip.decompress((shared_data / "us-congress" / f"{name}.json.gz").read_bytes()))


def flat(path: Path, rows: list[dict[str, str]]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def imported(file: str, mapping: str, *where: str) -> None:
    told("import", file, "--from", "csv", "--mapping", str(MAPPINGS / mapping), "--retrieved", "2026-06-15", *where)


@pytest.mark.slow
def test_every_term_and_every_seat_comes_in(shared_data: Path, tmp_path: Path) -> None:
    people, committees = source(shared_data, "legislators-current"), source(shared_data, "committee-membership-current")
    terms = [
        {
            "bioguide": each["id"]["bioguide"],
            "name": each["name"].get("official_full") or f"{each['name']['first']} {each['name']['last']}",
            "ids": json.dumps(each["id"], sort_keys=True),
            **{name: str(term.get(name, "")) for name in TERM},
        }
        for each in people
        for term in each["terms"]
    ]
    seats = [
        {
            "committee": code,
            **{name: str(seat.get(name, "")) for name in ("bioguide", "name", "party", "rank", "title")},
        }
        for code, held in committees.items()
        for seat in held
    ]
    assert (len(people), len(terms)) == (537, 2_792)
    record = str(tmp_path / "congress.jsonl")
    imported(flat(tmp_path / "terms.csv", terms), "congress-terms.toml", "--out", record)
    imported(flat(tmp_path / "seats.csv", seats), "congress-committees.toml", "--into", record)
    found = json.loads(told("export", record, "--to", "popolo", "--on", "2026-06-15"))
    spans = Counter(
        (each["person_id"].removeprefix("person:"), each["organization_id"], each["start_date"], each["end_date"])
        for each in found["memberships"]
        if "start_date" in each
    )
    chambers = {"sen": "body:us-senate", "rep": "body:us-house"}
    assert spans == Counter((t["bioguide"].lower(), chambers[t["type"]], t["start"], t["end"]) for t in terms)
    sitting = Counter(each["organization_id"] for each in found["memberships"] if "start_date" not in each)
    assert sitting == Counter(f"body:us-committee-{each['committee'].lower()}" for each in seats)
