"""The record: a head, sources, and the accounts of acts in the ledger's order."""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chancery.acts import Act
    from chancery.register import Head, Source


class Record(Struct, frozen=True, dict=True):
    """All that a record holds. The order of the acts is the ledger's order."""

    head: Head
    sources: Mapping[str, Source]
    acts: Sequence[Act]

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each entry in the ledger, by its id; of an id given twice, the first place."""
        backwards = range(len(self.acts) - 1, -1, -1)
        return dict(zip(map(attrgetter("id"), reversed(self.acts)), backwards, strict=True))
