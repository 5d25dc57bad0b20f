"""Invitations: who was invited by whom to what, and every reply, in whatever order they came."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from chancery.acts.base import Stacked
from chancery.acts.fields import Body, By, Due, Matter, Meeting, Party, Reason, Words
from chancery.register.steps import Step
from chancery.values import Date, Ref, Tongues


class InvitationAct(Stacked, frozen=True, kw_only=True, gc=False):
    """What an invitation and every reply to one share. A letter has four dates; each stands apart."""

    identity: ClassVar[tuple[str, ...]] = ("party", "body", "to", "meeting")
    rung: ClassVar[Step]

    party: Annotated[Party, Meta(description="who is invited: the State, not the head to whom the letter is addressed")]
    body: Body
    to: Annotated[Matter, Meta(description="invited to what")] = "membership"
    meeting: Annotated[Meeting, Meta(description="which meeting or ceremony")] | None = None
    by: Annotated[By, Meta(description="who invites")] | None = None
    addressee: Annotated[Ref, Meta(description="to whom the letter is addressed")] | None = None
    written: Annotated[Date, Meta(description="the date on the letter")] | None = None
    sent: Annotated[Date, Meta(description="when it left")] | None = None
    received: Annotated[Date, Meta(description="when it arrived")] | None = None
    published: Annotated[Date, Meta(description="when it was made public")] | None = None

    @property
    def step(self) -> Step | None:
        """The step towards membership; invitations to meetings and ceremonies are no step."""
        return self.rung if self.to == "membership" else None


class InvitationIssued(InvitationAct, frozen=True, kw_only=True, gc=False, tag="invitation.issued"):
    """A party is invited."""

    rung = Step.INVITED

    terms: Annotated[Tongues, Meta(description="on what terms")] | None = None
    deadline: Due | None = None


class InvitationReceived(InvitationAct, frozen=True, kw_only=True, gc=False, tag="invitation.received"):
    """An invitation reaches the party, or the party is said to have it."""

    rung = Step.INVITED


class InvitationAcknowledged(InvitationAct, frozen=True, kw_only=True, gc=False, tag="invitation.acknowledged"):
    """The party confirms that it has the invitation; nothing is accepted."""

    rung = Step.ACKNOWLEDGED


class InvitationConsidered(InvitationAct, frozen=True, kw_only=True, gc=False, tag="invitation.considered"):
    """The party says that it studies the invitation."""

    rung = Step.CONSIDERED

    words: Words | None = None


class ClarificationSought(InvitationAct, frozen=True, kw_only=True, gc=False, tag="clarification.sought"):
    """The party asks for an explanation before it answers."""

    rung = Step.CLARIFYING

    words: Words | None = None


class ClarificationGiven(InvitationAct, frozen=True, kw_only=True, gc=False, tag="clarification.given"):
    """The inviting side explains."""

    rung = Step.CLARIFIED

    words: Words | None = None


class InvitationWelcomed(InvitationAct, frozen=True, kw_only=True, gc=False, tag="invitation.welcomed"):
    """The invitation is welcomed; welcoming is not accepting."""

    rung = Step.WELCOMED

    words: Words | None = None


class InvitationAccepted(InvitationAct, frozen=True, kw_only=True, gc=False, tag="invitation.accepted"):
    """The party accepts, in principle or in full, perhaps subject to something, perhaps with declarations."""

    identity = ("party", "body", "to", "meeting", "extent")
    rung = Step.ACCEPTED

    extent: Literal["in_principle", "in_full"] = "in_full"
    subject_to: Annotated[tuple[Tongues, ...], Meta(description="what the acceptance is subject to")] = ()
    declarations: Annotated[tuple[Tongues, ...], Meta(description="declarations made with it")] = ()

    @property
    def step(self) -> Step | None:
        """Accepted, or accepted in principle; to observe, an observer."""
        if self.to == "observer":
            return Step.OBSERVER if self.extent == "in_full" else None
        if self.to != "membership":
            return None
        return Step.ACCEPTED if self.extent == "in_full" else Step.ACCEPTED_IN_PRINCIPLE


class InvitationDeclined(InvitationAct, frozen=True, kw_only=True, gc=False, tag="invitation.declined"):
    """The party declines, finally or in the present form."""

    rung = Step.DECLINED

    extent: Literal["final", "in_present_form", "unlikely", "intended"] | None = None
    reason: Reason | None = None

    @property
    def step(self) -> Step | None:
        """Declined; a refusal that is only likely or intended is a position."""
        if self.to == "membership" and self.extent in ("unlikely", "intended"):
            return Step.POSITION
        return super().step


class InvitationRescinded(InvitationAct, frozen=True, kw_only=True, gc=False, tag="invitation.rescinded"):
    """The inviting side takes the invitation back."""

    rung = Step.RESCINDED

    reason: Reason | None = None


class InvitationLapsed(InvitationAct, frozen=True, kw_only=True, gc=False, tag="invitation.lapsed"):
    """The invitation runs out without an answer."""

    rung = Step.LAPSED


class InvitationUnanswered(InvitationAct, frozen=True, kw_only=True, gc=False, tag="invitation.unanswered"):
    """A source finds no answer as of a day; silence is not refusal."""

    rung = Step.UNANSWERED


class InvitationDenied(InvitationAct, frozen=True, kw_only=True, gc=False, tag="invitation.denied"):
    """It is said that the party was not invited."""

    rung = Step.NOT_INVITED
    rebuts = ("invitation.issued", "invitation.received")
