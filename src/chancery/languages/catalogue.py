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


PUBLIC = "on public pages"
"""What a catalogue remarks of a message that public pages may say."""


class Catalogue(Struct, frozen=True):
    """The messages of one language: one form of each, or as many as the language counts with.

    ``form`` gives the place of the form for a number (GNU gettext, Plural-Forms); ``complete`` tells whether every
    message that the catalogue knows of is translated, and none is marked fuzzy; ``public`` tells it of those alone that
    public pages may say.
    """

    forms: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]
    complete: bool
    public: bool

    def text(self, msgid: str, number: object = None) -> str | None:
        """A message in the language, in the form that goes with a number; None where it is not translated."""
        forms = self.forms.get(msgid)
        if forms is None:
            return None
        return forms[self.form(abs(number)) if isinstance(number, int) and len(forms) > 1 else 0]


@cache
def languages() -> tuple[str, ...]:
    """The languages in which public pages say every message, English first."""
    names = (file.name for file in resources.files(__package__).iterdir())
    found = sorted(name.removesuffix(".po") for name in names if name.endswith(".po"))
    return (SOURCE, *(lang for lang in found if lang != SOURCE and any(each.public for each in catalogues(lang))))


def whole_languages() -> tuple[str, ...]:
    """The languages in which every message is said, English first."""
    return tuple(lang for lang in languages() if spoken(lang))


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
    wanting = [each for each in messages if each.id and (each.fuzzy or not all(_forms(each)))]
    said = {_msgid(each): _forms(each) for each in messages if each.id and all(_forms(each)) and not each.fuzzy}
    public = not any(PUBLIC in each.auto_comments for each in wanting)
    return Catalogue(said, c2py(messages.plural_expr), complete=not wanting, public=public)


def _msgid(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> tuple[str, ...]:
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)
