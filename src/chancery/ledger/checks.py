"""Checks over a whole record: what no single act can see. Every fault is found, none stops the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts import RefField, shape_of
from chancery.acts.parties import PartyDescribed, PartyRenamed
from chancery.ledger.links import superseded
from chancery.values import Problem, Weight, family, phrase, ref_fault, suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from chancery.acts import Act
    from chancery.ledger.record import Record
    from chancery.values import Phrase

EXISTING = frozenset({"state", "phase", "source"})
"""Families whose refs need no description of their own: States have codes, phases belong to a plan."""


def problems_of(record: Record) -> list[Problem]:
    """Every problem that a record's acts have, one by one and with each other, in the ledger's order."""
    found: list[Problem] = []
    for rule in RULE_BOOK:
        found.extend(rule(record))
    return found


def duplicate_ids(record: Record) -> Iterator[Problem]:
    """Two entries have one id."""
    seen: set[str] = set()
    for act in record.acts:
        if act.id in seen:
            fault = phrase("the id {id} is given to an earlier entry too; ids are unique in a record", id=act.id)
            yield act.problem("duplicate-id", Weight.BAR, fault, "id")
        seen.add(act.id)


def unsourced(record: Record) -> Iterator[Problem]:
    """An entry cites no source, or one that the record does not have."""
    sources = record.sources
    for act in record.acts:
        if not act.cites and act.kind != "entry.withdrawn":
            fault = phrase("cites no source; every account of an act says where it is written")
            yield act.problem("unsourced", Weight.BAR, fault, "cites")
        for cite in act.cites:
            if cite.source not in sources:
                yield act.problem("unknown-source", Weight.BAR, _unknown(cite.source, sources), "cites")


def unknown_refs(record: Record) -> Iterator[Problem]:
    """A field names a ref that is malformed, of the wrong family, or described nowhere."""
    described: set[str] = {act.party for act in record.acts if isinstance(act, PartyDescribed)}
    described.update(ref for act in record.acts for ref in _introduced(act))
    good: dict[tuple[str, ...], set[str]] = {}
    for act in record.acts:
        for field in shape_of(type(act)).refs:
            value = getattr(act, field.name)
            if value is None:
                continue
            passed = good.setdefault(field.families, set())
            for ref in value if field.many else (value,):
                if ref in passed:
                    continue
                fault = _ref_fault(ref, field, described)
                if fault is None:
                    passed.add(ref)
                else:
                    yield act.problem("unknown-ref", Weight.BAR, fault, field.name)


INTRODUCED = frozenset(
    {"meeting", "motion", "decision", "document", "directive", "report", "request", "finding", "recommendation"}
    | {"mandate", "condition", "project", "milestone", "plan", "instrument"}
)
"""Families whose refs are introduced by the first field of an act that identifies them."""


def _introduced(act: Act) -> Iterator[str]:
    """The refs that an act brings into being by its identity: a meeting held, a report submitted."""
    for name in act.identity:
        value = getattr(act, name)
        if isinstance(value, str) and value.partition(":")[0] in INTRODUCED:
            yield value


def _ref_fault(ref: str, field: RefField, described: set[str]) -> Phrase | None:
    fault = ref_fault(ref)
    if fault is not None:
        return fault
    if field.families and family(ref) not in field.families:
        wanted = ", ".join(field.families)
        return phrase("{ref} is not of a family that fits here; expected one of: {wanted}", ref=ref, wanted=wanted)
    if family(ref) in EXISTING or ref in described:
        return None
    return _unknown(ref, described)


def _unknown(ref: str, among: Iterable[str]) -> Phrase:
    near = suggest(ref, among)
    if near is None:
        return phrase("{ref} is described nowhere in the record", ref=ref)
    return phrase("{ref} is described nowhere in the record; did you mean {near}?", ref=ref, near=near)


def own_faults(record: Record) -> Iterator[Problem]:
    """What each act finds wrong with itself."""
    for act in record.acts:
        if act.weekday is not None or shape_of(type(act)).faulty:
            yield from act.faults()


def broken_links(record: Record) -> Iterator[Problem]:
    """An entry corrects, withdraws, joins or denies one that is not there, or itself."""
    ids: set[str] | None = None
    for act in record.acts:
        for field in ("replaces", "same_as", "entry", "denies"):
            target = getattr(act, field, None)
            if not isinstance(target, str):
                continue
            ids = {each.id for each in record.acts} if ids is None else ids
            if target not in ids:
                yield act.problem("unknown-entry", Weight.BAR, _no_entry(target, ids), field)
            elif target == act.id:
                yield act.problem("self-link", Weight.BAR, phrase("an entry cannot name itself here"), field)


def _no_entry(target: str, ids: set[str]) -> Phrase:
    near = suggest(target, ids)
    if near is None:
        return phrase("no entry has the id {id}", id=target)
    return phrase("no entry has the id {id}; did you mean {near}?", id=target, near=near)


def circles(record: Record) -> Iterator[Problem]:
    """Entries correct each other, or claim each other as the same act, in a circle."""
    for code, field, link in (
        ("correction-cycle", "replaces", superseded),
        ("same-as-cycle", "same_as", _same_as),
    ):
        yield from _circles(record, code, field, link)


def _same_as(act: Act) -> str | None:
    return act.same_as


def _circles(record: Record, code: str, field: str, link: Callable[[Act], str | None]) -> Iterator[Problem]:
    linked = {act.id: act for act in record.acts if link(act) is not None}
    done: set[str] = set()
    for start in linked:
        path: dict[str, None] = {}
        here: str | None = start
        while here in linked and here not in done and here not in path:
            path[here] = None
            here = link(linked[here])
        if here in path:
            ring = " > ".join((*list(path)[list(path).index(here) :], here))
            fault = phrase("entries name each other in a circle: {ring}", ring=ring)
            yield linked[here].problem(code, Weight.BAR, fault, field)
        done.update(path)


def shared_names(record: Record) -> Iterator[Problem]:
    """One name belongs to two persons."""
    owner: dict[str, str] = {}
    for act in record.acts:
        if isinstance(act, (PartyDescribed, PartyRenamed)) and act.party.startswith("person:"):
            for name in act.names:
                first = owner.setdefault(name.text.casefold(), act.party)
                if first != act.party:
                    fault = phrase(
                        "the name {text} belongs to {other} too; add what tells them apart", text=name.text, other=first
                    )
                    yield act.problem("shared-name", Weight.BREACH, fault, "names")


def before_described(record: Record) -> Iterator[Problem]:
    """An act takes effect before a party to it is said to exist."""
    since = {
        act.party: act.effective
        for act in record.acts
        if isinstance(act, PartyDescribed) and act.effective.earliest == act.effective.latest
    }
    if not since:
        return
    for act in record.acts:
        for field in shape_of(type(act)).refs:
            value = getattr(act, field.name)
            for ref in value if field.many else (value,):
                if ref in since and act.effective.latest < since[ref].earliest:
                    fault = phrase(
                        "takes effect before {party:name}, described as of {day:date}", party=ref, day=since[ref]
                    )
                    yield act.problem("before-described", Weight.BREACH, fault, field.name)


RULE_BOOK: tuple[Callable[[Record], Iterator[Problem]], ...] = (
    duplicate_ids,
    unsourced,
    unknown_refs,
    own_faults,
    broken_links,
    circles,
    shared_names,
    before_described,
)
"""Every check over a record. To know them all, read these names."""
