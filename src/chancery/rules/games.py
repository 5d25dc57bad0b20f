"""Simple games: which coalitions win when they vote yes and everybody else votes no. More votes never make one lose."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, TypeAlias, Union

from msgspec import Struct
from msgspec.structs import replace

from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from chancery.values import Ref


class Weighing(Struct, frozen=True):
    """Wins where the weights of those who vote yes reach a number; a weight to each player, in their order.

    A veto gives weight 1 to each of its holders and asks for all of them; "at most three not in favour" gives weight 1
    to everybody and asks for all but three.
    """

    weights: tuple[int, ...]
    at_least: int

    def holds(self, members: Collection[int]) -> bool:
        """Whether a coalition, by the places of its members, reaches the number."""
        return sum(self.weights[member] for member in members) >= self.at_least


class Every(Struct, frozen=True):
    """Wins where all of several tests do."""

    of: tuple[Test, ...]

    def holds(self, members: Collection[int]) -> bool:
        """Whether a coalition meets all of them."""
        return all(each.holds(members) for each in self.of)


class Some(Struct, frozen=True):
    """Wins where any of several tests does."""

    of: tuple[Test, ...]

    def holds(self, members: Collection[int]) -> bool:
        """Whether a coalition meets any of them."""
        return any(each.holds(members) for each in self.of)


Test: TypeAlias = Union["Weighing", "Every", "Some"]


class Game(Struct, frozen=True):
    """Players and the test that a coalition of them has to meet. Raises Fault where weights and players do not agree.

    A test that no coalition meets, or that nobody has to vote for, is no game: nobody has any power over it.
    """

    players: tuple[Ref, ...]
    test: Test

    def __post_init__(self) -> None:
        """Refuse what is no game."""
        if len(set(self.players)) < len(self.players):
            raise Fault(phrase("a player is named twice"))
        for weighing in weighings(self.test):
            self._check(weighing)
        if self.test.holds(()):
            raise Fault(phrase("the rule is met without any vote in favour, so nobody has power over it"))
        if not self.test.holds(range(len(self.players))):
            raise Fault(phrase("the rule is not met even when all vote in favour, so nobody has power over it"))

    def _check(self, weighing: Weighing) -> None:
        if len(weighing.weights) != len(self.players):
            raise Fault(
                phrase(
                    "{weights:number} weights for {players:number} players; each player needs one",
                    weights=len(weighing.weights),
                    players=len(self.players),
                )
            )
        negative = next((at for at, weight in enumerate(weighing.weights) if weight < 0), None)
        if negative is not None:
            raise Fault(
                phrase("{player:name} has a negative weight; a weight is 0 or more", player=self.players[negative])
            )

    def wins(self, coalition: Collection[Ref]) -> bool:
        """Whether a coalition wins when it votes yes and everybody else votes no."""
        return self.test.holds(self.places(coalition))

    def places(self, coalition: Collection[Ref]) -> frozenset[int]:
        """The places of the members of a coalition. Raises Fault for one who does not play."""
        known = {player: at for at, player in enumerate(self.players)}
        for member in coalition:
            if member not in known:
                raise Fault(phrase("{member:name} has no vote under this rule", member=member))
        return frozenset(known[member] for member in coalition)


def weighings(test: Test) -> Iterator[Weighing]:
    """The weighings of a test, in its order."""
    if isinstance(test, Weighing):
        yield test
    else:
        for each in test.of:
            yield from weighings(each)


def rewritten(test: Test, change: Callable[[Weighing], Weighing]) -> Test:
    """A test with each of its weighings changed."""
    if isinstance(test, Weighing):
        return change(test)
    return replace(test, of=tuple(rewritten(each, change) for each in test.of))


def reduced(weighing: Weighing) -> Weighing:
    """The same weighing in the smallest units: the weights have no common divisor."""
    unit = gcd(*weighing.weights) or 1
    return Weighing(tuple(weight // unit for weight in weighing.weights), -(-weighing.at_least // unit))


def dual(test: Test) -> Test:
    """The test that a coalition meets where its complement fails the first: what it takes to block."""
    if isinstance(test, Weighing):
        return Weighing(test.weights, sum(test.weights) - test.at_least + 1)
    turned = tuple(dual(each) for each in test.of)
    return Some(turned) if isinstance(test, Every) else Every(turned)
