"""The register of any day, on three clocks."""

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

from chancery.acts import KINDS, Act
from chancery.acts.fields import Body, Party
from chancery.acts.memberships import MembershipSigned
from chancery.ledger import Ledger
from chancery.register import Fact, Reading, Register
from chancery.values import Problem, Ref, Weight, phrase
from tests.made import BODY, act, read, record, source


def signed(name: str, src: str = "press", day: str = "2026-01-22", **fields: object) -> Act:
    return act("membership.signed", src, **{"id": name, "effective": day, "party": f"person:{name}", **fields})


def ids(register: Register) -> list[str]:
    return [fact.act.id for fact in register.facts()]


# --- on ---


def test_a_fact_is_in_force_from_its_day() -> None:
    made = record(signed("a"))
    assert ids(read(made, "2026-01-21")) == []
    assert ids(read(made, "2026-01-22")) == ["a"]


def test_facts_stand_in_order_of_their_day_and_then_of_the_ledger() -> None:
    made = record(signed("a", day="2026-01-23"), signed("b"), signed("c", day="2026-01-21"), signed("d"))
    assert ids(read(made)) == ["c", "b", "d", "a"]


def test_facts_of_one_and_of_several_accounts_stand_in_one_order() -> None:
    made = record(signed("a"), signed("b"), signed("a2", party="person:a"), signed("c", same_as="nowhere"))
    assert ids(read(made)) == ["a2", "b", "c"]


def test_a_month_has_passed_at_its_end() -> None:
    made = record(signed("a", day="2026-02"))
    assert ids(read(made, "2026-02-27")) == []
    assert ids(read(made, "2026-02-28")) == ["a"]


@pytest.mark.parametrize("acts", [1, 2])
def test_what_may_have_happened_and_may_not_is_undecided(acts: int) -> None:
    made = record(*(signed(str(number), party="person:p", day="2026-02") for number in range(acts)))
    assert [fact.act.id for fact in read(made, "2026-02-10").undecided] == [str(acts - 1)]
    assert read(made, "2026-01-31").undecided == []
    assert read(made, "2026-02-28").undecided == []


def test_what_is_undecided_is_known_and_stands_too() -> None:
    later = source("later", published="2026-01-25")
    gone = act("entry.withdrawn", None, entry="b", reason="a slip")
    made = record(signed("a", "later", "2026-02"), signed("b", day="2026-02"), gone, sources=(later,))
    assert read(made, "2026-02-10", known="2026-01-24").undecided == []
    assert [fact.act.id for fact in read(made, "2026-02-10").undecided] == ["a"]


def test_what_is_undecided_says_when_it_is_assumed_to_be_known() -> None:
    made = record(signed("a", "s", "2026-02"), sources=(source("s", published=None, retrieved="2026-11-23"),))
    (fact,) = read(made, "2026-02-10", known="2026-02-10").undecided
    assert fact.assumed


def test_what_lies_ahead_is_known_and_not_yet_in_force() -> None:
    made = record(signed("a"), signed("b", day="2026-01-23"))
    register = read(made, "2026-01-22")
    assert [fact.act.id for fact in register.ahead(MembershipSigned)] == ["b"]


# --- known ---


def test_an_account_is_known_from_its_sources_day() -> None:
    made = record(signed("a"))
    assert ids(read(made, known="2026-01-19")) == []
    assert ids(read(made, known="2026-01-20")) == ["a"]


def test_known_at_an_instant_takes_what_was_out_by_the_end_of_the_day_only_at_its_beginning() -> None:
    made = record(signed("a"))
    assert ids(read(made, known="2026-01-20T00:00:00Z")) == ["a"]


def test_an_account_known_later_changes_nothing_before() -> None:
    later = source("later", "official", "2026-02-10")
    made = record(signed("a"), signed("b", "later", party="person:a", day="2026-01-25"), sources=(later,))
    (before,) = read(made, known="2026-02-09").facts()
    (after,) = read(made, known="2026-02-10").facts()
    assert (before.act.id, before.agreement) == ("a", "agreed")
    assert (after.act.id, after.agreement) == ("b", "contested")


UNDATED = source("undated", published=None, retrieved="2026-11-23")


