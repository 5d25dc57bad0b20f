"""The charter: instruments and their versions, provisions article by article, rulings where the text is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from msgspec import Meta

from chancery.acts.base import Act
from chancery.acts.fields import Article, Body, By, Count, Decision, Instrument, Party, To, Until, Version, Words
from chancery.rules.chambers import ruling_on
from chancery.rules.explaining import OUTCOMES
from chancery.rules.provisions import AnyRule
from chancery.rules.rulings import Outcome
from chancery.rules.soundness import rule_faults
from chancery.rules.votes import Manner, Sums
from chancery.values import LARGEST, Date, Ref, Weight, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Register
    from chancery.values import Problem

Evidence = Literal["text", "reported", "unverified"]
"""text: read where the instrument is printed; reported: read in a report of it; unverified: seen on no page."""


class InstrumentAct(Act, frozen=True, kw_only=True, gc=False):
    """What the acts on an instrument share."""

    identity: ClassVar[tuple[str, ...]] = ("instrument", "version")

    instrument: Instrument
    version: Version | None = None


class InstrumentCirculated(InstrumentAct, frozen=True, kw_only=True, gc=False, tag="instrument.circulated"):
    """A draft is circulated."""

    by: By | None = None
    recipients: Annotated[tuple[To, ...], Meta(description="to whom")] = ()
    words: Words | None = None


class InstrumentPublished(InstrumentAct, frozen=True, kw_only=True, gc=False, tag="instrument.published"):
    """A version of the text becomes public."""

    by: By | None = None
    pages: Annotated[int, Meta(ge=1, le=LARGEST, description="its length, as this source has it")] | None = None
    words: Words | None = None


class InstrumentSigned(InstrumentAct, frozen=True, kw_only=True, gc=False, tag="instrument.signed"):
    """A version is signed by somebody."""

    identity = ("instrument", "version", "by")

    by: Annotated[Party, Meta(description="for whom it is signed")]
    signatory: Annotated[Ref, Meta(description="the person who signed")] | None = None
    words: Words | None = None


class InstrumentEnteredIntoForce(
    InstrumentAct, frozen=True, kw_only=True, gc=False, tag="instrument.entered_into_force"
):
    """An instrument enters into force, as somebody announces or reckons."""

    identity = ("instrument",)

    announced_by: By | None = None
    basis: Words | None = None


class InstrumentAmended(InstrumentAct, frozen=True, kw_only=True, gc=False, tag="instrument.amended"):
    """An instrument is amended."""

    articles: tuple[Article, ...] = ()
    decision: Annotated[Decision, Meta(description="the decision that adopted the amendment")] | None = None
    by: By | None = None
    words: Words | None = None

    def check(self, register: Register) -> Iterator[Problem]:
        """A change takes effect only under the rules in force the day before: else it is a breach, and is recorded."""
        if self.decision is None:
            return
        ruled = ruling_on(register, self.decision, self.effective.latest - 1)
        if ruled is None:
            fault = phrase("is said to be adopted by {decision}, of which nothing is on record", decision=self.decision)
            yield self.problem("amendment-not-on-record", Weight.BREACH, fault, "decision")
        elif ruled.ruling.outcome != "adopted":
            fault = phrase(
                "is said to be adopted by {decision}, which by the rules in force the day before comes to: {outcome}",
                decision=self.decision,
                outcome=OUTCOMES[ruled.ruling.outcome],
            )
            yield self.problem("amendment-not-adopted", Weight.BREACH, fault, "decision")


class ProvisionSet(Act, frozen=True, kw_only=True, gc=False, tag="provision.set"):
    """A provision: what an article says, as this witness has it, with its evidence mark and perhaps a typed rule."""

    identity: ClassVar[tuple[str, ...]] = ("instrument", "version", "article", "matter")
    gathers: ClassVar[tuple[str, ...]] = ("evidence",)

    instrument: Instrument
    version: Version | None = None
    article: Article
    matter: Annotated[str, Meta(description="what it is about, in a few words")]
    body: Annotated[Body, Meta(description="the body that it governs")]
    evidence: Evidence
    words: Words
    until: Until | None = None
    rule: (
        Annotated[AnyRule, Meta(description="the typed rule; only where the text or a report of it was read")] | None
    ) = None

    def faults(self) -> Iterator[Problem]:
        """A provision that nobody has read may be kept as words, never as a rule."""
        yield from super().faults()
        if self.rule is not None and self.evidence == "unverified":
            fault = phrase("an unverified provision is kept as words only; remove the rule, or cite where it was read")
            yield self.problem("unverified-rule", Weight.BAR, fault, "rule")
        if self.rule is not None:
            yield from (self.problem(code, Weight.BAR, fault, "rule") for code, fault in rule_faults(self.rule))


class CaseSet(Act, frozen=True, kw_only=True, gc=False, tag="case.set"):
    """A test case of the rules: a made-up vote, and what it must come to; run before a version enters into force."""

    identity: ClassVar[tuple[str, ...]] = ("body", "name")

    body: Annotated[Body, Meta(description="the body whose rules it tries")]
    name: Annotated[str, Meta(description="what it tries, in a few words")]
    outcome: Annotated[Outcome, Meta(description="what it must come to")]
    matter: Annotated[str, Meta(description="the kind of matter; left out for the ordinary kind")] | None = None
    date: Annotated[Date, Meta(description="the day of the vote; left out for the last rules on record")] | None = None
    yes: Count | None = None
    no: Count | None = None
    abstain: Count | None = None
    present: Count | None = None
    for_by: Annotated[tuple[Ref, ...], Meta(description="who votes yes, where it matters")] = ()
    against_by: Annotated[tuple[Ref, ...], Meta(description="who votes no, where it matters")] = ()
    abstained_by: Annotated[tuple[Ref, ...], Meta(description="who abstains, where it matters")] = ()
    sums: Annotated[tuple[Sums, ...], Meta(description="votes of a group, or by weights, as sums")] = ()
    concerned: Annotated[tuple[Ref, ...], Meta(description="whom the matter concerns")] = ()
    chair: Annotated[Literal["yes", "no"], Meta(description="the casting vote, or the chair's own decision")] | None = (
        None
    )
    approval: (
        Annotated[Literal["given", "refused", "pending"], Meta(description="what became of the approval")] | None
    ) = None
    manner: Annotated[Manner, Meta(description="how it is decided, where not by a vote")] | None = None
    call: Annotated[int, Meta(ge=1, le=9, description="2 where the meeting is called again")] = 1


class RulingGiven(Act, frozen=True, kw_only=True, gc=False, tag="ruling.given"):
    """Whoever may interpret the charter rules on a question that its words leave open."""

    identity: ClassVar[tuple[str, ...]] = ("body", "question")

    body: Body
    question: Annotated[str, Meta(description="the question, in a few words")]
    by: By
    words: Words
    instrument: Instrument | None = None
    article: Article | None = None
