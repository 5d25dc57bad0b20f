"""Very many votes at once: the outcomes are those of one by one, and only what can matter is looked at one by one."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from pyarrow import parquet

from chancery.rules import bulk
from chancery.rules.base import Rule
from chancery.rules.bulk import faults_of, outcomes_of
from chancery.rules.deciding import decide
from chancery.rules.provisions import Seats
from chancery.rules.rulebook import Provided, Rulebook
from chancery.rules.rulings import VoteRuling
from chancery.rules.scrutiny import Scrutiny
from chancery.rules.tables import Table, tabled
from chancery.rules.votes import Choice, Vote
from chancery.rules.voting import AnyOf, Decision, Members, Threshold, Veto
from chancery.text import ballots
from chancery.text.votes import read_votes
from chancery.values import Ref

PARTIES = [Ref(f"org:p{number}") for number in range(9)]
BODY = Ref("body:board")
HALF = Threshold(more_than="1/2", of="present_and_voting")


EVERYBODY = Members(parties=tuple(PARTIES))


def provided(*rules: Rule) -> list[Provided]:
    return [Provided(rule, BODY, "art. 1", f"p{at}", Ref("instrument:x")) for at, rule in enumerate(rules)]


def book(*rules: Rule) -> Rulebook:
    return Rulebook(BODY, provided(*rules, EVERYBODY))


def table(*votes: tuple[int, int, int]) -> Table:
    """Votes with so many for, against, abstaining."""
    rows: list[tuple[str, Ref, Choice]] = []
    for number, (yes, no, abstain) in enumerate(votes):
        choices: list[Choice] = [*["yes"] * yes, *["no"] * no, *["abstain"] * abstain]  # type: ignore[list-item]
        rows.extend((str(number), party, choice) for party, choice in zip(PARTIES, choices, strict=False))
    columns = {}
    for at, name in enumerate(("vote", "party", "choice")):
        values: list[object] = list(dict.fromkeys(row[at] for row in rows))
        columns[name] = ([values.index(row[at]) for row in rows], values)
    found = tabled("votes.csv", range(2, len(rows) + 2), columns, {}, {})
    assert found is not None
    return found


@pytest.fixture
def ruled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The votes that are ruled on one by one."""
    found: list[str] = []

    def noting(vote: Vote, rulebook: Rulebook, *, rule: str | None = None, today: int | None = None) -> VoteRuling:
        found.append(vote.id)
        return decide(vote, rulebook, rule=rule, today=today)

    monkeypatch.setattr(bulk, "decide", noting)
    return found


def ordinary(*requires: Threshold | AnyOf, abstentions: str | None = "not_voting") -> Decision:
    return Decision(name="ordinary", ordinary=True, requires=requires, abstentions=abstentions)  # type: ignore[arg-type]


def test_votes_that_are_adopted_for_certain_are_not_ruled_on_one_by_one(ruled: list[str]) -> None:
    found = outcomes_of(table((5, 1, 0), (1, 5, 0), (2, 2, 5), (9, 0, 0)), book(ordinary(HALF)))
    assert found.outcomes == ["adopted", "rejected", "rejected", "adopted"]
    assert ruled == ["1", "2"]
    assert {place: ruling.outcome for place, ruling in found.rulings.items()} == {1: "rejected", 2: "rejected"}


def test_where_the_base_is_not_settled_it_is_not_certain(ruled: list[str]) -> None:
    unsettled = ordinary(Threshold(more_than="1/2", of="unsettled"))
    found = outcomes_of(table((4, 3, 2), (5, 3, 1)), book(unsettled, Seats(9)))
    assert found.outcomes == ["undecided", "adopted"]
    assert ruled == ["0"]


@pytest.mark.parametrize(
    "unsure",
    [
        [ordinary(HALF), Veto(group="founders"), Members(parties=(PARTIES[0],), group="founders")],
        [ordinary(Threshold(at_least=1, group="founders")), Members(parties=(PARTIES[0],), group="founders")],
        [
            ordinary(
                Threshold(more_than="0.000000001%", of="cast"),
                Threshold(at_least="999999999998/999999999999", of="cast"),
            )
        ],
        [Decision(name="ordinary", ordinary=True, by=Ref("office:chair"))],
    ],
)
def test_where_names_or_numbers_may_matter_each_is_ruled_on(unsure: Sequence[Rule], ruled: list[str]) -> None:
    outcomes_of(table((9, 0, 0)), book(*unsure))
    assert ruled == ["0"]


