"""Terms: what was begun holds until it ended, and an end that is not known is neither."""

import pytest

from chancery.register import Account
from chancery.rules.terms import Ends, Held, held
from chancery.values import Verdict
from tests.made import BODY, act, day, read, record


def same(_begun: Account, _other: Account) -> bool:
    return True


def holding(*acts: Account, on: str = "2026-06-01", perhaps: bool = False) -> list[Held[Account]]:
    facts = read(record(*acts), on).facts()  # type: ignore[arg-type]  # acts of the tests
    begun = [fact for fact in facts if fact.act.kind == "membership.begun"]
    others = [fact for fact in facts if fact.act.kind == "membership.withdrawn"]
    renewed = [fact for fact in facts if fact.act.kind == "membership.renewed"]
    ends = Ends(same, () if perhaps else others, others if perhaps else (), renewed)
    return list(held(begun, ends, day(on)))


@pytest.mark.parametrize(
    ("until", "on", "holds"),
    [
        (None, "2026-06-01", Verdict.YES),
        ("..", "2026-06-01", Verdict.YES),
        ("2026-06-01", "2026-06-01", Verdict.YES),
        ("2026-06", "2026-06-15", Verdict.UNDECIDED),
        ("XXXX-XX-XX", "2026-06-01", Verdict.UNDECIDED),
    ],
)
def test_what_was_begun_holds(until: str | None, on: str, holds: Verdict) -> None:
    more = {} if until is None else {"until": until}
    (found,) = holding(act("membership.begun", effective="2026-01-01", **more), on=on)
    assert found.holds is holds


def test_what_ran_out_or_was_ended_does_not_hold() -> None:
    begun = act("membership.begun", effective="2026-01-01", until="2026-05-31")
    assert holding(begun) == []
    begun = act("membership.begun", effective="2026-01-01")
    assert holding(begun, act("membership.withdrawn", effective="2026-02-01")) == []


def test_an_end_before_the_beginning_ends_nothing() -> None:
    begun = act("membership.begun", effective="2026-02-01")
    assert len(holding(begun, act("membership.withdrawn", effective="2026-01-01"))) == 1


def test_an_end_that_may_have_come_leaves_it_undecided() -> None:
    begun = act("membership.begun", effective="2026-01-01")
    (found,) = holding(begun, act("membership.withdrawn", effective="2026-02-01"), perhaps=True)
    assert found.holds is Verdict.UNDECIDED
    assert len(found.beside) == 1


def test_a_renewal_moves_the_end() -> None:
    begun = act("membership.begun", effective="2026-01-01", until="2026-03-31")
    renewed = act("membership.renewed", effective="2026-03-31", until="2026-12-31")
    (found,) = holding(begun, renewed)
    assert (found.holds, str(found.until)) == (Verdict.YES, "2026-12-31")


def test_a_beginning_by_some_day_has_begun_when_its_fact_is_in_force() -> None:
    begun = act("membership.begun", effective="../2026-05-01", party="state:be", body=BODY)
    (found,) = holding(begun)
    assert found.holds is Verdict.YES


def test_a_seat_without_a_day_is_read_on_a_day_without_an_end() -> None:
    begun = act("membership.begun", effective="..", until="2026-01-31")
    assert holding(begun, on="..") == []
    assert [each.holds for each in holding(act("membership.begun", effective=".."), on="..")] == [Verdict.YES]
