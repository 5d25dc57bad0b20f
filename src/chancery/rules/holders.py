"""Holders of a veto: who used it, and what their abstention, absence or silence means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.rules.measuring import measured
from chancery.rules.rulings import Stopped
from chancery.rules.voting import Threshold, Veto
from chancery.values import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chancery.rules.measuring import Setting
    from chancery.rules.rulebook import Provided
    from chancery.rules.rulings import VoteRuling
    from chancery.values import Ref


def vetoed(provided: Provided, ruling: VoteRuling, setting: Setting) -> Stopped | None:
    """Whether a veto stops the decision; None where it certainly does not."""
    rule = provided.rule
    assert isinstance(rule, Veto)  # noqa: S101  # chosen by its type
    if rule.at_least is not None or rule.more_than is not None:
        return _together(provided, rule, ruling, setting)
    holders = frozenset((*rule.by, *setting.roll.groups.get(rule.group or "", ())))
    return _each(provided, rule, ruling, holders)


def _each(provided: Provided, rule: Veto, ruling: VoteRuling, holders: frozenset[Ref]) -> Stopped | None:
    named, count = ruling.count.named, ruling.count
    against = [party for party in ruling.vote.vetoed_by if party in holders]
    against += [party for party, choice in named.items() if choice == "no" and party in holders]
    abstained = [party for party, choice in named.items() if choice == "abstain" and party in holders]
    away = [party for party in sorted(holders) if named.get(party, "absent") == "absent"] if count.whole else []
    if rule.abstention == "veto":
        against += abstained
    if rule.absence == "veto":
        against += away
    if against:
        return Stopped(provided, tuple(sorted(set(against))))
    silent = [*(abstained if rule.abstention is None else ()), *(away if rule.absence is None else ())]
    return _perhaps(provided, silent) if silent else None


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
    against = tuple(sorted(party for party, choice in ruling.count.named.items() if choice == "no"))
    if found.passed:
        return Stopped(provided, against, tested=found)
    return Stopped(provided, against, sure=False, why=found.unknown, tested=found)
