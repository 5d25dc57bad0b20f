"""Deciding: every outcome of a vote, under the rule that governs it, and what is said of it."""

from fractions import Fraction

import pytest
from msgspec.structs import replace

from chancery.rules.deciding import decide
from chancery.rules.votes import Vote
from tests.ruled import ABC, MAJORITY, book_of, decision, members, outcome, provision, ruled, rules, said, table, tally
from tests.ruled import sound as read

TEN = 'type = "members", others = 10'
ORDINARY = decision(MAJORITY)
TWO_THIRDS = 'type = "threshold", at_least = "2/3", of = "cast"'
CASTING = 'type = "casting_vote", by = "office:chair"'
APPROVAL = 'type = "approval", by = "office:chair"'
ALONE = 'type = "decision", name = "alone", ordinary = true, by = "office:chair"'


# Which rule governs which matter.


@pytest.mark.parametrize(
    ("matter", "rule"),
    [
        ("", "ordinary"),
        ("ordinary", "ordinary"),
        ("budget", "money"),
        ("budget.annual", "money"),
        ("budget.annual.first", "money"),
        ("budget.secret", "secret"),
        ("budget.secret.first", "secret"),
        ("elections", "rest"),
    ],
)
def test_what_names_a_matter_governs_it_before_what_names_that_of_which_it_is_a_case(matter: str, rule: str) -> None:
    text = rules(
        TEN,
        ORDINARY,
        decision(MAJORITY, name="money", matters='["budget"]'),
        decision(TWO_THIRDS, name="secret", matters='["budget.secret"]'),
        decision(TWO_THIRDS, name="rest", general="true"),
    )
    assert ruled(text, f"vote,yes,no,abstain,matter|v,5,1,0,{matter}").name == rule


def test_that_a_general_rule_governs_is_said() -> None:
    text = rules(TEN, ORDINARY, decision(MAJORITY, name="rest", general="true"))
    assert "No rule names the matter war; the general rule governs it." in said(
        ruled(text, "vote,yes,no,abstain,matter|v,5,1,0,war")
    )
    assert "general rule" not in said(ruled(text, "vote,yes,no,abstain,matter|v,5,1,0,ordinary"))


def test_where_no_rule_governs_the_charter_is_silent_and_the_vote_stays_open() -> None:
    text = rules(TEN, decision(MAJORITY, name="money"))
    ruling = ruled(text, "vote,yes,no,abstain,matter|v,10,0,0,war")
    assert (ruling.outcome, ruling.rule, ruling.name) == ("undecided", None, "")
    assert said(ruling) == "Undecided. The charter is silent: no rule in force says how war is decided."
    unnamed = tally(text, 10, 0)
    assert unnamed.outcome == "undecided"
    assert "how a vote that names no matter is decided" in said(unnamed)


def test_a_rule_may_be_tried_in_the_place_of_the_one_that_governs() -> None:
    text = rules(TEN, ORDINARY, decision(TWO_THIRDS, name="grave"))
    row = "vote,yes,no,abstain|v,6,4,0"
    assert outcome(text, row) == "adopted"
    assert outcome(text, row, rule="grave") == "rejected"


def test_rules_of_equal_reach_decide_nothing() -> None:
    book, parties = read(rules(TEN, ORDINARY))
    twice = book_of(
        TEN, provision(ORDINARY, "art. 1", until="2020-12-31"), provision(ORDINARY, "art. 2", effective="2021-01-01")
    )
    assert decide(table("vote,yes,no|v,3,1", parties).votes[0], book).outcome == "adopted"
    provided = [each for each in twice.provided if each.article in ("art. 1", "art. 2")]
    overlapping = type(twice)(twice.body, [*book.provided, *provided])
    ruling = decide(Vote(id="v", yes=3, no=1, day=737_000), overlapping)
    assert ruling.outcome == "undecided"
    assert "Several rules of equal reach are in force" in said(ruling)


DATED = rules(
    TEN,
    provision(ORDINARY, "art. 1 old", until="2020-12-31"),
    provision(decision(TWO_THIRDS), "art. 1 new", effective="2021-01-01"),
)


