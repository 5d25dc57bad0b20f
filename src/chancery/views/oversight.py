"""Oversight: who appoints, directs, supervises, guides, commands, reports to, funds or audits whom, and who says so."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chancery.acts.bodies import OversightEnded, OversightSet
from chancery.rules.sitting import perhaps_by_day
from chancery.rules.terms import Ends, Held, held
from chancery.values import Phrase, phrase
from chancery.views.base import Column, Row, Scope, entries_of, view
from chancery.views.cells import ACCOUNTS, accounts_cell, caveats

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.register import Account, Register


@lru_cache(maxsize=4)
def lines(register: Register) -> Sequence[Held[OversightSet]]:
    """The lines of oversight that hold on the day, or may; found once for the views of a register."""
    ends = Ends(
        _same_line, register.of(OversightEnded), perhaps_by_day(register, register.reading.on, OversightEnded.kind)
    )
    return tuple(held(register.of(OversightSet), ends, register.reading.on))


def _same_line(one: Account, other: Account) -> bool:
    return all(getattr(one, name, None) == getattr(other, name, None) for name in OversightSet.identity)


@view(
    "oversight",
    "Lines of oversight",
    Column("subject", phrase("Who"), "ref", about="who stands over, or answers to"),
    Column(
        "relation",
        phrase("Relation"),
        "code",
        about="`appoints`, `directs`, `supervises`, `guides`, `commands`, `reports_to`, `funds`, `audits`",
    ),
    Column("object", phrase("Whom"), "ref", about="the other end of the line"),
    Column("since", phrase("Since"), "date", about="since when"),
    Column("until", phrase("Until"), "date", about="the stated end", aside=True),
    Column(
        "holds",
        phrase("Holds"),
        "code",
        about="`yes`; `undecided` where the end is not known, or may have come",
        aside=True,
    ),
    Column("instrument", phrase("Instrument"), "ref", about="under which instrument", aside=True),
    Column("words", phrase("In words"), "words", about="what it says, in the record's words", aside=True),
    ACCOUNTS,
)
def oversight_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """Every line of oversight that holds on the day, as somebody claims it; a body or party may be at either end."""
    found = [each for each in lines(register) if _fits(scope, each.fact.act)]
    yield from (_row(each, register) for each in found)
    yield from caveats(register, scope, [each.fact for each in found], (OversightSet,))
    if found:
        yield phrase("Each line is a claim of whoever is named beside it; lines of two sources may not fit together.")


def _fits(scope: Scope, act: OversightSet) -> bool:
    ends = (act.subject, act.object)
    return scope.takes(body=ends, party=ends)


def _row(each: Held[OversightSet], register: Register) -> Row:
    fact = each.fact
    cells = {
        "subject": fact.act.subject,
        "relation": fact.act.relation,
        "object": fact.act.object,
        "since": fact.act.effective,
        "until": each.until,
        "holds": each.holds,
        "instrument": fact.stated("instrument"),
        "words": fact.stated("words"),
        "accounts": accounts_cell(fact, register),
    }
    return Row(cells, fact.agreement, entries_of([fact, *each.beside]))
