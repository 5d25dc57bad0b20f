"""Oversight at work: directives, reports, requests, findings, recommendations, forces."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import Meta

from chancery.acts.base import Act
from chancery.acts.fields import Any_, By, Due, Instrument, Meeting, Party, Reason, To, Words
from chancery.register.accounts import ref_to
from chancery.values import LARGEST, Ref

Directive = Annotated[Ref, ref_to("directive", about="the directive")]
Report = Annotated[Ref, ref_to("report", about="the report")]
Request = Annotated[Ref, ref_to("request", about="the request")]
Finding = Annotated[Ref, ref_to("finding", about="the finding")]
Recommendation = Annotated[Ref, ref_to("recommendation", about="the recommendation")]
Force = Annotated[Ref, ref_to("force", "body", about="the force")]


class DirectiveIssued(Act, frozen=True, kw_only=True, gc=False, tag="directive.issued"):
    """Somebody directs a body or office to do something."""

    identity: ClassVar[tuple[str, ...]] = ("directive",)

    directive: Directive
    by: By
    to: To
    due: Due | None = None
    words: Words | None = None


class DirectiveAnswered(Act, frozen=True, kw_only=True, gc=False, tag="directive.answered"):
    """Whoever was directed answers."""

    identity: ClassVar[tuple[str, ...]] = ("directive", "by")

    directive: Directive
    by: By
    words: Words | None = None


class ReportSubmitted(Act, frozen=True, kw_only=True, gc=False, tag="report.submitted"):
    """A report is handed in."""

    identity: ClassVar[tuple[str, ...]] = ("report",)

    report: Report
    by: By
    to: To
    under: Annotated[Instrument, Meta(description="the instrument that asks for it")] | None = None
    number: Annotated[int, Meta(ge=1, le=LARGEST, description="its number in the series")] | None = None
    words: Words | None = None


class ReportDiscussed(Act, frozen=True, kw_only=True, gc=False, tag="report.discussed"):
    """A report is discussed by the body to which it was made."""

    identity: ClassVar[tuple[str, ...]] = ("report", "body")

    report: Report
    body: To
    meeting: Meeting | None = None
    words: Words | None = None


class RequestMade(Act, frozen=True, kw_only=True, gc=False, tag="request.made"):
    """Somebody asks somebody for something."""

    identity: ClassVar[tuple[str, ...]] = ("request",)

    request: Request
    by: Annotated[tuple[By, ...], Meta(description="who asks")]
    to: To
    due: Due | None = None
    words: Words | None = None


class RequestAnswered(Act, frozen=True, kw_only=True, gc=False, tag="request.answered"):
    """A request is answered."""

    identity: ClassVar[tuple[str, ...]] = ("request", "by")

    request: Request
    by: By
    words: Words | None = None


class RequestRefused(Act, frozen=True, kw_only=True, gc=False, tag="request.refused"):
    """A request is refused."""

    identity: ClassVar[tuple[str, ...]] = ("request", "by")

    request: Request
    by: By
    reason: Reason | None = None


class FindingMade(Act, frozen=True, kw_only=True, gc=False, tag="finding.made"):
    """An auditor or inquiry finds something."""

    identity: ClassVar[tuple[str, ...]] = ("finding",)

    finding: Finding
    by: By
    about: Annotated[tuple[Any_, ...], Meta(description="what it is about")] = ()
    words: Words | None = None


class RecommendationMade(Act, frozen=True, kw_only=True, gc=False, tag="recommendation.made"):
    """An auditor or body recommends something."""

    identity: ClassVar[tuple[str, ...]] = ("recommendation",)

    recommendation: Recommendation
    by: By
    to: To
    finding: Finding | None = None
    due: Due | None = None
    words: Words | None = None


class RecommendationClosed(Act, frozen=True, kw_only=True, gc=False, tag="recommendation.closed"):
    """A recommendation is closed, by whom, on what evidence."""

    identity: ClassVar[tuple[str, ...]] = ("recommendation",)

    recommendation: Recommendation
    by: By
    words: Words | None = None


class ForceDeployed(Act, frozen=True, kw_only=True, gc=False, tag="force.deployed"):
    """A party sends people to a force, somewhere."""

    identity: ClassVar[tuple[str, ...]] = ("force", "party", "place")

    force: Force
    party: Party
    place: Annotated[str, Meta(description="where they arrive")] | None = None
    strength: Annotated[int, Meta(ge=0, le=LARGEST, description="how many, where stated")] | None = None
    words: Words | None = None