@pytest.mark.parametrize(
    ("date", "article"),
    [
        ("1900-01-01", "art. 1 old"),
        ("2020-12-31", "art. 1 old"),
        ("2021-01-01", "art. 1 new"),
        ("2999-01-01", "art. 1 new"),
        ("", "art. 1 new"),
    ],
)
def test_a_rule_holds_from_its_first_day_to_its_last(date: str, article: str) -> None:
    ruling = ruled(DATED, f"vote,yes,no,abstain,date|v,6,4,0,{date}")
    assert ruling.rule is not None
    assert ruling.rule.article == article


def test_a_decision_like_another_requires_what_that_requires_and_its_own_besides() -> None:
    text = rules(TEN, ORDINARY, decision(name="same", like='"ordinary"'), decision(name="further", like='"same"'))
    assert tally(text, 3, 2, matter="further").outcome == "adopted"
    more = rules(TEN, ORDINARY, decision('type = "threshold", at_least = 4', name="more", like='"ordinary"'))
    assert tally(more, 3, 2, matter="more").outcome == "rejected"
    assert tally(more, 4, 4, matter="more").outcome == "rejected"
    assert tally(more, 4, 3, matter="more").outcome == "adopted"


# A tie, and who may break it.


@pytest.mark.parametrize(
    ("provisions", "chair", "found", "words"),
    [
        ((ORDINARY,), None, "rejected", ""),
        ((decision(MAJORITY, tie='"rejected"'),), None, "rejected", ""),
        ((decision(MAJORITY, tie='"adopted"'),), None, "adopted", "The votes are equal, and a tie carries."),
        ((ORDINARY, CASTING), "yes", "adopted", "The votes are equal; office:chair votes for it."),
        ((ORDINARY, CASTING), "no", "rejected", "The votes are equal; office:chair votes against it."),
        ((ORDINARY, CASTING), None, "tie", "office:chair may break the tie, and no vote of that kind is told."),
        ((decision(MAJORITY, tie='"rejected"'), CASTING), None, "rejected", "did not vote to break the tie"),
        ((decision(MAJORITY, tie='"adopted"'), CASTING), None, "adopted", "did not vote to break the tie"),
        ((decision(TWO_THIRDS), CASTING), "yes", "rejected", ""),
        ((decision(TWO_THIRDS), CASTING), None, "rejected", ""),
    ],
)
def test_a_tie_comes_to_what_the_rules_say(
    provisions: tuple[str, ...], chair: str | None, found: str, words: str
) -> None:
    ruling = tally(rules(TEN, *provisions), 5, 5, chair=chair)
    assert ruling.outcome == found
    assert words in said(ruling)


SHARES = 'type = "weights", name = "shares", values = { "org:a" = "2.5", "org:b" = "1.5", "org:c" = 1 }'
BY_SHARES = decision('type = "threshold", more_than = "1/2", of = "cast", weight = "shares"')
WEIGHED = rules(ABC, SHARES, BY_SHARES, CASTING)


@pytest.mark.parametrize(("chair", "found"), [("yes", "adopted"), ("no", "rejected"), ("", "tie")])
def test_where_votes_are_weighed_they_are_equal_by_weight(chair: str, found: str) -> None:
    ballots = f"vote,party,choice,chair|v,org:a,yes,{chair}|v,org:b,no,|v,org:c,no,"
    ruling = ruled(WEIGHED, ballots)
    assert ruling.outcome == found
    assert "though the votes were not equal" not in said(ruling)
    sums = f"vote,yes,no,abstain,shares.yes,shares.no,chair|v,,,,2.5,2.5,{chair}"
    assert outcome(WEIGHED, sums) == found


def test_as_many_members_of_unequal_weight_are_no_tie() -> None:
    ruling = ruled(WEIGHED, "vote,party,choice,chair|v,org:b,yes,yes|v,org:c,no,|v,org:a,absent,")
    assert ruling.outcome == "adopted"
    assert "though the votes were not equal" in said(ruling)
    assert outcome(WEIGHED, "vote,yes,no,abstain,chair|v,1,2,0,yes") == "undecided"


