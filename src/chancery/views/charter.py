"""The charter: instruments and their versions, provisions article by article, rulings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chancery.acts import KINDS
from chancery.acts.charter import InstrumentAct, ProvisionSet, RulingGiven
from chancery.rules.base import Rule
from chancery.values import Phrase, phrase
from chancery.views.base import Column, Row, Scope, row, view
from chancery.views.cells import ACCOUNTS, EFFECTIVE, accounts_cell, caveats, within, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Account, Fact, Register

INSTRUMENT_ACTS: tuple[type[Account], ...] = tuple(kind for kind in KINDS.values() if issubclass(kind, InstrumentAct))
KINDS_SHOWN: tuple[type[Account], ...] = (*INSTRUMENT_ACTS, ProvisionSet, RulingGiven)
ITEMS = ("instrument", "provision", "ruling")

_NUMBERS = re.compile(r"[0-9]+|\b[IVXLC]+\b")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
LAST = 10**6
"""The place of an article without a number: after those that have one."""


@view(
    "charter",
    "The charter: instruments, provisions, rulings",
    Column("item", phrase("Item"), "code", about="`instrument` (an act on one), `provision` or `ruling`", aside=True),
    Column("instrument", phrase("Instrument"), "ref", about="the treaty, charter or resolution"),
    Column("version", phrase("Version"), about="which version of the text", aside=True),
    Column("article", phrase("Article"), about="the article or paragraph"),
    Column("matter", phrase("Matter"), about="what it is about; of a ruling, the question"),
    Column("kind", phrase("What"), "code", about="kind of act", aside=True),
    Column("body", phrase("Governs"), "ref", about="the body that it governs", aside=True),
    EFFECTIVE,
    Column("by", phrase("By"), "ref", about="by whom, or for whom it is signed", aside=True),
    Column("words", phrase("In words"), "words", about="what it says, in the record's words"),
    Column("evidence", phrase("Evidence"), "code", about="`text`, `reported` or `unverified`"),
    Column("witnesses", phrase("Witnesses"), "refs", shown=False, about="the sources that print or report it"),
    Column("type", phrase("Typed as"), "code", about="the type of its rule; null where it is words only", aside=True),
    Column("rule", phrase("Rule"), "record", shown=False, about="the typed rule"),
    ACCOUNTS,
)
def charter_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """Each instrument's acts, then its provisions in the order of its articles, then rulings."""
    found = within(scope, register.of_any(KINDS_SHOWN))
    yield from (_row(fact, register) for fact in sorted(found, key=place_of))
    yield from caveats(register, scope, found, KINDS_SHOWN)
    silent = sum(isinstance(fact.act, ProvisionSet) and fact.act.rule is None for fact in found)
    if silent:
        yield phrase("{n:number} provisions are words only: no rule is read out of them.", n=silent)


def _item(act: Account) -> str:
    return "provision" if isinstance(act, ProvisionSet) else "ruling" if isinstance(act, RulingGiven) else "instrument"


def place_of(fact: Fact[Account]) -> tuple[str, int, list[int], str, str]:
    """The order of a charter: by instrument, then what kind of item it is, then article, a chapter before its own."""
    act = fact.act
    article = str(getattr(act, "article", None) or "")
    numbers = [_number(number) for number in _NUMBERS.findall(article)] or [LAST]
    return _instrument(act), ITEMS.index(_item(act)), numbers, article, str(getattr(act, "matter", ""))


def _number(written: str) -> int:
    """A number in Arabic or Roman numerals."""
    if written.isdecimal():
        return int(written)
    values = [_ROMAN[letter] for letter in written]
    return sum(-one if one < then else one for one, then in zip(values, [*values[1:], 0], strict=True))


def _instrument(act: Account) -> str:
    return getattr(act, "instrument", None) or ""


def _row(fact: Fact[Account], register: Register) -> Row:
    act = fact.act
    rule = fact.stated("rule")
    return row(
        fact,
        item=_item(act),
        instrument=getattr(act, "instrument", None),
        version=getattr(act, "version", None),
        article=fact.stated("article"),
        matter=getattr(act, "matter", None) or getattr(act, "question", None),
        kind=act.kind,
        body=getattr(act, "body", None),
        effective=act.effective,
        by=fact.stated("by") or fact.stated("announced_by"),
        words=words_of(fact),
        evidence=getattr(act, "evidence", None),
        witnesses=tuple(dict.fromkeys(cite.source for account in fact.accounts for cite in account.cites)),
        type=rule.__struct_config__.tag if isinstance(rule, Rule) else None,
        rule=rule,
        accounts=accounts_cell(fact, register),
    )
