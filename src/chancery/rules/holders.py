"""Holders of a veto: who used it, and what their abstention, absence or silence means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.rules.hours import is_over
from chancery.rules.measuring import measured
from chancery.rules.rulings import Stopped
from chancery.rules.voting import Threshold, Veto
from chancery.values import Instant, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chancery.rules.counting import Setting
    from chancery.rules.rulebook import Provided
    from chancery.rules.rulings import VoteRuling
    from chancery.values import Phrase, Ref

AWAY = frozenset({"absent", "not_voting"})


def vetoed(provided: Provided, ruling: VoteRuling, setting: Setting, today: int | None) -> Stopped | None:
    """Whether a veto stops the decision; None where it certainly does not."""
    rule = provided.rule
    assert isinstance(rule, Veto)  # noqa: S101  # chosen by its type
    if rule.at_least is not None or rule.more_than is not None:
        return _together(provided, rule, ruling, setting)
    return _each(provided, rule, ruling, setting, today)


def holders_of(rule: Veto, setting: Setting) -> frozenset[Ref]:
    """Who has a veto, each alone."""
    return frozenset((*rule.by, *(setting.group(rule.group) if rule.group is not None else ())))


def unnamed(provided: Iterable[Provided], ruling: VoteRuling, setting: Setting) -> tuple[Phrase, ...]:
    """That votes against may be those of a holder, where a tally does not name them all."""
    count = ruling.count
    named = count.named
    hidden = count.no - sum(choice == "no" for choice in named.values())
    for each in provided:
        rule = each.rule
        if hidden > 0 and isinstance(rule, Veto) and not holders_of(rule, setting) <= named.keys():
            said = phrase("Who voted against is not told of all; no vote against is told to be a veto.")
            return (said,)
    return ()


def _each(provided: Provided, rule: Veto, ruling: VoteRuling, setting: Setting, today: int | None) -> Stopped | None:
    holders = sorted(holders_of(rule, setting))
    against = [party for party in holders if party in ruling.vote.vetoed_by or _voted(ruling, party, "no")]
    abstained = [party for party in holders if _voted(ruling, party, "abstain")]
    away = _away(rule, holders, ruling, setting)
    if rule.abstention == "veto":
        against += abstained
    if rule.absence == "veto" and away and not is_over(ruling.vote, today):
        return Stopped(provided, tuple(against or away), bool(against), None if against else _awaited(ruling, away))
    if rule.absence == "veto":
        against += away
    if against:
        return Stopped(provided, tuple(sorted(against)))
    silent = [*(abstained if rule.abstention is None else ()), *(away if rule.absence is None else ())]
    return _perhaps(provided, silent) if silent else None


def _voted(ruling: VoteRuling, party: Ref, choice: str) -> bool:
    """Whether somebody voted so, with all votes or with some."""
    sides = ruling.count.carried.get(party)
    return ruling.count.named.get(party) == choice if sides is None else choice in sides


def _away(rule: Veto, holders: Sequence[Ref], ruling: VoteRuling, setting: Setting) -> list[Ref]:
    """Holders who did not vote, where all who did are named; who has no vote to cast is not missed in silence."""
    if not ruling.count.whole:
        return []
    named, roll = ruling.count.named, setting.roll
    return [
        party
        for party in holders
        if named.get(party, "absent") in AWAY
        and (rule.absence is not None or party in setting.voters or not roll.whole)
    ]


def _awaited(ruling: VoteRuling, away: Sequence[Ref]) -> Phrase:
    until = ruling.vote.extended or ruling.vote.deadline or 0
    return phrase("{parties:names} may still answer, until {deadline}.", parties=tuple(away), deadline=Instant(until))


def _perhaps(provided: Provided, silent: Sequence[Ref]) -> Stopped:
    why = phrase(
        "{parties:names} did not vote, or abstained: whether that is a veto, {article} does not say.",
        parties=tuple(silent),
        article=provided.article,
    )
    return Stopped(provided, tuple(silent), sure=False, why=why)


def _together(provided: Provided, rule: Veto, ruling: VoteRuling, setting: Setting) -> Stopped | None:
    """A veto that members have together: enough of them against."""
    test = Threshold(votes="no", at_least=rule.at_least, more_than=rule.more_than, of=rule.of, group=rule.group)
    found = measured(test, ruling.count, setting)
    if found.passed is False:
        return None
    group = None if rule.group is None else setting.group(rule.group)
    against = tuple(
        sorted(party for party in ruling.count.named if _voted(ruling, party, "no") and (not group or party in group))
    )
    if found.passed:
        return Stopped(provided, against, tested=found)
    return Stopped(provided, against, sure=False, why=found.unknown, tested=found)