def test_where_members_count_too_votes_are_equal_by_number() -> None:
    both = decision(MAJORITY, 'type = "any_of", of = [{ type = "threshold", at_least = 1, weight = "shares" }]')
    text = rules(ABC, SHARES, both, CASTING)
    assert outcome(text, "vote,party,choice,chair|v,org:b,yes,yes|v,org:c,no,") == "adopted"
    assert outcome(text, "vote,party,choice,chair|v,org:a,yes,yes|v,org:b,no,|v,org:c,no,") == "rejected"


HALF_OF_BOTH = decision(
    'type = "threshold", more_than = "1/2", of = "members"',
    'type = "threshold", more_than = "1/2", of = "seats", weight = "shares"',
)
BOTH = rules(ABC, SHARES, 'type = "franchise", split = true', HALF_OF_BOTH)


def test_where_members_count_beside_weights_each_is_one_whatever_its_ballot_carries() -> None:
    ruling = ruled(BOTH, "vote,party,choice,weight|v,org:a,yes,2.5|v,org:b,no,1.5|v,org:c,yes,1")
    assert [(test.have, test.need) for test in ruling.tests] == [(2, 2), (Fraction(7, 2), 3)]
    assert ruling.count.yes == 2


def test_who_splits_votes_splits_the_one_of_a_member_alike() -> None:
    split = ruled(BOTH, "vote,party,choice,weight|v,org:a,yes,2|v,org:a,no,0.5|v,org:b,yes,1.5|v,org:c,no,0")
    assert [test.have for test in split.tests] == [Fraction(9, 5), Fraction(7, 2)]
    assert (split.count.no, split.count.present) == (Fraction(6, 5), 3)


def test_who_is_left_over_voted_as_the_side_that_is_not_all_named() -> None:
    assert outcome(BOTH, "vote,yes,no,abstain,against_by|v,2,1,0,org:c") == "adopted"
    assert outcome(BOTH, "vote,yes,no,abstain,against_by|v,2,1,0,org:a") == "rejected"
    assert outcome(BOTH, "vote,yes,no,abstain|v,3,0,0") == "adopted"
    assert outcome(BOTH, "vote,yes,no,abstain|v,2,1,0") == "undecided"
    assert outcome(BOTH, "vote,yes,no,abstain|v,2,0,0") == "undecided"


def test_none_for_and_none_against_is_no_tie() -> None:
    assert tally(rules(TEN, ORDINARY, CASTING), 0, 0, 5).outcome == "rejected"


def test_a_casting_vote_where_there_is_no_tie_is_a_contradiction() -> None:
    for votes, found in (((6, 4), "adopted"), ((4, 6), "rejected")):
        ruling = tally(rules(TEN, ORDINARY, CASTING), *votes, chair="yes")
        assert ruling.outcome == found
        assert list(map(str, ruling.contradictions)) == [
            "A casting vote is told, though the votes were not equal; it is not counted."
        ]


def test_a_chair_who_votes_with_the_others_is_present_once() -> None:
    half = decision('type = "threshold", more_than = "1/2", of = "present"')
    text = rules(TEN, half, f"{CASTING}, also_votes = true")
    assert tally(text, 4, 4, chair="yes").outcome == "adopted"
    assert tally(text, 3, 3, 1, chair="yes", present=7).outcome == "adopted"
    assert tally(rules(TEN, half, CASTING), 3, 3, 1, chair="yes", present=7).outcome == "rejected"
    ruling = tally(rules(TEN, half, CASTING), 4, 4, 1, chair="yes", present=9)
    assert (ruling.outcome, ruling.tests[0].base) == ("rejected", 9)


def test_a_chair_with_a_vote_on_a_tie_only_does_not_vote_with_the_others() -> None:
    ballots = "vote,party,choice|v,org:a,yes|v,org:b,no"
    only = rules(ABC, ORDINARY, 'type = "casting_vote", by = "org:a"')
    assert "org:a voted with the others, and has a vote on a tie only." in said(ruled(only, ballots))
    both = rules(ABC, ORDINARY, 'type = "casting_vote", by = "org:a", also_votes = true')
    assert "vote on a tie only" not in said(ruled(both, ballots))


# Approval.


@pytest.mark.parametrize(
    ("answer", "found"),
    [("given", "adopted"), ("refused", "rejected"), ("pending", "awaiting_approval"), ("", "awaiting_approval")],
)
def test_a_decision_may_need_an_approval(answer: str, found: str) -> None:
    text = rules(TEN, ORDINARY, APPROVAL)
    assert tally(text, 6, 4, approval=answer).outcome == found
    assert tally(text, 4, 6, approval=answer).outcome == "rejected"


