"""Totals of money: never across sorts or currencies, never of what is contested, never the same money twice."""

from chancery.acts import Act
from chancery.rules.money import Summed, sum_of, totals
from chancery.values import Money
from tests.made import act, read, record


def pledge(by: str | list[str], amount: str, currency: str = "EUR", src: str = "press", **more: object) -> Act:
    givers = [by] if isinstance(by, str) else by
    money = {"amount": amount, "currency": currency}
    return act("pledge.made", src, by=givers, to="fund:f", money=money, effective="2026-01-01", **more)


def total(*acts: Act) -> Summed:
    (found,) = totals(read(record(*acts)).facts())
    return found


def test_sorts_and_currencies_stand_apart() -> None:
    received = act(
        "contribution.received",
        by=["state:be"],
        to="fund:f",
        money={"amount": "1", "currency": "EUR"},
        effective="2026-01-02",
    )
    found = totals(read(record(pledge("state:be", "10"), pledge("state:fr", "5", "USD"), received)).facts())
    assert [(each.sort, each.currency, str(each.total)) for each in found] == [
        ("pledged", "EUR", "10 EUR"),
        ("pledged", "USD", "5 USD"),
        ("received", "EUR", "1 EUR"),
    ]


def test_what_is_of_no_sort_or_has_no_sum_is_in_no_total() -> None:
    project = act("project.approved", project="project:p", body="body:b", money={"amount": "9", "currency": "EUR"})
    nothing = act("pledge.made", by=["state:be"], to="fund:f", effective="2026-01-01")
    facts = read(record(project, nothing)).facts()
    assert totals(facts) == []
    assert [sum_of(fact) for fact in facts if fact.act is nothing] == [None]


def test_only_agreed_sums_that_the_record_relies_on_are_added() -> None:
    found = total(
        pledge("state:be", "10"),
        pledge("state:fr", "5"),
        pledge("state:fr", "6"),
        pledge("state:de", "7", src="unreliable"),
    )
    assert found.total == Money.of("10", "EUR", "pledged")
    assert (len(found.counted), len(found.contested), len(found.shown_only), len(found.overlapping)) == (1, 1, 1, 0)
    assert len(found.facts) == 3
    assert not found.at_least


def test_nothing_agreed_is_no_total() -> None:
    assert total(pledge("state:fr", "5"), pledge("state:fr", "6")).total is None


def test_a_joint_sum_and_the_sums_of_those_in_it_may_be_the_same_money() -> None:
    found = total(pledge("state:be", "10"), pledge(["state:be", "state:fr"], "25"), pledge("state:de", "3"))
    assert str(found.total) == "28 EUR"
    assert (len(found.overlapping), found.at_least) == (1, True)


def test_a_group_whose_members_are_not_told_may_be_anybody() -> None:
    found = total(pledge("group:g", "5"), pledge("state:de", "30"))
    assert str(found.total) == "30 EUR"
    assert len(found.overlapping) == 1


def test_two_sums_of_one_party_for_two_ends_are_two() -> None:
    other = act(
        "pledge.made", by=["state:be"], to="fund:g", money={"amount": "4", "currency": "EUR"}, effective="2026-01-01"
    )
    assert str(total(pledge("state:be", "10"), other).total) == "14 EUR"


def test_more_than_a_sum_makes_the_total_a_least() -> None:
    assert total(pledge("state:be", "10", at_least=True)).at_least
