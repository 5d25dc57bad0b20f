"""Votes: what is told of one vote, as ballots by name or as a tally, and what it adds up to."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, get_args

from msgspec import Struct

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


class Vote(Struct, frozen=True, kw_only=True, gc=False):
    """What is told of one vote. Numbers that are not told are None, never zero.

    ``day`` is a proleptic ordinal. Of a tally, ``for_by``, ``against_by`` and ``abstained_by`` are those who are named,
    perhaps not all. ``opened`` and ``deadline`` are seconds since 0001-01-01 UTC. ``recorded`` is the outcome that a
    source gives.
    """

    id: str
    day: int | None = None
    matter: str | None = None
    ballots: tuple[Ballot, ...] | None = None
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    present: int | None = None
    absent: int | None = None
    for_by: tuple[Ref, ...] = ()
    against_by: tuple[Ref, ...] = ()
    abstained_by: tuple[Ref, ...] = ()
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
    ``named`` says who did what, ``carried`` how many votes a party's ballots carry where not one. ``whole`` is true
    where every vote is named, ``told`` where the number of those present was.
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
    return Count(yes, no, abstain, present, 0, named, {}, len(named) == took_part, vote.present is not None)


def _of_ballots(ballots: tuple[Ballot, ...], told: int | None, *, recused_present: bool) -> Count:
    away = {ballot.party for ballot in ballots if ballot.proxy is None and ballot.choice == "absent"}
    named: dict[Ref, Choice] = {}
    carried: dict[Ref, dict[Choice, Fraction]] = {}
    numbers: dict[Choice, int | Fraction] = dict.fromkeys(CHOICES, 0)
    for ballot in ballots:
        choice: Choice = "absent" if ballot.proxy in away else ballot.choice
        named[ballot.party] = choice
        numbers[choice] += 1 if ballot.weight is None else ballot.weight
        if ballot.weight is not None:
            sides = carried.setdefault(ballot.party, {})
            sides[choice] = sides.get(choice, Fraction(0)) + ballot.weight
    yes, no, abstain, recused = numbers["yes"], numbers["no"], numbers["abstain"], numbers["recused"]
    there = yes + no + abstain + numbers["not_voting"] + (recused if recused_present else 0)
    present = there if told is None else told
    heads = sum(choice == "recused" for choice in named.values())
    return Count(yes, no, abstain, present, heads, named, carried, whole=True, told=True)
