"""Ties: whether the votes are equal, by number or by what they weigh, and what the casting vote makes of the tests."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from chancery.rules.bounds import grain
from chancery.rules.counting import weighed
from chancery.rules.measuring import measured
from chancery.rules.votes import Part

if TYPE_CHECKING:
    from chancery.rules.counting import Setting
    from chancery.rules.measuring import Tested
    from chancery.rules.rulebook import Procedure
    from chancery.rules.votes import Count


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
    sides, table = _sides(count, procedure, setting), procedure.by_weight
    if sides is not None and table is not None:
        weights = setting.roll.weights.get(table, {}).values()
        least = Fraction(1, grain((*weights, sides.yes, sides.no, sides.abstain)))
        count = replace(count, parts={**count.parts, table: replace(sides, yes=sides.yes + least)})
    return tuple(measured(each, count, setting) for each in procedure.requires)


def _sides(count: Count, procedure: Procedure, setting: Setting) -> Part | None:
    """What the votes weigh, where nothing but that counts, and it is told."""
    table = procedure.by_weight
    return None if table is None else weighed(table, count, setting)
