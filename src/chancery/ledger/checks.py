"""Checks over a whole record: what no single act can see. Every fault is found, none stops the search.

A check first asks of all acts at once whether anything is wrong, which is cheap, and only then looks for where.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import islice, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol

from chancery.acts import refs_within, shape_of
from chancery.acts.charter import ProvisionSet
from chancery.acts.parties import PartyDescribed, PartyRenamed
from chancery.acts.registrar import OWN, EntrySealed, EntryShredded
from chancery.values import Date, Problem, Weight, citation_fault, family, is_ref, phrase, ref_fault, suggest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from chancery.acts import Act, RefField
    from chancery.ledger.record import Record
    from chancery.register import Head
    from chancery.values import Phrase

EXISTING = frozenset({"state", "phase", "source"})
"""Families whose refs need no description of their own: States have codes, phases belong to a plan."""

INTRODUCED = frozenset(
    {"meeting", "motion", "decision", "document", "directive", "report", "request", "finding", "recommendation"}
    | {"mandate", "condition", "project", "milestone", "plan", "instrument"}
)
"""Families whose refs are introduced by an act that they identify: a meeting held, a report submitted."""


class Acts:
    """The acts of a record, by kind and by what few have, for checks that ask of many at once.

    ``linked`` are the acts that name another entry; ``doubtful`` those whose kind, or weekday, asks for a look.
    """

    def __init__(self, record: Record) -> None:
        """Sort the acts, in one pass."""
        self.record = record
        self.search = Search()
        self.all: Sequence[Act] = record.acts
        self.by_kind: dict[type[Act], list[Act]] = {}
        self.linked: list[Act] = []
        self.doubtful: list[Act] = []
        faulty: set[type[Act]] = set()
        for act in record.acts:
            kind = act.__class__
            found = self.by_kind.get(kind)
            if found is None:
                found = self.by_kind[kind] = []
                if shape_of(kind).faulty:
                    faulty.add(kind)
            found.append(act)
            if act.replaces is not None or act.same_as is not None or kind.names_entries:
                self.linked.append(act)
            if act.weekday is not None or kind in faulty:
                self.doubtful.append(act)

    @cached_property
    def described(self) -> frozenset[str]:
        """The refs that the record describes, or introduces by an act that they identify."""
        return frozenset(_described(self))

    def values(self, kind: type[Act], field: str, *, many: bool = False) -> set[str]:
        """Every value of a field that acts of a kind have, each once."""
        found = set(map(attrgetter(field), self.by_kind.get(kind, ())))
        found.discard(None)
        return {each for several in found for each in several} if many else found


class Search:
    """Looks for what was meant, as long as it may: a record with many faults must not cost more than others."""

    def __init__(self, most: int = 50_000) -> None:
        """Allow so many comparisons in all; each takes some 40 microseconds."""
        self._left = most

    def near(self, text: str, among: Collection[str]) -> str | None:
        """The nearest of some texts, or None where none is near or no more may be compared."""
        if len(among) > self._left:
            return None
        self._left -= len(among)
        return suggest(text, among)


class Check(Protocol):
    """A check over a record's acts."""

    def __call__(self, acts: Acts, /) -> Iterable[Problem]:
        """Yield what is wrong."""


def problems_of(record: Record) -> list[Problem]:
    """Every problem that a record's acts have, one by one and with each other."""
    acts = Acts(record)
    return [problem for check in RULE_BOOK for problem in check(acts)]


def duplicate_ids(acts: Acts) -> Iterator[Problem]:
    """Two entries have one id."""
    if len(acts.record.places) == len(acts.all):
        return
    seen: set[str] = set()
    for act in acts.all:
        if act.id in seen:
            fault = phrase("the id {id} is given to an earlier entry too; ids are unique in a record", id=act.id)
            yield act.problem("duplicate-id", Weight.BAR, fault, "id")
        seen.add(act.id)


