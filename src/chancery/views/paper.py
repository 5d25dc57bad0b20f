"""Paper: what a document is made of, whatever it is printed as: sections of statements, each with its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec import Struct

from chancery.values import Phrase, Tongues, phrase
from chancery.views.base import label
from chancery.views.cells import account_cell, said_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chancery.register import Account, Fact, Register


class Said(Struct, frozen=True):
    """A statement, the words that it quotes from the record, and the ids of the entries that it rests on."""

    phrase: Phrase
    entries: tuple[str, ...] = ()
    words: Tongues | None = None


class Section(Struct, frozen=True):
    """A section: its heading, its statements, numbered or not, and the sections within it."""

    heading: Phrase
    said: tuple[Said, ...] = ()
    parts: tuple[Section, ...] = ()
    numbered: bool = False


class Source(Struct, frozen=True):
    """An entry that a paper rests on, and where it is written."""

    entry: str
    said: Phrase


class Paper(Struct, frozen=True):
    """A document: its title, a word on how far it has come, its head, its sections, and what it rests on."""

    title: Phrase
    stage: Phrase
    head: tuple[tuple[Phrase, Said], ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]


def said_of(fact: Fact[Account], said: Phrase, *fields: str) -> Said:
    """A statement of a fact, marked where its accounts differ or somebody denies it, with what it says in words."""
    marked = (
        said
        if fact.agreement == "agreed"
        else phrase("{said} ({agreement})", said=said, agreement=label(fact.agreement))
    )
    words = next((found for field in fields if (found := fact.stated(field)) is not None), None)
    return Said(marked, fact.entries, cast("Tongues | None", words))


def all_said(sections: Iterable[Section]) -> Iterator[Said]:
    """Every statement of some sections, in the order in which it is read."""
    for section in sections:
        yield from section.said
        yield from all_said(section.parts)


def sources_of(register: Register, said: Iterable[Said], facts: Iterable[Fact[Account]]) -> tuple[Source, ...]:
    """The entries that statements cite, in the order in which they are first cited, each with its source."""
    accounts = {account.id: account for fact in facts for account in (*fact.accounts, *fact.denials)}
    cited = dict.fromkeys(entry for each in said for entry in each.entries)
    return tuple(
        Source(entry, said_by(account_cell(accounts[entry], register))) for entry in cited if entry in accounts
    )
