"""Disputes between facts: what no kind joins and yet speaks against each other."""

import pytest

from chancery.acts import Act
from chancery.ledger.entries import own_word
from chancery.rules.disputes import assessed_apart, numbers_apart, phases_disputed, spoken_against
from tests.made import BODY, act, read, record, ref

OWN = {"on_behalf_of": "state:be"}


def rules(*acts: Act) -> list[str]:
    stack = read(record(*acts)).stack(ref("state:be"), ref(BODY))
    return [clash.rule for clash in spoken_against(stack, own_word)]


@pytest.mark.parametrize(
    ("claim", "counter", "rule"),
    [
        ("invitation.accepted", "invitation.declined", "own_word_against_membership"),
        ("membership.signed", "clarification.sought", "own_word_against_membership"),
        ("invitation.acknowledged", "invitation.denied", "own_word_against_invitation"),
        ("invitation.declined", "invitation.considered", "own_word_against_refusal"),
        ("observer.admitted", "observer.declined", "own_word_against_observing"),
    ],
)
def test_a_party_s_own_word_of_the_day_or_later_speaks_against_another_s_claim(
    claim: str, counter: str, rule: str
) -> None:
    said = act(claim, effective="2026-01-20")
    assert rules(said, act(counter, effective="2026-01-20", **OWN)) == [rule]
    assert rules(said, act(counter, effective="2026-01-19", **OWN)) == []
    assert rules(said, act(counter, effective="2026-01-21")) == []
    assert rules(act(claim, effective="2026-01-20", **OWN), act(counter, effective="2026-01-21", **OWN)) == []


def test_silence_that_a_source_finds_speaks_against_an_answer_that_another_has() -> None:
    accepted = act("invitation.accepted", effective="2026-01-20")
    assert rules(accepted, act("invitation.unanswered", effective="2026-01-21")) == ["answer_against_silence"]
    assert rules(accepted, act("invitation.unanswered", effective="2026-01-19")) == []


def test_a_condition_is_assessed_apart_where_two_assessments_cannot_both_be() -> None:
    def assessed(*assessments: str) -> list[int]:
        made = [
            act("condition.assessed", condition="condition:c", by=f"org:o{n}", assessment=a)
            for n, a in enumerate(assessments)
        ]
        return [len(clash.facts) for clash in assessed_apart(read(record(*made)).facts())]

    assert assessed("met", "not_met", "claimed") == [3]
    assert assessed("met", "claimed") == []
    assert assessed("accepted", "opposed", "partly_met") == [2]


def test_a_phase_is_disputed_where_another_declares_it() -> None:
    declared = act("phase.declared", plan="plan:p", phase="phase:one", by=["org:a"])
    disputed = act("phase.disputed", plan="plan:p", phase="phase:one", by="org:b")
    other = act("phase.disputed", plan="plan:p", phase="phase:two", by="org:b")
    first, *counters = read(record(declared, disputed, other)).facts()
    (clash,) = phases_disputed([first], counters)
    assert [fact.act for fact in clash.facts] == [declared, disputed]


def test_numbers_are_apart_only_of_one_thing_for_one_day_and_given_exactly() -> None:
    def count(number: int, effective: str = "2026-01-22", of: str = "signed", precision: str = "exactly") -> Act:
        return act("count.reported", body=BODY, of=of, number=number, effective=effective, precision=precision)

    def apart(*acts: Act) -> list[int]:
        return [len(clash.facts) for clash in numbers_apart(read(record(*acts)).facts())]

    assert apart(count(19), count(35)) == [2]
    assert apart(count(19), count(19)) == []
    assert apart(count(19), count(26, of="listed")) == []
    assert apart(count(19), count(26, "2026-01-28")) == []
    assert apart(count(19), count(26, "2026-01-22?")) == []
    assert apart(count(19), count(26, precision="about")) == []
