"""Scrutiny: what is wrong with votes, every fault at its row and column; nothing is decided on bad data."""

import pytest

from tests.ruled import ABC, MAJORITY, decision, members, provision, rules, wrong

ORDINARY = decision(MAJORITY)
TEXT = rules(ABC, ORDINARY)
TEN = rules('type = "members", others = 10', ORDINARY)


def told(text: str, csv: str, rule: str | None = None) -> list[tuple[int | None, str | None, str]]:
    return [(line, column, code) for line, column, code, _ in wrong(text, csv, rule)]


def test_every_fault_is_told_at_once_with_its_row_and_column() -> None:
    csv = "vote,party,choice|v,org:a,perhaps|,org:b,yes|v,,yes|v,org:x,yes|v,org:b,|w,org:b,no|w,org:b,yes"
    assert told(TEXT, csv) == [
        (2, "choice", "unknown-choice"),
        (3, "vote", "no-vote"),
        (4, "party", "no-party"),
        (6, "choice", "no-choice"),
        (5, "party", "unknown-party"),
        (8, "party", "two-ballots"),
    ]


def test_a_party_that_nobody_knows_is_told_with_what_may_be_meant() -> None:
    text = rules(members("alder", "birch"), ORDINARY)
    ((_, _, _, said),) = wrong(text, "vote,party,choice|v,org:aldr,yes")
    assert said == "org:aldr is no party that the rules know; did you mean org:alder?"
    ((_, _, _, said),) = wrong(text, "vote,party,choice|v,state:fr,yes")
    assert said == "state:fr is no party that the rules know"


def test_a_party_without_a_seat_that_day_is_told_with_the_day() -> None:
    text = rules(
        provision('type = "members", parties = ["org:a", "org:b"]', until="2020-12-31"),
        provision('type = "members", parties = ["org:a"]', effective="2021-01-01"),
        ORDINARY,
    )
    assert wrong(text, "vote,party,choice,date|v,org:b,yes,2020-12-31") == []
    ((line, column, code, said),) = wrong(text, "vote,party,choice,date|v,org:b,yes,2021-01-01")
    assert (line, column, code, said) == (2, "party", "no-seat", "org:b had no seat on 2021-01-01")
    assert "on the day of the vote" in wrong(text, "vote,party,choice|v,org:b,yes")[0][3]


def test_where_seats_are_not_named_anybody_may_have_one_but_no_more_than_there_are() -> None:
    text = rules(members("a", others="2"), ORDINARY)
    assert told(text, "vote,party,choice|v,org:a,yes|v,state:fr,no|v,state:be,no") == []
    assert told(text, "vote,party,choice|v,state:fr,yes|v,state:be,no|v,state:it,no") == [(2, "vote", "no-seat")]
    assert told(text, "vote,party,choice|v,Nobody,yes") == [(2, "party", "unknown-party")]
    open_ = rules('type = "members", open = true', ORDINARY)
    assert told(open_, "vote,party,choice|v,Nobody,yes|v,state:fr,no") == []


def test_holders_of_offices_and_members_of_groups_are_known() -> None:
    text = rules(ABC, members("d", group='"big"'), ORDINARY, 'type = "veto", by = ["office:chair"]')
    assert told(text, "vote,yes,no,abstain,vetoed_by,against_by|v,2,1,0,office:chair,org:d") == []


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ("8,1,1,10", None),
        ("8,1,1,9", ("present", "does-not-add-up")),
        ("5,1,1,9", ("present", "does-not-add-up")),
        ("5,1,,9", None),
        ("8,2,1,", ("yes", "does-not-add-up")),
    ],
)
def test_votes_add_up_to_those_present_and_are_no_more_than_there_are(
    cells: str, fault: tuple[str, str] | None
) -> None:
    found = told(TEN, f"vote,yes,no,abstain,present|v,{cells}")
    assert [each[1:] for each in found] == ([] if fault is None else [fault])


def test_some_may_be_present_and_take_no_part_where_the_rule_knows_that() -> None:
    text = rules('type = "members", others = 10', decision(MAJORITY, present_without_voting="true"))
    assert told(text, "vote,yes,no,abstain,present|v,5,1,1,9") == []
    assert told(text, "vote,yes,no,abstain,present|v,8,1,1,9") == [(2, "present", "does-not-add-up")]
    assert told(text, "vote,yes,no,abstain,absent|v,8,1,1,1") == [(2, "yes", "does-not-add-up")]


