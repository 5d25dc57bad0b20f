"""Citations: a source, and where in it (article, page, or a selector of the W3C Web Annotation Data Model, 4.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chancery.values.codecs import LARGEST
from chancery.values.phrases import Phrase, phrase, quoted
from chancery.values.refs import Ref, family, ref_fault, ref_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_SOURCE = Meta(
    description="the source", extra={"families": ("source",)}, extra_json_schema={"pattern": ref_pattern("source")}
)


class Quote(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """The words themselves, and what stands before and after them (W3C TextQuoteSelector)."""

    exact: Annotated[str, Meta(description="the words of the source, unchanged")]
    prefix: Annotated[str, Meta(description="what stands just before them")] = ""
    suffix: Annotated[str, Meta(description="what stands just after them")] = ""


class Position(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """Where in the source's text, in Unicode code points: start included, end not (W3C TextPositionSelector)."""

    start: Annotated[int, Meta(ge=-LARGEST, le=LARGEST)]
    end: Annotated[int, Meta(ge=-LARGEST, le=LARGEST)]


class Citation(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """A source, and where in it."""

    source: Annotated[Ref, _SOURCE]
    article: Annotated[str, Meta(description="the article, paragraph or section")] | None = None
    page: Annotated[str, Meta(description="the page, as the source numbers it")] | None = None
    quote: Quote | None = None
    position: Position | None = None


def citation_fault(citation: Citation) -> Phrase | None:
    """What is wrong with a citation by itself, or None where nothing is."""
    fault = ref_fault(citation.source)
    if fault is not None:
        return fault
    if family(citation.source) != "source":
        return phrase("{ref} is not a source; a citation names one, such as source:un-res-2803", ref=citation.source)
    if citation.quote is not None and not citation.quote.exact:
        return phrase("the quotation is empty; give the source's own words, or leave it out")
    return None if citation.position is None else _position_fault(citation.position, citation.quote)


def locate(citation: Citation, text: str) -> Position | None:
    """Where a source's text has the words that are cited, or None where it has not.

    Of several places, the one nearest to the stated position, otherwise the first. Without a quotation, the stated
    position, if the text reaches so far.
    """
    quote, stated = citation.quote, citation.position
    if quote is None or not quote.exact:
        return stated if stated is not None and 0 <= stated.start <= stated.end <= len(text) else None
    near = 0 if stated is None else stated.start
    start = min(_places(quote, text), key=lambda place: abs(place - near), default=None)
    return None if start is None else Position(start, start + len(quote.exact))


def _position_fault(position: Position, quote: Quote | None) -> Phrase | None:
    start, end = position.start, position.end
    if not 0 <= start < end:
        return phrase("the position from {start:number} to {end:number} holds no text", start=start, end=end)
    if quote is not None and len(quote.exact) != end - start:
        return phrase(
            "the position from {start:number} to {end:number} is not as long as the quotation {quote}",
            start=start,
            end=end,
            quote=quoted(quote.exact),
        )
    return None


def _places(quote: Quote, text: str) -> Iterator[int]:
    sought = quote.prefix + quote.exact + quote.suffix
    found = text.find(sought)
    while found >= 0:
        yield found + len(quote.prefix)
        found = text.find(sought, found + 1)
