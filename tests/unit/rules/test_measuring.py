"""Tests of votes: shares and numbers, of what, by whom, weighed; what was had and needed, missing and to spare."""

from fractions import Fraction

import pytest

from chancery.rules.measuring import BY_CHOICE, Setting, measured
from chancery.rules.rolls import Roll
from chancery.rules.votes import Count
from chancery.rules.voting import Threshold
from tests.ruled import ABC, MAJORITY, decision, members, outcome, ruled, rules, said, tally

TEN = 'type = "members", others = 10'
OPEN = 'type = "members", open = true'


def share(bound: str, of: str, kind: str = "at_least", **more: str) -> str:
    extra = "".join(f', {name} = "{value}"' for name, value in more.items())
    return f'type = "threshold", {kind} = "{bound}", of = "{of}"{extra}'


def number(bound: int, kind: str = "at_least", **more: str) -> str:
    return f'type = "threshold", {kind} = {bound}' + "".join(f', {name} = "{value}"' for name, value in more.items())


@pytest.mark.parametrize(
    ("test", "votes", "passes"),
    [
        (number(4), (4, 6), True),
        (number(4), (3, 0), False),
        (number(4, "more_than"), (4, 0), False),
        (number(4, "more_than"), (5, 5), True),
        (number(1, "at_most", votes="no"), (1, 1), True),
        (number(1, "at_most", votes="no"), (1, 2), False),
        (number(1, "fewer_than", votes="no"), (1, 1), False),
        (number(1, "fewer_than", votes="no"), (1, 0, 9), True),
        (number(2, votes="abstain", kind="at_most"), (1, 0, 3), False),
        (number(7, "at_most", votes="not_yes"), (3, 0), True),
        (number(6, "at_most", votes="not_yes"), (3, 0), False),
        (share("1/2", "cast"), (3, 3), True),
        (share("1/2", "cast", "more_than"), (3, 3), False),
        (share("1/2", "cast", "more_than"), (1, 0, 9), True),
        (share("2/3", "cast"), (6, 3), True),
        (share("2/3", "cast"), (5, 3), False),
        (share("66.667%", "cast"), (6, 3), False),
        (share("66.666%", "cast"), (6, 3), True),
        (share("1/3", "cast", "at_most", votes="no"), (6, 3), True),
        (share("1/3", "cast", "fewer_than", votes="no"), (6, 3), False),
        (share("1/2", "members", "more_than"), (5, 0), False),
        (share("1/2", "members", "more_than"), (6, 4), True),
        (share("100%", "members"), (10, 0), True),
        (share("100%", "members"), (9, 0), False),
    ],
)
def test_a_test_is_reached_passed_or_not_reached(test: str, votes: tuple[int, ...], *, passes: bool) -> None:
    ruling = tally(rules(TEN, decision(test)), *votes)
    assert ruling.outcome == ("adopted" if passes else "rejected")
    assert ruling.tests[0].passed is passes


