"""Provisions that settle decisions: tests of votes, quorum, veto, the chair, who may vote, silence. No expressions."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from chancery.register.accounts import SPEAKERS, ref_to
from chancery.rules.base import Rule
from chancery.rules.bounds import END, Amount, Bound
from chancery.values import Ref

NAME_PATTERN = r"^[a-z0-9][a-z0-9_./-]*" + END
Name = Annotated[str, Meta(pattern=NAME_PATTERN, description="a short name of the body's own terms")]
Names = tuple[Name, ...]

Base = Literal["cast", "present_and_voting", "present", "members", "seats", "unsettled"]
"""What a share is a share of. cast: votes for and against; present_and_voting: the same, as rules of procedure
commonly use the words, and abstentions too where the rule says that who abstains is voting; present: all present;
members: members in office on the day; seats: all the seats that the body has, filled or not; unsettled: the text does
not say, and every base is tried."""

Counted = Literal["yes", "no", "abstain", "not_yes"]
"""Which votes are counted; not_yes: every member in office who did not vote yes, absent or not."""

On = Annotated[Names, Meta(description="names of the decisions that it concerns; none: all of the body's")]


class Requirement(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="type"):
    """One test of a vote, or several together."""


class Threshold(Requirement, frozen=True, tag="threshold"):
    """A number of votes, or a share of a base, that must be reached, passed or not reached: exactly one of the four."""

    votes: Annotated[Counted, Meta(description="which votes are counted")] = "yes"
    at_least: Annotated[Bound, Meta(description='that many, such as 9, or "2/3", or "65%"')] | None = None
    more_than: Annotated[Bound, Meta(description="more than that")] | None = None
    at_most: Annotated[Bound, Meta(description="no more than that")] | None = None
    fewer_than: Annotated[Bound, Meta(description="fewer than that")] | None = None
    of: Annotated[Base, Meta(description="what the share is a share of; left out for a number")] | None = None
    group: Annotated[Name, Meta(description="only the votes of this group of members")] | None = None
    weight: Annotated[Name, Meta(description="votes weighed by this table of weights")] | None = None
    but_concerned: Annotated[bool, Meta(description="true: the parties concerned are left out of the count")] = False


class AllOf(Requirement, frozen=True, tag="all_of"):
    """Every one of several tests must be met: double and triple majorities."""

    of: Annotated[tuple[AnyRequirement, ...], Meta(min_length=1, description="the tests")]


class AnyOf(Requirement, frozen=True, tag="any_of"):
    """One of several tests must be met: a majority, or no blocking minority of enough members."""

    of: Annotated[tuple[AnyRequirement, ...], Meta(min_length=1, description="the tests")]


AnyRequirement = Threshold | AllOf | AnyOf


class Decision(Rule, frozen=True, tag="decision"):
    """How one kind of matter is decided: by which tests, or by whom alone."""

    name: Annotated[Name, Meta(description="what this kind of decision is called, in --rule and in the column matter")]
    requires: Annotated[tuple[AnyRequirement, ...], Meta(description="the tests, every one of which must be met")] = ()
    matters: Annotated[Names, Meta(description="further matters that it governs; a.b is a case of a")] = ()
    ordinary: Annotated[bool, Meta(description="true: governs a vote that names no matter")] = False
    general: Annotated[bool, Meta(description="true: governs every matter that no other rule names")] = False
    like: Annotated[Name, Meta(description="requires what this other decision requires")] | None = None
    by: Annotated[Ref, ref_to(*SPEAKERS, about="who decides alone, without a vote")] | None = None
    abstentions: (
        Annotated[
            Literal["voting", "not_voting"],
            Meta(description="whether who abstains is voting; where the text is silent: not, and it is said"),
        ]
        | None
    ) = None
    present_without_voting: Annotated[
        bool, Meta(description="true: members may be present and take no part, and count as present")
    ] = False
    tie: (
        Annotated[
            Literal["rejected", "adopted"],
            Meta(description="what a tie comes to that nobody breaks; left out where the text is silent"),
        ]
        | None
    ) = None
    without_vote: Annotated[bool, Meta(description="true: may be adopted without a vote where nobody asks for one")] = (
        False
    )
    popular: Annotated[
        bool, Meta(description="true: the people vote; the numbers of a tally are not those of the members")
    ] = False
    amends: Annotated[bool, Meta(description="true: decides on changes of these rules")] = False


class Quorum(Rule, frozen=True, tag="quorum"):
    """How many must be there for a decision to be taken, and what becomes of it where they are not."""

    at_least: Annotated[Bound, Meta(description="that many, or that share")] | None = None
    more_than: Annotated[Bound, Meta(description="more than that")] | None = None
    of: Annotated[Literal["members", "seats"], Meta(description="what the share is a share of")] | None = None
    counts: Annotated[
        Literal["present", "voting"], Meta(description="who counts: all present, or those only who vote")
    ] = "present"
    group: Annotated[Name, Meta(description="only this group of members")] | None = None
    on: On = ()
    taken: Annotated[Literal["at_the_vote", "at_the_opening"], Meta(description="when it is taken")] = "at_the_vote"
    failing: Annotated[
        Literal["no_decision", "adjourned", "second_call"],
        Meta(description="what its failure does; second_call: the lower bar holds when called again"),
    ] = "no_decision"
    at_second_call: Annotated[Bound, Meta(description="the lower bar at a second meeting")] | None = None


class Veto(Rule, frozen=True, tag="veto"):
    """Who can stop a decision that would otherwise be taken: by a no, by silence, or by a share of the members."""

    by: Annotated[tuple[Ref, ...], Meta(description="the parties or offices, each of which has it")] = ()
    group: Annotated[Name, Meta(description="every member of this group has it")] | None = None
    at_least: (
        Annotated[Bound, Meta(description="the members have it together: that many, or that share, against")] | None
    ) = None
    more_than: Annotated[Bound, Meta(description="more than that against")] | None = None
    of: Annotated[Base, Meta(description="what that share is a share of")] | None = None
    on: On = ()
    abstention: (
        Annotated[
            Literal["no_veto", "veto"],
            Meta(description="what the abstention of a holder means; left out where the text is silent"),
        ]
        | None
    ) = None
    absence: (
        Annotated[
            Literal["no_veto", "veto"],
            Meta(description="what absence, or silence past the deadline, means; left out where the text is silent"),
        ]
        | None
    ) = None


class CastingVote(Rule, frozen=True, tag="casting_vote"):
    """The chair's vote on a tie."""

    by: Annotated[Ref, ref_to(*SPEAKERS, about="who has it")]
    on: On = ()
    also_votes: Annotated[bool, Meta(description="true: the chair votes with the others as well")] = False


