"""Meetings: called, held, attended, and what was moved, voted, ruled, decided, kept silent on and issued there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts import KINDS
from chancery.acts.decisions import (
    DecisionAct,
    DeclarationMade,
    DocumentIssued,
    MeetingConvened,
    MeetingHeld,
    MotionTabled,
    SilenceBroken,
    SilenceConcluded,
    SilenceExtended,
    SilenceOpened,
    VoteCast,
    VoteCounted,
    VoteExtended,
    VoteOpened,
)
from chancery.acts.memberships import AttendanceRecorded
from chancery.acts.minutes import MinutesAct
from chancery.rules.business import business_of
from chancery.rules.chambers import Chamber, Ruled
from chancery.rules.silence import silence
from chancery.values import Phrase, phrase
from chancery.views.base import Column, Row, Scope, agreement_of, entries_of, view
from chancery.views.cells import Cell, accounts_cell, brief_accounts, brief_serial, caveats, fact_cell
from chancery.views.invitations import brief_texts
from chancery.views.meeting_briefs import (
    brief_attendance,
    brief_decisions,
    brief_declarations,
    brief_documents,
    brief_minutes,
    brief_motions,
    brief_rulings,
    brief_silence,
    brief_votes,
)
from chancery.views.rulings import ruling_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chancery.register import Account, Fact, Register
    from chancery.values import Ref

DECISIONS: tuple[type[Account], ...] = tuple(kind for kind in KINDS.values() if issubclass(kind, DecisionAct))
MINUTES: tuple[type[Account], ...] = tuple(kind for kind in KINDS.values() if issubclass(kind, MinutesAct))
BUSINESS: tuple[type[Account], ...] = (
    MotionTabled,
    VoteOpened,
    VoteExtended,
    VoteCast,
    VoteCounted,
    *DECISIONS,
    SilenceOpened,
    SilenceExtended,
    SilenceBroken,
    SilenceConcluded,
    DeclarationMade,
    DocumentIssued,
    *MINUTES,
)
KINDS_SHOWN: tuple[type[Account], ...] = (MeetingConvened, MeetingHeld, AttendanceRecorded, *BUSINESS)


@view(
    "meetings",
    "Meetings and decisions",
    Column("meeting", phrase("Meeting"), "ref", about="the meeting; null for what a body did outside one on record"),
    Column("body", phrase("Body"), "ref", about="the body that meets"),
    Column("number", phrase("No."), "number", brief=brief_serial, about="its number in the body's series", aside=True),
    Column("convened", phrase("Called for"), "date", about="the day for which it is called", aside=True),
    Column("convened_by", phrase("Called by"), "ref", about="who called it", aside=True),
    Column("held", phrase("Held"), "date", about="the day on which it took place"),
    Column("place", phrase("Place"), about="where", aside=True),
    Column("chair", phrase("Chair"), "ref", about="who was in the chair", aside=True),
    Column("agenda", phrase("Agenda"), "texts", brief=brief_texts, about="its agenda, else its provisional agenda"),
    Column(
        "attendance",
        phrase("Attendance"),
        "record",
        brief=brief_attendance,
        about="facts with `party`, `capacity`, `level`, `representatives`, `reason`, `arrived`, `left`",
    ),
    Column(
        "motions",
        phrase("Motions"),
        "record",
        brief=brief_motions,
        about="facts with `motion`, `version`, `by`, `matter`, `item`, `concerned`, `words`",
    ),
    Column(
        "votes",
        phrase("Votes"),
        "record",
        brief=brief_votes,
        about="facts with `motion`; counted: `yes`, `no`, `abstain`, `absent`, `present`, `unanimous`, `for_by`, "
        "`against_by`, `abstained_by`; cast: `party`, `choice`, `proxy_for`, `casting`, `weight`, `explanation`; both: "
        "`at`, `call`",
    ),
    Column(
        "rulings",
        phrase("Rulings"),
        "record",
        brief=brief_rulings,
        about="what each vote, silence procedure or decision comes to under the rules of its day: `business` (the "
        "motion, else the decision), `decision`, `recorded` (`adopted`, `rejected`, `both`, null); then as in `decide`",
    ),
    Column(
        "decisions",
        phrase("Decisions"),
        "record",
        brief=brief_decisions,
        about="facts with `decision`, `motion`, `manner`, `symbol`, `by`, `matter`, `words`",
    ),
    Column(
        "declarations",
        phrase("Declarations"),
        "record",
        brief=brief_declarations,
        about="facts with `party`, `nature`, `motion`, `decision`, `words`",
        aside=True,
    ),
    Column(
        "silence",
        phrase("Silence procedures"),
        "record",
        brief=brief_silence,
        about="facts with `motion`, `deadline`, `state`, `by`, `objections` (`by`, `at`, `in_time`, `words`)",
        aside=True,
    ),
    Column(
        "documents",
        phrase("Documents"),
        "record",
        brief=brief_documents,
        about="facts with `document`, `stage`, `symbol`, `by`, `supersedes`, `words`",
        aside=True,
    ),
    Column(
        "minutes",
        phrase("Minutes"),
        "record",
        brief=brief_minutes,
        about="facts with `by`, `due`, `item`, `at_request_of`, `approved_at`, `words`: the stages of the minutes",
        aside=True,
    ),
    Column(
        "accounts",
        phrase("Said by"),
        "record",
        brief=brief_accounts,
        about="accounts of its call and its holding",
        aside=True,
    ),
)
def meeting_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """Each meeting with all that belongs to it, then what each body did outside a meeting on record."""
    meetings = _meetings(register)
    home = _homes(register)
    business: dict[tuple[Ref | None, Ref], list[Fact[Account]]] = {}
    for fact in register.of_any(BUSINESS):
        body: Ref = fact.act.body  # type: ignore[attr-defined]  # every kind of business has one
        business.setdefault((home.get(fact.act.id), body), []).append(fact)
    rulings = _rulings(register, home)
    found: list[Fact[Account]] = []
    for (meeting, body), facts in _ordered(meetings, business).items():
        attended = [fact for fact in register.of(AttendanceRecorded) if fact.act.meeting == meeting]
        if _fits(scope, body, [*facts, *attended]):
            found.extend((*facts, *attended))
            yield _row(meeting, body, facts, attended, register, rulings.get((meeting, body), ()))
    yield from caveats(register, scope, found, KINDS_SHOWN)
    if any(isinstance(fact.act, AttendanceRecorded) for fact in found):
        yield phrase("Presence is not membership: a capacity is the one that a source gives.")


def _fits(scope: Scope, body: Ref, facts: Sequence[Fact[Account]]) -> bool:
    names = ("party", "by", "chair")
    parties = [value for fact in facts for name in names if (value := getattr(fact.act, name, None)) is not None]
    flat = [ref for value in parties for ref in (value if isinstance(value, tuple) else (value,))]
    return scope.takes(body=body, party=flat)


def _meetings(register: Register) -> dict[tuple[Ref | None, Ref], list[Fact[Account]]]:
    """The facts of each meeting's call and holding, by meeting and body, oldest first; also of those only attended."""
    found: dict[tuple[Ref | None, Ref], list[Fact[Account]]] = {}
    for fact in register.of_any((MeetingConvened, MeetingHeld, AttendanceRecorded)):
        act = fact.act
        key: tuple[Ref | None, Ref] = (act.meeting, act.body)  # type: ignore[attr-defined]  # each of these has both
        facts = found.setdefault(key, [])
        if not isinstance(act, AttendanceRecorded):
            facts.append(fact)
    return found


