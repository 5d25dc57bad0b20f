"""Quorums: enough were there or not, of what, when, and what becomes of it where they were not."""

import pytest

from chancery.rules.deciding import decide
from chancery.rules.rulebook import Provided, Rulebook
from chancery.rules.votes import Vote
from chancery.rules.voting import Quorum
from chancery.values import Ref
from tests.ruled import ABC, BODY, MAJORITY, book_of, decision, members, outcome, ruled, rules, said, tally

TEN = 'type = "members", others = 10'
ORDINARY = decision(MAJORITY)


def quorum(bound: str, **more: str) -> str:
    return f'type = "quorum", {bound}' + "".join(f", {name} = {value}" for name, value in more.items())


@pytest.mark.parametrize(
    ("bound", "more", "there", "found"),
    [
        ("at_least = 5", {}, 5, "adopted"),
        ("at_least = 5", {}, 4, "no_quorum"),
        ("more_than = 5", {}, 5, "no_quorum"),
        ("more_than = 5", {}, 6, "adopted"),
        ('at_least = "1/2"', {"of": '"members"'}, 5, "adopted"),
        ('at_least = "1/2"', {"of": '"members"'}, 4, "no_quorum"),
        ('more_than = "1/2"', {"of": '"members"'}, 5, "no_quorum"),
        ('more_than = "1/2"', {"of": '"members"'}, 6, "adopted"),
        ('at_least = "1/2"', {"of": '"seats"'}, 5, "no_quorum"),
        ('at_least = "1/2"', {"of": '"seats"'}, 6, "adopted"),
    ],
)
def test_enough_are_there_or_no_decision_is_taken(bound: str, more: dict[str, str], there: int, found: str) -> None:
    text = rules(TEN, 'type = "seats", number = 12', ORDINARY, quorum(bound, **more))
    ruling = tally(text, there, 0, present=there)
    assert ruling.outcome == found
    assert ruling.quorum[0].have == there
    assert ("No decision could be taken." in said(ruling)) is (found == "no_quorum")


def test_of_all_present_or_of_those_only_who_vote() -> None:
    idle = decision(MAJORITY, present_without_voting="true")
    assert tally(rules(TEN, idle, quorum("at_least = 5")), 3, 0, present=5).outcome == "adopted"
    voting = quorum("at_least = 5", counts='"voting"')
    assert tally(rules(TEN, idle, voting), 3, 0, present=5).outcome == "no_quorum"
    assert tally(rules(TEN, idle, voting), 3, 0, 2, present=5).outcome == "adopted"
    assert outcome(rules(TEN, idle, voting), "vote,yes,no,abstain|v,3,0,") == "undecided"


def test_how_many_were_there_is_at_the_least_how_many_took_part() -> None:
    text = rules(TEN, ORDINARY, quorum("at_least = 5"))
    assert tally(text, 5, 0).outcome == "adopted"
    ruling = tally(text, 3, 0)
    assert ruling.outcome == "undecided"
    assert "Whether a quorum was there is not known." in said(ruling)
    assert tally(text, 1, 3).outcome == "rejected"


def test_it_is_not_known_where_the_members_are_not() -> None:
    text = rules('type = "members", open = true', ORDINARY, quorum('at_least = "1/2"', of='"members"'))
    assert tally(text, 5, 0, present=5).outcome == "undecided"


def test_it_may_be_taken_at_the_opening_only() -> None:
    text = rules(TEN, ORDINARY, quorum("at_least = 5", taken='"at_the_opening"'))
    assert tally(text, 3, 0, present=3, opening=5).outcome == "adopted"
    assert tally(text, 6, 0, present=6, opening=4).outcome == "no_quorum"
    ruling = tally(text, 6, 0, present=6)
    assert ruling.outcome == "undecided"
    assert "How many were there at the opening is not told" in said(ruling)


@pytest.mark.parametrize(
    ("failing", "words"),
    [
        ("no_decision", "No decision could be taken."),
        ("adjourned", "The meeting is adjourned."),
        ("second_call", "It may be called again, with a lower bar."),
    ],
)
def test_what_its_failure_does_is_said(failing: str, words: str) -> None:
    text = rules(TEN, ORDINARY, quorum("at_least = 5", failing=f'"{failing}"', at_second_call="3"))
    ruling = tally(text, 4, 0, present=4)
    assert ruling.outcome == "no_quorum"
    assert words in said(ruling)


