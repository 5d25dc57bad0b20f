"""Counts by named rule: whom each counts, and beside it the numbers that sources gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.register import Account, Fact, Step
from chancery.rules.standing import weighty
from chancery.values import Phrase, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chancery.values import Ref

INVITED = frozenset(
    {
        Step.INVITED,
        Step.ACKNOWLEDGED,
        Step.CONSIDERED,
        Step.CLARIFYING,
        Step.CLARIFIED,
        Step.WELCOMED,
        Step.ACCEPTED_IN_PRINCIPLE,
        Step.ACCEPTED,
        Step.DECLINED,
        Step.RESCINDED,
        Step.LAPSED,
        Step.UNANSWERED,
    }
)


class CountRule(Struct, frozen=True):
    """A named rule of counting: the facts of which steps it counts, and what it says in words."""

    name: str
    steps: frozenset[Step]
    words: Phrase


RULES: tuple[CountRule, ...] = (
    CountRule("invited", INVITED, phrase("an invitation to membership, or a reply to one, is on record")),
    CountRule(
        "accepted",
        frozenset({Step.ACCEPTED}),
        phrase("an acceptance in full is on record; acceptance in principle is not counted"),
    ),
    CountRule("signed", frozenset({Step.SIGNED}), phrase("a signature of the charter is on record")),
    CountRule("listed", frozenset({Step.LISTED}), phrase("somebody lists it, and it is not denied")),
    CountRule(
        "ratified", frozenset({Step.RATIFIED, Step.DEPOSITED}), phrase("a ratification or a deposit is on record")
    ),
    CountRule(
        "attended_as_member", frozenset({Step.ATTENDED_AS_MEMBER}), phrase("a source has it at a meeting as a member")
    ),
    CountRule(
        "attended_as_observer",
        frozenset({Step.ATTENDED_AS_OBSERVER}),
        phrase("a source has it at a meeting as an observer"),
    ),
    CountRule("declined", frozenset({Step.DECLINED}), phrase("a refusal is on record, whatever came after it")),
    CountRule("rescinded", frozenset({Step.RESCINDED}), phrase("its invitation was taken back")),
    CountRule(
        "unanswered",
        frozenset({Step.UNANSWERED}),
        phrase("a source found no answer as of a day; silence is not refusal"),
    ),
)


class Counted(Struct, frozen=True):
    """What a rule counts: the parties, those it leaves out as they invite, those whose fact is denied, the facts."""

    rule: CountRule
    parties: tuple[Ref, ...]
    besides: tuple[Ref, ...]
    denied: tuple[Ref, ...]
    facts: tuple[Fact[Account], ...]


Stepped = tuple[Step | None, "Fact[Account]"]


def stepped(stack: Iterable[Fact[Account]]) -> list[Stepped]:
    """Each fact of a stack after the step that it is, if it is one: read once for all rules."""
    return [(_step(fact), fact) for fact in stack]


def count(rule: CountRule, stacks: Mapping[Ref, Sequence[Stepped]], inviting: frozenset[Ref]) -> Counted:
    """Count the parties of a body by a rule; whoever invites is named beside the count and not in it."""
    facts: list[Fact[Account]] = []
    counted: list[Ref] = []
    denied: list[Ref] = []
    for party, stack in stacks.items():
        taken = [fact for step, fact in stack if step in rule.steps]
        if not taken:
            continue
        if weighty(taken):
            counted.append(party)
        elif any(fact.denials for fact in taken):
            denied.append(party)
        facts.extend(taken)
    return Counted(
        rule=rule,
        parties=tuple(sorted(party for party in counted if party not in inviting)),
        besides=tuple(sorted(party for party in counted if party in inviting)),
        denied=tuple(sorted(denied)),
        facts=tuple(facts),
    )


def inviting(facts: Iterable[Fact[Account]]) -> frozenset[Ref]:
    """Who invites to membership, by the facts of the invitations; whoever invites to a meeting is counted as others."""
    found = (getattr(fact.act, "by", None) for fact in weighty(facts) if _step(fact) is Step.INVITED)
    return frozenset(by for by in found if by is not None)


def _step(fact: Fact[Account]) -> Step | None:
    step: Step | None = getattr(fact.act, "step", None)
    return step
