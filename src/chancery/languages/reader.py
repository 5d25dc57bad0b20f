"""The reader: speaks phrases, names, dates and numbers in one language, from the record's own names first."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from babel.lists import format_list
from babel.numbers import format_decimal

from chancery.languages.catalogue import COUNTER, catalogues
from chancery.languages.days import spoken_day, spoken_moment
from chancery.languages.directions import at_home, isolated, with_latin_isolated
from chancery.languages.locales import SOURCE, digits, locale_of, numbering
from chancery.languages.names import NameBook
from chancery.values import Date, Instant, Money, Phrase, Tongues, direction, slots

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from chancery.register import Register
    from chancery.values import Ref


class Reader:
    """Says things in one language. Codes stay codes: only names, words, dates and numbers are put in the language.

    In a language that runs from right to left, what is put into a sentence and would not keep its order there (a ref, a
    Latin name, a day in figures) is isolated (UAX #9). ``plain`` is the same reader without such marks, for data.
    """

    def __init__(self, lang: str = SOURCE, register: Register | None = None) -> None:
        """Open the language's catalogue and the register's names. Raises LanguageFault, TongueFault."""
        self.lang = lang
        self.locale = locale_of(lang)
        self.names = NameBook(register)
        self._catalogues = catalogues(lang)
        self._numbering = numbering(lang)
        self._digits = digits(lang)
        self._marks = direction(lang) == "rtl"

    @property
    def plain(self) -> Reader:
        """The same reader without marks of direction."""
        other = copy(self)
        other._marks = False  # noqa: SLF001  # its own kind
        return other

    def isolated(self, text: str) -> str:
        """A text that stands beside others (a cell, a sentence after a path), kept from mixing with them."""
        return isolated(text) if self._marks else text

    def text(self, msgid: str, number: object = None) -> str:
        """A fixed message in the language, in the form for a number; as it stands where it has no translation."""
        return self._literal(self._template(msgid, number))

    def _template(self, msgid: str, number: object) -> str:
        found = (each.text(msgid, number) for each in self._catalogues)
        return next((text for text in found if text is not None), msgid)

    def say(self, said: Phrase) -> str:
        """A phrase in the language, its slots filled. The slot ``n`` decides the form of a counted one."""
        values = dict(said.values)
        template = self._template(said.msgid, values.get(COUNTER))
        return "".join(
            self._literal(literal) + (self._slot(values.get(slot), kind) if slot is not None else "")
            for literal, slot, kind in slots(template)
        )

    def label(self, code: str) -> str:
        """A word of a closed list, as it is said in the language."""
        return self.text(code.replace("_", " ").replace(".", " "))

    def _literal(self, text: str) -> str:
        return with_latin_isolated(text) if self._marks else text

    def _slot(self, value: object, kind: str) -> str:
        said = self._said(value, kind)
        return said if not self._marks or isinstance(value, Phrase) or at_home(said) else isolated(said)

    def _said(self, value: object, kind: str) -> str:
        if kind == "name" and isinstance(value, str):
            return self.name(value)
        if kind == "names" and isinstance(value, (tuple, list)):
            return self.joined(value)
        return self.cell(value)

    def cell(self, value: object) -> str:  # noqa: PLR0911  # one answer for each type of value
        """Any value as text in the language."""
        match value:
            case None:
                return ""
            case Phrase():
                return self.say(value)
            case Date():
                return self.date(value)
            case Instant():
                return self.instant(value)
            case Tongues():
                return self.words(value)
            case Money():
                return self.money(value)
            case bool():
                return self.text("yes") if value else self.text("no")
            case int():
                return self.number(value)
            case list() | tuple():
                return self._list(self.cell(each) for each in value)
            case _:
                return str(value)

    def name(self, ref: str) -> str:
        """A ref spoken by name."""
        return self.names.spoken(ref, self.lang)  # type: ignore[arg-type]  # a ref as text

    def joined(self, refs: Iterable[Ref]) -> str:
        """Several refs spoken by name, joined as the language joins a list."""
        return self._list(self.name(ref) for ref in refs)

    def _list(self, texts: Iterable[str]) -> str:
        marked = [isolated(text) if self._marks and not at_home(text) else text for text in texts]
        return format_list(marked, locale=self.locale) if marked else ""

    def several(self, said: Iterable[Phrase]) -> str:
        """Several phrases in a row."""
        return self.text("; ").join(map(self.say, said))

    def date(self, day: Date) -> str:
        """A date in the language; where it is not one certain day, in words."""
        return self.cell(spoken_day(day, self.locale)).translate(self._digits)

    def instant(self, instant: Instant) -> str:
        """A moment by its place's clock, with the offset from UTC."""
        return self.say(spoken_moment(instant, self.locale)).translate(self._digits)

    def number(self, number: int | Decimal) -> str:
        """A number in the language's digits and groups; exact, never rounded."""
        said = format_decimal(number, locale=self.locale, decimal_quantization=False, numbering_system=self._numbering)
        return said.translate(self._digits)

    def words(self, words: Tongues) -> str:
        """Free text, in the language where it has it."""
        return self.tongue(words)[1]

    def tongue(self, words: Tongues) -> tuple[str, str]:
        """The language and the text of free text: the reader's, else an authentic one, else English, else the first."""
        return words.best((self.lang,) if words.authentic else (self.lang, SOURCE))

    def money(self, money: Money) -> str:
        """An amount with its currency code; exact, never rounded."""
        return f"{self.number(money.amount)} {money.currency}"
