"""The record: a head, sources, and the accounts of acts in the ledger's order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chancery.acts import Act
    from chancery.register import Head, Source


class Record(Struct, frozen=True):
    """All that a record holds. The order of the acts is the ledger's order."""

    head: Head
    sources: Mapping[str, Source]
    acts: Sequence[Act]
