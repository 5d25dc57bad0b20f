"""The reader: speaks phrases, names, dates and numbers in one language, from the record's own names first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from chancery.languages.catalogue import SOURCE, catalogue
from chancery.languages.names import NameBook
from chancery.values import Date, Money, Phrase, Tongues, slots

if TYPE_CHECKING:
    from chancery.register import Register
    from chancery.values import Ref


class Reader:
    """Says things in one language. Codes stay codes: only names, words, dates and numbers are put in the language."""

    def __init__(self, lang: str = SOURCE, register: Register | None = None) -> None:
        """Open the language's catalogue and the register's names."""
        self.lang = lang
        self.locale = Locale.parse(lang, sep="-")
        self._catalogue = catalogue(lang)
        self.names = NameBook(register)

    def text(self, msgid: str) -> str:
        """A fixed message in the language, or as it stands where it has no translation."""
        return self._catalogue.get(msgid, msgid)

    def say(self, said: Phrase) -> str:
        """A phrase in the language, its slots filled."""
        values = dict(said.values)
        template = self.text(said.msgid)
        return "".join(
            literal + (self._slot(values.get(slot), kind) if slot is not None else "")
            for literal, slot, kind in slots(template)
        )

    def label(self, code: str) -> str:
        """A word of a closed list, as it is said in the language."""
        return self.text(code.replace("_", " ").replace(".", " "))

    def _slot(self, value: object, kind: str) -> str:
        if kind == "name" and isinstance(value, str):
            return self.name(value)
        if kind == "names" and isinstance(value, (tuple, list)):
            return self.joined(value)
        return self.cell(value)

    def cell(self, value: object) -> str:
        """Any value as text in the language."""
        if value is None:
            return ""
        if isinstance(value, Phrase):
            return self.say(value)
        if isinstance(value, Date):
            return self.date(value)
        if isinstance(value, Tongues):
            return self.words(value)
        if isinstance(value, Money):
            return self.money(value)
        if isinstance(value, bool):
            return self.text("yes") if value else self.text("no")
        if isinstance(value, int):
            return self.number(value)
        if isinstance(value, (list, tuple)):
            return ", ".join(self.cell(each) for each in value)
        return str(value)

    def name(self, ref: str) -> str:
        """A ref spoken by name."""
        return self.names.spoken(ref, self.lang)  # type: ignore[arg-type]  # a ref as text

    def joined(self, refs: tuple[Ref, ...] | list[Ref]) -> str:
        """Several refs spoken by name, in a row."""
        return ", ".join(self.name(ref) for ref in refs)

    def date(self, day: Date) -> str:
        """A date in the language; what is not one certain day keeps its EDTF text."""
        if not day.exact:
            return day.text
        return format_date(date.fromordinal(day.earliest), "d MMM y", locale=self.locale)

    def number(self, number: int) -> str:
        """A whole number in the language's digits and groups."""
        return format_decimal(number, locale=self.locale)

    def words(self, words: Tongues) -> str:
        """Free text, in the language where it has it."""
        return words.best((self.lang,))[1]

    def money(self, money: Money) -> str:
        """An amount with its currency code; exact, never rounded."""
        return f"{format_decimal(money.amount, format='#,##0.###', locale=self.locale)} {money.currency}"
