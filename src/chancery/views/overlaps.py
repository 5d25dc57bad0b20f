"""Overlaps: one person on several bodies, or on a body and in an office, with what ties the two on record."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chancery.acts import KINDS
from chancery.acts.money import MoneyAct
from chancery.acts.statements import StatementMade
from chancery.rules.overlaps import Overlap, Post, overlaps
from chancery.values import Phrase, family, phrase
from chancery.views.base import Column, Row, Scope, agreement_of, entries_of, label, view
from chancery.views.cells import Cell, accounts_cell, brief_accounts, caveats, cells_of, fact_cell, mark, words_of
from chancery.views.oversight import lines
from chancery.views.seats import KINDS_SHOWN, appointed, in_office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Account, Fact, Register

MONEY_KINDS: tuple[type[Account], ...] = tuple(kind for kind in KINDS.values() if issubclass(kind, MoneyAct))


def brief_ties(cell: object) -> Iterator[Phrase]:
    """What ties the two: each act on record, in words where it has some."""
    for tie in cells_of(cell):
        words = tie["words"]
        said = label(str(tie["kind"]))
        yield mark(tie, said if words is None else phrase("{what}: {words}", what=said, words=words))  # type: ignore[arg-type]  # Tongues


@view(
    "overlaps",
    "One person, several bodies or offices",
    Column("person", phrase("Person"), "ref", about="who"),
    Column("overlap", phrase("Overlap"), "code", about="`two_bodies` or `body_and_office`"),
    Column("body", phrase("Body"), "ref", about="a body on which the person sits"),
    Column("post", phrase("Post there"), "ref", about="the post on it"),
    Column("since", phrase("Since"), "date", about="since when", aside=True),
    Column("other", phrase("Also"), "ref", about="the other body, or whose office it is"),
    Column("other_post", phrase("Post there"), "ref", about="the post on it, or the office"),
    Column("other_since", phrase("Since"), "date", about="since when", aside=True),
    Column(
        "ties",
        phrase("What ties the two"),
        "record",
        brief=brief_ties,
        about="facts with `words`: lines of oversight, money, statements that name both, or the person and one of them",
        aside=True,
    ),
    Column(
        "accounts", phrase("Said by"), "record", brief=brief_accounts, about="accounts of the two posts", aside=True
    ),
)
def overlap_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """Every two posts of one person on the day, at least one of them a seat on a body. It finds no fault in them."""
    found = [each for each in _all(register) if _fits(scope, each)]
    yield from (_row(each, register) for each in found)
    facts = [fact for each in found for fact in (each.first.fact, each.second.fact)]
    yield from caveats(register, scope, list({fact.order: fact for fact in facts}.values()), KINDS_SHOWN)
    if found:
        yield phrase("An overlap is shown, not judged: whether it is a conflict of interest is for the charter to say.")


@lru_cache(maxsize=4)
def _all(register: Register) -> list[Overlap]:
    """Every overlap: found once for the views of a register that are narrowed each to a party."""
    return [*overlaps(_posts(register), _bonds(register))]


def _posts(register: Register) -> Iterator[Post]:
    for seat in appointed(register):
        act = seat.fact.act
        if family(act.person) == "person":
            yield Post(act.person, act.body, seat.fact, act.office)
    for office in in_office(register):
        held = office.fact.act
        yield Post(held.person, held.of or held.office, office.fact, held.office, is_seat=False)


def _bonds(register: Register) -> list[Fact[Account]]:
    return [*(line.fact for line in lines(register)), *register.of_any(MONEY_KINDS), *register.of(StatementMade)]


def _fits(scope: Scope, each: Overlap) -> bool:
    return scope.takes(body=(each.first.of, each.second.of), party=each.person)


def _row(each: Overlap, register: Register) -> Row:
    first, second = each.first, each.second
    cells: dict[str, object] = {
        "person": each.person,
        "overlap": each.sort,
        "body": first.of,
        "post": first.office,
        "since": first.fact.act.effective,
        "other": second.of,
        "other_post": second.office,
        "other_since": second.fact.act.effective,
        "ties": [_tie(bond) for bond in each.bonds],
        "accounts": [*accounts_cell(first.fact, register), *accounts_cell(second.fact, register)],
    }
    facts = [first.fact, second.fact]
    return Row(cells, agreement_of(facts), entries_of([*facts, *each.bonds]))


def _tie(bond: Fact[Account]) -> Cell:
    return fact_cell(bond, words=words_of(bond))