class Approval(Rule, frozen=True, tag="approval"):
    """Whose approval a decision needs after the vote, until when, and what silence on it means."""

    by: Annotated[Ref, ref_to(*SPEAKERS, about="who approves")]
    on: On = ()
    within_days: (
        Annotated[int, Meta(ge=0, le=36_500, description="until when; left out where no limit is set")] | None
    ) = None
    silence: (
        Annotated[
            Literal["approved", "refused"],
            Meta(description="what silence past the limit means; left out where the text is silent"),
        ]
        | None
    ) = None


class Franchise(Rule, frozen=True, tag="franchise"):
    """Who may vote, and how: statuses, proxies, split votes, recusal."""

    on: On = ()
    statuses: Annotated[
        tuple[Literal["member", "provisional", "observer", "suspended"], ...],
        Meta(description="members of which status vote"),
    ] = ("member",)
    group: Annotated[Name, Meta(description="only this group of members votes")] | None = None
    proxies: Annotated[int, Meta(ge=0, le=1_000, description="for how many others one member may vote")] = 0
    split: Annotated[bool, Meta(description="true: a member may split the votes that it has")] = False
    recused: Annotated[
        Literal["out_of_count", "present"],
        Meta(description="out_of_count: who is recused is no part of any base; present: counts as present"),
    ] = "out_of_count"


class Silence(Rule, frozen=True, tag="silence"):
    """A silence procedure: a text stands unless somebody objects by the deadline."""

    on: On = ()
    minimum_hours: Annotated[int, Meta(ge=0, le=100_000, description="how long it is open at the least")] | None = None
    extension_hours: Annotated[int, Meta(ge=0, le=100_000, description="by how long it may be extended")] | None = None
    broken_by: Annotated[int, Meta(ge=1, le=1_000, description="how many objections break it")] = 1
    group: Annotated[Name, Meta(description="only this group of members may break it")] | None = None
    notice_to: Annotated[tuple[Ref, ...], Meta(description="to whom the outcome is notified")] = ()


class WrittenProcedure(Rule, frozen=True, tag="written_procedure"):
    """Voting by correspondence: how long it is open, and for how long again where a quorum is reached late."""

    on: On = ()
    minimum_hours: Annotated[int, Meta(ge=0, le=100_000, description="how long it is open at the least")] | None = None
    late_quorum_hours: (
        Annotated[
            int,
            Meta(
                ge=0, le=100_000, description="a quorum reached in the last so many hours keeps it open as long again"
            ),
        ]
        | None
    ) = None


class Members(Rule, frozen=True, tag="members"):
    """Who sits, as far as a text lists it: named parties, and seats whose holders it does not name."""

    parties: Annotated[tuple[Ref, ...], Meta(description="the members that it names")] = ()
    group: Annotated[Name, Meta(description="the group that they form")] | None = None
    others: Annotated[int, Meta(ge=0, le=100_000, description="seats whose holders are not named here")] = 0
    open: Annotated[bool, Meta(description="true: there are more members, their number not given here")] = False
    status: Annotated[
        Literal["member", "provisional", "observer", "suspended"], Meta(description="in which status they sit")
    ] = "member"


class Weights(Rule, frozen=True, tag="weights"):
    """A table of weights: votes, population, quotas, contributions."""

    name: Annotated[Name, Meta(description="what the weights are called")]
    values: Annotated[dict[str, Amount], Meta(min_length=1, description='the weight of each party; 1, "0.5", "1/3"')]
    total: Annotated[Amount, Meta(description="what all weights add up to, where not everybody is listed")] | None = (
        None
    )
