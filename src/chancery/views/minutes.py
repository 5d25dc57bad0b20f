"""Minutes: the account of a meeting, written from what the record knows of it; each statement cites its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast, get_args

from chancery.acts.charter import ProvisionSet
from chancery.acts.decisions import DeclarationMade, DocumentIssued, MeetingConvened, MeetingHeld
from chancery.acts.memberships import AttendanceRecorded
from chancery.acts.minutes import MinutesAct, MinutesApproved, MinutesCorrected
from chancery.rules.business import business_of
from chancery.rules.chambers import Chamber
from chancery.values import Phrase, phrase
from chancery.views.base import label
from chancery.views.cells import named, run, spoken
from chancery.views.minuted import declared, minuted
from chancery.views.paper import Paper, Said, Section, all_said, said_of, sources_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.register import Account, Fact, Register
    from chancery.rules.business import Business
    from chancery.values import Ref, Tongues

Stage = Literal["draft", "circulated", "corrected", "approved"]
STAGES: tuple[Stage, ...] = get_args(Stage)

OF_KIND: dict[str, Stage] = {
    "minutes.drafted": "draft",
    "minutes.circulated": "circulated",
    "minutes.corrected": "corrected",
    "minutes.approved": "approved",
}


class Minuting:
    """A meeting of a body in a register, with all that belongs to it."""

    def __init__(self, register: Register, meeting: Ref, body: Ref) -> None:
        """Gather what belongs to a meeting."""
        self.register = register
        self.meeting, self.body = meeting, body
        self.convened = self._of(MeetingConvened)
        self.held = self._of(MeetingHeld)
        self.attended = self._of(AttendanceRecorded)
        self.stages = [
            fact for fact in register.called(*OF_KIND) if isinstance(fact.act, MinutesAct) and self._is_here(fact)
        ]
        self.business = [each for each in business_of(register, body) if each.meeting == meeting]
        self.documents = self._of(DocumentIssued)
        self.declarations = [
            fact
            for fact in self._of(DeclarationMade)
            if (getattr(fact.act, "motion", None), getattr(fact.act, "decision", None)) == (None, None)
        ]

    def _of(self, kind: type[Account]) -> list[Fact[Account]]:
        return [fact for fact in self.register.of(kind) if self._is_here(fact)]

    def _is_here(self, fact: Fact[Account]) -> bool:
        act = fact.act
        return getattr(act, "meeting", None) == self.meeting and getattr(act, "body", None) == self.body

    @property
    def facts(self) -> list[Fact[Account]]:
        """Every fact that belongs to it, and the provisions on which its rulings rest."""
        own = (self.convened, self.held, self.attended, self.stages, self.documents, self.declarations)
        business = (fact for each in self.business for fact in each.facts)
        return [*(fact for facts in own for fact in facts), *business, *self.register.of(ProvisionSet)]

    @property
    def stage(self) -> Stage | None:
        """The stage on record: that of the last act on its minutes."""
        return OF_KIND[self.stages[-1].act.kind] if self.stages else None

    def first(self, field: str) -> tuple[object, Fact[Account] | None]:
        """What is stated of its holding, else of its call, and the fact that states it."""
        for fact in (*self.held, *self.convened):
            value = fact.stated(field)
            if value is not None:
                return value, fact
        return None, None


def bodies_of(register: Register, meeting: Ref) -> list[Ref]:
    """The bodies whose meeting it is, by whatever act names both."""
    facts = register.called(
        "meeting.held", "meeting.convened", "attendance.recorded", "motion.tabled", "decision.adopted"
    )
    found = (fact.act.body for fact in facts if getattr(fact.act, "meeting", None) == meeting)  # type: ignore[attr-defined]
    return list(dict.fromkeys(found))


def minutes_of(register: Register, meeting: Ref, body: Ref, stage: Stage | None = None) -> Paper:
    """The minutes of a meeting, in the stage that is on record or in another."""
    found = Minuting(register, meeting, body)
    shown = stage or found.stage or "draft"
    sections = tuple(section for section in _sections(found, shown) if section.said or section.parts)
    head = tuple(_head(found))
    cited = [*(said for _, said in head), *all_said(sections)]
    return Paper(
        title=phrase("Minutes: {meeting:name}", meeting=meeting),
        stage=_stage(found, shown),
        head=head,
        sections=sections,
        sources=sources_of(register, cited, found.facts),
    )


def _stage(found: Minuting, shown: Stage) -> Phrase:
    """The stage, and where another is on record, which."""
    if found.stage is None:
        return phrase("{stage}; no stage of these minutes is on record", stage=label(shown))
    if found.stage == shown:
        day = found.stages[-1].act.effective
        return phrase("{stage}, {day:date}", stage=label(shown), day=day)
    return phrase("Shown as {stage}; on record as {recorded}", stage=label(shown), recorded=label(found.stage))


HEAD = (
    ("number", phrase("No.")),
    ("effective", phrase("Day")),
    ("place", phrase("Place")),
    ("chair", phrase("Chair")),
)


def _head(found: Minuting) -> Iterator[tuple[Phrase, Said]]:
    """Body, number, day, place, chair and call, each where the record has it."""
    yield phrase("Body"), Said(phrase("{body:name}", body=found.body))
    for field, heading in HEAD:
        value, fact = found.first(field)
        said = spoken(value)
        if said is not None and fact is not None:
            yield heading, said_of(fact, said)
    for fact in found.convened:
        by = named(phrase("by"), fact.stated("by"))
        yield phrase("Called for"), said_of(fact, run(phrase("{day:date}", day=fact.act.effective), by))


def _sections(found: Minuting, shown: Stage) -> Iterator[Section]:
    presence = Said(phrase("Presence is not membership: a capacity is the one that a source gives."))
    yield Section(phrase("Attendance"), (presence,) if found.attended else (), tuple(_attendance(found.attended)))
    yield Section(phrase("Agenda"), tuple(_agenda(found)), numbered=True)
    chamber = Chamber(found.register, found.body)
    parts = tuple(minuted(each, chamber) for each in sorted(found.business, key=_item))
    yield Section(phrase("Business"), parts=parts)
    yield Section(phrase("Declarations"), tuple(map(declared, found.declarations)))
    yield Section(phrase("Documents"), tuple(_documents(found.documents)))
    yield Section(phrase("What the record does not say"), tuple(Said(each) for each in _silences(found)))
    if shown in ("corrected", "approved"):
        yield Section(phrase("Corrections"), tuple(_corrections(found)))
    if shown == "approved":
        yield Section(phrase("Approval"), tuple(_approvals(found)))


def _item(business: Business) -> tuple[bool, int]:
    """Business by the item of the agenda, then in the order in which it was begun."""
    item = cast("int | None", business.stated("item", "motion.tabled"))
    return item is None, item or 0


def _attendance(attended: Sequence[Fact[Account]]) -> Iterator[Section]:
    """Who came, capacity by capacity; who sat for them; when they came and went."""
    for capacity, heading in CAPACITIES.items():
        came = tuple(_came(fact) for fact in attended if getattr(fact.act, "capacity", None) == capacity)
        if came:
            yield Section(heading, came)


CAPACITIES = {
    "host": phrase("Host"),
    "member": phrase("As members"),
    "observer": phrase("As observers"),
    "invited": phrase("By invitation"),
    "present": phrase("Present, in which capacity is not told"),
    "absent": phrase("Absent"),
}


def _came(fact: Fact[Account]) -> Said:
    level = fact.stated("level")
    who = run(
        phrase("{party:name}", party=str(getattr(fact.act, "party", ""))),
        label(str(level)) if level is not None else None,
        spoken(fact.stated("representatives")),
        named(phrase("arrived"), fact.stated("arrived")),
        named(phrase("left"), fact.stated("left")),
    )
    return said_of(fact, who, "reason")


def _agenda(found: Minuting) -> Iterator[Said]:
    items, fact = found.first("agenda")
    for item in cast("tuple[Tongues, ...]", items or ()):
        yield Said(phrase("{item}", item=item), fact.entries if fact is not None else ())


def _documents(facts: Sequence[Fact[Account]]) -> Iterator[Said]:
    for fact in facts:
        act = cast("DocumentIssued", fact.act)
        day = phrase("{day:date}", day=act.effective)
        yield said_of(fact, run(spoken(act.document), spoken(fact.stated("symbol")), label(act.stage), day), "words")


def _silences(found: Minuting) -> Iterator[Phrase]:
    """What is not on record of the meeting, so that nobody takes a gap for a statement."""
    if not found.held:
        yield phrase("That it was held.")
    for field, said in (("chair", phrase("Who was in the chair.")), ("agenda", phrase("An agenda."))):
        if found.first(field)[0] is None:
            yield said
    if not found.attended:
        yield phrase("Who was there.")
    for each in found.business:
        if not each.of("vote.cast", "vote.counted", "decision.adopted", "decision.rejected", "silence.opened"):
            yield phrase("What became of {motion:name}.", motion=each.name)


def _corrections(found: Minuting) -> Iterator[Said]:
    for fact in found.stages:
        if isinstance(fact.act, MinutesCorrected):
            asked = named(phrase("at the request of"), fact.stated("at_request_of"))
            item = named(phrase("item"), fact.stated("item"))
            yield said_of(fact, run(phrase("{day:date}", day=fact.act.effective), item, asked), "words")


def _approvals(found: Minuting) -> Iterator[Said]:
    for fact in found.stages:
        if isinstance(fact.act, MinutesApproved):
            at = named(phrase("at"), fact.stated("approved_at"))
            by = named(phrase("by"), fact.stated("by"))
            yield said_of(fact, run(phrase("Approved {day:date}", day=fact.act.effective), at, by), "words")
