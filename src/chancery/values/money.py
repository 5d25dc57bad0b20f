"""Money: exact amounts in one currency and of one sort, which are never mixed."""

from __future__ import annotations

import re
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Self

from msgspec import Meta, Struct
from msgspec.structs import force_setattr

from chancery.values.currencies import CURRENCIES
from chancery.values.dates import Date
from chancery.values.phrases import Fault, Phrase, phrase, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

AMOUNT_PATTERN = r"^-?[0-9]{1,30}(?:\.[0-9]{1,12})?$"
"""The shape of an amount's text, for JSON Schema (ECMA 262): digits, at most 30 before the point and 12 after."""

_AMOUNT = re.compile(AMOUNT_PATTERN.strip("^$"))
_EXACT = Context(prec=64, traps=[Inexact, InvalidOperation])


class MoneyFault(Fault):
    """An amount or a currency that cannot be."""


class MoneyMismatch(MoneyFault):
    """Two sums that may not be added: of two currencies, or of two sorts of money."""


class Amount(Decimal):
    """An exact amount in plain digits, read from digits, a whole number or a Decimal; never from a binary float."""

    __slots__ = ()

    def __new__(cls, value: str | int | Decimal) -> Self:
        """Read an amount. Raises MoneyFault."""
        text = _digits(value)
        if _AMOUNT.fullmatch(text) is None:
            raise MoneyFault(_not_plain(text))
        return super().__new__(cls, text if text.strip("-0.") else text.lstrip("-"))

    def __format__(self, form: str, /) -> str:  # type: ignore[override]  # no caller of format() can give a context
        return super().__format__(form or "f")

    def __str__(self) -> str:
        return format(self)

    def __repr__(self) -> str:
        return f"Amount('{self}')"


class Money(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """A sum: amount, currency (ISO 4217), sort of money (pledged, committed, received, paid ...), value date.

    A sum without a sort is a sort of its own. Raises MoneyFault for a currency that ISO 4217 does not list.
    """

    amount: Annotated[Amount, Meta(description="the amount in plain digits")]
    currency: Annotated[str, Meta(description="ISO 4217 code", extra_json_schema={"pattern": "^[A-Z]{3}$"})]
    sort: Annotated[str, Meta(description="the sort of money: sums of two sorts are never added")] | None = None
    value_date: Annotated[Date, Meta(description="the day at whose value the amount is stated")] | None = None

    def __post_init__(self) -> None:
        """Check the currency, and take a plain Decimal for an amount."""
        if type(self.amount) is not Amount:
            force_setattr(self, "amount", Amount(self.amount))
        if self.currency not in CURRENCIES:
            raise MoneyFault(_unknown_currency(self.currency))

    @classmethod
    def of(
        cls, amount: str | int | Decimal, currency: str, sort: str | None = None, value_date: Date | None = None
    ) -> Money:
        """A sum from digits, a whole number or a Decimal. Raises MoneyFault."""
        return cls(Amount(amount), currency, sort, value_date)

    def __add__(self, other: Money) -> Money:
        """The exact sum; its value date is kept where both have the same. Raises MoneyMismatch."""
        return self._with(_EXACT.add(self.amount, other.amount), other)

    def __sub__(self, other: Money) -> Money:
        """The exact difference; its value date is kept where both have the same. Raises MoneyMismatch."""
        return self._with(_EXACT.subtract(self.amount, other.amount), other)

    def __str__(self) -> str:
        """The amount in plain digits and the currency."""
        return f"{self.amount} {self.currency}"

    def _with(self, amount: Decimal, other: Money) -> Money:
        if (self.currency, self.sort) != (other.currency, other.sort):
            raise MoneyMismatch(_mismatch(self, other))
        value_date = self.value_date if self.value_date == other.value_date else None
        return Money(Amount(amount), self.currency, self.sort, value_date)


def total(monies: Iterable[Money]) -> Money | None:
    """The exact total, or None of no sums: nothing has no currency. Raises MoneyMismatch."""
    found: Money | None = None
    for money in monies:
        found = money if found is None else found + money
    return found


def _digits(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f") if abs(value.adjusted()) < _EXACT.prec else str(value)
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() < 2 * _EXACT.prec:
        return str(value)
    raise MoneyFault(_no_digits(value))


def _no_digits(value: object) -> Phrase:
    if isinstance(value, float):
        return phrase("an amount is exact; write it in quotation marks, as {text}", text=f'"{value}"')
    kind = type(value).__name__
    return phrase(
        "an amount is written in digits, such as 5000000.00, at most 30 before the point; this is of type {kind}",
        kind=kind,
    )


def _not_plain(text: str) -> Phrase:
    return phrase(
        "{text} is not an amount; write plain digits, such as 5000000.00, at most 30 before the point and 12 after",
        text=quoted(text),
    )


def _unknown_currency(currency: str) -> Phrase:
    if currency.upper() in CURRENCIES:
        return phrase("{text} is not a currency; did you mean {near}?", text=quoted(currency), near=currency.upper())
    return phrase("{text} is not a currency of ISO 4217; write its three letters, such as USD", text=quoted(currency))


def _mismatch(one: Money, other: Money) -> Phrase:
    if one.currency != other.currency:
        return phrase("{one} and {other} are two currencies and are not added", one=one.currency, other=other.currency)
    unsaid = phrase("money of no stated sort")
    return phrase(
        "{one} and {other} are two sorts of money and are not added", one=one.sort or unsaid, other=other.sort or unsaid
    )
