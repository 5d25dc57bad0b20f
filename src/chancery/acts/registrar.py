"""The registrar's own acts: what the keeper of the record does to entries."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import Meta

from chancery.acts.base import Act
from chancery.acts.fields import Reason


class EntryWithdrawn(Act, frozen=True, kw_only=True, gc=False, tag="entry.withdrawn"):
    """An entry is withdrawn: it stays readable and no longer counts; withdrawing a correction revives the original."""

    identity: ClassVar[tuple[str, ...]] = ("entry",)
    names_entries: ClassVar[tuple[str, ...]] = ("entry",)

    entry: Annotated[str, Meta(description="the entry that is withdrawn")]
    reason: Reason