def test_at_a_second_call_the_bar_is_lower() -> None:
    text = rules(TEN, ORDINARY, quorum('more_than = "1/2"', of='"members"', at_second_call='"3/10"'))
    assert tally(text, 3, 0, present=3).outcome == "no_quorum"
    assert tally(text, 3, 0, present=3, call=2).outcome == "adopted"
    assert tally(text, 2, 0, present=2, call=2).outcome == "no_quorum"
    same = rules(TEN, ORDINARY, quorum("at_least = 5"))
    assert tally(same, 4, 0, present=4, call=2).outcome == "no_quorum"


GROUPED = (members("a", "b", group='"big"'), members("c", "d", "e"))


def test_it_may_be_one_of_a_group() -> None:
    text = rules(*GROUPED, ORDINARY, quorum('at_least = "1/2"', of='"members"', group='"big"'))
    assert outcome(text, "vote,party,choice|v,org:a,yes|v,org:c,yes") == "adopted"
    assert outcome(text, "vote,party,choice|v,org:a,absent|v,org:c,yes|v,org:d,yes") == "no_quorum"
    assert outcome(text, "vote,yes,no,abstain|v,3,0,0") == "undecided"
    assert outcome(text, "vote,yes,no,abstain,for_by|v,3,0,0,org:a") == "adopted"


def test_every_quorum_must_be_there() -> None:
    text = rules(*GROUPED, ORDINARY, quorum("at_least = 2", group='"big"'), quorum("at_least = 4"))
    assert outcome(text, "vote,party,choice|v,org:a,yes|v,org:b,yes|v,org:c,no|v,org:d,yes") == "adopted"
    assert outcome(text, "vote,party,choice|v,org:a,yes|v,org:b,yes|v,org:c,no") == "no_quorum"
    assert outcome(text, "vote,party,choice|v,org:a,yes|v,org:c,yes|v,org:d,no|v,org:e,yes") == "no_quorum"


def test_one_for_a_kind_of_decision_stands_before_one_for_all() -> None:
    text = rules(
        TEN, ORDINARY, decision(MAJORITY, name="grave"), quorum("at_least = 3"), quorum("at_least = 8", on='["grave"]')
    )
    assert tally(text, 4, 0, present=4).outcome == "adopted"
    assert tally(text, 4, 0, present=4, matter="grave").outcome == "no_quorum"


def test_whoever_carries_many_votes_is_one_who_is_there() -> None:
    text = rules(ABC, ORDINARY, quorum('at_least = "2/3"', of='"members"'))
    assert outcome(text, "vote,party,choice,weight|v,org:a,yes,10") == "no_quorum"
    assert outcome(text, "vote,party,choice,weight|v,org:a,yes,0.5|v,org:b,yes,0.5") == "adopted"
    voting = rules(ABC, ORDINARY, quorum("at_least = 2", counts='"voting"'))
    assert outcome(voting, "vote,party,choice,weight|v,org:a,yes,10|v,org:b,not_voting,") == "no_quorum"


def test_who_is_recused_is_out_of_it_or_present_as_the_rule_has_it() -> None:
    half = quorum('at_least = "2/3"', of='"members"')
    ballots = "vote,party,choice|v,org:a,yes|v,org:b,recused|v,org:c,absent"
    out = ruled(rules(ABC, ORDINARY, half), ballots)
    assert (out.outcome, out.quorum[0].have, out.quorum[0].base) == ("no_quorum", 1, 2)
    present = ruled(rules(ABC, ORDINARY, half, 'type = "franchise", recused = "present"'), ballots)
    assert (present.outcome, present.quorum[0].have, present.quorum[0].base) == ("adopted", 2, 3)
    weighed = ruled(
        rules(ABC, ORDINARY, half, 'type = "franchise", recused = "present"'),
        "vote,party,choice,weight|v,org:a,yes,2|v,org:b,recused,|v,org:c,absent,",
    )
    assert weighed.quorum[0].have == 2


def test_a_quorum_without_a_bar_is_not_known() -> None:
    provided = Provided(Quorum(), BODY, "art. 9", "e", Ref("instrument:i"))
    book = book_of(TEN, ORDINARY)
    ruling = decide(Vote(id="v", yes=3, no=1), Rulebook(BODY, [*book.provided, provided]))
    assert ruling.outcome == "undecided"
    assert "4 were there; how many are a quorum is not known." in said(ruling)
    early = decide(Vote(id="v", yes=3, no=1, present=3), book_of(TEN, ORDINARY, quorum("at_least = 9")))
    assert "Only 3 were there" in said(early)
    few = tally(rules(TEN, ORDINARY, quorum("at_least = 9")), 3, 1)
    assert "4 were there at the least; the quorum is 9." in said(few)
