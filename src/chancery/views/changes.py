"""Changes: what differs between two readings of one record, grouped by what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from chancery.acts.charter import ProvisionSet
from chancery.rules.charter import the_rule
from chancery.rules.provisions import Admission
from chancery.rules.standing import STANDINGS, Ruling, Standing, standing
from chancery.values import Phrase, phrase
from chancery.views.base import VIEWS, Column, Row, Scope, View, label
from chancery.views.cells import concerns, words_of
from chancery.views.disputes import identified

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from chancery.register import Account, Fact, Register
    from chancery.values import Ref

Group = Literal["standing", "counts", "duties", "disputes", "told_otherwise", "no_longer", "new"]

GROUPS: tuple[Group, ...] = get_args(Group)
"""The groups of changes, weightiest first."""

TITLES: dict[Group, Phrase] = {
    "standing": phrase("Standing changed"),
    "counts": phrase("Counts changed"),
    "duties": phrase("Duties moved on"),
    "disputes": phrase("Disputes begun or settled"),
    "told_otherwise": phrase("Told otherwise"),
    "no_longer": phrase("No longer on record"),
    "new": phrase("New on record"),
}

COLUMNS: tuple[Column, ...] = (
    Column("group", phrase("Group"), "code", shown=False),
    Column("what", phrase("What"), "code"),
    Column("about", phrase("About"), "refs"),
    Column("before", phrase("Before"), "phrase"),
    Column("after", phrase("After"), "phrase"),
    Column("effective", phrase("Day"), "date"),
    Column("words", phrase("In words"), "words", aside=True),
)


def changes(before: Register, after: Register, scope: Scope) -> list[View]:
    """What differs between two readings: one table for each group in which anything does, the weightiest first."""
    rows = [*_standings(before, after, scope), *_counts(before, after, scope), *_duties(before, after, scope)]
    rows.extend(_facts(before, after, scope))
    return [
        View(name="changes", title=TITLES[group], columns=COLUMNS, rows=found)
        for group in GROUPS
        if (found := tuple(row for row in rows if row.cells["group"] == group))
    ]


def _standings(before: Register, after: Register, scope: Scope) -> Iterator[Row]:
    old, new = _rulings(before), _rulings(after)
    for party, body in sorted({**old, **new}, key=lambda key: (_rank(new.get(key)), key)):
        was, now = old.get((party, body)), new.get((party, body))
        if scope.takes(body=body, party=party) and _said(was) != _said(now):
            fact = now.fact if now is not None else was.fact if was is not None else None
            yield Row(
                {
                    "group": "standing",
                    "what": "standing",
                    "about": (party, body),
                    "before": _standing_words(was),
                    "after": _standing_words(now),
                    "effective": now.since if now is not None else None,
                    "words": None,
                },
                fact.agreement if fact is not None else "agreed",
                fact.entries if fact is not None else (),
            )


def _rulings(register: Register) -> dict[tuple[Ref, Ref], Ruling]:
    provisions, on = register.of(ProvisionSet), register.reading.on
    return {
        (party, body): standing(stack, on, the_rule(provisions, Admission, body))
        for party, body, stack in register.stacks()
    }


def _rank(ruling: Ruling | None) -> int:
    """The place of a standing among all, the strongest first."""
    said = _said(ruling)
    return len(STANDINGS) if said is None else STANDINGS.index(said)


def _said(ruling: Ruling | None) -> Standing | None:
    return ruling.standing if ruling is not None else None


def _standing_words(ruling: Ruling | None) -> Phrase | None:
    said = _said(ruling)
    return label(said) if said is not None else None


def _counts(before: Register, after: Register, scope: Scope) -> Iterator[Row]:
    old, new = _keyed(before, "counts", ("rule", "body"), scope), _keyed(after, "counts", ("rule", "body"), scope)
    for key, row in new.items():
        was = old.get(key)
        parties = frozenset(_parties(row))
        earlier = frozenset(_parties(was))
        if parties != earlier:
            yield Row(
                {
                    "group": "counts",
                    "what": row.cells["rule"],
                    "about": tuple(sorted(parties ^ earlier)),
                    "before": phrase("{n:number}", n=len(earlier)),
                    "after": phrase("{n:number}", n=len(parties)),
                    "effective": None,
                    "words": None,
                },
                row.agreement,
                row.entries,
            )


def _parties(row: Row | None) -> tuple[Ref, ...]:
    parties = row.cells["parties"] if row is not None else ()
    return parties if isinstance(parties, tuple) else ()


def _duties(before: Register, after: Register, scope: Scope) -> Iterator[Row]:
    keys = ("sort", "matter", "what", "number")
    old, new = _keyed(before, "duties", keys, scope), _keyed(after, "duties", keys, scope)
    for key, row in new.items():
        was = old.get(key)
        status = row.cells["status"]
        if was is None or was.cells["status"] != status:
            yield Row(
                {
                    "group": "duties",
                    "what": row.cells["sort"],
                    "about": row.cells["owed_by"],
                    "before": label(str(was.cells["status"])) if was is not None else None,
                    "after": label(str(status)),
                    "effective": row.cells["due"],
                    "words": row.cells["matter"],
                },
                row.agreement,
                row.entries,
            )


def _keyed(register: Register, view: str, keys: tuple[str, ...], scope: Scope) -> Mapping[str, Row]:
    """The rows of a view by what identifies them."""
    drawn = VIEWS[view](register, scope)
    return {" ".join(str(row.cells[key]) for key in keys): row for row in drawn.rows}


def _facts(before: Register, after: Register, scope: Scope) -> Iterator[Row]:
    """Facts that came, went, or are told otherwise. A fact is the same where one account of it is."""
    old = {account.id: fact for fact in before.facts() for account in fact.accounts}
    new = {account.id for fact in after.facts() for account in fact.accounts}
    for fact in after.facts():
        if concerns(scope, fact):
            was = next((old[account.id] for account in fact.accounts if account.id in old), None)
            yield from _change(was, fact)
    for fact in before.facts():
        if concerns(scope, fact) and all(account.id not in new for account in fact.accounts):
            yield _fact_row("no_longer", fact, None, None)


def _change(was: Fact[Account] | None, now: Fact[Account]) -> Iterator[Row]:
    if was is None:
        yield _fact_row("new", now, None, None)
        if now.agreement != "agreed":
            yield _fact_row("disputes", now, None, label(now.agreement))
    elif was.agreement != now.agreement:
        yield _fact_row("disputes", now, label(was.agreement), label(now.agreement))
    elif was.act.id != now.act.id:
        yield _fact_row("told_otherwise", now, _day(was), _day(now))


def _day(fact: Fact[Account]) -> Phrase:
    return phrase("{day:date} ({entry})", day=fact.act.effective, entry=fact.act.id)


def _fact_row(group: Group, fact: Fact[Account], before: Phrase | None, after: Phrase | None) -> Row:
    cells = {
        "group": group,
        "what": fact.act.kind,
        "about": identified(fact.act),
        "before": before,
        "after": after,
        "effective": fact.act.effective,
        "words": words_of(fact),
    }
    return Row(cells, fact.agreement, fact.entries)
