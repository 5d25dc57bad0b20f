"""Small games for the tests, and what trying every coalition finds: the oracle."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

from chancery.rules.games import Every, Game, Some, Test, Weighing
from chancery.values import Ref


def players(count: int) -> tuple[Ref, ...]:
    return tuple(Ref(f"org:p{number}") for number in range(count))


def weighed(at_least: int, *weights: int) -> Game:
    return Game(players(len(weights)), Weighing(weights, at_least))


def council(permanent: int, elected: int, at_least: int) -> Game:
    """A council with vetoes: a number of votes, with all the permanent members among them."""
    vetoes = Weighing((1,) * permanent + (0,) * elected, permanent)
    votes = Weighing((1,) * (permanent + elected), at_least)
    return Game(players(permanent + elected), Every((vetoes, votes)))


# The populations of 27 members in thousands, and their votes under the Treaty of Nice, as the Seville Game Theory Group
# gives them for December 2000 (www.esi2.us.es/~mbilbao/niza.htm). The double majority, with its blocking minority of
# four, is that of the Treaty on European Union, art. 16(4).
POPULATIONS = (
    *(82_038, 59_247, 58_966, 57_612, 39_394, 38_667, 22_489, 15_760, 10_533, 10_290, 10_213, 10_092, 9_980, 8_854),
    *(8_230, 8_082, 5_393, 5_313, 5_160, 3_744, 3_701, 2_439, 1_978, 1_446, 752, 429, 379),
)
NICE = (29, 29, 29, 29, 27, 27, 14, 13, 12, 12, 12, 12, 12, 10, 10, 10, 7, 7, 7, 7, 7, 4, 4, 4, 4, 4, 3)


def double_majority() -> Game:
    each = (1,) * len(POPULATIONS)
    share = Weighing(POPULATIONS, -(-sum(POPULATIONS) * 65 // 100))
    members = Weighing(each, 15)
    all_but_three = Weighing(each, 24)
    return Game(players(len(each)), Some((Every((members, share)), all_but_three)))


def triple_majority() -> Game:
    each = (1,) * len(POPULATIONS)
    share = Weighing(POPULATIONS, -(-sum(POPULATIONS) * 62 // 100))
    return Game(players(len(each)), Every((Weighing(NICE, 255), Weighing(each, 14), share)))


def tried(game: Game) -> list[bool]:
    """Whether each coalition wins, by its number: bit k is the player at place k."""
    count = len(game.players)
    return [game.test.holds([place for place in range(count) if number >> place & 1]) for number in range(1 << count)]


def swings_tried(game: Game) -> list[list[int]]:
    """The swings of each player by the size of the coalition that he joins, trying every coalition."""
    wins, count = tried(game), len(game.players)
    found = [[0] * count for _ in range(count)]
    for number in range(1 << count):
        for place in range(count):
            if not number >> place & 1 and not wins[number] and wins[number | 1 << place]:
                found[place][number.bit_count()] += 1
    return found


def minimal_tried(game: Game) -> list[int]:
    """The numbers of the winning coalitions that lose without any one member."""
    wins = tried(game)
    return [number for number, won in enumerate(wins) if won and not any(wins[less] for less in _one_less(number))]


def _one_less(number: int) -> list[int]:
    return [number ^ 1 << place for place in range(number.bit_length()) if number >> place & 1]


def pivotal_tried(game: Game) -> list[Fraction]:
    """How often each player is the one whose joining makes a coalition win, trying every order of joining."""
    count = len(game.players)
    orders = list(permutations(range(count)))
    pivots = [next(order[at] for at in range(count) if game.test.holds(order[: at + 1])) for order in orders]
    return [Fraction(pivots.count(place), len(orders)) for place in range(count)]


def of(test: Test, count: int) -> Game:
    return Game(players(count), test)
