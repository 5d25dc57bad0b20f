"""Decisions: meetings, motions, votes, outcomes, silence procedures, documents."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from chancery.acts.base import Act
from chancery.acts.fields import (
    Body,
    By,
    Count,
    Decision,
    Document,
    Instrument,
    Meeting,
    Motion,
    Party,
    Person,
    Reason,
    Words,
)
from chancery.values import LARGEST, Instant, Tongues


class MeetingConvened(Act, frozen=True, kw_only=True, gc=False, tag="meeting.convened"):
    """A meeting is called: effective is the day for which it is called."""

    identity: ClassVar[tuple[str, ...]] = ("meeting",)

    meeting: Meeting
    body: Body
    by: By | None = None
    place: str | None = None
    agenda: Annotated[tuple[Tongues, ...], Meta(description="its provisional agenda")] = ()


class MeetingHeld(Act, frozen=True, kw_only=True, gc=False, tag="meeting.held"):
    """A meeting takes place."""

    identity: ClassVar[tuple[str, ...]] = ("meeting",)

    meeting: Meeting
    body: Body
    place: str | None = None
    chair: Person | None = None
    number: Annotated[int, Meta(ge=1, le=LARGEST, description="its number in the body's series")] | None = None
    agenda: Annotated[tuple[Tongues, ...], Meta(description="its agenda")] = ()
    words: Words | None = None


class MotionTabled(Act, frozen=True, kw_only=True, gc=False, tag="motion.tabled"):
    """A motion or draft is put before a body."""

    identity: ClassVar[tuple[str, ...]] = ("motion", "version")

    motion: Motion
    body: Body
    version: str | None = None
    by: Annotated[tuple[By, ...], Meta(description="who tables it")] = ()
    meeting: Meeting | None = None
    matter: Annotated[str, Meta(description="which kind of matter, by the body's own terms")] | None = None
    words: Words | None = None


class VoteCast(Act, frozen=True, kw_only=True, gc=False, tag="vote.cast"):
    """A party votes on a motion."""

    identity: ClassVar[tuple[str, ...]] = ("motion", "party")

    motion: Motion
    body: Body
    party: Party
    choice: Literal["yes", "no", "abstain", "absent", "recused"]
    proxy_for: Party | None = None
    explanation: Annotated[Tongues, Meta(description="the explanation of vote")] | None = None


class VoteCounted(Act, frozen=True, kw_only=True, gc=False, tag="vote.counted"):
    """The votes on a motion are counted, as this source has them."""

    identity: ClassVar[tuple[str, ...]] = ("motion",)

    motion: Motion
    body: Body
    yes: Count | None = None
    no: Count | None = None
    abstain: Count | None = None
    absent: Count | None = None
    present: Count | None = None
    for_by: Annotated[tuple[Party, ...], Meta(description="who voted yes, where named")] = ()
    against_by: Annotated[tuple[Party, ...], Meta(description="who voted no, where named")] = ()
    abstained_by: Annotated[tuple[Party, ...], Meta(description="who abstained, where named")] = ()
    unanimous: Annotated[bool, Meta(description="whether the source calls it unanimous")] | None = None


class DecisionAct(Act, frozen=True, kw_only=True, gc=False):
    """What the acts on a decision share."""

    identity: ClassVar[tuple[str, ...]] = ("decision",)

    decision: Decision
    body: Body
    motion: Motion | None = None
    meeting: Meeting | None = None
    words: Words | None = None


class DecisionAdopted(DecisionAct, frozen=True, kw_only=True, gc=False, tag="decision.adopted"):
    """A body, or whoever acts for it, adopts a decision: by vote, without one, by silence, or by the chair alone."""

    manner: Literal["vote", "without_vote", "consensus", "silence", "chair", "written"] | None = None
    symbol: Annotated[str, Meta(description="the document symbol")] | None = None
    instrument: Instrument | None = None


class DecisionRejected(DecisionAct, frozen=True, kw_only=True, gc=False, tag="decision.rejected"):
    """A body does not adopt a proposed decision."""

    reason: Reason | None = None


class DecisionApproved(DecisionAct, frozen=True, kw_only=True, gc=False, tag="decision.approved"):
    """Whoever must approve a decision approves it."""

    by: By


class DecisionVetoed(DecisionAct, frozen=True, kw_only=True, gc=False, tag="decision.vetoed"):
    """Whoever may veto a decision vetoes it."""

    by: By


class SilenceOpened(Act, frozen=True, kw_only=True, gc=False, tag="silence.opened"):
    """A silence procedure is opened: without a written objection by the deadline, the text stands."""

    identity: ClassVar[tuple[str, ...]] = ("motion",)

    motion: Motion
    body: Body
    deadline: Annotated[Instant, Meta(description="the instant, with its place's time zone")]
    by: By | None = None
    words: Words | None = None


class SilenceBroken(Act, frozen=True, kw_only=True, gc=False, tag="silence.broken"):
    """A party objects in writing; a late objection is kept and does not break silence."""

    identity: ClassVar[tuple[str, ...]] = ("motion", "by")

    motion: Motion
    body: Body
    by: By
    at: Annotated[Instant, Meta(description="when the objection arrived")] | None = None
    words: Words | None = None


class SilenceConcluded(Act, frozen=True, kw_only=True, gc=False, tag="silence.concluded"):
    """The chair announces how a silence procedure ended."""

    identity: ClassVar[tuple[str, ...]] = ("motion",)

    motion: Motion
    body: Body
    outcome: Literal["adopted", "broken"]
    by: By | None = None


class DocumentIssued(Act, frozen=True, kw_only=True, gc=False, tag="document.issued"):
    """A document appears in a stage: a leaked unsigned copy is held without being counted as adopted."""

    identity: ClassVar[tuple[str, ...]] = ("document", "stage")

    document: Document
    body: Body
    stage: Literal["draft", "unsigned", "signed", "adopted", "published"]
    symbol: str | None = None
    by: By | None = None
    supersedes: Document | None = None
    words: Words | None = None
