"""What a vote by name comes to, written slowly and obviously: one party at a time, in fractions; nothing is kept.

Nothing here comes from the engine. A test that the text leaves open has several answers, each of them possible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

from msgspec import Struct

from chancery.rules.voting import AllOf, AnyRequirement, Decision, Quorum, Threshold, Veto

TAKES_PART = ("yes", "no", "abstain")


class World(Struct, frozen=True):
    """A body and its rules: who sits, who of them in which group, what each weighs, and how one matter is decided."""

    members: tuple[str, ...]
    seats: int
    groups: Mapping[str, frozenset[str]]
    weights: Mapping[str, Fraction]
    decision: Decision
    quorum: Quorum | None = None
    veto: Veto | None = None
    casting: bool = False
    approval: bool = False
    recused_present: bool = False


class Told(Struct, frozen=True):
    """A vote: what each member did, whom it concerns, what the chair and whoever approves said."""

    choices: Mapping[str, str]
    concerned: frozenset[str] = frozenset()
    chair: str | None = None
    approval: str | None = None


def outcome(world: World, told: Told) -> str:
    """What it comes to."""
    if world.quorum is not None and not _is_quorum(world, world.quorum, told):
        return "no_quorum"
    possible = _possible(world, told, casting=0)
    yes, no = _side(told, "yes"), _side(told, "no")
    if possible == {False} and yes == no > 0:
        return _tie(world, told)
    if len(possible) > 1:
        return "undecided"
    return _passed(world, told) if possible == {True} else "rejected"


def _tie(world: World, told: Told) -> str:
    broken = _possible(world, told, casting=1)
    if world.casting and broken != {False}:
        if told.chair == "yes":
            return _passed(world, told) if broken == {True} else "undecided"
        if told.chair == "no":
            return "rejected"
        if world.decision.tie is None:
            return "tie"
    return _passed(world, told) if world.decision.tie == "adopted" else "rejected"


def _passed(world: World, told: Told) -> str:
    stops = _stops(world, world.veto, told) if world.veto is not None else {False}
    if stops != {False}:
        return "vetoed" if stops == {True} else "undecided"
    if not world.approval or told.approval == "given":
        return "adopted"
    return "rejected" if told.approval == "refused" else "awaiting_approval"


def _side(told: Told, choice: str) -> int:
    return sum(each == choice for each in told.choices.values())


def _is_quorum(world: World, quorum: Quorum, told: Told) -> bool:
    among = [party for party in world.members if quorum.group is None or party in world.groups[quorum.group]]
    there = 0
    base = 0
    for party in among:
        choice = told.choices.get(party, "absent")
        out = choice == "recused" and not world.recused_present
        base += not out
        if quorum.counts == "voting":
            there += choice in TAKES_PART
        else:
            there += choice in (*TAKES_PART, "not_voting") or (choice == "recused" and world.recused_present)
    if quorum.of == "seats" and quorum.group is None:
        base = world.seats
    bound = quorum.at_least if quorum.at_least is not None else quorum.more_than
    need = Fraction(bound) if isinstance(bound, int) else Fraction(str(bound)) * base
    if isinstance(bound, str) and base == 0 and Fraction(bound) > 0:
        return False
    return there > need if quorum.at_least is None else there >= need


def _possible(world: World, told: Told, casting: int) -> set[bool]:
    """Every answer that the tests together may have."""
    each = [_answers(world, told, test, casting) for test in world.decision.requires]
    return {all(answers) for answers in product(*each)}


def _answers(world: World, told: Told, test: AnyRequirement, casting: int) -> set[bool]:
    if isinstance(test, Threshold):
        return {_is_met(world, told, test, of, casting) for of in _readings(world, told, test)}
    parts = [_answers(world, told, part, casting) for part in test.of]
    together = all if isinstance(test, AllOf) else any
    return {together(answers) for answers in product(*parts)}


def _readings(world: World, told: Told, test: Threshold) -> Sequence[str | None]:
    if test.of == "unsettled":
        return ("members", "seats", "present", "cast")
    if test.of != "present_and_voting":
        return (test.of,)
    if world.decision.abstentions is None and _side(told, "abstain"):
        return ("cast", "voting")
    return ("voting",) if world.decision.abstentions == "voting" else ("cast",)


def _is_met(world: World, told: Told, test: Threshold, of: str | None, casting: int) -> bool:
    have, base = _have(world, told, test, casting), _base(world, told, test, of, casting)
    for bound, is_met in (
        (test.at_least, have.__ge__),
        (test.more_than, have.__gt__),
        (test.at_most, have.__le__),
        (test.fewer_than, have.__lt__),
    ):
        if bound is not None:
            share = Fraction(bound) if isinstance(bound, int) else Fraction(str(bound)) * base
            if test.at_least is not None and of is not None and base == 0 and Fraction(str(bound)) > 0:
                return False  # no share of nothing is reached
            return bool(is_met(share))
    raise AssertionError(test)


def _counted(world: World, told: Told, test: Threshold) -> list[str]:
    """The members whose votes a test counts."""
    return [
        party
        for party in world.members
        if (test.group is None or party in world.groups[test.group])
        and not (test.but_concerned and party in told.concerned)
    ]


def _weight(world: World, test: Threshold, party: str) -> Fraction:
    return world.weights[party] if test.weight is not None else Fraction(1)


def _extra(told: Told, test: Threshold, casting: int) -> int:
    """The casting vote, which is a head and belongs to no group and no table."""
    named = test.group is not None or test.weight is not None or (test.but_concerned and told.concerned)
    return 0 if named else casting


def _have(world: World, told: Told, test: Threshold, casting: int) -> Fraction:
    found = Fraction(0)
    for party in _counted(world, told, test):
        choice = told.choices.get(party, "absent")
        out = choice == "recused" and not world.recused_present
        if choice == test.votes or (test.votes == "not_yes" and choice != "yes" and not out):
            found += _weight(world, test, party)
    extra = _extra(told, test, casting)
    return found + extra * {"yes": 1, "not_yes": -1}.get(test.votes, 0)


def _base(world: World, told: Told, test: Threshold, of: str | None, casting: int) -> Fraction:
    if of == "seats" and test.group is None and test.weight is None:
        away = [party for party in world.members if test.but_concerned and party in told.concerned]
        return Fraction(world.seats - len(away))
    found = Fraction(0)
    for party in _counted(world, told, test):
        choice = told.choices.get(party, "absent")
        stays = choice == "recused" and world.recused_present
        belongs = {
            None: False,
            "cast": choice in ("yes", "no"),
            "voting": choice in TAKES_PART,
            "present": choice in (*TAKES_PART, "not_voting") or stays,
            "members": choice != "recused" or stays,
            "seats": True,
        }[of]
        found += _weight(world, test, party) if belongs else 0
    return found + (_extra(told, test, casting) if of in ("cast", "voting", "present") else 0)


def _stops(world: World, veto: Veto, told: Told) -> set[bool]:
    """Whether a veto stops it: every answer that is possible."""
    if veto.at_least is not None or veto.more_than is not None:
        test = Threshold(votes="no", at_least=veto.at_least, more_than=veto.more_than, of=veto.of, group=veto.group)
        return _answers(world, told, test, 0)
    found: set[bool] = {False}
    for party in world.members:
        if party in veto.by or (veto.group is not None and party in world.groups[veto.group]):
            choice = told.choices.get(party, "absent")
            says = veto.abstention if choice == "abstain" else veto.absence
            if choice == "no" or (choice in ("abstain", "absent", "not_voting") and says == "veto"):
                return {True}
            if choice in ("abstain", "absent", "not_voting") and says is None:
                found |= {True}
    return found
