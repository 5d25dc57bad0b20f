"""Rights: the answer to "may this party do that today", with the facts and provisions that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts.charter import ProvisionSet
from chancery.rules.rights import ANSWERS
from chancery.values import Date, Phrase, phrase
from chancery.views.base import Column, Row, View, label
from chancery.views.cells import ACCOUNTS, accounts_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Account, Fact, Register
    from chancery.rules.rights import May

COLUMNS = (
    Column("sort", phrase("Rests on"), "code", about="`rule`, `fact`, or `words`: a provision kept as words only"),
    Column("what", phrase("What"), "phrase", about="the provision, or the act"),
    Column("effective", phrase("Day"), "date", about="when it took effect"),
    Column("evidence", phrase("Evidence"), "code", about="of a provision: `text`, `reported` or `unverified`"),
    ACCOUNTS,
)

BEARING: dict[str, tuple[str, ...]] = {"vote": ("vot", "member", "provisional"), "attend": ("observer", "meeting")}
"""By which words in their matter provisions that are kept as words are shown beside an answer; nothing hangs on it."""


def rights_view(may: May, register: Register) -> View:
    """An answer as a table of what it rests on; the answer itself and its reasons lead it."""
    return View(
        name="may",
        title=phrase("{party:name}: {kind}, in {body:name}", party=may.party, kind=asked(may), body=may.body),
        columns=COLUMNS,
        rows=tuple(_rows(may, register)),
        notes=tuple(_notes(may)),
        lead=(*_lead(may), _standing(may)),
    )


def rights_data(may: May) -> dict[str, object]:
    """An answer as data, before its rows."""
    return {
        "party": may.party,
        "body": may.body,
        "kind": may.power,
        "matter": may.matter,
        "answer": may.answer,
        "because": [str(each) for each in may.because],
        "open": [str(each) for each in may.open],
        "standing": may.standing.standing,
        "standing_because": str(may.standing.reason),
        "articles": list(dict.fromkeys(each.article for each in may.rests)),
    }


def asked(may: May) -> Phrase:
    """What is asked about: a power, perhaps on one kind of matter."""
    if may.matter is None:
        return label(may.power)
    return phrase("{power} on {matter}", power=label(may.power), matter=may.matter)


def _lead(may: May) -> Iterator[Phrase]:
    said = phrase("{answer}.", answer=ANSWERS[may.answer])
    for each in may.because:
        said = phrase("{first} {then}", first=said, then=each)
    yield said


def _standing(may: May) -> Phrase:
    """The standing of the party, since when, and the article on admission."""
    ruling = may.standing
    reason = phrase("{reason}.", reason=ruling.reason)
    if ruling.standing is None or ruling.since is None:
        return phrase("No standing: {reason}", reason=reason)
    said = label(ruling.standing)
    return phrase("Standing: {standing}, since {day:date}: {reason}", standing=said, day=ruling.since, reason=reason)


def _notes(may: May) -> Iterator[Phrase]:
    yield from may.open
    yield phrase(
        "An answer by what is on record and by typed rules only; where they are silent, nothing is allowed by it."
    )


def _rows(may: May, register: Register) -> Iterator[Row]:
    """The provisions, then the stack of facts, then what is kept as words and may bear on it."""
    provisions = {fact.act.id: fact for fact in register.of(ProvisionSet)}
    ruled = dict.fromkeys(each.entry for each in may.rests)
    if may.admission is not None:
        ruled[may.admission.provision.id] = None
    yield from (_provision("rule", provisions[entry], register) for entry in ruled)
    for fact in register.stack(may.party, may.body):
        yield _row("fact", label(getattr(fact.act, "step", None) or fact.act.kind), fact, register)
    for entry, fact in provisions.items():
        if entry not in ruled and _bears(fact, may):
            yield _provision("words", fact, register)


def _bears(fact: Fact[ProvisionSet], may: May) -> bool:
    """Whether a provision without a rule, in force on the day, is of a matter that may bear on what is asked."""
    act = fact.act
    words = BEARING.get(may.power, (may.power.replace("_", " "),))
    return act.body == may.body and act.rule is None and any(word in act.matter.casefold() for word in words)


def _provision(sort: str, fact: Fact[ProvisionSet], register: Register) -> Row:
    act = fact.act
    said = phrase("{article}, {matter}: {words}", article=act.article, matter=act.matter, words=act.words)
    return _row(sort, said, fact, register, act.evidence)


def _row(sort: str, what: Phrase, fact: Fact[Account], register: Register, evidence: str | None = None) -> Row:
    day: Date = fact.act.effective
    cells = {
        "sort": sort,
        "what": what,
        "effective": day,
        "evidence": evidence,
        "accounts": accounts_cell(fact, register),
    }
    return Row(cells, fact.agreement, fact.entries)
