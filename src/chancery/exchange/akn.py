"""Akoma Ntoso 1.0 (OASIS LegalDocML) of the charter: its articles in the record's words, each with its witnesses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from chancery.acts import data_of
from chancery.acts.charter import (
    InstrumentCirculated,
    InstrumentEnteredIntoForce,
    InstrumentPublished,
    InstrumentSigned,
    ProvisionSet,
)
from chancery.exchange.base import WHOLE
from chancery.exchange.gathering import doubt, every, sound, written
from chancery.exchange.markup import document, element
from chancery.exchange.plain import filled, json_text, text_of
from chancery.exchange.taking import spelled
from chancery.languages.names import NameBook
from chancery.register import Account
from chancery.values import name

if TYPE_CHECKING:
    from chancery.acts.charter import InstrumentAct
    from chancery.exchange.base import Parts
    from chancery.exchange.markup import Element
    from chancery.register import Fact, Register
    from chancery.values import Ref

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS = "urn:chancery:rules"

LANGUAGES = {"en": "eng", "ar": "ara", "fr": "fra", "es": "spa", "ru": "rus", "zh": "zho"}
"""Codes of ISO 639-2 for languages of plain words; another is ``und``."""

DAYS: dict[type[Account], str] = {
    InstrumentEnteredIntoForce: "entryIntoForce",
    InstrumentSigned: "signature",
    InstrumentPublished: "publication",
    InstrumentCirculated: "circulation",
}
"""Which acts give a text its day, the weightiest first."""

NO_DAY = "0001-01-01"
"""Where the day of a version is not known: the format asks for one, and this is none that can be meant."""

NUMBER = re.compile("[0-9]{1,9}")

Provisions = list["Fact[ProvisionSet]"]


def write_akn(register: Register) -> Parts:
    """The charter of the record's first body: the instrument that says most about it, in its last version."""
    found = [fact for fact in cast("Provisions", every(register, ProvisionSet)) if not fact.denials]
    instrument = _charter(register, found)
    version = _version(register, instrument, found)
    mine = [fact for fact in found if fact.act.instrument == instrument and fact.act.version in (None, version)]
    return {WHOLE: document(_document(register, instrument, version, mine))}


def _charter(register: Register, found: Provisions) -> Ref | None:
    bodies = register.head.bodies[:1]
    about = [fact.act.instrument for fact in found if not bodies or fact.act.body in bodies]
    return max(dict.fromkeys(about), key=about.count, default=None)


def _version(register: Register, instrument: Ref | None, found: Provisions) -> str | None:
    """The version signed last, else published or circulated last, else the one of which most is on record."""
    for kind in (InstrumentSigned, InstrumentPublished, InstrumentCirculated):
        acts = [cast("InstrumentAct", fact.act) for fact in sound(list(register.of(kind)))]
        versions = [act.version for act in acts if act.instrument == instrument and act.version is not None]
        if versions:
            return versions[-1]
    named = [fact.act.version for fact in found if fact.act.instrument == instrument and fact.act.version is not None]
    return max(dict.fromkeys(named), key=named.count, default=None)


def _document(register: Register, instrument: Ref | None, version: str | None, found: Provisions) -> Element:
    title = NameBook(register).spoken(instrument, "en") if instrument is not None else "No charter on record"
    articles = _articles(found)
    sections = [_article(place, heading, facts, register) for place, (heading, facts) in enumerate(articles.items(), 1)]
    return element(
        "akomaNtoso",
        element(
            "act",
            _meta(register, instrument, version, found),
            element("preface", element("longTitle", element("p", element("docTitle", title)))),
            element("body", *(sections or [element("section", element("content", element("p", "")), eId="sec_1")])),
            name="charter",
            contains="singleVersion",
        ),
        xmlns=NAMESPACE,
        **{"xmlns:ch": OURS},
    )


def _articles(found: Provisions) -> dict[str, Provisions]:
    """Provisions by article, the articles by their numbers."""
    articles: dict[str, Provisions] = {}
    for fact in found:
        articles.setdefault(fact.act.article, []).append(fact)
    return dict(
        sorted(articles.items(), key=lambda item: ([int(each) for each in re.findall(r"\d+", item[0])], item[0]))
    )


def _article(place: int, number: str, facts: Provisions, register: Register) -> Element:
    paragraphs = [_paragraph(place, nth, fact, register) for nth, fact in enumerate(facts, 1)]
    return element("article", element("num", number), *paragraphs, eId=f"art_{place}")


def _paragraph(place: int, nth: int, fact: Fact[ProvisionSet], register: Register) -> Element:
    """One provision: what it is about, its words, and in a note how it is known."""
    known = [f"evidence: {fact.act.evidence}", *([] if fact.carried else ["not relied on"])]
    known += filter(None, (doubt([fact]),))
    known += [f"{each.words} <{each.uri}>" for each in written([fact], register)]
    words = text_of(fact.act.words) or ""
    return element(
        "paragraph",
        element("heading", fact.act.matter),
        element(
            "content",
            element("p", words),
            element("p", element("authorialNote", element("p", "; ".join(known)), marker="*")),
        ),
        eId=f"art_{place}__para_{nth}",
    )


def _meta(register: Register, instrument: Ref | None, version: str | None, found: Provisions) -> Element:
    """What it is, by work, expression and manifestation; the reading, and the typed rules, as data of ours."""
    work = f"/akn/un/act/charter/{spelled(name(instrument or 'instrument:none'))}"
    lang = LANGUAGES.get(register.head.languages[0], "und") if register.head.languages else "und"
    day = _day(register, instrument, version)
    expression = f"{work}/{lang}@{day[0]}"
    rules = [_rule(fact) for fact in found if fact.act.rule is not None]
    clocks = {clock: text for clock, text in register.reading.clocks().items() if text}
    return element(
        "meta",
        element(
            "identification",
            _frbr("FRBRWork", work, day, element("FRBRcountry", value="un")),
            _frbr("FRBRExpression", expression, day, element("FRBRlanguage", language=lang)),
            _frbr("FRBRManifestation", f"{expression}/main.xml", day),
            source="#chancery",
        ),
        element(
            "references",
            element("TLCOrganization", eId="chancery", href="/ontology/organization/chancery", showAs="Chancery"),
            source="#chancery",
        ),
        element("proprietary", element("ch:reading", **clocks), *rules, source="#chancery"),
    )


def _frbr(level: str, uri: str, day: tuple[str, str], *more: Element) -> Element:
    return element(
        level,
        element("FRBRthis", value=uri),
        element("FRBRuri", value=uri),
        element("FRBRdate", date=day[0], name=day[1]),
        element("FRBRauthor", href="#chancery"),
        *more,
    )


def _day(register: Register, instrument: Ref | None, version: str | None) -> tuple[str, str]:
    """The first exactly known day of the text, and what happened on it."""
    for kind, event in DAYS.items():
        for fact in sound(list(register.of(kind))):
            act = cast("InstrumentAct", fact.act)
            if act.instrument == instrument and act.version in (None, version) and act.effective.exact:
                return act.effective.text, event
    return NO_DAY, "unknown"


def _rule(fact: Fact[ProvisionSet]) -> Element:
    """A typed rule as JSON, with the article and the entry from which it is read."""
    rule = fact.act.rule
    assert rule is not None  # noqa: S101  # only provisions with one are asked
    return element("ch:rule", json_text(_plain(data_of(rule))), article=fact.act.article, entry=fact.act.id)


def _plain(value: object) -> object:
    """Data as JSON has it."""
    if isinstance(value, dict):
        return filled(**{str(key): _plain(each) for key, each in value.items()})
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value
