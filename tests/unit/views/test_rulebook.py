"""Rules as a reader sees them: every type of rule in words that cannot be read in two ways."""

import pytest

from chancery.register import Step
from chancery.rules.base import Rule
from chancery.rules.provisions import Admission, Duty, Expiry, Seats, When
from chancery.rules.rulebook import Rules
from chancery.values import FUTURE, Date, Ref, phrase
from chancery.views.rulebook import asked, rulebook_view
from tests.ruled import ABC, MAJORITY, book_of, decision, members

ORDINARY = decision(MAJORITY)
ONE, TWO, THREE = ('type = "threshold", at_least = ' + str(number) for number in (1, 2, 3))


def rules(*provisions: str) -> Rules:
    return book_of(*provisions).on(FUTURE)


def words(rule: str, *more: str) -> str:
    """What a rule asks, in words."""
    (row,) = rulebook_view(rules(rule, *more), phrase("Rules")).rows[: 1 if more else None]
    return str(row.cells["asks"])


def several(kind: str, *tests: str) -> str:
    return f'type = "{kind}", of = [{", ".join(f"{{ {each} }}" for each in tests)}]'


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (ORDINARY, "more than 1/2 of the votes for and against in favour"),
        (decision(ONE, TWO), "at least 1 in favour, and at least 2 in favour"),
        (decision(several("any_of", ONE, TWO)), "at least 1 in favour, or at least 2 in favour"),
        (decision(several("all_of", ONE, several("any_of", TWO, THREE))),
         "at least 1 in favour, and (at least 2 in favour, or at least 3 in favour)"),
        (decision(several("any_of", several("all_of", ONE, TWO), THREE)),
         "(at least 1 in favour, and at least 2 in favour), or at least 3 in favour"),
        (decision(ONE, several("any_of", TWO, THREE)),
         "at least 1 in favour, and (at least 2 in favour, or at least 3 in favour)"),
        (decision(several("any_of", several("all_of", ONE))), "at least 1 in favour"),
        (decision('type = "threshold", votes = "no", at_most = 1'), "at most 1 against"),
        (decision('type = "threshold", votes = "abstain", fewer_than = 2'), "fewer than 2 abstaining"),
        (decision('type = "threshold", votes = "not_yes", fewer_than = "1/3", of = "members"'),
         "fewer than 1/3 of the members in office not in favour"),
        ('type = "decision", name = "a", by = "office:chair"', "office:chair decides alone"),
        ('type = "quorum", at_least = 3', "at least 3 there"),
        ('type = "quorum", more_than = "1/2", of = "members"', "more than 1/2 of the members there"),
        ('type = "veto", by = ["org:a", "org:b"]', "stopped by the no of any of: org:a, org:b"),
        ('type = "veto", at_least = "2/3", of = "members"', "stopped by at least 2/3 of the members in office against"),
        ('type = "casting_vote", by = "office:chair"', "office:chair votes on a tie"),
        ('type = "approval", by = "office:chair"', "needs the approval of office:chair"),
        ('type = "approval", by = "office:chair", within_days = 9',
         "needs the approval of office:chair within 9 days"),
        ('type = "members", others = 3', "3 seats whose holders are not named"),
        (members("a", "b", others="3"), "org:a, org:b, and 3 seats whose holders are not named"),
        ('type = "silence", minimum_hours = 48', "silence procedure, open 48 hours at the least"),
        ('type = "written_procedure"', "written procedure"),
        ('type = "franchise", statuses = ["member", "observer"]', "who may vote: member, observer"),
        ('type = "weights", name = "w", values = { "state:fr" = 1, "state:be" = 2 }', "weights of 2 parties"),
    ],
)  # fmt: skip
def test_every_type_of_rule_is_said_in_words(rule: str, said: str) -> None:
    assert words(rule) == said


CHARTER, BOARD, COUNCIL, MANDATE = map(Ref, ("instrument:x", "body:b", "body:c", "mandate:m"))
MAY, LAST = (When(date=Date.of(text)) for text in ("2026-05-17", "2027-12-31"))
LATER = When(after=CHARTER, months=6)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Admission((Step.SIGNED, Step.DEPOSITED)), "a member by any one of: signed, deposited"),
        (Admission((Step.DEPOSITED,), (Step.SIGNED,), (Step.RATIFIED,)),
         "a member by any one of: deposited; provisionally by: signed; left open by: ratified"),
        (Duty(BOARD, ("report.submitted",), MAY), "owed by body:b, first on 2026-05-17"),
        (Duty(BOARD, ("report.submitted",), LATER, COUNCIL, 6, LAST),
         "owed by body:b, first 6 months after instrument:x enters into force, to body:c, then every 6 months; "  # noqa: ISC004  # one sentence
         "the last on 2027-12-31"),
        (Expiry(When(after=CHARTER), MANDATE), "mandate:m ends when instrument:x enters into force"),
        (Expiry(LAST, MANDATE, ("mandate.given",)), "mandate:m ends on 2027-12-31, unless by: mandate given"),
        (Seats(7), "7 seats, filled or not"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_rules_that_decide_no_vote_are_said_in_words_too(rule: Rule, said: str) -> None:
    assert str(asked(rule)) == said


def test_what_is_like_another_says_so_and_what_it_asks_besides() -> None:
    view = rulebook_view(rules(ABC, ORDINARY, decision(TWO, name="more", like='"ordinary"')), phrase("Rules"))
    said = [str(row.cells["asks"]) for row in view.rows if row.cells["name"] == "more"]
    assert said == ["what ordinary requires, and at least 2 in favour"]


def test_a_veto_of_a_group_and_of_others_besides_names_both() -> None:
    view = rulebook_view(
        rules(members("a", group='"big"'), 'type = "veto", group = "big", by = ["org:b"]'), phrase("R")
    )
    said = [str(row.cells["asks"]) for row in view.rows if row.cells["type"] == "veto"]
    assert said == ["stopped by the no of any of: big; org:b"]


def test_what_no_rule_says_is_said() -> None:
    notes = list(map(str, rulebook_view(rules(ABC), phrase("Rules")).notes))
    assert notes == ["The charter is silent: no rule in force says how anything is decided."]
    whole = (ABC, decision(MAJORITY, amends="true"), 'type = "quorum", at_least = 1')
    assert rulebook_view(rules(*whole), phrase("Rules")).notes == ()
    some = list(map(str, rulebook_view(rules(ABC, decision(MAJORITY, name="a")), phrase("Rules")).notes))
    assert some == [
        "No rule on a quorum is in force: the charter is silent.",
        "No rule on how these rules are changed is in force: the charter is silent.",
        "No rule says how a vote that names no matter is decided.",
    ]
