"""Sources: what each document is, how it is judged, what rests on it, and what would fall without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.values import Phrase, phrase
from chancery.views.base import Column, Row, Scope, agreement_of, view
from chancery.views.cells import within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Account, Fact, Register, Source

FIELDS = ("outlet", "agency", "publisher", "author", "title", "language", "published", "retrieved", "url", "digest")


@view(
    "sources",
    "Sources",
    Column("source", phrase("Source"), about="its permanent name"),
    Column("standing", phrase("Judged"), "code", about="a judgement on this page only"),
    Column("outlet", phrase("Outlet"), about="the outlet that carried it", aside=True),
    Column("agency", phrase("Agency"), about="the agency whose text it is", aside=True),
    Column("publisher", phrase("Publisher"), about="the house that publishes the page", aside=True),
    Column("author", phrase("Author"), about="who wrote it", aside=True),
    Column("title", phrase("Heading"), shown=False, about="its heading"),
    Column("language", phrase("Language"), about="BCP 47 tag", aside=True),
    Column("published", phrase("Published"), "date", about="the day on its face; null where none is visible"),
    Column("retrieved", phrase("Read"), "date", about="the day it was read", aside=True),
    Column("relays", phrase("Passes on"), "texts", about="whose words it passes on, nearest first", aside=True),
    Column("url", phrase("Address"), shown=False, about="where it was found"),
    Column("digest", phrase("Digest"), shown=False, about="SHA-256 of the archived copy, in hex"),
    Column("resting", phrase("Accounts"), "number", about="how many accounts in force cite it"),
    Column("alone", phrase("Would fall"), "number", about="how many facts rest on it alone"),
)
def source_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """Every source with how many accounts in force rest on it, and how many facts would fall without it."""
    facts = within(scope, register.facts())
    cited: dict[str, list[tuple[Fact[Account], Account]]] = {}
    for fact in facts:
        for account in (*fact.accounts, *fact.denials):
            for ref in dict.fromkeys(cite.source for cite in account.cites):
                cited.setdefault(ref, []).append((fact, account))
    narrowed = scope != Scope()
    for source in register.sources.values():
        if source.ref in cited or not narrowed:
            yield _row(source, cited.get(source.ref, []))
    yield phrase("Counted are the accounts in force on the day; a source may hold more that takes effect later.")


def _row(source: Source, cited: list[tuple[Fact[Account], Account]]) -> Row:
    facts = list({fact.order: fact for fact, _ in cited}.values())
    accounts = list(dict.fromkeys(account.id for _, account in cited))
    cells: dict[str, object] = {
        "source": source.ref,
        "standing": source.standing,
        **{name: getattr(source, name) for name in FIELDS},
        "relays": source.relays,
        "resting": len(accounts),
        "alone": sum(rests_on(fact, source.ref) for fact in facts),
    }
    return Row(cells, agreement_of(facts), tuple(accounts))


def rests_on(fact: Fact[Account], source: str) -> bool:
    """Whether every account of a fact cites that one source and no other."""
    return {cite.source for account in fact.accounts for cite in account.cites} == {source}