@pytest.mark.parametrize(
    ("silence", "today", "found"),
    [
        ("approved", "2026-01-11", "awaiting_approval"),
        ("approved", "2026-01-12", "adopted"),
        ("refused", "2026-01-11", "awaiting_approval"),
        ("refused", "2026-01-12", "rejected"),
        (None, "2026-01-11", "awaiting_approval"),
        (None, "2026-01-12", "awaiting_approval"),
        ("approved", None, "awaiting_approval"),
    ],
)
def test_an_approval_has_its_time(silence: str | None, today: str | None, found: str) -> None:
    more = "" if silence is None else f', silence = "{silence}"'
    text = rules(TEN, ORDINARY, f"{APPROVAL}, within_days = 10{more}")
    ruling = ruled(text, "vote,yes,no,abstain,date|v,6,4,0,2026-01-01", today=today)
    assert ruling.outcome == found
    passed = silence is None and today == "2026-01-12"
    assert ("has passed; what that means, the rules do not say" in said(ruling)) is passed


def test_an_approval_without_a_limit_waits_and_says_that_the_rules_are_silent() -> None:
    ruling = ruled(rules(TEN, ORDINARY, APPROVAL), "vote,yes,no,abstain|v,6,4,0", today="2026-01-01")
    assert ruling.outcome == "awaiting_approval"
    assert "Until when it may be approved, and what silence means, the rules do not say." in said(ruling)


def test_an_approval_that_no_rule_asks_for_is_a_contradiction() -> None:
    ruling = tally(rules(TEN, ORDINARY), 6, 4, approval="refused")
    assert ruling.outcome == "adopted"
    assert "An approval is told, and the rules ask for none." in said(ruling)


# Without a vote, and by the chair alone.


@pytest.mark.parametrize(("chair", "found"), [("yes", "adopted"), ("no", "rejected"), ("", "undecided")])
def test_somebody_may_decide_alone(chair: str, found: str) -> None:
    ruling = ruled(rules(TEN, ALONE), f"vote,yes,no,abstain,chair|v,,,,{chair}")
    assert ruling.outcome == found
    words = {"adopted": "decides alone.", "rejected": "did not so decide.", "undecided": "is not told."}
    assert words[found] in said(ruling)


def test_that_it_was_decided_by_the_chair_is_told_by_its_manner_too() -> None:
    assert outcome(rules(TEN, ALONE), "vote,yes,no,abstain,manner|v,,,,chair") == "adopted"


def test_a_decision_alone_may_need_approval_too() -> None:
    text = rules(TEN, ALONE, 'type = "approval", by = "body:b"')
    assert outcome(text, "vote,yes,no,abstain,chair|v,,,,yes") == "awaiting_approval"


def test_a_decision_may_be_taken_without_a_vote_where_the_rules_say_so() -> None:
    row = "vote,yes,no,abstain,manner|v,,,,without_vote"
    assert outcome(rules(TEN, decision(MAJORITY, without_vote="true")), row) == "adopted"
    silent = ruled(rules(TEN, ORDINARY), row)
    assert silent.outcome == "undecided"
    assert "the rules are silent on whether that may be" in said(silent)
    odd = ruled(rules(TEN, decision(MAJORITY, without_vote="true")), row.replace(",,,,", ",1,3,,"))
    assert "it is told to have been decided without a vote" in said(odd)
    waits = rules(TEN, decision(MAJORITY, without_vote="true"), APPROVAL)
    assert outcome(waits, row) == "awaiting_approval"


def test_where_no_votes_are_told_nothing_is_counted() -> None:
    ruling = ruled(rules(TEN, ORDINARY), "vote,yes,no,abstain|v,,,")
    assert ruling.outcome == "undecided"
    assert "No votes are told, so nothing can be counted." in said(ruling)


# What is told of the outcome, and how well the rule is known.


