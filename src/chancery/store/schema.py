"""The schema: Django's migrations make the tables of a ledger and upgrade them in place. Only this needs Django."""

from __future__ import annotations

from pkgutil import iter_modules
from typing import TYPE_CHECKING

from chancery.store import migrations
from chancery.store.base import refused
from chancery.values import phrase

if TYPE_CHECKING:
    from chancery.store.urls import Address

APP = "chancery"
VERSIONS: tuple[str, ...] = tuple(sorted(m.name for m in iter_modules(migrations.__path__) if m.name[0].isdigit()))
"""The migrations that this version knows, in order."""


GUARDS = {
    "sqlite": "218b9fbc6b5bce7166c5fd4528eb389dd4e88e89edc240e596a2fbe3665513c7",
    "postgresql": "dd64f79dcbf264c63adf16e3ef1c750019589dacb598e58ca458c80e28dd4a0b",
}
"""The digests of what guards the tables of each engine, after the last migration."""


def configure() -> None:
    """Set Django up for the ledger's tables, unless a site has done so already."""
    import django  # noqa: PLC0415  # a third of a second, and only changes of the schema need it
    from django.conf import settings  # noqa: PLC0415  # the same

    if not settings.configured:
        settings.configure(INSTALLED_APPS=["chancery.store"], DATABASES={}, USE_TZ=True)
        django.setup()


def migrate(address: Address, upto: str | None = None) -> None:
    """Make the tables, or upgrade them in place, up to a version or the latest: all or nothing. Raises Refused."""
    configure()
    from django.db import DatabaseError, connections  # noqa: PLC0415  # see above
    from django.db.migrations.exceptions import MigrationSchemaMissing  # noqa: PLC0415  # see above
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415  # see above
    from django.db.transaction import atomic  # noqa: PLC0415  # see above

    alias = f"ledger {address.target}"
    connections.settings[alias] = connections.configure_settings({"default": {}, alias: _settings(address)})[alias]
    try:
        connections[alias].disable_constraint_checking()  # which SQLite's tables ask for, and no transaction allows
        with atomic(using=alias):
            executor = MigrationExecutor(connections[alias])
            targets = [node for node in executor.loader.graph.leaf_nodes() if node[0] == APP]
            executor.migrate([(APP, upto)] if upto else targets)
    except (DatabaseError, MigrationSchemaMissing) as error:
        fault = phrase("its tables cannot be made: {why}", why=str(error))
        raise refused(address.shown, "database", fault) from error
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def _settings(address: Address) -> dict[str, object]:
    if address.engine == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": address.target,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA synchronous=EXTRA"},
        }
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415  # an extra: only PostgreSQL needs it

    given = conninfo_to_dict(address.target)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": given.pop("dbname", "") or "",
        "OPTIONS": given,
    }
