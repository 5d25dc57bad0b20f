"""Oddities: what is told of a vote that the rules have no place for. It is reported, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.rules.holders import holders_of
from chancery.rules.voting import CastingVote, Veto
from chancery.values import phrase

if TYPE_CHECKING:
    from chancery.rules.measuring import Setting
    from chancery.rules.rulebook import Procedure
    from chancery.rules.votes import Vote
    from chancery.values import Phrase, Ref


def odd(vote: Vote, procedure: Procedure, setting: Setting) -> tuple[Phrase, ...]:
    """What is told of a vote that the rules have no place for."""
    found: list[Phrase] = []
    if strangers := _without_veto(vote.vetoed_by, procedure, setting):
        found.append(
            phrase("{parties:names} is told to have vetoed it, and has no veto under the rules.", parties=strangers)
        )
    if vote.approval is not None and procedure.approval is None:
        found.append(phrase("An approval is told, and the rules ask for none."))
    if vote.manner == "without_vote" and is_counted(vote):
        found.append(phrase("Votes are told, and it is told to have been decided without a vote."))
    casting = procedure.casting.rule if procedure.casting is not None else None
    if isinstance(casting, CastingVote) and not casting.also_votes and _has_voted(vote, casting.by):
        found.append(phrase("{by:name} voted with the others, and has a vote on a tie only.", by=casting.by))
    return tuple(found)


def _has_voted(vote: Vote, party: Ref) -> bool:
    cast = (*vote.for_by, *vote.against_by, *vote.abstained_by)
    return party in cast or any(
        ballot.party == party and ballot.choice in ("yes", "no", "abstain") for ballot in vote.ballots or ()
    )


def is_counted(vote: Vote) -> bool:
    """Whether any votes are told."""
    told = (vote.yes, vote.no)
    return vote.ballots is not None or told != (None, None) or bool(vote.for_by or vote.parts)


def _without_veto(parties: tuple[Ref, ...], procedure: Procedure, setting: Setting) -> tuple[Ref, ...]:
    """Those of some parties who have no veto."""
    if not parties:
        return ()
    rules = [each.rule for each in procedure.vetoes]
    holders = {party for rule in rules if isinstance(rule, Veto) for party in holders_of(rule, setting)}
    return tuple(party for party in parties if party not in holders)
