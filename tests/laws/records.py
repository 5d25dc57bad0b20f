"""Records of every kind of act, drawn from what the kinds declare: sound ones, loose ones, hostile ones.

A kind that is added is drawn from here at once: nothing below names the fields of any one kind, but those by which an
entry names another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache, partial
from typing import Annotated, Any, Literal, get_args, get_origin
from unicodedata import normalize

import msgspec
from hypothesis import strategies as st
from msgspec import Meta, Struct

from chancery.acts import KINDS, Act, data_of, families_of, header_fields, shape_of
from chancery.acts.parties import PartyDescribed
from chancery.acts.shape import holds
from chancery.ledger import Record, problems_of
from chancery.register import STANDINGS, Head, Reading, Source
from chancery.register.head import ORDER
from chancery.values import FAMILIES, SECONDS_A_DAY, Amount, Citation, Date, Instant, Ref, Tongues, Weight, family
from tests.made import day

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6).map(partial(normalize, "NFC"))
LANGS = ["ar", "en", "fr-CA", "he", "ru", "zh-Hant"]
STATES = ["state:be", "state:ca"]
FIRST, LAST = day("2026-01-12"), day("2026-02-03")
SEEN = ["state", "person", "body", "office", "meeting", "plan"]
"""Families of which a ref is drawn where any will do."""

Values = Mapping[str, st.SearchStrategy[Any]]  # strategies for values of fields of any type

DAYS = st.integers(FIRST, LAST).map(lambda number: Date.ordinal(number).text)
TONGUES = TEXTS.map(Tongues.of) | st.dictionaries(st.sampled_from(LANGS), TEXTS, min_size=1, max_size=2).map(Tongues.of)
INSTANTS = st.builds(
    Instant,
    st.integers(FIRST * SECONDS_A_DAY, LAST * SECONDS_A_DAY),
    st.none() | st.sampled_from(["Asia/Gaza", "Europe/Zurich"]),
)
MOMENTS = st.integers(0, LAST - FIRST).map(lambda after: Instant((FIRST + after) * SECONDS_A_DAY))
AMOUNTS = st.decimals(-(10**9), 10**9, places=2).map(Amount)
ABSURD = st.sampled_from(["0001-01-01", "9999-12-31", "..", "XXXX-XX-XX", "../0001-01-01", "9999-12-31/..", "0001%"])


@st.composite
def date_texts(draw: st.DrawFn) -> str:
    """A date of a few weeks, half of the time an exact one."""
    one, other = sorted((draw(DAYS), draw(DAYS)))
    forms = [one, f"{one}?", f"{one}~", one[:7], f"../{one}", f"{one}/..", f"{one}/{other}", "XXXX-XX-XX"]
    return draw(st.sampled_from([*[one] * len(forms), *forms]))


DATES = date_texts().map(Date.of)


@cache
def refs(families: tuple[str, ...]) -> st.SearchStrategy[Ref]:
    """A ref of one of some families, of two in each."""
    named = {each: [f"{each}:a", f"{each}:b"] for each in FAMILIES} | {"state": STATES}
    return st.sampled_from([Ref(ref) for each in families or SEEN for ref in named[each]])


PLAIN: dict[object, st.SearchStrategy[Any]] = {  # strategies for values of any type
    Date: DATES,
    Instant: INSTANTS,
    Tongues: TONGUES,
    Amount: AMOUNTS,
    bool: st.booleans(),
    str: TEXTS,
    type(None): st.none(),
}

NAMED: Values = {
    "currency": st.sampled_from(["EUR", "USD"]),
    "done_by": st.lists(st.sampled_from(sorted(KINDS)), max_size=2).map(tuple),
    "unless_by": st.lists(st.sampled_from(sorted(KINDS)), max_size=2).map(tuple),
}
"""Texts with a form of their own, by the name of the field."""


def values_of(annotation: object) -> st.SearchStrategy[Any]:  # values of any type
    """Any value that a field of this type may hold."""
    origin, parts = get_origin(annotation), get_args(annotation)
    single = origin in (None, Annotated) and not holds(annotation, tuple)
    if single and (families := families_of(annotation)) is not None:
        return refs(families)
    if origin is Annotated:
        return bounded(parts[0], parts[1])
    if origin is tuple:
        return st.lists(values_of(parts[0]), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(refs(()), values_of(parts[1]), max_size=2)
    if parts:
        return st.sampled_from(parts) if origin is Literal else st.one_of([values_of(part) for part in parts])
    return class_values(annotation)


def class_values(annotation: object) -> st.SearchStrategy[Any]:  # values of any type
    """Any value of a class: of a closed list, of a table, or one of our own."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(list(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Struct):
        return st.deferred(lambda: structs(annotation))
    return PLAIN[annotation]