def unsourced(acts: Acts) -> Iterator[Problem]:
    """An entry cites no source, or one that the record does not have, or words that cannot stand there."""
    sources = acts.record.sources
    sound = {ref for ref in sources if is_ref(ref) and family(ref) == "source"}
    for act in acts.all:
        cites = act.cites
        if len(cites) == 1 and cites[0].source in sound and cites[0].quote is None and cites[0].position is None:
            continue
        if not cites and act.__class__ not in OWN:
            fault = phrase("cites no source; every account of an act says where it is written")
            yield act.problem("unsourced", Weight.BAR, fault, "cites")
        for cite in cites:
            if cite.source not in sources:
                yield act.problem("unknown-source", Weight.BAR, _unknown(cite.source, sources, acts.search), "cites")
            elif (fault_here := citation_fault(cite)) is not None:
                yield act.problem("citation", Weight.BAR, fault_here, "cites")


def unknown_refs(acts: Acts) -> Iterator[Problem]:
    """A field names a ref that is malformed, of the wrong family, or described nowhere."""
    sound: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for kind in acts.by_kind:
        for field in shape_of(kind).refs:
            refs = acts.values(kind, field.name, many=field.many) - sound[field.families]
            faults = {ref: fault for ref in refs if (fault := _ref_fault(ref, field, acts)) is not None}
            sound[field.families] |= refs - faults.keys()
            if faults:
                yield from _ref_problems(acts.by_kind[kind], field, faults)


def _ref_problems(acts: Iterable[Act], field: RefField, faults: Mapping[str, Phrase]) -> Iterator[Problem]:
    for act in acts:
        for ref in field.refs(act):
            if ref in faults:
                yield act.problem("unknown-ref", Weight.BAR, faults[ref], field.name)


def rule_refs(acts: Acts) -> Iterator[Problem]:
    """A typed rule names a ref that is malformed, of the wrong family, or described nowhere."""
    for act in acts.by_kind.get(ProvisionSet, ()):
        rule = getattr(act, "rule", None)
        for field, ref in refs_within(rule) if rule is not None else ():
            fault = _ref_fault(ref, field, acts)
            if fault is not None:
                yield act.problem("unknown-ref", Weight.BAR, fault, "rule")


def _described(acts: Acts) -> Iterator[str]:
    yield from acts.values(PartyDescribed, "party")
    for kind in acts.by_kind:
        for field in shape_of(kind).refs:
            if field.name in kind.identity and not field.many and INTRODUCED.intersection(field.families):
                yield from (ref for ref in acts.values(kind, field.name) if family(ref) in INTRODUCED)


def _ref_fault(ref: str, field: RefField, acts: Acts) -> Phrase | None:
    fault = ref_fault(ref)
    if fault is not None:
        return fault
    if field.families and family(ref) not in field.families:
        wanted = ", ".join(field.families)
        return phrase("{ref} is not of a family that fits here; expected one of: {wanted}", ref=ref, wanted=wanted)
    if family(ref) in EXISTING or ref in acts.described:
        return None
    return _unknown(ref, acts.described, acts.search)


def _unknown(ref: str, among: Collection[str], search: Search) -> Phrase:
    near = search.near(ref, among)
    if near is None:
        return phrase("{ref} is described nowhere in the record", ref=ref)
    return phrase("{ref} is described nowhere in the record; did you mean {near}?", ref=ref, near=near)


def own_faults(acts: Acts) -> Iterator[Problem]:
    """What each act finds wrong with itself."""
    for act in acts.doubtful:
        yield from act.faults()


def broken_links(acts: Acts) -> Iterator[Problem]:
    """An entry corrects, withdraws, joins or denies one that is not there, or itself, or one recorded after it."""
    head, places = acts.record.head, acts.record.places
    hidden = acts.values(EntrySealed, "entry") | acts.values(EntryShredded, "entry")
    linked = ((act, field, target) for act in acts.linked for field, target in _links(act))
    for act, field, target in linked:
        place = places.get(target)
        if place is None and target in hidden:
            continue
        if place is None:
            yield act.problem("unknown-entry", Weight.BAR, _no_entry(target, acts), field)
        elif target == act.id:
            yield act.problem("self-link", Weight.BAR, phrase("an entry cannot name itself here"), field)
        elif _recorded(acts.all[place], head) > _recorded(act, head):
            fault = phrase("names {id}, which was recorded later; an entry names what is there already", id=target)
            yield act.problem("later-entry", Weight.BAR, fault, field)


def _recorded(act: Act, head: Head) -> int:
    at = act.recorded or head.recorded
    return at.seconds if at is not None else 0


def _links(act: Act) -> Iterable[tuple[str, str]]:
    """The fields of an act that name other entries, with the entries they name."""
    fields = ("replaces", "same_as", *act.names_entries)
    return [(field, target) for field in fields if (target := getattr(act, field)) is not None]


