"""`chancery decide`, as a user types it."""

import csv
import io
import json
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from chancery.text import ballots
from tests.goldens import Golden
from tests.unit.cli.doors import ROOT, document, told, typed

FOLDER = ROOT / "tests" / "golden" / "decisions"
BOARD, BALLOTS, TALLIES = (str(FOLDER / name) for name in ("board.toml", "ballots.csv", "tallies.csv"))

ENDINGS = {"table": "txt", "json": "json", "csv": "out.csv", "md": "md"}
OUTCOMES = {
    "1": "adopted",
    "2": "vetoed",
    "3": "no_quorum",
    "4": "tie",
    "5": "awaiting_approval",
    "6": "undecided",
}


@pytest.fixture
def votes(tmp_path: Path) -> Path:
    return tmp_path / "votes.csv"


@pytest.fixture
def _near(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are said as a user in that folder types them."""
    monkeypatch.chdir(FOLDER)


def outcomes(*words: str) -> dict[str, str]:
    return {row["vote"]: row["outcome"] for row in document("decide", BOARD, *words)["rows"]}


@pytest.mark.usefixtures("_near")
@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
@pytest.mark.parametrize("table", ["ballots", "tallies"])
def test_what_votes_come_to_is_shown_in_every_form(golden: Golden, table: str, form: str) -> None:
    said = told("decide", "board.toml", f"{table}.csv", "--format", form)
    golden(f"decisions/{table}.{ {'table': 'txt'}.get(form, form) if form != 'csv' else 'out.csv' }", said)


def test_a_reader_of_arabic_is_told_in_arabic() -> None:
    said = told("decide", BOARD, BALLOTS, "--lang", "ar")
    assert "معتمد" in said
    assert "adopted" not in said


def test_codes_stay_codes_in_every_language() -> None:
    assert outcomes(BALLOTS) == outcomes(BALLOTS, "--lang", "ar") == OUTCOMES


def test_csv_has_a_row_for_each_vote_and_the_columns_that_are_promised() -> None:
    rows = list(csv.DictReader(io.StringIO(told("decide", BOARD, BALLOTS, "--format", "csv"))))
    assert {row["vote"]: row["outcome"] for row in rows} == OUTCOMES
    promised = ["vote", "rule", "outcome", "yes", "no", "abstain", "present", "have", "need", "blocked_by", "because"]
    assert list(rows[0])[: len(promised)] == promised
    assert rows[1]["blocked_by"] == "org:alder"


def test_a_rule_may_be_tried_in_the_place_of_the_others() -> None:
    assert outcomes(TALLIES, "--rule", "budget")["a"] == "rejected"
    assert outcomes(TALLIES)["a"] == "adopted"


def test_a_rule_that_is_not_there_is_wrong_usage() -> None:
    result = typed("decide", BOARD, BALLOTS, "--rule", "budgte")
    assert result.exit_code == 2
    assert "did you mean budget?" in result.stderr
    assert typed("decide", BOARD, BALLOTS, "--rule", "war").exit_code == 2


def test_only_some_outcomes_may_be_shown() -> None:
    assert outcomes(BALLOTS, "--only", "vetoed", "--only", "tie") == {"2": "vetoed", "4": "tie"}
    assert outcomes(BALLOTS, "--only", "adopted") == {"1": "adopted"}
    notes = document("decide", BOARD, BALLOTS, "--only", "adopted")["notes"]
    assert "Not shown: Vetoed (1)." in notes
    assert len(notes) == len(OUTCOMES) - 1


def test_an_outcome_that_cannot_be_is_wrong_usage() -> None:
    assert typed("decide", BOARD, BALLOTS, "--only", "passed").exit_code == 2


def test_a_table_may_call_its_columns_otherwise(votes: Path) -> None:
    votes.write_text("rcid,country,vote\n1,Alder,yes\n1,Birch,yes\n1,Cedar,no\n")
    assert outcomes(str(votes), "--columns", "vote=rcid,party=country,choice=vote") == {"1": "adopted"}


@pytest.mark.parametrize("pairs", ["vote", "vote=", "=rcid", "wote=rcid"])
def test_malformed_columns_are_wrong_usage(pairs: str) -> None:
    result = typed("decide", BOARD, BALLOTS, "--columns", pairs)
    assert result.exit_code == 2
    assert "--columns" in result.stderr


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_votes_may_be_csv_json_lines_or_parquet(tmp_path: Path, suffix: str) -> None:
    rows = list(csv.DictReader(io.StringIO(Path(BALLOTS).read_text())))
    path = tmp_path / f"votes{suffix}"
    if suffix == ".csv":
        path.write_text(Path(BALLOTS).read_text())
    elif suffix == ".jsonl":
        path.write_text("\n".join(map(json.dumps, rows)))
    else:
        parquet.write_table(pa.Table.from_pylist(rows), path)
    assert outcomes(str(path)) == OUTCOMES


def test_every_fault_is_told_at_once_with_file_row_and_column_and_nothing_is_decided(votes: Path) -> None:
    votes.write_text(
        "vote,party,choice,date\n"
        "1,Alder,yes,2026-01-22\n"
        "1,Birch,maybe,2026-01-22\n"
        "1,Alder,no,2026-01-22\n"
        "1,Maple,yes,2026-01-22\n"
        "1,Cedra,yes,2026-01-22\n"
        "broken\n"
        "2,Fir,yes,2019-12-31\n"
        "2,,yes,2019-13-31\n"
    )
    result = typed("decide", BOARD, str(votes))
    assert result.exit_code == 1
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert [line.partition(": bar: ")[0] for line in lines] == [
        "votes.csv:3: choice",
        "votes.csv:7",
        "votes.csv:9: party",
        "votes.csv:9: date",
        "votes.csv:5: party",
        "votes.csv:6: party",
        "votes.csv:4: party",
    ]
    assert lines[0].endswith("found maybe")
    assert "Maple is no party that the rules know" in lines[4]
    assert "org:alder has a ballot in this vote already, at line 2" in lines[6]


def test_faults_of_long_tables_are_the_same(votes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    votes.write_text("vote,party,choice\n1,Alder,yes\n1,Alder,no\n1,Maple,yes\n")
    plain = typed("decide", BOARD, str(votes))
    monkeypatch.setattr(ballots, "BULK_FROM", 0)
    columns = typed("decide", BOARD, str(votes))
    assert (plain.exit_code, plain.stderr) == (columns.exit_code, columns.stderr) == (1, plain.stderr)
    assert len(plain.stderr.splitlines()) == 2


def test_very_many_faults_are_told_as_far_as_one_can_read(votes: Path) -> None:
    votes.write_text("vote,party,choice\n" + "".join(f"{each},Maple,yes\n{each},Alder,?\n" for each in range(1_500)))
    lines = typed("decide", BOARD, str(votes)).stderr.splitlines()
    assert len(lines) == 1_001
    assert lines[-1].endswith("and 2,000 problems more")


def test_a_table_that_is_not_there_is_told(votes: Path) -> None:
    result = typed("decide", BOARD, str(votes))
    assert result.exit_code == 1
    assert "votes.csv: bar: is not a file" in result.stderr


def test_parquet_without_pyarrow_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "votes.parquet"
    path.write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = typed("decide", BOARD, str(path))
    assert result.exit_code == 1
    assert "pip install 'chancery[bulk]'" in result.stderr
