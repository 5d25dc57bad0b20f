"""Bodies: how they come to be, on what mandate, and who oversees whom."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from chancery.acts.base import Act
from chancery.acts.fields import Body, By, Instrument, Mandate, Overseen, Reason, Until, Words
from chancery.values import LARGEST

Oversight = Annotated[
    Literal["appoints", "directs", "supervises", "guides", "commands", "reports_to", "funds", "audits"],
    Meta(description="read as a sentence: subject, relation, object"),
]


class BodyEstablished(Act, frozen=True, kw_only=True, gc=False, tag="body.established"):
    """A body is set up."""

    identity: ClassVar[tuple[str, ...]] = ("body",)

    body: Body
    by: By | None = None
    instrument: Instrument | None = None
    seats: Annotated[int, Meta(ge=0, le=LARGEST, description="how many seats it is said to have")] | None = None
    words: Words | None = None


class BodyDissolved(Act, frozen=True, kw_only=True, gc=False, tag="body.dissolved"):
    """A body is dissolved."""

    identity: ClassVar[tuple[str, ...]] = ("body",)

    body: Body
    by: By | None = None
    reason: Reason | None = None


class MandateGiven(Act, frozen=True, kw_only=True, gc=False, tag="mandate.given"):
    """A body is given a mandate, perhaps until a day."""

    identity: ClassVar[tuple[str, ...]] = ("mandate",)

    mandate: Mandate
    body: Body
    by: By | None = None
    instrument: Instrument | None = None
    until: Until | None = None
    words: Words | None = None


class MandateEnded(Act, frozen=True, kw_only=True, gc=False, tag="mandate.ended"):
    """A mandate ends."""

    identity: ClassVar[tuple[str, ...]] = ("mandate",)

    mandate: Mandate
    body: Body
    by: By | None = None
    reason: Reason | None = None


class OversightSet(Act, frozen=True, kw_only=True, gc=False, tag="oversight.set"):
    """One body or office stands over another, or answers to it, in a stated way."""

    identity: ClassVar[tuple[str, ...]] = ("subject", "relation", "object")

    subject: Overseen
    relation: Oversight
    object: Overseen
    instrument: Instrument | None = None
    until: Until | None = None
    words: Words | None = None


class OversightEnded(Act, frozen=True, kw_only=True, gc=False, tag="oversight.ended"):
    """A line of oversight ends."""

    identity: ClassVar[tuple[str, ...]] = ("subject", "relation", "object")

    subject: Overseen
    relation: Oversight
    object: Overseen
    reason: Reason | None = None
