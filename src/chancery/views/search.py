"""Search: what is called so, or tells of it, in any language and spelling; a slip of the keyboard is forgiven."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from chancery.acts.parties import PartyDescribed, PartyRenamed, gives_names
from chancery.languages.locales import locale_of
from chancery.values import Ref, phrase
from chancery.views.base import Column, Row, View
from chancery.views.cells import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Account, Fact, Register

MOST = 50
"""Things found that are shown."""

LIKE_ENOUGH = 0.45
"""The share of groups of three letters that a name must have in common with what is sought."""

LONGEST = 200
"""Letters of what is sought that are read."""

_LETTERS = re.compile(r"[^\W_]+")
_FOLDED = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None})
"""Arabic letters that are written for each other."""

COLUMNS: tuple[Column, ...] = (
    Column("found", phrase("Found"), "ref", about="the ref of whom or what was found; null for an entry"),
    Column("called", phrase("Called"), about="the name or spelling that fits"),
    Column("words", phrase("In words"), "words", about="what the entry tells"),
    Column("effective", phrase("Day"), "date", about="when it took effect"),
    Column("kind", phrase("What"), "code", about="kind of act"),
)


class Named(NamedTuple):
    """A name, with whose it is and the groups of three letters in it."""

    ref: Ref
    text: str
    grams: frozenset[str]


def search(register: Register, sought: str, first: int | None = None, last: int | None = None) -> View:
    """Whoever is called so, the likest first, then the facts that tell of it, perhaps only those of some days."""
    sought = sought[:LONGEST]
    title = phrase("Search: {sought}", sought=sought)
    rows = tuple(_rows(register, sought, first, last))[:MOST] if sought.strip() else ()
    return View("search", title, COLUMNS, rows)


def called(register: Register) -> View:
    """Everybody and everything that has a name, with every name and spelling: an index to be read, or searched."""
    names: dict[Ref, dict[str, None]] = {}
    for ref, text in _names(register):
        names.setdefault(ref, {})[text] = None
    rows = tuple(Row({"found": ref, "called": ", ".join(names[ref])}) for ref in sorted(names))
    return View("search", phrase("Every name and spelling"), COLUMNS[:2], rows)


def _rows(register: Register, sought: str, first: int | None, last: int | None) -> Iterator[Row]:
    grams = grams_of(sought)
    best: dict[Ref, tuple[float, str]] = {}
    for ref, text in _names(register):
        like = _likeness(grams, grams_of(text))
        if like >= LIKE_ENOUGH and like > best.get(ref, (0.0, ""))[0]:
            best[ref] = (like, text)
    for ref, (_, text) in sorted(best.items(), key=lambda item: (-item[1][0], item[0])):
        yield Row({"found": ref, "called": text})
    wanted = folded(sought).split()
    for fact in register.facts():
        if _within(fact, first, last) and all(word in _told(fact) for word in wanted):
            yield _fact(fact)


def _names(register: Register) -> Iterator[tuple[Ref, str]]:
    """Every name and spelling on record, and for each State those of CLDR in every language that is spoken in full."""
    seen: set[Ref] = set()
    for kind in (PartyDescribed, PartyRenamed):
        for fact in (*register.of(kind), *register.ahead(kind)):
            for account in filter(gives_names, fact.accounts):
                seen.add(account.party)
                yield from ((account.party, name.text) for name in account.names)
    for party, body, _ in register.stacks():
        seen.update((party, body))
    for ref in seen:
        family, _, code = ref.partition(":")
        yield ref, code.replace("-", " ")
        if family == "state":
            yield from ((ref, name) for lang in ("en", "ar") if (name := _territory(code, lang)))


@lru_cache(maxsize=1024)
def _territory(code: str, lang: str) -> str | None:
    found = locale_of(lang).territories.get(code.upper())
    return None if found is None else str(found)


def _fact(fact: Fact[Account]) -> Row:
    cells = {"words": words_of(fact), "effective": fact.act.effective, "kind": fact.act.kind}
    return Row(cells, fact.agreement, fact.entries)


def _within(fact: Fact[Account], first: int | None, last: int | None) -> bool:
    return (first is None or fact.day >= first) and (last is None or fact.day <= last)


def _told(fact: Fact[Account]) -> str:
    words = words_of(fact)
    return "" if words is None else folded(" ".join(text for _, text in words.texts))


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """A text as it is compared: without case, accents, vowel signs, or the difference of like Arabic letters."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDED))
    return " ".join(_LETTERS.findall("".join(sign for sign in apart if not unicodedata.combining(sign))))


@lru_cache(maxsize=65_536)
def grams_of(text: str) -> frozenset[str]:
    """The groups of three letters in a text, with the ends of words as letters too."""
    return frozenset(
        word[at : at + 3] for each in folded(text).split() for word in [f" {each} "] for at in range(len(word) - 2)
    )


def _likeness(sought: frozenset[str], name: frozenset[str]) -> float:
    """How much of what is sought a name has, less a little for what it has besides."""
    return len(sought & name) / max(1, len(sought)) - 0.02 * len(name - sought)
