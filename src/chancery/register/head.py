"""The head of a record: its title, its languages, its bodies, the order of standings."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from chancery.register.accounts import ref_to
from chancery.register.sources import OWN_WORD, STANDINGS
from chancery.values import Date, Instant, Ref, Tongues

Weight = Literal[
    "instrument",
    "official",
    "official-copy",
    "own-word",
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

ORDER: tuple[str, ...] = (*STANDINGS[:3], OWN_WORD, *STANDINGS[3:])


class Head(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a record says of itself. The order of standings is the record's, from the weightiest to the lightest."""

    title: Tongues = Tongues.of("")
    languages: Annotated[tuple[str, ...], Meta(description="BCP 47 tags; the first is that of plain words")] = ("en",)
    bodies: Annotated[tuple[Annotated[Ref, ref_to("body", "org")], ...], Meta(description="main body first")] = ()
    standings: Annotated[tuple[Weight, ...], Meta(description="order of standings, weightiest first")] = ORDER  # type: ignore[assignment]  # the same words
    shown_only: Annotated[
        tuple[Weight, ...], Meta(description="standings whose accounts are shown and carry nothing by themselves")
    ] = ("garbled", "unreliable")
    retrieved: Annotated[Date, Meta(description="when sources were read that do not say so themselves")] | None = None
    recorded: (
        Annotated[Instant, Meta(description="when entries were recorded that do not say so themselves")] | None
    ) = None
    licence: str | None = None
    coverage: Annotated[Tongues, Meta(description="what the record covers, and what it does not")] | None = None

    def ranks(self) -> dict[str, int]:
        """The rank of each standing, 0 the weightiest; those that the record does not order come last, as usual."""
        return {standing: rank for rank, standing in enumerate(dict.fromkeys((*self.standings, *ORDER)))}
