"""Tables of a register: accounts, facts, sources, names, memberships; as CSV (RFC 4180) whose cells are text."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from chancery.acts import data_of
from chancery.exchange.gathering import parties, ties
from chancery.exchange.plain import json_text
from chancery.values import FUTURE, PAST, Date, Tongues, family

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.register import Account, Fact, Register

Kind = Literal["string", "date", "integer", "boolean", "object"]
Row = dict[str, object]

FORMULA = tuple("=+-@\t\r\n'")
"""What a cell may not begin with: a spreadsheet would reckon it as a formula."""


class Field(Struct, frozen=True):
    """A column: its name, what its cells are (Table Schema), what they say, to which table's column they point."""

    name: str
    about: str
    kind: Kind = "string"
    to: str = ""


class Table(Struct, frozen=True):
    """A table: its name, its title, its columns, those that name a row, its rows."""

    name: str
    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: Sequence[Row]


ACCOUNT_FIELDS = (
    Field("entry", "the entry"),
    Field("kind", "the kind of act"),
    Field("effective", "when it took effect, by this account (EDTF)"),
    Field("earliest", "the earliest day that this can be", "date"),
    Field("latest", "the latest day that this can be", "date"),
    Field("agreement", "agreed, contested or denied: of the fact that its accounts add up to"),
    Field("side", "preferred; agrees or differs: how it stands to the preferred account"),
    Field("differing", "the fields in which the accounts of the fact differ, joined by ;"),
    Field("fact", "the entry of the preferred account", to="facts.entry"),
    Field("speaker", "who said it"),
    Field("on_behalf_of", "for whom"),
    Field("channel", "how it was sent or said"),
    Field("source", "the source", to="sources.source"),
    Field("place", "the article or page of the source"),
    Field("fields", "every other field of the account", "object"),
)

SHARED = ("id", "kind", "effective", "cites", "speaker", "on_behalf_of", "channel")
"""Fields of an account that have a column of their own."""


def account_table(register: Register) -> Table:
    """Every account of every fact in force, the preferred one of each fact first."""
    rows = [row for fact in register.facts() for row in _accounts(fact)]
    return Table("accounts", "Accounts", ACCOUNT_FIELDS, ("entry",), rows)


def _accounts(fact: Fact[Account]) -> Iterator[Row]:
    for account in fact.accounts:
        data = data_of(account)
        cite = account.cites[0] if account.cites else None
        yield {
            "entry": account.id,
            "kind": account.kind,
            "effective": account.effective,
            **_bounds(account.effective),
            "agreement": fact.agreement,
            "side": "preferred" if account is fact.act else "agrees" if fact.agrees(account) else "differs",
            "differing": ";".join(fact.differing),
            "fact": fact.act.id,
            "speaker": account.speaker,
            "on_behalf_of": account.on_behalf_of,
            "channel": account.channel,
            "source": cite.source if cite is not None else None,
            "place": (cite.article or cite.page) if cite is not None else None,
            "fields": {name: value for name, value in data.items() if name not in SHARED},
        }


def _bounds(day: Date) -> Row:
    """The earliest and the latest day that a date can be; none where it has no bound."""
    earliest = Date.ordinal(day.earliest) if PAST < day.earliest < FUTURE else None
    return {"earliest": earliest, "latest": Date.ordinal(day.latest) if day.latest < FUTURE else None}


def fact_table(register: Register) -> Table:
    """Every fact in force, by its preferred account."""
    fields = (
        Field("entry", "the entry of the preferred account"),
        Field("kind", "the kind of act"),
        Field("effective", "when it took effect (EDTF)"),
        Field("earliest", "the earliest day that this can be", "date"),
        Field("latest", "the latest day that this can be", "date"),
        Field("agreement", "agreed, contested or denied"),
        Field("accounts", "how many accounts tell of it", "integer"),
        Field("denied_by", "the entries that deny it, joined by ;"),
    )
    rows: list[Row] = [
        {
            "entry": fact.act.id,
            "kind": fact.act.kind,
            "effective": fact.act.effective,
            **_bounds(fact.act.effective),
            "agreement": fact.agreement,
            "accounts": len(fact.accounts),
            "denied_by": ";".join(denial.id for denial in fact.denials),
        }
        for fact in register.facts()
    ]
    return Table("facts", "Facts", fields, ("entry",), rows)


