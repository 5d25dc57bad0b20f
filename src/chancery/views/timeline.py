"""The timeline: every fact in order, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts.parties import PartyDescribed
from chancery.acts.registrar import OWN
from chancery.values import UNKNOWN, Phrase, phrase
from chancery.views.base import COLUMNS, Column, Row, Scope, View, row, view
from chancery.views.cells import ACCOUNTS, EFFECTIVE, accounts_cell, caveats, concerning, refs_in, words_of
from chancery.views.disputes import identified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chancery.register import Account, Fact, Register

ABOUT_THE_RECORD = (PartyDescribed, *OWN)
"""Kinds that tell of the record's parties and entries, and mostly have no day."""


@view(
    "timeline",
    "Timeline",
    EFFECTIVE,
    Column("kind", phrase("What"), "code", about="kind of act"),
    Column("about", phrase("About"), "refs", about="what identifies the act: party, body, meeting ..."),
    Column("others", phrase("Also named"), "refs", shown=False, about="every other ref that it names"),
    Column("words", phrase("In words"), "words", about="its words, reason or terms, else the record's note"),
    Column("speaker", phrase("Speaker"), "ref", shown=False, about="who said it, by the preferred account"),
    Column("on_behalf_of", phrase("On behalf of"), "ref", shown=False, about="for whom the speaker spoke"),
    Column("source", phrase("Source"), "ref", shown=False, about="the preferred account's source"),
    ACCOUNTS,
)
def timeline_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """Every fact in force, oldest first; descriptions and withdrawals without a day are counted, not listed."""
    facts = concerning(register, scope)
    dated = [fact for fact in facts if fact.act.effective != UNKNOWN or not isinstance(fact.act, ABOUT_THE_RECORD)]
    yield from (_row(fact, register) for fact in dated)
    kinds = {type(fact.act) for fact in register.undecided} - set(ABOUT_THE_RECORD)
    yield from caveats(register, scope, dated, kinds)
    if len(dated) < len(facts):
        left_out = len(facts) - len(dated)
        yield phrase("Left out: {n:number} descriptions, and withdrawals of entries, without a day.", n=left_out)


def timeline_of(register: Register, facts: Iterable[Fact[Account]]) -> View:
    """Some facts as a timeline, in the order in which they are given."""
    return View(
        name="timeline",
        title=phrase("Timeline"),
        columns=COLUMNS["timeline"],
        rows=tuple(_row(fact, register) for fact in facts),
    )


def _row(fact: Fact[Account], register: Register) -> Row:
    accounts = accounts_cell(fact, register)
    about = identified(fact.act)
    return row(
        fact,
        effective=fact.act.effective,
        kind=fact.act.kind,
        about=about,
        others=tuple(sorted(refs_in(fact.act).difference(about))),
        words=words_of(fact),
        speaker=fact.act.speaker or fact.act.speaker_as,
        on_behalf_of=fact.act.on_behalf_of,
        source=accounts[0]["source"],
        accounts=accounts,
    )