def test_an_outcome_on_record_that_differs_is_a_contradiction_and_stays() -> None:
    text = rules(TEN, ORDINARY, CASTING)
    assert tally(text, 6, 4, outcome="adopted").contradictions == ()
    ruling = tally(text, 6, 4, outcome="rejected")
    assert ruling.outcome == "adopted"
    assert "A source has it as Not adopted; by the rules it comes to Adopted." in said(ruling)
    assert "it comes to A tie" in said(tally(text, 5, 5, outcome="rejected"))


def test_what_was_read_in_a_report_only_is_said() -> None:
    ruling = tally(rules(TEN, provision(ORDINARY, evidence="reported")), 6, 4)
    assert ruling.outcome == "adopted"
    assert "art. 1 was read in a report, not in the text itself." in said(ruling)


def test_that_sources_differ_on_the_rule_is_said() -> None:
    book = book_of(TEN, ORDINARY)
    doubted = type(book)(book.body, [replace(each, contested=True) for each in book.provided])
    assert "Sources differ on what art. 1 says." in said(decide(Vote(id="v", yes=6, no=4), doubted))


def test_a_ruling_reads_as_a_paragraph() -> None:
    text = rules(
        members("a", "b", "c", "d", group='"big_ones"'),
        'type = "weights", name = "gold", values = { "org:a" = 1, "org:b" = 1, "org:c" = "0.5", "org:d" = "0.5" }',
        provision(
            decision('type = "threshold", more_than = "1/2", of = "members", weight = "gold", group = "big_ones"'),
            version="2",
        ),
        'type = "quorum", at_least = 2',
    )
    ruling = ruled(text, "vote,party,choice|v,org:a,yes|v,org:c,no|v,org:d,absent")
    assert said(ruling) == (
        "Not adopted under art. 1 (ordinary, version 2). 2 were there; the quorum is 2. "
        "1 in favour, 2 needed (of 3 members in office), by gold, among big ones. 1 more would have done."
    )


@pytest.mark.parametrize(
    ("test", "words"),
    [
        ('at_least = 3, votes = "no"', "2 against, 3 needed. 1 more would have done."),
        ('at_most = 1, votes = "no"', "2 against, at most 1 allowed. 1 fewer would have done."),
        ('at_most = 1, votes = "abstain"', "3 abstaining, at most 1 allowed. 2 fewer would have done."),
        ('at_least = 4, votes = "abstain"', "3 abstaining, 4 needed. 1 more would have done."),
        ('at_most = 4, votes = "not_yes"', "5 not in favour, at most 4 allowed. 1 fewer would have done."),
        ('at_least = 6, votes = "not_yes"', "5 not in favour, 6 needed. 1 more would have done."),
        ("at_most = 4", "5 in favour, at most 4 allowed. 1 fewer would have done."),
        (
            'more_than = "5/7", of = "cast"',
            "5 in favour, 6 needed (of 7 votes for and against). 1 more would have done.",
        ),
        ('at_least = "4/5", of = "present"', "5 in favour, 8 needed (of 10 members present). 15 more would have done."),
        ('at_least = "1/2", of = "seats"', "5 in favour, 6 needed (of 12 seats). 1 more would have done."),
        (
            'more_than = "1/2", of = "present_and_voting"',
            "5 in favour, 6 needed (of 10 members present and voting). 1 more would have done.",
        ),
    ],
)
def test_each_test_is_told_with_what_was_had_and_needed(test: str, words: str) -> None:
    text = rules(TEN, 'type = "seats", number = 12', decision(f'type = "threshold", {test}', abstentions='"voting"'))
    ruling = tally(text, 5, 2, 3)
    assert ruling.outcome == "rejected"
    assert said(ruling) == f"Not adopted under art. 1 (ordinary). {words}"


def test_of_tests_of_which_one_is_enough_the_one_that_was_met_is_told() -> None:
    tests = 'type = "any_of", of = [{ type = "threshold", at_least = 9 }, { type = "threshold", at_least = 5 }]'
    text = rules(TEN, decision(tests))
    assert said(tally(text, 6, 1)) == "Adopted under art. 1 (ordinary). 6 in favour, 5 needed."
    assert "9 needed. 5 more would have done. 4 in favour, 5 needed." in said(tally(text, 4, 1))
    every = rules(TEN, decision(tests.replace("any_of", "all_of")))
    assert "9 needed. 3 more would have done. 6 in favour, 5 needed." in said(tally(every, 6, 1))
