"""Trust: whose signatures count. A file that each reader keeps, and never takes from the log that it checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta, Struct, field

from chancery.log.keys import Sort, VerifierKey
from chancery.log.texts import LARGEST_NUMBER, UNREADABLE, shortened
from chancery.values import Fault, Phrase, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chancery.log.rotation import Rotation

LONGEST_POLICY = 1_000_000
"""Bytes of a trust file at most."""

_Size = Annotated[int, Meta(ge=0, le=LARGEST_NUMBER)]
_Name = Annotated[str, Meta(min_length=1, max_length=200)]


class _LogKey(Struct, forbid_unknown_fields=True, frozen=True):
    key: str
    first: _Size = field(default=0, name="from")
    last: _Size = field(default=LARGEST_NUMBER, name="to")


class _Log(Struct, forbid_unknown_fields=True, frozen=True):
    origin: str
    keys: Annotated[tuple[_LogKey, ...], Meta(min_length=1, max_length=100)]


class _Witness(Struct, forbid_unknown_fields=True, frozen=True):
    organisation: _Name
    keys: Annotated[tuple[str, ...], Meta(min_length=1, max_length=100)]
    url: _Name | None = None


class _Quorum(Struct, forbid_unknown_fields=True, frozen=True):
    organisations: _Size


class _Authority(Struct, forbid_unknown_fields=True, frozen=True):
    name: _Name
    certificates: str


class _File(Struct, forbid_unknown_fields=True, frozen=True):
    log: _Log
    quorum: _Quorum
    witnesses: Annotated[tuple[_Witness, ...], Meta(max_length=1000)] = ()
    authorities: Annotated[tuple[_Authority, ...], Meta(max_length=100)] = ()


class LogKey(Struct, frozen=True):
    """A key of the log, and the sizes of the checkpoints that it may sign: from the first to the last of them."""

    key: VerifierKey
    first: int
    last: int


class Authority(Struct, frozen=True):
    """One that stamps the time on checkpoints (RFC 3161): its name, and its certificates in PEM, root first."""

    name: str
    certificates: str


class Trust(Struct, frozen=True):
    """Which log, by which keys; which witnesses, of which organisations; how many organisations must have cosigned."""

    origin: str
    keys: tuple[LogKey, ...]
    witnesses: tuple[tuple[VerifierKey, str], ...]
    quorum: int
    authorities: tuple[Authority, ...] = ()
    doors: tuple[tuple[str, str], ...] = ()
    """Organisations whose witness can be asked, and where; whoever only verifies needs none."""

    def log_keys(self, size: int) -> list[VerifierKey]:
        """The keys by which the log may sign a checkpoint of a size."""
        return [each.key for each in self.keys if each.first <= size <= each.last]

    def following(self, rotations: Iterable[Rotation]) -> Trust:
        """The trust of a reader who follows changes of key that are sound: each from a key that counts to the next.

        The old key counts no longer from there on. A key that the reader names counts as the reader says.
        """
        known = {each.key: each for each in self.keys}
        for rotation in rotations:
            old, new = known.get(VerifierKey.of(rotation.old)), VerifierKey.of(rotation.new)
            if old is None or new in known or not old.first <= rotation.size <= old.last:
                continue
            known[old.key] = LogKey(old.key, old.first, rotation.size - 1)
            known[new] = LogKey(new, rotation.size, old.last)
        return msgspec.structs.replace(self, keys=tuple(known.values()))

    def organisations(self) -> dict[VerifierKey, str]:
        """The organisation behind each witness's key."""
        return dict(self.witnesses)


def read_trust(data: bytes) -> Trust:
    """Read a trust file (TOML). Raises Fault."""
    if len(data) > LONGEST_POLICY:
        raise Fault(phrase("{length:number} bytes; a trust file has at most 1,000,000", length=len(data)))
    try:
        found = msgspec.toml.decode(data, type=_File)
    except UNREADABLE as error:
        raise Fault(phrase("this is no trust file: {fault}", fault=shortened(error))) from None
    trust = Trust(
        found.log.origin,
        tuple(LogKey(VerifierKey.of(each.key), each.first, each.last) for each in found.log.keys),
        tuple((VerifierKey.of(key), each.organisation) for each in found.witnesses for key in each.keys),
        found.quorum.organisations,
        tuple(Authority(each.name, each.certificates) for each in found.authorities),
        tuple((each.organisation, each.url) for each in found.witnesses if each.url is not None),
    )
    for fault in _faults(trust):
        raise Fault(fault)
    return trust


def _faults(trust: Trust) -> Iterator[Phrase]:
    for each in trust.keys:
        if each.key.name != trust.origin:
            yield phrase("the key of {name} is no key of {origin}", name=each.key.name, origin=trust.origin)
        if each.key.sort is Sort.COSIGNATURE:
            yield phrase("{name}: a log signs by keys of the types 1 and 6", name=each.key.name)
        if each.first > each.last:
            yield phrase("{name}: the sizes of a key run from {first} to {last}", **_sizes(each))
    for key, _ in trust.witnesses:
        if key.sort is Sort.ED25519:
            yield phrase("{name}: a witness cosigns by keys of the types 4 and 6", name=key.name)
    public = [each.key.public for each in trust.keys] + [key.public for key, _ in trust.witnesses]
    if len(set(public)) != len(public):
        yield phrase("one key stands here twice; a key counts for one signer only")
    known = len(set(trust.organisations().values()))
    if trust.quorum > known:
        yield phrase("{k} organisations are asked for, and {n} are named", k=trust.quorum, n=known)


def _sizes(each: LogKey) -> dict[str, str | int]:
    return {"name": each.key.name, "first": each.first, "last": each.last}
