"""Decisions by silence: a text stands unless enough of those who may object do so by the deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from chancery.rules.hours import in_silence, is_over
from chancery.rules.votes import count_of
from chancery.rules.voting import Silence
from chancery.values import Instant, phrase

if TYPE_CHECKING:
    from chancery.rules.counting import Setting
    from chancery.rules.rulebook import Procedure
    from chancery.rules.rulings import VoteRuling
    from chancery.values import Ref


def unopposed(
    ruling: VoteRuling, procedure: Procedure, setting: Setting, today: int | None
) -> tuple[VoteRuling, bool | None]:
    """Whether a text stands: unless silence is broken, once its deadline has passed; None while that is open."""
    provided = procedure.silence
    if provided is None:
        silent = phrase("The rules are silent on whether it may be decided by silence.")
        return replace(ruling, unknown=(*ruling.unknown, silent)), None
    rule = provided.rule
    assert isinstance(rule, Silence)  # noqa: S101  # chosen by its type
    timed = in_silence(ruling.vote, rule)
    ruling = replace(
        ruling,
        under=(*ruling.under, provided),
        count=count_of(timed.vote) if timed.late else ruling.count,
        late=tuple(ballot.party for ballot in timed.late),
        reasons=(*ruling.reasons, *timed.reasons),
        unknown=(*ruling.unknown, *timed.unknown),
        contradictions=(*ruling.contradictions, *timed.contradictions),
    )
    ruling, broken = _broken(ruling, rule, setting)
    return (ruling, False) if broken else _kept(ruling, timed.deadline, today)


def _broken(ruling: VoteRuling, rule: Silence, setting: Setting) -> tuple[VoteRuling, bool]:
    """Whether enough of those who may broke the silence; an objection of somebody else breaks nothing."""
    objected = [party for party, choice in ruling.count.named.items() if choice == "no"]
    idle = tuple(party for party in objected if not _may(party, rule, setting))
    objecting = tuple(party for party in objected if party not in idle)
    if idle:
        said = phrase("{parties:names} objected, and may not break the silence.", parties=idle)
        ruling = replace(ruling, reasons=(*ruling.reasons, said))
    hidden = int(ruling.count.no) - len(objected)
    if len(objecting) + max(hidden, 0) < rule.broken_by:
        return ruling, False
    said = phrase("Silence was broken, by whom is not told.")
    if objecting:
        said = phrase("Silence was broken by {parties:names}.", parties=objecting)
    return replace(ruling, reasons=(*ruling.reasons, said)), True


def _may(party: Ref, rule: Silence, setting: Setting) -> bool:
    if rule.group is not None:
        return party in setting.group(rule.group)
    return party in setting.voters or (party not in setting.roll.statuses and not setting.roll.whole)


def _kept(ruling: VoteRuling, deadline: int | None, today: int | None) -> tuple[VoteRuling, bool | None]:
    if deadline is None:
        untold = phrase("Until when silence had to be kept is not told.")
        return replace(ruling, unknown=(*ruling.unknown, untold)), None
    if not is_over(ruling.vote, today):
        runs = phrase("Silence still runs, until {deadline}.", deadline=Instant(deadline))
        return replace(ruling, reasons=(*ruling.reasons, runs)), None
    kept = phrase("Silence was kept until {deadline}.", deadline=Instant(deadline))
    return replace(ruling, reasons=(*ruling.reasons, kept)), True
