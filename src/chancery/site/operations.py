"""What the API gives: each operation declared once, with its parameters, its answer and the schema of that."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from chancery.acts import KINDS, data_of, schema_of
from chancery.languages import languages
from chancery.languages.names import NameBook
from chancery.register import Reading
from chancery.site import parameters as ask
from chancery.site.days import days_of
from chancery.site.memento import moments
from chancery.site.parameters import Parameter, Schema, Values
from chancery.site.problems import Refusal
from chancery.values import Date, Instant, Ref, family
from chancery.values.instants import moment
from chancery.views import COLUMNS, VIEWS, Scope
from chancery.views.cells import refs_in
from chancery.views.faces import row_data
from chancery.views.search import search
from chancery.views.why import why_entry, why_refs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chancery.acts import Act
    from chancery.ledger import Ledger
    from chancery.register import Register
    from chancery.views import View

Answer = dict[str, Any]  # any JSON


class Call:
    """A request to the API: the ledger, the day it is, the values of its parameters."""

    def __init__(self, ledger: Ledger, today: str, values: Values) -> None:
        """Hold a request."""
        self.ledger = ledger
        self.values = values
        self._today = today

    @cached_property
    def reading(self) -> Reading:
        """The reading that is asked for."""
        values = self.values
        return Reading.of(values.get("on") or self._today, values.get("known"), values.get("recorded"))

    @cached_property
    def register(self) -> Register:
        """The register of the reading."""
        return self.ledger.as_of(self.reading)

    @property
    def scope(self) -> Scope:
        """To what the answer is narrowed."""
        return Scope(self.values.get("body"), self.values.get("party"))

    def some(self, rows: Sequence[object]) -> dict[str, int]:
        """How many there are, and which of them are given."""
        return {"total": len(rows), "limit": self.values["limit"], "offset": self.values["offset"]}

    def page(self, rows: Sequence[Any]) -> list[Any]:  # rows of any type, as they came
        """The rows that are given."""
        offset = self.values["offset"]
        return list(rows[offset : offset + self.values["limit"]])


class Operation(Struct, frozen=True, kw_only=True):
    """An operation: its address, its parameters in that and after it, what it gives, and the schema of that."""

    path: str
    name: str
    about: str
    within: tuple[Parameter, ...] = ()
    asked: tuple[Parameter, ...] = ()
    answer: Schema
    give: Callable[[Call], Answer]


def _listing(key: str, item: Schema, **more: Schema) -> Schema:
    count: Schema = {"type": "integer", "minimum": 0}
    properties = {**more, "total": count, "limit": count, "offset": count, key: {"type": "array", "items": item}}
    return {"type": "object", "required": list(properties), "properties": properties}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": TEXT}
ENTRY: Schema = {"$ref": "#/components/schemas/entry"}
SOURCE: Schema = {"$ref": "#/components/schemas/source"}
CLOCKS: Schema = {
    "type": "object",
    "required": ["on", "known", "recorded"],
    "properties": {name: {"type": ["string", "null"]} for name in ("on", "known", "recorded")},
}
VIEW: Schema = _listing("rows", {"type": "object"}, view=TEXT, reading=CLOCKS, lead=TEXTS, notes=TEXTS)


def _view_answer(call: Call, view: View) -> Answer:
    return {
        "view": view.name,
        "reading": call.reading.clocks(),
        **call.some(view.rows),
        "rows": [row_data(row) for row in call.page(view.rows)],
        "lead": [str(each) for each in view.lead],
        "notes": [str(each) for each in view.notes],
    }


def _view_operation(name: str) -> Operation:
    return Operation(
        path=f"/views/{name}",
        name=f"view_{name}",
        about=(VIEWS[name].__doc__ or name).strip(),
        asked=(*ask.CLOCKS, ask.BODY, ask.PARTY, *ask.PAGING),
        answer={"$ref": f"#/components/schemas/view.{name}"},
        give=lambda call: _view_answer(call, VIEWS[name](call.register, call.scope)),
    )


def _views(_call: Call) -> Answer:
    return {
        "views": [
            {"view": name, "columns": [{"key": each.key, "sort": each.sort, "about": each.about} for each in columns]}
            for name, columns in COLUMNS.items()
        ]
    }


def _entries(call: Call) -> Answer:
    values, reading = call.values, call.reading
    found = [
        entry.act
        for entry in call.ledger.entries
        if entry.recorded <= reading.recorded
        and values["kind"] in (None, entry.act.kind)
        and (values["ref"] is None or values["ref"] in refs_in(entry.act))
    ]
    return {**call.some(found), "entries": [data_of(act) for act in call.page(found)]}


def _act(call: Call, entry: str) -> Act:
    """An account by its id. Raises Refusal where there is none."""
    place = call.ledger.record.places.get(entry)
    if place is None:
        raise Refusal(404, "There is no such entry.")
    return call.ledger.record.acts[place]


def _entry(call: Call) -> Answer:
    act = _act(call, call.values["entry"])
    view = why_entry(call.register, act.id, call.ledger.record.acts)
    return {"entry": data_of(act), "reading": call.reading.clocks(), "accounts": [row_data(row) for row in view.rows]}


def _sources(call: Call) -> Answer:
    found = list(call.ledger.record.sources.values())
    return {**call.some(found), "sources": [data_of(source) for source in call.page(found)]}


def _source(call: Call) -> Answer:
    source = call.ledger.record.sources.get(f"source:{call.values['source']}")
    if source is None:
        raise Refusal(404, "There is no such source.")
    resting = [act.id for act in call.ledger.record.acts if any(cite.source == source.ref for cite in act.cites)]
    return {"source": data_of(source), "entries": resting}


def _named_refs(call: Call) -> list[Ref]:
    found = {ref for fact in call.register.facts() for ref in refs_in(fact.act)}
    return sorted(found)


def _refs(call: Call) -> Answer:
    wanted = call.values["family"]
    found = [ref for ref in _named_refs(call) if wanted in (None, family(ref))]
    book = NameBook(call.register)
    return {
        **call.some(found),
        "reading": call.reading.clocks(),
        "refs": [_called(ref, book) for ref in call.page(found)],
    }


def _called(ref: Ref, book: NameBook) -> Answer:
    """A ref with what it is called in each language that is spoken in full, and every name on record."""
    return {
        "ref": ref,
        "called": {lang: book.spoken(ref, lang) for lang in languages()},
        "names": [data_of(name) for name in book.names(ref)],
    }


def _ref(call: Call) -> Answer:
    ref = Ref(call.values["ref"])
    view = why_refs(call.register, [ref], call.ledger.record.acts)
    if not view.rows:
        raise Refusal(404, "Nothing in this reading names this ref.")
    return {**_called(ref, NameBook(call.register)), **_view_answer(call, view)}


def _search(call: Call) -> Answer:
    first, last = (_day(call.values[name], end) for name, end in (("first", 0), ("last", 1)))
    return _view_answer(call, search(call.register, call.values["q"], first, last))


def _day(text: str | None, end: int) -> int | None:
    """The first or the last day of a time."""
    return None if text is None else Date.of(Instant(moment(text)[end]).utc[:10]).earliest


def _readings(call: Call) -> Answer:
    recorded = [Instant(each).utc for each in moments(call.ledger)]
    return {"days": [Date.ordinal(day).text for day in days_of(call.ledger)], "recorded": recorded}


def _kinds(_call: Call) -> Answer:
    return {"kinds": sorted(KINDS)}


def _kind(call: Call) -> Answer:
    return dict(schema_of(KINDS[call.values["kind"]]))


ROW: Schema = {"type": "object"}
NAMED: Mapping[str, Schema] = {"ref": TEXT, "called": {"type": "object"}, "names": {"type": "array", "items": ROW}}

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        path="/views",
        name="views",
        about="Every view, with its columns.",
        answer=_object(views={"type": "array", "items": ROW}),
        give=_views,
    ),
    *map(_view_operation, VIEWS),
    Operation(
        path="/entries",
        name="entries",
        about="Every entry as recorded, in the ledger's order: one source's account of one act.",
        asked=(ask.KIND, ask.REF_NAMED, ask.RECORDED, *ask.PAGING),
        answer=_listing("entries", ENTRY),
        give=_entries,
    ),
    Operation(
        path="/entries/{entry}",
        name="entry",
        about="One entry, and every account of the act that it tells of.",
        within=(ask.named("entry", "The entry's id."),),
        asked=ask.CLOCKS,
        answer=_object(entry=ENTRY, reading=CLOCKS, accounts={"type": "array", "items": ROW}),
        give=_entry,
    ),
    Operation(
        path="/sources",
        name="sources",
        about="Every source.",
        asked=ask.PAGING,
        answer=_listing("sources", SOURCE),
        give=_sources,
    ),
    Operation(
        path="/sources/{source}",
        name="source",
        about="One source, and the entries that cite it.",
        within=(ask.named("source", "The source's name, without `source:`."),),
        answer=_object(source=SOURCE, entries=TEXTS),
        give=_source,
    ),
    Operation(
        path="/refs",
        name="refs",
        about="Every party, body and thing that a reading names, with what it is called.",
        asked=(*ask.CLOCKS, ask.FAMILY, *ask.PAGING),
        answer=_listing("refs", _object(**NAMED), reading=CLOCKS),
        give=_refs,
    ),
    Operation(
        path="/refs/{ref}",
        name="ref",
        about="One party, body or thing: its names, and every account that names it.",
        within=(ask.ONE_REF,),
        asked=(*ask.CLOCKS, *ask.PAGING),
        answer={"allOf": [_object(**NAMED), VIEW]},
        give=_ref,
    ),
    Operation(
        path="/search",
        name="search",
        about="Whoever is called so in any language and spelling, also with a slip, and the facts that tell of it.",
        asked=(ask.SOUGHT, ask.FIRST, ask.LAST, *ask.CLOCKS, *ask.PAGING),
        answer=VIEW,
        give=_search,
    ),
    Operation(
        path="/readings",
        name="readings",
        about="The days on which something changed, and the moments at which something was recorded.",
        answer=_object(days=TEXTS, recorded=TEXTS),
        give=_readings,
    ),
    Operation(path="/kinds", name="kinds", about="Every kind of act.", answer=_object(kinds=TEXTS), give=_kinds),
    Operation(
        path="/kinds/{kind}",
        name="kind",
        about="The JSON Schema of a kind of act.",
        within=(ask.named("kind", "The kind.", KINDS),),
        answer=ROW,
        give=_kind,
    ),
)
"""Every operation, in the order in which it is documented."""


def by_shape(operations: Iterable[Operation]) -> dict[tuple[str, ...], Operation]:
    """Operations by the parts of their address; a part that is asked for is a star."""
    return {
        tuple("*" if part.startswith("{") else part for part in each.path[1:].split("/")): each for each in operations
    }
