"""Votes: what is told of one vote, as ballots by name or as a tally, and what it adds up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Annotated, Literal, get_args, overload

from msgspec import Meta, Struct

from chancery.rules.bounds import Amount, exactly
from chancery.values import Place, Ref

Choice = Literal["yes", "no", "abstain", "absent", "recused", "not_voting"]
"""How a party voted; not_voting: present, and took no part."""

Manner = Literal["vote", "without_vote", "silence", "written", "chair"]
"""How a decision was taken."""

Answer = Literal["given", "refused", "pending"]
"""What became of an approval."""

CHOICES: tuple[Choice, ...] = get_args(Choice)

NOWHERE = Place()


class Ballot(Struct, frozen=True, gc=False):
    """One ballot: whose it is, how it was cast, by whom where by a proxy, how many votes it carries where not one.

    ``at`` is when it arrived, in seconds since 0001-01-01 UTC.
    """

    party: Ref
    choice: Choice
    proxy: Ref | None = None
    weight: Fraction | None = None
    at: int | None = None
    place: Place = NOWHERE


class Cast(Sequence[Ballot]):
    """Ballots as they stand in the columns of a table, one vote each: made one by one only where they are asked for."""

    __slots__ = ("choices", "file", "lines", "parties")

    def __init__(self, parties: Sequence[Ref], choices: Sequence[Choice], lines: Sequence[int], file: str) -> None:
        """Take columns of one length, and the file in which they stand."""
        self.parties, self.choices, self.lines, self.file = parties, choices, lines, file

    def __len__(self) -> int:
        return len(self.parties)

    @overload
    def __getitem__(self, index: int) -> Ballot: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Ballot, ...]: ...
    def __getitem__(self, index: int | slice) -> Ballot | tuple[Ballot, ...]:
        if isinstance(index, slice):
            return tuple(map(self.__getitem__, range(*index.indices(len(self)))))
        place = Place(self.file, self.lines[index], "party")
        return Ballot(self.parties[index], self.choices[index], place=place)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (tuple, Cast)) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


class Part(Struct, frozen=True, gc=False):
    """The votes of a group, or by a table of weights, where only their sums are told."""

    yes: Fraction = Fraction(0)
    no: Fraction = Fraction(0)
    abstain: Fraction = Fraction(0)


class Sums(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The same, as a test case states it: of which group or table of weights, and the votes."""

    of: Annotated[str, Meta(description="the name of the group or of the table of weights")]
    yes: Amount = 0
    no: Amount = 0
    abstain: Amount = 0

    def part(self) -> Part:
        """The sums as numbers."""
        return Part(exactly(self.yes), exactly(self.no), exactly(self.abstain))


class Vote(Struct, frozen=True, kw_only=True, gc=False):
    """What is told of one vote. Numbers that are not told are None, never zero.

    ``day`` is a proleptic ordinal. Of a tally, ``for_by``, ``against_by`` and ``abstained_by`` are those who are named,
    perhaps not all, and ``places`` where each has a row of its own; ``parts`` are sums by the name of a group or of a
    table of weights. ``opened`` and ``deadline`` are seconds since 0001-01-01 UTC. ``recorded`` is the outcome that a
    source gives.
    """

    id: str
    day: int | None = None
    matter: str | None = None
    ballots: Sequence[Ballot] | None = None
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    present: int | None = None
    absent: int | None = None
    for_by: tuple[Ref, ...] = ()
    against_by: tuple[Ref, ...] = ()
    abstained_by: tuple[Ref, ...] = ()
    parts: dict[str, Part] = {}  # msgspec gives each vote a dict of its own
    places: dict[Ref, Place] = {}  # the same
    vetoed_by: tuple[Ref, ...] = ()
    concerned: tuple[Ref, ...] = ()
    chair: Literal["yes", "no"] | None = None
    approval: Answer | None = None
    manner: Manner | None = None
    call: int = 1
    opened: int | None = None
    deadline: int | None = None
    recorded: str | None = None
    place: Place = NOWHERE


class Count(Struct, frozen=True, gc=False):
    """What a vote adds up to.

    ``yes``, ``no`` and ``abstain`` are votes; ``present`` is how many were there, as told, or else all who took part;
    ``named`` says who did what, ``carried`` how many votes a party's ballots carry where not one, ``parts`` the sums
    that are told of groups and weights. ``whole`` is true where every vote is named, ``told`` where the number of those
    present was.
    """

    yes: int | Fraction
    no: int | Fraction
    abstain: int | Fraction
    present: int | Fraction
    recused: int = 0
    named: dict[Ref, Choice] = {}  # msgspec gives each count a dict of its own
    carried: dict[Ref, dict[Choice, Fraction]] = {}  # the same
    whole: bool = False
    told: bool = False
    parts: dict[str, Part] = {}  # the same


def count_of(vote: Vote, *, recused_present: bool = False) -> Count:
    """What a vote adds up to: its ballots, or the numbers of its tally."""
    if vote.ballots is None:
        return _of_tally(vote)
    return _of_ballots(vote.ballots, vote.present, recused_present=recused_present)


def _of_tally(vote: Vote) -> Count:
    yes, no, abstain = vote.yes or 0, vote.no or 0, vote.abstain or 0
    named: dict[Ref, Choice] = {}
    for parties, choice in ((vote.for_by, "yes"), (vote.against_by, "no"), (vote.abstained_by, "abstain")):
        for party in parties:
            named[party] = choice  # type: ignore[assignment]  # each is a choice
    took_part = yes + no + abstain
    present = took_part if vote.present is None else vote.present
    whole, told = len(named) == took_part, vote.present is not None
    return Count(yes, no, abstain, present, 0, named, {}, whole, told, vote.parts)


def _of_ballots(ballots: Sequence[Ballot], told: int | None, *, recused_present: bool) -> Count:
    if isinstance(ballots, Cast):
        numbers = {choice: ballots.choices.count(choice) for choice in CHOICES}
        named = dict(zip(ballots.parties, ballots.choices, strict=True))
        return counted(numbers, numbers["recused"], told, named, recused_present=recused_present)
    away = {ballot.party for ballot in ballots if ballot.proxy is None and ballot.choice == "absent"}
    named = {}
    carried: dict[Ref, dict[Choice, Fraction]] = {}
    sums: dict[Choice, int | Fraction] = dict.fromkeys(CHOICES, 0)
    for ballot in ballots:
        choice: Choice = "absent" if ballot.proxy in away else ballot.choice
        named[ballot.party] = choice
        sums[choice] += 1 if ballot.weight is None else ballot.weight
        if ballot.weight is not None:
            sides = carried.setdefault(ballot.party, {})
            sides[choice] = sides.get(choice, Fraction(0)) + ballot.weight
    heads = sum(choice == "recused" for choice in named.values())
    return counted(sums, heads, told, named, carried, recused_present=recused_present)


def counted(
    numbers: Mapping[Choice, int | Fraction],
    recused: int,
    told: int | None,
    named: dict[Ref, Choice],
    carried: dict[Ref, dict[Choice, Fraction]] | None = None,
    *,
    recused_present: bool,
) -> Count:
    """What ballots add up to: how many votes each choice has, how many are recused, how many were there if told."""
    yes, no, abstain = numbers["yes"], numbers["no"], numbers["abstain"]
    there = yes + no + abstain + numbers["not_voting"] + (numbers["recused"] if recused_present else 0)
    present = there if told is None else told
    return Count(yes, no, abstain, present, recused, named, carried or {}, whole=True, told=True)