@pytest.mark.parametrize("acts", [1, 2])
def test_an_undated_source_is_taken_at_its_earliest_and_marked(acts: int) -> None:
    several = [signed(str(number), "undated", party="person:p") for number in range(acts)]
    made = record(*several, sources=(UNDATED,))
    assert ids(read(made, known="2026-01-21")) == []
    (fact,) = read(made, known="2026-01-22").facts()
    assert fact.assumed


@pytest.mark.parametrize("acts", [1, 2])
def test_by_its_retrieval_nothing_is_assumed_any_more(acts: int) -> None:
    several = [signed(str(number), "undated", party="person:p") for number in range(acts)]
    (fact,) = read(record(*several, sources=(UNDATED,)), known="2026-11-23").facts()
    assert not fact.assumed


def test_a_strict_reading_takes_an_undated_source_at_its_latest() -> None:
    made = record(signed("a", "undated"), sources=(UNDATED,))
    assert ids(read(made, known="2026-11-22", strict=True)) == []
    (fact,) = read(made, known="2026-11-23", strict=True).facts()
    assert not fact.assumed


def test_a_fact_that_a_dated_account_tells_too_is_not_assumed() -> None:
    made = record(signed("a", "undated"), signed("b", party="person:a"), sources=(UNDATED,))
    (fact,) = read(made, known="2026-01-25").facts()
    assert not fact.assumed


# --- recorded ---


def test_an_entry_is_read_from_the_moment_it_was_recorded() -> None:
    made = record(signed("a", recorded="2026-02-01T10:00:00Z"))
    assert ids(read(made, recorded="2026-02-01T09:59:59Z")) == []
    assert ids(read(made, recorded="2026-02-01T10:00:00Z")) == ["a"]
    assert ids(read(made, recorded="2026-02-01")) == ["a"]


def test_the_three_clocks_are_not_mixed() -> None:
    made = record(signed("a", recorded="2026-02-01T10:00:00Z"))
    assert ids(read(made, on="2026-01-22", known="2026-01-20", recorded="2026-02-01")) == ["a"]


# --- weight ---


def test_what_is_only_shown_is_in_the_register_and_carries_nothing() -> None:
    (fact,) = read(record(signed("a", "garbled"))).facts()
    assert not fact.carried


def test_one_account_to_rely_on_carries_the_fact() -> None:
    (fact,) = read(record(signed("a", "garbled"), signed("b", party="person:a"))).facts()
    assert fact.carried


# --- cache ---


def test_the_same_reading_gives_the_same_register() -> None:
    ledger = Ledger(record(signed("a")))
    assert ledger.as_of(Reading.of("2026-01-22")) is ledger.as_of(Reading.of("2026-01-22"))
    assert ledger.as_of(Reading.of("2026-01-22")) is not ledger.as_of(Reading.of("2026-01-22", strict=True))


def test_only_so_many_registers_are_kept() -> None:
    ledger = Ledger(record(signed("a")))
    first = ledger.as_of(Reading(on=1))
    for number in range(2, 300):
        ledger.as_of(Reading(on=number))
    assert ledger.as_of(Reading(on=1)) is not first
    assert len(ledger._cache) <= 256


def test_an_empty_record_reads_as_an_empty_register() -> None:
    assert ids(read(record())) == []


# --- breaches ---


@pytest.fixture
def seat() -> Iterator[type[Act]]:
    """A kind with a check of its own: nobody sits twice. It is taken from the list again."""

    class SeatTaken(Act, frozen=True, kw_only=True, gc=False, tag="seat.taken"):
        """A seat is taken."""

        identity: ClassVar[tuple[str, ...]] = ("party", "body", "effective")

        party: Party
        body: Body

        def check(self, register: Register) -> Iterator[Problem]:
            """Nobody sits twice."""
            if any(fact.act.party == self.party for fact in register.of(SeatTaken)):
                yield self.problem("sits-already", Weight.BREACH, phrase("sits already"), "party")

    yield SeatTaken
    del KINDS["seat.taken"]


def test_a_breach_is_found_against_the_register_of_the_acts_own_day(seat: type[Act]) -> None:
    more: dict[str, Any] = {"party": Ref("state:be"), "body": Ref(BODY)}
    acts = [
        seat(id=name, effective=signed("x", day=day).effective, **more)
        for name, day in (("b", "2026-02-02"), ("a", "2026-02-01"))
    ]
    ledger = Ledger(record(*acts, signed("c")))
    (problem,) = ledger.breaches()
    assert (problem.code, problem.entry) == ("sits-already", "b")
    assert [fact.act.id for fact in ledger.in_force(Reading.of("2026-12-31"))] == ["c", "a", "b"]