def source_table(register: Register) -> Table:
    """Every source of the record."""
    names = ("standing", "title", "publisher", "outlet", "agency", "author", "language", "url", "digest")
    fields = (
        Field("source", "its permanent name"),
        *(Field(name, f"its {name}") for name in names),
        Field("published", "the day on its face (EDTF)"),
        Field("retrieved", "the day on which it was read (EDTF)"),
    )
    days = ("published", "retrieved")
    rows: list[Row] = [
        {"source": each.ref, **{name: getattr(each, name) for name in (*names, *days)}}
        for each in register.sources.values()
    ]
    return Table("sources", "Sources", fields, ("source",), rows)


def party_table(register: Register) -> Table:
    """Everything that the record describes."""
    fields = (Field("ref", "its permanent name"), Field("family", "what it is"), Field("description", "in words"))
    rows: list[Row] = [
        {"ref": ref, "family": family(ref), "description": each.description} for ref, each in parties(register).items()
    ]
    return Table("parties", "Parties, bodies and things", fields, ("ref",), rows)


def name_table(register: Register) -> Table:
    """Every name and spelling."""
    fields = (
        Field("ref", "what is named", to="parties.ref"),
        Field("number", "its place among the names", "integer"),
        Field("name", "the name"),
        Field("lang", "its language (BCP 47)"),
        Field("use", "display, own, spelling, short, former or translation"),
        Field("since", "since when (EDTF)"),
        Field("until", "until when (EDTF)"),
    )
    rows: list[Row] = [
        {
            "ref": ref,
            "number": number,
            "name": name.text,
            "lang": name.lang,
            "use": name.use,
            "since": name.since,
            "until": name.until,
        }
        for ref, each in parties(register).items()
        for number, name in enumerate(each.names, 1)
    ]
    return Table("names", "Names", fields, ("ref", "number"), rows)


def membership_table(register: Register) -> Table:
    """Who belongs to what, ended or not, as far as nobody denies it."""
    fields = (
        Field("entry", "the entry that began it"),
        Field("member", "who"),
        Field("body", "to what"),
        Field("post", "the post"),
        Field("role", "the title, or the standing"),
        Field("represents", "for whom"),
        Field("since", "since when (EDTF)"),
        Field("until", "until when (EDTF)"),
        Field("contested", "whether accounts differ", "boolean"),
    )
    rows: list[Row] = [
        {
            "entry": tie.name,
            "member": tie.member,
            "body": tie.body,
            "post": tie.post,
            "role": tie.role,
            "represents": tie.behalf,
            "since": tie.start,
            "until": tie.end,
            "contested": any(fact.differing for fact in tie.facts),
        }
        for tie in ties(register)
    ]
    return Table("memberships", "Memberships", fields, ("entry", "member", "body"), rows)


def csv_bytes(table: Table) -> bytes:
    """A table as CSV: UTF-8, CRLF, a header; a cell that a spreadsheet would reckon begins with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([field.name for field in table.fields])
    writer.writerows([shielded(cell_text(row.get(field.name))) for field in table.fields] for row in table.rows)
    return text.getvalue().encode()


def shielded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def unshielded(text: str) -> str:
    """A text as it was before it was shielded."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def cell_text(value: object) -> str:
    """A cell as text: tables as JSON, dates as they are written."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Tongues):
        plain = value.plain
        return plain if isinstance(plain, str) else json_text(plain)
    return json_text(value) if isinstance(value, (dict, list)) else str(value)
