"""Votes: how each party voted on each motion, by name, as a ballot or a tally that names sides tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts.decisions import VoteCast, VoteCounted
from chancery.values import Phrase, phrase
from chancery.views.base import Column, Row, Scope, row, view
from chancery.views.cells import ACCOUNTS, EFFECTIVE, accounts_cell, caveats, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Account, Fact, Register
    from chancery.values import Ref

KINDS_SHOWN: tuple[type[Account], ...] = (VoteCast, VoteCounted)
SIDES = {"for_by": "yes", "against_by": "no", "abstained_by": "abstain"}


@view(
    "votes",
    "Votes by name",
    EFFECTIVE,
    Column("motion", phrase("Motion"), "ref", about="what was voted on"),
    Column("body", phrase("Body"), "ref", about="the body that voted", aside=True),
    Column("party", phrase("Party"), "ref", about="who voted"),
    Column("choice", phrase("Vote"), "code", about="`yes`, `no`, `abstain`, `absent`, `recused`, `not_voting`"),
    Column("proxy_for", phrase("For"), "ref", about="whose vote it was, where another cast it", aside=True),
    Column("casting", phrase("Casting vote"), "flag", about="`true` of the chair's vote on a tie", aside=True),
    Column("call", phrase("Call"), "number", about="which call of the vote, where it was called again", aside=True),
    Column("words", phrase("In words"), "words", about="the explanation of vote"),
    ACCOUNTS,
)
def vote_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """Every vote that is told by name, oldest first."""
    found = within(scope, register.of_any(KINDS_SHOWN))
    for fact in found:
        concerned = {getattr(fact.act, name, None) for name in ("motion", "meeting", "proxy_for")}
        for party, choice in _by_name(fact):
            if scope.party in (None, party, *concerned):
                yield _row(fact, register, party, choice)
    yield from caveats(register, scope, found, KINDS_SHOWN)


def _by_name(fact: Fact[Account]) -> Iterator[tuple[Ref, str]]:
    """Whom an act tells of, and how each voted."""
    act = fact.act
    if isinstance(act, VoteCast):
        yield act.party, act.choice
    for field, choice in SIDES.items():
        for party in getattr(act, field, ()):
            yield party, choice


def _row(fact: Fact[Account], register: Register, party: Ref, choice: str) -> Row:
    act = fact.act
    call = getattr(act, "call", 1)
    return row(
        fact,
        effective=act.effective,
        motion=getattr(act, "motion", None),
        body=getattr(act, "body", None),
        party=party,
        choice=choice,
        proxy_for=getattr(act, "proxy_for", None),
        casting=True if getattr(act, "casting", False) else None,
        call=call if call > 1 else None,
        words=fact.stated("explanation"),
        accounts=accounts_cell(fact, register),
    )
