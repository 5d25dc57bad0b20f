"""Tables in JSON Lines and in Parquet: their cells are what those of CSV are, and nothing else is taken."""

import datetime as dt
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest

from chancery.text import tabular
from chancery.text.votes import read_votes
from tests.unit.text.tables import Table, faults, party, said


def test_parquet_is_read_without_numpy_too(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    columns = {"vote": pa.array([1, 1, 2]), "party": ["Alder", "Birch", None], "choice": ["yes", "no", "no"]}
    with_numpy = table.parquet(columns)
    monkeypatch.setattr(tabular, "find_spec", lambda _name: None)
    assert table.parquet(columns) == with_numpy


def test_json_lines_have_texts_numbers_lists_and_nulls(table: Table) -> None:
    read = table(
        '{"vote": 1, "yes": 9, "no": 1.0, "abstain": null, "against_by": ["Alder", "Birch"]}\n\n'
        '{"vote": "2", "yes": 3, "no": "4", "date": "2026-01-22", "against_by": "Alder;Birch"}\n',
        "votes.jsonl",
    )
    assert read.problems == ()
    first, second = read.votes
    assert (first.id, first.yes, first.no, first.abstain) == ("1", 9, 1, None)
    assert first.against_by == second.against_by == ("org:alder", "org:birch")
    assert second.place.line == 3


def test_a_key_that_comes_late_was_empty_before(table: Table) -> None:
    rows = ['{"vote": "1", "party": "Alder", "choice": "yes"}'] * 2_000
    late = '{"vote": "2", "party": "Alder", "choice": "yes", "weight": 0.5}'
    read = table("\n".join([*rows, late]), "votes.ndjson")
    assert [{ballot.weight for ballot in vote.ballots or ()} for vote in read.votes] == [{None}, {Fraction(1, 2)}]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("[1]", "not-json"),
        ("{", "not-json"),
        ('{"vote": ' + "[" * 100_000, "not-json"),
        ('{"vote": "\\ud800"}', "not-json"),
        ('{"vote": 1, "party": "Alder", "choice": "yes", "choice": "no"}', "key-twice"),
        ('{"vote": 1, "party": "Alder", "choice": "yes", "choi\\u0063e": "no"}', "key-twice"),
        ('{"vote": 1, "party": "Alder", "choice": true}', "not-a-cell"),
        ('{"vote": 1, "party": {"a": 1}, "choice": "yes"}', "not-a-cell"),
        ('{"vote": 1, "party": ["Alder"], "choice": "yes"}', "not-a-cell"),
    ],
)
def test_a_line_of_json_that_cannot_be_taken_is_told_with_all_others(table: Table, line: str, code: str) -> None:
    good = '{"vote": 1, "party": "Birch", "choice": "yes"}'
    read = table(f'{good}\n{line}\n{{"vote": 1, "party": "Birch", "choice": "maybe"}}', "votes.jsonl")
    assert [problem.code for problem in read.problems] == [code, "unknown-choice"]
    assert [problem.place.line for problem in read.problems if problem.place] == [2, 3]


def test_a_key_of_which_a_text_speaks_is_there_once(table: Table) -> None:
    assert table('{"vote": "choice", "party": "vote", "choice": "yes"}', "votes.jsonl").problems == ()


def test_numbers_of_json_that_are_no_counts_are_told(table: Table) -> None:
    read = table(f'{{"vote": 1, "yes": 1e300, "no": {"9" * 400}}}', "votes.jsonl")
    assert faults(read) == ["votes.jsonl:1: yes not-a-number", "votes.jsonl:1: no not-a-number"]


def test_an_empty_file_of_json_lines_is_refused(table: Table) -> None:
    assert faults(table("", "votes.jsonl")) == ["votes.jsonl no-votes"]


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


def test_reading_tells_how_far_it_is(tmp_path: Path) -> None:
    for name, text in (
        ("a.csv", "vote,yes,no\n" + "1,2,3\n" * 10),
        ("a.jsonl", '{"vote": 1, "yes": 2, "no": 1}\n' * 3),
    ):
        path = tmp_path / name
        path.write_text(text)
        heard: list[tuple[int, int]] = []
        read_votes(path, party, progress=lambda done, of, heard=heard: heard.append((done, of)))
        assert heard
        assert all(0 < done <= of for done, of in heard)
