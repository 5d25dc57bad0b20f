"""Duties: what the charter, mandates, terms and letters make due, and what the record holds of its being done."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chancery.acts.bodies import MandateGiven
from chancery.acts.charter import InstrumentEnteredIntoForce, ProvisionSet
from chancery.rules.duties import DueStatus
from chancery.values import Phrase, phrase
from chancery.views.base import Column, Row, Scope, agreement_of, entries_of, label, view
from chancery.views.cells import account_cell, caveats, fact_cell, mark, run, said_by
from chancery.views.decision_dues import by_decision
from chancery.views.dues import Item, by_charter, by_deadline, by_mandate, by_term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Account, Fact, Register

STATUSES: dict[DueStatus, Phrase] = {
    "done": phrase("done"),
    "done_late": phrase("done late"),
    "done_perhaps_late": phrase("done; whether late is open"),
    "overdue": phrase("due, its day is past"),
    "due": phrase("due soon"),
    "upcoming": phrase("upcoming"),
    "ended": phrase("its day is past"),
    "prevented": phrase("prevented"),
    "undated": phrase("no day on record"),
}

NOTHING = phrase("nothing is recorded")


def brief_status(cell: object) -> Iterator[Phrase]:
    """A status on paper: what is past its day is due, and no more is said of it."""
    yield STATUSES[cell]  # type: ignore[index]  # a status


def brief_provision(cell: object) -> Iterator[Phrase]:
    """The article and the evidence for it."""
    if isinstance(cell, dict):
        evidence = label(str(cell["evidence"]))
        yield phrase(
            "{instrument:name}, {article} ({evidence})",
            instrument=cell["instrument"],
            article=cell["article"],
            evidence=evidence,
        )


def recorded(item: Item, register: Register) -> Phrase:
    """What is on record of it: the acts with their days and sources; or that nothing is."""
    if item.done:
        return run(*(_told(fact, register) for fact in item.done))
    return NOTHING if item.sort in ("duty", "deadline") else phrase("nothing on record changes it")


def _told(fact: Fact[Account], register: Register) -> Phrase:
    source = said_by(account_cell(fact.act, register))
    day = phrase("{kind} {day:date}: {source}", kind=label(fact.act.kind), day=fact.act.effective, source=source)
    return mark(fact_cell(fact), day)


@view(
    "duties",
    "Duties, ends and deadlines",
    Column("sort", phrase("Sort"), "code", about="`duty`, `end`, `mandate`, `term` or `deadline`", aside=True),
    Column("matter", phrase("What"), "words", about="what is due or ends, in the words of the provision or the act"),
    Column(
        "what",
        phrase("Of"),
        "ref",
        about="the mandate, body, person, directive, request, motion, decision or meeting that it concerns",
        aside=True,
    ),
    Column("owed_by", phrase("Owed by"), "refs", about="who owes it"),
    Column("owed_to", phrase("Owed to"), "refs", about="to whom it is owed", aside=True),
    Column("number", phrase("No."), "number", about="which occurrence of a duty that recurs", aside=True),
    Column("due", phrase("Due by"), "date", about="the day; null where it hangs on a fact that is not on record"),
    Column(
        "status",
        phrase("Status"),
        "code",
        brief=brief_status,
        about="`done`, `done_late`, `done_perhaps_late`, `overdue` (past its day, nothing on record), `due` (within 30 "
        "days), `upcoming`, `ended`, `prevented`, `undated`",
    ),
    Column("recorded", phrase("On record"), "phrase", about="in words: what is recorded, or that nothing is"),
    Column(
        "done_by",
        phrase("Done by"),
        "record",
        shown=False,
        about="the facts that discharge or prevent it, each with its `account`; empty where none is on record",
    ),
    Column(
        "provision",
        phrase("Under"),
        "record",
        brief=brief_provision,
        about="`instrument`, `version`, `article`, `evidence`, `witnesses`, `entry`; null where no provision sets it",
        aside=True,
    ),
    Column(
        "counted_from",
        phrase("Counted from"),
        "date",
        about="the entry into force from which the day is counted",
        aside=True,
    ),
)
def duty_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """What is due, done or past its day, soonest first; that nothing is recorded is said, and no more."""
    found = [item for item in _items(register) if scope.takes(body=item.refs, party=item.refs)]
    yield from (_row(item, register) for item in found)
    yield from caveats(register, scope, [], (ProvisionSet, MandateGiven, InstrumentEnteredIntoForce))
    if any(item.status == "overdue" for item in found):
        yield phrase(
            "That nothing is recorded says only that this record holds nothing; it is not said to be a default."
        )
    if any(item.counted_from is not None for item in found):
        yield phrase("A day counted from an entry into force is as certain, or as disputed, as that entry into force.")
    yield phrase("The n-th act on record is taken to discharge the n-th occurrence of a duty.")


@lru_cache(maxsize=4)
def _items(register: Register) -> list[Item]:
    """All that is due, soonest first: gathered once for the views of a register that are narrowed each to a party."""
    charter = [*by_charter(register)]
    gathered = (
        *charter,
        *by_mandate(register, charter),
        *by_term(register),
        *by_deadline(register),
        *by_decision(register),
    )
    return sorted(gathered, key=_soonest)


def _soonest(item: Item) -> tuple[bool, int, str]:
    return item.due is None, item.due.latest if item.due is not None else 0, item.sort


def _row(item: Item, register: Register) -> Row:
    done = [fact_cell(fact, account=account_cell(fact.act, register)) for fact in item.done]
    cells: dict[str, object] = {
        "sort": item.sort,
        "matter": item.matter,
        "what": item.what,
        "owed_by": item.owed_by,
        "owed_to": item.owed_to,
        "number": item.number,
        "due": item.due,
        "status": item.status,
        "recorded": recorded(item, register),
        "done_by": done,
        "provision": item.provision,
        "counted_from": item.counted_from,
    }
    return Row(cells, agreement_of(item.facts), entries_of(item.facts))
