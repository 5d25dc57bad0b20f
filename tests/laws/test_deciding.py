"""Laws of decisions: they equal their plain definition, and keep to what every rule of voting must."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chancery.rules.asides import counted, left_out
from chancery.rules.base import Rule
from chancery.rules.deciding import decide
from chancery.rules.explaining import explained
from chancery.rules.provisions import Seats
from chancery.rules.rulebook import Provided, Rulebook
from chancery.rules.rulings import Outcome
from chancery.rules.soundness import book_faults, rule_faults
from chancery.rules.votes import CHOICES, Ballot, Vote
from chancery.rules.voting import (
    AllOf,
    AnyOf,
    AnyRequirement,
    Approval,
    CastingVote,
    Decision,
    Franchise,
    Members,
    Quorum,
    Silence,
    Threshold,
    Veto,
    Weights,
    WrittenProcedure,
)
from chancery.values import Instant, Ref
from tests.laws.deciding_plainly import Told, World, outcome

pytestmark = pytest.mark.slow  # each takes more than a second

NAMES = tuple(Ref(f"state:{code}") for code in ("be", "de", "fr", "it"))
CHAIR = Ref("office:chair")
BODY, CHARTER = Ref("body:b"), Ref("instrument:i")

SHARES = st.sampled_from(["0/1", "1/4", "1/3", "1/2", "3/5", "2/3", "3/4", "1/1"])
BASES = st.sampled_from(["cast", "present_and_voting", "present", "members", "seats", "unsettled"])
KINDS = ("at_least", "more_than", "at_most", "fewer_than")
MAYBE = st.sampled_from([None, "veto", "no_veto"])


@st.composite
def thresholds(draw: st.DrawFn, kinds: tuple[str, ...] = KINDS) -> Threshold:
    fields: dict[str, object] = {"votes": draw(st.sampled_from(["yes", "yes", "no", "abstain", "not_yes"]))}
    kind = draw(st.sampled_from(kinds))
    if draw(st.booleans()):
        fields[kind] = draw(st.integers(0, 5))
    else:
        fields |= {kind: draw(SHARES), "of": draw(BASES)}
    fields["group"] = draw(st.sampled_from([None, None, "big"]))
    fields["weight"] = draw(st.sampled_from([None, None, "gold"]))
    fields["but_concerned"] = draw(st.booleans())
    test = Threshold(**fields)  # type: ignore[arg-type]  # as drawn
    return test if test.votes != "not_yes" or test.of in (None, "members", "seats") else replace(test, votes="yes")


def nested(leaf: st.SearchStrategy[Threshold]) -> st.SearchStrategy[AnyRequirement]:
    def several(inner: st.SearchStrategy[AnyRequirement]) -> st.SearchStrategy[AnyRequirement]:
        some = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return some.map(AllOf) | some.map(AnyOf)

    return st.recursive(leaf, several, max_leaves=4)


@st.composite
def quorums(draw: st.DrawFn) -> Quorum:
    fields: dict[str, object] = {"counts": draw(st.sampled_from(["present", "voting"]))}
    kind = draw(st.sampled_from(["at_least", "more_than"]))
    if draw(st.booleans()):
        fields[kind] = draw(st.integers(0, 3))
    else:
        fields |= {
            kind: draw(st.sampled_from(["1/3", "1/2", "2/3"])),
            "of": draw(st.sampled_from(["members", "seats"])),
        }
        fields["group"] = draw(st.sampled_from([None, "big"])) if fields["of"] == "members" else None
    return Quorum(**fields)  # type: ignore[arg-type]  # as drawn


@st.composite
def vetoes(draw: st.DrawFn) -> Veto:
    if draw(st.booleans()):
        by = tuple(draw(st.lists(st.sampled_from(NAMES[:2]), max_size=2, unique=True)))
        return Veto(by=by, group="big", abstention=draw(MAYBE), absence=draw(MAYBE))  # type: ignore[arg-type]  # drawn
    return Veto(
        at_least=draw(st.sampled_from(["1/2", "2/3"])), of=draw(st.sampled_from(["members", "unsettled", "seats"]))
    )


@st.composite
def worlds(draw: st.DrawFn, leaf: st.SearchStrategy[Threshold] | None = None, most: int = 4) -> World:
    members = NAMES[: draw(st.integers(2, most))]
    decision = Decision(
        name="d",
        ordinary=True,
        requires=tuple(draw(st.lists(nested(thresholds() if leaf is None else leaf), min_size=1, max_size=2))),
        abstentions=draw(st.sampled_from([None, "voting", "not_voting"])),
        tie=draw(st.sampled_from([None, None, "rejected", "adopted"])),
    )
    return World(
        members=members,
        seats=len(members) + draw(st.integers(0, 2)),
        groups={"big": frozenset(members[: draw(st.integers(1, 2))])},
        weights={
            party: draw(st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(1, 3), Fraction(5)]))
            for party in members
        },
        decision=decision,
        quorum=draw(st.none() | quorums()),
        veto=draw(st.none() | vetoes()),
        casting=draw(st.booleans()),
        approval=draw(st.booleans()),
        recused_present=draw(st.booleans()),
    )


def book(world: World) -> Rulebook:
    """The rulebook of a world."""
    found: list[Rule] = [
        world.decision,
        Members(parties=tuple(map(Ref, world.members))),
        Members(parties=tuple(map(Ref, sorted(world.groups["big"]))), group="big"),
        Weights(name="gold", values={party: str(weight) for party, weight in world.weights.items()}),
        Seats(number=world.seats),
        Franchise(recused="present" if world.recused_present else "out_of_count"),
    ]
    found += [rule for rule in (world.quorum, world.veto) if rule is not None]
    found += [CastingVote(by=CHAIR)] if world.casting else []
    found += [Approval(by=CHAIR)] if world.approval else []
    return rulebook(found)


def rulebook(found: list[Rule]) -> Rulebook:
    return Rulebook(BODY, [Provided(rule, BODY, f"art. {n}", f"e{n}", CHARTER) for n, rule in enumerate(found)])


@st.composite
def told(draw: st.DrawFn, world: World, choices: tuple[str, ...] = CHOICES) -> Told:
    voting = {
        party: draw(st.sampled_from((*choices, "yes", "no"))) for party in world.members if draw(st.integers(0, 9))
    }
    return Told(
        voting,
        frozenset(draw(st.sets(st.sampled_from(world.members), max_size=1))),
        draw(st.sampled_from([None, "yes", "no"])),
        draw(st.sampled_from([None, "given", "refused", "pending"])),
    )


def vote(said: Told, **more: object) -> Vote:
    """A vote by ballots."""
    ballots = tuple(Ballot(Ref(party), choice) for party, choice in said.choices.items())  # type: ignore[arg-type]  # one
    concerned = tuple(map(Ref, sorted(said.concerned)))
    return Vote(id="v", ballots=ballots, concerned=concerned, chair=said.chair, approval=said.approval, **more)  # type: ignore[arg-type]  # as told


def came(world: World, said: Told) -> Outcome:
    return decide(vote(said), book(world)).outcome


@given(st.data())
@settings(max_examples=200)
def test_a_decision_equals_its_plain_definition(data: st.DataObject) -> None:
    world = data.draw(worlds())
    said = data.draw(told(world))
    assert came(world, said) == outcome(world, said)


MONOTONE = thresholds(("at_least", "more_than")).map(lambda test: replace(test, votes="yes")) | thresholds(
    ("at_most", "fewer_than")
).map(lambda test: test if test.votes != "yes" else replace(test, votes="no"))
"""Tests that a yes can only help."""


@given(st.data())
@settings(max_examples=120)
def test_one_more_yes_never_undoes_what_is_adopted(data: st.DataObject) -> None:
    world = data.draw(worlds(MONOTONE))
    assume(world.decision.tie != "adopted")
    said = data.draw(told(world))
    assume(came(world, said) == "adopted")
    for party in world.members:
        better = replace(said, choices={**said.choices, party: "yes"})
        assert came(world, better) == "adopted", (world, said, party)


@given(st.data())
@settings(max_examples=200)
def test_the_order_of_ballots_and_of_provisions_of_one_day_decides_nothing(data: st.DataObject) -> None:
    world = data.draw(worlds())
    said = data.draw(told(world))
    cast, ordered = vote(said), book(world)
    shuffled = replace(cast, ballots=tuple(data.draw(st.permutations(cast.ballots or ()))))
    reversed_ = Rulebook(BODY, [each for each in reversed(ordered.provided) if not isinstance(each.rule, Members)])
    ruling = decide(cast, ordered)
    assert decide(shuffled, ordered).outcome == ruling.outcome
    members = [each for each in ordered.provided if isinstance(each.rule, Members)]
    assert decide(cast, Rulebook(BODY, [*reversed_.provided, *members])).outcome == ruling.outcome


@given(st.data())
@settings(max_examples=120)
def test_ballots_and_the_tally_made_of_them_come_to_the_same(data: st.DataObject) -> None:
    world = data.draw(worlds())
    said = data.draw(told(world, ("yes", "no", "abstain", "absent")))
    sides = {side: tuple(Ref(party) for party, choice in said.choices.items() if choice == side) for side in CHOICES}
    tally = Vote(
        id="v",
        yes=len(sides["yes"]),
        no=len(sides["no"]),
        abstain=len(sides["abstain"]),
        present=len(sides["yes"] + sides["no"] + sides["abstain"]),
        for_by=sides["yes"],
        against_by=sides["no"],
        abstained_by=sides["abstain"],
        concerned=tuple(map(Ref, sorted(said.concerned))),
        chair=said.chair,  # type: ignore[arg-type]  # one of two
        approval=said.approval,  # type: ignore[arg-type]  # one of three
    )
    assert decide(tally, book(world)).outcome == came(world, said)


@given(st.data())
@settings(max_examples=50)
def test_a_rule_that_is_reported_sound_can_be_met_and_one_that_is_not_cannot(data: st.DataObject) -> None:
    world = replace(data.draw(worlds(MONOTONE, most=3)), casting=False, veto=None, approval=False)
    choices: Mapping[str, str] = dict.fromkeys(world.members, "yes")
    if not any(each.code == "rule-never-met" for each in book_faults(book(world))):
        assert came(world, Told(choices)) in ("adopted", "undecided")
        return
    world = replace(world, decision=replace(world.decision, tie=None))
    for cast in product(CHOICES, repeat=len(world.members)):
        assert came(world, Told(dict(zip(world.members, cast, strict=True)))) != "adopted"


# Whatever is told, and whatever rules are in force, deciding, explaining and looking through never raise.

FIRST_MOMENT, LAST_MOMENT = (Instant.of(text).seconds for text in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"))
PARTIES = st.sampled_from([*NAMES, CHAIR, Ref("nobody"), Ref(""), Ref("state:\u0430")])
NUMBERS = st.none() | st.integers(-3, 12) | st.just(2**70)
MOMENTS = st.none() | st.integers(FIRST_MOMENT, FIRST_MOMENT + 10**5) | st.sampled_from([FIRST_MOMENT, LAST_MOMENT])
HOSTILE = st.builds(
    Vote,
    id=st.text(max_size=3),
    day=st.none() | st.integers(-(10**9), 10**9),
    matter=st.none() | st.sampled_from(["", "d", "d.x", ".", "..", "x" * 9]),
    ballots=st.none()
    | st.lists(
        st.builds(
            Ballot,
            party=PARTIES,
            choice=st.sampled_from(CHOICES),
            proxy=st.none() | PARTIES,
            weight=st.none() | st.fractions(min_value=0, max_value=9, max_denominator=7),
            at=MOMENTS,
        ),
        max_size=6,
    ).map(tuple),
    **dict.fromkeys(("yes", "no", "abstain", "present", "absent", "opening"), NUMBERS),
    **dict.fromkeys(
        ("for_by", "against_by", "abstained_by", "vetoed_by", "concerned"), st.lists(PARTIES, max_size=3).map(tuple)
    ),
    **dict.fromkeys(("opened", "deadline", "extended"), MOMENTS),
    chair=st.sampled_from([None, "yes", "no"]),
    approval=st.sampled_from([None, "given", "refused", "pending"]),
    manner=st.sampled_from([None, "vote", "without_vote", "silence", "written", "chair"]),
    call=st.integers(-1, 3),
    recorded=st.none() | st.sampled_from(get_args(Outcome)),
)
MORE: tuple[Rule, ...] = (
    Silence(minimum_hours=2, extension_hours=5, broken_by=2, group="big"),
    WrittenProcedure(minimum_hours=3, late_quorum_hours=100_000),
    Members(others=3),
    Members(open=True),
    Members(parties=NAMES[:1], status="suspended"),
    Franchise(statuses=("member", "suspended"), proxies=2, split=True, group="big"),
    Approval(by=CHAIR, within_days=3),
    Quorum(more_than="1/2", of="seats", taken="at_the_opening", failing="second_call", at_second_call="1/3"),
    Veto(by=(CHAIR,), absence="veto"),
    CastingVote(by=NAMES[0], also_votes=True),
    Decision(name="alone", by=CHAIR, matters=("x",), general=True),
)


@given(worlds(), st.lists(st.sampled_from(MORE), max_size=4), HOSTILE, st.none() | st.integers(-5, 10**6))
@settings(max_examples=150)
def test_deciding_never_raises(world: World, more: list[Rule], cast: Vote, today: int | None) -> None:
    rules = rulebook([*(each.rule for each in book(world).provided), *more])
    ruling = decide(cast, rules, today=today)
    assert " ".join(map(str, explained(ruling)))
    assert counted(ruling) is not None
    assert list(left_out(ruling)) is not None
    book_faults(rules)
    for each in rules.provided:
        list(rule_faults(each.rule))
