"""Catalogues: the messages of the house in the reader's language, from the .po files beside this one."""

from __future__ import annotations

from functools import cache
from gettext import c2py
from importlib import resources
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po
from msgspec import Struct

from chancery.languages.locales import SOURCE, lookups

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from babel.messages.catalog import Message

COUNTER = "n"
"""The slot whose number decides the form of a counted message."""


class Catalogue(Struct, frozen=True):
    """The messages of one language: one form of each, or as many as the language counts with.

    ``form`` gives the place of the form for a number (GNU gettext, Plural-Forms); ``complete`` tells whether every
    message that the catalogue knows of is translated, and none is marked fuzzy.
    """

    forms: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]
    complete: bool

    def text(self, msgid: str, number: object = None) -> str | None:
        """A message in the language, in the form that goes with a number; None where it is not translated."""
        forms = self.forms.get(msgid)
        if forms is None:
            return None
        return forms[self.form(abs(number)) if isinstance(number, int) and len(forms) > 1 else 0]


@cache
def languages() -> tuple[str, ...]:
    """The languages in which every message is said, English first."""
    names = (file.name for file in resources.files(__package__).iterdir())
    found = sorted(name.removesuffix(".po") for name in names if name.endswith(".po"))
    return (SOURCE, *(lang for lang in found if lang != SOURCE and spoken(lang)))


def spoken(lang: str) -> bool:
    """Whether every message is said in a language."""
    found = catalogues(lang)
    return lookups(lang)[-1] == SOURCE or any(each.complete for each in found)


@cache
def catalogues(lang: str) -> tuple[Catalogue, ...]:
    """The catalogues in which a message in a language is looked for, nearest first."""
    return tuple(found for tag in lookups(lang) if (found := _catalogue(tag)) is not None)


@cache
def _catalogue(tag: str) -> Catalogue | None:
    file = resources.files(__package__) / f"{tag}.po"
    if not file.is_file():
        return None
    with file.open("rb") as stream:
        messages = read_po(stream)
    said = {_msgid(each): _forms(each) for each in messages if each.id and not each.fuzzy}
    translated = {msgid: forms for msgid, forms in said.items() if all(forms)}
    wanting = any(each.id and each.fuzzy for each in messages) or len(translated) < len(said)
    return Catalogue(translated, c2py(messages.plural_expr), complete=not wanting)


def _msgid(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> tuple[str, ...]:
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)
