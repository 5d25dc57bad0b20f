"""Bodies: when each was set up, by what, on what mandates, under what names, and when it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts.bodies import BodyDissolved, BodyEstablished, MandateEnded, MandateGiven
from chancery.acts.parties import PartyDescribed, PartyRenamed, gives_names
from chancery.rules.terms import Ends, held
from chancery.values import Date, Phrase, Verdict, phrase
from chancery.views.base import Column, Row, Scope, agreement_of, entries_of, view
from chancery.views.cells import Cell, accounts_cell, brief_accounts, caveats, cells_of, fact_cell, mark, named, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.acts.parties import Name
    from chancery.register import Account, Fact, Register
    from chancery.values import Ref

KINDS_SHOWN: tuple[type[Account], ...] = (BodyEstablished, BodyDissolved, MandateGiven, MandateEnded)


def brief_mandates(cell: object) -> Iterator[Phrase]:
    """Each mandate with its days, and whether it runs."""
    for mandate in cells_of(cell):
        running = phrase("ended") if mandate["holds"] == "no" else None
        running = phrase("undecided") if mandate["holds"] == "undecided" else running
        said = run(
            phrase("{mandate:name} from {day:date}", mandate=str(mandate["mandate"]), day=_date(mandate["effective"])),
            named(phrase("until"), mandate["until"]),
            named(phrase("by"), mandate["by"]),
            running,
        )
        yield mark(mandate, said)


def _date(value: object) -> Date:
    return value if isinstance(value, Date) else Date.of("XXXX-XX-XX")


def brief_names(cell: object) -> Iterator[Phrase]:
    """Each name that sources use, except those made by the record."""
    texts = (str(name["text"]) for name in cells_of(cell) if name["use"] != "translation")
    yield from (phrase("{text}", text=text) for text in dict.fromkeys(texts))


@view(
    "bodies",
    "Bodies",
    Column("body", phrase("Body"), "ref", about="the body"),
    Column("established", phrase("Established"), "date", about="when it was set up, by the preferred account"),
    Column("by", phrase("By"), "ref", about="by whose act", aside=True),
    Column("instrument", phrase("Instrument"), "ref", about="under which instrument", aside=True),
    Column("seats", phrase("Seats"), "number", about="how many seats it is said to have", aside=True),
    Column("dissolved", phrase("Dissolved"), "date", about="when it was dissolved"),
    Column(
        "mandates",
        phrase("Mandates"),
        "record",
        brief=brief_mandates,
        about="facts with `mandate`, `by`, `instrument`, `until`, `holds`, `words`",
    ),
    Column(
        "names",
        phrase("Names"),
        "record",
        brief=brief_names,
        about="names and spellings: `text`, `lang`, `use`, `since`, `until`, `entry`",
        aside=True,
    ),
    Column(
        "shares_name_with",
        phrase("Shares a name with"),
        "refs",
        about="other bodies that some source calls the same",
        aside=True,
    ),
    Column(
        "accounts", phrase("Said by"), "record", brief=brief_accounts, about="accounts of its establishment", aside=True
    ),
)
def body_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """Every body that the record describes or lets act: how it came to be, its mandates, its names."""
    names = _names(register)
    facts: list[Fact[Account]] = []
    for body in _bodies(register, names):
        if scope.takes(body=body):
            row, found = _row(body, register, names)
            facts.extend(found)
            yield row
    yield from caveats(register, scope, facts, KINDS_SHOWN)


def _bodies(register: Register, names: dict[Ref, list[tuple[Name, str]]]) -> list[Ref]:
    """The record's own bodies first, then every other in the order in which it appears."""
    established = (fact.act.body for fact in register.of(BodyEstablished))
    mandated = (fact.act.body for fact in register.of(MandateGiven))
    described = (ref for ref in names if ref.startswith("body:"))
    return list(dict.fromkeys((*register.head.bodies, *established, *mandated, *described)))


def _names(register: Register) -> dict[Ref, list[tuple[Name, str]]]:
    """Every name by ref, with the entry that gives it; a description need not have taken effect by the day."""
    found: dict[Ref, list[tuple[Name, str]]] = {}
    described: list[Fact[PartyDescribed | PartyRenamed]] = [
        *register.of(PartyDescribed),
        *register.ahead(PartyDescribed),
    ]
    for fact in (*described, *register.of(PartyRenamed)):
        for account in filter(gives_names, fact.accounts):
            found.setdefault(account.party, []).extend((name, account.id) for name in account.names)
    return found


def _row(
    body: Ref, register: Register, names: dict[Ref, list[tuple[Name, str]]]
) -> tuple[Row, Sequence[Fact[Account]]]:
    established = [fact for fact in register.of(BodyEstablished) if fact.act.body == body]
    dissolved = [fact for fact in register.of(BodyDissolved) if fact.act.body == body]
    given = [fact for fact in register.of(MandateGiven) if fact.act.body == body]
    first = established[0] if established else None
    cells: dict[str, object] = {
        "body": body,
        "established": first.act.effective if first is not None else None,
        **{name: first.stated(name) if first is not None else None for name in ("by", "instrument", "seats")},
        "dissolved": dissolved[-1].act.effective if dissolved else None,
        "mandates": [_mandate(fact, register) for fact in given],
        "names": [_name(name, entry) for name, entry in names.get(body, ())],
        "shares_name_with": _sharing(body, names),
        "accounts": [cell for fact in established for cell in accounts_cell(fact, register)],
    }
    facts: list[Fact[Account]] = [*established, *dissolved, *given]
    entries = (*entries_of(facts), *dict.fromkeys(entry for _, entry in names.get(body, ())))
    return Row(cells, agreement_of(facts), entries), facts


def _mandate(fact: Fact[MandateGiven], register: Register) -> Cell:
    ended = register.of(MandateEnded)
    ends = Ends(lambda given, end: getattr(given, "mandate", None) == getattr(end, "mandate", None), ended)
    running = next(held([fact], ends, register.reading.on), None)
    return fact_cell(
        fact,
        mandate=fact.act.mandate,
        **{name: fact.stated(name) for name in ("by", "instrument", "until", "words")},
        holds=running.holds if running is not None else Verdict.NO,
    )


def _name(name: Name, entry: str) -> Cell:
    return {
        "text": name.text,
        "lang": name.lang,
        "use": name.use,
        "since": name.since,
        "until": name.until,
        "entry": entry,
    }


def _sharing(body: Ref, names: dict[Ref, list[tuple[Name, str]]]) -> tuple[Ref, ...]:
    own = {name.text.casefold() for name, _ in names.get(body, ())}
    return tuple(
        ref
        for ref, found in names.items()
        if ref != body and ref.startswith("body:") and own & {name.text.casefold() for name, _ in found}
    )