def _ordered(
    meetings: dict[tuple[Ref | None, Ref], list[Fact[Account]]],
    business: dict[tuple[Ref | None, Ref], list[Fact[Account]]],
) -> dict[tuple[Ref | None, Ref], list[Fact[Account]]]:
    """All that belongs to each meeting, meetings on record first, then what belongs to none."""
    elsewhere = sorted(business.keys() - meetings.keys(), key=lambda key: (key[0] is None, str(key[0]), key[1]))
    return {key: [*meetings.get(key, ()), *business.get(key, ())] for key in (*meetings, *elsewhere)}


def _homes(register: Register) -> dict[str, Ref]:
    """The meeting to which each act belongs: the one that it names, else where its motion was settled or put."""
    facts = register.of_any(BUSINESS)
    by_motion: dict[Ref, Ref] = {}
    for fact in sorted(facts, key=lambda fact: isinstance(fact.act, MotionTabled)):
        meeting, motion = getattr(fact.act, "meeting", None), getattr(fact.act, "motion", None)
        if meeting is not None and motion is not None:
            by_motion.setdefault(motion, meeting)
    homes: dict[str, Ref] = {}
    for fact in facts:
        named: Ref | None = getattr(fact.act, "meeting", None)
        home = named or by_motion.get(getattr(fact.act, "motion", None))  # type: ignore[arg-type]  # None is in no map
        if home is not None:
            homes[fact.act.id] = home
    return homes


