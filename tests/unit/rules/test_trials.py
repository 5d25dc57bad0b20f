"""Trials: a test case stands for a vote, and comes to what such a vote would come to."""

import pytest

from chancery.acts import act_of
from chancery.acts.charter import CaseSet
from chancery.rules.trials import tried, untried
from chancery.values import Weight
from tests.ruled import ABC, BODY, MAJORITY, book_of, decision, members, provision

ORDINARY = decision(MAJORITY)
ALONE = decision(name="alone", by='"office:chair"')
CANTONS = 'type = "threshold", more_than = "1/2", of = "cast", group = "cantons"'
FREE = decision(MAJORITY, name="free", without_vote="true")
BOTH = decision(MAJORITY, CANTONS, name="both")
BOOK = book_of(ABC, members("a", "b", "c", group='"cantons"'), ORDINARY, ALONE, FREE, BOTH)


def case(**fields: object) -> CaseSet:
    usual = {"id": "case", "kind": "case.set", "body": BODY, "name": "n", "outcome": "adopted"}
    made = act_of({**usual, **fields})
    assert isinstance(made, CaseSet)
    return made


@pytest.mark.parametrize(
    ("fields", "comes_to"),
    [
        ({"yes": 2, "no": 1}, "adopted"),
        ({"yes": 1}, "adopted"),
        ({"no": 1}, "rejected"),
        ({}, "undecided"),
        ({"matter": "alone", "chair": "yes"}, "adopted"),
        ({"matter": "free", "manner": "without_vote"}, "adopted"),
        ({"manner": "without_vote"}, "undecided"),
        ({"matter": "both", "yes": 2, "no": 1, "sums": [{"of": "cantons", "yes": "1.5", "no": "1/2"}]}, "adopted"),
        ({"matter": "both", "yes": 2, "no": 1, "sums": [{"of": "cantons", "yes": 1, "no": 1}]}, "rejected"),
        ({"matter": "both", "yes": 2, "no": 1}, "undecided"),
    ],
)
def test_a_case_comes_to_what_the_vote_that_it_makes_up_comes_to(fields: dict[str, object], comes_to: str) -> None:
    (trial,) = tried([case(**fields)], BOOK)
    assert trial.ruling.outcome == comes_to
    assert trial.passed is (comes_to == "adopted")


def test_a_decision_that_no_case_adopts_is_told_and_bars_where_it_is_to_come() -> None:
    book = book_of(ABC, ORDINARY, provision(decision(MAJORITY, name="later"), effective="2030-01-01"))
    today = book.provided[-1].first - 1
    trials = tried([case(outcome="rejected", no=1)], book)
    assert [each.weight for each in untried(trials, book, today)] == [Weight.NOTICE, Weight.BAR]
    trials = tried([case(yes=1), case(yes=1, matter="later", date="2030-01-01")], book)
    assert list(untried(trials, book, today)) == []
    failed = tried([case(no=1)], book)
    assert len(list(untried(failed, book, today))) == 2
