"""Linked data: what a page is about as JSON-LD, in the words of schema.org and of the W3C's organisation ontology."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from markupsafe import Markup

from chancery.languages import SOURCE
from chancery.values import Date, Ref, family
from chancery.views import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.languages.names import NameBook
    from chancery.site.sections import Asked, Page
    from chancery.views import Row

Node = dict[str, Any]  # any JSON-LD

CONTEXT = {
    "@vocab": "https://schema.org/",
    "org": "http://www.w3.org/ns/org#",
}

TYPES = {
    "state": ["Country"],
    "person": ["Person"],
    "org": ["Organization", "org:Organization"],
    "group": ["Organization", "org:Organization"],
    "body": ["Organization", "org:FormalOrganization"],
    "force": ["Organization", "org:Organization"],
    "fund": ["Organization", "org:Organization"],
    "office": ["org:Post"],
    "meeting": ["Event"],
    "source": ["CreativeWork"],
    "instrument": ["Legislation"],
    "document": ["CreativeWork"],
    "report": ["Report"],
}
"""The classes of a ref, by its family; of what is in none of them, Thing."""

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Signs that could end the element in which the data stands, as JSON may write them too."""
_ESCAPED = str.maketrans(_UNSAFE)


def linked(page: Page, asked: Asked, book: NameBook) -> Markup:
    """What a page is about, as JSON-LD that can stand in a script element whatever it says."""
    text = msgspec.json.encode({"@context": CONTEXT, **_page(page, asked, book)}).decode()
    return Markup(text.translate(_ESCAPED))  # noqa: S704  # no sign is left that could be markup


def _page(page: Page, asked: Asked, book: NameBook) -> Node:
    address, head = asked.address, asked.register.head
    dataset: Node = {"@type": "Dataset", "@id": address.at().path, "inLanguage": address.lang}
    if str(head.title):
        dataset["name"] = head.title.best((address.lang, SOURCE))[1]
    found: Node = {
        "@type": "WebPage",
        "@id": address.path,
        "inLanguage": address.lang,
        "temporalCoverage": asked.register.reading.day.text,
        "isPartOf": dataset,
    }
    about = page.about
    return found if about is None else {**found, "mainEntity": _thing(about, asked, book)}


def _thing(ref: Ref, asked: Asked, book: NameBook) -> Node:
    """A ref: its classes, its names, and where it stands or who sits on it on the day of the reading."""
    return {
        **_mention(ref, asked, book),
        **_names(ref, book),
        **_several("memberOf", [_standing(row, asked, book) for row in _standings(ref, asked)]),
        **_several("org:hasPost", [_seat(row, asked, book) for row in _seats(ref, asked)]),
    }


def _mention(ref: Ref, asked: Asked, book: NameBook) -> Node:
    return {
        "@type": TYPES.get(family(ref), ["Thing"]),
        "@id": asked.address.of_ref(ref).path,
        "identifier": ref,
        "name": book.spoken(ref, asked.address.lang),
    }


def _names(ref: Ref, book: NameBook) -> Node:
    return _several("alternateName", [{"@value": name.text, "@language": name.lang} for name in book.names(ref)])


def _several(key: str, found: list[Node]) -> Node:
    return {key: found} if found else {}


def _standings(ref: Ref, asked: Asked) -> Iterator[Row]:
    """The standings of a party with bodies, as far as there is one; a body has members, and no standing."""
    if family(ref) != "body":
        yield from (row for row in asked.view("standing", Scope(party=ref)).rows if row.cells["standing"])


def _standing(row: Row, asked: Asked, book: NameBook) -> Node:
    since = row.cells["since"]
    role: Node = {
        "@type": ["OrganizationRole", "org:Membership"],
        "roleName": row.cells["standing"],
        "memberOf": _mention(Ref(str(row.cells["body"])), asked, book),
        "disambiguatingDescription": row.agreement,
    }
    return {**role, "startDate": since.text} if isinstance(since, Date) and since.exact else role


def _seats(ref: Ref, asked: Asked) -> Iterator[Row]:
    if family(ref) == "body":
        yield from (row for row in asked.view("seats", Scope(body=ref)).rows if row.cells["person"])


def _seat(row: Row, asked: Asked, book: NameBook) -> Node:
    holder = _mention(Ref(str(row.cells["person"])), asked, book)
    title = row.cells["title"]
    return {"@type": "org:Post", **({"name": str(title)} if title else {}), "org:heldBy": holder}
