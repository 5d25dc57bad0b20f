"""Sources: documents that can be shown again, and how much each weighs."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

from chancery.register.accounts import ref_to
from chancery.values import Date, Ref

SourceStanding = Literal[
    "instrument",
    "official",
    "official-copy",
    "wire",
    "wire-copy",
    "press",
    "press-copy",
    "analysis",
    "reference",
    "aggregator",
    "headline-only",
    "garbled",
    "unreliable",
]
"""A judgement on one page, never on a whole site."""

OWN_WORD = "own-word"
"""What a party says of itself, wherever it is printed."""

STANDINGS: tuple[str, ...] = get_args(SourceStanding)


class Source(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """A document that can be shown again: what it is, who published it, when, and its digest."""

    ref: Annotated[Ref, ref_to("source", about="its permanent name")]
    standing: Annotated[SourceStanding, Meta(description="a judgement on this page only")]
    title: str | None = None
    publisher: Annotated[str, Meta(description="the house that publishes the page")] | None = None
    outlet: Annotated[str, Meta(description="the outlet that carried it")] | None = None
    agency: Annotated[str, Meta(description="the agency whose text it is")] | None = None
    author: str | None = None
    language: Annotated[str, Meta(description="BCP 47 tag")] | None = None
    url: str | None = None
    published: Annotated[Date, Meta(description="the day on its face; leave out where none is visible")] | None = None
    retrieved: Annotated[Date, Meta(description="the day it was read")] | None = None
    digest: (
        Annotated[
            str,
            Meta(
                description="SHA-256 of the archived copy, in hex",
                extra_json_schema={"pattern": "^[0-9a-f]{64}$"},
            ),
        ]
        | None
    ) = None
    relays: Annotated[tuple[str, ...], Meta(description="whose words it passes on, nearest first")] = ()
    note: str | None = None
