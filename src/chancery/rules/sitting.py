"""Sitting: who is named to a body, who has a seat on it, who holds an office; on the day of a reading or before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.rules.terms import Ends, Held, held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from chancery.register import Account, Fact, Register
    from chancery.values import Ref


def appointed(register: Register, on: int | None = None) -> Iterator[Held[Account]]:
    """Who is named to a body or a post on it, and has not left."""
    return _held(register, on, "appointment.made", _leaves, "appointment.ended")


def seated(register: Register, on: int | None = None) -> Iterator[Held[Account]]:
    """Who has become a member, or taken a seat, that has not run out and was not given up or taken."""
    return _held(register, on, "membership.begun", _same_membership, "membership.withdrawn", "membership.removed")


def in_office(register: Register, on: int | None = None) -> Iterator[Held[Account]]:
    """Who holds an office, and has not left it."""
    return _held(register, on, "office.held", _same_office, "office.left")


def holders(register: Register, on: int | None = None) -> frozenset[tuple[Ref, Ref]]:
    """Who holds which office or post, as pairs."""
    posts = (*in_office(register, on), *appointed(register, on))
    return frozenset(
        (each.fact.act.person, each.fact.act.office)  # type: ignore[attr-defined]  # both kinds have both
        for each in posts
        if each.fact.act.office is not None  # type: ignore[attr-defined]
    )


def by_day(register: Register, on: int, *kinds: str) -> list[Fact[Account]]:
    """Facts of some kinds that had certainly taken effect by a day."""
    return [fact for fact in register.called(*kinds) if fact.day <= on]


def perhaps_by_day(register: Register, on: int, *kinds: str) -> list[Fact[Account]]:
    """Facts of some kinds that may have taken effect by a day, and may not have."""
    open_ = (*register.called(*kinds), *(fact for fact in register.undecided if fact.act.kind in kinds))
    return [fact for fact in open_ if fact.day > on >= fact.act.effective.earliest]


def _held(
    register: Register, on: int | None, begun: str, same: Callable[[Account, Account], bool], *ended: str
) -> Iterator[Held[Account]]:
    day = register.reading.on if on is None else on
    renewed = by_day(register, day, "membership.renewed") if begun == "membership.begun" else ()
    ends = Ends(same, by_day(register, day, *ended), perhaps_by_day(register, day, *ended), renewed)
    return held(by_day(register, day, begun), ends, day)


def _leaves(made: Account, ended: Account) -> bool:
    """Whether one leaves what one was named to; whoever leaves the body leaves every post on it."""
    same = _two(made, "person", "body") == _two(ended, "person", "body")
    return same and getattr(ended, "office", None) in (None, getattr(made, "office", None))


def _same_membership(begun: Account, other: Account) -> bool:
    return _two(begun, "party", "body") == _two(other, "party", "body")


def _same_office(begun: Account, left: Account) -> bool:
    return _two(begun, "person", "office") == _two(left, "person", "office")


def _two(act: Account, first: str, second: str) -> tuple[object, object]:
    return getattr(act, first, None), getattr(act, second, None)
