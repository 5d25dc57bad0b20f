"""Ties: whether the votes are equal, by number or by what they weigh, and what the casting vote makes of the tests."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from chancery.rules.bounds import grain
from chancery.rules.counting import weighed
from chancery.rules.measuring import measured
from chancery.rules.votes import Part
from chancery.rules.voting import thresholds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chancery.rules.counting import Setting
    from chancery.rules.measuring import Tested
    from chancery.rules.rulebook import Procedure
    from chancery.rules.votes import Count
    from chancery.rules.voting import AnyRequirement


def is_tie(count: Count, procedure: Procedure, setting: Setting) -> bool:
    """Whether as many votes are for as against; where a decision counts by one table of weights only, of those."""
    sides = _sides(count, procedure, setting)
    yes, no = (count.yes, count.no) if sides is None else (sides.yes, sides.no)
    return yes == no and bool(yes)


def broken(count: Count, procedure: Procedure, setting: Setting, *, added: int) -> tuple[Tested, ...]:
    """The tests with the casting vote in favour: one vote more, or the least that weights can tell apart.

    ``added`` is how many it adds to those present: none where who has it votes with the others as well.
    """
    count = replace(count, yes=count.yes + 1, present=count.present + added)
    sides, table = _sides(count, procedure, setting), counted_by(procedure.requires)
    if sides is not None and table is not None:
        weights = setting.roll.weights.get(table, {}).values()
        least = Fraction(1, grain((*weights, sides.yes, sides.no, sides.abstain)))
        count = replace(count, parts={**count.parts, table: replace(sides, yes=sides.yes + least)})
    return tuple(measured(each, count, setting) for each in procedure.requires)


def _sides(count: Count, procedure: Procedure, setting: Setting) -> Part | None:
    """What the votes weigh, where nothing but that counts, and it is told."""
    table = counted_by(procedure.requires)
    return None if table is None else weighed(table, count, setting)


def counted_by(requirements: Iterable[AnyRequirement]) -> str | None:
    """The one table of weights by which every test counts; None where any counts otherwise."""
    found = {(each.weight, each.group) for each in thresholds(requirements)}
    return found.pop()[0] if len(found) == 1 and all(group is None for _, group in found) else None
