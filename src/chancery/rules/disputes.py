"""Disputes between acts: facts that no kind joins into one, and that speak against each other all the same."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.register import Account, Fact, Step
from chancery.values import Phrase, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from chancery.values import Ref


class Against(Struct, frozen=True):
    """A named rule: which steps, told of by whom, speak against which. It settles nothing; both are shown.

    ``own`` asks that the counter be the party's own word, and the claim somebody else's.
    """

    name: str
    claims: frozenset[Step]
    counters: frozenset[Step]
    words: Phrase
    own: bool = True


class Clash(Struct, frozen=True):
    """Facts that speak against each other, and the rule by which they do."""

    rule: str
    words: Phrase
    facts: tuple[Fact[Account], ...]


JOINED = frozenset({Step.ACCEPTED, Step.SIGNED, Step.LISTED, Step.BEGUN})

AGAINST: tuple[Against, ...] = (
    Against(
        "own_word_against_membership",
        JOINED,
        frozenset({Step.DECLINED, Step.CONSIDERED, Step.CLARIFYING}),
        phrase("others have it as joining; its own word of the same day or later has not"),
    ),
    Against(
        "own_word_against_invitation",
        frozenset({Step.ACKNOWLEDGED, Step.WELCOMED, Step.CONSIDERED}),
        frozenset({Step.NOT_INVITED}),
        phrase("others have it as replying to an invitation; by its own word it has none"),
    ),
    Against(
        "own_word_against_refusal",
        frozenset({Step.DECLINED}),
        frozenset({Step.ACCEPTED, Step.ACCEPTED_IN_PRINCIPLE, Step.CONSIDERED, Step.CLARIFYING, Step.READY}),
        phrase("others have it as declining; its own word of the same day or later has not"),
    ),
    Against(
        "own_word_against_observing",
        frozenset({Step.OBSERVER, Step.ATTENDED_AS_OBSERVER, Step.ATTENDED_AS_MEMBER}),
        frozenset({Step.OBSERVER_DECLINED}),
        phrase("others have it as taking part; its own word of the same day or later has not"),
    ),
    Against(
        "answer_against_silence",
        frozenset({Step.ACCEPTED, Step.ACCEPTED_IN_PRINCIPLE, Step.DECLINED}),
        frozenset({Step.UNANSWERED}),
        phrase("one source has its answer; another, as of the same day or later, has found none"),
        own=False,
    ),
)
"""Every rule by which two steps of a party with a body speak against each other."""

OPPOSED: tuple[frozenset[str], ...] = (
    frozenset({"met", "not_met"}),
    frozenset({"met", "partly_met"}),
    frozenset({"partly_met", "not_met"}),
    frozenset({"met", "disputed"}),
    frozenset({"claimed", "disputed"}),
    frozenset({"claimed", "not_met"}),
    frozenset({"accepted", "opposed"}),
)
"""Assessments of one condition that speak against each other."""


def spoken_against(stack: Sequence[Fact[Account]], own: Callable[[Account], bool]) -> Iterator[Clash]:
    """The facts of one stack that speak against each other, rule by rule; ``own`` tells a party's own word."""
    steps = {_step(fact) for fact in stack}
    for rule in AGAINST:
        if steps.isdisjoint(rule.counters) or steps.isdisjoint(rule.claims):
            continue
        counters = [fact for fact in stack if _step(fact) in rule.counters and (not rule.own or _is_own(fact, own))]
        for counter in counters:
            claims = [fact for fact in stack if _step(fact) in rule.claims and not (rule.own and _is_own(fact, own))]
            found = tuple(claim for claim in claims if _not_before(counter, claim))
            if found:
                yield Clash(rule.name, rule.words, (*found, counter))


def _step(fact: Fact[Account]) -> Step | None:
    step: Step | None = getattr(fact.act, "step", None)
    return step


def _is_own(fact: Fact[Account], own: Callable[[Account], bool]) -> bool:
    return any(own(account) for account in fact.accounts)


def _not_before(counter: Fact[Account], claim: Fact[Account]) -> bool:
    """Whether the counter was said of the claim's day or a later one: what was said before it may have changed."""
    return counter.day >= claim.day


def assessed_apart(assessments: Iterable[Fact[Account]]) -> Iterator[Clash]:
    """Conditions that several assess differently, pair by pair of opposed assessments."""
    for found in _by(assessments, "condition").values():
        apart = [pair for pair in combinations(found, 2) if _opposed(*pair)]
        facts = tuple(dict.fromkeys(fact.order for pair in apart for fact in pair))
        if facts:
            words = phrase("the condition is assessed in ways that speak against each other")
            yield Clash("assessed_apart", words, tuple(fact for fact in found if fact.order in facts))


def _opposed(one: Fact[Account], other: Fact[Account]) -> bool:
    pair = frozenset((getattr(one.act, "assessment", ""), getattr(other.act, "assessment", "")))
    return pair in OPPOSED


def phases_disputed(declared: Iterable[Fact[Account]], disputed: Iterable[Fact[Account]]) -> Iterator[Clash]:
    """Phases that somebody declares and somebody else disputes."""
    claims = _by(declared, "phase")
    for phase, counters in _by(disputed, "phase").items():
        if phase in claims:
            words = phrase("one side declares the phase, another disputes it")
            yield Clash("phase_disputed", words, (*claims[phase], *counters))


def numbers_apart(reported: Iterable[Fact[Account]]) -> Iterator[Clash]:
    """Numbers that sources give of the same thing for one and the same day, and that differ."""
    groups: dict[tuple[object, ...], list[Fact[Account]]] = {}
    for fact in reported:
        if fact.act.effective.exact and getattr(fact.act, "precision", None) == "exactly":
            groups.setdefault(_counted(fact.act), []).append(fact)
    for (_, of, _), found in groups.items():
        if len({getattr(fact.act, "number", None) for fact in found}) > 1:
            words = phrase("numbers given for the same day differ: {of}", of=str(of).replace("_", " "))
            yield Clash("numbers_apart", words, tuple(found))


def _counted(act: Account) -> tuple[object, ...]:
    return getattr(act, "body", None), getattr(act, "of", None), act.effective


def _by(facts: Iterable[Fact[Account]], field: str) -> dict[Ref, list[Fact[Account]]]:
    found: dict[Ref, list[Fact[Account]]] = {}
    for fact in facts:
        found.setdefault(getattr(fact.act, field), []).append(fact)
    return found
