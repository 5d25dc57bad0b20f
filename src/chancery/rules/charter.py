"""The charter in force: the provisions that govern a body on a day, and the typed rules that settle something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from msgspec import Struct

from chancery.register import Account, Fact, Step
from chancery.rules.base import Rule
from chancery.rules.provisions import Admission
from chancery.rules.rulebook import Provided
from chancery.rules.standing import weighty
from chancery.values import FUTURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chancery.values import Date, Ref, Tongues

R = TypeVar("R", bound=Rule)

MARKS = ("text", "reported", "unverified")
"""Marks of evidence, the best first."""


class Provision(Protocol):
    """What a provision offers to the rules: an account of one article, perhaps with a typed rule."""

    id: str
    instrument: Ref
    version: str | None
    article: str
    matter: str
    body: Ref
    evidence: str
    words: Tongues
    rule: Rule | None


class InForce(Struct, frozen=True):
    """A typed rule in force, with the provision that sets it."""

    rule: Rule
    fact: Fact[Account]

    @property
    def provision(self) -> Provision:
        """The provision, as its preferred account has it."""
        return self.fact.act  # type: ignore[return-value]  # only provisions are put in force

    @property
    def steps(self) -> frozenset[Step]:
        """The steps that make a member, where the rule is on admission."""
        return frozenset(self.rule.member_by) if isinstance(self.rule, Admission) else frozenset()


def rules_of(provisions: Iterable[Fact[Account]], rule: type[R], body: Ref | None = None) -> Iterator[InForce]:
    """The rules of a type in force, for a body or for all; a provision that is denied or only shown sets none."""
    for fact in weighty(provisions):
        found = getattr(fact.act, "rule", None)
        if isinstance(found, rule) and body in (None, getattr(fact.act, "body", None)):
            yield InForce(found, fact)


def provided_of(provisions: Iterable[Fact[Account]]) -> Iterator[Provided]:
    """The typed rules that provisions set, with the days on which they are in force; one not dated holds on any day."""
    for fact in weighty(provisions):
        rule = fact.stated("rule")
        if isinstance(rule, Rule):
            yield _provided(rule, fact)


def _provided(rule: Rule, fact: Fact[Account]) -> Provided:
    act = cast("Provision", fact.act)
    effective = fact.act.effective
    until = cast("Date | None", fact.stated("until"))
    return Provided(
        rule=rule,
        body=act.body,
        article=act.article,
        entry=act.id,
        instrument=act.instrument,
        version=act.version,
        evidence=_evidence(rule, fact),
        contested="rule" in fact.differing,
        others=tuple(_told_otherwise(rule, fact)),
        first=effective.latest if effective.latest < FUTURE else effective.earliest,
        last=until.latest if until is not None else FUTURE,
    )


def _evidence(rule: Rule, fact: Fact[Account]) -> str:
    """The best mark of the accounts that have this rule: it is in the text where one of them read it there."""
    marks = [str(getattr(each, "evidence", "")) for each in fact.relied_on if getattr(each, "rule", None) == rule]
    return min(marks, key=MARKS.index)


def _told_otherwise(rule: Rule, fact: Fact[Account]) -> Iterator[Rule]:
    """What accounts that are relied on have for the rule of a provision besides, each once."""
    seen = [rule]
    for account in fact.relied_on if "rule" in fact.differing else ():
        other = getattr(account, "rule", None)
        if isinstance(other, Rule) and other not in seen:
            seen.append(other)
            yield other


def the_rule(provisions: Iterable[Fact[Account]], rule: type[R], body: Ref) -> InForce | None:
    """The rule of a type that governs a body, the latest where there are several; None where the charter is silent."""
    found = list(rules_of(provisions, rule, body))
    return found[-1] if found else None
