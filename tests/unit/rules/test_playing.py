"""Playing a rule: the game of a kind of decision wins exactly where the engine adopts, or says why it is no game."""

from itertools import product
from typing import Any

import msgspec
import pytest

from chancery.rules.deciding import decide
from chancery.rules.games import Game
from chancery.rules.playing import game_of
from chancery.rules.provisions import AnyRule
from chancery.rules.rulebook import Provided, Rulebook
from chancery.rules.votes import Ballot, Vote
from chancery.values import Fault, Ref

BODY = Ref("body:board")
A, B, C, D = (Ref(f"org:{letter}") for letter in "abcd")
CHAIR = Ref("office:chair")

FOUR = {"type": "members", "parties": [A, B, C, D], "group": "all"}
PAIR = {"type": "members", "parties": [A, B], "group": "pair"}
SHARES = {"type": "weights", "name": "shares", "values": {A: 40, B: "30.5", C: "19.5", D: 10}}


def book(*rules: dict[str, Any]) -> Rulebook:
    provided = [
        Provided(msgspec.convert(rule, AnyRule), BODY, f"art. {number}", f"e{number}", Ref("instrument:statutes"))
        for number, rule in enumerate(rules, start=1)
    ]
    return Rulebook(BODY, provided)


def threshold(**fields: object) -> dict[str, object]:
    return {"type": "threshold", **fields}


def decision(*tests: object, **fields: object) -> dict[str, Any]:
    return {"type": "decision", "name": "ordinary", "ordinary": True, "requires": list(tests), **fields}


def game(rules: Rulebook) -> Game:
    (procedure,) = rules.on(700_000).named("ordinary")
    return game_of(procedure)


def adopted(rules: Rulebook, yes: set[Ref], players: tuple[Ref, ...]) -> bool:
    """Whether the engine adopts what these vote for, everybody else voting against."""
    voters = [player for player in players if player.startswith("org:")]
    others = tuple(player for player in players if player not in voters and player not in yes)
    vote = Vote(
        id="1",
        day=700_000,
        ballots=tuple(Ballot(party, "yes" if party in yes else "no") for party in voters),
        vetoed_by=others,
        chair="yes" if CHAIR in yes else "no",
        approval="given" if CHAIR in yes else "refused",
    )
    return decide(vote, rules).outcome == "adopted"


CASTING = {"type": "casting_vote", "by": CHAIR}
NINE = {"type": "seats", "number": 9}
TOGETHER = {"type": "veto", "at_least": "1/2", "of": "members"}
MORE = {"type": "veto", "more_than": "1/2", "of": "members"}
EVEN = {"type": "weights", "name": "shares", "values": {A: "1.5", B: 1, C: 1, D: "0.5"}}
BY_SHARES = decision({"type": "threshold", "more_than": "1/2", "of": "cast", "weight": "shares"})
HALF = threshold(more_than="1/2", of="cast")

