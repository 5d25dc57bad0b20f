"""A Frictionless data package (Data Package 2.0): tables as CSV, and what each column holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.exchange.plain import filled, json_bytes, text_of
from chancery.exchange.tables import (
    account_table,
    csv_bytes,
    fact_table,
    membership_table,
    name_table,
    party_table,
    source_table,
)

if TYPE_CHECKING:
    from chancery.exchange.base import Parts
    from chancery.exchange.tables import Field, Table
    from chancery.register import Register

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLES = (fact_table, account_table, source_table, party_table, name_table, membership_table)


def write_package(register: Register) -> Parts:
    """The tables of a register, and ``datapackage.json``, which describes them."""
    tables = [make(register) for make in TABLES]
    described = filled(
        **{"$schema": PROFILE},
        name="register",
        title=text_of(register.head.title),
        description=text_of(register.head.coverage),
        reading=register.reading.clocks(),
        licenses=[{"name": register.head.licence}] if register.head.licence else [],
        sources=[filled(title=each.title or each.ref, path=each.url) for each in register.sources.values()],
        resources=[_resource(table) for table in tables],
    )
    return {"datapackage.json": json_bytes(described), **{f"{table.name}.csv": csv_bytes(table) for table in tables}}


def _resource(table: Table) -> dict[str, object]:
    return {
        "name": table.name,
        "title": table.title,
        "type": "table",
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(field) for field in table.fields],
            "primaryKey": list(table.key),
            **filled(foreignKeys=[_pointer(field) for field in table.fields if field.to]),
        },
    }


def _field(field: Field) -> dict[str, object]:
    return {"name": field.name, "type": field.kind, "description": field.about}


def _pointer(field: Field) -> dict[str, object]:
    table, _, column = field.to.partition(".")
    return {"fields": [field.name], "reference": {"resource": table, "fields": [column]}}
