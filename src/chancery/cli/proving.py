"""Proving: what the pages of a record need of the log in which it is kept; a folder of text is in none."""

from __future__ import annotations

from base64 import b64encode
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from chancery.cli.looking import seldom
from chancery.values import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chancery.cli.options import Where
    from chancery.log.checkpoints import SignedCheckpoint
    from chancery.site.access import Log
    from chancery.store.urls import Address


def log_of(where: Where, *, watch: bool = False) -> Log | None:
    """What proves the entries of a database: as it stands at each moment where it is watched, else as it stood."""
    if isinstance(where, Path):
        return None
    from chancery.site.access import Log  # noqa: PLC0415  # a record in text needs no database

    receipt, checkpoint = partial(_receipt, where), partial(_checkpoint, where)
    return Log(receipt, seldom(checkpoint) if watch else cache(checkpoint), lambda entry: receipt(entry) is not None)


def mark_of_ledger(where: Address) -> str:
    """What is another once a ledger has grown, or a later checkpoint was signed."""
    from chancery.store.opening import opened  # noqa: PLC0415  # as above
    from chancery.store.publishing import newest  # noqa: PLC0415  # as above

    with opened(where) as store:
        signed = newest(store)
        return f"{store.frontier().size}:{0 if signed is None else signed.checkpoint.size}"


def _receipt(where: Address, entry: str) -> bytes | None:
    """The receipt of an entry under the last checkpoint; None where it does not cover it, or there is none."""
    from chancery.store.opening import opened  # noqa: PLC0415  # as above
    from chancery.store.publishing import newest, receipt_of  # noqa: PLC0415  # as above

    with opened(where) as store, suppress(Fault):
        seq, signed = store.place_of(entry), newest(store)
        if seq is not None and signed is not None:
            return receipt_of(store, seq, signed, where.audiences).data
    return None


def _checkpoint(where: Address) -> tuple[int, str] | None:
    """The size and the root of the last checkpoint."""
    from chancery.store.opening import opened  # noqa: PLC0415  # as above
    from chancery.store.publishing import newest  # noqa: PLC0415  # as above

    with opened(where) as store:
        signed = newest(store)
    return None if signed is None else _shown(signed)


def _shown(signed: SignedCheckpoint) -> tuple[int, str]:
    return signed.checkpoint.size, b64encode(signed.checkpoint.root).decode()


class Proofs(NamedTuple):
    """A whole log as it stood at one moment: its last checkpoint if there is any, its files, the receipts by entry."""

    checkpoint: tuple[int, str] | None = None
    files: Mapping[str, bytes] = {}
    receipts: Mapping[str, bytes] = {}

    @property
    def log(self) -> Log:
        """What proves the entries on pages."""
        from chancery.site.access import Log  # noqa: PLC0415  # as above

        return Log(self.receipts.get, self._checkpoint, self.receipts.__contains__)

    def _checkpoint(self) -> tuple[int, str] | None:
        return self.checkpoint


def proofs_of(where: Where) -> Proofs | None:
    """What proves the entries of a database, as the public may read it. Raises Fault."""
    if isinstance(where, Path):
        return None
    from chancery.store.opening import opened  # noqa: PLC0415  # as above
    from chancery.store.publishing import export, newest, receipts  # noqa: PLC0415  # as above

    with opened(where) as store:
        signed = newest(store)
        if signed is None:
            return Proofs()
        files = dict(export(store, signed, where.audiences))
        found = {entry: receipt.data for entry, receipt in receipts(store, signed, where.audiences)}
    return Proofs(_shown(signed), files, found)