def test_kinds_without_checks_breach_nothing() -> None:
    assert Ledger(record(signed("a"))).breaches() == []


def test_a_fact_made_by_hand_needs_only_its_act() -> None:
    assert Fact(signed("a")).entries == ("a",)


@pytest.mark.parametrize("accounts", [1, 2])
def test_of_several_acts_only_those_are_read_that_were_known_and_recorded_by_then(accounts: int) -> None:
    later = source("later", published="2026-02-10")
    acts = [
        each
        for number in range(accounts)
        for each in (
            signed(f"a{number}", party="person:a", recorded="2026-03-01T00:00:00Z"),
            signed(f"b{number}", "later", party="person:b", recorded="2026-03-01T00:00:00Z"),
            signed(f"c{number}", party="person:c", recorded="2026-03-02T00:00:00Z"),
        )
    ]
    made = record(*acts, sources=(later,))

    def parties(known: str, recorded: str) -> list[str]:
        return [str(fact.act.party)[-1] for fact in read(made, known=known, recorded=recorded).of(MembershipSigned)]

    assert parties("2026-02-09", "2026-03-02") == ["a", "c"]
    assert parties("2026-02-10", "2026-03-01") == ["a", "b"]
    assert parties("2026-02-10", "2026-03-02") == ["a", "b", "c"]


LATE = signed("late", "late", recorded="2030-01-02T00:00:00Z")
"""An act that keeps a reading from seeing all there is."""


@pytest.mark.parametrize("accounts", [1, 2])
def test_each_clock_counts_to_its_very_second(accounts: int) -> None:
    told = [signed(f"a{number}", party="person:a", recorded="2026-02-01T10:00:00Z") for number in range(accounts)]
    made = record(*told, LATE, sources=(source("late", published="2030-01-01"),))

    def seen(known: str, recorded: str) -> list[bool]:
        return [fact.assumed for fact in read(made, known=known, recorded=recorded).facts()]

    assert seen("2026-01-20T23:59:59Z", "2026-02-01T10:00:00Z") == [False]
    assert seen("2026-01-20T23:59:58Z", "2026-02-01T10:00:00Z") == [True]
    assert seen("2026-01-20T00:00:00Z", "2026-02-01T10:00:00Z") == [True]
    assert seen("2026-01-19T23:59:59Z", "2026-02-01T10:00:00Z") == []
    assert seen("2026-01-20T23:59:59Z", "2026-02-01T09:59:59Z") == []


@pytest.mark.parametrize("accounts", [1, 2])
def test_a_fact_is_undecided_from_its_first_day_and_in_force_on_its_last(accounts: int) -> None:
    made = record(*(signed(str(number), party="person:p", day="2026-02") for number in range(accounts)))
    days = [("2026-01-31", 0, 0), ("2026-02-01", 1, 0), ("2026-02-27", 1, 0), ("2026-02-28", 0, 1)]
    for on, undecided, in_force in days:
        register = read(made, on)
        assert (len(register.undecided), len(register.facts())) == (undecided, in_force)


def test_what_an_undated_page_announces_is_known_once_the_page_was_read_and_not_assumed() -> None:
    told = signed("a", "undated", "2026-12")
    made = record(told, LATE, sources=(UNDATED, source("late", published="2030-01-01")))

    def assumed(known: str) -> list[bool]:
        return [fact.assumed for fact in read(made, "2026-12-01", known).undecided]

    assert assumed("2026-11-23T23:59:58Z") == []
    assert assumed("2026-11-23T23:59:59Z") == [False]


@pytest.mark.parametrize("accounts", [1, 2])
def test_a_strict_reading_counts_to_the_last_second_of_the_sources_day(accounts: int) -> None:
    told = [signed(f"a{number}", party="person:a", recorded="2026-02-01T10:00:00Z") for number in range(accounts)]
    made = record(*told, LATE, sources=(source("late", published="2030-01-01"),))

    def seen(known: str, recorded: str = "2026-02-01T10:00:00Z") -> int:
        return len(read(made, known=known, recorded=recorded, strict=True).facts())

    assert seen("2026-01-20T23:59:59Z") == 1
    assert seen("2026-01-20T23:59:58Z") == 0
    assert seen("2026-01-20T23:59:59Z", recorded="2026-02-01T09:59:59Z") == 0
