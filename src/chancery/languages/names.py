"""Names: what parties, bodies and things are called, from the record's own dated data; CLDR only where it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from chancery.acts.parties import Name, PartyDescribed, PartyRenamed
from chancery.values import family, name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Register
    from chancery.values import Ref

USES = ("display", "own", "translation", "short", "former", "spelling")
"""Which name is shown first, of those in the reader's language."""


class NameBook:
    """Every name in a register, by ref; names of a later act come before those of an earlier one."""

    def __init__(self, register: Register | None) -> None:
        """Gather the names in force."""
        self._names: dict[str, list[Name]] = {}
        if register is None:
            return
        for fact in (*register.ahead(PartyDescribed), *register.of(PartyDescribed)):
            for account in fact.accounts:
                self._names.setdefault(account.party, []).extend(account.names)
        for renamed in register.of(PartyRenamed):
            self._names.setdefault(renamed.act.party, [])[:0] = renamed.act.names

    def names(self, ref: Ref) -> tuple[Name, ...]:
        """Every name and spelling of a ref, as recorded."""
        return tuple(self._names.get(ref, ()))

    def spoken(self, ref: Ref, lang: str) -> str:
        """A ref's name in a language: own data, then CLDR for States, then own data in another language, then the ref."""
        return next(self._candidates(ref, lang), ref)

    def _candidates(self, ref: Ref, lang: str) -> Iterator[str]:
        own = self._names.get(ref, [])
        yield from _ordered(own, lang)
        if family(ref) == "state" and (cldr := territory(name(ref), lang)) is not None:
            yield cldr
        yield from _ordered(own, "en")
        yield from (each.text for each in own)


def _ordered(names: list[Name], lang: str) -> Iterator[str]:
    found = [each for each in names if each.lang == lang]
    yield from (each.text for each in sorted(found, key=lambda each: USES.index(each.use)))


def territory(code: str, lang: str) -> str | None:
    """What Unicode CLDR calls a territory in a language."""
    try:
        found = Locale.parse(lang, sep="-").territories.get(code.upper())
    except (UnknownLocaleError, ValueError):
        return None
    return str(found) if found is not None else None
