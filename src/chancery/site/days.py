"""The days on which something changed: those between which a reader moves."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chancery.register import Reading
from chancery.values import FUTURE

if TYPE_CHECKING:
    from chancery.ledger import Ledger


@lru_cache(maxsize=8)
def days_of(ledger: Ledger) -> list[int]:
    """Every day on which a fact of one certain day took effect, oldest first, as proleptic ordinals."""
    facts = ledger.in_force(Reading(on=FUTURE))
    return sorted({fact.day for fact in facts if fact.act.effective.exact})
