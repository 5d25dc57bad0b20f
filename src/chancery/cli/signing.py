"""Signing a ledger from the command line: where its key lies, and a checkpoint when one is asked for."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.acts.registrar import KeyRotated
from chancery.cli.disk import flushed
from chancery.cli.signer import Question, ask_signer
from chancery.cli.witness import keep_secret, secret_keys
from chancery.desk import Desk
from chancery.log.checkpoints import Checkpoint, SignedCheckpoint
from chancery.log.keys import SignerKey, Sort
from chancery.log.rotation import rotate
from chancery.log.signer import Signer
from chancery.store.memories import FileMemory, begun
from chancery.store.proving import plant_roots
from chancery.store.publishing import newest
from chancery.text import record_in
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from chancery.ledger import Record
    from chancery.log.rotation import Rotation
    from chancery.log.tree import Frontier
    from chancery.store.base import Store
    from chancery.store.urls import Address
    from chancery.values import Instant

SORTS = (Sort.ED25519, Sort.ML_DSA_44)
"""How a log signs: by a key of each."""


def key_file(address: Address, given: Path | None) -> Path | None:
    """The file of a ledger's secret keys: the one that is named, or the one beside an SQLite file."""
    if given is not None:
        return given
    return address.path.with_name(f"{address.path.name}.key") if address.engine == "sqlite" else None


def begin_signing(store: Store, address: Address, given: Path | None = None) -> list[SignerKey]:
    """Make the memory of what a ledger signs and then its keys, where there are none yet. Raises Fault."""
    path, memory = key_file(address, given), address.memory
    if path is None or memory is None or path.exists():
        return []
    if not begun(memory):
        FileMemory(memory, begin=True)
    keys = [SignerKey.of_seed(store.origin, sort, secrets.token_bytes(32)) for sort in SORTS]
    keep_secret(path, "".join(f"{key.text}\n" for key in keys))
    return keys


class Means(Struct, frozen=True):
    """How a ledger is signed: by the keys of a file, in this process; or by a signer, asked through its socket."""

    address: Address
    key: Path | None = None
    signer: Path | None = None
    begin: bool = False

    @property
    def at_hand(self) -> bool:
        """Whether there is anything to sign with."""
        path = key_file(self.address, self.key)
        return self.signer is not None or (path is not None and path.exists())


def sign(store: Store, means: Means) -> SignedCheckpoint:
    """Sign a ledger as it is now, by a second reading of its entries, and keep the checkpoint. Raises Fault."""
    edge = store.frontier()
    signed = _asked(store, means.signer, edge) if means.signer is not None else _signed_here(store, means, edge)
    store.note(signed.checkpoint.size, signed.data)
    plant_roots(store, signed.checkpoint.size)
    return signed


def _asked(store: Store, signer: Path, edge: Frontier) -> SignedCheckpoint:
    """What a signer signed. Raises Fault where it is anything else than what it was asked for."""
    signed = SignedCheckpoint.of(ask_signer(signer, Question(edge.size, edge.root())))
    if signed.checkpoint != Checkpoint(store.origin, edge.size, edge.root()):
        raise Fault(phrase("the signer at {path} signed something else than it was asked for", path=str(signer)))
    return signed


def _signed_here(store: Store, means: Means, edge: Frontier) -> SignedCheckpoint:
    path, memory = key_file(means.address, means.key), means.address.memory
    if path is None or not path.exists():
        raise Fault(phrase("there is no key to sign with; `chancery ledger init --key FILE` makes one"))
    if memory is None:
        raise Fault(phrase("nothing remembers what was signed; name a file for it in the address: ?signed=FILE"))
    remembering(memory, begin=means.begin)
    return sign_stored(store, path, memory, edge.size, edge.root(), begin=means.begin)


def sign_stored(
    store: Store, key: Path, memory: Path, size: int, root: bytes, *, begin: bool = False
) -> SignedCheckpoint:
    """Sign a ledger at a size by the keys of a file, as its stored entries and a memory allow. Raises Fault."""
    signer = Signer(store.origin, secret_keys(key), FileMemory(memory), lambda: int(time.time()))
    before = 0 if begin else max((at for at, _ in store.checkpoints()), default=0)
    return signer.sign(size, root, lambda: store.leaves(0, size), before)


def remembering(memory: Path, *, begin: bool) -> None:
    """Make sure that there is a memory; one is begun where that is asked. Raises Fault."""
    FileMemory(memory, begin=begin and not begun(memory))


def current(store: Store, means: Means) -> SignedCheckpoint:
    """The checkpoint of a ledger as it is now: the last one, or a new one where there is a key. Raises Fault."""
    last = newest(store)
    if last is not None and (last.checkpoint.size == store.frontier().size or not means.at_hand):
        return last
    return sign(store, means)


def rotated(store: Store, address: Address, given: Path | None, clock: Callable[[], Instant]) -> list[SignerKey]:
    """Put new keys in the place of a ledger's keys, by acts that both sign. Raises Fault, Barred, Refused.

    A rotation that was recorded and then cut off is ended: its keys are those that count.
    """
    path = key_file(address, given)
    if path is None or not path.exists():
        raise Fault(phrase("there is no key to sign with; `chancery ledger init --key FILE` makes one"))
    before, fresh = secret_keys(path), path.with_name(f"{path.name}.new")
    with store.held():
        record = record_in(store.bodies(None))
        after = _cut_off(record, fresh) or _fresh(store.origin, before, fresh)
        if not _recorded(record, after):
            desk, size = Desk(record, clock, store), store.frontier().size + len(before)
            for old, new in zip(before, after, strict=True):
                desk.record(_act(desk, rotate(store.origin, size, old, new), clock()))
    aside = path.with_name(f"{path.name}.old")
    aside.unlink(missing_ok=True)
    aside.hardlink_to(path)
    fresh.replace(path)
    flushed(path.parent)
    return after


def _cut_off(record: Record, fresh: Path) -> list[SignerKey]:
    """The keys of a rotation that was recorded, where they were not put in their place yet. Raises Fault."""
    keys = secret_keys(fresh) if fresh.exists() else []
    return keys if _recorded(record, keys) else []


def _recorded(record: Record, keys: Sequence[SignerKey]) -> bool:
    known = {act.new for act in record.acts if isinstance(act, KeyRotated)}
    return all(key.verifier.text in known for key in keys)


def _fresh(origin: str, before: Sequence[SignerKey], path: Path) -> list[SignerKey]:
    """New keys of the same sorts, kept in a file. Raises Fault."""
    keys = [SignerKey.of_seed(origin, key.sort, secrets.token_bytes(32)) for key in before]
    path.unlink(missing_ok=True)
    keep_secret(path, "".join(f"{key.text}\n" for key in keys))
    return keys


def _act(desk: Desk, said: Rotation, now: Instant) -> KeyRotated:
    """The act that records a rotation."""
    name = desk.name(KeyRotated.kind, {"effective": now.day.text})
    return KeyRotated(
        id=name,
        effective=now.day,
        origin=said.origin,
        size=said.size,
        old=said.old,
        new=said.new,
        by_old=said.by_old,
        by_new=said.by_new,
    )
