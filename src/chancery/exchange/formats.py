"""The formats of exchange, each declared once: the commands, the reference and the tests read this list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.exchange.base import WHOLE, Format
from chancery.exchange.csv_in import read_csv
from chancery.exchange.package import write_package
from chancery.exchange.popolo import write_popolo
from chancery.exchange.popolo_in import read_popolo
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

FORMATS: Mapping[str, Format] = {each.name: each for each in (POPOLO, CSV, DATAPACKAGE)}
"""Every format by its name."""
