"""Tables of ballots in columns: what they hold is what was put in, made only where it is asked for."""

import importlib.util

import numpy as np
import pytest

from chancery.rules import tables
from chancery.rules.tables import Table, tabled
from chancery.rules.votes import Ballot, Vote, count_of
from chancery.values import Place, Ref

A, B = Ref("org:alder"), Ref("org:birch")


def table(rows: list[tuple[str, Ref, str]], heads: dict[object, tuple[int | None, str | None]] | None = None) -> Table:
    """A table of rows, in which each text is coded in the order of the alphabet, one that no row has besides."""
    columns = {}
    for at, name in enumerate(("vote", "party", "choice")):
        values: list[object] = [*sorted({row[at] for row in rows}), None]
        columns[name] = ([values.index(row[at]) for row in rows], values)
    days = {vote: day for vote, (day, _) in (heads or {}).items()}
    matters = {vote: matter for vote, (_, matter) in (heads or {}).items()}
    found = tabled("votes.csv", range(2, len(rows) + 2), columns, days, matters)
    assert found is not None
    return found


ROWS = [("z", A, "yes"), ("a", A, "no"), ("z", B, "recused"), ("a", B, "abstain")]


def test_votes_are_in_the_order_of_their_first_rows() -> None:
    found = table(ROWS)
    assert [vote.id for vote in found] == ["z", "a"]
    assert [vote.place for vote in found] == [Place("votes.csv", 2, "vote"), Place("votes.csv", 3, "vote")]
    assert found[-1] == found[1]
    assert found[:1] == [found[0]]
    with pytest.raises(IndexError):
        found[2]


def test_a_vote_has_its_ballots_in_the_order_of_their_rows() -> None:
    (first, second) = table(ROWS, {"z": (7, "budget")})
    assert first.ballots == (
        Ballot(A, "yes", place=Place("votes.csv", 2, "party")),
        Ballot(B, "recused", place=Place("votes.csv", 4, "party")),
    )
    assert (first.day, first.matter, second.day, second.matter) == (7, "budget", None, None)
    assert second.ballots is not None
    assert second.ballots[0].choice == "no"
    assert second.ballots[:1] == (second.ballots[0],)
    assert len(second.ballots) == 2


def test_a_vote_in_columns_is_the_vote_told_one_by_one() -> None:
    vote = table(ROWS)[0]
    other = Vote(id="z", ballots=tuple(vote.ballots or ()), place=vote.place)
    again = table(ROWS)[0]
    assert vote == other
    assert vote == again
    assert hash(vote.ballots) == hash(other.ballots)
    for stays in (True, False):
        ours, theirs = count_of(vote, recused_present=stays), count_of(other, recused_present=stays)
        assert (ours.yes, ours.no, ours.present, ours.recused) == (
            theirs.yes,
            theirs.no,
            theirs.present,
            theirs.recused,
        )
        assert dict(ours.named) == theirs.named
        assert (len(ours.named), ours.named[A]) == (2, "yes")


def test_all_votes_are_counted_together() -> None:
    count = table(ROWS).count(recused_present=True)
    columns = np.array([count.yes, count.no, count.abstain, count.present])
    assert columns.tolist() == [[1, 0], [0, 1], [0, 1], [2, 2]]


@pytest.mark.parametrize("room", [0, 2**27])
def test_two_ballots_of_one_party_are_seen(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_PAIRS", room)
    assert not table(ROWS).has_two_ballots()
    assert table([*ROWS, ("z", A, "no")]).has_two_ballots()


def test_very_many_votes_are_put_together_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "SHORT", 1)
    assert table(ROWS)[1].ballots == table(ROWS)[1].ballots
    assert [ballot.party for ballot in table(ROWS)[1].ballots or ()] == [A, B]


def test_votes_that_are_governed_alike_go_together() -> None:
    found = table([*ROWS, ("b", A, "yes")], {"z": (7, "budget"), "b": (8, "budget")})
    groups = [
        (each.everybody.matter, [ballot.party for ballot in each.everybody.ballots or ()], each.but(sure=False))
        for each in found.alike(lambda _day, matter: matter)
    ]
    assert groups == [("budget", [A, B], [0, 2]), (None, [A, B], [1])]
    (alike,) = found.alike(lambda _day, _matter: "all")
    assert alike.but(sure=True) == []
    assert alike.but(sure=False) == [0, 1, 2]


def test_without_numpy_there_is_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "find_spec", lambda _name: None)
    assert importlib.util.find_spec("numpy") is not None
    assert tabled("votes.csv", [2], {}, {}, {}) is None