@pytest.mark.parametrize(("of", "base"), [("cast", 7), ("present", 9), ("members", 10), ("seats", 12)])
def test_a_share_is_one_of_its_own_base_and_of_no_other(of: str, base: int) -> None:
    text = rules(TEN, 'type = "seats", number = 12', decision(share("1/2", of)))
    (test,) = tally(text, 5, 2, 2).tests
    assert (test.base, test.need, test.of) == (base, -(-base // 2), of)


def test_those_present_are_as_told_or_else_all_who_took_part() -> None:
    text = rules(TEN, decision(share("1/2", "present"), present_without_voting="true"))
    assert tally(text, 4, 0, 0, present=9).outcome == "rejected"
    assert tally(text, 5, 0, 0, present=9).outcome == "adopted"
    assert tally(rules(TEN, decision(share("1/2", "present"))), 4, 2, 3).outcome == "rejected"


def test_a_share_of_those_present_stays_open_where_more_may_be_there_than_voted() -> None:
    ruling = tally(rules(TEN, decision(share("1/2", "present"), present_without_voting="true")), 4, 2)
    assert ruling.outcome == "undecided"
    assert "How many members were present is not known." in said(ruling)


@pytest.mark.parametrize(("abstentions", "passes"), [('"not_voting"', True), ('"voting"', False)])
def test_whether_who_abstains_is_voting_is_for_the_rule_to_say(abstentions: str, *, passes: bool) -> None:
    text = rules(TEN, decision(share("1/2", "present_and_voting", "more_than"), abstentions=abstentions))
    assert tally(text, 3, 2, 3).outcome == ("adopted" if passes else "rejected")


def test_where_the_rule_does_not_say_so_the_usual_sense_is_taken_and_said_where_it_decides() -> None:
    text = rules(TEN, decision(share("1/2", "present_and_voting", "more_than")))
    usual = "the words are taken in their usual sense: not."
    for votes, comes_to, decides in (
        ((6, 2, 2), "adopted", False),
        ((2, 3, 4), "rejected", False),
        ((3, 2, 3), "adopted", True),
    ):
        ruling = tally(text, *votes)
        assert (ruling.outcome, usual in said(ruling)) == (comes_to, decides)


def test_a_base_that_is_not_settled_decides_where_every_reading_agrees() -> None:
    text = rules(TEN, 'type = "seats", number = 12', decision(share("2/3", "unsettled")))
    assert tally(text, 8, 0, present=8).outcome == "adopted"
    assert tally(text, 4, 6, present=10).outcome == "rejected"
    assert tally(text, 5, 0, present=5).outcome == "undecided"
    assert tally(rules(OPEN, decision(share("2/3", "unsettled"))), 5, 0).outcome == "undecided"


@pytest.mark.parametrize("of", ["members", "seats"])
def test_a_share_of_what_is_not_known_stays_open(of: str) -> None:
    ruling = tally(rules(OPEN, decision(share("1/2", of))), 5, 0)
    assert ruling.outcome == "undecided"
    assert {"members": "How many members are", "seats": "How many seats there are"}[of] in said(ruling)


def test_those_who_did_not_vote_yes_are_not_known_where_the_members_are_not() -> None:
    ruling = tally(rules(OPEN, decision(number(4, "at_most", votes="not_yes"))), 5, 0)
    assert ruling.outcome == "undecided"
    assert "How many members are in office is not known." in said(ruling)


def test_no_share_of_nothing_is_reached() -> None:
    """At a vote in which everybody abstains, two thirds of those voting are not in favour."""
    for bound in ("1/2", "2/3", "100%"):
        ruling = tally(rules(TEN, decision(share(bound, "cast"))), 0, 0, 10)
        assert (ruling.outcome, ruling.tests[0].need, ruling.tests[0].missing) == ("rejected", 1, 1)
    assert tally(rules(TEN, decision(share("0%", "cast"))), 0, 0, 10).outcome == "adopted"


def test_unanimity_that_an_abstention_does_not_break() -> None:
    text = rules(TEN, decision(number(0, "at_most", votes="no")))
    assert tally(text, 8, 0, 2).outcome == "adopted"
    assert tally(text, 9, 1).outcome == "rejected"


def test_consensus_minus_one() -> None:
    text = rules(TEN, decision('type = "threshold", votes = "no", at_most = 0, but_concerned = true'))
    lists = "against_by,concerned"
    assert outcome(text, f"vote,yes,no,abstain,{lists}|v,9,1,0,org:x,org:x") == "adopted"
    assert outcome(text, f"vote,yes,no,abstain,{lists}|v,9,1,0,org:y,org:x") == "rejected"
    assert outcome(text, f"vote,yes,no,abstain,{lists}|v,9,1,0,,org:x") == "undecided"
    assert outcome(text, f"vote,yes,no,abstain,{lists}|v,9,0,0,,") == "adopted"


def test_whom_it_concerns_is_no_part_of_the_base() -> None:
    text = rules(ABC, decision('type = "threshold", at_least = "100%", of = "members", but_concerned = true'))
    assert outcome(text, "vote,yes,no,abstain,for_by,against_by,concerned|v,2,1,0,org:a;org:b,org:c,org:c") == "adopted"
    assert outcome(text, "vote,yes,no,abstain,for_by,against_by,concerned|v,2,1,0,org:a;org:b,org:c,") == "rejected"


GROUPED = (
    members("a", "b", "c", group='"big"'),
    members("d", "e", "f", "g", group='"small"'),
)
BOTH = (share("1/2", "members", "more_than", group="big"), share("1/2", "cast", "more_than", group="small"))


@pytest.mark.parametrize(
    ("ballots", "found"),
    [
        ({"a": "yes", "b": "yes", "d": "yes"}, "adopted"),
        ({"a": "yes", "d": "yes"}, "rejected"),
        ({"a": "yes", "b": "yes", "c": "no", "d": "yes", "e": "no"}, "rejected"),
        ({"a": "yes", "b": "yes", "d": "yes", "e": "abstain"}, "adopted"),
        ({"a": "yes", "b": "yes"}, "rejected"),
    ],
)
def test_a_majority_may_be_asked_of_each_group(ballots: dict[str, str], found: str) -> None:
    rows = "|".join(f"v,org:{party},{choice}" for party, choice in ballots.items())
    assert outcome(rules(*GROUPED, decision(*BOTH)), f"vote,party,choice|{rows}") == found


def test_of_a_group_a_tally_must_name_every_member_or_all_of_a_side() -> None:
    text = rules(*GROUPED, decision(number(0, "at_most", votes="no", group="big")))
    assert outcome(text, "vote,yes,no,abstain,against_by|v,5,1,0,org:d") == "adopted"
    assert outcome(text, "vote,yes,no,abstain,against_by|v,5,1,0,org:a") == "rejected"
    assert outcome(text, "vote,yes,no,abstain,for_by|v,5,1,0,org:a;org:b;org:c") == "adopted"
    assert outcome(text, "vote,yes,no,abstain,for_by|v,5,1,0,org:a;org:b") == "undecided"
    assert outcome(text, "vote,yes,no,abstain|v,5,1,0") == "undecided"
    present = rules(*GROUPED, decision(share("1/2", "present", group="big")))
    assert outcome(present, "vote,yes,no,abstain,for_by|v,3,0,0,org:a;org:b") == "undecided"
    assert outcome(present, "vote,yes,no,abstain,for_by|v,2,1,0,org:a;org:b") == "undecided"


def test_a_member_of_a_group_whose_rights_are_suspended_is_no_part_of_it() -> None:
    out = members("c", status='"suspended"')
    text = rules(*GROUPED, out, decision(share("100%", "members", group="big")))
    ruling = ruled(text, "vote,party,choice|v,org:a,yes|v,org:b,yes")
    assert (ruling.outcome, ruling.tests[0].base) == ("adopted", 2)


SHARES = 'type = "weights", name = "shares", values = { "org:a" = 1, "org:b" = "0.5", "org:c" = "1/3" }'


@pytest.mark.parametrize(
    ("test", "yes", "found"),
    [
        (share("1/2", "members", "more_than", weight="shares"), "a", ("adopted", 1, Fraction(11, 6))),
        (share("1/2", "members", "more_than", weight="shares"), "bc", ("rejected", Fraction(5, 6), Fraction(11, 6))),
        (share("5/11", "members", weight="shares"), "bc", ("adopted", Fraction(5, 6), Fraction(11, 6))),
        (share("5/11", "members", "more_than", weight="shares"), "bc", ("rejected", Fraction(5, 6), Fraction(11, 6))),
        (share("5/11", "seats", weight="shares"), "bc", ("adopted", Fraction(5, 6), Fraction(11, 6))),
    ],
)
def test_votes_are_weighed_exactly(test: str, yes: str, found: tuple[str, Fraction, Fraction]) -> None:
    rows = "|".join(f"v,org:{party},yes" for party in yes)
    ruling = ruled(rules(SHARES, decision(test)), f"vote,party,choice|{rows}")
    assert (ruling.outcome, ruling.tests[0].have, ruling.tests[0].base) == found


def test_weighed_votes_stay_open_where_names_are_not_told_or_members_are_not() -> None:
    text = rules(SHARES, decision(share("1/2", "members", weight="shares")))
    ruling = tally(text, 2, 1)
    assert ruling.outcome == "undecided"
    assert "Who cast which vote is not told for all of them" in said(ruling)
    some = rules(SHARES, OPEN, members("a", "b"), decision(share("1/2", "members", weight="shares")))
    assert outcome(some, "vote,party,choice|v,org:a,yes") == "undecided"
    left = rules(SHARES, decision(number(1, "at_most", votes="not_yes", weight="shares")))
    assert outcome(left, "vote,yes,no,abstain,for_by|v,1,1,0,org:a") == "adopted"
    assert outcome(left, "vote,yes,no,abstain|v,1,1,0") == "undecided"


def test_the_weight_of_whole_numbers_near_2_to_the_53_is_exact() -> None:
    top = 2**53 - 1
    weights = f'type = "weights", name = "w", values = {{ "org:a" = {top}, "org:b" = {top - 1} }}'
    text = rules(weights, decision(share("1/2", "cast", "more_than", weight="w")))
    assert outcome(text, "vote,party,choice|v,org:a,yes|v,org:b,no") == "adopted"
    assert outcome(text, "vote,party,choice|v,org:a,no|v,org:b,yes") == "rejected"


def test_thirds_add_up_to_the_whole() -> None:
    weights = 'type = "weights", name = "w", values = { "org:a" = "1/3", "org:b" = "1/3", "org:c" = "1/3" }'
    text = rules(weights, decision(number(1, weight="w")))
    assert outcome(text, "vote,party,choice|v,org:a,yes|v,org:b,yes|v,org:c,yes") == "adopted"
    assert outcome(text, "vote,party,choice|v,org:a,yes|v,org:b,yes|v,org:c,no") == "rejected"


def nested(kind: str, *tests: str) -> str:
    return f'type = "{kind}", of = [{", ".join(f"{{ {each} }}" for each in tests)}]'


@pytest.mark.parametrize(
    ("votes", "found"), [((7, 3), "adopted"), ((5, 1), "adopted"), ((5, 2), "rejected"), ((4, 1), "rejected")]
)
def test_tests_stand_within_tests(votes: tuple[int, int], found: str) -> None:
    inner = nested("all_of", number(5), number(1, "at_most", votes="no"))
    ruling = tally(rules(TEN, decision(nested("any_of", number(7), inner))), *votes)
    assert (ruling.outcome, len(ruling.tests[0].parts)) == (found, 2)


def test_one_unknown_test_matters_only_where_the_others_do_not_settle_it() -> None:
    open_ = share("1/2", "members")
    assert tally(rules(OPEN, decision(nested("any_of", number(3), open_))), 3, 0).outcome == "adopted"
    assert tally(rules(OPEN, decision(nested("any_of", number(3), open_))), 2, 0).outcome == "undecided"
    assert tally(rules(OPEN, decision(nested("all_of", number(3), open_))), 2, 0).outcome == "rejected"
    assert tally(rules(OPEN, decision(nested("all_of", number(3), open_))), 3, 0).outcome == "undecided"
    assert tally(rules(OPEN, decision(number(3), open_)), 2, 0).outcome == "rejected"


def test_a_blocking_minority_needs_enough_members() -> None:
    """A large share of the weight in few hands does not block."""
    weights = 'type = "weights", name = "people", values = { "org:a" = 40, "org:b" = 30, "org:c" = 20, "org:d" = 10 }'
    test = nested("any_of", share("65%", "members", weight="people"), number(2, "at_most", votes="not_yes"))
    text = rules(weights, decision(test))
    assert outcome(text, "vote,party,choice|v,org:a,no|v,org:b,yes|v,org:c,yes|v,org:d,yes") == "adopted"
    assert outcome(text, "vote,party,choice|v,org:a,no|v,org:b,no|v,org:c,yes|v,org:d,no") == "rejected"
    assert outcome(text, "vote,party,choice|v,org:a,yes|v,org:b,yes|v,org:c,absent") == "adopted"


def test_a_number_that_is_not_told_is_not_nought() -> None:
    text = rules(TEN, decision(MAJORITY))
    for votes in ("5,,0", ",5,0"):
        ruling = ruled(text, f"vote,yes,no,abstain|v,{votes}")
        assert ruling.outcome == "undecided"
    assert "How many voted for and against is not known." in said(ruled(text, "vote,yes,no,abstain|v,5,,0"))
    assert "How many voted yes is not told." in said(ruled(text, "vote,yes,no,abstain|v,,5,0"))
    assert outcome(text, "vote,yes,no,abstain|v,5,2,") == "adopted"
    assert outcome(rules(TEN, decision(number(4))), "vote,yes,no,abstain|v,5,,") == "adopted"
    assert outcome(rules(TEN, decision(number(4, "at_most", votes="no"))), "vote,yes,no|v,5,") == "undecided"
    silent = decision(share("1/2", "present_and_voting", "more_than"))
    assert outcome(rules(TEN, silent), "vote,yes,no,abstain|v,5,2,") == "adopted"
    assert outcome(rules(TEN, silent), "vote,yes,no|v,5,2") == "adopted"
    some = decision(number(2, "at_most", votes="abstain"))
    assert "How many abstained is not told." in said(ruled(rules(TEN, some), "vote,yes,no,abstain|v,5,2,"))


def test_who_is_named_on_a_side_without_a_number_is_counted() -> None:
    text = rules(ABC, decision(MAJORITY))
    ruling = ruled(text, "vote,yes,no,abstain,for_by,against_by|v,,,0,org:a;org:b,org:c")
    assert (ruling.outcome, ruling.count.yes, ruling.count.no, ruling.count.whole) == ("adopted", 2, 1, True)


# What is missing and what is to spare, held to what adding and taking away votes one by one shows.

SIZES = range(4)
SHARES_TRIED = ("0/1", "1/3", "1/2", "2/3", "3/4", "1/1")


def counted(yes: int, no: int, abstain: int) -> Count:
    return Count(yes, no, abstain, yes + no + abstain, told=True)


SETTING = Setting(Roll(others=12, seats=12), frozenset(), abstentions=True)


def bounds() -> list[tuple[dict[str, object], str | None]]:
    kinds = ("at_least", "more_than", "at_most", "fewer_than")
    numbers: list[tuple[dict[str, object], str | None]] = [
        ({kind: bound}, None) for kind in kinds for bound in (0, 1, 3)
    ]
    of = ("cast", "present_and_voting", "present", "members", "seats")
    return numbers + [({kind: bound}, base) for kind in kinds for bound in SHARES_TRIED for base in of]


MOST = 30


def first_change(test: Threshold, votes: tuple[int, int, int], step: tuple[int, int, int]) -> int | None:
    """After how many steps the test first comes out otherwise; None where it does not in as many as are tried."""
    start = measured(test, counted(*votes), SETTING).passed
    for times in range(1, MOST):
        yes, no, abstain = (now + times * by for now, by in zip(votes, step, strict=True))
        if min(yes, no, abstain) < 0:
            return None
        if measured(test, counted(yes, no, abstain), SETTING).passed is not start:
            return times
    return None


@pytest.mark.slow
@pytest.mark.parametrize("votes", ["yes", "no", "abstain"])
def test_missing_and_spare_are_what_adding_votes_shows(votes: str) -> None:
    own = tuple(int(votes == side) for side in ("yes", "no", "abstain"))
    other = (0, 1, 0) if votes == "yes" else (1, 0, 0)
    for bound, of in bounds():
        test = Threshold(votes=votes, of=of, **bound)  # type: ignore[arg-type]  # as the table above writes them
        lower = "at_least" in bound or "more_than" in bound
        for told in ((y, n, a) for y in SIZES for n in SIZES for a in SIZES):
            found = measured(test, counted(*told), SETTING)
            if not found.passed:
                step = own if lower else tuple(-each for each in own)
                assert found.missing == first_change(test, told, step), (test, told)  # type: ignore[arg-type]  # three
            elif not lower:
                least = first_change(test, told, own)  # type: ignore[arg-type]  # three
                assert found.spare == (None if least is None else least - 1), (test, told)
            elif found.spare is not None:
                least = first_change(test, told, other)
                assert found.spare == (None if least is None else least - 1), (test, told)


def test_votes_not_in_favour_are_not_added_one_by_one_to_a_base_of_votes() -> None:
    for test in (
        Threshold(votes="not_yes", of="cast", at_most="1/2"),
        Threshold(votes="not_yes", of="cast", at_least="1/2"),
    ):
        for told in ((0, 3, 0), (3, 0, 0)):
            found = measured(test, counted(*told), SETTING)
            assert (found.missing, found.spare) == (None, None)


def test_every_base_of_votes_has_its_choices() -> None:
    assert set(BY_CHOICE) == {"cast", "voting", "present"}
