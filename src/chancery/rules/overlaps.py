"""Overlaps: one person on several bodies, or on a body and in an office, with what ties the two on record."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from chancery.register import Account, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chancery.values import Ref

OverlapSort = Literal["two_bodies", "body_and_office"]


class Post(Struct, frozen=True):
    """A place that a person has: a seat on a body, or an office. ``of`` is the body, or whose office it is."""

    person: Ref
    of: Ref
    fact: Fact[Account]
    office: Ref | None = None
    is_seat: bool = True


class Overlap(Struct, frozen=True):
    """Two posts of one person, and the facts that bind the one's body to the other's. It finds no fault in it."""

    person: Ref
    sort: OverlapSort
    first: Post
    second: Post
    bonds: tuple[Fact[Account], ...] = ()


def overlaps(posts: Iterable[Post], bonds: Sequence[Fact[Account]]) -> Iterator[Overlap]:
    """Every two bodies on which one person sits, and every office beside a seat, whether or not anything ties them."""
    by_person: dict[Ref, list[Post]] = {}
    for post in posts:
        by_person.setdefault(post.person, []).append(post)
    touching: dict[Ref, list[int]] = {}
    for place, bond in enumerate(bonds):
        for end in _touched(bond.act):
            touching.setdefault(end, []).append(place)
    for person in sorted(by_person):
        for first, second in combinations(sorted(by_person[person], key=_seats_first), 2):
            if first.is_seat and first.of != second.of:
                near = {place for name in _names(first) | _names(second) for place in touching.get(name, ())}
                binding = tuple(bonds[place] for place in sorted(near) if _binds(bonds[place].act, first, second))
                sort: OverlapSort = "two_bodies" if second.is_seat else "body_and_office"
                yield Overlap(person, sort, first, second, binding)


def _seats_first(post: Post) -> bool:
    return not post.is_seat


def _binds(act: Account, first: Post, second: Post) -> bool:
    """Whether an act ties the two: a line of oversight, money, or a statement about the person in one of them."""
    about: tuple[Ref, ...] = getattr(act, "about", ())
    ends = _touched(act)
    if first.person in about and not second.is_seat:
        return bool(ends & (_names(first) | _names(second)))
    return bool(ends & _names(first)) and bool(ends & _names(second))


def _touched(act: Account) -> frozenset[Ref]:
    """Whatever an act joins or is about."""
    return ends_of(act).union(getattr(act, "about", ()))


def _names(post: Post) -> frozenset[Ref]:
    return frozenset({post.of}) if post.office is None else frozenset({post.of, post.office})


def ends_of(act: Account) -> frozenset[Ref]:
    """The parties that a line of oversight or a sum of money joins."""
    names = (getattr(act, name, None) for name in ("subject", "object", "to", "through"))
    givers: tuple[Ref, ...] = getattr(act, "by", ())
    return frozenset((*(each for each in names if each is not None), *givers))