GAMES: dict[str, list[dict[str, Any]]] = {  # Any: tables as TOML gives them
    "more than half": [FOUR, decision(HALF)],
    "half of the weights and the casting vote": [FOUR, EVEN, BY_SHARES, CASTING],
    "half of the weights, where that is no number": [FOUR, SHARES, BY_SHARES, CASTING],
    "four fifths of the weights, whatever the casting vote": [
        FOUR,
        EVEN,
        decision({"type": "threshold", "at_least": "4/5", "of": "seats", "weight": "shares"}),
        CASTING,
    ],
    "a number": [FOUR, decision(threshold(at_least=3))],
    "two thirds of the members": [FOUR, decision(threshold(at_least="2/3", of="members"))],
    "of the seats": [FOUR, {"type": "seats", "number": 5}, decision(threshold(more_than="1/2", of="seats"))],
    "no more than one against": [FOUR, decision(threshold(votes="no", at_most=1))],
    "fewer than two not in favour": [FOUR, decision(threshold(votes="not_yes", fewer_than=2))],
    "nobody abstaining": [FOUR, decision(HALF, threshold(votes="abstain", at_most=0))],
    "by weight": [FOUR, SHARES, decision(threshold(at_least="65%", of="members", weight="shares"))],
    "by weight alone": [SHARES, BY_SHARES],
    "of all the weights": [FOUR, SHARES, decision(threshold(more_than="1/2", of="seats", weight="shares"))],
    "within a group": [FOUR, PAIR, decision(HALF, threshold(at_least="1/2", of="members", group="pair"))],
    "of what a group weighs": [
        FOUR, PAIR, SHARES, decision(threshold(more_than="1/2", of="seats", weight="shares", group="pair"))
    ],
    "of a group's seats": [FOUR, PAIR, decision(threshold(more_than="1/2", of="seats", group="pair"))],
    "weighed within a group": [
        FOUR, PAIR, SHARES, decision(threshold(more_than="1/2", of="members", group="pair", weight="shares"))
    ],
    "not in favour within a group": [FOUR, PAIR, decision(HALF, threshold(votes="not_yes", at_most=1, group="pair"))],
    "double or nearly all": [
        FOUR,
        SHARES,
        decision(
            {
                "type": "any_of",
                "of": [
                    {"type": "all_of", "of": [HALF, threshold(at_least="65%", of="members", weight="shares")]},
                    threshold(at_least=3),
                ],
            }
        ),
    ],
    "with a veto": [FOUR, decision(HALF), {"type": "veto", "by": [A]}],
    "with a veto of a group": [FOUR, PAIR, decision(HALF), {"type": "veto", "group": "pair"}],
    "with a veto together": [FOUR, decision(threshold(at_least=1)), TOGETHER],
    "with more than that": [FOUR, decision(threshold(at_least=1)), MORE],
    "with an approval": [FOUR, decision(HALF), {"type": "approval", "by": CHAIR}],
    "with a casting vote": [FOUR, decision(HALF), CASTING],
    "with one of no use": [FOUR, decision(threshold(at_least="3/4", of="members")), CASTING],
    "where a tie carries": [FOUR, decision(HALF, tie="adopted")],
    "by the chair alone": [FOUR, decision(by=CHAIR), {"type": "veto", "at_least": "2/3", "of": "members"}],
    "with a quorum": [FOUR, decision(HALF), {"type": "quorum", "at_least": "1/2", "of": "members"}],
    "settled all the same": [
        FOUR, {"type": "seats", "number": 4}, decision(threshold(at_least="1/2", of="unsettled"))
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", GAMES)
def test_a_coalition_wins_where_the_engine_adopts_what_it_votes_for(name: str) -> None:
    rules = book(*GAMES[name])
    played = game(rules)
    for sides in product((True, False), repeat=len(played.players)):
        yes = {player for player, side in zip(played.players, sides, strict=True) if side}
        assert played.wins(yes) is adopted(rules, yes, played.players), yes


def test_seats_whose_holders_are_not_named_play_as_such() -> None:
    members = {"type": "members", "parties": [A], "group": "permanent", "others": 3}
    played = game(book(members, decision(threshold(at_least=3)), {"type": "veto", "group": "permanent"}))
    assert played.players == (A, "seat:1", "seat:2", "seat:3")
    assert played.wins([A, Ref("seat:1"), Ref("seat:3")])
    assert not played.wins([Ref("seat:1"), Ref("seat:2"), Ref("seat:3")])


def test_a_member_who_has_to_approve_plays_once() -> None:
    played = game(book(FOUR, decision(HALF), {"type": "approval", "by": A}))
    assert played.players == (A, B, C, D)
    assert not played.wins([B, C, D])
    assert played.wins([A, B, C])


def test_silence_is_broken_by_as_many_as_its_rule_says() -> None:
    played = game(book(FOUR, decision(), {"type": "silence", "broken_by": 2}))
    assert played.wins([A, B, C])
    assert not played.wins([A, B])


def test_a_chair_who_votes_as_a_member_breaks_the_tie_as_well() -> None:
    casting = {"type": "casting_vote", "by": A, "also_votes": True}
    played = game(book(FOUR, decision(HALF), casting))
    assert played.wins([A, B])
    assert not played.wins([B, C])


def test_where_no_tie_can_be_the_casting_vote_does_not_play() -> None:
    three = {"type": "members", "parties": [A, B, C]}
    assert game(book(three, decision(HALF), CASTING)).players == (A, B, C)


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ([{**FOUR, "open": True}, decision(HALF)], "not every member is on record"),
        ([FOUR, decision()], "the charter is silent on what it requires"),
        ([FOUR, decision(threshold(at_most=2))], "a vote in favour can make it fail"),
        ([FOUR, decision(threshold(votes="no", at_least=1))], "a vote in favour can make it fail"),
        ([{**FOUR, "others": 2}, SHARES, BY_SHARES], "not named is not known"),
        ([{**FOUR, "parties": [A, B, "org:x"]}, SHARES, BY_SHARES], "org:x has no"),
        ([FOUR, NINE, decision(threshold(at_least="1/2", of="unsettled"))], "does not settle"),
        ([FOUR, decision(threshold(at_least="1/2", of="seats"))], "How many seats there are is not known"),
        ([FOUR, decision(HALF), {"type": "casting_vote", "by": A}], "votes on a tie only"),
        ([FOUR, decision(threshold(votes="no", at_most=0), tie="adopted")], "a vote in favour can make it fail"),
        ([FOUR, SHARES, {**BY_SHARES, "tie": "adopted"}], "a vote in favour can make it fail"),
        (
            [FOUR, SHARES, decision(HALF, {"type": "threshold", "at_least": 5, "weight": "shares"}), CASTING],
            "what a casting vote adds to its tests is not known",
        ),
        ([FOUR, decision(HALF), {"type": "quorum", "at_least": 5}], "its quorum is not reached"),
        ([FOUR, decision(threshold(votes="abstain", at_least=1))], "not met even when all vote in favour"),
    ],
)  # fmt: skip
def test_what_is_no_game_is_refused_and_says_why(rules: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(Fault, match=said):
        game(book(*rules))
