"""Obeying: what an act of the keeper's says of an entry is done in the transaction that records it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts.registrar import EntrySealed, EntryShredded
from chancery.text import record_in, without
from chancery.text.writing import key_toml

if TYPE_CHECKING:
    from chancery.acts import Act
    from chancery.ledger import Record
    from chancery.store.base import Store


def whole_record(store: Store) -> Record | None:
    """Everything that a ledger holds, for whoever may read all of it; None while it is empty."""
    bodies = store.bodies(None)
    return record_in(bodies) if bodies else None


def obey(store: Store, act: Act) -> None:
    """Do what an act of the keeper's says, where what it is about is still there to be read. Raises Refused."""
    if not isinstance(act, (EntrySealed, EntryShredded)):
        return
    seq, by = store.place_of(act.entry), store.place_of(act.id)
    if seq is None or by is None:
        return
    if isinstance(act, EntrySealed):
        store.seal(seq, act.audience, by)
        return
    store.shred(seq, by)
    _forget_words(store, act.entry)


def _forget_words(store: Store, gone: str) -> None:
    """Take the words in which an entry was written out of the layout too."""
    sheets = store.sheets()
    if not any(gone in stretch.keys for sheet in sheets for stretch in sheet.stretches):
        return
    record = record_in(store.bodies(None))
    store.lay([without(sheet, gone, lambda key: key_toml(record, key)) for sheet in sheets])
