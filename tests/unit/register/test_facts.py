from chancery.register import Fact
from tests.made import act

ONE = act("membership.begun", id="one", effective="2026-01-22")
TWO = act("membership.begun", id="two", until="2028")
NO = act("membership.denied", id="no")


def test_a_fact_whose_accounts_do_not_differ_is_agreed() -> None:
    assert Fact(ONE, (TWO,)).agreement == "agreed"


def test_a_fact_whose_accounts_differ_is_contested() -> None:
    assert Fact(ONE, (TWO,), ("effective",)).agreement == "contested"


def test_a_fact_that_is_denied_is_denied_even_where_its_accounts_differ() -> None:
    assert Fact(ONE, (TWO,), ("effective",), denials=(NO,)).agreement == "denied"


def test_the_preferred_account_comes_first() -> None:
    assert Fact(ONE, (TWO,)).accounts == (ONE, TWO)


def test_the_entries_are_those_of_every_account_and_every_denial() -> None:
    assert Fact(ONE, (TWO,), denials=(NO,)).entries == ("one", "two", "no")


def test_a_field_is_filled_from_the_weightiest_account_that_agrees() -> None:
    other = act("membership.begun", id="other", effective="2026-01-23", until="2027")
    assert str(Fact(ONE, (other, TWO), ("effective",)).stated("until")) == "2028"


def test_an_account_of_another_kind_agrees_where_it_has_no_such_field() -> None:
    signed = act("membership.signed", id="signed", instrument="instrument:i")
    fact = Fact(signed, (act("membership.listed", by="state:us"),), ("instrument",))
    assert fact.stated("listed_as") == "member"
    assert fact.stated("until") is None
