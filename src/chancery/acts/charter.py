"""The charter: instruments and their versions, provisions article by article, rulings where the text is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from msgspec import Meta

from chancery.acts.base import Act
from chancery.acts.fields import Article, Body, By, Instrument, Party, To, Version, Words
from chancery.rules.provisions import AnyRule
from chancery.values import LARGEST, Ref, Weight, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    by: By | None = None
    words: Words | None = None


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
    rule: (
        Annotated[AnyRule, Meta(description="the typed rule; only where the text or a report of it was read")] | None
    ) = None

    def faults(self) -> Iterator[Problem]:
        """A provision that nobody has read may be kept as words, never as a rule."""
        yield from super().faults()
        if self.rule is not None and self.evidence == "unverified":
            fault = phrase("an unverified provision is kept as words only; remove the rule, or cite where it was read")
            yield self.problem("unverified-rule", Weight.BAR, fault, "rule")


class RulingGiven(Act, frozen=True, kw_only=True, gc=False, tag="ruling.given"):
    """Whoever may interpret the charter rules on a question that its words leave open."""

    identity: ClassVar[tuple[str, ...]] = ("body", "question")

    body: Body
    question: Annotated[str, Meta(description="the question, in a few words")]
    by: By
    words: Words
    instrument: Instrument | None = None
    article: Article | None = None
