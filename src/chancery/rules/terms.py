"""Terms: what was begun and still holds on a day. An end that is not known is not "still running"."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from chancery.register import Account, Fact
from chancery.rules.standing import weighty
from chancery.values import Date, Span, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()
"""The first and the last day of the calendar; a fact without a day may lie before or after."""

A_co = TypeVar("A_co", bound=Account, covariant=True)


class Held(Struct, Generic[A_co], frozen=True):
    """Something begun: the fact that began it, its stated end, whether it holds on the day, the facts that bear on it.

    ``holds`` is undecided where its end is not known, or where an act of an open date may have ended it by the day.
    """

    fact: Fact[A_co]
    until: Date | None
    holds: Verdict
    beside: tuple[Fact[Account], ...] = ()


class Ends(Struct, frozen=True):
    """The facts that end or lengthen what was begun, those that may have ended it, and whether one concerns another."""

    of: Callable[[Account, Account], bool]
    ended: Sequence[Fact[Account]] = ()
    perhaps: Sequence[Fact[Account]] = ()
    renewed: Sequence[Fact[Account]] = ()


def held(begun: Iterable[Fact[A_co]], ends: Ends, on: int) -> Iterator[Held[A_co]]:
    """What holds on a day, or may hold, of what was begun."""
    ends = replace(ends, ended=weighty(ends.ended), renewed=weighty(ends.renewed))
    for fact in begun:
        found = _held(fact, ends, on)
        if found.holds is not Verdict.NO:
            yield found


def _held(fact: Fact[A_co], ends: Ends, on: int) -> Held[A_co]:
    concerns = [each for each in ends.ended if each.order > fact.order and ends.of(fact.act, each.act)]
    renewed = [each for each in ends.renewed if each.order > fact.order and ends.of(fact.act, each.act)]
    until = end_of(renewed[-1] if renewed else fact)
    if concerns:
        return Held(fact, until, Verdict.NO, tuple(concerns))
    perhaps = [each for each in ends.perhaps if ends.of(fact.act, each.act)]
    holds = Verdict.UNDECIDED if perhaps else _holds(fact, until, on)
    return Held(fact, until, holds, (*renewed, *perhaps))


def _holds(fact: Fact[Account], until: Date | None, on: int) -> Verdict:
    """Whether it holds: that it has begun is settled, since its fact is in force on the day."""
    return Span(Date.ordinal(min(max(fact.day, FIRST_DAY), on, LAST_DAY)), until).holds(on)


def end_of(fact: Fact[Account]) -> Date | None:
    """The end that an account of a fact states, the weightiest first."""
    return cast("Date | None", fact.stated("until"))
