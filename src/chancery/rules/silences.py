"""Decisions by silence: a text stands unless enough of those who may object do so by the deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from chancery.rules.voting import Silence
from chancery.values import SECONDS_A_DAY, Instant, phrase

if TYPE_CHECKING:
    from chancery.rules.measuring import Setting
    from chancery.rules.rulebook import Procedure
    from chancery.rules.rulings import VoteRuling

SECONDS_AN_HOUR = 3_600


def unopposed(ruling: VoteRuling, procedure: Procedure, setting: Setting, today: int | None) -> VoteRuling:
    """What a silence procedure comes to: adopted unless it is broken, once its deadline has passed."""
    provided = procedure.silence
    if provided is None:
        silent = phrase("The rules are silent on whether it may be decided by silence.")
        return replace(ruling, unknown=(*ruling.unknown, silent))
    rule = provided.rule
    assert isinstance(rule, Silence)  # noqa: S101  # chosen by its type
    ruling = _too_short(replace(ruling, under=(*ruling.under, provided)), rule)
    may = setting.voters if rule.group is None else setting.roll.groups.get(rule.group, frozenset())
    named = [party for party, choice in ruling.count.named.items() if choice == "no"]
    objecting = [party for party in named if party in may or not setting.roll.whole]
    objections = max(len(objecting), 0 if named else int(ruling.count.no))
    if objections >= rule.broken_by:
        broken = phrase("Silence was broken by {parties:names}.", parties=tuple(objecting))
        said = broken if objecting else phrase("Silence was broken, by whom is not told.")
        return replace(ruling, outcome="rejected", reasons=(*ruling.reasons, said))
    deadline = ruling.vote.deadline
    if deadline is None:
        return replace(ruling, unknown=(*ruling.unknown, phrase("Until when silence had to be kept is not told.")))
    if today is not None and today <= deadline // SECONDS_A_DAY:
        runs = phrase("Silence still runs, until {deadline}.", deadline=Instant(deadline))
        return replace(ruling, reasons=(*ruling.reasons, runs))
    kept = phrase("Silence was kept until {deadline}.", deadline=Instant(deadline))
    return replace(ruling, outcome="adopted", reasons=(*ruling.reasons, kept))


def _too_short(ruling: VoteRuling, rule: Silence) -> VoteRuling:
    """Say where a procedure was open for a shorter time than the rules ask."""
    opened, deadline = ruling.vote.opened, ruling.vote.deadline
    if rule.minimum_hours is None or opened is None or deadline is None:
        return ruling
    if deadline - opened >= rule.minimum_hours * SECONDS_AN_HOUR:
        return ruling
    said = phrase("It was open for a shorter time than the {n:number} hours that the rules ask.", n=rule.minimum_hours)
    return replace(ruling, contradictions=(*ruling.contradictions, said))
