"""The formats of exchange, each declared once: the commands, the reference and the tests read this list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.exchange.akn import write_akn
from chancery.exchange.atom import write_atom
from chancery.exchange.base import WHOLE, Format
from chancery.exchange.calendar import write_calendar
from chancery.exchange.csv_in import read_csv
from chancery.exchange.ftm import write_ftm
from chancery.exchange.ftm_in import read_ftm
from chancery.exchange.org import write_org
from chancery.exchange.package import write_package
from chancery.exchange.popolo import write_popolo
from chancery.exchange.popolo_in import read_popolo
from chancery.exchange.prov import write_prov
from chancery.exchange.tables import account_table, csv_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

POPOLO = Format(
    name="popolo",
    title="Popolo JSON",
    standard="https://www.popoloproject.com/specs/",
    media="application/json",
    carries=frozenset(
        (
            "names",
            "people",
            "members",
            "precision",
            "bounds",
            "contested",
            "speakers",
            "channels",
            "sources",
            "places",
            "clocks",
        )
    ),
    remarks=(
        "A membership that somebody denies is left out: Popolo has no place for a denial.",
        "Where accounts differ, the preferred one is given, and `label` names the fields in which they differ.",
        "A date with bounds or a mark of doubt stands in a field of ours, `start_date_edtf` or `end_date_edtf`.",
        "A State is an organization of classification `state`; as a member it stands in `member`.",
        "Invitations and replies to them are no memberships, and are left out.",
        "Imported, a date that a membership does not have lies within its legislative period.",
        "Imported, what has no field of ours is kept as an attribute, and given back as it stood.",
    ),
    write=write_popolo,
    read=read_popolo,
)

CSV = Format(
    name="csv",
    title="CSV, one row an account",
    standard="https://www.rfc-editor.org/rfc/rfc4180",
    media="text/csv",
    carries=frozenset(
        (
            "names",
            "people",
            "members",
            "precision",
            "bounds",
            "contested",
            "denials",
            "others",
            "speakers",
            "channels",
            "places",
            "meetings",
            "duties",
            "votes",
            "money",
            "charter",
            "rules",
            "oversight",
        )
    ),
    remarks=(
        "Every account of every fact in force is a row, those that differ too.",
        "`agreement` says of its fact whether accounts differ or somebody denies it.",
        "A source stands by its name only: `--to datapackage` has them all.",
        "`fields` holds what has no column of its own, as JSON.",
        "A cell that begins with `=`, `+`, `-`, `@`, an apostrophe or white space has an apostrophe before it.",
        "So no spreadsheet reckons it; read again, the apostrophe is taken away.",
        "Imported without `--mapping`, the table is such a one. The entries keep their names and cite the file.",
        "Imported with `--mapping FILE`, a TOML file says what each column is: [exchange](../guide/exchange.md).",
    ),
    write=lambda register: {WHOLE: csv_bytes(account_table(register))},
    read=read_csv,
)

DATAPACKAGE = Format(
    name="datapackage",
    title="Frictionless Data Package, of CSV files",
    standard="https://datapackage.org/",
    media="application/json",
    carries=frozenset((*CSV.carries, "sources", "digests", "clocks")),
    remarks=(
        "A folder: `datapackage.json`, which describes every column, and a CSV file of each table.",
        "The tables: facts, accounts, sources, parties, names, memberships. Cells are written as in `csv`.",
        "The memberships leave out what somebody denies; the facts and accounts say who denies it.",
    ),
    write=write_package,
    many=True,
)

ICS = Format(
    name="ics",
    title="iCalendar of meetings and duties",
    standard="https://www.rfc-editor.org/rfc/rfc5545",
    media="text/calendar",
    carries=frozenset(("contested", "speakers", "channels", "sources", "places", "meetings", "duties", "clocks")),
    remarks=(
        "A meeting stands on the day on which it was held, else on that for which it is called.",
        "A day that is known to the month, or lies between two days, is an event from the first to the last of them.",
        "Such an event, and a contested one, is tentative. One without a first or a last day is left out.",
        "What is denied is left out. A duty stands on the day by which it is due, and does not make one busy.",
        "The name of an event (UID) stays the same as long as its meeting, or the entry that sets the day, does.",
    ),
    write=write_calendar,
)

ATOM = Format(
    name="atom",
    title="Atom feed of changes",
    standard="https://www.rfc-editor.org/rfc/rfc4287",
    media="application/atom+xml",
    carries=frozenset((*CSV.carries, "sources", "clocks")),
    remarks=(
        "Every account of every fact in force is an entry, the latest told first; its content says every field.",
        "`updated` is when it was recorded, else the day on its source, else the day on which that was read.",
        "Where only a day is known its first second is given, since Atom has no days. Without a day it is left out.",
        "The title of a contested or denied account begins with that word.",
    ),
    write=write_atom,
)

PROV = Format(
    name="prov",
    title="W3C PROV, as PROV-JSON",
    standard="https://www.w3.org/submissions/prov-json/",
    media="application/json",
    carries=frozenset((*CSV.carries, "sources", "digests", "clocks")),
    remarks=(
        "Each account in force is an entity, derived from its sources and attributed to whoever said it.",
        "Accounts of one fact are alternates; a denial influences the account that it denies, as `denies`.",
        "The names are of a URN of ours (`urn:chancery:`), since a record has no address of its own.",
    ),
    write=write_prov,
)

ORG = Format(
    name="org",
    title="W3C ORG, as JSON-LD",
    standard="https://www.w3.org/TR/vocab-org/",
    media="application/ld+json",
    carries=frozenset(
        (
            "names",
            "people",
            "members",
            "precision",
            "bounds",
            "contested",
            "speakers",
            "channels",
            "sources",
            "places",
            "oversight",
            "clocks",
        )
    ),
    remarks=(
        "What is denied is left out. Where accounts differ, `rdfs:comment` names the fields in which they do.",
        "Days are those of OWL-Time; one with bounds or a mark of doubt is EDTF, in a word of ours (`ch:edtf`).",
        "A post is `org:heldBy` whoever holds or held it; the membership says when, and names it in `ch:post`.",
        "Only reporting between posts has a word in ORG; every line of oversight is a `ch:Oversight` too.",
    ),
    write=write_org,
)

FTM = Format(
    name="ftm",
    title="FollowTheMoney entities, one a line",
    standard="https://followthemoney.tech/",
    media="application/json+ftm",
    carries=frozenset(
        (
            "people",
            "members",
            "precision",
            "bounds",
            "contested",
            "speakers",
            "channels",
            "sources",
            "places",
            "meetings",
        )
    ),
    remarks=(
        "What is denied is left out. Where accounts differ, `status` or `description` says so.",
        "An identifier is a ref with a point for its colon (`state.fr`); that of an entry is made from its name.",
        "Names are given without their language. A date with bounds stands in `description`.",
        "A payment is given where one party paid a stated sum; a pledge is no payment, and is left out.",
        "Imported, whole entities of other schemata are kept, and given back as they stood.",
    ),
    write=write_ftm,
    read=read_ftm,
)

AKN = Format(
    name="akn",
    title="Akoma Ntoso of the charter",
    standard="https://docs.oasis-open.org/legaldocml/akn-core/v1.0/akn-core-v1.0-part2-specs.html",
    media="application/akn+xml",
    carries=frozenset(("contested", "speakers", "channels", "sources", "places", "charter", "rules", "clocks")),
    remarks=(
        "The instrument that says most about the record's first body.",
        "Of it the version that was signed last, else published or circulated last, and what names no version.",
        "The words are the record's own, unless a provision quotes; a note says how each is known.",
        "Typed rules stand as JSON in `proprietary`. What is denied is left out.",
        "Its date is that of its entry into force, signature, publication or circulation, and says which.",
        "A text of which no such day is exactly known has the date 0001-01-01, named `unknown`: the schema wants one.",
    ),
    write=write_akn,
)

FORMATS: Mapping[str, Format] = {each.name: each for each in (POPOLO, FTM, PROV, ORG, DATAPACKAGE, CSV, ICS, ATOM, AKN)}
"""Every format by its name."""
