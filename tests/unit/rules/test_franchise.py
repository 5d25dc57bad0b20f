"""Who may vote, and how: statuses, groups, proxies, split votes, recusal; and who is left out of a count, and why."""

from fractions import Fraction

import pytest

from chancery.rules.asides import counted, left_out
from chancery.rules.deciding import decide
from chancery.rules.votes import Ballot, Vote
from chancery.values import Ref
from tests.ruled import ABC, MAJORITY, book_of, decision, members, outcome, ruled, rules, wrong

ORDINARY = decision(MAJORITY)
OF_MEMBERS = decision('type = "threshold", more_than = "1/2", of = "members"')
SEVERAL = (
    ABC,
    members("d", status='"suspended"'),
    members("e", status='"observer"'),
    members("f", status='"provisional"'),
)


def codes(text: str, csv: str) -> list[tuple[int | None, str]]:
    return [(line, code) for line, _, code, _ in wrong(text, csv)]


def test_only_members_vote_unless_the_rules_say_otherwise() -> None:
    csv = "vote,party,choice|v,org:a,yes|v,org:d,yes|v,org:e,yes|v,org:f,no"
    assert codes(rules(*SEVERAL, ORDINARY), csv) == [
        (3, "no-vote-of-its-own"),
        (4, "no-vote-of-its-own"),
        (5, "no-vote-of-its-own"),
    ]
    wider = 'type = "franchise", statuses = ["member", "provisional"]'
    assert codes(rules(*SEVERAL, ORDINARY, wider), csv) == [(3, "no-vote-of-its-own"), (4, "no-vote-of-its-own")]
    ruling = ruled(rules(*SEVERAL, OF_MEMBERS, wider), "vote,party,choice|v,org:a,yes|v,org:b,yes|v,org:f,no")
    assert (ruling.outcome, ruling.tests[0].base) == ("rejected", 4)
    assert ruled(rules(*SEVERAL, OF_MEMBERS), "vote,party,choice|v,org:a,yes|v,org:b,yes").tests[0].base == 3


def test_whoever_has_no_vote_may_be_away_or_concerned() -> None:
    text = rules(*SEVERAL, ORDINARY)
    assert codes(text, "vote,party,choice,concerned|v,org:a,yes,org:e|v,org:e,absent,") == []


def test_only_one_group_may_have_a_vote() -> None:
    text = rules(ABC, members("a", "b", group='"big"'), OF_MEMBERS, 'type = "franchise", group = "big"')
    found = wrong(text, "vote,party,choice|v,org:a,yes|v,org:c,yes")
    assert [(line, code, what) for line, _, code, what in found] == [
        (3, "no-vote-of-its-own", "org:c is not of the group big, which alone votes")
    ]
    assert ruled(text, "vote,party,choice|v,org:a,yes|v,org:b,yes").tests[0].base == 2


PROXIES = rules(ABC, OF_MEMBERS, 'type = "franchise", proxies = 1', 'type = "quorum", at_least = 2')
HEAD = "vote,party,choice,proxy_for|"


def test_a_proxy_votes_for_another_who_is_present_through_it() -> None:
    ruling = ruled(PROXIES, HEAD + "v,org:a,yes,|v,org:a,yes,org:b")
    assert (ruling.outcome, ruling.count.yes, ruling.quorum[0].have) == ("adopted", 2, 2)


def test_a_proxy_whose_holder_is_absent_carries_nothing() -> None:
    ruling = ruled(PROXIES, HEAD + "v,org:a,absent,|v,org:a,yes,org:b|v,org:c,yes,")
    assert (ruling.outcome, ruling.count.yes, ruling.quorum[0].have) == ("no_quorum", 1, 1)
    assert {(each.party, each.why) for each in left_out(ruling)} == {("org:a", "absent"), ("org:b", "holder_absent")}


def test_a_proxy_is_not_passed_on() -> None:
    ruling = ruled(PROXIES, HEAD + "v,org:a,yes,|v,org:a,yes,org:b|v,org:b,yes,org:c")
    assert ruling.count.yes == 2
    assert ("org:c", "holder_absent") in {(each.party, each.why) for each in left_out(ruling)}


def test_who_has_given_a_proxy_does_not_vote_as_well() -> None:
    found = wrong(PROXIES, HEAD + "v,org:a,yes,|v,org:a,yes,org:b|v,org:b,no,")
    assert [(line, code) for line, _, code, _ in found] == [(4, "two-ballots")]
    assert "who has given a proxy does not vote as well" in found[0][3]


def test_for_how_many_one_may_vote_is_for_the_rules_to_say() -> None:
    assert codes(PROXIES, HEAD + "v,org:a,yes,|v,org:a,yes,org:b|v,org:a,yes,org:c") == [(3, "too-many-proxies")]
    assert codes(rules(ABC, ORDINARY), HEAD + "v,org:a,yes,org:b") == [(2, "too-many-proxies")]
    assert codes(PROXIES, HEAD + "v,org:a,yes,org:a") == [(2, "own-proxy")]
    with_observer = rules(*SEVERAL, ORDINARY, 'type = "franchise", proxies = 1')
    assert codes(with_observer, HEAD + "v,org:e,yes,org:b") == [(2, "no-vote-of-its-own")]


