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
from chancery.rules.bounds import Amount
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
    item: Annotated[int, Meta(ge=1, le=LARGEST, description="the item of the agenda, by its number")] | None = None
    concerned: Annotated[tuple[Party, ...], Meta(description="whom the matter concerns")] = ()
    words: Words | None = None


Call = Annotated[int, Meta(ge=1, le=9, description="2 where it is put to the vote again, and so on")]
At = Annotated[Instant, Meta(description="the hour, where it is told")]


class VoteOpened(Act, frozen=True, kw_only=True, gc=False, tag="vote.opened"):
    """A vote by correspondence is opened, until a deadline."""

    identity: ClassVar[tuple[str, ...]] = ("motion", "call")

    motion: Motion
    body: Body
    deadline: Annotated[Instant, Meta(description="the instant, with its place's time zone")]
    at: At | None = None
    by: By | None = None
    call: Call = 1
    words: Words | None = None


class ExtensionAct(Act, frozen=True, kw_only=True, gc=False):
    """What the acts that keep a procedure open for longer share."""

    identity: ClassVar[tuple[str, ...]] = ("motion", "deadline")

    motion: Motion
    body: Body
    deadline: Annotated[Instant, Meta(description="until when it is open now, with its place's time zone")]
    by: By | None = None


class VoteExtended(ExtensionAct, frozen=True, kw_only=True, gc=False, tag="vote.extended"):
    """A vote by correspondence is kept open for longer."""

    call: Call = 1


class VoteCast(Act, frozen=True, kw_only=True, gc=False, tag="vote.cast"):
    """A party votes on a motion; the chair's casting vote is an act of its own."""

    identity: ClassVar[tuple[str, ...]] = ("motion", "party", "proxy_for", "casting", "call")

    motion: Motion
    body: Body
    party: Annotated[Party, Meta(description="who votes: of a proxy, who holds it")]
    choice: Literal["yes", "no", "abstain", "absent", "recused", "not_voting"]
    proxy_for: Annotated[Party, Meta(description="whose vote it is, where somebody else casts it")] | None = None
    casting: Annotated[bool, Meta(description="true: the chair's casting vote on a tie")] = False
    weight: Annotated[Amount, Meta(description="how many votes it carries, where the party splits them")] | None = None
    meeting: Meeting | None = None
    at: At | None = None
    call: Call = 1
    explanation: Annotated[Tongues, Meta(description="the explanation of vote")] | None = None


class VoteCounted(Act, frozen=True, kw_only=True, gc=False, tag="vote.counted"):
    """The votes on a motion are counted, as this source has them."""

    identity: ClassVar[tuple[str, ...]] = ("motion", "call")

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
    meeting: Meeting | None = None
    at: At | None = None
    call: Call = 1


class DecisionAct(Act, frozen=True, kw_only=True, gc=False):
    """What the acts on a decision share."""

    identity: ClassVar[tuple[str, ...]] = ("decision",)

    decision: Decision
    body: Body
    motion: Motion | None = None
    meeting: Meeting | None = None
    matter: (
        Annotated[str, Meta(description="which kind of matter, by the body's own terms, where no motion says it")]
        | None
    ) = None
    words: Words | None = None


class DecisionAdopted(DecisionAct, frozen=True, kw_only=True, gc=False, tag="decision.adopted"):
    """A body, or whoever acts for it, adopts a decision: by vote, without one, by silence, or by the chair alone."""

    manner: Literal["vote", "without_vote", "consensus", "silence", "chair", "written"] | None = None
    by: Annotated[By, Meta(description="who takes it alone, where somebody does")] | None = None
    symbol: Annotated[str, Meta(description="the document symbol")] | None = None
    instrument: Instrument | None = None


class DecisionRejected(DecisionAct, frozen=True, kw_only=True, gc=False, tag="decision.rejected"):
    """A body does not adopt a proposed decision."""

    reason: Reason | None = None


class DecisionApproved(DecisionAct, frozen=True, kw_only=True, gc=False, tag="decision.approved"):
    """Whoever must approve a decision approves it."""

    by: By


class ApprovalRefused(DecisionAct, frozen=True, kw_only=True, gc=False, tag="approval.refused"):
    """Whoever must approve a decision refuses to."""

    by: By
    reason: Reason | None = None


class DecisionVetoed(DecisionAct, frozen=True, kw_only=True, gc=False, tag="decision.vetoed"):
    """Whoever may veto a decision vetoes it."""

    by: By


class DeclarationMade(Act, frozen=True, kw_only=True, gc=False, tag="declaration.made"):
    """A party has a declaration, a reservation or its dissent put beside what was decided, or beside a meeting."""

    identity: ClassVar[tuple[str, ...]] = ("party", "body", "motion", "decision", "meeting", "nature")

    party: Party
    body: Body
    nature: Literal["declaration", "explanation", "reservation", "dissent"] = "declaration"
    motion: Motion | None = None
    decision: Decision | None = None
    meeting: Meeting | None = None
    words: Words | None = None


class SilenceOpened(Act, frozen=True, kw_only=True, gc=False, tag="silence.opened"):
    """A silence procedure is opened: without a written objection by the deadline, the text stands."""

    identity: ClassVar[tuple[str, ...]] = ("motion",)

    motion: Motion
    body: Body
    deadline: Annotated[Instant, Meta(description="the instant, with its place's time zone")]
    at: At | None = None
    by: By | None = None
    words: Words | None = None


class SilenceExtended(ExtensionAct, frozen=True, kw_only=True, gc=False, tag="silence.extended"):
    """A silence procedure is extended."""


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
    meeting: Annotated[Meeting, Meta(description="the meeting for which or at which it is issued")] | None = None
    words: Words | None = None
