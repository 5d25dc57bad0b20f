"""Which party a text names: by a record's names and spellings, by its ref or code, or by CLDR's English names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from chancery.acts.parties import PartyDescribed, PartyRenamed
from chancery.languages.locales import SOURCE, locale_of
from chancery.values import Ref, is_ref, is_state_code

if TYPE_CHECKING:
    from chancery.register import Register


class PartyBook:
    """Looks parties up by what they are called. What nobody is called stays as it is written."""

    def __init__(self, register: Register) -> None:
        """Gather every name and spelling in a register, whenever it was in use."""
        self._refs: dict[str, Ref] = {}
        self.names: list[str] = []
        for kind in (PartyDescribed, PartyRenamed):
            for fact in (*register.of(kind), *register.ahead(kind)):
                for account in fact.accounts:
                    for name in account.names:
                        self._refs.setdefault(name.text.casefold(), account.party)
                        self.names.append(name.text)

    def resolve(self, text: str) -> Ref:
        """The ref of whom a text names."""
        folded = " ".join(text.casefold().split())
        found = self._refs.get(folded)
        if found is not None:
            return found
        if is_ref(folded):
            return Ref(folded)
        if is_state_code(folded):
            return Ref(f"state:{folded}")
        return territories().get(folded, Ref(text))


@cache
def territories() -> dict[str, Ref]:
    """The States by their English names in Unicode CLDR."""
    found = locale_of(SOURCE).territories.items()
    return {str(name).casefold(): Ref(f"state:{code.lower()}") for code, name in found if is_state_code(code.lower())}
