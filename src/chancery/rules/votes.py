"""Votes: what is told of one vote, as ballots by name or as a tally, and what it adds up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal, get_args, overload

from msgspec import Meta, Struct
from msgspec.structs import replace

from chancery.rules.bounds import Amount, exactly
from chancery.rules.rulings import Outcome
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
    """Ballots that were counted where they stand, each of one vote: made only where they are asked for."""

    def __init__(self, sides: Mapping[Choice, int], made: Callable[[], Iterable[Ballot]]) -> None:
        """Take how many there are of each choice, and what makes them."""
        self.sides = sides
        self._made = made

    @cached_property
    def _ballots(self) -> tuple[Ballot, ...]:
        return tuple(self._made())

    def __len__(self) -> int:
        return sum(self.sides.values())

    @overload
    def __getitem__(self, index: int) -> Ballot: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Ballot, ...]: ...
    def __getitem__(self, index: int | slice) -> Ballot | tuple[Ballot, ...]:
        return self._ballots[index]

    def __eq__(self, other: object) -> bool:
        return self._ballots == (other._ballots if isinstance(other, Cast) else other)

    def __hash__(self) -> int:
        return hash(self._ballots)


class Named(Mapping[Ref, Choice]):
    """Who did what in a cast: looked up only where it is asked for."""

    def __init__(self, cast: Cast) -> None:
        """Take the ballots."""
        self._cast = cast

    @cached_property
    def _choices(self) -> dict[Ref, Choice]:
        return {ballot.party: ballot.choice for ballot in self._cast}

    def __getitem__(self, party: Ref) -> Choice:
        return self._choices[party]

    def __iter__(self) -> Iterator[Ref]:
        return iter(self._choices)

    def __len__(self) -> int:
        return len(self._cast)


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
    table of weights. ``opening`` is how many were there when the meeting was opened. ``opened``, ``deadline`` and
    ``extended``, the later deadline, are seconds since 0001-01-01 UTC. ``recorded`` is the outcome that a source gives.
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
    opening: int | None = None
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
    extended: int | None = None
    recorded: Outcome | None = None
    place: Place = NOWHERE


class Count(Struct, frozen=True, gc=False):
    """What a vote adds up to.

    ``yes``, ``no`` and ``abstain`` are votes; ``present`` is how many were there, as told, or else all who took part;
    ``named`` says who did what, ``carried`` how many votes a party's ballots carry where not one, ``shares`` how its
    one vote goes where members are counted apart from that, ``parts`` the sums that are told of groups and weights.
    ``whole`` is true where every vote is named, ``told`` where the number of those present was; ``untold`` are the
    choices of which it is not told how many made them. ``recused`` is how many are out of the count.
    """

    yes: int | Fraction
    no: int | Fraction
    abstain: int | Fraction
    present: int | Fraction
    recused: int = 0
    named: Mapping[Ref, Choice] = {}  # msgspec gives each count a dict of its own
    carried: dict[Ref, dict[Choice, Fraction]] = {}  # the same
    whole: bool = False
    told: bool = False
    untold: tuple[Choice, ...] = ()
    parts: dict[str, Part] = {}  # the same
    shares: dict[Ref, dict[Choice, Fraction]] = {}  # the same


def count_of(vote: Vote, *, recused_present: bool = False, apart: bool = False) -> Count:
    """What a vote adds up to: its ballots, or the numbers of its tally.

    ``apart``: members are counted beside what their votes weigh, so that each is one, whatever its ballots carry.
    """
    if vote.ballots is None:
        return _of_tally(vote)
    return _of_ballots(vote.ballots, vote.present, recused_present=recused_present, apart=apart)


def _of_tally(vote: Vote) -> Count:
    named: dict[Ref, Choice] = {}
    numbers: list[int] = []
    untold: list[Choice] = []
    for choice, number, parties in _sides(vote):
        named.update(dict.fromkeys(parties, choice))
        numbers.append(len(parties) if number is None else number)
        if number is None and not parties:
            untold.append(choice)
    yes, no, abstain = numbers
    took_part = yes + no + abstain
    present = took_part if vote.present is None else vote.present
    whole, told = not untold and len(named) == took_part, vote.present is not None
    return Count(yes, no, abstain, present, 0, named, {}, whole, told, tuple(untold), vote.parts)


def _sides(vote: Vote) -> tuple[tuple[Choice, int | None, tuple[Ref, ...]], ...]:
    """Each side of a tally: the choice, how many made it, who is named for it."""
    return (
        ("yes", vote.yes, vote.for_by),
        ("no", vote.no, vote.against_by),
        ("abstain", vote.abstain, vote.abstained_by),
    )


def _of_ballots(ballots: Sequence[Ballot], told: int | None, *, recused_present: bool, apart: bool) -> Count:
    if isinstance(ballots, Cast):
        sides = ballots.sides
        return counted(sides, sides["recused"], told, Named(ballots), recused_present=recused_present)
    away = {ballot.party for ballot in ballots if ballot.proxy is not None or ballot.choice == "absent"}
    named: dict[Ref, Choice] = {}
    carried: dict[Ref, dict[Choice, Fraction]] = {}
    sums: dict[Choice, int | Fraction] = dict.fromkeys(CHOICES, 0)
    for ballot in ballots:
        choice: Choice = "absent" if ballot.proxy in away else ballot.choice
        named[ballot.party] = choice
        if ballot.weight is None:
            sums[choice] += 1
        else:
            split = carried.setdefault(ballot.party, {})
            split[choice] = split.get(choice, Fraction(0)) + ballot.weight
    shares = {party: _shares(split) for party, split in carried.items()} if apart else {}
    for split in (shares or carried).values():
        for side, weight in split.items():
            sums[side] += weight
    heads = sum(choice == "recused" for choice in named.values())
    count = counted(sums, heads, told, named, recused_present=recused_present)
    return replace(count, carried=carried, shares=shares) if carried else count


def _shares(split: Mapping[Choice, Fraction]) -> dict[Choice, Fraction]:
    """How the one vote of a member goes that splits what it carries."""
    whole = sum(split.values())
    return {choice: weight / whole if whole else Fraction(1, len(split)) for choice, weight in split.items()}


def counted(
    numbers: Mapping[Choice, int | Fraction],
    recused: int,
    told: int | None,
    named: Mapping[Ref, Choice],
    *,
    recused_present: bool,
) -> Count:
    """What ballots add up to: how many votes each choice has, how many are recused, how many were there if told."""
    yes, no, abstain = numbers["yes"], numbers["no"], numbers["abstain"]
    there = yes + no + abstain + numbers["not_voting"] + (numbers["recused"] if recused_present else 0)
    present = there if told is None else told
    out = 0 if recused_present else recused
    return Count(yes, no, abstain, present, out, named, whole=True, told=True)
