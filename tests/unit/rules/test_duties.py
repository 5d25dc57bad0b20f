"""Duties: each occurrence has its day and its status, and what is not on record is not said to be a default."""

import pytest

from chancery.register import Account, Fact
from chancery.rules.charter import InForce
from chancery.rules.duties import (
    LAST_DAY,
    Due,
    day_of,
    discharging,
    duties,
    end_status,
    expiry,
    months_after,
    preventing,
    status_of,
)
from chancery.rules.provisions import Duty, Expiry, When
from chancery.values import Date, Ref
from tests.made import BODY, act, day, read, record, ref

INSTRUMENT = ref("instrument:i")
PROVISION = act(
    "provision.set",
    instrument=INSTRUMENT,
    article="art. 1",
    matter="m",
    body=BODY,
    evidence="text",
    words="w",
    effective="2025-01-01",
)


def governed(rule: Duty | Expiry) -> InForce:
    (fact,) = read(record(PROVISION)).facts()
    return InForce(rule, fact)


def reports(*days: str, **more: object) -> list[Fact[Account]]:
    made = [
        act("report.submitted", report=f"report:r{number}", by=BODY, to="org:x", effective=each, **more)
        for number, each in enumerate(days)
    ]
    return read(record(*made)).facts()


def nobody(_doer: Ref, _office: Ref) -> bool:
    return False


def found(rule: Duty, on: str, *done: str) -> list[tuple[str | None, str]]:
    return [
        (None if due.day is None else Date.ordinal(due.day).text, due.status)
        for due in duties(governed(rule), rule, reports(*done), day(on), {})
    ]


TWICE_A_YEAR = Duty(
    owed_by=ref(BODY), done_by=("report.submitted",), first=When(date=Date.of("2026-05-17")), every_months=6
)


def test_months_are_counted_to_the_same_day_or_the_month_s_last_and_stop_with_the_calendar() -> None:
    assert Date.ordinal(months_after(day("2026-05-17"), 6)).text == "2026-11-17"
    assert Date.ordinal(months_after(day("2025-08-31"), 6)).text == "2026-02-28"
    assert Date.ordinal(months_after(day("2026-12-31"), 1)).text == "2027-01-31"
    assert months_after(day("9999-06-30"), 12) == LAST_DAY


def test_a_day_is_stated_or_counted_or_hangs_on_what_is_not_on_record() -> None:
    assert day_of(When(date=Date.of("2026-05-17")), {}) == day("2026-05-17")
    assert day_of(When(date=Date.of("..")), {}) is None
    assert day_of(When(), {}) is None
    assert day_of(When(after=INSTRUMENT, months=6), {}) is None
    entered = Fact(act("instrument.entered_into_force", instrument=INSTRUMENT), day=day("2026-01-22"))
    assert day_of(When(after=INSTRUMENT, months=6), {INSTRUMENT: entered}) == day("2026-07-22")


def test_each_occurrence_up_to_the_next_one_and_the_nth_act_discharges_the_nth() -> None:
    assert found(TWICE_A_YEAR, "2026-11-23", "2026-05-19") == [
        ("2026-05-17", "done_late"),
        ("2026-11-17", "overdue"),
        ("2027-05-17", "upcoming"),
    ]
    assert found(TWICE_A_YEAR, "2026-11-17", "2026-05-17", "2026-11-01") == [
        ("2026-05-17", "done"),
        ("2026-11-17", "done"),
        ("2027-05-17", "upcoming"),
    ]


def test_a_duty_ends_with_its_last_day_and_one_that_does_not_recur_is_due_once() -> None:
    until = Duty(
        owed_by=ref(BODY),
        done_by=(),
        first=When(date=Date.of("2026-05-17")),
        every_months=6,
        until=When(date=Date.of("2026-12-31")),
    )
    assert [due for due, _ in found(until, "2028-01-01")] == ["2026-05-17", "2026-11-17"]
    once = Duty(owed_by=ref(BODY), done_by=(), first=When(date=Date.of("2026-05-17")))
    assert found(once, "2028-01-01") == [("2026-05-17", "overdue")]


def test_a_duty_that_hangs_on_a_fact_not_on_record_has_no_day() -> None:
    rule = Duty(owed_by=ref(BODY), done_by=(), first=When(after=INSTRUMENT, months=3))
    assert found(rule, "2026-11-23") == [(None, "undated")]


