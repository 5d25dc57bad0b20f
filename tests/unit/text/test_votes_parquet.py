"""Tables of votes in Parquet: what is taken, what is refused."""

import datetime as dt
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest

from chancery.text import tabular
from tests.unit.text.test_votes import Table, faults, said


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(tmp_path)


def test_parquet_has_numbers_days_and_categories(table: Table) -> None:
    read = table.parquet(
        {
            "vote": pa.array([3, 3, 1, None], pa.int16()),
            "party": pa.array(["Alder", "Birch", "Alder", "Alder"]).dictionary_encode(),
            "choice": pa.array(["yes", "no", "yes", "no"]),
            "date": pa.array([dt.date(2026, 1, 22)] * 3 + [None]),
            "weight": pa.array([1.0, 2.5, 1.0, 1.0]),
        }
    )
    assert faults(read) == ["votes.parquet:4: vote no-vote"]
    first, second = read.votes
    assert (first.id, second.id) == ("3", "1")
    assert first.day == dt.date(2026, 1, 22).toordinal()
    assert [ballot.weight for ballot in first.ballots or ()] == [1, Fraction(5, 2)]


def test_parquet_may_hold_tallies_lists_decimals_moments_and_nothing(table: Table) -> None:
    read = table.parquet(
        {
            "vote": pa.array(["a", "b"]),
            "yes": pa.array([Decimal(9), Decimal(3)]),
            "no": pa.array([10**12, -(10**12)]),
            "abstain": pa.nulls(2),
            "against_by": pa.array([["Alder", "Birch"], None], pa.list_(pa.string())),
            "date": pa.array([dt.datetime(2026, 1, 22, tzinfo=dt.UTC)] * 2),
        }
    )
    assert faults(read) == ["votes.parquet:2: no not-a-number"]
    first = read.votes[0]
    assert (first.yes, first.no, first.abstain) == (9, 10**12, None)
    assert first.against_by == ("org:alder", "org:birch")
    assert first.day == dt.date(2026, 1, 22).toordinal()


@pytest.mark.parametrize("column", [pa.array([True]), pa.array([b"yes"]), pa.array([{"a": 1}]), pa.array([["yes"]])])
def test_a_column_of_parquet_that_holds_no_texts_is_refused(table: Table, column: pa.Array) -> None:
    read = table.parquet({"vote": ["1"], "party": ["Alder"], "choice": column})
    assert [problem.code for problem in read.problems] == ["not-a-cell"]


def test_a_category_that_no_row_has_is_no_fault(table: Table) -> None:
    choice = pa.DictionaryArray.from_arrays([0], ["yes", "maybe"])
    assert table.parquet({"vote": ["1"], "party": ["Alder"], "choice": choice}).problems == ()


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" * 100, b"vote,party,choice\n"])
def test_what_is_no_parquet_is_refused(table: Table, data: bytes) -> None:
    assert faults(table(data, "votes.parquet")) == ["votes.parquet not-parquet"]


def test_a_table_that_would_fill_the_memory_is_refused(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "MOST_ROWS", 2)
    monkeypatch.setattr(tabular, "LARGEST_TABLE", 200)
    rows = {"vote": ["1"] * 3, "party": ["Alder"] * 3, "choice": ["yes"] * 3}
    assert faults(table.parquet(rows)) == ["votes.parquet too-large"]
    assert faults(table("vote,party,choice\n" + "1,Alder,yes\n" * 100)) == ["votes.csv too-large"]


def test_parquet_without_pyarrow_says_what_to_install(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    read = table(b"PAR1", "votes.parquet")
    assert faults(read) == ["votes.parquet no-parquet"]
    assert "pip install 'chancery[bulk]'" in said(read)
