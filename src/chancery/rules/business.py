"""Business: all that is on record of one motion or decision of a body, gathered from its acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec import Struct

from chancery.register import Account, Fact
from chancery.rules.standing import weighty

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chancery.register import Register
    from chancery.values import Ref

DECISIONS = (
    "decision.adopted",
    "decision.rejected",
    "decision.approved",
    "approval.refused",
    "decision.vetoed",
)
VOTES = ("vote.opened", "vote.extended", "vote.cast", "vote.counted")
SILENCE = ("silence.opened", "silence.extended", "silence.broken", "silence.concluded")
KINDS = ("motion.tabled", *VOTES, *DECISIONS, *SILENCE, "declaration.made")


class Business(Struct, frozen=True):
    """One motion, with the decision on it, or a decision without a motion: its facts, oldest first."""

    body: Ref
    motion: Ref | None
    decision: Ref | None
    facts: tuple[Fact[Account], ...]

    @property
    def decisions(self) -> frozenset[Ref]:
        """Every decision that its acts name."""
        return frozenset(decision for fact in self.facts if (decision := _names(fact)[2]) is not None)

    @property
    def name(self) -> Ref:
        """The ref by which it is called: the motion's, else the decision's."""
        return self.motion or self.decision or self.body

    def of(self, *kinds: str) -> list[Fact[Account]]:
        """The facts of some kinds that carry weight."""
        return weighty(fact for fact in self.facts if fact.act.kind in kinds)

    def stated(self, field: str, *kinds: str) -> object:
        """What the facts of some kinds say in a field, the latest that says something."""
        values = (fact.stated(field) for fact in reversed(self.of(*kinds)))
        return next((value for value in values if value not in (None, ())), None)

    @property
    def matter(self) -> str | None:
        """Which kind of matter it is, by the body's own terms."""
        return cast("str | None", self.stated("matter", "motion.tabled", *DECISIONS))

    @property
    def meeting(self) -> Ref | None:
        """The meeting at which it was settled, else before which it was put."""
        return cast("Ref | None", self.stated("meeting", *VOTES, *DECISIONS[:2]) or self.stated("meeting", *KINDS))


def business_of(register: Register, body: Ref | None = None) -> list[Business]:
    """The business of a body, or of all: what was begun first comes first."""
    facts = register.called(*KINDS)
    motions = _motions(facts)
    found: dict[tuple[Ref, Ref], list[Fact[Account]]] = {}
    for fact in facts:
        of, motion, decision = _names(fact)
        key = motion or motions.get(decision) or decision  # type: ignore[arg-type]  # None is in no map
        if of is not None and key is not None and body in (None, of):
            found.setdefault((of, key), []).append(fact)
    return [_business(of, key, each) for (of, key), each in found.items()]


def _business(body: Ref, key: Ref, facts: list[Fact[Account]]) -> Business:
    named = [_names(fact) for fact in facts]
    decision = next((decision for _, _, decision in named if decision is not None), None)
    motion = next((motion for _, motion, _ in named if motion is not None), None)
    return Business(body, key if motion is not None else None, decision, tuple(facts))


def _motions(facts: Iterable[Fact[Account]]) -> dict[Ref, Ref]:
    """The motion on which each decision was taken, where an act says it."""
    found: dict[Ref, Ref] = {}
    for fact in facts:
        _, motion, decision = _names(fact)
        if motion is not None and decision is not None:
            found.setdefault(decision, motion)
    return found


def _names(fact: Fact[Account]) -> tuple[Ref | None, Ref | None, Ref | None]:
    """The body, the motion and the decision that an act names."""
    return tuple(getattr(fact.act, name, None) or None for name in ("body", "motion", "decision"))  # type: ignore[return-value]
