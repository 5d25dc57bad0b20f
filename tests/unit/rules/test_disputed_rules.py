"""Rules of which accounts differ: what a vote comes to stands only where it comes to the same by each of them."""

import pytest

from chancery.acts import Act
from chancery.acts.charter import ProvisionSet
from chancery.rules.base import Rule
from chancery.rules.charter import provided_of
from chancery.rules.provisions import Seats
from chancery.values import Phrase
from tests.made import read, record
from tests.unit.rules.chamber import MAJORITY, ballots, members, one, rules, said
from tests.unit.rules.test_charter import NINE, SEVEN, provision

TWO_THIRDS: dict[str, object] = {**MAJORITY, "requires": [{"type": "threshold", "at_least": "2/3", "of": "cast"}]}
THREE_TO_TWO = {"be": "yes", "de": "yes", "fr": "yes", "nl": "no", "se": "no"}
FOUR_TO_ONE = {**THREE_TO_TWO, "nl": "yes"}
DIFFER = "Accounts of 2 differ"


def told(name: str, rule: dict[str, object] | None, src: str = "press") -> Act:
    """Another account of the provision that says how it is decided."""
    return provision("2", rule, src, id=name)


def test_a_vote_that_comes_to_something_else_by_another_account_is_left_open() -> None:
    found = one(rules(), told("other", TWO_THIRDS), members(), ballots(THREE_TO_TWO))
    assert found.ruling.outcome == "undecided"
    assert f"{DIFFER}: by one the vote comes to Adopted, by another to Not adopted." in said(found)


def test_what_it_comes_to_is_said_in_words_and_not_in_codes() -> None:
    found = one(rules(), told("other", TWO_THIRDS), members(), ballots(THREE_TO_TWO))
    (unknown,) = (each for each in found.ruling.unknown if DIFFER in str(each))
    assert {type(each) for name, each in unknown.values if name != "article"} == {Phrase}


@pytest.mark.parametrize("src", ["garbled", "unreliable"])
def test_an_account_that_the_record_only_shows_is_no_reading(src: str) -> None:
    found = one(rules(), told("other", TWO_THIRDS, src), members(), ballots(THREE_TO_TWO))
    assert found.ruling.outcome == "adopted"
    assert DIFFER not in said(found)


def test_a_vote_that_comes_to_the_same_by_every_account_stands() -> None:
    found = one(rules(), told("other", TWO_THIRDS), members(), ballots(FOUR_TO_ONE))
    assert found.ruling.outcome == "adopted"
    assert DIFFER not in said(found)


def test_an_account_by_which_it_is_no_rule_on_decisions_gives_no_other_outcome() -> None:
    found = one(rules(), told("other", SEVEN), members(), ballots(THREE_TO_TWO))
    assert found.ruling.outcome == "adopted"
    assert "Sources differ on what 2 says." in said(found)


def test_accounts_that_are_all_only_shown_beside_one_of_weight_give_no_other_rule() -> None:
    assert others(told("a", SEVEN), told("b", NINE, "garbled"), told("c", None)) == [()]


def others(*acts: Act) -> list[tuple[Rule, ...]]:
    return [each.others for each in provided_of(read(record(*acts)).of(ProvisionSet))]


def test_what_several_accounts_have_otherwise_is_another_reading_once_and_words_alone_are_none() -> None:
    accounts = [told("a", SEVEN, "official"), *(told(name, NINE) for name in "bc"), told("d", SEVEN), told("e", None)]
    assert others(*accounts) == [(Seats(9),)]
    assert others(accounts[0], accounts[3], accounts[4]) == [()]
