"""Packing: a list of counts in one big integer, a slot to each, so that one sum or product works on all of them.

The counts of coalitions by size are such a list, a polynomial (Kronecker substitution): a slot up is a member more.
"""

from __future__ import annotations

from math import comb

from msgspec import Struct

BITS = 8


class Slots(Struct, frozen=True):
    """Slots that count the coalitions of so many players, one to a size, or one for all where ``by_size`` is false."""

    players: int
    by_size: bool = True

    @property
    def bits(self) -> int:
        """Bits of one slot: whole bytes that hold a count of all coalitions."""
        return (self.players // BITS + 1) * BITS

    @property
    def step(self) -> int:
        """Bits by which a count moves when the coalitions gain a member."""
        return self.bits if self.by_size else 0

    @property
    def sizes(self) -> int:
        """How many slots there are."""
        return self.players + 1 if self.by_size else 1

    @property
    def width(self) -> int:
        """Bits of all slots together."""
        return self.bits * self.sizes

    def all(self, players: int) -> int:
        """All coalitions of so many players."""
        if not self.by_size:
            return 1 << players
        return sum(comb(players, size) << size * self.step for size in range(players + 1))

    def one(self, size: int) -> int:
        """A number in which the slot of one size is all ones; the one slot there is, where sizes are not kept."""
        return ((1 << self.bits) - 1) << size * self.step

    def unpacked(self, packed: int) -> tuple[int, ...]:
        """The counts, one to a slot."""
        width = self.bits // BITS
        data = packed.to_bytes(self.sizes * width, "little")
        return tuple(int.from_bytes(data[at : at + width], "little") for at in range(0, len(data), width))
