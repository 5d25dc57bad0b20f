"""Signatures of a checkpoint, by its log or by a witness (C2SP signed-note, tlog-cosignature)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from chancery.log.keys import LENGTHS, Sort
from chancery.log.notes import Signature
from chancery.log.texts import LARGEST_NUMBER
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chancery.log.checkpoints import Checkpoint, SignedCheckpoint
    from chancery.log.keys import SignerKey, VerifierKey

_LABEL = b"subtree/v1\n\0"
_TIME_LENGTH = 8


def sign(checkpoint: Checkpoint, key: SignerKey, time: int) -> Signature:
    """The signature of a checkpoint; at a POSIX time in seconds, which a plain Ed25519 signature does not tell."""
    bare = key.sign(message(checkpoint, key.name, key.sort, time))
    stamp = b"" if key.sort is Sort.ED25519 else struct.pack(">Q", time)
    return Signature(key.name, key.verifier.id, stamp + bare)


def signed_at(checkpoint: Checkpoint, signature: Signature, key: VerifierKey) -> int:
    """The POSIX time of a signature by a key, 0 where it tells none. Raises Fault where it does not verify."""
    stamped = 0 if key.sort is Sort.ED25519 else _TIME_LENGTH
    if len(signature.data) != stamped + LENGTHS[key.sort][1]:
        raise Fault(phrase("the signature by {name} has not the length of its type", name=key.name))
    time = int.from_bytes(signature.data[:stamped], "big")
    if time > LARGEST_NUMBER:
        raise Fault(phrase("the signature by {name} tells a time that cannot be", name=key.name))
    if not key.verifies(signature.data[stamped:], message(checkpoint, key.name, key.sort, time)):
        raise Fault(phrase("the signature by {name} is not of this checkpoint", name=key.name))
    return time


def signers(signed: SignedCheckpoint, keys: Iterable[VerifierKey]) -> dict[VerifierKey, int]:
    """Which of some keys signed a checkpoint, and when (POSIX time, 0 where it is not told).

    Signatures by other keys are passed over. Raises Fault where one that claims to be by these keys does not verify.
    """
    return {
        key: signed_at(signed.checkpoint, signature, key)
        for key in keys
        for signature in signed.note.by(key)
    }  # fmt: skip


def message(checkpoint: Checkpoint, name: str, sort: Sort, time: int) -> bytes:
    """The bytes that a key of a name and sort signs. Raises Fault where a name is too long for ML-DSA-44's form."""
    if sort is Sort.ED25519:
        return checkpoint.text.encode()
    if sort is Sort.COSIGNATURE:
        return f"cosignature/v1\ntime {time}\n{checkpoint.text}".encode()
    cosigner, origin = _counted(name), _counted(checkpoint.origin)
    return b"".join(
        (_LABEL, cosigner, struct.pack(">Q", time), origin, struct.pack(">QQ", 0, checkpoint.size), checkpoint.root)
    )


def _counted(text: str) -> bytes:
    """A text after its length in bytes, as a uint8."""
    data = text.encode()
    if len(data) > 255:  # noqa: PLR2004 -- a uint8
        raise Fault(phrase("a name of {length} bytes; ML-DSA-44 signs names of at most 255", length=len(data)))
    return bytes([len(data)]) + data
