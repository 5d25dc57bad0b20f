"""Speaking in HTML: phrases, names and cells as markup, every text escaped, every ref a link to its page."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from chancery.languages import Reader
from chancery.values import Date, Instant, Phrase, Tongues, is_ref

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chancery.site.addresses import Address
    from chancery.views import Column


class Speaker(Reader):
    """A reader that writes HTML. What it is given is data and is escaped; what it gives back is markup."""

    def __init__(self, reader: Reader, address: Address) -> None:
        """Speak as a reader does, with links in an address's reading."""
        self.__dict__.update(copy(reader.plain).__dict__)
        self._address = address

    def _literal(self, text: str) -> Markup:
        return escape(text)

    def say(self, said: Phrase) -> Markup:
        """A phrase as markup."""
        return Markup(super().say(said))  # noqa: S704  # every piece of it was escaped

    def text(self, msgid: str, number: object = None) -> Markup:
        """A fixed message as markup."""
        return Markup(super().text(msgid, number))  # noqa: S704  # the same

    def _slot(self, value: object, kind: str) -> Markup:
        if kind == "name" and isinstance(value, str):
            return self.link(value)
        if kind == "names" and isinstance(value, (tuple, list)):
            return self.links(value)
        return Markup("<bdi>{}</bdi>").format(self.cell(value)) if isinstance(value, str) else self.cell(value)

    def cell(self, value: object) -> Markup:
        """Any value as markup."""
        if isinstance(value, Phrase):
            return self.say(value)
        if isinstance(value, Date):
            return self.day(value)
        if isinstance(value, Instant):
            return Markup('<time datetime="{}">{}</time>').format(value.utc, super().cell(value))
        if isinstance(value, Tongues):
            lang, said = value.best((self.lang,))
            return Markup('<span lang="{}" dir="auto">{}</span>').format(lang, said)
        return escape(super().cell(value))

    def day(self, value: Date) -> Markup:
        """A day, machine-readable where it is one."""
        said = escape(super().date(value))
        return Markup('<time datetime="{}">{}</time>').format(value.text, said) if value.exact else said

    def link(self, ref: str) -> Markup:
        """A ref by its name, linked to its page."""
        return Markup('<a href="{}"><bdi>{}</bdi></a>').format(self._address.of_ref(ref).path, self.name(ref))

    def links(self, refs: Iterable[str]) -> Markup:
        """Several refs, as a list in a line."""
        return Markup(", ").join(self.link(ref) for ref in refs)

    def code(self, code: str) -> Markup:
        """A word of a closed list, with a class to style it by."""
        return Markup('<span class="code c-{}">{}</span>').format(code.replace("_", "-"), self.label(code))

    def in_column(self, value: object, column: Column) -> Markup:
        """A cell of a view as its column reads it."""
        if value is None or value == ():
            return Markup("")
        if column.brief is not None:
            return self.items([self.say(each) for each in column.brief(value)])
        if column.sort == "ref" and is_ref(str(value)):
            return self.link(str(value))
        if column.sort == "refs" and isinstance(value, (tuple, list)):
            return self.links(value)
        if column.sort == "code":
            return self.code(str(value))
        if column.sort == "texts" and isinstance(value, (tuple, list)):
            return self.items([self.cell(each) for each in value])
        return self.cell(value)

    def items(self, said: list[Markup]) -> Markup:
        """Several pieces: one as it is, more as a list."""
        if len(said) <= 1:
            return said[0] if said else Markup("")
        return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(each) for each in said))
