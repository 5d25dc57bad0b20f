"""Quorums: whether enough were there, of what, and by which bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.rules.bounds import Bar, exactly
from chancery.rules.rulings import Present
from chancery.rules.voting import Quorum

if TYPE_CHECKING:
    from chancery.rules.measuring import Number, Setting
    from chancery.rules.rulebook import Provided
    from chancery.rules.votes import Count


def present(provided: Provided, count: Count, setting: Setting, call: int) -> Present:
    """Whether a quorum was there. ``call`` is 2 where the meeting is called again after a failure."""
    rule = provided.rule
    assert isinstance(rule, Quorum)  # noqa: S101  # chosen by its type
    have = _there(rule, count, setting)
    base = _base(rule, count, setting)
    second = call > 1 and rule.at_second_call is not None
    bound = rule.at_second_call if second else rule.at_least if rule.at_least is not None else rule.more_than
    if bound is None or (base is None and rule.of is not None):
        return Present(provided, None, have, None, base)
    share = exactly(bound)
    bar = Bar(share.numerator, share.denominator, strict=rule.more_than is not None and not second, lower=True)
    need = bar.need(1 if base is None else int(base))
    reached = have >= need
    if not reached and not count.told and rule.counts != "voting":
        return Present(provided, None, have, need, base)
    return Present(provided, reached, have, need, base)


def _there(rule: Quorum, count: Count, setting: Setting) -> Number:
    if rule.group is not None:
        group = setting.roll.groups.get(rule.group, frozenset())
        away = {"absent", "recused"} if rule.counts == "present" else {"absent", "recused", "not_voting"}
        return sum(party in group and choice not in away for party, choice in count.named.items())
    return count.present if rule.counts == "present" else count.yes + count.no + count.abstain


def _base(rule: Quorum, count: Count, setting: Setting) -> Number | None:
    if rule.group is not None:
        return len(setting.roll.groups.get(rule.group, frozenset()))
    if rule.of == "seats":
        return setting.roll.seats
    members = setting.members
    return None if members is None or rule.of is None else members - count.recused
