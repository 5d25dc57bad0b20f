"""Chambers: a body with its rules and with who sits in it, to rule on what the record tells of its votes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from msgspec import Struct
from msgspec.structs import replace

from chancery.rules.business import Business, business_of
from chancery.rules.charter import provided_of
from chancery.rules.deciding import decide, governing
from chancery.rules.enrolling import Enrolled, enrolled
from chancery.rules.explaining import OUTCOMES
from chancery.rules.presence import Presence
from chancery.rules.rulebook import Rulebook, Rules
from chancery.rules.scrutiny import Scrutiny
from chancery.rules.sitting import holders
from chancery.rules.telling import Told, told_of
from chancery.values import FUTURE, Phrase, is_ref, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Account, Fact, Register
    from chancery.rules.rolls import Roll
    from chancery.rules.rulebook import Procedure
    from chancery.rules.rulings import Outcome, VoteRuling
    from chancery.rules.telling import Recorded
    from chancery.rules.votes import Answer, Vote
    from chancery.rules.voting import Approval, CastingVote, Decision
    from chancery.values import Ref
    from chancery.values.phrases import Value


class Ruled(Struct, frozen=True):
    """One vote, silence procedure or decision as it is told, with the ruling on it."""

    business: Business
    told: Told
    ruling: VoteRuling

    @property
    def recorded(self) -> str | None:
        """The outcome on record."""
        return self.told.recorded


class Chamber:
    """A body in a register: its rulebook; the roll, standings and offices of any day up to the reading's."""

    def __init__(self, register: Register, body: Ref) -> None:
        """Take the rules of a body from a register."""
        self.register = register
        self.body = body
        provided = [each for each in provided_of(register.called("provision.set")) if each.body == body]
        self._listed = Rulebook(body, provided)
        self.rulebook = Rulebook(body, provided, self._roll)
        self._enrolled: dict[int, Enrolled] = {}
        self._holders: dict[int, frozenset[tuple[Ref, Ref]]] = {}

    @cached_property
    def scrutiny(self) -> Scrutiny:
        """What looks through its votes."""
        return Scrutiny(self.rulebook)

    def _day(self, day: int) -> int:
        """The day on which the record is asked: a vote without a day is asked on the reading's."""
        return min(day, self.register.reading.on)

    def enrolled(self, day: int) -> Enrolled:
        """The roll of a day with the standings behind it."""
        found = self._enrolled.get(day)
        if found is None:
            found = enrolled(self.register, self.body, self._listed.on(day), self._day(day))
            self._enrolled[day] = found
        return found

    def _roll(self, day: int) -> Roll:
        return self.enrolled(day).roll

    def acts_as(self, party: Ref, office: Ref, day: int) -> bool:
        """Whether a party is, or holds on a day, the office or party that a rule names."""
        found = self._holders.get(day)
        if found is None:
            found = self._holders[day] = holders(self.register, self._day(day))
        return party == office or (party, office) in found

    def business(self) -> list[Business]:
        """All its business on record."""
        return business_of(self.register, self.body)

    def rulings(self, business: Business) -> list[Ruled]:
        """Each vote of a piece of business with the ruling on it."""
        return [Ruled(business, told, self.ruling(business, told)) for told in told_of(business)]

    def ruling(self, business: Business, told: Told, under: int | None = None) -> VoteRuling:
        """What a vote comes to, as it is told; ``under``: by what was in force on that day at the latest."""
        vote = told.vote if under is None else _by(told.vote, under)
        presence = Presence(self.register, told.meeting, self.body)
        unknown, against = [*told.unknown, *self._doubts(vote)], list(told.contradictions)
        procedure = self._procedure(vote)
        if procedure is not None:
            vote = self._answered(vote, procedure, business, against)
            vote = self._chaired(vote, procedure, told, against)
            vote = self._as_holders(vote, procedure)
            told = replace(told, others=(*told.others, *self._without(vote, procedure, presence, told.hour)))
            against.extend(presence.contradictions(vote, procedure.voters, told.hour))
            vote = presence.filled(vote, procedure, told.hour)
            unknown.extend(self._alone(vote, procedure, told))
        against.extend(phrase("{fault}.", fault=_named(problem.phrase)) for problem in self.scrutiny.faults(vote))
        return self._weighed(self.decided(vote), told, unknown, against)

    def _without(
        self, vote: Vote, procedure: Procedure, presence: Presence, hour: int | None
    ) -> Iterator[tuple[Phrase, Vote]]:
        """The vote without the ballots of those who had none, or whom the attendance contradicts."""
        away = presence.away(vote, hour)
        whole = procedure.roll.whole
        kept = tuple(
            each
            for each in vote.ballots or ()
            if each.party not in away and (each.party in procedure.voters or not whole)
        )
        if vote.ballots is not None and len(kept) < len(vote.ballots):
            yield phrase("the votes that nothing contradicts"), replace(vote, ballots=kept)

    def _alone(self, vote: Vote, procedure: Procedure, told: Told) -> Iterator[Phrase]:
        """What is open of a decision that somebody took alone: whether the rule allows it, and to whom."""
        rule = cast("Decision", procedure.decision.rule)
        article = procedure.decision.article
        day = vote.day or self.register.reading.on
        if vote.manner == "chair" and rule.by is None:
            yield phrase(
                "It is told as taken alone; {article} asks for a vote, and of which kind the matter was is not told.",
                article=article,
            )
        if rule.by is not None and told.taken_by is not None and not self.acts_as(told.taken_by, rule.by, day):
            yield phrase(
                "{by:name} took it; by {article} it is for {office:name}.",
                by=told.taken_by,
                article=article,
                office=rule.by,
            )

    def decided(self, vote: Vote) -> VoteRuling:
        """The ruling on a vote alone."""
        return decide(vote, self.rulebook, today=self.register.reading.on)

    def _procedure(self, vote: Vote) -> Procedure | None:
        rules: Rules = self.rulebook.on(FUTURE if vote.day is None else vote.day)
        found, _ = governing(vote, rules)
        return found[0] if len(found) == 1 else None

    def _answered(self, vote: Vote, procedure: Procedure, business: Business, against: list[Phrase]) -> Vote:
        """The vote with what became of its approval: an answer counts by whoever may give it, while it may be given."""
        if procedure.approval is None:
            return vote
        rule = cast("Approval", procedure.approval.rule)
        answer: Answer = "pending"
        for fact in business.of("decision.approved", "approval.refused"):
            by = cast("Ref", fact.act.by)  # type: ignore[attr-defined]  # both kinds have one
            if not self.acts_as(by, rule.by, fact.day):
                against.append(
                    phrase("{by:name} answered; the rules ask the approval of {office:name}.", by=by, office=rule.by)
                )
            elif _is_late(fact, rule, vote.day):
                said = phrase(
                    "It was answered on {day:date}, after the limit that the rules set.", day=fact.act.effective
                )
                against.append(said)
            else:
                answer = "given" if fact.act.kind == "decision.approved" else "refused"
        return replace(vote, approval=answer)

    def _chaired(self, vote: Vote, procedure: Procedure, told: Told, against: list[Phrase]) -> Vote:
        """The vote without a casting vote by somebody who has none."""
        if vote.chair is None or told.chair_by is None or procedure.casting is None:
            return vote
        rule = cast("CastingVote", procedure.casting.rule)
        if self.acts_as(told.chair_by, rule.by, vote.day or self.register.reading.on):
            return vote
        said = phrase(
            "{by:name} gave a casting vote; by the rules {office:name} has it.", by=told.chair_by, office=rule.by
        )
        against.append(said)
        return replace(vote, chair=None)

    def _as_holders(self, vote: Vote, procedure: Procedure) -> Vote:
        """The vote with each veto named as the rules name its holder."""
        day = vote.day or self.register.reading.on
        named = [by for each in procedure.vetoes for by in getattr(each.rule, "by", ())]
        found = (next((each for each in named if self.acts_as(by, each, day)), by) for by in vote.vetoed_by)
        return replace(vote, vetoed_by=tuple(dict.fromkeys(found)))

    def _doubts(self, vote: Vote) -> list[Phrase]:
        """Whose seat on the day of a vote is open; of a decision without one that is not said."""
        if vote.ballots is None and vote.yes is None:
            return []
        doubtful = tuple(sorted(self.enrolled(FUTURE if vote.day is None else vote.day).doubtful))
        return [phrase("Whether {parties:names} had a seat on that day is open.", parties=doubtful)] if doubtful else []

    def _weighed(self, ruling: VoteRuling, told: Told, unknown: list[Phrase], against: list[Phrase]) -> VoteRuling:
        """The ruling with the other tellings beside it: where one of them leads elsewhere, it stays undecided."""
        outcome = ruling.outcome
        for who, vote in told.others:
            other = self.decided(replace(ruling.vote, **{name: getattr(vote, name) for name in TELLINGS})).outcome
            if other != ruling.outcome:
                unknown.append(phrase("By {who} it would come to: {outcome}.", who=who, outcome=OUTCOMES[other]))
                outcome = "undecided"
        against.extend(_beside(told.recorded, outcome))
        return replace(
            ruling,
            outcome=outcome,
            reasons=(*ruling.reasons, *told.reasons),
            unknown=(*ruling.unknown, *unknown),
            contradictions=(*ruling.contradictions, *against),
        )


