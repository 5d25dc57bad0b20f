"""Quorums: whether enough were there, of what, and by which bar."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from chancery.rules.bounds import Bar, exactly, grain
from chancery.rules.rulings import Present
from chancery.rules.voting import Quorum

if TYPE_CHECKING:
    from chancery.rules.bounds import Bound
    from chancery.rules.counting import Number, Setting
    from chancery.rules.rulebook import Provided
    from chancery.rules.votes import Count, Vote
    from chancery.values import Ref

AWAY = frozenset({"absent", "recused"})
IDLE = AWAY | {"not_voting"}
"""Who does not count towards a quorum, of those present and of those voting."""


def present(provided: Provided, count: Count, setting: Setting, vote: Vote) -> Present:
    """Whether a quorum was there, at the vote or at the opening, by the bar of a first or of a second call."""
    rule = provided.rule
    assert isinstance(rule, Quorum)  # noqa: S101  # chosen by its type
    opening = rule.taken == "at_the_opening"
    have = vote.opening if opening else _there(rule, count, setting)
    bound, strict = _bound(rule, second=vote.call > 1)
    base = _base(rule, count, setting) if isinstance(bound, str) else None
    if bound is None or have is None or (base is None and isinstance(bound, str)):
        return Present(provided, None, have, None, base)
    share = exactly(bound)
    weights = setting.roll.weights.get(rule.weight or "", {}).values()
    grained = grain((*weights, Fraction(have), Fraction(base or 0)))
    need = _need(Bar(share.numerator, share.denominator, strict, lower=True), base, grained)
    if have < need and not opening and not _is_told(rule, count, setting):
        return Present(provided, None, have, need, base)
    return Present(provided, have >= need, have, need, base)


def _bound(rule: Quorum, *, second: bool) -> tuple[Bound | None, bool]:
    """The number or the share that holds, and whether it must be passed."""
    if second and rule.at_second_call is not None:
        return rule.at_second_call, False
    return (rule.at_least, False) if rule.at_least is not None else (rule.more_than, True)


def _need(bar: Bar, base: Number | None, grained: int) -> Number:
    """The least that is a quorum, in whole members or in the parts that weights have."""
    need = Fraction(bar.need(int((1 if base is None else base) * grained)), grained)
    return int(need) if need.denominator == 1 else need


def _there(rule: Quorum, count: Count, setting: Setting) -> Number:
    """How many were there, as members: whoever splits votes or has many is one; or what they weigh."""
    if rule.weight is not None:
        return _weight_there(rule, rule.weight, count, setting)
    if rule.group is not None or count.carried:
        return len(_those(rule, count, setting))
    return count.present if rule.counts == "present" else count.yes + count.no + count.abstain


def _those(rule: Quorum, count: Count, setting: Setting) -> list[Ref]:
    """Who was there, by name."""
    away = AWAY if rule.counts == "present" else IDLE
    stay = frozenset({"recused"}) if rule.counts == "present" and not count.recused else frozenset()
    group = None if rule.group is None else setting.group(rule.group)
    return [
        party
        for party, choice in count.named.items()
        if choice not in away - stay and (group is None or party in group)
    ]


def _weight_there(rule: Quorum, table: str, count: Count, setting: Setting) -> Number:
    part = count.parts.get(rule.group or table)
    if part is not None:
        return part.yes + part.no + part.abstain
    weights = setting.roll.weights.get(table, {})
    return sum((weights.get(party, Fraction(0)) for party in _those(rule, count, setting)), Fraction(0))


def _is_told(rule: Quorum, count: Count, setting: Setting) -> bool:
    """Whether it is told how many were there, and not only that so many at the least were."""
    if rule.group is not None or rule.weight is not None:
        among = setting.voters if rule.group is None else setting.group(rule.group)
        listed = rule.group is not None or setting.roll.whole
        return count.whole or (listed and among.issubset(count.named))
    return count.told if rule.counts == "present" else not count.untold


def _base(rule: Quorum, count: Count, setting: Setting) -> Number | None:
    """All of whom a share is asked: members, seats, or what they weigh."""
    if rule.weight is not None:
        return _weights(rule, rule.weight, count, setting)
    if rule.group is not None:
        return len(_in_office(setting.group(rule.group), count))
    if rule.of == "seats":
        return setting.roll.seats
    members = setting.members
    return None if members is None else members - count.recused


def _weights(rule: Quorum, table: str, count: Count, setting: Setting) -> Number | None:
    """What all weigh: those of a group, the members in office, or the whole table."""
    if rule.group is None and rule.of == "seats":
        return setting.roll.totals.get(table)
    if rule.group is None and not setting.roll.whole:
        return None
    weights = setting.roll.weights.get(table, {})
    among = setting.voters if rule.group is None else setting.group(rule.group)
    return sum((weights.get(party, Fraction(0)) for party in _in_office(among, count)), Fraction(0))


def _in_office(among: frozenset[Ref], count: Count) -> list[Ref]:
    """Those who are part of the count: who is recused is not, unless the rules say otherwise."""
    return [party for party in among if not (count.recused and count.named.get(party) == "recused")]
