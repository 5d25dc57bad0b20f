"""Presence: who was at a meeting and when, beside what is told of its votes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from chancery.rules.standing import weighty
from chancery.rules.votes import Ballot
from chancery.values import Phrase, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Account, Fact, Register
    from chancery.rules.rulebook import Procedure
    from chancery.rules.votes import Vote
    from chancery.values import Instant, Ref


class Presence:
    """The attendance of one meeting of a body; empty where none is on record."""

    def __init__(self, register: Register, meeting: Ref | None, body: Ref) -> None:
        """Gather the attendance of a meeting; of none where no meeting is known."""
        facts = weighty(register.called("attendance.recorded")) if meeting is not None else []
        self._of: dict[Ref, Fact[Account]] = {
            fact.act.party: fact  # type: ignore[attr-defined]  # its kind has all three
            for fact in facts
            if fact.act.meeting == meeting and fact.act.body == body  # type: ignore[attr-defined]
        }

    def filled(self, vote: Vote, procedure: Procedure, hour: int | None) -> Vote:
        """The vote with the voters who were there and of whom no vote is told, as present and not voting.

        A tally is told how many were there only where the attendance of every voter is on record.
        """
        if vote.manner in ("silence", "written") or vote.present is not None:
            return vote
        there = self._there(procedure.voters, hour)
        if vote.ballots is not None:
            told = {ballot.party for ballot in vote.ballots}
            silent = tuple(Ballot(party, "not_voting") for party in there if party not in told)
            return replace(vote, ballots=(*vote.ballots, *silent))
        whole = procedure.roll.whole and procedure.voters <= self._of.keys()
        return replace(vote, present=len(there)) if whole and vote.yes is not None else vote

    def _there(self, voters: frozenset[Ref], hour: int | None) -> list[Ref]:
        return [party for party in self._of if party in voters and self._is_there(party, hour)]

    def _is_there(self, party: Ref, hour: int | None) -> bool:
        fact = self._of[party]
        if getattr(fact.act, "capacity", None) == "absent":
            return False
        return hour is None or (_arrived(fact) <= hour <= _left(fact))

    def away(self, vote: Vote, hour: int | None) -> frozenset[Ref]:
        """The parties whose votes in person the attendance contradicts."""
        ballots = [ballot for ballot in vote.ballots or () if any(self._against(ballot, hour))]
        return frozenset(ballot.party for ballot in ballots)

    def contradictions(self, vote: Vote, voters: frozenset[Ref], hour: int | None) -> Iterator[Phrase]:
        """Votes in person by those who were not there, or not yet, or no longer; fewer told present than are named."""
        for ballot in vote.ballots or ():
            yield from self._against(ballot, hour)
        there = self._there(voters, hour)
        if vote.present is not None and len(there) > vote.present:
            yield phrase(
                "{present:number} are told to have been present; voters on record as there: {there:number}.",
                present=vote.present,
                there=len(there),
            )

    def _against(self, ballot: Ballot, hour: int | None) -> Iterator[Phrase]:
        holder = ballot.proxy or ballot.party
        fact = self._of.get(holder)
        if fact is not None and ballot.choice in ("yes", "no", "abstain"):
            yield from _contradicted(holder, fact, ballot.at if ballot.at is not None else hour)


def _contradicted(party: Ref, fact: Fact[Account], at: int | None) -> Iterator[Phrase]:
    if getattr(fact.act, "capacity", None) == "absent":
        yield phrase("{party:name} voted, and is on record as absent.", party=party)
    elif at is not None and at < _arrived(fact):
        arrived = cast("Instant", fact.stated("arrived"))
        yield phrase("{party:name} voted before it arrived at {moment}.", party=party, moment=arrived)
    elif at is not None and at > _left(fact):
        left = cast("Instant", fact.stated("left"))
        yield phrase("{party:name} voted after it left at {moment}.", party=party, moment=left)


def _arrived(fact: Fact[Account]) -> float:
    arrived = cast("Instant | None", fact.stated("arrived"))
    return -1.0 if arrived is None else arrived.seconds


def _left(fact: Fact[Account]) -> float:
    left = cast("Instant | None", fact.stated("left"))
    return float("inf") if left is None else left.seconds