def _beside(recorded: Recorded | None, outcome: Outcome) -> Iterator[Phrase]:
    """That the outcome on record is another than that of the rules, or that two are on record."""
    if recorded == "both":
        yield phrase("It is on record both as adopted and as not adopted.")
    elif recorded is not None and outcome != "undecided" and (recorded == "adopted") != (outcome == "adopted"):
        yield phrase(
            "It is on record as {recorded}; by the rules it comes to: {outcome}.",
            recorded=OUTCOMES[recorded],
            outcome=OUTCOMES[outcome],
        )


def _by(vote: Vote, day: int) -> Vote:
    """The vote as if it had been taken on a day at the latest."""
    return vote if vote.day is None else replace(vote, day=min(vote.day, day))


TELLINGS = ("ballots", "yes", "no", "abstain", "present", "absent", "for_by", "against_by", "abstained_by")
"""What tellings of one vote differ in."""


def _is_late(fact: Fact[Account], rule: Approval, day: int | None) -> bool:
    """Whether an answer certainly came after the limit."""
    return rule.within_days is not None and day is not None and fact.act.effective.earliest > day + rule.within_days


def ruling_on(register: Register, decision: Ref, under: int) -> Ruled | None:
    """The ruling on a decision by what was in force on a day at the latest; None where nothing is on record of it."""
    found = [each for each in business_of(register) if decision in each.decisions]
    for business in found:
        told = told_of(business)
        if told:
            return Ruled(business, told[-1], Chamber(register, business.body).ruling(business, told[-1], under))
    return None


def _named(fault: Phrase) -> Phrase:
    """A fault of a vote with its parties by name, which a record knows and a file of votes does not."""
    return fault.filled(**{slot: _name(value) for slot, value in fault.values})


def _name(value: Value) -> Value:
    if isinstance(value, tuple):
        return phrase("{parties:names}", parties=value)
    return phrase("{party:name}", party=value) if isinstance(value, str) and is_ref(value) else value
