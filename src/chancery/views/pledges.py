"""Pledges beside what came of them: what each pledged, what it committed, what was received of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from chancery.acts.money import CommitmentMade, ContributionReceived, PledgeMade
from chancery.values import Date, Phrase, phrase
from chancery.views.base import Column, Row, Scope, agreement_of, entries_of, view
from chancery.views.cells import Cell, caveats, cells_of, fact_cell, mark, named, run, spoken, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.register import Account, Fact, Register
    from chancery.values import Ref

KINDS_SHOWN: tuple[type[Account], ...] = (PledgeMade, CommitmentMade, ContributionReceived)
SORTS: dict[str, type[Account]] = {
    "pledged": PledgeMade,
    "committed": CommitmentMade,
    "received": ContributionReceived,
}


def brief_sums(cell: object) -> Iterator[Phrase]:
    """Each sum or thing, with its day and for whom; that nothing is on record is said too."""
    facts = cells_of(cast("Cell", cell)["facts"])
    for each in facts:
        what = spoken(each["money"]) or spoken(each["in_kind"]) or phrase("no sum is told")
        people = phrase("{n:number} people", n=cast("int", each["personnel"])) if each["personnel"] else None
        day = phrase("{day:date}", day=cast("Date", each["effective"]))
        yield mark(each, run(what, people, named(phrase("to"), each["to"]), day))
    if not facts:
        yield phrase("nothing on record")


@view(
    "pledges",
    "Pledges, and what came of them",
    Column("by", phrase("By"), "refs", about="whose money; several where one sum is given for all"),
    *(
        Column(
            sort,
            heading,
            "record",
            brief=brief_sums,
            about="`facts`, each with its `money`, `personnel`, `in_kind`, `to`",
        )
        for sort, heading in (
            ("pledged", phrase("Pledged")),
            ("committed", phrase("Committed")),
            ("received", phrase("Money received")),
        )
    ),
)
def pledge_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """Whoever pledged, committed or gave anything, with each beside the other; nothing is added up."""
    found = within(scope, register.of_any(KINDS_SHOWN))
    givers: dict[frozenset[Ref], list[Fact[Account]]] = {}
    for fact in found:
        by = _by(fact)
        if by and scope.party in (None, *by, fact.stated("to")):
            givers.setdefault(frozenset(by), []).append(fact)
    for facts in givers.values():
        cells = {
            sort: {"facts": [_sum(each) for each in facts if isinstance(each.act, kind)]}
            for sort, kind in SORTS.items()
        }
        yield Row({"by": _by(facts[0]), **cells}, agreement_of(facts), entries_of(facts))
    yield from caveats(register, scope, found, KINDS_SHOWN)
    if givers:
        yield phrase("A pledge is not a payment. That nothing is on record does not say that nothing was paid.")


def _by(fact: Fact[Account]) -> Sequence[Ref]:
    return cast("tuple[Ref, ...]", fact.stated("by") or ())


def _sum(fact: Fact[Account]) -> Cell:
    return fact_cell(fact, **{name: fact.stated(name) for name in ("money", "personnel", "in_kind", "to")})
