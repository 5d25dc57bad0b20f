"""Simple games: who wins, and what is no game."""

import pytest

from chancery.rules.games import Every, Game, Some, Weighing, dual, reduced
from chancery.values import Fault, Ref
from tests.unit.rules.games import council, players, tried, weighed


def test_a_weighing_wins_at_its_number_and_not_under_it() -> None:
    game = weighed(16, 9, 9, 7, 3, 1, 1)
    assert game.wins([Ref("org:p0"), Ref("org:p2")])
    assert not game.wins([Ref("org:p0"), Ref("org:p3"), Ref("org:p4"), Ref("org:p5")])


def test_a_veto_stops_what_has_the_votes() -> None:
    game = council(5, 10, 9)
    everybody = set(game.players)
    assert game.wins(everybody)
    assert not game.wins(everybody - {Ref("org:p4")})
    assert game.wins(everybody - {Ref(f"org:p{number}") for number in range(5, 11)})
    assert not game.wins(everybody - {Ref(f"org:p{number}") for number in range(5, 12)})


def test_some_wins_by_any_of_its_tests() -> None:
    game = Game(players(3), Some((Weighing((1, 0, 0), 1), Weighing((1, 1, 1), 2))))
    assert game.wins([Ref("org:p0")])
    assert game.wins([Ref("org:p1"), Ref("org:p2")])
    assert not game.wins([Ref("org:p1")])


def test_who_does_not_play_is_named() -> None:
    with pytest.raises(Fault, match="state:fr has no vote under this rule"):
        weighed(1, 1).wins([Ref("state:fr")])


@pytest.mark.parametrize(
    ("names", "test", "said"),
    [
        (players(2), Weighing((1, 1, 1), 2), "3 weights for 2 players"),
        (players(2), Every((Weighing((1, 1), 1), Weighing((1, -1), 1))), "org:p1 has a negative weight"),
        ((Ref("org:a"), Ref("org:a")), Weighing((1, 1), 1), "named twice"),
        (players(2), Weighing((1, 1), 0), "without any vote in favour"),
        (players(2), Weighing((1, 1), 3), "not met even when all vote in favour"),
        ((), Weighing((), 1), "not met even when all vote in favour"),
    ],
)
def test_what_is_no_game_is_refused(names: tuple[Ref, ...], test: Weighing | Every, said: str) -> None:
    with pytest.raises(Fault, match=said):
        Game(names, test)


def test_weights_are_reduced_to_the_smallest_units_and_the_number_rounded_up() -> None:
    assert reduced(Weighing((4, 6, 0), 5)) == Weighing((2, 3, 0), 3)
    assert reduced(Weighing((0, 0), 1)) == Weighing((0, 0), 1)


def test_a_coalition_blocks_where_the_others_lose() -> None:
    test = Every((Weighing((3, 2, 1), 4), Some((Weighing((1, 0, 0), 1), Weighing((1, 1, 1), 3)))))
    game = Game(players(3), test)
    blocks = tried(Game(game.players, dual(test)))
    assert blocks == [not won for won in reversed(tried(game))]
    assert dual(dual(test)) == test
