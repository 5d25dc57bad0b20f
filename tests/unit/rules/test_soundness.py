"""Soundness: what a rule cannot say, and what rules together cannot mean; each fault with a code of its own."""

import pytest

from chancery.rules.soundness import DEEPEST, MOST_TESTS
from tests.ruled import ABC, MAJORITY, decision, faults, members, provision

ORDINARY = decision(MAJORITY)
TEN = 'type = "members", others = 10'


def nested(depth: int) -> str:
    return MAJORITY if depth == 0 else f'type = "all_of", of = [{{ {nested(depth - 1)} }}]'


@pytest.mark.parametrize(
    ("rule", "code", "said"),
    [
        (decision(), "rule-empty", "has no test: give requires, or like, or by"),
        (decision('type = "threshold"'), "rule-bounds", "needs one bound and no more, and has 0"),
        (decision('type = "threshold", at_least = 1, more_than = 2'), "rule-bounds", "and has 2"),
        (decision('type = "threshold", at_least = 1, of = "cast"'), "rule-share", 'is written as "2/3" or "65%"'),
        (decision('type = "threshold", at_least = "1/2"'), "rule-share", "1/2 is a share; say of what, with of"),
        (decision('type = "threshold", at_least = "3/2", of = "cast"'), "rule-share", "3/2 is more than the whole"),
        (decision('type = "threshold", at_least = "101%", of = "cast"'), "rule-share", "101% is more than the whole"),
        (decision('type = "threshold", more_than = "100%", of = "cast"'), "rule-never-met", "more than the whole"),
        (decision('type = "threshold", votes = "no", fewer_than = 0'), "rule-never-met", "fewer than none"),
        (decision('type = "any_of", of = [{ type = "threshold" }]'), "rule-bounds", "and has 0"),
        (decision(nested(DEEPEST + 1)), "rule-too-deep", "deeper than 8"),
        (decision(*[MAJORITY] * (MOST_TESTS + 1)), "rule-too-wide", "has 101 tests; a decision has at most 100"),
        ('type = "quorum"', "rule-bounds", "and has 0"),
        ('type = "quorum", at_least = 1, more_than = 1', "rule-bounds", "and has 2"),
        ('type = "quorum", at_least = "1/2"', "rule-share", "say of what"),
        ('type = "quorum", at_least = 5, at_second_call = "1/2"', "rule-share", "1/2 is a share"),
        ('type = "quorum", at_least = 5, weight = "gold", taken = "at_the_opening"', "rule-unweighed", "at the vote"),
        ('type = "quorum", at_least = 5, weight = "gold"', "rules-unknown-name", "no table of weights called gold"),
        ('type = "veto"', "rule-empty", "says who has the veto nowhere"),
        ('type = "veto", at_least = 1, more_than = 1', "rule-bounds", "and has 2"),
        ('type = "veto", at_least = "2/3"', "rule-share", "say of what"),
        ('type = "members", others = 2, status = "observer"', "rule-unnamed", "are those of members"),
        ('type = "members", open = true, status = "suspended"', "rule-unnamed", "are those of members"),
    ],
)
def test_what_a_rule_cannot_say(rule: str, code: str, said: str) -> None:
    found = faults(TEN, rule)
    assert said in found[code]


def test_every_fault_of_a_rule_is_told_at_once() -> None:
    one = 'type = "threshold", at_least = "3/2", of = "cast"'
    assert set(faults(TEN, decision(one, 'type = "threshold"'), 'type = "veto"')) == {
        "rule-share",
        "rule-bounds",
        "rule-empty",
    }


@pytest.mark.parametrize(
    "rule",
    [
        ORDINARY,
        decision(nested(DEEPEST)),
        decision(*[MAJORITY] * MOST_TESTS),
        decision('type = "threshold", at_least = "100%", of = "members"'),
        decision('type = "threshold", more_than = "99%", of = "members"'),
        decision('type = "threshold", at_least = 10'),
        decision('type = "threshold", votes = "no", at_least = 1'),
        'type = "decision", name = "alone", by = "office:chair"',
        'type = "veto", at_least = "2/3", of = "members"',
        'type = "quorum", at_least = 10',
    ],
)
def test_what_a_rule_can_say(rule: str) -> None:
    assert faults(TEN, rule) == {}


