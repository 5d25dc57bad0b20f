"""Bounds of tests: shares and numbers written exactly, as 9, "2/3" or "65%"; never as floating point."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

END = r"$(?!\n)"
"""The end of a text, for patterns that JSON Schema takes too: in Python a bare $ also lets a line end follow."""

SHARE_PATTERN = r"^(?:[0-9]{1,12}/[1-9][0-9]{0,11}|[0-9]{1,3}(?:\.[0-9]{1,9})?%)" + END
"""A fraction such as 2/3, or a percentage such as 65%."""

AMOUNT_PATTERN = r"^[0-9]{1,15}(?:\.[0-9]{1,9}|/[1-9][0-9]{0,11})?" + END
"""A weight that is no whole number: 0.5, or 1/3."""

Bound = Annotated[int, Meta(ge=0, le=2**53 - 1)] | Annotated[str, Meta(pattern=SHARE_PATTERN)]
"""A number of votes, or a share of a base."""

Amount = Annotated[int, Meta(ge=0, le=2**53 - 1)] | Annotated[str, Meta(pattern=AMOUNT_PATTERN)]
"""A weight: a whole number, a decimal or a fraction, not negative."""


def exactly(written: int | str) -> Fraction:
    """The number that a bound or a weight stands for."""
    if isinstance(written, int):
        return Fraction(written)
    if written.endswith("%"):
        return Fraction(written[:-1]) / 100
    return Fraction(written)


class Bar(Struct, frozen=True, gc=False):
    """A bound as whole numbers: a share ``of / parts``, to be reached or passed, or, of an upper bound, kept to.

    All that it is asked about is counted in grains: votes, or the equal parts of a vote that a table of weights needs.
    """

    of: int
    parts: int
    strict: bool
    lower: bool

    def need(self, base: int) -> int:
        """The least that does, of a base; of an upper bound, the most that is allowed. No share of nothing is none."""
        exact = self.of * base
        if self.lower:
            least = exact // self.parts + 1 if self.strict else -(-exact // self.parts)
            return least + (least == 0) if self.of else least  # also of columns
        return -(-exact // self.parts) - 1 if self.strict else exact // self.parts

    def missing(self, have: int, base: int) -> int | None:
        """How many more would have been needed, each of which adds to the base too; None where no number does."""
        if self.of >= self.parts:
            return 1 if base == 0 and self.of == self.parts and not self.strict else None
        short, each = self.of * base - self.parts * have, self.parts - self.of
        return short // each + 1 if self.strict else max(-(-short // each), 1)

    def spare(self, have: int, base: int) -> int | None:
        """By how much the base could have grown; None where it could without end."""
        if self.of == 0:
            return None
        room = self.parts * have
        return -(-room // self.of) - 1 - base if self.strict else room // self.of - base

    def excess(self, have: int, base: int) -> int | None:
        """Of an upper bound: how many fewer it takes, each of which leaves the base too; None where no number does."""
        over, each = self.parts * have - self.of * base, self.parts - self.of
        if each <= 0:
            return None
        fewer = over // each + 1 if self.strict else -(-over // each)
        return fewer if fewer <= have else None

    def leeway(self, have: int, base: int) -> int | None:
        """Of an upper bound: how many more it allows, each of which adds to the base too; None for any number."""
        room, each = self.of * base - self.parts * have, self.parts - self.of
        if each <= 0:
            return None
        return -(-room // each) - 1 if self.strict else room // each


def grain(values: Iterable[Fraction]) -> int:
    """The least number by which all of some numbers become whole."""
    return lcm(1, *(value.denominator for value in values))


def written(value: Fraction | int) -> str:
    """A number as it is shown: whole, as a decimal where that is exact, else as a fraction."""
    if isinstance(value, int):
        return str(value)
    if value.denominator == 1:
        return str(value.numerator)
    digits = _decimals(value.denominator)
    if digits is None:
        return f"{value.numerator}/{value.denominator}"
    scaled = value.numerator * 10**digits // value.denominator
    return f"{scaled // 10**digits}.{scaled % 10**digits:0{digits}d}"


def _decimals(denominator: int) -> int | None:
    """How many decimals write a fraction with this denominator exactly; None where none do."""
    left, digits = denominator, 0
    for prime in (2, 5):
        times = 0
        while left % prime == 0:
            left, times = left // prime, times + 1
        digits = max(digits, times)
    return digits if left == 1 else None
