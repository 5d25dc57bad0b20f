"""Opening a ledger: the shelf behind an address. What an engine needs is imported when it is asked for."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING

from chancery.store.base import refused
from chancery.store.publishing import root_at
from chancery.store.schema import migrate
from chancery.values import phrase

if TYPE_CHECKING:
    from pathlib import Path

    from chancery.store.base import Store
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


def opened_to_write(address: Address) -> Tables:
    """The shelf behind an address, where it is not behind what was signed, and so may be written to. Raises Refused."""
    store = opened(address)
    try:
        check_known(store, address.memory)
    except BaseException:
        store.close()
        raise
    return store


def check_known(store: Store, memory: Path | None) -> None:
    """Refuse a ledger that is behind what was signed of it, or another: an older copy, brought back. Raises Refused."""
    from chancery.store.memories import FileMemory, begun  # noqa: PLC0415  # only what is written to needs it

    if memory is None or not begun(memory):
        return
    known = FileMemory(memory).load(store.origin)
    if known is None:
        return
    size = store.frontier().size
    if size < known.size:
        fault = phrase(
            "is {n:number} entries behind: it holds {size:number}, and a checkpoint of {known:number} was signed. It "
            "is an older copy; `chancery ledger catch-up` takes what is missing from an export",
            n=known.size - size,
            size=size,
            known=known.size,
        )
        raise refused(store.place, "behind", fault)
    if root_at(store, known.size) != known.root:
        fault = phrase(
            "is another ledger than the one of which a checkpoint of {known:number} was signed", known=known.size
        )
        raise refused(store.place, "forked", fault)


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
    with opened(address, check_version=False) as store:
        store.begin(origin or f"chancery-{token_hex(16)}")