@pytest.mark.parametrize(
    ("rules", "code", "said"),
    [
        ((ORDINARY, decision(MAJORITY, name="other", ordinary="true")), "rules-overlap", "an ordinary vote"),
        ((decision(MAJORITY, name="a", general="true"), decision(MAJORITY, name="b", general="true")), "rules-overlap",
         "what no rule names"),
        ((decision(MAJORITY, name="a"), decision(MAJORITY, name="a")), "rules-overlap", "how a is decided"),
        ((decision(MAJORITY, name="a", matters='["m"]'), decision(MAJORITY, name="b", matters='["m"]')),
         "rules-overlap", "how m is decided"),
        ((decision(name="a", like='"b"'), decision(name="b", like='"a"')), "rules-circle", "in a circle: "),
        ((decision(name="a", like='"a"'),), "rules-circle", "a > a"),
        ((decision(name="a", like='"ordinery"'), ORDINARY), "rules-unknown-name", "did you mean ordinary?"),
        ((ORDINARY, 'type = "quorum", at_least = 1, on = ["war"]'), "rules-unknown-name", "no decision called war"),
        ((ORDINARY, 'type = "veto", group = "big"'), "rules-unknown-name", "no group called big"),
        ((decision('type = "threshold", at_least = 1, weight = "gold"'),), "rules-unknown-name",
         "no table of weights called gold"),
        ((decision('type = "any_of", of = [{ type = "threshold", at_least = 1, group = "big" }]'),),
         "rules-unknown-name", "no group called big"),
        ((decision('type = "threshold", at_least = 11'),), "rule-never-met", "ordinary can never be adopted"),
        ((ORDINARY, 'type = "quorum", at_least = 11'), "rule-never-met", "10 are all that there are"),
        ((ORDINARY, 'type = "quorum", more_than = "100%", of = "members"'), "rule-never-met", "10 are all"),
        ((ORDINARY, 'type = "quorum", at_least = 11, taken = "at_the_opening"'), "rule-never-met", "10 are all"),
    ],
)  # fmt: skip
def test_what_rules_together_cannot_mean(rules: tuple[str, ...], code: str, said: str) -> None:
    assert said in faults(TEN, *rules)[code]


def test_a_number_that_seats_or_weights_do_not_reach_can_never_be_met() -> None:
    seats = ('type = "members", open = true', 'type = "seats", number = 5')
    assert "rule-never-met" in faults(*seats, decision('type = "threshold", at_least = 6'))
    assert faults(*seats, decision('type = "threshold", at_least = 5')) == {}
    gold = 'type = "weights", name = "gold", values = { "org:a" = 1, "org:b" = "0.5" }'
    assert "rule-never-met" in faults(gold, decision('type = "threshold", at_least = 2, weight = "gold"'))
    assert faults(gold, decision('type = "threshold", at_least = 1, weight = "gold"')) == {}
    group = members("a", "b", group='"big"')
    assert "rule-never-met" in faults(group, decision('type = "threshold", at_least = 3, group = "big"'))


def test_of_a_body_whose_size_is_not_known_no_number_is_too_large() -> None:
    assert faults('type = "members", open = true', decision('type = "threshold", at_least = 5000000')) == {}


def test_rules_one_after_the_other_do_not_overlap() -> None:
    earlier = provision(ORDINARY, "art. 1", until="2020-12-31")
    assert faults(ABC, earlier, provision(ORDINARY, "art. 2", effective="2021-01-01")) == {}
    touching = faults(ABC, earlier, provision(ORDINARY, "art. 2", effective="2020-12-31"))
    assert "art. 1 and art. 2 both say how" in touching["rules-overlap"]


def test_a_name_that_is_in_force_on_other_days_only_is_told() -> None:
    late = provision(decision(MAJORITY, name="war"), "art. 2", effective="2021-01-01")
    assert "rules-unknown-name" in faults(ABC, ORDINARY, late, 'type = "quorum", at_least = 1, on = ["war"]')
