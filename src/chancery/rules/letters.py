"""Votes by letter: how long they are open, which ballots came in time, and what a quorum reached late does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from chancery.rules.quorums import present
from chancery.rules.silences import SECONDS_AN_HOUR
from chancery.rules.votes import Vote, count_of
from chancery.rules.voting import WrittenProcedure
from chancery.values import SECONDS_A_DAY, Instant, phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chancery.rules.measuring import Setting
    from chancery.rules.rulebook import Procedure
    from chancery.rules.rulings import VoteRuling
    from chancery.rules.votes import Ballot


def in_time(ruling: VoteRuling, procedure: Procedure, setting: Setting) -> VoteRuling:
    """The ruling with the ballots that came by the deadline, and with what is to be said of the procedure."""
    vote, provided = ruling.vote, procedure.written
    if provided is None:
        silent = phrase("The rules are silent on whether it may be voted on by letter.")
        return replace(ruling, unknown=(*ruling.unknown, silent))
    rule = provided.rule
    assert isinstance(rule, WrittenProcedure)  # noqa: S101  # chosen by its type
    ruling = _too_short(replace(ruling, under=(*ruling.under, provided)), rule)
    if vote.deadline is None or vote.ballots is None:
        return ruling
    deadline = _extended(vote.deadline, rule, procedure, setting, vote.ballots)
    if deadline > vote.deadline:
        late = phrase("The quorum came late; it stays open until {deadline}.", deadline=Instant(deadline))
        ruling = replace(ruling, reasons=(*ruling.reasons, late))
    kept = tuple(ballot for ballot in vote.ballots if ballot.at is None or ballot.at <= deadline)
    if len(kept) == len(vote.ballots):
        return ruling
    parties = tuple(ballot.party for ballot in vote.ballots if ballot not in kept)
    said = phrase("{parties:names} voted after the deadline; that is kept, and not counted.", parties=parties)
    count = count_of(replace(vote, ballots=kept))
    return replace(ruling, count=count, reasons=(*ruling.reasons, said))


def is_open(ruling: VoteRuling, today: int | None) -> bool:
    """Whether a vote by letter still runs on a day."""
    deadline = ruling.vote.deadline
    return deadline is not None and today is not None and today <= deadline // SECONDS_A_DAY


def _too_short(ruling: VoteRuling, rule: WrittenProcedure) -> VoteRuling:
    opened, deadline, hours = ruling.vote.opened, ruling.vote.deadline, rule.minimum_hours
    if hours is None or opened is None or deadline is None or deadline - opened >= hours * SECONDS_AN_HOUR:
        return ruling
    said = phrase("It was open for a shorter time than the {n:number} hours that the rules ask.", n=hours)
    return replace(ruling, contradictions=(*ruling.contradictions, said))


def _extended(
    deadline: int, rule: WrittenProcedure, procedure: Procedure, setting: Setting, ballots: Sequence[Ballot]
) -> int:
    """The deadline, later by the hours of the rule where the quorum was reached in the last of them."""
    if rule.late_quorum_hours is None:
        return deadline
    span = rule.late_quorum_hours * SECONDS_AN_HOUR
    dated = sorted(
        (each.at, place) for place, each in enumerate(ballots) if each.at is not None and each.at <= deadline
    )
    came = tuple(ballots[place] for _, place in dated)
    for number, (at, _) in enumerate(dated, 1):
        if _reached(came[:number], procedure, setting):
            return deadline + span if at >= deadline - span else deadline
    return deadline


def _reached(ballots: tuple[Ballot, ...], procedure: Procedure, setting: Setting) -> bool:
    count = count_of(Vote(id="", ballots=ballots))
    return bool(procedure.quorums) and all(present(each, count, setting, 1).reached for each in procedure.quorums)
