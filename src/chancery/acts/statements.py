"""Statements: who said what about whom, what was denied, and the numbers that somebody gave."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from chancery.acts.base import Act, Stacked
from chancery.acts.fields import Any_, Body, Matter, Party, Words
from chancery.register.steps import Step
from chancery.values import LARGEST

Stance = Literal["supports", "welcomes", "ready", "undecided", "reserved", "critical", "opposes", "rejects"]


class StatementMade(Act, frozen=True, kw_only=True, gc=False, tag="statement.made"):
    """Somebody says something about somebody or something; the claim stays the speaker's."""

    about: Annotated[tuple[Any_, ...], Meta(description="what it is about")] = ()
    stance: Stance | None = None
    words: Words | None = None


class StatementDenied(Act, frozen=True, kw_only=True, gc=False, tag="statement.denied"):
    """Somebody denies what another entry tells."""

    identity: ClassVar[tuple[str, ...]] = ("denies", "by")
    names_entries: ClassVar[tuple[str, ...]] = ("denies",)

    denies: Annotated[str, Meta(description="the entry that is denied")]
    by: Annotated[Party, Meta(description="who denies it")]
    words: Words | None = None


class PositionTaken(Stacked, frozen=True, kw_only=True, gc=False, tag="position.taken"):
    """A party takes a position towards a body, short of an answer: ready, reserved, opposed."""

    identity: ClassVar[tuple[str, ...]] = ("party", "body", "to", "stance", "effective")

    party: Party
    body: Body
    stance: Stance
    to: Annotated[Matter, Meta(description="a position on what")] = "membership"
    subject_to: Annotated[tuple[Words, ...], Meta(description="what it is subject to")] = ()
    declarations: Annotated[tuple[Words, ...], Meta(description="declarations made with it")] = ()

    @property
    def step(self) -> Step | None:
        """Ready, where the party says that it is ready to join; else a position."""
        if self.to != "membership":
            return None
        return Step.READY if self.stance == "ready" else Step.POSITION


class CountReported(Act, frozen=True, kw_only=True, gc=False, tag="count.reported"):
    """Somebody gives a number: of what, how many, perhaps whom it counts."""

    body: Body
    of: Annotated[
        Literal[
            "invited",
            "accepted",
            "signed",
            "listed",
            "ratified",
            "members",
            "attended",
            "attended_as_member",
            "attended_as_observer",
            "declined",
            "rescinded",
            "unanswered",
            "seats",
        ],
        Meta(description="what is counted"),
    ]
    number: Annotated[int, Meta(ge=0, le=LARGEST)]
    precision: Annotated[
        Literal["exactly", "about", "more_than", "nearly", "at_least"], Meta(description="how exact the number is")
    ] = "exactly"
    parties: Annotated[tuple[Party, ...], Meta(description="whom it counts, where the source names them")] = ()
    words: Words | None = None
