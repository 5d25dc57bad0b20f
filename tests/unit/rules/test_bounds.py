"""Bounds and numbers: written exactly, never as floating point."""

from fractions import Fraction

import pytest

from chancery.rules.bounds import Bar, exactly, grain, written
from tests.ruled import decision, faults

TEN = 'type = "members", others = 10'


@pytest.mark.parametrize(
    ("text", "number"),
    [(9, Fraction(9)), ("2/3", Fraction(2, 3)), ("65%", Fraction(13, 20)), ("0.1", Fraction(1, 10)),
     ("62.5%", Fraction(5, 8)), ("0.000000001%", Fraction(1, 10**11)), (2**53 - 1, Fraction(2**53 - 1))],
)  # fmt: skip
def test_a_number_stands_for_exactly_what_it_says(text: int | str, number: Fraction) -> None:
    assert exactly(text) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [(5, "5"), (Fraction(1, 2), "0.5"), (Fraction(1, 3), "1/3"), (Fraction(5, 2), "2.5"), (Fraction(1, 40), "0.025"),
     (Fraction(10, 5), "2"), (Fraction(2**53 - 1, 2), "4503599627370495.5"), (0, "0"), (Fraction(7, 6), "7/6")],
)  # fmt: skip
def test_a_number_is_shown_as_a_decimal_where_that_is_exact(number: Fraction, text: str) -> None:
    assert written(number) == text


def test_what_is_shown_is_the_number() -> None:
    for top in range(60):
        for bottom in range(1, 45):
            assert Fraction(written(Fraction(top, bottom))) == Fraction(top, bottom)


def test_the_grain_makes_numbers_whole() -> None:
    assert grain([Fraction(1, 2), Fraction(1, 3), Fraction(2)]) == 6
    assert grain([]) == 1


@pytest.mark.parametrize(
    "bound",
    [
        '"2/3\\n"',
        '"65%\\n"',
        '"2 / 3"',
        '"0.5"',
        '"-1/2"',
        '"1/0"',
        '"½"',
        '"２/３"',
        '"1e1%"',
        "-1",
        "0.5",
        "true",
        str(2**53),
    ],
)
def test_what_is_no_bound_is_refused(bound: str) -> None:
    found = faults(TEN, decision(f'type = "threshold", at_least = {bound}, of = "cast"'))
    assert set(found) == {"malformed-field"}


@pytest.mark.parametrize("weight", ['"1\\n"', '"-1"', "-1", '"1,5"', '"x"', str(2**53), "0.5"])
def test_what_is_no_weight_is_refused(weight: str) -> None:
    found = faults(
        TEN,
        f'type = "weights", name = "w", values = {{ "state:fr" = {weight} }}',
        decision('type = "threshold", at_least = 1'),
    )
    assert set(found) == {"malformed-field"}


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("lower", [True, False])
def test_what_is_needed_is_the_least_that_does_or_the_most_that_may_be(*, strict: bool, lower: bool) -> None:
    for of in range(5):
        for parts in range(1, 5):
            bar = Bar(of, parts, strict=strict, lower=lower)
            for base in range(1, 13):
                does = [have for have in range(-1, 60) if meets(bar, have, base)]
                need = bar.need(base)
                assert need == (min(does) if lower else max(does, default=-1)), (bar, base)


def meets(bar: Bar, have: int, base: int) -> bool:
    """Whether so many of a base do, said in fractions."""
    share = Fraction(bar.of, bar.parts) * base
    if bar.lower:
        return have > share if bar.strict else have >= share and have >= 0
    return have < share if bar.strict else have <= share
