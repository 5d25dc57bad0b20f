"""What is due: gathered from the charter's rules, from mandates, from terms of seats, and from days that acts set."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from msgspec import Struct

from chancery.acts import KINDS
from chancery.acts.bodies import MandateEnded, MandateGiven
from chancery.acts.charter import InstrumentEnteredIntoForce, ProvisionSet
from chancery.acts.decisions import (
    DecisionAdopted,
    DecisionRejected,
    SilenceConcluded,
    SilenceExtended,
    SilenceOpened,
    VoteCounted,
    VoteExtended,
    VoteOpened,
)
from chancery.acts.invitations import InvitationAccepted, InvitationDeclined, InvitationIssued
from chancery.acts.minutes import MinutesApproved, MinutesCirculated, MinutesCorrected
from chancery.acts.money import CommitmentMade, ContributionReceived
from chancery.acts.oversight import (
    DirectiveAnswered,
    DirectiveIssued,
    RecommendationClosed,
    RecommendationMade,
    RequestAnswered,
    RequestMade,
    RequestRefused,
)
from chancery.register import Account, Fact, Register
from chancery.rules.charter import InForce, rules_of
from chancery.rules.duties import Due, DueStatus, discharging, duties, end_status, expiry, preventing, status_of
from chancery.rules.provisions import Duty, Expiry
from chancery.rules.standing import weighty
from chancery.rules.terms import end_of
from chancery.values import FUTURE, Date, Instant, Phrase, Ref, Tongues
from chancery.views.base import label
from chancery.views.cells import words_of
from chancery.views.seats import appointed, in_office, seated
from chancery.views.standing import provision_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

T = TypeVar("T")


class Item(Struct, frozen=True, kw_only=True):
    """Something due, or an end: of what, by whom, to whom, by which day, how it stands, on what it rests."""

    sort: str
    matter: str | Tongues | Phrase
    status: DueStatus
    facts: tuple[Fact[Account], ...]
    due: Date | None = None
    what: Ref | None = None
    body: Ref | None = None
    owed_by: tuple[Ref, ...] = ()
    owed_to: tuple[Ref, ...] = ()
    number: int | None = None
    done: tuple[Fact[Account], ...] = ()
    provision: dict[str, object] | None = None
    counted_from: Date | None = None

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Whom and what it concerns."""
        return (*(ref for ref in (self.what, self.body) if ref is not None), *self.owed_by, *self.owed_to)


def by_charter(register: Register) -> Iterator[Item]:
    """Duties and ends that typed rules set; provisions that set the same rule are witnesses of one."""
    on, provisions, starts = register.reading.on, register.of(ProvisionSet), _starts(register)
    holds = _holders(register)
    for alike in _alike(rules_of(provisions, Duty)):
        rule = cast("Duty", alike[0].rule)
        facts = discharging(rule, _of_kinds(register, rule.done_by), holds)
        for due in duties(alike[0], rule, facts, on, starts):
            yield _governed(due, alike, "duty", owed_by=(rule.owed_by,), owed_to=_some(rule.owed_to), number=due.number)
    for alike in _alike(rules_of(provisions, Expiry)):
        end = cast("Expiry", alike[0].rule)
        due = expiry(alike[0], end, preventing(alike[0], end, _of_kinds(register, end.unless_by)), on, starts)
        yield _governed(due, alike, "end", mandates=_ending(register, end.what, due.day), what=end.what)


def _alike(found: Iterable[InForce]) -> list[list[InForce]]:
    """Provisions by the rule that they set."""
    groups: dict[object, list[InForce]] = {}
    for each in found:
        groups.setdefault((each.provision.instrument, each.provision.body, each.rule), []).append(each)
    return list(groups.values())