def bounded(annotation: object, meta: Meta) -> st.SearchStrategy[Any]:  # values of any type
    """A value within the bounds that a field declares."""
    if annotation is int:
        return st.integers(int(meta.ge or 0), int(min(meta.le or 99, 99)))
    if annotation is str and meta.pattern is not None:
        return st.from_regex(meta.pattern, fullmatch=True, alphabet=st.characters(codec="ascii"))
    least = meta.min_length or 0
    return values_of(annotation).filter(lambda value: len(value) >= least) if least else values_of(annotation)


def named(name: str, annotation: object) -> st.SearchStrategy[Any]:  # values of any type
    """Any value that a field of this name and type may hold."""
    return NAMED[name] if name in NAMED else values_of(annotation)


@cache
def structs(struct: type[Struct]) -> st.SearchStrategy[Struct]:
    """Any table that stands within a field."""
    fields = msgspec.structs.fields(struct)
    return st.builds(struct, **{field.name: named(field.name, field.type) for field in fields})


@cache
def own_values(kind: type[Act]) -> dict[str, st.SearchStrategy[Any]]:  # values of any type
    """What each field that a kind declares itself may hold; by field."""
    found = {}
    for field in msgspec.structs.fields(kind):
        if field.name not in header_fields() and field.name not in kind.names_entries:
            values = values_of(field.type)
            found[field.name] = values
    return found


@cache
def required_fields(kind: type[Act]) -> tuple[str, ...]:
    """The fields that a kind requires of those drawn by themselves, and the day of the act."""
    fields = msgspec.structs.fields(kind)
    return ("effective", *(field.name for field in fields if field.required and field.name in own_values(kind)))


@cache
def optional_fields(kind: type[Act]) -> tuple[str, ...]:
    """The other fields of a kind; those first that the ledger itself reads, which are drawn more often."""
    others = [name for name in {**COMMON, **own_values(kind)} if name not in required_fields(kind)]
    return (*others, *(name for name in ("recorded", "until", "speaker") if name in others))


SHARED = {field.name: field for field in msgspec.structs.fields(Act)}
COMMON: Values = {
    "effective": DATES,
    **{
        name: values_of(SHARED[name].type)
        for name in ("speaker", "speaker_as", "on_behalf_of", "weekday", "note", "by_officer", "channel")
    },
    "recorded": MOMENTS,
    "distinct": st.booleans(),
}

MANY = [kind for kind in KINDS if kind.startswith(("membership", "invitation", "observer", "position", "attendance"))]
FEW = ["membership.signed", "membership.listed", "membership.denied", "statement.denied", "entry.withdrawn"]
"""Kinds on which others have an effect, drawn often."""


def kinds() -> st.SearchStrategy[type[Act]]:
    """A kind of act: any, but often one of those that meet each other."""
    return st.one_of(*(st.sampled_from(names) for names in (sorted(KINDS), MANY, FEW))).map(KINDS.__getitem__)


@st.composite
def sources(draw: st.DrawFn, ref: str) -> Source:
    """A source of any standing, dated or not."""
    return Source(
        ref=Ref(ref),
        standing=draw(st.sampled_from(STANDINGS)),
        title=draw(st.none() | TEXTS),
        published=draw(st.none() | DATES),
        retrieved=draw(st.none() | DAYS.map(Date.of)),
        relays=draw(st.lists(TEXTS, max_size=1).map(tuple)),
    )


@st.composite
def heads(draw: st.DrawFn) -> Head:
    """A head, half of the time with an order of standings of its own."""
    order = draw(st.just(ORDER) | st.permutations(ORDER).flatmap(lambda all_: st.just(tuple(all_[:9]))))
    return Head(
        title=draw(TONGUES),
        standings=order,  # type: ignore[arg-type]  # the same words
        retrieved=draw(st.none() | st.just(Date.ordinal(LAST))),
        recorded=draw(st.none() | MOMENTS),
    )


@st.composite
def acts(draw: st.DrawFn, entry: str, cited: Sequence[str], others: Sequence[str], any_id: Sequence[str]) -> Act:
    """An act of any kind; it may correct, withdraw or join one of some others, and deny any."""
    kind = draw(kinds())
    if not any_id or ("entry" in kind.names_entries and not others):
        kind = KINDS["invitation.issued"]
    filled = draw(st.lists(st.sampled_from(optional_fields(kind)), max_size=4, unique=True))
    values = {**COMMON, **own_values(kind)}
    fields = {name: draw(values[name]) for name in (*required_fields(kind), *filled)}
    cites = st.lists(st.builds(Citation, st.sampled_from(cited), page=st.none() | TEXTS), min_size=1, max_size=2)
    links = {name: draw(st.sampled_from(others if name == "entry" else any_id)) for name in kind.names_entries}
    joins = dict.fromkeys(("replaces", "same_as"))
    if others and (joined := draw(st.sampled_from([None, None, *joins]))) is not None:
        joins[joined] = draw(st.sampled_from(others))
    return kind(**{**fields, **links, **joins, "id": entry, "cites": tuple(draw(cites))})