def _no_entry(target: str, acts: Acts) -> Phrase:
    near = acts.search.near(target, acts.record.places)
    if near is None:
        return phrase("no entry has the id {id}", id=target)
    return phrase("no entry has the id {id}; did you mean {near}?", id=target, near=near)


def circles(acts: Acts) -> Iterator[Problem]:
    """Entries correct each other, or claim each other as the same act, in a circle."""
    yield from _circles(acts, "correction-cycle", ("replaces", "entry"))
    yield from _circles(acts, "same-as-cycle", ("same_as",))


def _circles(acts: Acts, code: str, fields: tuple[str, ...]) -> Iterator[Problem]:
    """Walk along the links, depth first, with a path of our own, since chains may be long."""
    linked = {act.id: act for act in acts.linked if _named(act, fields)}
    done: set[str] = set()
    for start, first in linked.items():
        path = {start: iter(_named(first, fields).values())} if start not in done else {}
        while path:
            here = next(reversed(path))
            following = next(path[here], None)
            if following is None:
                done.add(here)
                del path[here]
            elif following in path:
                yield _circle(linked[following], code, fields, path)
            elif following in linked and following not in done:
                path[following] = iter(_named(linked[following], fields).values())


def _named(act: Act, fields: tuple[str, ...]) -> dict[str, str]:
    """The other entries that an act names, by field."""
    return {field: target for field in fields if (target := getattr(act, field, None)) not in (None, act.id)}


def _circle(act: Act, code: str, fields: tuple[str, ...], path: dict[str, Iterator[str]]) -> Problem:
    """A circle that closes at an act; of a long one, the last entries."""
    last = list(takewhile(lambda name: name != act.id, islice(reversed(path), MOST_NAMED)))
    left_out = ("\N{HORIZONTAL ELLIPSIS}",) if len(last) == MOST_NAMED else ()
    fault = phrase(
        "entries name each other in a circle: {ring}", ring=" > ".join((act.id, *left_out, *reversed(last), act.id))
    )
    return act.problem(code, Weight.BAR, fault, next(iter(_named(act, fields))))


MOST_NAMED = 12
"""How many entries of a circle are named at the most, besides the one at which it closes."""


def shared_names(acts: Acts) -> Iterator[Problem]:
    """One name belongs to two persons."""
    owner: dict[str, str] = {}
    for act in (*acts.by_kind.get(PartyDescribed, ()), *acts.by_kind.get(PartyRenamed, ())):
        if not isinstance(act, (PartyDescribed, PartyRenamed)) or family(act.party) != "person":
            continue
        for each in act.names:
            first = owner.setdefault(each.text.casefold(), act.party)
            if first != act.party:
                fault = phrase("the name {text} is also that of {other}; tell them apart", text=each.text, other=first)
                yield act.problem("shared-name", Weight.BREACH, fault, "names")


def before_described(acts: Acts) -> Iterator[Problem]:
    """An act takes effect before a party to it is described as existing."""
    since = _since(acts)
    for kind in acts.by_kind if since else ():
        for field in shape_of(kind).refs:
            if since.keys().isdisjoint(acts.values(kind, field.name, many=field.many)):
                continue
            for act in acts.by_kind[kind]:
                yield from _too_early(act, field, since)


def _since(acts: Acts) -> dict[str, Date]:
    """The exact days from which parties are described."""
    return {
        act.party: act.effective
        for act in acts.by_kind.get(PartyDescribed, ())
        if isinstance(act, PartyDescribed) and act.effective.earliest == act.effective.latest
    }


def _too_early(act: Act, field: RefField, since: Mapping[str, Date]) -> Iterator[Problem]:
    for ref in field.refs(act):
        if ref in since and act.effective.latest < since[ref].earliest:
            fault = phrase("takes effect before {party:name} is described, on {day:date}", party=ref, day=since[ref])
            yield act.problem("before-described", Weight.BREACH, fault, field.name)


RULE_BOOK: tuple[Check, ...] = (
    duplicate_ids,
    unsourced,
    unknown_refs,
    rule_refs,
    own_faults,
    broken_links,
    circles,
    shared_names,
    before_described,
)
"""Every check over a record. To know them all, read these names."""