def _governed(  # noqa: PLR0913  # what a duty and an end differ in
    due: Due,
    alike: Sequence[InForce],
    sort: str,
    *,
    mandates: Sequence[Fact[Account]] = (),
    what: Ref | None = None,
    owed_by: tuple[Ref, ...] = (),
    owed_to: tuple[Ref, ...] = (),
    number: int | None = None,
) -> Item:
    provision = due.governed.provision
    others = [fact for fact in (due.since, due.done) if fact is not None]
    return Item(
        sort=sort,
        matter=provision.matter,
        status=due.status,
        facts=(*(each.fact for each in alike), *mandates, *others),
        due=Date.ordinal(due.day) if due.day is not None else None,
        what=what,
        body=provision.body,
        owed_by=owed_by,
        owed_to=owed_to,
        number=number,
        done=_some(due.done),
        provision={**(provision_cell(due.governed) or {}), "witnesses": _witnesses(alike)},
        counted_from=due.since.act.effective if due.since is not None else None,
    )


def _witnesses(alike: Sequence[InForce]) -> tuple[Ref, ...]:
    accounts = (account for each in alike for account in each.fact.accounts)
    return tuple(dict.fromkeys(cite.source for account in accounts for cite in account.cites))


def _some(value: T | None) -> tuple[T, ...]:
    return () if value is None else (value,)


def _starts(register: Register) -> Mapping[Ref, Fact[Account]]:
    """The entry into force of each instrument, where nobody denies it."""
    return {fact.act.instrument: fact for fact in register.of(InstrumentEnteredIntoForce) if not fact.denials}


def _of_kinds(register: Register, names: Iterable[str]) -> list[Fact[Account]]:
    return register.of_any([KINDS[name] for name in names if name in KINDS])


def _holders(register: Register) -> Callable[[Ref, Ref], bool]:
    """Whether somebody holds an office, or a post, on the day."""
    posts = {(each.fact.act.person, each.fact.act.office) for each in in_office(register)}
    posts.update((each.fact.act.person, each.fact.act.office) for each in appointed(register) if each.fact.act.office)
    return lambda person, office: (person, office) in posts


def _ending(register: Register, what: Ref, day: int | None) -> list[Fact[Account]]:
    """The mandates that end by themselves on the day on which a rule ends them."""
    ends = ((fact, end_of(fact)) for fact in register.of(MandateGiven) if fact.act.mandate == what)
    return [fact for fact, end in ends if end is not None and end.latest == day]


def by_mandate(register: Register, charter: Iterable[Item]) -> Iterator[Item]:
    """The ends of mandates, but those that a rule of the charter sets for the same day."""
    ruled = {item.what: item.due for item in charter if item.sort == "end"}
    for fact in register.of(MandateGiven):
        until, mandate = end_of(fact), fact.act.mandate
        ended = [each for each in register.of(MandateEnded) if each.act.mandate == mandate and not each.denials]
        if ended or (until is not None and ruled.get(mandate) != until):
            yield _end(fact, "mandate", mandate, until, register.reading.on, tuple(ended))


def by_term(register: Register) -> Iterator[Item]:
    """The ends of terms of those who sit on the day."""
    for post in appointed(register):
        if post.until is not None:
            yield _end(post.fact, "term", post.fact.act.person, post.until, register.reading.on)
    for seat in seated(register):
        if seat.until is not None:
            yield _end(seat.fact, "term", seat.fact.act.party, seat.until, register.reading.on)


def _end(  # what a mandate and a term differ in
    fact: Fact[Account],
    sort: str,
    what: Ref,
    until: Date | None,
    on: int,
    ended: tuple[Fact[Account], ...] = (),
) -> Item:
    return Item(
        sort=sort,
        matter=label(fact.act.kind),
        status=_end_status(until, on, ended=bool(ended)),
        facts=(fact, *ended),
        due=until,
        what=what,
        body=getattr(fact.act, "body", None),
        done=ended,
    )


def _end_status(until: Date | None, on: int, *, ended: bool) -> DueStatus:
    if ended:
        return "ended"
    return "undated" if until is None or until.latest >= FUTURE else end_status(until.latest, on)


