"""Silence: an objection in time breaks it, a late one is kept and does not."""

import pytest

from chancery.register import Account, Fact
from chancery.rules.silence import Silence, silence
from chancery.values import Instant
from tests.made import BODY, act, day, read, record

DEADLINE = Instant.of("2026-01-22T17:00:00+01:00[Europe/Zurich]")


def facts(*made: Account) -> list[Fact[Account]]:
    return read(record(*made)).facts()  # type: ignore[arg-type]  # acts of the tests


def objection(effective: str, **more: object) -> Account:
    return act("silence.broken", motion="motion:m", body=BODY, by="state:be", effective=effective, **more)


def found(*objections: Account, concluded: str | None = None, on: str = "2026-02-01") -> Silence:
    outcome = () if concluded is None else (act("silence.concluded", motion="motion:m", body=BODY, outcome=concluded),)
    return silence(DEADLINE, facts(*objections), facts(*outcome), day(on))


@pytest.mark.parametrize(("on", "state"), [("2026-01-22", "running"), ("2026-01-23", "kept")])
def test_without_an_objection_silence_runs_to_its_deadline_and_is_kept(on: str, state: str) -> None:
    assert found(on=on).state == state


def test_an_objection_to_the_second_is_in_time_and_one_second_later_it_is_not() -> None:
    assert found(objection("2026-01-22", at="2026-01-22T16:00:00Z")).state == "broken"
    late = found(objection("2026-01-22", at="2026-01-22T16:00:01Z"))
    assert late.state == "kept"
    assert len(late.late) == 1


@pytest.mark.parametrize(
    ("effective", "state"), [("2026-01-21", "broken"), ("2026-01-22", "objection_undated"), ("2026-01-23", "kept")]
)
def test_an_objection_without_an_hour_is_judged_by_its_day(effective: str, state: str) -> None:
    assert found(objection(effective)).state == state


@pytest.mark.parametrize(("outcome", "state"), [("adopted", "adopted"), ("broken", "concluded_broken")])
def test_what_the_chair_announced_comes_first(outcome: str, state: str) -> None:
    assert found(objection("2026-01-21"), concluded=outcome).state == state
