"""Tongues: one text in several languages (BCP 47), of which some may be authentic."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NoReturn, TypeAlias
from unicodedata import normalize

from chancery.values.phrases import Fault, phrase, quoted

Direction: TypeAlias = Literal["ltr", "rtl"]
Plain: TypeAlias = "str | dict[str, str | list[str]]"

UNDETERMINED = "und"
"""The tag of a text whose language is not said (ISO 639-2)."""
AUTHENTIC = "authentic"
"""The key that lists the authentic languages; too long to be a language tag."""

_RTL_SCRIPTS = """
    adlm arab aran armi avst chrs cprt elym gara hatr hebr hung khar lydi mand mani mend merc mero narb nbat nkoo
    orkh ougr palm phli phlp phnx prti rohg samr sarb sidt sogd sogo syrc syre syrj syrn thaa yezi
"""
RTL_SCRIPTS = frozenset(_RTL_SCRIPTS.split())
"""Scripts written from right to left (ISO 15924, lower case)."""

_RTL_LANGUAGES = """
    acm acq acw acx adf aeb aec aii ajp apc apd ar arc arq ars ary arz azb bal bgn bqi brh ckb dv fa glk gbz haz
    he hno iw ji khw ks lad lrc luz mzn nqo ota pbt pes pnb prd prs ps rhg sd sdh skr syc syr ug ur yi
