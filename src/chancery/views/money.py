"""Money: each sum by its sort and channel, and a total only where sums are of one sort and one currency, and agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts import KINDS, Act
from chancery.acts.money import MilestoneReached, MoneyAct, ProjectApproved
from chancery.rules.money import Summed, totals
from chancery.values import Phrase, phrase
from chancery.views.base import Column, Row, Scope, agreement_of, entries_of, row, view
from chancery.views.cells import ACCOUNTS, EFFECTIVE, accounts_cell, caveats, within
from chancery.views.invitations import brief_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Account, Fact, Register
    from chancery.values import Money

KINDS_SHOWN: tuple[type[Act], ...] = (
    *(kind for kind in KINDS.values() if issubclass(kind, MoneyAct)),
    ProjectApproved,
    MilestoneReached,
)
SORTS = ("pledged", "committed", "received", "allocated", "disbursed", "approved", "reached")


@view(
    "money",
    "Money by sort",
    Column("item", phrase("Item"), "code", about="`sum`, `personnel`, `in_kind`, `milestone` or `total`"),
    Column("sort", phrase("Sort"), "code", about="`pledged`, `committed`, `received`, `allocated`, `disbursed` ..."),
    Column("through", phrase("Through"), "ref", about="the account or fund that it goes through", aside=True),
    Column("by", phrase("By"), "refs", about="whose money; several where one sum is given for all"),
    Column("to", phrase("To"), "ref", about="for which body, fund or force"),
    Column("at_least", phrase("At least"), "flag", about="`true` where the source says more than", aside=True),
    Column("money", phrase("Sum"), "money", about="`amount` and `currency`, exact; null where no sum is given"),
    Column("personnel", phrase("People"), "number", about="how many people are promised; never money", aside=True),
    Column("in_kind", phrase("In kind"), "words", about="what else is promised", aside=True),
    Column("purpose", phrase("For"), "words", about="what for"),
    Column("period", phrase("Over"), "words", about="over what time", aside=True),
    Column("subject_to", phrase("Subject to"), "texts", brief=brief_texts, about="what it is subject to", aside=True),
    Column("project", phrase("Project"), "ref", about="the project", aside=True),
    Column("milestone", phrase("Milestone"), "ref", about="the milestone that it reaches", aside=True),
    Column("payee", phrase("Paid to"), "ref", about="who is paid", aside=True),
    Column("agreement_number", phrase("Agreement"), about="the number of the agreement", aside=True),
    EFFECTIVE,
    Column("left_out", phrase("Left out"), "number", about="of a total: how many sums it leaves out", aside=True),
    Column("words", phrase("In words"), "phrase", about="of a total: why; else what the source says", aside=True),
    ACCOUNTS,
)
def money_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """Every sum by sort and channel, promises of people apart, then totals, none across sorts or currencies."""
    found = within(scope, register.of_any(KINDS_SHOWN))
    yield from sorted((_row(fact, register) for fact in found), key=_place)
    for summed in sorted(totals(found), key=_total_place):
        yield _total(summed)
    yield from caveats(register, scope, found, KINDS_SHOWN)
    yield phrase("Pledged is not committed, committed is not received, received is not spent: sorts are never added.")


def _place(found: Row) -> tuple[int, int, str]:
    items = ("sum", "personnel", "in_kind", "milestone")
    return items.index(str(found.cells["item"])), SORTS.index(str(found.cells["sort"])), str(found.cells["through"])


def _total_place(summed: Summed) -> tuple[int, str]:
    return SORTS.index(summed.sort) if summed.sort in SORTS else len(SORTS), summed.currency


def _row(fact: Fact[Account], register: Register) -> Row:
    act = fact.act
    names = ("through", "to", "personnel", "in_kind", "purpose", "period", "project", "milestone", "payee")
    return row(
        fact,
        item=_item(fact),
        sort=sort_of(act),
        by=_by(fact),
        at_least=True if getattr(act, "at_least", False) else None,
        money=fact.stated("money"),
        **{name: fact.stated(name) for name in names},
        subject_to=fact.stated("subject_to") or (),
        agreement_number=fact.stated("agreement"),
        effective=act.effective,
        left_out=None,
        words=fact.stated("words") or act.note,
        accounts=accounts_cell(fact, register),
    )


def sort_of(act: Account) -> str:
    """The sort of money that an act is of; a project's approval and milestones are sorts of their own."""
    return getattr(act, "sort", "approved" if isinstance(act, ProjectApproved) else "reached")


def _item(fact: Fact[Account]) -> str:
    if fact.stated("personnel") is not None:
        return "personnel"
    if fact.stated("money") is not None:
        return "sum"
    return "milestone" if isinstance(fact.act, MilestoneReached) else "in_kind"


def _by(fact: Fact[Account]) -> tuple[object, ...]:
    by = fact.stated("by")
    return by if isinstance(by, tuple) else () if by is None else (by,)


def _total(summed: Summed) -> Row:
    left_out = len(summed.facts) - len(summed.counted)
    total: Money | None = summed.total
    cells: dict[str, object] = {
        "item": "total",
        "sort": summed.sort,
        "through": None,
        "by": (),
        "to": None,
        "at_least": True if summed.at_least else None,
        "money": total,
        **dict.fromkeys(("personnel", "in_kind", "purpose", "period", "project")),
        **dict.fromkeys(("milestone", "payee", "agreement_number")),
        "subject_to": (),
        "effective": None,
        "left_out": left_out,
        "words": _why(summed),
        "accounts": [],
    }
    return Row(cells, agreement_of(summed.counted), entries_of(summed.facts))


def _why(summed: Summed) -> Phrase:
    return phrase(
        "{counted:number} agreed sums in {currency}; left out: {contested:number} contested or denied, "
        "{overlapping:number} that may be the same money, {shown:number} only shown",
        counted=len(summed.counted),
        currency=summed.currency,
        contested=len(summed.contested),
        overlapping=len(summed.overlapping),
        shown=len(summed.shown_only),
    )
