"""Locales: from a language tag (BCP 47) to what Unicode CLDR knows of the language: its names, dates and digits."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale, UnknownLocaleError

from chancery.values import Fault, canonical_tag, phrase

SOURCE = "en"
"""The language of message ids."""

WORLD_ENGLISH = "en-001"
"""The English of no one country, which plain ``en`` stands for: the day before the month."""

DIGITS = {
    "adlm": "𞥐𞥑𞥒𞥓𞥔𞥕𞥖𞥗𞥘𞥙",
    "arab": "٠١٢٣٤٥٦٧٨٩",
    "arabext": "۰۱۲۳۴۵۶۷۸۹",
    "beng": "০১২৩৪৫৬৭৮৯",
    "deva": "०१२३४५६७८९",
    "mymr": "၀၁၂၃၄၅၆၇၈၉",
    "nkoo": "߀߁߂߃߄߅߆߇߈߉",
    "tibt": "༠༡༢༣༤༥༦༧༨༩",
}
"""The digits of the numbering systems (CLDR) that are not Latin and that a language with a wide press uses."""

LATIN_DIGITS = "0123456789"

_EXTENSION = re.compile(r"-[0-9a-z]-.*")
_NUMBERING = re.compile(r"-u-(?:[a-z0-9-]+-)?nu-([a-z]+)")


class LanguageFault(Fault):
    """A language tag that is malformed, or that Unicode CLDR does not know."""


@cache
def locale_of(lang: str) -> Locale:
    """What CLDR knows of a language. Raises LanguageFault for one that it does not know, TongueFault for no tag."""
    plain = _without_extensions(lang)
    try:
        return Locale.parse(WORLD_ENGLISH if plain == SOURCE else plain, sep="-")
    except (UnknownLocaleError, ValueError):
        fault = phrase("nothing is known of the language {lang}: neither its names nor its dates", lang=lang)
        raise LanguageFault(fault) from None


@cache
def lookups(lang: str) -> tuple[str, ...]:
    """The tags under which something in a language is looked for (RFC 4647, 3.4): itself, then wider ones.

    Where the tag leaves the script unsaid, CLDR says it: zh-TW is looked for as zh-Hant too.
    """
    tags = (_without_extensions(lang), str(locale_of(lang)).replace("_", "-"))
    return tuple(sorted({wider for tag in tags for wider in _wider(tag)}, key=lambda tag: (-tag.count("-"), tag)))


def _without_extensions(lang: str) -> str:
    """The language, script, region and variants of a tag (RFC 5646, 2.1), in canonical case."""
    return _EXTENSION.sub("", canonical_tag(lang))


def _wider(tag: str) -> tuple[str, ...]:
    parts = tag.split("-")
    return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))


@cache
def numbering(lang: str) -> str:
    """The numbering system: the one that the tag asks for (``-u-nu-latn``), else the language's own in CLDR."""
    locale = locale_of(lang)
    asked = _NUMBERING.search(canonical_tag(lang))
    wanted = asked[1] if asked is not None else locale.default_numbering_system
    return wanted if wanted in DIGITS and wanted in locale.number_symbols else "latn"


def digits(lang: str) -> dict[int, int]:
    """How Latin digits are turned into the language's own, for ``str.translate``."""
    return str.maketrans(LATIN_DIGITS, DIGITS.get(numbering(lang), LATIN_DIGITS))
