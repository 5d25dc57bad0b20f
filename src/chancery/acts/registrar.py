"""The registrar's own acts: what the keeper of the record does to entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar

from msgspec import Meta

from chancery.acts.base import Act
from chancery.acts.fields import Count, Reason
from chancery.values import Problem, Weight, phrase

AUDIENCE = re.compile("[a-z0-9][a-z0-9-]{0,99}")

Entry = Annotated[str, Meta(description="the entry that it is about")]
VKey = Annotated[str, Meta(description="a public key, as name+id+key")]
Audience = Annotated[
    str,
    Meta(pattern=f"^{AUDIENCE.pattern}$", description="who may still read it, in a-z, 0-9 and -"),
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

    def faults(self) -> Iterator[Problem]:
        """Also where the name of the audience cannot be one."""
        yield from super().faults()
        if AUDIENCE.fullmatch(self.audience) is None:
            fault = phrase(
                "{audience} cannot name an audience; it is written in a-z, 0-9 and -", audience=self.audience
            )
            yield self.problem("audience", Weight.BAR, fault, "audience")


class EntryShredded(Act, frozen=True, kw_only=True, gc=False, tag="entry.shredded"):
    """An entry is shredded: what it said is destroyed for ever, for a lawful reason; that it stood there is not."""

    names_entries: ClassVar[tuple[str, ...]] = ("entry",)

    entry: Entry
    reason: Reason


class KeyRotated(Act, frozen=True, kw_only=True, gc=False, tag="key.rotated"):
    """The log signs by another key from now on: both keys sign that, so that neither stands in for the other."""

    origin: Annotated[str, Meta(description="the log, by its name")]
    size: Annotated[Count, Meta(description="the entries from which the new key counts")]
    old: VKey
    new: VKey
    by_old: Annotated[str, Meta(description="the old key's signature, in base64")]
    by_new: Annotated[str, Meta(description="the new key's signature, in base64")]


ABOUT_ENTRIES = (EntryWithdrawn, EntrySealed, EntryShredded)
"""The kinds by which the keeper of a record acts on one of its entries."""

OWN = (*ABOUT_ENTRIES, KeyRotated)
"""The kinds by which the keeper of a record acts on it: they cite no source, the keeper is the source."""
