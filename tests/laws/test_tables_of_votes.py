"""Laws of tables of votes: any bytes give votes or problems; ballots in columns come to what they come to one each."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyarrow import parquet

from chancery.rules.base import Rule
from chancery.rules.bulk import faults_of, outcomes_of
from chancery.rules.provisions import Seats
from chancery.rules.rulebook import Provided, Rulebook
from chancery.rules.scrutiny import Scrutiny
from chancery.rules.tables import Table
from chancery.rules.voting import (
    AllOf,
    AnyOf,
    Approval,
    CastingVote,
    Decision,
    Franchise,
    Members,
    Quorum,
    Silence,
    Threshold,
    Veto,
    WrittenProcedure,
)
from chancery.text import ballots, tabular
from chancery.text.votes import VotesRead, read_votes
from chancery.values import Ref

PARTIES = [Ref(f"org:{name}") for name in ("alder", "birch", "cedar", "elder", "fir")]
SUFFIXES = (".csv", ".jsonl", ".parquet")
BODY = Ref("body:board")
Heads = Mapping[str, tuple[str, str]]


def read(data: bytes, suffix: str, columns: dict[str, str] | None = None) -> VotesRead:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"votes{suffix}"
        path.write_bytes(data)
        return read_votes(path, Ref, columns)


lines = st.lists(
    st.one_of(
        st.sampled_from(["vote,party,choice", "vote,yes,no", "1,org:alder,yes", "1,2,3", '"', '1,"a\nb",no', ",,"]),
        st.text(max_size=40),
    ),
    max_size=8,
).map("\n".join)
objects = st.lists(
    st.one_of(
        st.dictionaries(
            st.sampled_from(["vote", "party", "choice", "yes", "no", "date", "for_by", "at", "weight", "x"]),
            st.recursive(
                st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9)),
                lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
                max_leaves=5,
            ),
            max_size=6,
        ).map(json.dumps),
        st.text(max_size=30),
    ),
    max_size=6,
).map("\n".join)


@pytest.mark.slow
@given(st.one_of(st.binary(max_size=200), lines.map(str.encode), objects.map(str.encode)), st.sampled_from(SUFFIXES))
def test_any_bytes_give_votes_or_problems(data: bytes, suffix: str) -> None:
    found = read(data, suffix)
    assert found.votes or found.problems
    for problem in found.problems:
        assert problem.place is not None
        assert problem.place.file == f"votes{suffix}"
        assert str(problem.phrase)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_cell_is_read_or_told_of(vote: str, choice: str) -> None:
    line = json.dumps({"vote": vote, "party": "org:alder", "choice": choice})
    found = read(line.encode(), ".jsonl")
    assert bool(found.votes) != bool(found.problems)


def book_of(*rules: Rule) -> Rulebook:
    each = [Provided(rule, BODY, "art. 1", f"p{at}", Ref("instrument:x")) for at, rule in enumerate(rules)]
    return Rulebook(BODY, each)


bounds = st.sampled_from([1, 3, "1/2", "2/3", "65%", "1/3"])
thresholds = st.builds(
    lambda how, bound, of, votes, group: Threshold(
        **{how: bound}, of=None if isinstance(bound, int) else of, votes=votes, group=group
    ),
    st.sampled_from(["at_least", "more_than", "at_most", "fewer_than"]),
    bounds,
    st.sampled_from(["cast", "present_and_voting", "present", "members", "seats", "unsettled"]),
    st.sampled_from(["yes", "no", "abstain", "not_yes"]),
    st.sampled_from([None, None, "founders"]),
)
requirements = st.one_of(
    thresholds,
    st.builds(AllOf, st.tuples(thresholds, thresholds)),
    st.builds(AnyOf, st.tuples(thresholds, thresholds)),
)
others = st.lists(
    st.sampled_from(
        [
            Quorum(more_than="1/2", of="members"),
            Veto(group="founders", abstention="no_veto", absence="no_veto"),
            Veto(more_than="1/2", of="members"),
            CastingVote(by=Ref("office:chair")),
            Approval(by=Ref("office:chair")),
            Franchise(recused="present"),
            Seats(number=7),
            WrittenProcedure(minimum_hours=24),
            Silence(),
        ]
    ),
    max_size=2,
    unique_by=type,
)


@st.composite
def rulebooks(draw: st.DrawFn) -> Rulebook:
    """Rules of a board, whose members are all listed, or not, and which decides two matters each its way."""
    decisions = [
        Decision(
            name=name,
            requires=tuple(draw(st.lists(requirements, max_size=2))),
            ordinary=name == "ordinary",
            abstentions=draw(st.sampled_from([None, "voting", "not_voting"])),
            tie=draw(st.sampled_from([None, "adopted"])),
        )
        for name in ("ordinary", "budget")
    ]
    members = Members(parties=tuple(PARTIES[:4]), others=draw(st.integers(0, 2)), open=draw(st.booleans()))
    return book_of(*decisions, members, Members(parties=tuple(PARTIES[:2]), group="founders"), *draw(others))


row = st.tuples(
    st.sampled_from(["1", "2", "3", " 3", "x"]),
    st.sampled_from([*PARTIES, *PARTIES, *PARTIES, Ref("org:nobody")]),
    st.sampled_from(["yes", "no", "abstain", "absent", "recused", "not_voting", "Yes", "AYE"]),
)
sound = st.lists(row, min_size=1, max_size=30, unique_by=lambda each: (each[0].strip(), each[1]))
rows = sound | sound | st.lists(row, min_size=1, max_size=30)
HEADS: Heads = {
    "1": ("2026-01-22", "budget"),
    "2": ("2026-01-22", ""),
    "3": ("", ""),
    " 3": ("", ""),
    "x": ("1999", "war"),
}


def table(found: Sequence[tuple[str, str, str]], heads: Heads, suffix: str) -> bytes:
    columns: dict[str, list[str]] = {
        name: [row[at] for row in found] for at, name in enumerate(("vote", "party", "choice"))
    }
    if heads:
        columns.update(date=[heads[row[0]][0] for row in found], matter=[heads[row[0]][1] for row in found])
    if suffix == ".parquet":
        sink = pa.BufferOutputStream()
        parquet.write_table(
            pa.table({name: pa.array(cells).dictionary_encode() for name, cells in columns.items()}), sink
        )
        return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]  # pyarrow ships no types
    if suffix == ".jsonl":
        return "\n".join(
            json.dumps(dict(zip(columns, cells, strict=True))) for cells in zip(*columns.values(), strict=True)
        ).encode()
    return "\n".join(map(",".join, [list(columns), *zip(*columns.values(), strict=True)])).encode()


def both(data: bytes, suffix: str) -> Iterator[VotesRead]:
    """The same table read with its ballots in columns, and one by one."""
    for least in (0, 2**60):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ballots, "BULK_FROM", least)
            patch.setattr(tabular, "AT_A_TIME", 7)
            yield read(data, suffix)


@pytest.mark.slow
@given(rows, st.sampled_from([HEADS, {}]), st.sampled_from(SUFFIXES), rulebooks(), st.sampled_from([None, "budget"]))
def test_ballots_in_columns_come_to_what_ballots_one_by_one_come_to(
    found: list[tuple[str, str, str]], heads: Heads, suffix: str, book: Rulebook, rule: str | None
) -> None:
    columns, plain = both(table(found, heads, suffix), suffix)
    assert isinstance(columns.votes, Table)
    assert isinstance(plain.votes, list)
    assert list(columns.votes) == plain.votes
    scrutiny = Scrutiny(book, rule)
    faults = list(faults_of(columns.votes, scrutiny))
    assert faults == list(faults_of(plain.votes, scrutiny))
    assume(not faults)  # nothing is decided on bad data
    ours, theirs = (outcomes_of(votes, book, rule=rule, today=740_000) for votes in (columns.votes, plain.votes))
    assert ours.outcomes == theirs.outcomes
    assert list(ours.rulings) == list(theirs.rulings)
    for place, ruling in ours.rulings.items():
        other = theirs.rulings[place]
        assert (ruling.reasons, ruling.tests, ruling.unknown) == (other.reasons, other.tests, other.unknown)
        assert dict(ruling.count.named) == dict(other.count.named)
