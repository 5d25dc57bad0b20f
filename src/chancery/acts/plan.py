"""The plan: its text, its phases as claims by named actors, its conditions as each side sees them."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from chancery.acts.base import Act
from chancery.acts.fields import By, Condition, Phase, Plan, Reason, Words
from chancery.values import Tongues


class PlanPublished(Act, frozen=True, kw_only=True, gc=False, tag="plan.published"):
    """A plan is made public."""

    identity: ClassVar[tuple[str, ...]] = ("plan",)

    plan: Plan
    by: By | None = None
    points: Annotated[tuple[Tongues, ...], Meta(description="its points, in the record's own words")] = ()
    words: Words | None = None


class PhaseDeclared(Act, frozen=True, kw_only=True, gc=False, tag="phase.declared"):
    """A named actor declares that a phase has begun or is complete; it is that actor's claim."""

    identity: ClassVar[tuple[str, ...]] = ("plan", "phase", "state", "by")

    plan: Plan
    phase: Phase
    state: Literal["begun", "complete", "suspended"] = "begun"
    by: Annotated[tuple[By, ...], Meta(description="who declares it")] = ()
    words: Words | None = None


class PhaseDisputed(Act, frozen=True, kw_only=True, gc=False, tag="phase.disputed"):
    """A named actor disputes that a phase has begun, holds or is complete."""

    identity: ClassVar[tuple[str, ...]] = ("plan", "phase", "by", "effective")

    plan: Plan
    phase: Phase
    by: By
    reason: Reason | None = None


class ConditionSet(Act, frozen=True, kw_only=True, gc=False, tag="condition.set"):
    """A condition is set, for a phase or for the plan."""

    identity: ClassVar[tuple[str, ...]] = ("condition",)

    condition: Condition
    plan: Plan | None = None
    phase: Phase | None = None
    by: By | None = None
    words: Words | None = None


class ConditionAssessed(Act, frozen=True, kw_only=True, gc=False, tag="condition.assessed"):
    """A named actor says how a condition stands."""

    identity: ClassVar[tuple[str, ...]] = ("condition", "by", "assessment", "effective")

    condition: Condition
    by: By | None = None
    assessment: Literal["met", "partly_met", "not_met", "accepted", "opposed", "claimed", "disputed"]
    words: Words | None = None
