"""Statements: who said what about whom; each claim stays its speaker's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts.parties import DesignationLifted, DesignationMade, RelationStated
from chancery.acts.statements import PositionTaken, StatementDenied, StatementMade
from chancery.values import Phrase, phrase
from chancery.views.base import Column, Row, Scope, row, view
from chancery.views.cells import ACCOUNTS, EFFECTIVE, accounts_cell, caveats, refs_in, within, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Account, Fact, Register
    from chancery.values import Ref

KINDS_SHOWN: tuple[type[Account], ...] = (
    StatementMade,
    StatementDenied,
    PositionTaken,
    RelationStated,
    DesignationMade,
    DesignationLifted,
)


@view(
    "statements",
    "Statements and positions",
    EFFECTIVE,
    Column("kind", phrase("What"), "code", about="kind of act"),
    Column(
        "speaker",
        phrase("Speaker"),
        "ref",
        about="who said it: a ref, or how the source calls whoever it does not name",
    ),
    Column("on_behalf_of", phrase("On behalf of"), "ref", about="for whom the speaker spoke", aside=True),
    Column("about", phrase("About"), "refs", about="what it is about"),
    Column(
        "stance",
        phrase("Stance"),
        "code",
        about="`supports`, `welcomes`, `ready` ...; relation or designation",
        aside=True,
    ),
    Column("denies", phrase("Denies"), about="the entry that it denies", aside=True),
    Column("words", phrase("In words"), "words", about="what was said, in the record's words"),
    Column("channel", phrase("Channel"), about="how it was said", aside=True),
    ACCOUNTS,
)
def statement_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """Every statement, denial, position, relation and designation, oldest first."""
    found = within(scope, register.of_any(KINDS_SHOWN))
    yield from (_row(fact, register) for fact in found)
    yield from caveats(register, scope, found, KINDS_SHOWN)


def _row(fact: Fact[Account], register: Register) -> Row:
    act = fact.act
    return row(
        fact,
        effective=act.effective,
        kind=act.kind,
        speaker=act.speaker or act.speaker_as or getattr(act, "by", None),
        on_behalf_of=act.on_behalf_of,
        about=_about(act),
        stance=next((found for name in STANCES if (found := getattr(act, name, None)) is not None), None),
        denies=getattr(act, "denies", None),
        words=words_of(fact),
        channel=act.channel,
        accounts=accounts_cell(fact, register),
    )


STANCES = ("stance", "relation", "designation")


def _about(act: Account) -> tuple[Ref, ...]:
    about: tuple[Ref, ...] | None = getattr(act, "about", None)
    if about is not None:
        return about
    return tuple(sorted(refs_in(act) - {act.speaker, act.on_behalf_of, getattr(act, "by", None)}))
