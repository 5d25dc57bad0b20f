"""Telling: the votes that the record tells of one piece of business, as they can be ruled on."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Literal, cast

from msgspec import Struct
from msgspec.structs import replace

from chancery.rules.bounds import exactly
from chancery.rules.business import DECISIONS, VOTES
from chancery.rules.silence import in_time
from chancery.rules.votes import Ballot, Choice, Manner, Vote
from chancery.values import FUTURE, PAST, Instant, Phrase, Verdict, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from fractions import Fraction

    from chancery.register import Account, Fact
    from chancery.rules.business import Business
    from chancery.values import Ref

MANNERS: dict[object, Manner] = {
    "vote": "vote",
    "without_vote": "without_vote",
    "consensus": "without_vote",
    "silence": "silence",
    "written": "written",
    "chair": "chair",
}

SIDES: tuple[tuple[Literal["yes", "no", "abstain"], str], ...] = (
    ("yes", "for_by"),
    ("no", "against_by"),
    ("abstain", "abstained_by"),
)


Recorded = Literal["adopted", "rejected", "both"]
"""The outcome on record."""


class Told(Struct, frozen=True):
    """One vote as it is told, and how else: by other accounts of its tally, or by name where those do not agree.

    ``others`` are those other tellings, with who tells so; ``unknown`` and ``contradictions`` what was found in
    gathering them. ``recorded`` is the outcome on record: ``adopted``, ``rejected``, or ``both``. ``chair_by`` is whose
    casting vote is told, ``taken_by`` who took the decision alone, ``hour`` when the vote was taken (seconds).
    """

    vote: Vote
    facts: tuple[Fact[Account], ...]
    meeting: Ref | None = None
    recorded: Recorded | None = None
    chair_by: Ref | None = None
    taken_by: Ref | None = None
    hour: int | None = None
    others: tuple[tuple[Phrase, Vote], ...] = ()
    reasons: tuple[Phrase, ...] = ()
    unknown: tuple[Phrase, ...] = ()
    contradictions: tuple[Phrase, ...] = ()


def told_of(business: Business) -> list[Told]:
    """Each silence procedure, then each call of a vote, or else the decision that was taken without one.

    What became of it is told of the last of them.
    """
    found = [_silent(business, fact) for fact in business.of("silence.opened")]
    votes = business.of(*VOTES)
    calls = sorted({int(getattr(fact.act, "call", 1)) for fact in votes})
    found.extend(_called(business, call, votes) for call in calls)
    taken = business.of("decision.adopted", "decision.rejected")
    if not found and (taken or business.of(*DECISIONS)):
        found.append(_untold(business))
    if found:
        found[-1] = _settled(found[-1], business)
    left_out = tuple(_left_out(business))
    return [replace(each, unknown=(*each.unknown, *left_out)) for each in found]


def _left_out(business: Business) -> Iterator[Phrase]:
    """Which acts are not relied on: denied, or resting on accounts that the record only shows."""
    for fact in business.facts:
        if fact.denials:
            yield phrase("Denied, and not counted: {entry}.", entry=fact.act.id)
        elif not fact.carried:
            yield phrase("Shown, and not counted: {entry}.", entry=fact.act.id)


def _untold(business: Business) -> Told:
    """A decision of which no vote is told."""
    facts = tuple(business.of(*DECISIONS))
    vote = Vote(id=business.name, day=_day(facts), matter=business.matter, concerned=_concerned(business))
    return Told(vote, facts, business.meeting)


def _called(business: Business, call: int, votes: Sequence[Fact[Account]]) -> Told:
    """One call of a vote: its ballots, its tally, or both where each tells what the other does not."""
    facts = tuple(fact for fact in votes if getattr(fact.act, "call", 1) == call)
    cast_ = [fact for fact in facts if fact.act.kind == "vote.cast"]
    chairs = [fact for fact in cast_ if getattr(fact.act, "casting", False)]
    ballots = tuple(_ballot(fact) for fact in cast_ if fact not in chairs)
    opened = next((fact for fact in facts if fact.act.kind == "vote.opened"), None)
    base = Vote(
        id=business.name if call == 1 else f"{business.name} ({call})",
        day=_day([fact for fact in facts if fact is not opened] or facts),
        matter=business.matter,
        concerned=_concerned(business),
        chair=_chair(chairs),
        manner="written" if opened is not None else None,
        call=call,
        opened=_seconds(opened, "at"),
        deadline=_seconds(opened, "deadline"),
        extended=_extended(facts, "vote.extended"),
    )
    counted = next((fact for fact in facts if fact.act.kind == "vote.counted"), None)
    found = _joined(base, ballots, counted)
    meeting = next((each for fact in facts if (each := fact.stated("meeting"))), business.meeting)
    by = cast("Ref | None", getattr(chairs[0].act, "party", None)) if chairs else None
    hours = [hour for fact in (*cast_, counted) if (hour := _seconds(fact, "at")) is not None]
    hour = None if opened is not None or not hours else min(hours)
    return replace(found, facts=facts, meeting=meeting, chair_by=by, hour=hour)


def _joined(base: Vote, ballots: tuple[Ballot, ...], counted: Fact[Account] | None) -> Told:
    """The votes by name with the tally: names for a tally that has more votes; a contradiction where it cannot be."""
    if counted is None:
        return Told(replace(base, ballots=ballots or None), ())
    tally, others, against = _tally(base, counted)
    if not ballots:
        return Told(tally, (), others=others, contradictions=against)
    number = Counter(ballot.choice for ballot in ballots)
    pairs = [(number[side], getattr(tally, side)) for side, _ in SIDES]
    if all(stated in (None, named) for named, stated in pairs):
        return Told(replace(base, ballots=ballots, present=tally.present), (), others=others, contradictions=against)
    if all(stated is None or named <= stated for named, stated in pairs):
        names = {column: tuple(b.party for b in ballots if b.choice == side) for side, column in SIDES}
        return Told(replace(tally, **names), (), others=others, contradictions=against)
    differ = phrase(
        "By name {yes:number} voted for, {no:number} against and {abstain:number} abstained; "
        "the tally has it otherwise: {tally}.",
        yes=number["yes"],
        no=number["no"],
        abstain=number["abstain"],
        tally=numbers_of(tally),
    )
    others = (*others, (phrase("the tally"), tally))
    return Told(replace(base, ballots=ballots), (), others=others, contradictions=(*against, differ))


def _tally(base: Vote, counted: Fact[Account]) -> tuple[Vote, tuple[tuple[Phrase, Vote], ...], tuple[Phrase, ...]]:
    """The tally by its preferred account; each account that has other numbers; what cannot all be so."""
    tally = _numbers(base, counted.stated)
    others = []
    for account in counted.others:
        if not counted.agrees(account):
            told = _numbers(base, partial(_field, account))
            others.append((phrase("the account in {entry}", entry=account.id), told))
    against = [
        phrase("Another tally, by {who}: {tally}.", who=who, tally=numbers_of(told))
        for who, told in others
        if numbers_of(told) != numbers_of(tally) and told.yes is not None
    ]
    if any(getattr(account, "unanimous", None) for account in counted.accounts) and (
        (tally.no or 0) or (tally.abstain or 0)
    ):
        against.append(phrase("It is called unanimous, though {tally} is told.", tally=numbers_of(tally)))
    return tally, tuple(each for each in others if each[1].yes is not None), tuple(against)


def numbers_of(vote: Vote) -> Phrase:
    """A tally in words."""
    said = []
    if vote.yes is not None:
        said.append(phrase("{number:number} for", number=vote.yes))
    if vote.no is not None:
        said.append(phrase("{number:number} against", number=vote.no))
    if vote.abstain is not None:
        said.append(phrase("{number:number} abstaining", number=vote.abstain))
    found = said[0] if said else phrase("no number")
    for each in said[1:]:
        found = phrase("{first}, {then}", first=found, then=each)
    return found


def _field(account: Account, name: str) -> object:
    return getattr(account, name, None)


def _numbers(base: Vote, stated: Callable[[str], object]) -> Vote:
    values = {name: stated(name) for name in ("yes", "no", "abstain", "present", "absent")}
    return replace(base, **values, **{column: stated(column) or () for _, column in SIDES})


def _silent(business: Business, opened: Fact[Account]) -> Told:
    """A silence procedure: objections with their hour, or by their day; those open by their day told both ways."""
    facts = business.of("silence.opened", "silence.extended", "silence.broken", "silence.concluded")
    extended = _extended(facts, "silence.extended")
    deadline = Instant(extended) if extended is not None else cast("Instant", getattr(opened.act, "deadline", None))
    sorted_: dict[Verdict, list[Ballot]] = {verdict: [] for verdict in Verdict}
    for fact in facts:
        if fact.act.kind == "silence.broken":
            at = _seconds(fact, "at")
            verdict = in_time(fact.act, deadline) if at is None else Verdict.YES
            sorted_[verdict].append(Ballot(fact.act.by, "no", at=at))  # type: ignore[attr-defined]  # its kind has one
    vote = Vote(
        id=business.name,
        day=_day([opened]),
        matter=business.matter,
        concerned=_concerned(business),
        manner="silence",
        ballots=tuple(sorted_[Verdict.YES]),
        opened=_seconds(opened, "at"),
        deadline=_seconds(opened, "deadline"),
        extended=extended,
    )
    late, perhaps = sorted_[Verdict.NO], sorted_[Verdict.UNDECIDED]
    doubt = phrase("the objection of which the hour is not told")
    both = replace(vote, ballots=(*sorted_[Verdict.YES], *perhaps))
    return Told(
        vote,
        tuple(facts),
        business.meeting,
        recorded=_announced(business),
        others=((doubt, both),) if perhaps else (),
        reasons=tuple(
            phrase("{by:name} objected after the deadline; that is kept, to no effect.", by=each.party) for each in late
        ),
        unknown=tuple(
            phrase("{by:name} objected on the last day, at an hour that is not told.", by=each.party)
            for each in perhaps
        ),
    )


def _extended(facts: Iterable[Fact[Account]], kind: str) -> int | None:
    """Until when a procedure is open now, where it was extended (seconds)."""
    found = [_seconds(fact, "deadline") for fact in facts if fact.act.kind == kind]
    return max((each for each in found if each is not None), default=None)


def _announced(business: Business) -> Recorded | None:
    """What the chair announced of a silence procedure."""
    outcome = business.stated("outcome", "silence.concluded")
    return None if outcome is None else "adopted" if outcome == "adopted" else "rejected"


def _settled(told: Told, business: Business) -> Told:
    """The last vote with what became of it: the outcome on record, its manner, who vetoed it."""
    adopted, rejected = business.of("decision.adopted"), business.of("decision.rejected")
    decided = business.of(*DECISIONS)
    recorded: Recorded | None = told.recorded
    if adopted or rejected:
        recorded = "both" if adopted and rejected else "adopted" if adopted else "rejected"
    manner = MANNERS.get(business.stated("manner", "decision.adopted"))
    vetoed = tuple(dict.fromkeys(fact.act.by for fact in business.of("decision.vetoed")))  # type: ignore[attr-defined]
    vote = replace(told.vote, manner=told.vote.manner or manner, vetoed_by=vetoed)
    if vote.day is None:
        vote = replace(vote, day=_day(decided))
    facts = (*told.facts, *(fact for fact in decided if fact not in told.facts))
    taken = cast("Ref | None", business.stated("by", "decision.adopted"))
    return replace(told, vote=vote, recorded=recorded, facts=facts, taken_by=taken)


def _ballot(fact: Fact[Account]) -> Ballot:
    act = fact.act
    party, principal = cast("Ref", act.party), cast("Ref | None", act.proxy_for)  # type: ignore[attr-defined]
    return Ballot(
        party=principal or party,
        choice=cast("Choice", act.choice),  # type: ignore[attr-defined]
        proxy=party if principal is not None else None,
        weight=_weight(fact.stated("weight")),
        at=_seconds(fact, "at"),
    )


def _weight(stated: object) -> Fraction | None:
    return exactly(cast("int | str", stated)) if stated is not None else None


def _chair(chairs: Sequence[Fact[Account]]) -> Literal["yes", "no"] | None:
    """The casting vote, where one for or against is told."""
    choices = [choice for fact in chairs if (choice := getattr(fact.act, "choice", None)) in ("yes", "no")]
    return cast("Literal['yes', 'no']", choices[-1]) if choices else None


def _concerned(business: Business) -> tuple[Ref, ...]:
    return cast("tuple[Ref, ...]", business.stated("concerned", "motion.tabled") or ())


def _seconds(fact: Fact[Account] | None, field: str) -> int | None:
    instant = fact.stated(field) if fact is not None else None
    return cast("Instant", instant).seconds if instant is not None else None


def _day(facts: Iterable[Fact[Account]]) -> int | None:
    """The day of the last of some acts whose day is known at all."""
    days = [fact.act.effective.latest for fact in facts]
    known = [day for day in days if PAST < day < FUTURE]
    return max(known) if known else None