class Deadline(Struct, frozen=True):
    """A kind of act that sets a day, the kinds that answer it, and in which fields its parts stand.

    ``always`` shows it even where no day is set, so that what was asked and not answered is seen; ``ends`` means that
    something ends on the day, and is not late where it is told of after it; ``extended`` is the kind that puts it off.
    """

    kind: type[Account]
    due: str
    answers: tuple[type[Account], ...]
    same: tuple[str, ...]
    owed_by: str | None
    owed_to: str | None
    always: bool = False
    ends: bool = False
    extended: type[Account] | None = None


DEADLINES: tuple[Deadline, ...] = (
    Deadline(
        InvitationIssued,
        "deadline",
        (InvitationAccepted, InvitationDeclined),
        ("party", "body", "to", "meeting"),
        "party",
        "by",
    ),
    Deadline(DirectiveIssued, "due", (DirectiveAnswered,), ("directive",), "to", "by", always=True),
    Deadline(RequestMade, "due", (RequestAnswered, RequestRefused), ("request",), "to", "by", always=True),
    Deadline(RecommendationMade, "due", (RecommendationClosed,), ("recommendation",), "to", "by", always=True),
    Deadline(CommitmentMade, "due", (ContributionReceived,), ("by", "to"), "by", "to"),
    Deadline(
        SilenceOpened, "deadline", (SilenceConcluded,), ("motion",), None, None, ends=True, extended=SilenceExtended
    ),
    Deadline(
        VoteOpened,
        "deadline",
        (VoteCounted, DecisionAdopted, DecisionRejected),
        ("motion",),
        None,
        None,
        ends=True,
        extended=VoteExtended,
    ),
    Deadline(MinutesCirculated, "due", (MinutesCorrected, MinutesApproved), ("meeting",), None, None, ends=True),
)
"""Every kind of act that sets a day."""


def by_deadline(register: Register) -> Iterator[Item]:
    """What acts set a day for, or ask for without one; the first answer on record discharges it."""
    for rule in DEADLINES:
        for fact in register.of(rule.kind):
            due = _latest(fact, rule, register)
            if due is not None or rule.always:
                yield _deadline(fact, rule, due, register)


def _latest(fact: Fact[Account], rule: Deadline, register: Register) -> Date | None:
    """The day that an act sets, or to which it was put off."""
    key = _fields(fact.act, rule.same)
    later = weighty(register.of(rule.extended)) if rule.extended is not None else []
    days = [
        _due(each.stated(rule.due)) for each in (fact, *later) if each is fact or _fields(each.act, rule.same) == key
    ]
    return max((day for day in days if day is not None), key=lambda day: day.latest, default=None)


def _deadline(fact: Fact[Account], rule: Deadline, due: Date | None, register: Register) -> Item:
    key = _fields(fact.act, rule.same)
    answers = [each for each in weighty(register.of_any(rule.answers)) if _fields(each.act, rule.same) == key]
    return Item(
        sort="deadline",
        matter=words_of(fact) or label(fact.act.kind),
        status=_status(due, answers, register.reading.on, ends=rule.ends),
        facts=(fact, *answers),
        due=due,
        what=_many(getattr(fact.act, rule.same[0]))[0],
        body=getattr(fact.act, "body", None),
        owed_by=_many(fact.stated(rule.owed_by)) if rule.owed_by is not None else (),
        owed_to=_many(fact.stated(rule.owed_to)) if rule.owed_to is not None else (),
        done=tuple(answers),
    )


def _status(due: Date | None, answers: Sequence[Fact[Account]], on: int, *, ends: bool) -> DueStatus:
    if due is None or (ends and answers):
        return "done" if answers else "undated"
    return end_status(due.latest, on) if ends else status_of(due.latest, answers[0] if answers else None, on)


def _due(stated: object) -> Date | None:
    """The day of a stated day or instant."""
    if isinstance(stated, Instant):
        return stated.day
    return stated if isinstance(stated, Date) else None


def _fields(act: Account, names: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(act, name, None) for name in names)


def _many(value: object) -> tuple[Ref, ...]:
    return cast("tuple[Ref, ...]", value if isinstance(value, tuple) else _some(value))
