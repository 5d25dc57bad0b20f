"""Faults within a typed rule: all at once, each at its own place and line, with what may be meant."""

import pytest

from chancery.acts import Undecodable, act_of
from chancery.acts.decoding import DEEPEST_TOLD
from tests.ruled import loaded, provision, rules

Fault = tuple[str | None, str, str]


def told(rule: str) -> list[Fault]:
    """What is wrong with a rule: where, by which code, what is said."""
    problems = loaded(rules(rule))[2]
    return [(each.place.field if each.place else None, each.code, str(each.phrase)) for each in problems]


@pytest.mark.parametrize(
    ("rule", "field", "code", "said"),
    [
        ('type = "decission"', "rule.type", "unknown-type", "decission is no type here; did you mean decision?"),
        ('type = "ξ"', "rule.type", "unknown-type", "ξ is no type here; expected one of: admission, duty"),
        ("type = 5", "rule.type", "unknown-type", "5 is no type here; expected one of"),
        ('name = "x"', "rule.type", "unknown-type", "is missing; expected one of: admission, duty"),
        ('type = "quorum", at_lest = 1', "rule.at_lest", "unknown-field", "did you mean at_least?"),
        ('type = "casting_vote"', "rule.by", "missing-field", "is missing; expected a ref (person:…"),
        ('type = "quorum", at_least = "x"', "rule.at_least", "malformed-field",
         'expected a number of votes, or a share such as "2/3" or "65%", found x'),
        ('type = "quorum", at_least = 1, of = "cast"', "rule.of", "malformed-field",
         "one of: members, seats, found cast"),
        ('type = "weights", name = "w", values = { "org:a" = "b" }', "rule.values.org:a", "malformed-field",
         'expected a weight of nought or more: 3, "0.5" or "1/3", found b'),
        ('type = "weights", name = "w", values = 5', "rule.values", "malformed-field",
         "expected a table, each in it a weight of nought or more"),
        ('type = "weights", name = "w", values = {}', "rule.values", "malformed-field", "of length >= 1"),
        ('type = "decision", name = "A b", by = "org:a"', "rule.name", "malformed-field",
         "expected a name of small letters, digits and the signs _ . / -, found A b"),
        ('type = "decision", name = "a", requires = [5]', "rule.requires[0]", "malformed-field",
         "expected a table whose type is one of: threshold, all_of, any_of, found 5"),
        ('type = "veto", by = "org:a"', "rule.by", "malformed-field", "expected a list, each of it a ref"),
        ('type = "duty", owed_by = "org:a", done_by = ["x y"], first = { date = "2020-01-01" }', "rule.done_by[0]",
         "malformed-field", "expected the name of a kind of act, such as vote.cast, found x y"),
        ('type = "duty", owed_by = "org:a", done_by = [], first = { dat = "2020" }', "rule.first.dat", "unknown-field",
         "did you mean date?"),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_own_place(rule: str, field: str, code: str, said: str) -> None:
    ((where, what, words),) = told(rule)
    assert (where, what) == (field, code)
    assert said in words


def test_every_fault_is_told_at_once_however_deep() -> None:
    tests = '{ type = "treshold" }, { type = "any_of", of = [{ type = "threshold", at_lest = 1, of = "caste" }, 5] }'
    assert [each[:2] for each in told(f'type = "decision", nmae = "x", requires = [{tests}]')] == [
        ("rule.nmae", "unknown-field"),
        ("rule.name", "missing-field"),
        ("rule.requires[0].type", "unknown-type"),
        ("rule.requires[1].of[0].at_lest", "unknown-field"),
        ("rule.requires[1].of[0].of", "malformed-field"),
        ("rule.requires[1].of[1]", "malformed-field"),
    ]


def test_a_fault_stands_at_the_line_of_its_field() -> None:
    text = (
        rules(provision('type = "members", parties = []'))
        + """
[[provision]]
article = "art. 2"
words = "As it says."
[provision.rule]
type = "decision"
nmae = "x"
requires = [
  { type = "threshold", at_lest = 5 },
]
"""
    )
    lines = text.splitlines()
    found = {each.place.field: each.place.line for each in loaded(text)[2] if each.place}
    assert found == {
        "rule.nmae": lines.index('nmae = "x"') + 1,
        "rule.name": lines.index("[provision.rule]") + 1,
        "rule.requires[0].at_lest": lines.index("requires = [") + 1,
    }


def test_very_deep_in_a_field_the_place_is_told_no_further() -> None:
    test: dict[str, object] = {"type": "threshold", "at_lest": 1}
    for _ in range(DEEPEST_TOLD + 5):
        test = {"type": "all_of", "of": [test]}
    with pytest.raises(Undecodable) as caught:
        act_of({"kind": "provision.set", "id": "e", "rule": {"type": "decision", "name": "a", "requires": [test]}})
    (deep,) = (each for each in caught.value.problems if each.place and (each.place.field or "").startswith("rule"))
    assert deep.place is not None
    assert (deep.place.field or "").count(".") == DEEPEST_TOLD


def test_a_table_that_is_one_of_one_sort_only_is_looked_into_too() -> None:
    with pytest.raises(Undecodable) as caught:
        act_of({"kind": "provision.set", "id": "e", "cites": [{"sorce": "source:a"}]})
    found = {each.place.field: str(each.phrase) for each in caught.value.problems if each.place}
    assert found["cites[0].sorce"] == "there is no field sorce here; did you mean source?"
