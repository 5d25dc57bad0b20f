"""Measuring: a test of a vote, what was had, what was needed, and of what; in whole numbers and fractions only."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache, reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from chancery.rules.bounds import Bar, exactly
from chancery.rules.counting import BY_CHOICE, UNKNOWN, Heads, Named, Number
from chancery.rules.voting import AllOf, Threshold
from chancery.values import Phrase, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from chancery.rules.counting import Setting
    from chancery.rules.votes import Count
    from chancery.rules.voting import AnyRequirement, Base


class Tested(Struct, frozen=True):
    """A test as it came out: ``passed`` is None where what is known does not settle it.

    ``have`` is what was counted, ``need`` the least that would do (of an upper bound, the most), ``base`` what the
    share is a share of, by ``of``; ``note`` says in which sense words were taken, where that decides. ``missing`` is
    how many more votes of those counted would have been needed (of an upper bound, how many fewer), every other vote
    staying as it was; ``spare`` how many other votes it could have borne
    besides (of an upper bound, how many more of those counted). None: no number does, or any. ``parts`` are the tests
    within.
    """

    requirement: AnyRequirement
    passed: bool | None
    have: Number | None = None
    need: Number | None = None
    of: Base | None = None
    base: Number | None = None
    missing: Number | None = None
    spare: Number | None = None
    unknown: Phrase | None = None
    note: Phrase | None = None
    parts: tuple[Tested, ...] = ()


def measured(requirement: AnyRequirement, count: Count, setting: Setting) -> Tested:
    """Take a test, or several together."""
    if isinstance(requirement, Threshold):
        return _threshold(requirement, count, setting)
    parts = tuple(measured(part, count, setting) for part in requirement.of)
    passed = _all if isinstance(requirement, AllOf) else _any
    return Tested(requirement, passed(part.passed for part in parts), parts=parts)


def _all(answers: Iterable[bool | None]) -> bool | None:
    found = tuple(answers)
    return False if False in found else None if None in found else True


def _any(answers: Iterable[bool | None]) -> bool | None:
    found = tuple(answers)
    return True if True in found else None if None in found else False


def _threshold(test: Threshold, count: Count, setting: Setting) -> Tested:
    """Take one test against every base that it may mean: where they do not agree, it stays open."""
    scale = Heads(count, setting) if _is_plain(test, setting) else Named(test, count, setting)
    have = scale.have(test)
    if have is None:
        return Tested(test, None, of=test.of, unknown=scale.unknown(test))
    abstained = bool(count.abstain) or "abstain" in count.untold
    found = [_against(test, have, of, scale) for of in _readings(test, setting, abstained=abstained)]
    first = found[0]
    if all(each.passed is first.passed for each in found):
        return first
    if test.of == "present_and_voting":
        return replace(first, note=USUAL_SENSE)
    unsettled = phrase("The text does not settle of what it is a share, and that decides.")
    unknown = next((each.unknown for each in found if each.unknown is not None), unsettled)
    return Tested(test, None, have, first.need, first.of, first.base, unknown=unknown)


def certain(requirement: AnyRequirement, count: Count, setting: Setting) -> bool | NDArray[np.bool_]:
    """Whether a test is certainly met, on every reading: by numbers alone, which may be those of many votes in columns.

    False where names matter, and where the numbers are too large for columns.
    """
    if not isinstance(requirement, Threshold):
        parts = [certain(part, count, setting) for part in requirement.of]
        return reduce(and_ if isinstance(requirement, AllOf) else or_, parts)
    if not _is_plain(requirement, setting) or bar_of(requirement).of > LARGEST_SHARE:
        return False
    heads = Heads(count, setting)
    readings = _readings(requirement, setting, abstained=requirement.of != "present_and_voting")
    return reduce(and_, (_is_met(requirement, of, heads) for of in readings))


def _is_met(test: Threshold, of: str | None, heads: Heads) -> bool | NDArray[np.bool_]:
    have, base, bar = heads.have(test), 1 if of is None else heads.base(of), bar_of(test)
    if have is None or base is None:
        return False
    need = bar.need(base)  # type: ignore[arg-type]  # whole votes
    return have >= need if bar.lower else have <= need


def _is_plain(test: Threshold, setting: Setting) -> bool:
    return test.group is None and test.weight is None and not (test.but_concerned and setting.concerned)


USUAL_SENSE = phrase(
    "Whether who abstains is voting the rules do not say; the words are taken in their usual sense: not."
)
"""What is said where the sense of "present and voting" decides (the usual one: rule 86 of the UN General Assembly)."""

LARGEST_SHARE = 2**30
"""Parts of a share, up to which the products of columns stay below 2**63: a table has fewer than 2**27 rows."""


def _readings(test: Threshold, setting: Setting, *, abstained: bool) -> tuple[str | None, ...]:
    """The bases that a test may mean; two where it is not said whether who abstains is voting, and somebody did."""
    if test.of == "present_and_voting":
        if setting.abstentions is None and abstained:
            return ("cast", "voting")
        return ("voting",) if setting.abstentions else ("cast",)
    return ("members", "seats", "present", "cast") if test.of == "unsettled" else (test.of,)


def _against(test: Threshold, have: Number, of: str | None, scale: Heads | Named) -> Tested:
    """Take a test against one base."""
    shown: Base | None = test.of if test.of == "present_and_voting" else of  # type: ignore[assignment]  # a base
    base = 1 if of is None else scale.base(of)
    if base is None:
        unknown = UNKNOWN[of or ""]
        return Tested(test, None, have, of=shown, unknown=unknown)
    bar, grained = bar_of(test), scale.grain
    had, whole = _grains(have, grained), _grains(base, grained)
    need = bar.need(whole)
    passed = had >= need if bar.lower else had <= need
    change = _spare(test, bar, had, whole, of) if passed else _missing(test, bar, had, whole, of)
    shift = None if change is None else _votes(change, grained)
    return Tested(
        test,
        passed,
        have,
        _votes(need, grained),
        shown,
        None if of is None else base,
        None if passed else shift,
        shift if passed else None,
    )


def _missing(test: Threshold, bar: Bar, had: int, whole: int, of: str | None) -> int | None:
    """How many more of the votes counted it takes, or of an upper bound how many fewer."""
    sides = BY_CHOICE.get(of, ())
    if test.votes in sides:
        return bar.missing(had, whole) if bar.lower else bar.excess(had, whole)
    if sides and test.votes == "not_yes":
        return None  # who did not vote yes is in the base or not
    need = bar.need(whole)
    return need - had if bar.lower else had - need if need >= 0 else None


def _spare(test: Threshold, bar: Bar, had: int, whole: int, of: str | None) -> int | None:
    """How many other votes it bears besides, or of an upper bound how many more of those counted."""
    sides = BY_CHOICE.get(of, ())
    if sides and test.votes == "not_yes":
        return None
    if bar.lower:
        return bar.spare(had, whole) if sides else None
    return bar.leeway(had, whole) if test.votes in sides else bar.need(whole) - had


def _grains(number: Number, grained: int) -> int:
    return int(number * grained)


def _votes(grains: int, grained: int) -> Number:
    return grains if grained == 1 else Fraction(grains, grained)


@lru_cache(maxsize=1024)
def bar_of(test: Threshold) -> Bar:
    """The bound of a test."""
    for said, strict, lower in (
        (test.at_least, False, True),
        (test.more_than, True, True),
        (test.at_most, False, False),
        (test.fewer_than, True, False),
    ):
        if said is not None:
            exact = exactly(said)
            return Bar(exact.numerator, exact.denominator, strict, lower)
    return Bar(1, 1, strict=True, lower=True)  # a test without a bound is refused before it is taken: it cannot be met
