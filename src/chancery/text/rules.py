"""Rules written briefly: the tables [rules], [[party]], [[provision]] and [[case]], each of which stands for an act."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta, Struct

from chancery.acts import MOST_FAULTS, faults_in
from chancery.register.accounts import ref_to
from chancery.values import Problem, Ref, decode_hook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHORTHAND = {"rules": False, "party": True, "provision": True, "case": True}
"""The tables of a rules file, and whether there may be many of each."""

Row = dict[str, object]
Standing = tuple[str, int, Row]
"""The table that a row stands in, its place among those of its name, and the act that it stands for."""


class RulesHead(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What holds for every provision of a rules file that does not say otherwise."""

    body: Annotated[Ref, ref_to("body", "org", "office", about="the body that the rules govern")]
    instrument: Annotated[Ref, ref_to("instrument", about="the treaty, charter or rules of procedure")]
    source: Annotated[Ref, ref_to("source", about="where they are read")]
    title: Annotated[str, Meta(description="what the body is called")] | None = None
    instrument_title: Annotated[str, Meta(description="what the instrument is called")] | None = None
    evidence: Annotated[str, Meta(description="text, reported or unverified")] = "text"


def acts_of(data: Mapping[str, object], file: str, found: list[tuple[Problem, str, int]]) -> Iterator[Standing]:
    """The acts for which the tables of a rules file stand, as data; problems with [rules] are added to ``found``."""
    head = _head(data, found)
    stem = file.removesuffix(".toml").rpartition("/")[2]
    if head is not None:
        yield from _described(head, stem)
    for index, row in _rows(data, "party"):
        yield "party", index, _party(row, head, f"{stem}-party-{index + 1}")
    for index, row in _rows(data, "provision"):
        yield "provision", index, _provision(row, head, f"{stem}-provision-{index + 1}")
    for index, row in _rows(data, "case"):
        yield "case", index, _case(row, head, f"{stem}-case-{index + 1}")


def _head(data: Mapping[str, object], found: list[tuple[Problem, str, int]]) -> RulesHead | None:
    table = data.get("rules")
    if not isinstance(table, dict):
        return None
    try:
        return msgspec.convert(table, RulesHead, dec_hook=decode_hook)
    except (msgspec.ValidationError, ValueError):
        found.extend((problem, "rules", 0) for problem in islice(faults_in(table, RulesHead), MOST_FAULTS))
        return None


def _rows(data: Mapping[str, object], table: str) -> Iterator[tuple[int, Row]]:
    rows = data.get(table)
    if isinstance(rows, list):
        yield from ((index, row) for index, row in enumerate(rows) if isinstance(row, dict))


def _cited(row: Row, head: RulesHead | None) -> Row:
    """The citation of a row that gives none: the source of the file, at the row's article."""
    if "cites" in row or head is None:
        return {}
    article = {"article": row["article"]} if "article" in row else {}
    return {"cites": [{"source": head.source, **article}]}


def _described(head: RulesHead, stem: str) -> Iterator[Standing]:
    """The body and the instrument, described by what the head calls them, if it does."""
    for part, ref, title in (("body", head.body, head.title), ("instrument", head.instrument, head.instrument_title)):
        named: Row = {} if title is None else {"names": [{"text": title}]}
        act: Row = {"id": f"{stem}-{part}", "kind": "party.described", "party": ref, **named}
        yield "rules", 0, {**act, **_cited({}, head)}


def _party(row: Row, head: RulesHead | None, name: str) -> Row:
    """What parties are called in lists of votes: plain texts, or tables with language and use."""
    names = row.get("names")
    said = (
        [
            {"text": each, "use": "spelling" if index else "display"} if isinstance(each, str) else each
            for index, each in enumerate(names)
        ]
        if isinstance(names, list)
        else names
    )
    named = {} if names is None else {"names": said}
    rest = {key: value for key, value in row.items() if key not in ("ref", "names")}
    party = {"party": row["ref"]} if "ref" in row else {}
    return {"id": name, "kind": "party.described", **party, **named, **rest, **_cited(row, head)}


def _provision(row: Row, head: RulesHead | None, name: str) -> Row:
    rule = row.get("rule")
    given: Row = {"id": name, "kind": "provision.set", "distinct": True}
    if isinstance(rule, dict):
        called = (rule.get(field) for field in ("name", "group", "type"))
        given["matter"] = next((each for each in called if isinstance(each, str) and each), "rule")
    if head is not None:
        given.update(instrument=head.instrument, body=head.body, evidence=head.evidence)
    return {**given, **_cited(row, head), **row}


def _case(row: Row, head: RulesHead | None, name: str) -> Row:
    body = {} if head is None else {"body": head.body}
    return {"id": name, "kind": "case.set", **body, **_cited(row, head), **row}
