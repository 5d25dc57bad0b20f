from __future__ import annotations

import copy
import pickle
import re
from decimal import Decimal

import msgspec
import pytest
from babel.core import get_global
from babel.numbers import list_currencies

from chancery.values import Amount, Date, Money, MoneyFault, MoneyMismatch, canonical, decode_hook, total
from chancery.values.currencies import ACTIVE_CURRENCIES, WITHDRAWN_CURRENCIES


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("5000000.00", "5000000.00"),
        ("0.10", "0.10"),
        ("-3", "-3"),
        ("-0.00", "0.00"),
        ("007", "7"),
        ("0.000000000001", "0.000000000001"),
        ("9" * 30, "9" * 30),
        (1_000_000_000, "1000000000"),
        (Decimal("1E+9"), "1000000000"),
        (Decimal("1E-10"), "0.0000000001"),
        (Amount("2.50"), "2.50"),
    ],
)
def test_an_amount_is_plain_digits(given: str | int | Decimal, text: str) -> None:
    assert str(Amount(given)) == text
    assert repr(Amount(given)) == f"Amount('{text}')"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1e9",
        "1,000",
        "1 000",
        "+1",
        ".5",
        "5.",
        "NaN",
        "Infinity",
        "1\n",
        "\u0661",
        "1_0",
        "9" * 31,
        "0." + "1" * 13,
    ],
)
def test_what_is_not_plain_digits_is_no_amount(text: str) -> None:
    with pytest.raises(MoneyFault, match="is not an amount; write plain digits"):
        Amount(text)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1E+999999", "1E-999999", "1E+31"])
def test_a_decimal_without_plain_digits_is_no_amount(number: str) -> None:
    with pytest.raises(MoneyFault, match="is not an amount"):
        Amount(Decimal(number))


@pytest.mark.parametrize("given", [0.1, 5.0, float("nan")])
def test_a_float_is_never_money(given: float) -> None:
    with pytest.raises(MoneyFault, match=re.escape(f'write it in quotation marks, as "{given}"')):
        Money.of(given, "USD")  # type: ignore[arg-type]  # the fault is in the type
    with pytest.raises(msgspec.ValidationError, match="quotation marks"):
        msgspec.convert({"amount": given, "currency": "USD"}, Money, dec_hook=decode_hook)


@pytest.mark.parametrize(("given", "kind"), [(True, "bool"), (None, "NoneType"), (10**40, "int"), ([], "list")])
def test_what_is_no_number_is_no_amount(given: object, kind: str) -> None:
    with pytest.raises(MoneyFault, match=f"this is of type {kind}"):
        Amount(given)  # type: ignore[arg-type]  # the fault is in the type


def test_a_float_in_json_is_a_fault_too() -> None:
    with pytest.raises(msgspec.ValidationError, match="quotation marks"):
        msgspec.json.decode(b'{"amount":0.1,"currency":"USD"}', type=Money, dec_hook=decode_hook)


def test_a_plain_decimal_is_taken_for_an_amount() -> None:
    money = Money(Decimal("1E+3"), "USD")  # type: ignore[arg-type]  # what happens at run time is the point
    assert canonical(money) == b'{"amount":"1000","currency":"USD"}'


@pytest.mark.parametrize(
    ("currency", "said"),
    [
        ("usd", "'usd' is not a currency; did you mean USD?"),
        ("US$", "'US$' is not a currency of ISO 4217"),
        ("ABC", "'ABC' is not a currency of ISO 4217"),
        ("", "'' is not a currency of ISO 4217"),
    ],
)
def test_a_currency_is_one_of_iso_4217(currency: str, said: str) -> None:
    with pytest.raises(MoneyFault, match=re.escape(said)):
        Money.of(1, currency)


def test_sums_are_exact() -> None:
    assert Money.of("0.1", "USD") + Money.of("0.2", "USD") == Money.of("0.3", "USD")
    wide = Money.of("999999999999999999999999999999", "USD") - Money.of("0.000000000001", "USD")
    assert str(wide) == "999999999999999999999999999998.999999999999 USD"


def test_a_sum_too_wide_for_an_amount_is_refused() -> None:
    wide = Money.of("9" * 30, "USD")
    with pytest.raises(MoneyFault, match="at most 30 before the point"):
        wide + wide


def test_two_currencies_are_not_added() -> None:
    with pytest.raises(MoneyMismatch, match="USD and EUR are two currencies and are not added"):
        Money.of(1, "USD") + Money.of(1, "EUR")


def test_two_sorts_of_money_are_not_added() -> None:
    with pytest.raises(MoneyMismatch, match="pledged and received are two sorts of money and are not added"):
        Money.of(1, "USD", "pledged") - Money.of(1, "USD", "received")
    with pytest.raises(MoneyMismatch, match="money of no stated sort and received are two sorts"):
        Money.of(1, "USD") + Money.of(1, "USD", "received")
    with pytest.raises(MoneyMismatch, match="pledged and money of no stated sort are two sorts"):
        Money.of(1, "USD", "pledged") + Money.of(1, "USD")


def test_a_value_date_is_kept_where_both_have_it() -> None:
    day, other = Date.of("2026-01-22"), Date.of("2026-01-23")
    one = Money.of(1, "USD", "pledged", day)
    assert (one + one).value_date == day
    assert (one + Money.of(1, "USD", "pledged", other)).value_date is None


def test_a_total_of_nothing_is_nothing() -> None:
    assert total([]) is None
    assert total(iter([Money.of(1, "USD")])) == Money.of(1, "USD")
    assert total([Money.of(n, "USD") for n in (1, 2, 3)]) == Money.of(6, "USD")


def test_money_travels() -> None:
    money = Money.of("5.00", "USD", "pledged", Date.of("2026-01"))
    assert pickle.loads(pickle.dumps(money)) == money  # noqa: S301 -- our own bytes
    assert str(copy.deepcopy(money).amount) == "5.00"
    assert hash(money) == hash(copy.deepcopy(money))


GONE_SINCE = {"BGN"}
"""Withdrawn on 1 January 2026, when Bulgaria took the euro; an older CLDR has it in use."""
NEWER = {"XAD", "XCG", "ZWG"}
"""Codes that ISO 4217 lists and an older CLDR does not."""
NEVER_LISTED = set(re.findall("...", "ARLARMBANBGMBGOBOLBRZCLECNHCNXKRHKROMAFMCFMDCMKNMVPVNNYUR"))
"""Codes that CLDR has and ISO 4217 never listed."""


def _tender_today() -> set[str]:
    found: dict[str, list[tuple[str, object, object, bool]]] = get_global("territory_currencies")  # type: ignore[assignment]  # untyped data
    return {code for uses in found.values() for code, _, until, tender in uses if until is None and tender}


def test_every_legal_tender_of_today_is_an_active_currency() -> None:
    assert _tender_today() - ACTIVE_CURRENCIES <= GONE_SINCE


def test_every_currency_is_known_to_cldr() -> None:
    assert ACTIVE_CURRENCIES - list_currencies() <= NEWER
    assert list_currencies() - ACTIVE_CURRENCIES - WITHDRAWN_CURRENCIES <= NEVER_LISTED


def test_no_currency_is_both_active_and_withdrawn() -> None:
    assert not ACTIVE_CURRENCIES & WITHDRAWN_CURRENCIES
    assert all(re.fullmatch("[A-Z]{3}", code) for code in ACTIVE_CURRENCIES | WITHDRAWN_CURRENCIES)
