"""Minutes: how the account of a meeting is drafted, circulated, corrected and approved."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import Meta

from chancery.acts.base import Act
from chancery.acts.fields import Body, By, Document, Due, Meeting, To, Words
from chancery.values import LARGEST


class MinutesAct(Act, frozen=True, kw_only=True, gc=False):
    """What the acts on the minutes of a meeting share."""

    identity: ClassVar[tuple[str, ...]] = ("meeting", "effective")

    meeting: Annotated[Meeting, Meta(description="the meeting of which they are the minutes")]
    body: Body
    by: By | None = None
    document: Document | None = None
    words: Words | None = None


class MinutesDrafted(MinutesAct, frozen=True, kw_only=True, gc=False, tag="minutes.drafted"):
    """A draft of the minutes of a meeting is written."""


class MinutesCirculated(MinutesAct, frozen=True, kw_only=True, gc=False, tag="minutes.circulated"):
    """The minutes are sent to those who were there, perhaps with a day by which to ask for corrections."""

    recipients: Annotated[tuple[To, ...], Meta(description="to whom")] = ()
    due: Annotated[Due, Meta(description="the day by which corrections may be asked for")] | None = None


class MinutesCorrected(MinutesAct, frozen=True, kw_only=True, gc=False, tag="minutes.corrected"):
    """The minutes are corrected: the words say what reads how."""

    identity = ("meeting", "effective", "item", "at_request_of")

    item: Annotated[int, Meta(ge=1, le=LARGEST, description="the item of the agenda, by its number")] | None = None
    at_request_of: Annotated[By, Meta(description="who asked for it")] | None = None


class MinutesApproved(MinutesAct, frozen=True, kw_only=True, gc=False, tag="minutes.approved"):
    """The minutes are approved."""

    identity = ("meeting",)

    approved_at: Annotated[Meeting, Meta(description="the meeting that approves them")] | None = None
