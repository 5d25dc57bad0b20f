"""Names: what parties, bodies and things are called, from the record's own dated data; CLDR only where it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts.parties import Name, PartyDescribed, PartyRenamed, gives_names
from chancery.languages.locales import SOURCE, locale_of, lookups
from chancery.values import FUTURE, family, name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Register, Source
    from chancery.values import Ref

USES = ("display", "own", "translation", "short", "former", "spelling")
"""Which name is shown first, of those in the reader's language."""


class NameBook:
    """Every name in a register, by ref; names of a later act come before those of an earlier one."""

    def __init__(self, register: Register | None) -> None:
        """Gather the names in force."""
        self._names: dict[str, list[Name]] = {}
        self._spoken: dict[tuple[str, str], str] = {}
        self._on = FUTURE if register is None else register.reading.on
        self._sources = {} if register is None else register.sources
        self._gone: frozenset[tuple[str, Name]] = frozenset()
        if register is None:
            return
        for fact in (*register.ahead(PartyDescribed), *register.of(PartyDescribed)):
            for account in filter(gives_names, fact.accounts):
                self._names.setdefault(account.party, []).extend(account.names)
        for renamed in register.of(PartyRenamed):
            self._names.setdefault(renamed.act.party, [])[:0] = renamed.act.names
        self._gone = frozenset((ref, each) for ref, names in self._names.items() for each in names if self._past(each))

    def __eq__(self, other: object) -> bool:
        """Whether everything is called the same, as on most days of a record it is."""
        if not isinstance(other, NameBook):
            return NotImplemented
        mine, theirs = (self._names, self._gone), (other._names, other._gone)
        return self._sources is other._sources and mine == theirs

    def __hash__(self) -> int:
        """Books that are equal have the same names out of use."""
        return hash((id(self._sources), self._gone))

    def names(self, ref: Ref) -> tuple[Name, ...]:
        """Every name and spelling of a ref, as recorded."""
        return tuple(self._names.get(ref, ()))

    def spoken(self, ref: Ref, lang: str) -> str:
        """A ref's name in a language: own data, else CLDR for States, else another language's, else itself."""
        found = self._spoken.get((ref, lang))
        if found is None:
            found = self._spoken[ref, lang] = next(self._candidates(ref, lang), ref)
        return found

    def _candidates(self, ref: Ref, lang: str) -> Iterator[str]:
        own = self._names.get(ref, [])
        for tag in lookups(lang):
            yield from self._ordered(own, tag)
        if ref in self._sources:
            yield from _source_names(self._sources[ref])
        if family(ref) == "state" and (cldr := territory(name(ref), lang)) is not None:
            yield cldr
        yield from self._ordered(own, SOURCE)
        yield from (each.text for each in own)

    def _ordered(self, names: list[Name], tag: str) -> Iterator[str]:
        """The names in a language, those that are in use on the reading's day before those that are not."""
        found = [each for each in names if each.lang == tag]
        yield from (each.text for each in sorted(found, key=lambda each: (self._past(each), USES.index(each.use))))

    def _past(self, name: Name) -> bool:
        begun = name.since is None or name.since.earliest <= self._on
        return not begun or (name.until is not None and name.until.latest < self._on)


def _source_names(source: Source) -> Iterator[str]:
    """What a source is called: its outlet, else its publisher, its agency or its title."""
    yield from (name for name in (source.outlet, source.publisher, source.agency, source.title) if name is not None)


def territory(code: str, lang: str) -> str | None:
    """What Unicode CLDR calls a territory in a language."""
    found = locale_of(lang).territories.get(code.upper())
    return str(found) if found is not None else None