"""
RTL_LANGUAGES = frozenset(_RTL_LANGUAGES.split())
"""Languages whose usual script runs from right to left (Unicode CLDR, likely subtags)."""

RTL_REGIONS = frozenset(
    {("az", "IQ"), ("az", "IR"), ("ku", "IQ"), ("ku", "IR"), ("pa", "PK"), ("tk", "IR"), ("uz", "AF")}
)
"""Languages that run from right to left in one region only."""

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})"
    r"(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<rest>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?)",
    re.ASCII | re.IGNORECASE,
)


class TongueFault(Fault):
    """A text or a language tag that cannot be."""


class Tongues:
    """One text in one or more languages, in Unicode NFC; ``authentic`` names the texts that bind, where that is said.

    ``texts`` pairs each language tag (canonical case, sorted) with its text. A plain string has the language ``und``
    until the record supplies its own.
    """

    __slots__ = ("authentic", "texts")

    texts: tuple[tuple[str, str], ...]
    authentic: tuple[str, ...]

    def __init__(self, texts: Mapping[str, str], authentic: Sequence[str] = ()) -> None:
        """Keep texts by language. Raises TongueFault for a malformed tag, a tag given twice, or no text at all."""
        found: dict[str, str] = {}
        for tag, text in texts.items():
            lang = canonical_tag(tag)
            if lang in found:
                raise TongueFault(phrase("the language {lang} is given twice", lang=lang))
            found[lang] = normalize("NFC", text)
        if not found:
            raise TongueFault(phrase("a text is missing: write it, or a table of texts by language"))
        object.__setattr__(self, "texts", tuple(sorted(found.items())))
        object.__setattr__(self, "authentic", _authentic(authentic, found))

    @classmethod
    def of(cls, value: str | Mapping[str, object]) -> Tongues:
        """Read a plain string, or texts by language with an optional list under ``authentic``. Raises TongueFault."""
        if isinstance(value, str):
            return cls._plain(value)
        texts = {_text(tag): _text(text) for tag, text in value.items() if tag != AUTHENTIC}
        authentic = value.get(AUTHENTIC, ())
        if isinstance(authentic, str) or not isinstance(authentic, Sequence):
            raise TongueFault(phrase("'authentic' is a list of language tags"))
        return cls(texts, [_text(tag) for tag in authentic])

    @classmethod
    def _plain(cls, text: str) -> Tongues:
        """The common case, kept fast: one text whose language is not said."""
        made = object.__new__(cls)
        object.__setattr__(made, "texts", ((UNDETERMINED, normalize("NFC", text)),))
        object.__setattr__(made, "authentic", ())
        return made

    @property
    def plain(self) -> Plain:
        """As written: a string where no language is said, otherwise texts by language."""
        if len(self.texts) == 1 and self.texts[0][0] == UNDETERMINED and not self.authentic:
            return self.texts[0][1]
        texts: dict[str, str | list[str]] = dict(self.texts)
        return {**texts, AUTHENTIC: list(self.authentic)} if self.authentic else texts

    @property
    def languages(self) -> tuple[str, ...]:
        """The language tags, sorted."""
        return tuple(lang for lang, _ in self.texts)

    def with_default(self, lang: str) -> Tongues:
        """The same texts, with the language that the record supplies for one whose own is not said."""
        tag = canonical_tag(lang)
        texts = dict(self.texts)
        if UNDETERMINED not in texts or tag in texts:
            return self
        named = {tag if each == UNDETERMINED else each: text for each, text in self.texts}
        return Tongues(named, [tag if each == UNDETERMINED else each for each in self.authentic])

    def best(self, langs: Sequence[str]) -> tuple[str, str]:
        """The language and text for a reader of some languages, dearest first.

        For each language in turn: the text in it, then in a wider tag (RFC 4647, lookup), then in a narrower one.
        Failing all, the first authentic text, then the first.
        """
        texts = dict(self.texts)
        for lang in langs:
            found = _nearest(canonical_tag(lang), self.languages)
            if found is not None:
                return found, texts[found]
        fallback = self.authentic[0] if self.authentic else self.texts[0][0]
        return fallback, texts[fallback]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tongues) and self.texts == other.texts and self.authentic == other.authentic

    def __hash__(self) -> int:
        return hash((self.texts, self.authentic))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"tongues do not change: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"tongues do not change: {name}")

    def __reduce__(self) -> tuple[object, tuple[dict[str, str], tuple[str, ...]]]:
        return Tongues, (dict(self.texts), self.authentic)

    def __copy__(self) -> Tongues:
        return self

    def __deepcopy__(self, memo: object) -> Tongues:
        return self

    def __str__(self) -> str:
        return self.best(())[1]

    def __repr__(self) -> str:
        return f"Tongues.of({self.plain!r})"


def composed(table: Mapping[str, object]) -> dict[str, object]:
    """A table as somebody gives it, with its texts in Unicode NFC: the form in which texts enter a record."""
    return {key: _composed(each) for key, each in table.items()}


def _composed(value: object) -> object:
    if isinstance(value, str):
        return value if value.isascii() else normalize("NFC", value)
    if isinstance(value, list):
        return [_composed(each) for each in value]
    return composed(value) if isinstance(value, dict) else value


def canonical_tag(tag: str) -> str:
    """A language tag in canonical case: language, Script, REGION (RFC 5646, 2.1.1). Raises TongueFault."""
    match = _TAG.fullmatch(tag)
    if match is None:
        raise TongueFault(
            phrase("{tag} is not a language tag (BCP 47); write one such as en, ar, zh-Hant or pt-BR", tag=quoted(tag))
        )
    parts = [match["language"].lower()]
    if match["script"]:
        parts.append(match["script"].title())
    if match["region"]:
        parts.append(match["region"].upper())
    return "-".join(parts) + match["rest"].lower()


def direction(lang: str) -> Direction:
    """The direction in which a language is written: by its script where the tag has one, otherwise by its usual one."""
    match = _TAG.fullmatch(lang)
    if match is None:
        return "ltr"
    if match["script"]:
        return "rtl" if match["script"].lower() in RTL_SCRIPTS else "ltr"
    language = match["language"].lower().split("-")
    usual = language[0] in RTL_LANGUAGES or language[-1] in RTL_LANGUAGES
    return "rtl" if usual or (language[0], (match["region"] or "").upper()) in RTL_REGIONS else "ltr"


def _authentic(tags: Sequence[str], texts: Mapping[str, str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(canonical_tag(tag) for tag in tags))
    missing = next((tag for tag in found if tag not in texts), None)
    if missing is not None:
        raise TongueFault(phrase("the text in {lang} is said to be authentic, but it is not given", lang=missing))
    return found


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TongueFault(phrase("a text is a string; this is of type {kind}", kind=type(value).__name__))
    return value


def _nearest(lang: str, tags: Sequence[str]) -> str | None:
    wider = lang
    while wider:
        if wider in tags:
            return wider
        wider = wider.rpartition("-")[0]
    return next((tag for tag in tags if tag.startswith(lang + "-")), None)
