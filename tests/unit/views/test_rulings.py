"""Rulings drawn up: what each test had and needed, however deep it lies, and the entries that it rests on."""

from typing import Any

from chancery.values import phrase
from chancery.views.base import Row
from chancery.views.rulings import rulings_view
from tests.ruled import decision, rules, tally

TEN = 'type = "members", others = 10'
THREE, NONE_AGAINST, OPEN = (
    'type = "threshold", at_least = 3',
    'type = "threshold", votes = "no", at_most = 0',
    'type = "threshold", at_least = "1/2", of = "seats"',
)


def several(kind: str, *tests: str) -> str:
    return f'type = "{kind}", of = [{", ".join(f"{{ {each} }}" for each in tests)}]'


def row(test: str, yes: int, no: int) -> Row:
    (found,) = rulings_view([tally(rules(TEN, decision(test)), yes, no)], phrase("Rulings")).rows
    return found


def test_tests_within_tests_are_shown_as_they_lie_and_their_numbers_in_their_order() -> None:
    cells = row(several("any_of", several("all_of", THREE, NONE_AGAINST), OPEN), 4, 1).cells
    assert (cells["outcome"], cells["have"], cells["need"]) == ("undecided", "4; 1; 4", "3; 0; ?")
    tests: Any = cells["tests"]  # a tree of any depth
    (outer,) = tests
    assert (outer["all"], outer["passed"]) == (False, None)
    inner, open_ = outer["parts"]
    assert (inner["all"], inner["passed"]) == (True, False)
    assert [(each["have"], each["need"], each["passed"]) for each in inner["parts"]] == [(4, 3, True), (1, 0, False)]
    assert (open_["need"], open_["base"], open_["passed"]) == (None, None, None)


def test_a_ruling_cites_the_provision_that_it_rests_on_once() -> None:
    made = row(THREE, 3, 0)
    assert made.entries == ("rules-provision-2",)
    assert made.cells["evidence"] == "text"