def test_one_of_several_tests_is_enough(ruled: list[str]) -> None:
    either = AnyOf((Threshold(at_least=8), Threshold(fewer_than=1, votes="no")))
    found = outcomes_of(table((3, 0, 6), (8, 1, 0), (7, 2, 0)), book(ordinary(either)))
    assert found.outcomes == ["adopted", "adopted", "rejected"]
    assert ruled == ["2"]


def test_a_decision_without_a_test_is_adopted_by_all_votes(ruled: list[str]) -> None:
    assert outcomes_of(table((0, 9, 0), (1, 2, 0)), book(ordinary())).outcomes == ["adopted", "adopted"]
    assert ruled == []


def test_a_base_that_is_not_known_is_never_certain() -> None:
    seats = ordinary(Threshold(more_than="1/2", of="seats"))
    assert outcomes_of(table((9, 0, 0)), book(seats)).outcomes == ["undecided"]


def test_where_no_rule_governs_each_is_left_open() -> None:
    silent = Decision(name="budget", requires=(HALF,))
    assert outcomes_of(table((9, 0, 0)), book(silent)).outcomes == ["undecided"]
    assert outcomes_of(table((9, 0, 0)), book(silent), rule="budget").outcomes == ["adopted"]


def test_votes_of_a_list_are_ruled_on_one_by_one(ruled: list[str]) -> None:
    votes = [Vote(id="a", yes=9, no=0), Vote(id="b", yes=0, no=9)]
    assert outcomes_of(votes, book(ordinary(HALF))).outcomes == ["adopted", "rejected"]
    assert ruled == ["a", "b"]


def test_faults_are_those_of_each_vote() -> None:
    assert list(faults_of(table((5, 1, 0)), Scrutiny(book(ordinary(HALF))))) == []
    fewer = Rulebook(BODY, provided(ordinary(HALF), Members(parties=tuple(PARTIES[:3]))))
    found = list(faults_of(table((2, 1, 0), (2, 2, 0)), Scrutiny(fewer)))
    assert [(problem.code, str(problem.place)) for problem in found] == [("unknown-party", "votes.csv:8: party")]


@pytest.mark.slow
def test_every_roll_call_of_the_general_assembly_comes_to_what_plain_counting_gives(
    shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shared_data / "un-general-assembly" / "votes.parquet"
    columns = {"vote": "rcid", "party": "country", "choice": "vote"}
    assembly = Rulebook(BODY, provided(ordinary(HALF), Members(open=True)))
    read = read_votes(path, Ref, columns)
    assert read.problems == ()
    assert isinstance(read.votes, Table)
    assert list(faults_of(read.votes, Scrutiny(assembly))) == []
    found = outcomes_of(read.votes, assembly)
    ids = [vote.id for vote in read.votes]
    assert len(ids) == 6_203
    assert found.outcomes == [
        "adopted" if margin > 0 else "rejected" for margin in map(_margins(path).__getitem__, ids)
    ]
    assert len(found.rulings) == 349
    monkeypatch.setattr(ballots, "BULK_FROM", 2**60)
    one_by_one = read_votes(path, Ref, columns)
    assert isinstance(one_by_one.votes, list)
    assert outcomes_of(one_by_one.votes, assembly).outcomes == found.outcomes


def _margins(path: Path) -> Counter[str]:
    """By how much the votes for each roll call outnumber those against it, counted row by row."""
    rows = parquet.read_table(path, columns=["rcid", "vote"])
    margins: Counter[str] = Counter()
    for vote, choice in zip(rows["rcid"].to_pylist(), rows["vote"].to_pylist(), strict=True):
        margins[str(vote)] += {"yes": 1, "no": -1, "abstain": 0}[choice]
    return margins