@pytest.mark.parametrize(
    ("on", "status"),
    [("2026-10-17", "upcoming"), ("2026-10-18", "due"), ("2026-11-17", "due"), ("2026-11-18", "overdue")],
)
def test_a_duty_is_due_from_thirty_days_before_its_day(on: str, status: str) -> None:
    assert status_of(day("2026-11-17"), None, day(on)) == status


@pytest.mark.parametrize(
    ("done", "status"),
    [("../2026-11-17", "done"), ("2026-11", "done_perhaps_late"), ("2026-12", "done_late")],
)
def test_whether_something_was_late_is_open_where_its_day_is_not_exact(done: str, status: str) -> None:
    (fact,) = reports(done)
    assert status_of(day("2026-11-17"), fact, day("2026-12-31")) == status


def test_who_discharges_a_duty_is_who_owes_it_or_holds_the_office_that_does() -> None:
    by_another = act("report.submitted", report="report:a", by="org:y", to="org:x", effective="2026-01-01")
    by_holder = act("report.submitted", report="report:b", by="person:p", to="org:x", effective="2026-01-02")
    to_another = act("report.submitted", report="report:c", by="office:o", to="org:z", effective="2026-01-03")
    no_addressee = act("meeting.held", meeting="meeting:m", body="office:o", effective="2026-01-04")
    facts = read(record(by_another, by_holder, to_another, no_addressee)).facts()
    rule = Duty(
        owed_by=ref("office:o"),
        owed_to=ref("org:x"),
        done_by=("report.submitted", "meeting.held"),
        first=When(date=Date.of("2026-01-01")),
    )
    counted = discharging(rule, facts, lambda doer, office: (doer, office) == ("person:p", "office:o"))
    assert [fact.act.id for fact in counted] == [by_holder.id, no_addressee.id]


def test_what_is_denied_or_only_shown_discharges_nothing() -> None:
    rule = Duty(owed_by=ref(BODY), done_by=("report.submitted",), first=When(date=Date.of("2026-01-01")))
    (fact,) = reports("2026-01-01")
    assert discharging(rule, [fact], nobody) == [fact]
    unreliable = act("report.submitted", "unreliable", report="report:r", by=BODY, to="org:x", effective="2026-01-01")
    assert discharging(rule, read(record(unreliable)).facts(), nobody) == []


END = Expiry(ends=When(date=Date.of("2027-12-31")), what=ref("mandate:m"), unless_by=("mandate.given",))


def ended(on: str, *, until: str | None = None, effective: str = "2026-06-01", mandate: str = "mandate:m") -> Due:
    more = {} if until is None else {"until": until}
    given = act("mandate.given", mandate=mandate, body=BODY, effective=effective, **more)
    facts = read(record(PROVISION, given), "2028-12-31").facts()
    rule = InForce(END, next(fact for fact in facts if fact.act is PROVISION))
    return expiry(rule, END, preventing(rule, END, facts), day(on), {})


def test_an_end_is_prevented_by_an_act_that_names_what_would_end_and_lasts_longer() -> None:
    assert ended("2028-01-01").status == "prevented"
    assert ended("2028-01-01", until="2029-12-31").status == "prevented"
    assert ended("2028-01-01", until="2027-12-31").status == "ended"
    assert ended("2028-01-01", mandate="mandate:other").status == "ended"
    assert ended("2028-01-01", effective="2024-06-01").status == "ended"
    assert ended("2028-12-31", effective="2028-06-01").status == "ended"


@pytest.mark.parametrize(("on", "status"), [("2027-01-01", "upcoming"), ("2027-12-31", "due"), ("2028-01-01", "ended")])
def test_an_end_comes_by_itself(on: str, status: str) -> None:
    assert end_status(day("2027-12-31"), day(on)) == status


def test_an_end_that_hangs_on_a_fact_not_on_record_has_no_day() -> None:
    rule = Expiry(ends=When(after=INSTRUMENT, months=12), what=ref("mandate:m"))
    due = expiry(governed(rule), rule, [], day("2026-01-01"), {})
    assert (due.day, due.status) == (None, "undated")
