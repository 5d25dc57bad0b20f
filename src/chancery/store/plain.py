"""Statements of plain SQL beside a migration: triggers and functions, which Django has no words for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def plain_sql(migration: str) -> migrations.RunPython:
    """The operation that runs the statements in ``<migration>.<engine>.sql``, which empty lines part."""
    stem = Path(migration).with_suffix("")

    def run(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        text = stem.with_name(f"{stem.name}.{editor.connection.vendor}.sql").read_text("utf-8")
        for statement in text.split("\n\n"):
            editor.execute(statement, params=None)

    return migrations.RunPython(run)
