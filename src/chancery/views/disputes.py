"""Disputes: what is contested, what is denied, and what speaks against each other, the accounts side by side."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chancery.acts.plan import ConditionAssessed, PhaseDeclared, PhaseDisputed
from chancery.acts.statements import CountReported
from chancery.ledger.entries import own_word
from chancery.rules.disputes import Clash, assessed_apart, numbers_apart, phases_disputed, spoken_against
from chancery.values import Phrase, is_ref, phrase
from chancery.views.base import Column, Row, Scope, agreement_of, entries_of, label, view
from chancery.views.cells import (
    EFFECTIVE,
    Cell,
    account_cell,
    accounts_cell,
    brief_codes,
    caveats,
    cells_of,
    concerning,
    concerns,
    run,
    said_by,
    spoken,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Account, Fact, Register


def brief_sides(cell: object) -> Iterator[Phrase]:
    """Each account on paper: what it says in the fields that differ, who said it."""
    for account in cells_of(cell):
        yield phrase("{said}: {account}", said=_said(account), account=said_by(account))


def _said(account: Cell) -> Phrase:
    values = account["values"]
    said = [spoken(value) for value in values.values()] if isinstance(values, dict) else []
    return run(*said) if any(said) else label(str(account["side"]))


@view(
    "disputes",
    "Disputes",
    Column(
        "dispute",
        phrase("Dispute"),
        "code",
        about="`contested`, `denied`, or the rule by which facts speak against each other",
    ),
    Column("kind", phrase("What"), "code", about="kind of act"),
    Column("about", phrase("About"), "refs", about="what identifies the act: party, body, meeting ..."),
    EFFECTIVE,
    Column(
        "fields",
        phrase("They differ in"),
        "texts",
        brief=brief_codes,
        about="names of the fields on which the accounts differ",
        aside=True,
    ),
    Column(
        "preferred", phrase("Preferred account"), "record", brief=brief_sides, about="account, with `values` by field"
    ),
    Column("others", phrase("Other accounts"), "record", brief=brief_sides, about="accounts, each with its `values`"),
    Column("denials", phrase("Denied by"), "record", brief=brief_sides, about="the accounts that deny it"),
    Column("words", phrase("In words"), "phrase", about="why it is shown as a dispute", aside=True),
)
def dispute_rows(register: Register, scope: Scope) -> Iterator[Row | Phrase]:
    """Every fact that is contested or denied, and facts that speak against each other; nothing is settled."""
    disputed = [fact for fact in concerning(register, scope) if fact.agreement != "agreed"]
    clashes = [clash for clash in _clashes(register) if any(concerns(scope, fact) for fact in clash.facts)]
    yield from (_fact_row(fact, register) for fact in disputed)
    yield from (_clash_row(clash, register) for clash in clashes)
    yield from caveats(register, scope, [*disputed, *(fact for clash in clashes for fact in clash.facts)], ())
    yield phrase(
        "The preferred account is the weightiest by the record's order of standings; a dispute is not settled by it."
    )


@lru_cache(maxsize=4)
def _clashes(register: Register) -> list[Clash]:
    """What speaks against each other: found once for the views of a register that are narrowed each to a party."""
    return [*_all_clashes(register)]


def _all_clashes(register: Register) -> Iterator[Clash]:
    for _party, _body, stack in register.stacks():
        yield from spoken_against(stack, own_word)
    yield from phases_disputed(register.of(PhaseDeclared), register.of(PhaseDisputed))
    yield from assessed_apart(register.of(ConditionAssessed))
    yield from numbers_apart(register.of(CountReported))


def _fact_row(fact: Fact[Account], register: Register) -> Row:
    told = [*((account, fact.differing) for account in fact.accounts), *((denial, ("by",)) for denial in fact.denials)]
    sides = [
        {**cell, "values": values_of(account, fields)}
        for cell, (account, fields) in zip(accounts_cell(fact, register), told, strict=True)
    ]
    cells = {
        "dispute": fact.agreement,
        "kind": fact.act.kind,
        "about": identified(fact.act),
        "effective": fact.act.effective,
        "fields": fact.differing,
        "preferred": sides[:1],
        "others": [cell for cell in sides[1:] if cell["side"] != "denies"],
        "denials": [cell for cell in sides[1:] if cell["side"] == "denies"],
        "words": phrase("its accounts differ") if fact.agreement == "contested" else phrase("somebody denies it"),
    }
    return Row(cells, fact.agreement, fact.entries)


def _clash_row(clash: Clash, register: Register) -> Row:
    first = clash.facts[0]
    sides = [{**account_cell(fact.act, register, "against"), "values": {"kind": _told(fact)}} for fact in clash.facts]
    cells = {
        "dispute": clash.rule,
        "kind": first.act.kind,
        "about": identified(first.act),
        "effective": clash.facts[-1].act.effective,
        "fields": (),
        "preferred": [],
        "others": sides,
        "denials": [],
        "words": clash.words,
    }
    agreement = agreement_of(clash.facts)
    return Row(cells, "contested" if agreement == "agreed" else agreement, entries_of(clash.facts))


TOLD = ("number", "assessment", "state", "capacity", "extent", "step")


def _told(fact: Fact[Account]) -> Phrase:
    """What a fact says, in a word or a number: 26; opposed; declined."""
    found = next((value for name in TOLD if (value := getattr(fact.act, name, None)) is not None), None)
    if isinstance(found, int):
        return phrase("{n:number}", n=found)
    return label(str(found or fact.act.kind))


def values_of(account: Account, fields: tuple[str, ...]) -> dict[str, object]:
    """What an account says in each of some fields."""
    return {field: getattr(account, field, None) for field in fields}


def identified(act: Account) -> tuple[str, ...]:
    """The refs that identify an act; where it stands alone, what it is about, or its body."""
    identity: tuple[str, ...] = getattr(type(act), "identity", ()) or ("about", "body")
    values = (getattr(act, name, None) for name in identity)
    refs = (ref for value in values for ref in (value if isinstance(value, tuple) else (value,)))
    return tuple(dict.fromkeys(ref for ref in refs if isinstance(ref, str) and is_ref(ref)))
