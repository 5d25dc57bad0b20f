"""Hours: until when a vote in writing or in silence is open, and who answered too late to count."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from chancery.rules.quorums import present
from chancery.rules.votes import count_of
from chancery.rules.voting import WrittenProcedure
from chancery.values import SECONDS_A_DAY, Instant, phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chancery.rules.counting import Setting
    from chancery.rules.rulebook import Procedure
    from chancery.rules.votes import Ballot, Vote
    from chancery.rules.voting import Silence
    from chancery.values import Phrase

SECONDS_AN_HOUR = 3_600

LAST_SECOND = Instant.of("9999-12-31T23:59:59Z").seconds


class InTime(Struct, frozen=True):
    """A vote without the ballots that came too late, these, and what is to be said of its hours.

    ``deadline`` is until when it was open, in seconds since 0001-01-01 UTC; None where that is not told.
    """

    vote: Vote
    late: tuple[Ballot, ...] = ()
    deadline: int | None = None
    reasons: tuple[Phrase, ...] = ()
    unknown: tuple[Phrase, ...] = ()
    contradictions: tuple[Phrase, ...] = ()


def is_over(vote: Vote, today: int | None) -> bool:
    """Whether its deadline has passed by a day; a vote without one is over, and so is every vote when nobody asks."""
    deadline = vote.extended or vote.deadline
    return deadline is None or today is None or today > deadline // SECONDS_A_DAY


def in_silence(vote: Vote, rule: Silence) -> InTime:
    """A vote by silence: objections that came by the deadline, as it was extended."""
    return _without_late(vote, vote.extended or vote.deadline, _hours(vote, rule.minimum_hours, rule.extension_hours))


def in_writing(vote: Vote, procedure: Procedure, setting: Setting) -> InTime:
    """A vote in writing: ballots that came by the deadline, kept open longer where a quorum was reached late."""
    rule = procedure.written.rule if procedure.written is not None else WrittenProcedure()
    assert isinstance(rule, WrittenProcedure)  # noqa: S101  # chosen by its type
    said = _hours(vote, rule.minimum_hours, rule.late_quorum_hours)
    if vote.extended is not None or vote.deadline is None or not rule.late_quorum_hours:
        return _without_late(vote, vote.extended or vote.deadline, said)
    reached = _reached(vote, procedure, setting)
    longer = rule.late_quorum_hours * SECONDS_AN_HOUR
    if reached is None or not vote.deadline - longer < reached <= vote.deadline:
        return _without_late(vote, vote.deadline, said)
    until = min(vote.deadline + longer, LAST_SECOND)
    reason = phrase(
        "The quorum was reached late, at {at}, so it stayed open until {deadline}.",
        at=Instant(reached),
        deadline=Instant(until),
    )
    return replace(_without_late(vote, until, said), reasons=(reason,))


def _hours(vote: Vote, minimum: int | None, longer: int | None) -> tuple[Phrase, ...]:
    """Where it was open for too short a time, or for longer than the rules let it be extended."""
    opened, deadline, extended = vote.opened, vote.deadline, vote.extended
    found: list[Phrase] = []
    open_for = None if opened is None or deadline is None else deadline - opened
    if minimum is not None and open_for is not None and open_for < minimum * SECONDS_AN_HOUR:
        found.append(phrase("It was open for a shorter time than the {n:number} hours that the rules ask.", n=minimum))
    if extended is not None and longer is None:
        found.append(phrase("Its time was extended, and the rules know of no extension."))
    elif extended is not None and deadline is not None and extended - deadline > (longer or 0) * SECONDS_AN_HOUR:
        found.append(
            phrase("Its time was extended by more than the {n:number} hours that the rules allow.", n=longer or 0)
        )
    return tuple(found)


def _without_late(vote: Vote, deadline: int | None, said: tuple[Phrase, ...]) -> InTime:
    ballots = vote.ballots or ()
    if deadline is None or not any(ballot.at is not None for ballot in ballots):
        return InTime(vote, deadline=deadline, contradictions=said)
    late = tuple(ballot for ballot in ballots if ballot.at is not None and ballot.at > deadline)
    kept = tuple(ballot for ballot in ballots if ballot.at is None or ballot.at <= deadline)
    reasons: tuple[Phrase, ...] = ()
    unknown: tuple[Phrase, ...] = ()
    if late:
        parties = tuple(ballot.party for ballot in late)
        reasons = (phrase("{parties:names} answered after the deadline, which does not count.", parties=parties),)
    if undated := tuple(ballot.party for ballot in kept if ballot.at is None):
        unknown = (phrase("When {parties:names} answered is not told; it counts.", parties=undated),)
    return InTime(replace(vote, ballots=kept), late, deadline, reasons, unknown, said)


def _reached(vote: Vote, procedure: Procedure, setting: Setting) -> int | None:
    """The moment at which the ballots that had come made a quorum; None where none was made, or no moment is told."""
    came = sorted((ballot for ballot in vote.ballots or () if ballot.at is not None), key=lambda each: each.at or 0)
    first = [ballot for ballot in vote.ballots or () if ballot.at is None]
    if not procedure.quorums or not came:
        return None

    def enough(number: int) -> bool:
        return _is_quorum([*first, *came[:number]], vote, procedure, setting)

    number = bisect_left(range(len(came) + 1), x=True, key=enough)
    return came[number - 1].at if 0 < number <= len(came) else None


def _is_quorum(ballots: Sequence[Ballot], vote: Vote, procedure: Procedure, setting: Setting) -> bool:
    so_far = replace(vote, ballots=tuple(ballots))
    count = count_of(so_far)
    return all(present(each, count, setting, so_far).reached for each in procedure.quorums)
