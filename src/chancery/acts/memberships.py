"""Membership: signing, ratifying, being listed, sitting, leaving, observing, being present; each a fact of its own."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from chancery.acts.base import Act, Stacked
from chancery.acts.fields import Body, By, Instrument, Level, Meeting, Party, Reason, Until, Version
from chancery.register.steps import Step
from chancery.values import Date, Instant, Ref, Tongues


class MembershipAct(Stacked, frozen=True, kw_only=True, gc=False):
    """What the acts of membership share."""

    identity: ClassVar[tuple[str, ...]] = ("party", "body")
    rung: ClassVar[Step]

    party: Party
    body: Body

    @property
    def step(self) -> Step | None:
        """The step on the ladder."""
        return self.rung


class MembershipSigned(MembershipAct, frozen=True, kw_only=True, gc=False, tag="membership.signed"):
    """A party signs the charter; signature alone is not consent to be bound unless the charter says so."""

    rung = Step.SIGNED

    instrument: Instrument | None = None
    version: Version | None = None
    signatory: Annotated[Ref, Meta(description="the person who signed")] | None = None
    subject_to: Annotated[tuple[Tongues, ...], Meta(description="what the signature is subject to")] = ()
    definitive: Annotated[bool, Meta(description="whether the source says that signature binds")] | None = None


class MembershipRatified(MembershipAct, frozen=True, kw_only=True, gc=False, tag="membership.ratified"):
    """A party ratifies, accepts or approves the charter at home."""

    rung = Step.RATIFIED

    instrument: Instrument | None = None
    organ: Annotated[str, Meta(description="which organ of the State")] | None = None


class MembershipDeposited(MembershipAct, frozen=True, kw_only=True, gc=False, tag="membership.deposited"):
    """A party deposits its instrument; it takes effect on receipt."""

    rung = Step.DEPOSITED

    instrument: Instrument | None = None
    depositary: By | None = None


class MembershipListed(MembershipAct, frozen=True, kw_only=True, gc=False, tag="membership.listed"):
    """Somebody lists the party as a member or signatory; listing is not signature."""

    identity = ("party", "body", "by")
    rung = Step.LISTED

    by: Annotated[By, Meta(description="whose list it is")]
    listed_as: Literal["member", "founding_member", "signatory"] = "member"


class MembershipDenied(MembershipAct, frozen=True, kw_only=True, gc=False, tag="membership.denied"):
    """It is denied that the party signed, joined or meant to."""

    rung = Step.LISTING_DENIED
    rebuts = ("membership.signed", "membership.listed", "membership.begun")

    by: By | None = None


class MembershipBegun(MembershipAct, frozen=True, kw_only=True, gc=False, tag="membership.begun"):
    """A party becomes a member, or takes a seat."""

    identity = ("party", "body", "effective")
    rung = Step.BEGUN

    seat: Annotated[Literal["member", "permanent", "elected", "ex_officio"], Meta(description="what seat")] = "member"
    until: Until | None = None


class MembershipRenewed(MembershipAct, frozen=True, kw_only=True, gc=False, tag="membership.renewed"):
    """A membership is renewed."""

    identity = ("party", "body", "effective")
    rung = Step.RENEWED

    by: By | None = None
    until: Until | None = None


class MembershipSuspended(MembershipAct, frozen=True, kw_only=True, gc=False, tag="membership.suspended"):
    """A membership, or the party's part in the body's work, is suspended."""

    rung = Step.SUSPENDED

    by: By | None = None
    reason: Reason | None = None


class MembershipResumed(MembershipAct, frozen=True, kw_only=True, gc=False, tag="membership.resumed"):
    """A suspended membership goes on."""

    rung = Step.RESUMED

    by: By | None = None


class MembershipWithdrawn(MembershipAct, frozen=True, kw_only=True, gc=False, tag="membership.withdrawn"):
    """A party withdraws."""

    rung = Step.WITHDRAWN

    reason: Reason | None = None


class MembershipRemoved(MembershipAct, frozen=True, kw_only=True, gc=False, tag="membership.removed"):
    """A party is removed."""

    rung = Step.REMOVED

    by: By | None = None
    reason: Reason | None = None


class ObserverAdmitted(MembershipAct, frozen=True, kw_only=True, gc=False, tag="observer.admitted"):
    """A party is admitted, or agrees to come, as an observer."""

    rung = Step.OBSERVER

    meeting: Meeting | None = None
    terms: Annotated[Tongues, Meta(description="what an observer may attend, see and say")] | None = None


class ObserverDeclined(MembershipAct, frozen=True, kw_only=True, gc=False, tag="observer.declined"):
    """A party declines to observe, or is declined as an observer."""

    rung = Step.OBSERVER_DECLINED

    meeting: Meeting | None = None
    reason: Reason | None = None


PRESENCE = {
    "member": Step.ATTENDED_AS_MEMBER,
    "observer": Step.ATTENDED_AS_OBSERVER,
    "absent": Step.ABSENT,
}


class AttendanceRecorded(Act, frozen=True, kw_only=True, gc=False, tag="attendance.recorded"):
    """A party is present at a meeting or ceremony, in a capacity, or absent; presence is not membership."""

    identity: ClassVar[tuple[str, ...]] = ("party", "meeting")

    party: Party
    meeting: Meeting
    body: Body
    capacity: Literal["member", "observer", "invited", "host", "present", "absent"]
    level: Level | None = None
    representatives: Annotated[
        tuple[str, ...], Meta(description="who came: refs, or names as the source has them")
    ] = ()
    arrived: Instant | None = None
    left: Instant | None = None
    reason: Reason | None = None
    as_of: Date | None = None

    @property
    def step(self) -> Step | None:
        """Attended, in which capacity; or absent."""
        return PRESENCE.get(self.capacity, Step.ATTENDED)

    apply = Stacked.apply
