"""People on bodies: appointed by whom, to what, until when."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import Meta

from chancery.acts.base import Act
from chancery.acts.fields import Body, By, Office, Party, Reason, Until
from chancery.values import Ref


class AppointmentMade(Act, frozen=True, kw_only=True, gc=False, tag="appointment.made"):
    """A person is named to a body or a post on it."""

    identity: ClassVar[tuple[str, ...]] = ("person", "body", "office")

    person: Annotated[Party, Meta(description="who is named; a State where the source names no person")]
    body: Body
    office: Office | None = None
    title: Annotated[str, Meta(description="the title that this source uses")] | None = None
    portfolio: Annotated[str, Meta(description="the portfolio, as this source words it")] | None = None
    by: By | None = None
    represents: Annotated[Ref, Meta(description="for whom the person sits, where for somebody")] | None = None
    until: Until | None = None


class AppointmentEnded(Act, frozen=True, kw_only=True, gc=False, tag="appointment.ended"):
    """A person leaves a body or a post on it."""

    identity: ClassVar[tuple[str, ...]] = ("person", "body", "office")

    person: Annotated[Party, Meta(description="who leaves")]
    body: Body
    office: Office | None = None
    by: By | None = None
    reason: Reason | None = None
