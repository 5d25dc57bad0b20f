"""Tables of votes as they are read: what is taken, what is refused, and at which row and column."""

import csv
import datetime as dt
import io
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from chancery.rules.votes import Ballot, Vote
from chancery.text import tabular
from chancery.text.loaded import MOST_PROBLEMS, first_of
from chancery.text.votes import VotesRead, read_votes
from chancery.values import Instant, Ref


def party(text: str) -> Ref:
    return Ref({"Alder": "org:alder", "Birch": "org:birch"}.get(text, text))


@pytest.fixture
def table(tmp_path: Path) -> "Table":
    return Table(tmp_path)


class Table:
    """Writes a table, and reads it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, text: str | bytes, name: str = "votes.csv", **columns: str) -> VotesRead:
        path = self._folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_votes(path, party, columns)

    def parquet(self, columns: Mapping[str, object], **names: str) -> VotesRead:
        path = self._folder / "votes.parquet"
        parquet.write_table(pa.table(columns), path)
        return read_votes(path, party, names)


def faults(read: VotesRead) -> list[str]:
    """The place of each fault, and its code."""
    return [f"{problem.place} {problem.code}" for problem in read.problems]


def said(read: VotesRead) -> str:
    (problem,) = read.problems
    return str(problem.phrase)


def ballots(vote: Vote) -> list[tuple[str, str]]:
    return [(ballot.party, ballot.choice) for ballot in vote.ballots or ()]


def test_rows_of_one_vote_make_one_vote_wherever_they_stand(table: Table) -> None:
    read = table("vote,party,choice\n1,Alder,yes\n2,Alder,no\n1,Birch,Against\n")
    assert read.problems == ()
    assert [(vote.id, ballots(vote)) for vote in read.votes] == [
        ("1", [("org:alder", "yes"), ("org:birch", "no")]),
        ("2", [("org:alder", "no")]),
    ]
    assert [str(vote.place) for vote in read.votes] == ["votes.csv:2: vote", "votes.csv:3: vote"]


def test_a_ballot_has_its_day_matter_weight_proxy_and_time(table: Table) -> None:
    header = "vote,party,choice,date,matter,weight,proxy_for,at\n"
    read = table(header + "1,Alder,yes,2026-01-22,budget,1/3,Birch,2026-01-22T12:00:00Z\n")
    (vote,) = read.votes
    assert (vote.day, vote.matter) == (dt.date(2026, 1, 22).toordinal(), "budget")
    (ballot,) = vote.ballots or ()
    assert (ballot.party, ballot.proxy, ballot.weight) == ("org:birch", "org:alder", Fraction(1, 3))
    assert ballot.at == Instant.of("2026-01-22T12:00:00Z").seconds


def test_a_row_may_be_a_tally(table: Table) -> None:
    header = "vote,yes,no,abstain,against_by,chair,outcome,date,call\n"
    read = table(header + "1,9,1,5,Alder; Birch,did not vote,adopted,1970,2\n2,3,3,,,no,,,\n")
    assert read.problems == ()
    first, second = read.votes
    assert (first.yes, first.no, first.abstain, first.against_by) == (9, 1, 5, ("org:alder", "org:birch"))
    assert (first.chair, first.recorded, first.call) == (None, "adopted", 2)
    assert first.day == dt.date(1970, 12, 31).toordinal()
    assert (second.abstain, second.chair, second.call, second.day) == (None, "no", 1, None)


def test_a_row_may_be_a_district_which_votes_as_more_than_half_of_it_does(table: Table) -> None:
    header = "vote,party,yes,no,abstain,matter\n"
    read = table(header + "1,Alder,9,1,2,war\n2,Alder,1,1,,\n1,Birch,3,4,,war\n")
    assert read.problems == ()
    first, second = read.votes
    assert (first.yes, first.no, first.abstain, first.matter) == (12, 5, 2, "war")
    assert (first.for_by, first.against_by) == (("org:alder",), ("org:birch",))
    assert (str(first.place), str(first.places[Ref("org:birch")])) == ("votes.csv:2: vote", "votes.csv:4: party")
    assert (second.for_by, second.against_by, second.matter) == ((), ("org:alder",), None)


def test_every_fault_of_a_district_is_told(table: Table) -> None:
    read = table("vote,party,yes,no\n,Alder,1,1\n1,,1,1\n1,Alder,,1\n1,Alder,1,x\n1,Birch,2,1\n1,Birch,3,1\n")
    assert faults(read) == [
        "votes.csv:2: vote no-vote",
        "votes.csv:3: party no-party",
        "votes.csv:4: yes no-number",
        "votes.csv:5: no not-a-number",
        "votes.csv:7: party two-ballots",
    ]


def test_every_fault_is_told_at_its_row_and_column(table: Table) -> None:
    read = table(
        "vote,party,choice,weight,at,date\n"
        ",Alder,yes,1,,\n"
        "1,,yes,1,,\n"
        "1,Alder,,1,,\n"
        "1,Alder,ye s,1,,\n"
        "1,Alder,yes,-1,,\n"
        "1,Alder,yes,1,noon,\n"
        "1,Alder,yes,1,,2026-02-30\n"
        "1,Alder\n"
        "2,Birch,yes,1,,\n"
    )
    assert faults(read) == [
        "votes.csv:2: vote no-vote",
        "votes.csv:3: party no-party",
        "votes.csv:4: choice no-choice",
        "votes.csv:5: choice unknown-choice",
        "votes.csv:6: weight not-a-weight",
        "votes.csv:7: at not-an-instant",
        "votes.csv:8: date not-a-date",
        "votes.csv:9 ragged",
    ]


def test_every_fault_of_a_tally_is_told(table: Table) -> None:
    read = table("vote,yes,no,chair\n1,9.5,1,yes\n1,9,x,maybe\n,1,1,\n1,9,1,\n1,9,1,\n")
    assert faults(read) == [
        "votes.csv:2: yes not-a-number",
        "votes.csv:3: no not-a-number",
        "votes.csv:3: chair unknown-chair",
        "votes.csv:3: vote vote-twice",
        "votes.csv:4: vote no-vote",
        "votes.csv:5: vote vote-twice",
        "votes.csv:6: vote vote-twice",
    ]


def test_rows_of_one_vote_agree_on_its_day_and_matter(table: Table) -> None:
    read = table(
        "vote,party,choice,date,matter\n1,Alder,yes,2026-01-01,a\n1,Birch,yes,2026-01-02,b\n2,Alder,yes,2026-01-01,a\n"
    )
    assert faults(read) == ["votes.csv:3: date vote-differs", "votes.csv:3: matter vote-differs"]
    assert str(read.problems[0].phrase) == "is not what line 2 has for the same vote"


def test_a_day_that_is_wrong_is_not_told_to_differ_as_well(table: Table) -> None:
    read = table("vote,party,choice,date\n1,Alder,yes,2026-01-01\n1,Birch,yes,2026-02-30\n1,Cedar,yes,\n")
    assert faults(read) == ["votes.csv:3: date not-a-date", "votes.csv:4: date vote-differs"]


def test_parquet_is_read_without_numpy_too(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    columns = {"vote": pa.array([1, 1, 2]), "party": ["Alder", "Birch", None], "choice": ["yes", "no", "no"]}
    with_numpy = table.parquet(columns)
    monkeypatch.setattr(tabular, "find_spec", lambda _name: None)
    assert table.parquet(columns) == with_numpy


def test_a_near_choice_is_suggested(table: Table) -> None:
    assert said(table("vote,party,choice\n1,Alder,abstian\n")).endswith("found abstian; did you mean abstain?")


@pytest.mark.parametrize(
    ("sign", "named"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")], ids=["semicolons", "tabs", "bars"]
)
def test_another_dialect_is_refused(table: Table, sign: str, named: str) -> None:
    read = table("vote,party,choice\n1,Alder,yes\n".replace(",", sign))
    assert faults(read) == ["votes.csv:1 other-dialect"]
    assert said(read) == f"has {named} between its cells; save it with commas"


def test_a_byte_order_mark_blank_lines_and_other_ends_of_lines_do_no_harm(table: Table) -> None:
    read = table("\ufeffvote,party,choice\r\n\r\n 1 , Alder , YES \r\n".encode())
    assert read.problems == ()
    assert ballots(read.votes[0]) == [("org:alder", "yes")]
    assert read.votes[0].place.line == 3


def test_a_cell_of_several_lines_does_not_shift_the_lines_after_it(table: Table) -> None:
    read = table('vote,party,choice,note\n1,Alder,yes,"one\ntwo\nthree"\n1,Birch,maybe,\n')
    assert faults(read) == ["votes.csv:5: choice unknown-choice"]


def test_a_quote_that_is_never_closed_hides_nothing(table: Table) -> None:
    read = table('vote,party,choice\n1,"Alder,yes\n1,Birch,maybe\n2,"x"y,no\n2,Alder,nope\n')
    assert faults(read) == [
        "votes.csv:2 not-csv",
        "votes.csv:3: choice unknown-choice",
        "votes.csv:4 not-csv",
        "votes.csv:5: choice unknown-choice",
    ]


def test_a_header_that_is_no_csv_is_refused(table: Table) -> None:
    assert faults(table('"vote"x,party,choice\n1,Alder,yes\n')) == ["votes.csv:1 not-csv"]


@pytest.mark.parametrize("text", ["", "\n", "a,b,c\n1,2,3\n", "vote,yes\n1,2\n"])
def test_what_is_no_table_of_votes_is_refused(table: Table, text: str) -> None:
    read = table(text)
    assert faults(read) == ["votes.csv:1 no-votes"]
    assert "needs the columns vote, party and choice, or vote, yes and no" in said(read)


def test_a_table_without_a_row_is_refused(table: Table) -> None:
    assert faults(table("vote,party,choice\n")) == ["votes.csv no-votes"]


def test_a_misspelt_column_is_not_passed_over(table: Table) -> None:
    read = table("vote,party,choise\n1,Alder,yes\n")
    assert faults(read) == ["votes.csv:1: choise unknown-column", "votes.csv:1 no-votes"]
    assert "did you mean choice?" in str(read.problems[0].phrase)
    assert faults(table("vote,party,choice,wieght\n1,Alder,yes,2\n")) == ["votes.csv:1: wieght unknown-column"]


def test_columns_may_be_called_in_any_case(table: Table) -> None:
    read = table("Vote, Party ,CHOICE,Proxy for\n1,Alder,yes,Birch\n")
    assert read.problems == ()
    assert [(ballot.party, ballot.proxy) for ballot in read.votes[0].ballots or ()] == [("org:birch", "org:alder")]
    read = table("VOTE,Yes,no,Cantons.Yes\n1,2,1,0.5\n")
    assert (read.problems, read.votes[0].yes, read.votes[0].parts["cantons"].yes) == ((), 2, Fraction(1, 2))


def test_a_column_that_is_ours_as_it_stands_goes_before_another_case(table: Table) -> None:
    read = table("Vote,vote,yes,no\nx,1,2,1\n")
    assert (read.problems, [vote.id for vote in read.votes]) == ((), ["1"])


@pytest.mark.parametrize(
    ("columns", "field", "value"),
    [
        ("no", "no", 1),
        ("against_by", "against_by", (Ref("org:alder"),)),
        ("manner", "manner", "without_vote"),
        ("chair", "chair", "yes"),
    ],
)
def test_a_tally_may_tell_less_than_its_numbers(table: Table, columns: str, field: str, value: object) -> None:
    cell = {"no": "1", "against_by": "Alder", "manner": "Consensus", "chair": "Yea"}[columns]
    read = table(f"vote,{columns}\n1,{cell}\n")
    assert (read.problems, getattr(read.votes[0], field)) == ((), value)


def test_sums_alone_are_a_tally(table: Table) -> None:
    read = table("vote,power.yes\n1,92.86\n")
    assert (read.problems, read.votes[0].yes, str(read.votes[0].parts["power"].yes)) == ((), None, "4643/50")


def test_rows_of_parties_are_no_tallies(table: Table) -> None:
    assert faults(table("vote,party,chair\n1,Alder,yes\n")) == ["votes.csv:1 no-votes"]


@pytest.mark.parametrize(
    ("cell", "choice"), [("Abstained", "abstain"), ("In favour", "yes"), ("not voting", "not_voting"), ("NAY", "no")]
)
def test_a_choice_may_be_written_as_lists_write_it(table: Table, cell: str, choice: str) -> None:
    assert ballots(table(f"vote,party,choice\n1,Alder,{cell}\n").votes[0]) == [("org:alder", choice)]


def test_a_matter_is_named_in_any_case(table: Table) -> None:
    assert table("vote,yes,no,matter\n1,2,1,Procedural\n").votes[0].matter == "procedural"


def test_an_outcome_in_other_words_is_left_alone(table: Table) -> None:
    read = table("vote,yes,no,outcome\n1,2,1,Vetoed\n2,2,1,not adopted\n")
    assert (read.problems, [vote.recorded for vote in read.votes]) == ((), ["vetoed", None])


def test_a_blank_may_part_the_day_from_the_hour(table: Table) -> None:
    read = table("vote,yes,no,deadline\n1,2,1,2026-03-02 12:00:00+01:00\n")
    assert (read.problems, read.votes[0].deadline) == ((), Instant.of("2026-03-02T11:00:00Z").seconds)


def test_other_columns_are_let_be(table: Table) -> None:
    assert table("vote,party,choice,subject,subject\n1,Alder,yes,x,y\n").problems == ()


def test_a_column_that_is_there_twice_is_refused(table: Table) -> None:
    read = table("vote,party,choice,choice\n1,Alder,yes,no\n")
    assert faults(read) == ["votes.csv:1: choice column-twice"]


def test_a_table_may_call_its_columns_otherwise(table: Table) -> None:
    read = table("rcid,country,vote,choice\n7,Alder,no,x\n", vote="rcid", party="country", choice="vote")
    assert read.problems == ()
    assert [(vote.id, ballots(vote)) for vote in read.votes] == [("7", [("org:alder", "no")])]


def test_a_column_that_it_is_said_to_have_and_has_not_is_told(table: Table) -> None:
    read = table("rcid,country,v\n7,Alder,no\n", vote="rcdi", party="country", choice="v", date="qqqq")
    assert faults(read) == ["votes.csv:1: rcdi no-column", "votes.csv:1: qqqq no-column", "votes.csv:1 no-votes"]
    texts = {str(problem.phrase) for problem in read.problems}
    assert "is no column of the table; did you mean rcid?" in texts
    assert "is no column of the table, which has: rcid, country, v" in texts


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (b"=1+1", "formula"),
        (b"@SUM(A1)", "formula"),
        (b"+cmd|' /C calc'!A0", "formula"),
        (b"-cmd", "formula"),
        (b"a\x00b", "control"),
        (b"a\x1b[31mb", "control"),
        (b'"a\nb"', "control"),
        (b"Qu\xe9bec", "not-utf-8"),
        (b"a" * 1_001, "too-long"),
    ],
)
def test_a_hostile_name_is_refused_at_its_place(table: Table, cell: bytes, code: str) -> None:
    assert faults(table(b"vote,party,choice\n1,Alder,yes\n1," + cell + b",no\n")) == [f"votes.csv:3: party {code}"]
    assert faults(table(b"vote,party,choice\n" + cell + b",Alder,no\n")) == [f"votes.csv:2: vote {code}"]


def test_numbers_and_other_tongues_are_good_names(table: Table) -> None:
    read = table("vote,party,choice\n-1,مصر,yes\n+2,Côte d’Ivoire,no\n")
    assert read.problems == ()
    assert [vote.id for vote in read.votes] == ["-1", "+2"]


def test_a_cell_beyond_all_measure_is_refused(table: Table) -> None:
    read = table(f"vote,party,choice\n1,{'x' * 200_000},yes\n1,Alder,maybe\n")
    first, second = faults(read)  # whoever else reads CSV in this process may have raised the measure of csv itself
    assert first in ("votes.csv:2 not-csv", "votes.csv:2: party too-long")
    assert second == "votes.csv:3: choice unknown-choice"


def test_a_long_wrong_cell_is_shown_in_part(table: Table) -> None:
    assert len(said(table(f"vote,party,choice\n1,Alder,{'x' * 100_000}\n"))) < 300


def test_very_many_faults_are_counted(table: Table) -> None:
    rows = "".join(f"{number},Alder,maybe\n" for number in range(MOST_PROBLEMS + 5))
    read = table("vote,party,choice\n" + rows)
    assert (len(read.problems), read.more) == (MOST_PROBLEMS, 5)
    assert str(first_of(read.problems, read.more)[-1].phrase) == "and 5 problems more"


def test_what_has_too_many_ragged_rows_is_no_table(table: Table) -> None:
    read = table("vote,party,choice\n" + "1,2\n" * (MOST_PROBLEMS + 5))
    assert len(read.problems) == MOST_PROBLEMS + 1
    assert read.problems[-1].code == "no-table"


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


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for name in ("votes.csv", "votes.parquet"):
        assert [problem.code for problem in read_votes(tmp_path / name, party).problems] == ["not-a-file"]


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


def test_a_broken_line_in_the_middle_of_a_long_file_is_told_with_all_others(table: Table) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["vote", "party", "choice"])
    for number in range(30_000):
        writer.writerow([number // 100, f"org:p{number % 100}", "yes"])
    lines = text.getvalue().split("\n")
    lines[15_000] = "a line that is broken"
    lines[20_000] += "?"
    lines[29_999] = ",,"
    assert faults(table("\n".join(lines))) == [
        "votes.csv:15001 ragged",
        "votes.csv:20001: choice unknown-choice",
        "votes.csv:30000: vote no-vote",
        "votes.csv:30000: party no-party",
        "votes.csv:30000: choice no-choice",
    ]


def test_a_ballot_stands_at_its_line(table: Table) -> None:
    (vote,) = table("vote,party,choice\n1,Alder,yes\n").votes
    (ballot,) = vote.ballots or ()
    assert isinstance(ballot, Ballot)
    assert str(ballot.place) == "votes.csv:2: party"
