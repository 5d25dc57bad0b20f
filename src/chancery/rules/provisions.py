"""Provisions that settle something: a closed set of typed rules, read by reviewed code. No expressions."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from chancery.register.accounts import SPEAKERS, ref_to
from chancery.register.steps import Step
from chancery.rules.base import Rule
from chancery.rules.bounds import END
from chancery.rules.voting import (
    Approval,
    CastingVote,
    Decision,
    Franchise,
    Members,
    Quorum,
    Silence,
    Veto,
    Weights,
    WrittenProcedure,
)
from chancery.values import Date, Ref

KIND_PATTERN = r"^[a-z]+\.[a-z_]+" + END
KindName = Annotated[str, Meta(pattern=KIND_PATTERN, description="the name of a kind of act")]


class When(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A day: stated, or counted in months from the entry into force of an instrument (and so as disputed as that)."""

    date: Date | None = None
    after: Annotated[Ref, ref_to("instrument", about="counted from its entry into force")] | None = None
    months: Annotated[int, Meta(ge=0, le=1200)] = 0


class Admission(Rule, frozen=True, tag="admission"):
    """Which steps make a party a member of the body."""

    member_by: Annotated[tuple[Step, ...], Meta(min_length=1, description="any one of these steps makes a member")]
    provisional_by: Annotated[
        tuple[Step, ...], Meta(description="any one of these makes a provisional member until then")
    ] = ()
    unsettled_by: Annotated[
        tuple[Step, ...], Meta(description="of these no text that was read says whether they make a member")
    ] = ()


class Duty(Rule, frozen=True, tag="duty"):
    """Something that is owed by a day, once or again and again, and the kinds of act that discharge it."""

    owed_by: Annotated[Ref, ref_to(*SPEAKERS, about="who owes it")]
    done_by: Annotated[tuple[KindName, ...], Meta(description="kinds of act that discharge it")]
    first: Annotated[When, Meta(description="the first day on which it is due")]
    owed_to: Annotated[Ref, ref_to(*SPEAKERS, about="to whom it is owed")] | None = None
    every_months: Annotated[int, Meta(ge=1, le=1200, description="how often it falls due again")] | None = None
    until: Annotated[When, Meta(description="no longer due after this day")] | None = None


class Expiry(Rule, frozen=True, tag="expiry"):
    """Something that ends on a day unless an act of a kind prevents it."""

    ends: Annotated[When, Meta(description="the day on which it ends")]
    what: Annotated[Ref, ref_to(about="what ends")]
    unless_by: Annotated[tuple[KindName, ...], Meta(description="kinds of act that prevent it")] = ()


class Seats(Rule, frozen=True, tag="seats"):
    """How many seats a body has."""

    number: Annotated[int, Meta(ge=0, le=100_000, description="how many, filled or not")]


AnyRule = (
    Admission
    | Duty
    | Expiry
    | Seats
    | Decision
    | Quorum
    | Veto
    | CastingVote
    | Approval
    | Franchise
    | Silence
    | WrittenProcedure
    | Members
    | Weights
)
