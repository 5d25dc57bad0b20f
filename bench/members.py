"""Made-up bodies whose power is measured: 27 members by population, 190 by votes; the same each time."""

from __future__ import annotations

LARGEST = 83_000_000
STATES = 27
STEEPNESS = 1.1

FUND = 190
VOTES = 5_030_000
FIRST = 16.5
"""Percent of the votes that the largest member of the fund has; the next has about a third of that."""


def populations() -> tuple[int, ...]:
    """27 populations in single persons, falling as those of many bodies do."""
    return tuple(round(LARGEST / place**STEEPNESS) for place in range(1, STATES + 1))


def votes(total: int = VOTES) -> tuple[int, ...]:
    """The votes of 190 members, so many together, nearly all of them different; nobody has fewer than one."""
    shares = [FIRST, *(100 / (place + 10) ** 1.75 for place in range(1, FUND))]
    rest = (100 - FIRST) / sum(shares[1:])
    found = [max(1, int(total * share * (rest if place else 1) / 100)) for place, share in enumerate(shares)]
    found[1] += total - sum(found)
    return tuple(found)