def test_seats_bound_votes_where_members_are_not_known_and_groups_where_they_vote_bound_nothing() -> None:
    seats = rules('type = "members", open = true', 'type = "seats", number = 5', ORDINARY)
    assert told(seats, "vote,yes,no|v,5,1") == [(2, "yes", "does-not-add-up")]
    people = rules(
        members("a", "b", group='"cantons"'),
        decision(MAJORITY, 'type = "threshold", more_than = "1/2", of = "cast", group = "cantons"'),
    )
    assert told(people, "vote,yes,no,for_by|v,5000,4000,org:a;org:b") == []
    nested = decision('type = "any_of", of = [{ type = "threshold", at_least = 2, group = "cantons" }]')
    assert told(rules(members("a", "b", group='"cantons"'), nested), "vote,yes,no|v,5000,4000") == []
    silent = rules(ABC, decision(MAJORITY, name="money"))
    assert told(silent, "vote,yes,no|v,5000,4000") == []


def test_nobody_is_named_twice_on_one_side_or_on_two_or_beyond_the_number() -> None:
    head = "vote,yes,no,abstain,for_by,against_by|"
    assert told(TEXT, head + "v,2,1,0,org:a;org:a,org:c") == [(2, "for_by", "two-ballots")]
    assert told(TEXT, head + "v,2,1,0,org:a,org:a") == [(2, "against_by", "two-ballots")]
    assert told(TEXT, head + "v,1,1,0,org:a;org:b,org:c") == [(2, "for_by", "does-not-add-up")]


def test_who_has_no_weight_where_votes_are_weighed_is_told() -> None:
    gold = 'type = "weights", name = "gold", values = { "org:a" = 1, "org:b" = 2 }'
    weighed = decision('type = "threshold", more_than = "1/2", of = "cast", weight = "gold"')
    text = rules(ABC, gold, weighed)
    found = wrong(text, "vote,party,choice|v,org:a,yes|v,org:c,no")
    assert [(line, code, said) for line, _, code, said in found] == [
        (3, "no-weight", "org:c has no weight in the table gold")
    ]


GOLD = 'type = "weights", name = "gold", values = { "org:a" = 5, "org:b" = "2.5", "org:c" = "2.5" }'
WEIGHED = rules(
    ABC,
    members("b", "c", group='"few"'),
    GOLD,
    'type = "franchise", split = true, proxies = 1',
    decision('type = "threshold", more_than = "1/2", of = "cast", weight = "gold"'),
    decision('type = "threshold", at_least = 2, group = "few"', name="grants"),
    decision('type = "threshold", at_least = 2, group = "few", weight = "gold"', name="gifts"),
)


def test_ballots_carry_no_more_than_their_party_has() -> None:
    head = "vote,party,choice,weight|"
    assert told(WEIGHED, head + "v,org:a,yes,5|v,org:b,yes,2|v,org:b,no,0.5|v,org:c,no,1") == []
    found = wrong(WEIGHED, head + "v,org:a,yes,50|v,org:b,yes,2|v,org:b,no,1")
    assert [(line, column, code) for line, column, code, _ in found] == [
        (2, "weight", "too-much-weight"),
        (4, "weight", "too-much-weight"),
    ]
    assert found[1][3] == "org:b has 2.5 in the table gold, and its ballots carry 3; leave the weight out"


def test_who_has_given_a_proxy_does_not_vote_as_well_though_votes_may_be_split() -> None:
    head = "vote,party,choice,weight,proxy_for|"
    found = wrong(WEIGHED, head + "v,org:a,yes,5,|v,org:a,no,1,org:b|v,org:b,yes,1,")
    assert [(line, column, code) for line, column, code, _ in found] == [(4, "party", "two-ballots")]
    assert "who has given a proxy does not vote as well" in found[0][3]


@pytest.mark.parametrize(
    ("matter", "name", "most"), [("ordinary", "gold", "10"), ("grants", "few", "2"), ("gifts", "few", "5")]
)
def test_sums_are_no_more_than_there_is(matter: str, name: str, most: str) -> None:
    head = f"vote,matter,yes,no,abstain,{name}.yes,{name}.no|v,{matter},,,,"
    assert told(WEIGHED, f"{head}1,{int(most) - 1}") == []
    ((line, column, code, said),) = wrong(WEIGHED, f"{head}1,{most}")
    assert (line, column, code) == (2, f"{name}.yes", "does-not-add-up")
    assert said == f"{int(most) + 1} are told of {name}, and there are {most}"


