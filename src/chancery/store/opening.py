"""Opening a ledger: the shelf behind an address. What an engine needs is imported when it is asked for."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING

from chancery.store.schema import migrate

if TYPE_CHECKING:
    from chancery.store.tables import Tables
    from chancery.store.urls import Address

PRIVATE = 0o600
"""Who may read the file of a database at first: its owner. It may hold what is sealed."""


def opened(address: Address, *, check_version: bool = True) -> Tables:
    """The shelf behind an address. Raises Refused, naming what is wrong with it."""
    if address.engine == "sqlite":
        from chancery.store.sqlite import Sqlite  # noqa: PLC0415  # only this engine needs it

        return Sqlite(address, check_version=check_version)
    from chancery.store.postgres import Postgres  # noqa: PLC0415  # its driver is an extra

    return Postgres(address, check_version=check_version)


def is_begun(address: Address) -> bool:
    """Whether there is a database with tables of ours behind an address. Raises Refused."""
    if address.engine == "sqlite" and not address.path.exists():
        return False
    with opened(address, check_version=False) as store:
        return store.is_begun()


def begin(address: Address, origin: str | None = None, upto: str | None = None) -> None:
    """Make the tables of a ledger, or upgrade them in place; a ledger that begins is given its name. Raises Refused."""
    if address.engine == "sqlite" and not address.path.exists():
        address.path.touch(mode=PRIVATE)
    with opened(address, check_version=False) as store:
        store.check_not_newer()
    migrate(address, upto)
    with opened(address, check_version=upto is None) as store:
        store.begin(origin or f"chancery-{token_hex(16)}")
