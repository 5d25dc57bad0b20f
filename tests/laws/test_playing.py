"""A law of power: the game of a rule wins exactly where the engine adopts what a coalition votes for."""

from itertools import product
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from chancery.rules.games import Game
from chancery.values import Fault
from tests.unit.rules.test_playing import CASTING, CHAIR, FOUR, PAIR, SHARES, A, B, C, adopted, book, decision, game

pytestmark = pytest.mark.slow  # it takes more than a second

Table = dict[str, Any]  # as TOML gives it

BOUNDS = st.one_of(st.integers(0, 5), st.sampled_from(["1/2", "2/3", "65%", "1/4", "100%"]))
BASES = st.sampled_from(["cast", "present_and_voting", "present", "members"])


@st.composite
def thresholds(draw: st.DrawFn) -> Table:
    votes, way = draw(
        st.sampled_from(
            [(votes, way) for votes in ("no", "not_yes") for way in ("at_most", "fewer_than")]
            + [("yes", "at_least"), ("yes", "more_than")] * 2
        )
    )
    bound = draw(BOUNDS)
    of = {"of": draw(BASES)} if isinstance(bound, str) else {}
    group = {"group": "pair"} if draw(st.booleans()) else {}
    weight = {"weight": "shares"} if draw(st.booleans()) else {}
    return {"type": "threshold", "votes": votes, way: bound, **of, **group, **weight}


REQUIREMENTS: st.SearchStrategy[Table] = st.recursive(
    thresholds(),
    lambda inner: st.builds(
        lambda kind, of: {"type": kind, "of": of},
        st.sampled_from(["all_of", "any_of"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=4,
)

FURTHER: st.SearchStrategy[Table] = st.one_of(
    st.builds(lambda by: {"type": "veto", "by": by}, st.lists(st.sampled_from([A, B, CHAIR]), min_size=1, unique=True)),
    st.just({"type": "veto", "group": "pair"}),
    st.builds(lambda bound: {"type": "veto", "at_least": bound, "of": "members"}, st.sampled_from(["1/2", "2/3"])),
    st.just({"type": "approval", "by": CHAIR}),
    st.just(CASTING),
)


def played(rules: list[Table]) -> Game:
    try:
        return game(book(*rules))
    except Fault:
        assume(False)  # noqa: FBT003  # no game: always or never met, or not known
        raise


@given(
    st.lists(REQUIREMENTS, min_size=1, max_size=2), st.lists(FURTHER, max_size=2), st.sampled_from([None, "adopted"])
)
@example([{"type": "threshold", "votes": "not_yes", "fewer_than": "1/4", "of": "cast"}], [CASTING], None)
@settings(max_examples=200, deadline=None)
def test_the_game_of_a_rule_wins_where_the_engine_adopts(
    requires: list[Table], further: list[Table], tie: str | None
) -> None:
    carries = {} if tie is None else {"tie": tie}
    rules: list[Table] = [FOUR, PAIR, SHARES, decision(*requires, **carries), *further]
    found = played(rules)
    for sides in product((True, False), repeat=len(found.players)):
        yes = {player for player, side in zip(found.players, sides, strict=True) if side}
        assert found.wins(yes) is adopted(book(*rules), yes, found.players), yes
    assert C in found.players
