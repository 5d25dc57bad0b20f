"""The registrar's own acts: what the keeper of the record does to entries."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import Meta

from chancery.acts.base import Act
from chancery.acts.fields import Reason

Entry = Annotated[str, Meta(description="the entry that it is about")]
Audience = Annotated[
    str,
    Meta(pattern="^[a-z0-9][a-z0-9-]{0,99}$", description="who may still read it, in a-z, 0-9 and -"),
]


class EntryWithdrawn(Act, frozen=True, kw_only=True, gc=False, tag="entry.withdrawn"):
    """An entry is withdrawn: it stays readable and no longer counts; withdrawing a correction revives the original."""

    identity: ClassVar[tuple[str, ...]] = ("entry",)
    names_entries: ClassVar[tuple[str, ...]] = ("entry",)

    entry: Annotated[str, Meta(description="the entry that is withdrawn")]
    reason: Reason


class EntrySealed(Act, frozen=True, kw_only=True, gc=False, tag="entry.sealed"):
    """An entry is sealed: from now on only an audience may read what it says; that it stands there is no secret."""

    names_entries: ClassVar[tuple[str, ...]] = ("entry",)

    entry: Entry
    audience: Audience
    reason: Reason


class EntryShredded(Act, frozen=True, kw_only=True, gc=False, tag="entry.shredded"):
    """An entry is shredded: what it said is destroyed for ever, for a lawful reason; that it stood there is not."""

    names_entries: ClassVar[tuple[str, ...]] = ("entry",)

    entry: Entry
    reason: Reason


OWN = (EntryWithdrawn, EntrySealed, EntryShredded)
"""The kinds by which the keeper of a record acts on it: they cite no source, the keeper is the source."""
