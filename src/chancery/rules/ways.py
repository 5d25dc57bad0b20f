"""Ways of counting coalitions, and what each will take: estimated before anything is begun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct

from chancery.rules import halves, layers
from chancery.rules.packing import BITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from chancery.rules.packing import Slots
    from chancery.rules.scales import Scales

T = TypeVar("T")

LONGEST = 120.0
"""Seconds, as estimated, from which a way is not taken."""

LARGEST = 3 * 2**30
"""Bytes, as estimated, from which a way is not taken."""

# What steps cost, measured; only the order of magnitude matters.
SECONDS_A_MOVE = 2e-6
SECONDS_A_PAIR = 4e-7
SECONDS_A_BIT = 1.5e-11
SECONDS_A_PRODUCT = 5e-11
KARATSUBA = 1.585
SECONDS_A_BYTE = 6e-10
BYTES_A_MOVE = 64
BYTES_A_STATE = 200
BYTES_A_COALITION = 300


class Cost(Struct, frozen=True, order=True):
    """Seconds, and bytes of memory."""

    seconds: float
    size: float

    @property
    def fits(self) -> bool:
        """Whether it ends in reasonable time and space."""
        return self.seconds <= LONGEST and self.size <= LARGEST


class Way(Struct, Generic[T], frozen=True):
    """A way of counting, and its cost."""

    cost: Cost
    run: Callable[[], T]


def cheapest(ways: Iterable[Way[T]]) -> Way[T]:
    """The quickest of the ways that fit, or of all where none does."""
    return min(ways, key=_preference)


def _preference(way: Way[T]) -> tuple[bool, Cost]:
    return not way.cost.fits, way.cost


def of_layers(scales: Scales, slots: Slots) -> Cost:
    """What counting class by class takes."""
    moves = states = 0
    for count, size in layers.states(scales):
        moves += count * (size + 1)
        states += count
    product = SECONDS_A_PRODUCT * slots.width**KARATSUBA
    seconds = _capped(moves) * (SECONDS_A_MOVE + slots.width * SECONDS_A_BIT) + _capped(states) * product
    return Cost(seconds, _capped(moves) * BYTES_A_MOVE + _capped(states) * (slots.width / BITS + BYTES_A_STATE))


def of_halves(scales: Scales) -> Cost:
    """What meeting in the middle takes."""
    coalitions = 1 << (scales.count + 1) // 2
    marks = scales.count // 2 + 1
    for at in halves.Needs(scales).marked:
        marks = min(marks * (scales.scales[at].total // 2 + 1), coalitions)
    seconds = _capped(marks * (marks + coalitions)) * SECONDS_A_PAIR
    return Cost(seconds, _capped(coalitions) * BYTES_A_COALITION)


def of_series(count: int, limit: int, slots: Slots) -> Cost:
    """What a generating function up to a limit takes, when so many players join."""
    size = _capped(limit * slots.width // BITS)
    return Cost(count * size * SECONDS_A_BYTE, 4 * size)


def _capped(count: int) -> float:
    """A count as a float: what no machine could do is as good as any more."""
    return float(min(count, 10**30))
