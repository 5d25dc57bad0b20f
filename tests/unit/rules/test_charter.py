"""Which provisions rule."""

import pytest

from chancery.acts import Act
from chancery.acts.charter import ProvisionSet
from chancery.register import Step
from chancery.rules.base import Rule
from chancery.rules.charter import InForce, provided_of, rules_of, the_rule
from chancery.rules.provisions import Admission, Seats
from tests.made import BODY, act, read, record, ref


def provision(name: str, rule: dict[str, object] | None, src: str = "official", **fields: object) -> Act:
    usual: dict[str, object] = {
        "id": name,
        "instrument": "instrument:charter",
        "article": name,
        "matter": "m",
        "body": BODY,
        "evidence": "text",
        "words": "w",
        "effective": "2026-01-22",
    }
    return act("provision.set", src, **{**usual, **({"rule": rule} if rule else {}), **fields})


SEVEN: dict[str, object] = {"type": "seats", "number": 7}
NINE: dict[str, object] = {"type": "seats", "number": 9}
BY_DEPOSIT: dict[str, object] = {"type": "admission", "member_by": ["deposited"]}


def ruling(kind: type[Rule], *acts: Act, body: str = BODY) -> InForce | None:
    return the_rule(read(record(*acts)).of(ProvisionSet), kind, ref(body))


def test_the_rule_of_a_type_is_found_with_its_provision() -> None:
    found = ruling(Seats, provision("1", BY_DEPOSIT), provision("2", SEVEN))
    assert found is not None
    assert found.rule == Seats(7)
    assert found.provision.article == "2"


def test_where_no_provision_rules_the_charter_is_silent() -> None:
    assert ruling(Seats, provision("1", None), provision("2", BY_DEPOSIT)) is None


def test_a_rule_governs_its_own_body_only() -> None:
    assert ruling(Seats, provision("1", SEVEN), body="body:c") is None


def test_of_several_rules_the_latest_governs() -> None:
    earlier, later = provision("1", SEVEN, effective="2026-01-23"), provision("2", NINE, effective="2026-01-22")
    found = ruling(Seats, earlier, later)
    assert found is not None
    assert found.rule == Seats(7)


def test_every_rule_of_a_type_can_be_asked_for() -> None:
    acts = (provision("1", SEVEN), provision("2", NINE, body="body:c"), provision("3", BY_DEPOSIT))
    found = rules_of(read(record(*acts)).of(ProvisionSet), Seats)
    assert [each.provision.body for each in found] == [BODY, "body:c"]


@pytest.mark.parametrize("src", ["garbled", "unreliable"])
def test_a_provision_that_is_only_shown_rules_nothing(src: str) -> None:
    assert ruling(Seats, provision("1", SEVEN, src)) is None


def test_a_provision_that_is_denied_rules_nothing() -> None:
    no = act("statement.denied", denies="1", by="state:us", effective="2026-01-23")
    assert ruling(Seats, provision("1", SEVEN), no) is None


def test_only_a_rule_on_admission_says_by_which_steps_one_becomes_a_member() -> None:
    admission, seats = ruling(Admission, provision("1", BY_DEPOSIT)), ruling(Seats, provision("1", SEVEN))
    assert admission is not None
    assert seats is not None
    assert admission.steps == {Step.DEPOSITED}
    assert seats.steps == frozenset()


def test_a_provision_in_words_alone_settles_nothing() -> None:
    words, rule = provision("1", None), provision("2", SEVEN)
    found = list(provided_of(read(record(words, rule)).of(ProvisionSet)))
    assert [(each.article, each.rule) for each in found] == [("2", Seats(7))]