def test_where_votes_are_weighed_it_is_said_where_their_sums_stand() -> None:
    ((_, _, _, said),) = wrong(WEIGHED, "vote,yes,no,abstain|v,6,4,0")
    assert said == "10 votes or members are told, and there are 3; what votes weigh stands in columns such as gold.yes"


def test_where_fewer_vote_than_are_there_it_is_said_what_the_rule_needs() -> None:
    ((_, _, _, said),) = wrong(TEXT, "vote,yes,no,abstain,present|v,1,1,0,3")
    assert said.endswith(
        "3 were present; where members may be there and not vote, the rule needs present_without_voting"
    )
    ((_, _, _, said),) = wrong(TEXT, "vote,yes,no,abstain,present|v,1,1,0,1")
    assert said == "1 + 1 + 0 votes are 2, and 1 were present"


@pytest.mark.parametrize("weight", ["-1", "1e5", "0.1234567891", "one", "1/0", "٣"])
def test_a_weight_is_a_number_and_not_negative(weight: str) -> None:
    assert told(TEXT, f"vote,party,choice,weight|v,org:a,yes,{weight}") == [(2, "weight", "not-a-weight")]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("yes", "-1", "not-a-number"),
        ("yes", "1.5", "not-a-number"),
        ("present", "many", "not-a-number"),
        ("opening", "x", "not-a-number"),
        ("date", "2020-13-01", "not-a-date"),
        ("deadline", "noon", "not-an-instant"),
        ("extended", "2020-01-01", "not-an-instant"),
        ("chair", "perhaps", "unknown-chair"),
        ("approval", "gven", "unknown-approval"),
        ("manner", "shouting", "unknown-manner"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_at_its_column(column: str, cell: str, code: str) -> None:
    columns = {"yes": "1", "no": "1", "abstain": "0", column: cell}
    csv = f"vote,{','.join(columns)}|v,{','.join(columns.values())}"
    assert [each for each in told(TEXT, csv) if each[1] == column] == [(2, column, code)]


def test_rows_of_one_vote_tell_the_same_of_it() -> None:
    head = "vote,party,choice,date,matter,chair|"
    assert told(TEXT, head + "v,org:a,yes,2020-01-01,ordinary,yes|v,org:b,yes,2020-01-01,ordinary,") == []
    assert told(TEXT, head + "v,org:a,yes,2020-01-01,ordinary,yes|v,org:b,yes,2020-01-02,,no") == [
        (3, "date", "vote-differs"),
        (3, "matter", "vote-differs"),
        (3, "chair", "vote-differs"),
    ]


def test_a_vote_has_one_row_in_a_table_of_tallies() -> None:
    assert told(TEXT, "vote,yes,no|v,1,1|v,2,1") == [(3, "vote", "vote-twice")]


def test_one_rule_may_be_tried_for_every_vote() -> None:
    gold = 'type = "weights", name = "gold", values = { "org:a" = 1 }'
    other = decision('type = "threshold", more_than = "1/2", of = "cast", weight = "gold"', name="weighed")
    text = rules(ABC, gold, ORDINARY, other)
    assert told(text, "vote,party,choice|v,org:b,yes") == []
    assert told(text, "vote,party,choice|v,org:b,yes", rule="weighed") == [(2, "party", "no-weight")]


CANTONS = (
    members("a", "b", group='"cantons"'),
    'type = "weights", name = "gold", values = { "org:a" = 1 }',
    decision('type = "threshold", more_than = "1/2", of = "cast", group = "cantons", weight = "gold"'),
)


def test_sums_are_those_of_a_group_or_a_table_that_is_in_force() -> None:
    head = "vote,yes,no,{0}.yes,{0}.no|v,1,1,1,0"
    assert wrong(rules(*CANTONS), head.format("cantons")) == []
    assert wrong(rules(*CANTONS), head.format("gold")) == []
    missing = "no group or table of weights called {} is in force then"
    assert wrong(rules(*CANTONS), head.format("canton")) == [
        (2, "canton.yes", "unknown-group", missing.format("canton") + "; did you mean cantons?")
    ]
    assert wrong(rules(*CANTONS), head.format("people")) == [
        (2, "people.yes", "unknown-group", missing.format("people"))
    ]


def test_nobody_needs_a_weight_where_the_sums_are_told() -> None:
    assert told(rules(*CANTONS), "vote,yes,no,for_by|v,1,0,org:b") == [(2, "for_by", "no-weight")]
    for name in ("cantons", "gold"):
        assert told(rules(*CANTONS), f"vote,yes,no,for_by,{name}.yes,{name}.no|v,1,0,org:b,1,0") == []
