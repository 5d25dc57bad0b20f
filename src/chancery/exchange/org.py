"""W3C ORG as JSON-LD: organizations, posts, memberships and their intervals, what was set up, who reports to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from chancery.acts.bodies import BodyDissolved, BodyEstablished, OversightSet
from chancery.exchange.base import WHOLE
from chancery.exchange.gathering import doubt, every, parties, sound, ties, written
from chancery.exchange.plain import filled, json_bytes, plain_date, text_of
from chancery.exchange.prov import SPACE, entry_name, ref_name
from chancery.languages.names import NameBook
from chancery.values import Date, canonical_tag, family

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.exchange.base import Parts
    from chancery.exchange.gathering import Party, Tie
    from chancery.register import Account, Fact, Register
    from chancery.values import Ref

CONTEXT = {
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "entry": f"{SPACE}entry:",
    "ref": f"{SPACE}ref:",
    "ch": f"{SPACE}word:",
}

CLASSES = {
    "person": "foaf:Person",
    "body": "org:FormalOrganization",
    "org": "org:Organization",
    "state": "org:FormalOrganization",
    "group": "org:Organization",
    "office": "org:Post",
}
"""What each family of refs is in ORG; other families are left out."""

DATED = {"day": "time:inXSDDate", "month": "time:inXSDgYearMonth", "year": "time:inXSDgYear"}
TYPED = {"day": "xsd:date", "month": "xsd:gYearMonth", "year": "xsd:gYear"}

Node = dict[str, object]


def write_org(register: Register) -> Parts:
    """The organizations, posts, memberships and changes of a register."""
    clocks = {f"ch:{name}": text for name, text in register.reading.clocks().items() if text}
    about = filled(**{"@id": "ch:register", "dcterms:title": text_of(register.head.title), **clocks})
    nodes = [about, *_things(register), *_memberships(register), *_changes(register), *_oversight(register)]
    return {WHOLE: json_bytes({"@context": CONTEXT, "@graph": nodes})}


def _things(register: Register) -> Iterator[Node]:
    """Persons, organizations and posts, those too that are only named."""
    described, book = parties(register), NameBook(register)
    found = list(ties(register))
    named = (ref for tie in found for ref in (tie.member, tie.body, tie.post, tie.behalf) if ref is not None)
    for ref in dict.fromkeys((*described, *named)):
        if family(ref) in CLASSES:
            yield _thing(ref, described.get(ref), book.spoken(ref, "en"), found, register)


def _thing(ref: Ref, party: Party | None, shown: str, found: Sequence[Tie], register: Register) -> Node:
    body = next((tie.body for tie in found if tie.post == ref and tie.body is not None), None)
    names = [_text(name.text, name.lang) for name in party.names] if party is not None else []
    label = "foaf:name" if family(ref) == "person" else "skos:prefLabel"
    return filled(
        **{
            "@id": ref_name(ref),
            "@type": CLASSES[family(ref)],
            label: shown,
            "skos:altLabel": names,
            "org:postIn": _link(body),
            "dcterms:description": text_of(party.description) if party is not None else None,
            "dcterms:source": _sources(party.facts, register) if party is not None else None,
        }
    )


def _text(text: str, lang: str) -> Node | str:
    """A text in its language; one whose language is not said, or is no tag, has none."""
    try:
        return {"@value": text, "@language": canonical_tag(lang)} if lang != "und" else text
    except ValueError:
        return text


def _link(ref: Ref | None) -> Node | None:
    return {"@id": ref_name(ref)} if ref is not None else None


def _memberships(register: Register) -> Iterator[Node]:
    for tie in ties(register):
        yield filled(
            **{
                "@id": entry_name(tie.name),
                "@type": "org:Membership",
                "org:member": _link(tie.member),
                "org:organization": _link(tie.body),
                "ch:post": _link(tie.post),
                "ch:onBehalfOf": _link(tie.behalf),
                "rdfs:label": tie.role,
                "org:memberDuring": _interval(tie),
                "rdfs:comment": doubt(tie.facts),
                "dcterms:source": _sources(tie.facts, register),
            }
        )
        if tie.post is not None:
            yield {"@id": ref_name(tie.post), "org:heldBy": _link(tie.member)}


def _interval(tie: Tie) -> Node:
    """Since when and until when (OWL-Time)."""
    start, end = _instant(tie.start), _instant(tie.end)
    return {"@type": "time:Interval", **filled(**{"time:hasBeginning": start, "time:hasEnd": end})}


def _instant(day: Date | None) -> Node | None:
    """A date as exactly as it is known; one with bounds or a mark of doubt as EDTF, in a word of ours."""
    if day is None or day.precision in ("open", "unknown"):
        return None
    exact = plain_date(day)
    if exact is None:
        return {"@type": "time:Instant", "ch:edtf": day.text}
    return {"@type": "time:Instant", DATED[day.precision]: {"@value": exact, "@type": TYPED[day.precision]}}


def _changes(register: Register) -> Iterator[Node]:
    """How bodies came to be and ended."""
    for fact in sound([*every(register, BodyEstablished), *every(register, BodyDissolved)]):
        side = "org:resultingOrganization" if isinstance(fact.act, BodyEstablished) else "org:originalOrganization"
        yield filled(
            **{
                "@id": entry_name(fact.act.id),
                "@type": "org:ChangeEvent",
                side: _link(cast("BodyEstablished | BodyDissolved", fact.act).body),
                "time:hasTime": _instant(fact.act.effective),
                "rdfs:comment": doubt([fact]),
                "dcterms:source": _sources([fact], register),
            }
        )


def _oversight(register: Register) -> Iterator[Node]:
    """Who stands over whom, as a line of its own; ORG has a word only for reporting, between posts."""
    for fact in sound(every(register, OversightSet)):
        act = fact.act
        assert isinstance(act, OversightSet)  # noqa: S101  # of that kind
        subject, relation, other = act.subject, act.relation, act.object
        yield filled(
            **{
                "@id": entry_name(act.id),
                "@type": "ch:Oversight",
                "ch:subject": _link(subject),
                "ch:relation": relation,
                "ch:object": _link(other),
                "time:hasTime": _instant(act.effective),
                "rdfs:comment": doubt([fact]),
                "dcterms:source": _sources([fact], register),
            }
        )
        if relation == "reports_to" and family(subject) == family(other) == "office":
            yield {"@id": ref_name(subject), "org:reportsTo": _link(other)}


def _sources(facts: Sequence[Fact[Account]], register: Register) -> list[Node]:
    """Where it is written: a document each, with how it stands to the fact."""
    return [
        filled(**{"@id": ref_name(each.source), "dcterms:title": each.title, "ch:url": each.url, "ch:note": each.words})
        for each in written(facts, register)
    ]
