"""The reference of the formats: what each carries and what it cannot, written from what they declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.exchange.base import FEATURES, Feature
from chancery.exchange.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from chancery.exchange.base import Format

HEAD = """\
# Formats of exchange

Written from the code by `make reference`; do not edit it by hand.

`chancery export RECORD --to FORMAT` writes the register of a reading (`--on`, `--known`, `--recorded`).
`chancery import FILE --from FORMAT` makes entries of a file, each of which cites the file and the place in it.

What holds in every format: a fact that somebody denies is never given as true; one whose accounts differ is marked
where the format has a place for it; a date is given as exactly as it is known and never more so.

An imported file becomes one source, with its SHA-256 and the day on which it was fetched. Identifiers that are refs
stay; others are spelled as refs, and two files in one record are never taken to speak of the same thing by themselves.
"""

MEANING: Mapping[Feature, str] = {
    "names": "every name and spelling, with its language",
    "people": "persons and the posts that they hold",
    "members": "members, signatories and observers of bodies",
    "precision": "dates known to the month or the year",
    "bounds": "dates with bounds or a mark of doubt",
    "contested": "that accounts of a fact differ",
    "denials": "who denies a fact",
    "others": "what the other accounts say",
    "speakers": "who said it",
    "channels": "how it was sent or said",
    "sources": "the sources",
    "digests": "the digests of their archived copies",
    "places": "where in the source",
    "meetings": "meetings",
    "duties": "duties and deadlines",
    "votes": "votes",
    "money": "pledges and payments",
    "charter": "the words of the charter",
    "rules": "its typed rules",
    "oversight": "who oversees whom",
    "clocks": "the three clocks of the reading",
}


def exchange_page() -> str:
    """The reference of every format, in Markdown."""
    return HEAD + "".join(line for each in FORMATS.values() for line in _section(each))


def _section(each: Format) -> Iterator[str]:
    ways = "Written" if each.read is None else "Written and read"
    yield f"\n## {each.name}\n\n{each.title} (<{each.standard}>), `{each.media}`. {ways}.\n\n"
    yield _listed("Carries", [name for name in FEATURES if name in each.carries])
    yield _listed("Does not carry", [name for name in FEATURES if name not in each.carries])
    yield "".join(f"- {remark}\n" for remark in each.remarks)


def _listed(title: str, names: list[Feature]) -> str:
    return f"{title}: {'; '.join(MEANING[name] for name in names)}.\n\n"
