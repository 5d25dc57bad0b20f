"""Invitations: who was invited by whom to what, every reply, and the four dates of each letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts import KINDS, Act
from chancery.acts.invitations import InvitationAct
from chancery.acts.statements import PositionTaken
from chancery.values import Phrase, phrase
from chancery.views.base import Column, Row, Scope, row, view
from chancery.views.cells import ACCOUNTS, EFFECTIVE, accounts_cell, caveats, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Account, Fact, Register

KINDS_SHOWN: tuple[type[Act], ...] = (
    *(kind for kind in KINDS.values() if issubclass(kind, InvitationAct)),
    PositionTaken,
)


def brief_texts(cell: object) -> Iterator[Phrase]:
    """Each of several texts."""
    for text in cell if isinstance(cell, tuple) else ():
        yield phrase("{text}", text=text)


@view(
    "invitations",
    "Invitations and replies",
    Column("party", phrase("Party"), "ref", about="who is invited: the State, not its head"),
    Column("body", phrase("Body"), "ref", about="by or for which body"),
    Column("to", phrase("Invited to"), "code", about="`membership`, `observer`, `meeting`, `ceremony` or `body`"),
    Column("meeting", phrase("Meeting"), "ref", about="which meeting or ceremony", aside=True),
    Column("kind", phrase("What"), "code", about="kind of act"),
    Column("step", phrase("Step"), "code", shown=False, about="step towards membership, if it is one"),
    Column(
        "extent",
        phrase("Extent"),
        "code",
        about="`in_principle`, `in_full`; `final` ...; or a position's stance",
        aside=True,
    ),
    EFFECTIVE,
    Column("by", phrase("Invited by"), "ref", about="who invites", aside=True),
    Column("addressee", phrase("Addressed to"), "ref", about="to whom the letter is addressed", aside=True),
    Column("written", phrase("Written"), "date", about="the date on the letter", aside=True),
    Column("sent", phrase("Sent"), "date", about="when it left", aside=True),
    Column("received", phrase("Received"), "date", about="when it arrived", aside=True),
    Column("published", phrase("Published"), "date", about="when it was made public", aside=True),
    Column("deadline", phrase("Answer by"), "date", about="the day by which an answer is asked", aside=True),
    Column(
        "subject_to", phrase("Subject to"), "texts", brief=brief_texts, about="what the reply is subject to", aside=True
    ),
    Column(
        "declarations",
        phrase("Declarations"),
        "texts",
        brief=brief_texts,
        about="declarations made with it",
        aside=True,
    ),
    Column("words", phrase("In words"), "words", shown=False, about="terms, reason or words, else the record's note"),
    Column("channel", phrase("Channel"), about="how it was sent or said", aside=True),
    Column("speaker", phrase("Speaker"), "ref", shown=False, about="who said it, by the preferred account"),
    Column("on_behalf_of", phrase("On behalf of"), "ref", shown=False, about="for whom the speaker spoke"),
    Column("source", phrase("Source"), "ref", shown=False, about="the preferred account's source"),
    ACCOUNTS,
)
def invitation_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """Every invitation and reply, by party and what it is about, oldest first."""
    found = [
        fact
        for fact in register.of_any(KINDS_SHOWN)
        if scope.takes(body=fact.act.body, party=fact.act.party)  # type: ignore[attr-defined]  # these kinds have both
    ]
    yield from (_row(fact, register) for fact in sorted(found, key=_place))
    yield from caveats(register, scope, found, KINDS_SHOWN)


def _place(fact: Fact[Account]) -> tuple[str, ...]:
    return tuple(str(getattr(fact.act, name, None) or "") for name in ("body", "party", "to", "meeting"))


def _row(fact: Fact[Account], register: Register) -> Row:
    act = fact.act
    accounts = accounts_cell(fact, register)
    stated = ("by", "addressee", "written", "sent", "received", "published", "deadline", "channel")
    return row(
        fact,
        **{name: getattr(act, name, None) for name in ("party", "body", "to", "meeting", "kind", "step")},
        extent=fact.stated("extent") or getattr(act, "stance", None),
        effective=act.effective,
        **{name: fact.stated(name) for name in stated},
        **{name: fact.stated(name) or () for name in ("subject_to", "declarations")},
        words=words_of(fact),
        speaker=act.speaker or act.speaker_as,
        on_behalf_of=act.on_behalf_of,
        source=accounts[0]["source"],
        accounts=accounts,
    )
