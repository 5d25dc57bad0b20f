"""Counting: how many votes there are of a kind, and of what: by number alone, or by who cast them."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from chancery.rules.bounds import grain
from chancery.rules.votes import Part
from chancery.rules.voting import Threshold
from chancery.values import Phrase, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chancery.rules.rolls import Roll
    from chancery.rules.votes import Choice, Count
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


def completed(count: Count, setting: Setting) -> Count:
    """The count with those named who are left over: every member voted, and all are named but some of one side."""
    sides: dict[Choice, Number] = {"yes": count.yes, "no": count.no, "abstain": count.abstain}
    if count.whole or count.untold or not setting.roll.whole or sum(sides.values()) != len(setting.voters):
        return count
    named = list(count.named.values())
    short = [side for side, number in sides.items() if named.count(side) < number]
    if len(short) != 1 or sides[short[0]] - named.count(short[0]) != len(setting.voters - count.named.keys()):
        return count
    left = setting.voters - count.named.keys()
    return replace(count, named={**count.named, **dict.fromkeys(sorted(left), short[0])}, whole=True)


def weighed(table: str, count: Count, setting: Setting) -> Part | None:
    """What the votes for, against and abstaining weigh by a table; None where it is not told who cast them."""
    sums: list[Fraction] = []
    for side in SIDES:
        test = Threshold(votes=side, weight=table)
        have = Named(test, count, setting).have(test)
        if have is None:
            return None
        sums.append(Fraction(have))
    return Part(*sums)


class Heads:
    """Votes counted by number: the plain case, in which nobody need be named."""

    grain = 1

    def __init__(self, count: Count, setting: Setting) -> None:
        self._count, self._setting = count, setting
        carried = count.shares or count.carried
        if carried:
            self.grain = grain(weight for sides in carried.values() for weight in sides.values())

    def have(self, test: Threshold) -> Number | None:
        """How many voted so; None where that is not told."""
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
        """How many there are of what a share is a share of; None where that is not known."""
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


class Named:
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
        self._carried = count.shares if count.shares and self._weights is None else count.carried
        carried = (each for sides in self._carried.values() for each in sides.values())
        told = () if self._part is None else (self._part.yes, self._part.no, self._part.abstain)
        self.grain = grain((*weights, *carried, *told))

    def have(self, test: Threshold) -> Number | None:
        """How many voted so; None where that is not told."""
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
        """How many there are of what a share is a share of; None where that is not known."""
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
                sides = self._carried.get(party)
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


SIDES: tuple[Literal["yes", "no", "abstain"], ...] = ("yes", "no", "abstain")

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
