"""Money: pledged, committed, received, allocated, disbursed. Kinds of money are never added together."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import Meta

from chancery.acts.base import Act
from chancery.acts.fields import Body, By, Count, Due, Fund, Party, Sum, Words
from chancery.register.accounts import ref_to
from chancery.values import Ref, Tongues

Project = Annotated[Ref, ref_to("project", about="the project")]
Milestone = Annotated[Ref, ref_to("milestone", about="the milestone")]


class MoneyAct(Act, frozen=True, kw_only=True, gc=False):
    """What the acts with money share: who gives, to whom, how much, through which channel."""

    identity: ClassVar[tuple[str, ...]] = ("by", "to")
    sort: ClassVar[str]

    by: Annotated[tuple[Party, ...], Meta(description="whose money; several where the source gives one sum for all")]
    to: Annotated[Ref, Meta(description="for which body, fund or force")]
    money: Sum | None = None
    at_least: Annotated[bool, Meta(description="true: the source says more than")] = False
    through: Annotated[Fund, Meta(description="the account or fund that it goes through")] | None = None
    purpose: Annotated[Tongues, Meta(description="what for, as this source has it")] | None = None
    words: Words | None = None


class PledgeMade(MoneyAct, frozen=True, kw_only=True, gc=False, tag="pledge.made"):
    """Somebody promises money, people or goods; a pledge is not a payment."""

    sort = "pledged"

    personnel: Annotated[Count, Meta(description="how many people, where people are promised")] | None = None
    in_kind: Annotated[Tongues, Meta(description="what else is promised")] | None = None
    period: Annotated[Tongues, Meta(description="over what time")] | None = None
    subject_to: Annotated[tuple[Tongues, ...], Meta(description="what the pledge is subject to")] = ()


class CommitmentMade(MoneyAct, frozen=True, kw_only=True, gc=False, tag="commitment.made"):
    """Somebody binds itself to pay."""

    sort = "committed"

    agreement: Annotated[str, Meta(description="the number of the agreement")] | None = None
    due: Due | None = None


class ContributionReceived(MoneyAct, frozen=True, kw_only=True, gc=False, tag="contribution.received"):
    """Money arrives."""

    sort = "received"

    agreement: Annotated[str, Meta(description="the number of the agreement")] | None = None


class AllocationMade(MoneyAct, frozen=True, kw_only=True, gc=False, tag="allocation.made"):
    """Money received is set aside for a purpose."""

    sort = "allocated"

    project: Project | None = None


class DisbursementMade(MoneyAct, frozen=True, kw_only=True, gc=False, tag="disbursement.made"):
    """Money is paid out."""

    sort = "disbursed"

    project: Project | None = None
    payee: Annotated[Party, Meta(description="who is paid")] | None = None


class ProjectApproved(Act, frozen=True, kw_only=True, gc=False, tag="project.approved"):
    """A project is approved."""

    identity: ClassVar[tuple[str, ...]] = ("project",)

    project: Project
    body: Body
    by: By | None = None
    money: Sum | None = None
    words: Words | None = None


class MilestoneReached(Act, frozen=True, kw_only=True, gc=False, tag="milestone.reached"):
    """A project reaches a milestone, as somebody says."""

    identity: ClassVar[tuple[str, ...]] = ("project", "milestone")

    project: Project
    milestone: Milestone
    by: By | None = None
    words: Words | None = None