@st.composite
def retold(draw: st.DrawFn, act: Act, another: Act) -> Act:
    """Another account of an act: from the source of another entry and in its links, perhaps in a party's own words."""
    speakers = [None, None, another.speaker, getattr(act, "party", None), getattr(act, "party", None)]
    own = {name: getattr(another, name) for name in ("id", "replaces", "same_as", "recorded", "distinct")}
    cites = draw(st.sampled_from([act.cites, another.cites]))
    weekday = draw(st.none() | st.sampled_from(["Monday", "Tuesday"]))
    return msgspec.structs.replace(act, **own, cites=cites, weekday=weekday, speaker=draw(st.sampled_from(speakers)))


@st.composite
def records(draw: st.DrawFn, most: int = 10) -> Record:
    """A record in which every link leads to another entry, forwards or backwards, and none in a circle."""
    found = [draw(sources(f"source:{name}")) for name in "abcd"]
    ids = [f"e{number}" for number in range(draw(st.integers(1, most)))]
    order = draw(st.permutations(ids))
    cited = [source.ref for source in found]
    made: list[Act] = []
    for entry in ids:
        act = draw(acts(entry, cited, order[: order.index(entry)], [each for each in ids if each != entry]))
        earlier = [each for each in made if "entry" not in each.names_entries]
        if draw(st.booleans()) and earlier:
            act = draw(retold(draw(st.sampled_from(earlier)), act))
        made.append(act)
    return Record(draw(heads()), {source.ref: source for source in found}, made)


@st.composite
def hostile(draw: st.DrawFn) -> Record:
    """A record as an enemy writes it: dangling links, circles, ids twice, unknown refs and sources, absurd dates."""
    record = draw(records(most=8))
    ids = [*(act.id for act in record.acts), "e0", "nowhere", ""]
    dates = st.none() | ABSURD.map(Date.of) | DATES
    odd: dict[str, st.SearchStrategy[Any]] = {  # strategies for values of any type
        "replaces": st.sampled_from(ids),
        "same_as": st.sampled_from(ids),
        "entry": st.sampled_from(ids),
        "denies": st.sampled_from(ids),
        "effective": ABSURD.map(Date.of),
        "until": dates,
        "id": st.sampled_from(ids),
        "cites": st.lists(st.sampled_from(["source:a", "source:none", "state:be", ""]), max_size=2).map(
            lambda cited: tuple(Citation(Ref(ref)) for ref in cited)
        ),
        "party": st.sampled_from(["", ":", "state:uk", "\0", "body:a", "person:nobody"]),
        "body": st.sampled_from(["", "state:be", "body:none", "\N{ARABIC LETTER ALEF}:b"]),
    }
    twisted = [act for each in record.acts for act in draw(st.lists(st.just(each), min_size=1, max_size=2))]
    made = []
    for act in twisted:
        fields = [name for name in odd if name in act.__struct_fields__]
        changed = draw(st.lists(st.sampled_from(fields), max_size=3, unique=True))
        made.append(msgspec.structs.replace(act, **{name: draw(odd[name]) for name in changed}))
    known = {
        ref: msgspec.structs.replace(source, published=draw(dates), retrieved=draw(dates))
        for ref, source in record.sources.items()
    }
    return Record(record.head, known, made)


def plain_of(record: Record) -> list[object]:
    """What a record says, however it was read: a line of JSON tells what it is, a table of TOML need not."""
    rows = [record.head, *record.sources.values()]
    return [*({name: value for name, value in data_of(row).items() if name != "kind"} for row in rows), *record.acts]


def described(record: Record) -> Record:
    """The record with a description of everything that it names."""
    named = {ref for act in record.acts for field in shape_of(type(act)).refs for ref in field.refs(act)}
    cites = (Citation(Ref("source:a")),)
    added = [
        PartyDescribed(id=f"d{number}", party=Ref(ref), cites=cites)
        for number, ref in enumerate(sorted(named))
        if family(ref) not in ("state", "source", "phase")
    ]
    return Record(record.head, record.sources, [*added, *record.acts])


def sound(record: Record) -> Record:
    """The record with what it names described, and without the entries that bar it."""
    found = described(record)
    while barred := {each.entry for each in problems_of(found) if each.weight is Weight.BAR}:
        found = Record(found.head, found.sources, [act for act in found.acts if act.id not in barred])
    return found


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """A reading of a day in the same weeks, on any clocks."""
    moments = st.integers(FIRST * SECONDS_A_DAY, (LAST + 1) * SECONDS_A_DAY)
    clocks = {clock: draw(moments) for clock in draw(st.sets(st.sampled_from(["known", "recorded"])))}
    return Reading(on=draw(st.integers(FIRST - 1, LAST + 1)), strict=draw(st.booleans()), **clocks)
