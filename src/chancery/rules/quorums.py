"""Quorums: whether enough were there, of what, and by which bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.rules.bounds import Bar, exactly
from chancery.rules.rulings import Present
from chancery.rules.voting import Quorum

if TYPE_CHECKING:
    from chancery.rules.measuring import Number, Setting
    from chancery.rules.rulebook import Provided
    from chancery.rules.votes import Count, Vote

AWAY = frozenset({"absent", "recused"})
IDLE = AWAY | {"not_voting"}
"""Who does not count towards a quorum, of those present and of those voting."""


def present(provided: Provided, count: Count, setting: Setting, vote: Vote) -> Present:
    """Whether a quorum was there, at the vote or at the opening, by the bar of a first or of a second call."""
    rule = provided.rule
    assert isinstance(rule, Quorum)  # noqa: S101  # chosen by its type
    opening = rule.taken == "at_the_opening"
    have = vote.opening if opening else _there(rule, count, setting)
    base = _base(rule, count, setting)
    bar = _bar(rule, second=vote.call > 1)
    if bar is None or have is None or (base is None and rule.of is not None):
        return Present(provided, None, have, None, base)
    need = bar.need(1 if base is None else int(base))
    if have < need and not opening and not _is_told(rule, count, setting):
        return Present(provided, None, have, need, base)
    return Present(provided, have >= need, have, need, base)


def _bar(rule: Quorum, *, second: bool) -> Bar | None:
    if second and rule.at_second_call is not None:
        share, strict = exactly(rule.at_second_call), False
    elif (bound := rule.at_least if rule.at_least is not None else rule.more_than) is not None:
        share, strict = exactly(bound), rule.more_than is not None
    else:
        return None
    return Bar(share.numerator, share.denominator, strict=strict, lower=True)


def _there(rule: Quorum, count: Count, setting: Setting) -> Number:
    """How many were there, as members: whoever splits votes or has many is one."""
    away = AWAY if rule.counts == "present" else IDLE
    stay = frozenset({"recused"}) if rule.counts == "present" and not count.recused else frozenset()
    if rule.group is not None:
        group = setting.group(rule.group)
        return sum(party in group and choice not in away - stay for party, choice in count.named.items())
    if count.carried:
        return sum(choice not in away - stay for choice in count.named.values())
    return count.present if rule.counts == "present" else count.yes + count.no + count.abstain


def _is_told(rule: Quorum, count: Count, setting: Setting) -> bool:
    """Whether it is told how many were there, and not only that so many at the least were."""
    if rule.group is not None:
        return count.whole or setting.group(rule.group).issubset(count.named)
    return count.told if rule.counts == "present" else not count.untold


def _base(rule: Quorum, count: Count, setting: Setting) -> Number | None:
    if rule.of is None:
        return None
    if rule.group is not None:
        return len(setting.group(rule.group))
    if rule.of == "seats":
        return setting.roll.seats
    members = setting.members
    return None if members is None else members - count.recused