def _rulings(register: Register, home: dict[str, Ref]) -> dict[tuple[Ref | None, Ref], list[Ruled]]:
    """The rulings on what is told of votes and decisions, by meeting and body."""
    found: dict[tuple[Ref | None, Ref], list[Ruled]] = {}
    chambers: dict[Ref, Chamber] = {}
    for business in business_of(register):
        chamber = chambers.setdefault(business.body, Chamber(register, business.body))
        for ruled in chamber.rulings(business):
            found.setdefault((home.get(ruled.told.facts[0].act.id), business.body), []).append(ruled)
    return found


def _ruled(ruled: Ruled) -> Cell:
    about = {"business": ruled.business.name, "decision": ruled.business.decision, "recorded": ruled.recorded}
    return {**about, **ruling_cell(ruled.ruling), "entries": entries_of(ruled.told.facts)}


def _row(  # the parts of a meeting
    meeting: Ref | None,
    body: Ref,
    facts: Sequence[Fact[Account]],
    attended: Sequence[Fact[AttendanceRecorded]],
    register: Register,
    rulings: Sequence[Ruled],
) -> Row:
    convened = [fact for fact in facts if isinstance(fact.act, MeetingConvened)]
    held = [fact for fact in facts if isinstance(fact.act, MeetingHeld)]
    cells: dict[str, object] = {
        "meeting": meeting,
        "body": body,
        "number": _first(held, "number"),
        "convened": _first(convened, "effective"),
        "convened_by": _first(convened, "by"),
        "held": _first(held, "effective"),
        "place": _first(held, "place") or _first(convened, "place"),
        "chair": _first(held, "chair"),
        "agenda": _first(held, "agenda") or _first(convened, "agenda") or (),
        "attendance": _facts(attended, "party", "capacity", "level", "representatives", "reason", "arrived", "left"),
        "motions": _facts(
            _only(facts, MotionTabled), "motion", "version", "by", "matter", "item", "concerned", "words"
        ),
        "votes": [
            *_facts(_only(facts, VoteCounted), *(name for name in VoteCounted.__struct_fields__ if name in COUNTED)),
            *_facts(_only(facts, VoteCast), *CAST),
        ],
        "rulings": [_ruled(each) for each in rulings],
        "decisions": _facts(
            _only(facts, *DECISIONS), "decision", "motion", "manner", "symbol", "by", "matter", "words"
        ),
        "declarations": _facts(_only(facts, DeclarationMade), "party", "nature", "motion", "decision", "words"),
        "silence": [_silence(fact, fact.act, register) for fact in facts if isinstance(fact.act, SilenceOpened)],
        "documents": _facts(_only(facts, DocumentIssued), "document", "stage", "symbol", "by", "supersedes", "words"),
        "minutes": _facts(_only(facts, *MINUTES), "by", "due", "item", "at_request_of", "approved_at", "words"),
        "accounts": [cell for fact in (*convened, *held) for cell in accounts_cell(fact, register)],
    }
    every: list[Fact[Account]] = [*facts, *attended]
    return Row(cells, agreement_of(every), entries_of(every))


COUNTED = frozenset(
    {
        *("motion", "yes", "no", "abstain", "absent", "present", "unanimous"),
        *("for_by", "against_by", "abstained_by", "at", "call"),
    }
)
CAST = ("motion", "party", "choice", "proxy_for", "casting", "weight", "explanation", "at", "call")


def _first(facts: Sequence[Fact[Account]], field: str) -> object:
    return next((value for fact in facts if (value := fact.stated(field)) is not None), None)


def _only(facts: Iterable[Fact[Account]], *kinds: type[Account]) -> list[Fact[Account]]:
    return [fact for fact in facts if isinstance(fact.act, kinds)]


def _facts(facts: Iterable[Fact[Account]], *fields: str) -> list[Cell]:
    return [fact_cell(fact, **{field: fact.stated(field) for field in fields}) for fact in facts]


def _silence(fact: Fact[Account], opened: SilenceOpened, register: Register) -> Cell:
    motion = opened.motion
    objections = [each for each in register.of(SilenceBroken) if each.act.motion == motion]
    concluded = [each for each in register.of(SilenceConcluded) if each.act.motion == motion]
    extended = [each for each in register.of(SilenceExtended) if each.act.motion == motion]
    deadline = max((opened.deadline, *(each.act.deadline for each in extended)), key=lambda each: each.seconds)
    found = silence(deadline, objections, concluded, register.reading.on)
    told = [("yes", found.in_time), ("undecided", found.unclear), ("no", found.late)]
    return fact_cell(
        fact,
        motion=motion,
        deadline=deadline,
        state=found.state,
        by=opened.by,
        objections=[
            fact_cell(each, in_time=answer, **{name: each.stated(name) for name in ("by", "at", "words")})
            for answer, each_of in told
            for each in each_of
        ],
    )