SPLIT = rules(ABC, ORDINARY, 'type = "franchise", split = true')


def test_votes_are_split_only_where_the_rules_allow_it() -> None:
    csv = "vote,party,choice,weight|v,org:a,yes,0.6|v,org:a,no,0.4|v,org:b,no,1|v,org:c,yes,1"
    ruling = ruled(SPLIT, csv)
    assert (ruling.outcome, ruling.count.yes, ruling.count.no) == ("adopted", Fraction(8, 5), Fraction(7, 5))
    assert counted(ruling) == {"yes": ["org:a", "org:c"], "no": ["org:a", "org:b"]}
    assert codes(rules(ABC, ORDINARY), csv) == [(3, "two-ballots")]
    assert codes(SPLIT, "vote,party,choice,weight|v,org:a,yes,1|v,org:a,no,") == [(3, "two-ballots"), (3, "no-weight")]
    assert "has a ballot in this vote already, at line 2" in wrong(rules(ABC, ORDINARY), csv)[0][3]


def test_weighed_votes_may_be_split_too() -> None:
    gold = 'type = "weights", name = "gold", values = { "org:a" = 6, "org:b" = 5 }'
    test = decision('type = "threshold", more_than = "1/2", of = "cast", weight = "gold"')
    text = rules(gold, test, 'type = "franchise", split = true')
    assert outcome(text, "vote,party,choice,weight|v,org:a,yes,4|v,org:a,no,2|v,org:b,yes,5") == "adopted"
    assert outcome(text, "vote,party,choice,weight|v,org:a,yes,3|v,org:a,no,3|v,org:b,no,5") == "rejected"


def test_who_is_recused_is_out_of_the_count_or_present() -> None:
    ballots = "vote,party,choice|v,org:a,yes|v,org:b,no|v,org:c,recused"
    half = decision('type = "threshold", at_least = "1/2", of = "members"')
    out = ruled(rules(ABC, half), ballots)
    assert (out.outcome, out.tests[0].base) == ("adopted", 2)
    stays = rules(ABC, half, 'type = "franchise", recused = "present"')
    ruling = ruled(stays, ballots)
    assert (ruling.outcome, ruling.tests[0].base, ruling.count.present) == ("rejected", 3, 3)
    assert [(each.party, each.why) for each in left_out(ruling)] == [("org:c", "recused")]


@pytest.mark.parametrize(("more", "base"), [("", 2), (', recused = "present"', 3)])
@pytest.mark.parametrize("of", ["members", "present"])
def test_of_a_group_too(more: str, base: int, of: str) -> None:
    text = rules(
        members("a", "b", "c", group='"big"'),
        decision(f'type = "threshold", at_least = "1/2", of = "{of}", group = "big"'),
        f'type = "franchise", split = false{more}',
    )
    assert ruled(text, "vote,party,choice|v,org:a,yes|v,org:b,no|v,org:c,recused").tests[0].base == base


def test_who_counts_and_who_does_not_is_told_with_the_reason() -> None:
    concerned = 'type = "threshold", votes = "no", at_most = 0, but_concerned = true'
    text = rules(members("a", "b", "c", "g", "h", "i"), *SEVERAL[1:], decision(concerned))
    ruling = ruled(
        text,
        "vote,party,choice,concerned|v,org:a,yes,org:b|v,org:b,no,|v,org:c,recused,|v,org:g,absent,|v,org:h,not_voting,",
    )
    assert ruling.outcome == "adopted"
    assert counted(ruling) == {"yes": ["org:a"], "no": ["org:b"]}
    assert {(each.party, each.why) for each in left_out(ruling)} == {
        ("org:b", "concerned"),
        ("org:c", "recused"),
        ("org:d", "suspended"),
        ("org:e", "observer"),
        ("org:f", "provisional"),
        ("org:g", "absent"),
        ("org:h", "not_voting"),
        ("org:i", "no_ballot"),
    }


def test_of_a_vote_that_no_rule_governs_only_those_named_are_told() -> None:
    book = book_of(ABC, decision(MAJORITY, name="money"))
    ballots = (Ballot(Ref("org:a"), "absent"), Ballot(Ref("org:b"), "yes"))
    ruling = decide(Vote(id="v", ballots=ballots), book)
    assert [(each.party, each.why) for each in left_out(ruling)] == [("org:a", "absent")]
    tally = decide(Vote(id="v", yes=1, no=0), book_of(ABC, decision('type = "all_of", of = [{ ' + MAJORITY + " }]")))
    assert list(left_out(tally)) == []
