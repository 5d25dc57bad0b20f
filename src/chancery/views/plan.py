"""The plan: its points, its phases as claims by named actors, its conditions as each side sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts.plan import ConditionAssessed, ConditionSet, PhaseDeclared, PhaseDisputed, PlanPublished
from chancery.rules.disputes import Clash, assessed_apart, phases_disputed
from chancery.values import Date, Phrase, phrase
from chancery.views.base import Column, Row, Scope, agreement_of, entries_of, label, view
from chancery.views.cells import (
    ACCOUNTS,
    EFFECTIVE,
    Cell,
    account_cell,
    accounts_cell,
    caveats,
    cells_of,
    fact_cell,
    mark,
    run,
    said_by,
    spoken,
    within,
)
from chancery.views.invitations import brief_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chancery.register import Account, Fact, Register
    from chancery.values import Ref

KINDS_SHOWN: tuple[type[Account], ...] = (PlanPublished, PhaseDeclared, PhaseDisputed, ConditionSet, ConditionAssessed)


def brief_beside(cell: object) -> Iterator[Phrase]:
    """Each dispute or assessment: what, by whom, when, where it is written."""
    for each in cells_of(cell):
        who = spoken(each["by"]) or phrase("by whom is not said")
        day = each["effective"] if isinstance(each["effective"], Date) else Date.of("XXXX-XX-XX")
        what = label(str(each["assessment"] or each["kind"]))
        account = each["account"]
        source = said_by(account) if isinstance(account, dict) else phrase("")
        yield mark(each, run(what, who, phrase("{day:date}: {source}", day=day, source=source)))


@view(
    "plan",
    "The plan: phases and conditions",
    Column("item", phrase("Item"), "code", about="`plan`, `phase` or `condition`", aside=True),
    Column("plan", phrase("Plan"), "ref", about="the plan", aside=True),
    Column("phase", phrase("Phase"), "ref", about="the phase, of a phase or a condition"),
    Column("condition", phrase("Condition"), "ref", about="the condition"),
    Column("state", phrase("State"), "code", about="`published`; `begun`, `complete`, `suspended`, `disputed`; `set`"),
    Column("by", phrase("By"), "refs", about="whose claim or act it is"),
    EFFECTIVE,
    Column(
        "points",
        phrase("Points"),
        "texts",
        brief=brief_texts,
        about="the plan's points, in the record's words",
        aside=True,
    ),
    Column("words", phrase("In words"), "words", about="what it says, in the record's words"),
    Column(
        "beside",
        phrase("What others say"),
        "record",
        brief=brief_beside,
        about="disputes of the phase, assessments of the condition: facts with `by`, `assessment`, `words`, `account`",
        aside=True,
    ),
    ACCOUNTS,
)
def plan_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """Plans, then phases as claims, then conditions, each with what others say of it."""
    apart = _apart(register)
    published = within(scope, register.of(PlanPublished))
    phases = within(scope, [*register.of(PhaseDeclared), *_undeclared(register)])
    conditions = within(scope, register.of(ConditionSet))
    yield from (_row(fact, register, (), apart, item="plan", state="published") for fact in published)
    for fact in phases:
        disputes = [each for each in register.of(PhaseDisputed) if each.act.phase == _of(fact, "phase")]
        state = getattr(fact.act, "state", "disputed")
        yield _row(fact, register, [each for each in disputes if each is not fact], apart, item="phase", state=state)
    for fact in conditions:
        assessed = [each for each in register.of(ConditionAssessed) if each.act.condition == _of(fact, "condition")]
        yield _row(fact, register, assessed, apart, item="condition", state="set")
    yield from _unset(register, scope, apart)
    yield from caveats(register, scope, [*published, *phases, *conditions], KINDS_SHOWN)
    if phases:
        yield phrase("A phase is shown as a claim of whoever declares it; the record does not say that it has begun.")


def _of(fact: Fact[Account], field: str) -> object:
    return getattr(fact.act, field, None)


def _undeclared(register: Register) -> list[Fact[PhaseDisputed]]:
    """Disputes of phases that nobody on record declares."""
    declared = {fact.act.phase for fact in register.of(PhaseDeclared)}
    return [fact for fact in register.of(PhaseDisputed) if fact.act.phase not in declared]


def _unset(register: Register, scope: Scope, apart: frozenset[str]) -> Iterator[Row]:
    """Conditions that somebody assesses though no account of their being set is on record."""
    known = {fact.act.condition for fact in register.of(ConditionSet)}
    lone: dict[Ref, list[Fact[ConditionAssessed]]] = {}
    for fact in register.of(ConditionAssessed):
        if fact.act.condition not in known:
            lone.setdefault(fact.act.condition, []).append(fact)
    for found in lone.values():
        if within(scope, found):
            yield _row(found[0], register, found, apart, item="condition", state=None)


def _apart(register: Register) -> frozenset[str]:
    """The entries of facts that speak against each other."""
    clashes: list[Clash] = [
        *phases_disputed(register.of(PhaseDeclared), register.of(PhaseDisputed)),
        *assessed_apart(register.of(ConditionAssessed)),
    ]
    return frozenset(fact.act.id for clash in clashes for fact in clash.facts)


def _row(  # what the three sorts of row differ in
    fact: Fact[Account],
    register: Register,
    beside: Iterable[Fact[Account]],
    apart: frozenset[str],
    *,
    item: str,
    state: str | None,
) -> Row:
    others = list(beside)
    cells: dict[str, object] = {
        "item": item,
        **{name: _of(fact, name) for name in ("plan", "phase", "condition")},
        "state": state,
        "by": _many(fact.stated("by")) if state is not None else (),
        "effective": fact.act.effective if state is not None else None,
        "points": fact.stated("points") or (),
        "words": fact.stated("words") or fact.stated("reason") if state is not None else None,
        "beside": [_beside(each, register) for each in others],
        "accounts": accounts_cell(fact, register) if state is not None else [],
    }
    facts = list({each.act.id: each for each in (fact, *others)}.values())
    agreement = agreement_of(facts)
    spoken_against = agreement == "agreed" and any(each.act.id in apart for each in facts)
    return Row(cells, "contested" if spoken_against else agreement, entries_of(facts))


def _many(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _beside(fact: Fact[Account], register: Register) -> Cell:
    return fact_cell(
        fact,
        by=fact.stated("by"),
        assessment=_of(fact, "assessment"),
        words=fact.stated("words") or fact.stated("reason"),
        account=account_cell(fact.act, register),
    )
