"""Measuring: a test of a vote, what was had, what was needed, and of what; in whole numbers and fractions only."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property, lru_cache, reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from chancery.rules.bounds import Bar, exactly, grain
from chancery.rules.voting import AllOf, Threshold
from chancery.values import Phrase, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from chancery.rules.rolls import Roll
    from chancery.rules.votes import Count
    from chancery.rules.voting import AnyRequirement, Base
    from chancery.values import Ref

Number = int | Fraction


class Setting(Struct, frozen=True, dict=True):
    """Under what a test is taken: the roll, who may vote, whether who abstains is voting, who is concerned.

    ``idle`` is whether members may be present and take no part.
    """

    roll: Roll
    voters: frozenset[Ref]
    abstentions: bool | None = None
    concerned: frozenset[Ref] = frozenset()
    idle: bool = False

    @property
    def members(self) -> int | None:
        """How many members are in office with a vote; None where that is not known."""
        return None if self.roll.others is None else len(self.voters) + self.roll.others

    @cached_property
    def _groups(self) -> dict[str, frozenset[Ref]]:
        statuses, voters = self.roll.statuses, self.voters
        return {
            name: frozenset(party for party in found if party in voters or party not in statuses)
            for name, found in self.roll.groups.items()
        }

    def group(self, name: str) -> frozenset[Ref]:
        """The members of a group, without those who sit and have no vote."""
        return self._groups.get(name, frozenset())


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
    scale = _Heads(count, setting) if _is_plain(test, setting) else _Named(test, count, setting)
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
    heads = _Heads(count, setting)
    readings = _readings(requirement, setting, abstained=requirement.of != "present_and_voting")
    return reduce(and_, (_is_met(requirement, of, heads) for of in readings))


def _is_met(test: Threshold, of: str | None, heads: _Heads) -> bool | NDArray[np.bool_]:
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


def _against(test: Threshold, have: Number, of: str | None, scale: _Heads | _Named) -> Tested:
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


class _Heads:
    """Votes counted by number: the plain case, in which nobody need be named."""

    grain = 1

    def __init__(self, count: Count, setting: Setting) -> None:
        self._count, self._setting = count, setting
        if count.carried:
            self.grain = grain(weight for sides in count.carried.values() for weight in sides.values())

    def have(self, test: Threshold) -> Number | None:
        count = self._count
        if ("yes" if test.votes == "not_yes" else test.votes) in count.untold:
            return None
        if test.votes == "yes":
            return count.yes
        if test.votes == "no":
            return count.no
        if test.votes == "abstain":
            return count.abstain
        members = self.base("members")
        return None if members is None else members - count.yes

    def unknown(self, test: Threshold) -> Phrase:
        """Why it is not known how many voted so."""
        choice = "yes" if test.votes == "not_yes" else test.votes
        if choice in self._count.untold:
            return UNTOLD[choice]
        return UNKNOWN["members"]

    def base(self, of: str) -> Number | None:
        count = self._count
        if of == "present":
            return count.present if count.told or not (self._setting.idle or count.untold) else None
        if of in ("cast", "voting"):
            if any(choice in count.untold for choice in BY_CHOICE[of]):
                return None
            return count.yes + count.no + (count.abstain if of == "voting" else 0)
        if of == "seats":
            return self._setting.roll.seats
        members = self._setting.members
        return None if members is None else members - count.recused


class _Named:
    """Votes counted by who cast them: those of a group, or by weight, or without the parties concerned."""

    def __init__(self, test: Threshold, count: Count, setting: Setting) -> None:
        self._count = count
        self._roll = setting.roll
        self._weight_name = test.weight
        self._weights = None if test.weight is None else setting.roll.weights.get(test.weight, {})
        self._group = None if test.group is None else setting.group(test.group)
        self._left_out = setting.concerned if test.but_concerned else frozenset()
        self._voters = (setting.voters if self._group is None else self._group) - self._left_out
        self._empty = self._all(self._left_out & setting.voters if setting.roll.whole else self._left_out)
        self._part = count.parts.get(test.group or test.weight or "")
        weights = () if self._weights is None else self._weights.values()
        carried = (each for sides in count.carried.values() for each in sides.values())
        told = () if self._part is None else (self._part.yes, self._part.no, self._part.abstain)
        self.grain = grain((*weights, *carried, *told))

    def have(self, test: Threshold) -> Number | None:
        if test.votes != "not_yes":
            return self._sum(test.votes) if self._told(test.votes) else None
        whole = self.base("members")
        return whole - self._sum("yes") if whole is not None and self._told("yes") else None

    def unknown(self, _test: Threshold) -> Phrase:
        """Why it is not known how many voted so."""
        return phrase("Who cast which vote is not told for all of them.")

    def _told(self, choice: str) -> bool:
        """Whether it is told by name who voted so.

        Of a group, a list of those who did is taken as the whole of it; where there is none, all the others are named.
        """
        count = self._count
        if self._part is not None or count.whole or (self._group is not None and self._listed(choice)):
            return True
        if choice not in SIDES or choice in count.untold:
            return False
        number: Number = getattr(count, choice)
        return sum(each == choice for each in count.named.values()) == number

    def _listed(self, choice: str) -> bool:
        named, group = self._count.named, self._group or frozenset()
        return any(named.get(party) == choice for party in group) or group.issubset(named)

    def base(self, of: str) -> Number | None:
        choices = BY_CHOICE.get(of)
        if choices is not None and of == "present" and not self._count.recused:
            choices = (*choices, "recused")
        if choices is not None:
            return self._sum(*choices) if all(map(self._told, choices)) else None
        if of == "seats":
            return self._seats()
        if self._group is None and self._roll.others != 0:
            return None
        return self._all(party for party in self._voters if not self._is_out(party))

    def _seats(self) -> Number | None:
        """All the seats: of a group its members', of weights all that there are, without those of the concerned."""
        if self._group is not None:
            return self._all(self._voters)
        total = self._roll.seats if self._weight_name is None else self._roll.totals.get(self._weight_name)
        return None if total is None else total - self._empty

    def _is_out(self, party: Ref) -> bool:
        """Whether somebody is recused, and that leaves them out of the count."""
        return bool(self._count.recused) and self._count.named.get(party) == "recused"

    def _all(self, parties: Iterable[Ref]) -> Number:
        return sum(self._weight(party) for party in parties)

    def _sum(self, *choices: str) -> Number:
        """The votes for some choices: as their sums are told, or else name by name."""
        found: Number = 0
        if self._part is not None:
            return sum((getattr(self._part, choice, found) for choice in choices), found)
        for party, choice in self._count.named.items():
            if self._takes(party):
                sides = self._count.carried.get(party)
                if sides is not None:
                    found += sum(weight for side, weight in sides.items() if side in choices)
                elif choice in choices:
                    found += self._weight(party)
        return found

    def _takes(self, party: Ref) -> bool:
        if self._group is None and self._weights is None:
            return party not in self._left_out
        return party in self._voters

    def _weight(self, party: Ref) -> Number:
        return 1 if self._weights is None else self._weights.get(party, 0)


SIDES = ("yes", "no", "abstain")

BY_CHOICE: dict[str | None, tuple[str, ...]] = {
    "cast": ("yes", "no"),
    "voting": ("yes", "no", "abstain"),
    "present": ("yes", "no", "abstain", "not_voting"),
}
"""The bases that are made up of what was done, and of which choices."""

UNTOLD: dict[str, Phrase] = {
    "yes": phrase("How many voted yes is not told."),
    "no": phrase("How many voted no is not told."),
    "abstain": phrase("How many abstained is not told."),
}
"""That the number of those who voted so is not told."""

UNKNOWN: dict[str, Phrase] = {
    "cast": phrase("How many voted for and against is not known."),
    "voting": phrase("How many members were present and voting is not known."),
    "present": phrase("How many members were present is not known."),
    "members": phrase("How many members are in office is not known."),
    "seats": phrase("How many seats there are is not known."),
}
"""That a base is not known."""
