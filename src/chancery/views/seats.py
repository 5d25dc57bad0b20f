"""Seats: who sits on which body on the day, in what post, by whose act, until when."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from chancery.acts.appointments import AppointmentMade
from chancery.acts.bodies import BodyEstablished
from chancery.acts.charter import ProvisionSet
from chancery.acts.memberships import MembershipBegun, MembershipResumed, MembershipSuspended
from chancery.acts.parties import OfficeHeld
from chancery.rules import sitting
from chancery.rules.charter import the_rule
from chancery.rules.provisions import Seats
from chancery.values import Phrase, family, phrase
from chancery.views.base import Column, Row, Scope, entries_of, view
from chancery.views.cells import ACCOUNTS, accounts_cell, caveats

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chancery.register import Account, Fact, Register
    from chancery.rules.terms import Held
    from chancery.values import Ref

KINDS_SHOWN: tuple[type[Account], ...] = (AppointmentMade, MembershipBegun)


@lru_cache(maxsize=4)
def appointed(register: Register) -> Sequence[Held[AppointmentMade]]:
    """Who is named to a body or a post on it, and has not left; found once for the views of a register."""
    return cast("Sequence[Held[AppointmentMade]]", (*sitting.appointed(register),))


@lru_cache(maxsize=4)
def seated(register: Register) -> Sequence[Held[MembershipBegun]]:
    """Who has become a member, or taken a seat, that has not run out and was not given up or taken."""
    return cast("Sequence[Held[MembershipBegun]]", (*sitting.seated(register),))


@lru_cache(maxsize=4)
def in_office(register: Register) -> Sequence[Held[OfficeHeld]]:
    """Who holds an office, and has not left it."""
    return cast("Sequence[Held[OfficeHeld]]", (*sitting.in_office(register),))


@view(
    "seats",
    "Seats",
    Column("body", phrase("Body"), "ref", about="the body"),
    Column("person", phrase("Who"), "ref", about="who sits on it: a person, or a State"),
    Column("office", phrase("Post"), "ref", about="the post, where it has a name of its own"),
    Column("title", phrase("Title"), about="the title that the preferred account uses"),
    Column("portfolio", phrase("Portfolio"), about="the portfolio, as the preferred account words it"),
    Column("represents", phrase("For"), "ref", about="for whom the person sits", aside=True),
    Column(
        "seat",
        phrase("Seat"),
        "code",
        about="`member`, `permanent`, `elected` or `ex_officio`, of a membership",
        aside=True,
    ),
    Column("by", phrase("By"), "ref", about="by whose act", aside=True),
    Column("since", phrase("Since"), "date", about="since when"),
    Column(
        "until",
        phrase("Until"),
        "date",
        about="the stated end; `XXXX-XX-XX` is an end of which the day is unknown",
        aside=True,
    ),
    Column(
        "holds",
        phrase("Holds"),
        "code",
        about="`yes`; `undecided` where the end is not known, or may have come",
        aside=True,
    ),
    Column(
        "suspended",
        phrase("Suspended"),
        "flag",
        about="`true` where a suspension is on record and no resumption",
        aside=True,
    ),
    ACCOUNTS,
)
def seat_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """Who sits on each body on the day; an end that is not known is not "still running"."""
    posts = [each for each in appointed(register) if scope.takes(body=each.fact.act.body, party=each.fact.act.person)]
    members = [each for each in seated(register) if scope.takes(body=each.fact.act.body, party=each.fact.act.party)]
    offices = [each for each in in_office(register) if _is_on_body(each) and _office_fits(scope, each)]
    rows = [
        *(_row(each, register, body=each.fact.act.body, person=each.fact.act.person) for each in posts),
        *(_row(each, register, body=each.fact.act.body, person=each.fact.act.party) for each in members),
        *(_row(each, register, body=each.fact.act.of, person=each.fact.act.person) for each in offices),
    ]
    yield from sorted(rows, key=lambda found: _body_order(register, found))
    yield from _sizes(register, rows)
    facts: list[Fact[Account]] = [*(each.fact for each in posts), *(each.fact for each in members)]
    yield from caveats(register, scope, [*facts, *(each.fact for each in offices)], KINDS_SHOWN)


def _is_on_body(each: Held[OfficeHeld]) -> bool:
    return each.fact.act.of is not None and family(each.fact.act.of) == "body"


def _office_fits(scope: Scope, each: Held[OfficeHeld]) -> bool:
    return scope.takes(body=each.fact.act.of, party=each.fact.act.person)


def _body_order(register: Register, found: Row) -> tuple[int, str]:
    bodies, body = register.head.bodies, str(found.cells["body"])
    return next((place for place, ref in enumerate(bodies) if ref == body), len(bodies)), body


def _row(each: Held[Account], register: Register, *, body: Ref | None, person: Ref) -> Row:
    fact = each.fact
    names = ("office", "title", "portfolio", "represents", "seat", "by")
    cells: dict[str, object] = {
        "body": body,
        "person": person,
        **{name: fact.stated(name) for name in names},
        "since": fact.act.effective,
        "until": each.until,
        "holds": each.holds,
        "suspended": _suspended(register, person, body),
        "accounts": accounts_cell(fact, register),
    }
    return Row(cells, fact.agreement, entries_of([fact, *each.beside]))


def _suspended(register: Register, party: Ref, body: Ref | None) -> bool | None:
    """True where the last word on record is a suspension."""
    facts = register.of_any((MembershipSuspended, MembershipResumed))
    told = [type(fact.act) for fact in facts if (fact.act.party, fact.act.body) == (party, body)]  # type: ignore[attr-defined]
    return True if told and told[-1] is MembershipSuspended else None


def _sizes(register: Register, rows: Iterable[Row]) -> Iterator[Phrase]:
    """Beside the seats shown, how many a body is said to have."""
    sitting: dict[Ref, set[object]] = {}
    for row in rows:
        sitting.setdefault(cast("Ref", row.cells["body"]), set()).add(row.cells["person"])
    for body, persons in sitting.items():
        for number, source in _sizes_of(register, body):
            yield phrase(
                "{body:name}: {n:number} shown; {number:number} seats by {source}",
                body=body,
                n=len(persons),
                number=number,
                source=source,
            )


def _sizes_of(register: Register, body: Ref) -> Iterator[tuple[int, Phrase]]:
    found = the_rule(register.of(ProvisionSet), Seats, body)
    if found is not None and isinstance(found.rule, Seats):
        yield found.rule.number, phrase("the charter, {article}", article=found.provision.article)
    for fact in register.of(BodyEstablished):
        if fact.act.body == body and isinstance(seats := fact.stated("seats"), int):
            yield seats, phrase("what is told of its establishment")
