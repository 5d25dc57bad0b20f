"""Rotation of a log's key: a statement by the old key and the new, recorded as an act of its own.

Whoever trusts the old key can follow it to the new one in a whole copy of the log, and nowhere else: a receipt or a
checkpoint by itself does not hold the statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from chancery.log.keys import Sort, VerifierKey
from chancery.log.texts import UNREADABLE, base64_of, bytes_of, shortened
from chancery.values import Fault, canonical, phrase

if TYPE_CHECKING:
    from chancery.log.keys import SignerKey

KIND = "key.rotated"
"""The kind of the act that records one."""

_DOMAIN = b"chancery/key-rotation/v1\n"


class Rotation(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """From a size on, a log signs by another key. Both keys sign that, so that neither can be put in the other's place.

    ``old`` and ``new`` are vkeys, ``by_old`` and ``by_new`` bare signatures in base64.
    """

    origin: str
    size: int
    old: str
    new: str
    by_old: str = ""
    by_new: str = ""

    @property
    def statement(self) -> bytes:
        """What both keys sign: ``chancery/key-rotation/v1``, a line's end, and the rest in its canonical form."""
        return _DOMAIN + canonical({"new": self.new, "old": self.old, "origin": self.origin, "size": self.size})


def rotate(origin: str, size: int, old: SignerKey, new: SignerKey) -> Rotation:
    """The statement that a log signs by a new key, from checkpoints of a size on."""
    said = Rotation(origin=origin, size=size, old=old.verifier.text, new=new.verifier.text)
    signed = [base64_of(key.sign(said.statement)) for key in (old, new)]
    return msgspec.structs.replace(said, by_old=signed[0], by_new=signed[1])


def check_rotation(rotation: Rotation) -> tuple[VerifierKey, VerifierKey]:
    """The old key and the new, where both signed. Raises Fault where one did not, or neither is the log's."""
    old, new = VerifierKey.of(rotation.old), VerifierKey.of(rotation.new)
    if not old.name == new.name == rotation.origin or old.public == new.public or _cosigns(old, new):
        raise Fault(phrase("a key gives way to another key of {origin}", origin=rotation.origin))
    for key, signature in ((old, rotation.by_old), (new, rotation.by_new)):
        if not key.verifies(bytes_of(signature), rotation.statement):
            raise Fault(phrase("the key {id} did not sign that {origin} changes its key", **_of(key, rotation)))
    return old, new


def _cosigns(*keys: VerifierKey) -> bool:
    return any(key.sort is Sort.COSIGNATURE for key in keys)


def recorded(body: bytes, index: int) -> Rotation:
    """The rotation that an act records, in the place of an entry. Raises Fault, also where it would count before it."""
    try:
        said = msgspec.json.decode(body, type=_Recorded)
    except UNREADABLE as error:
        raise Fault(phrase("no change of key can be read in it: {fault}", fault=shortened(error))) from None
    rotation = Rotation(**msgspec.structs.asdict(said))
    check_rotation(rotation)
    if rotation.size <= index:
        raise Fault(phrase("the new key would count from {size}, before this was recorded", size=rotation.size))
    return rotation


class _Recorded(Struct):
    """What of the act is the rotation."""

    origin: str
    size: int
    old: str
    new: str
    by_old: str
    by_new: str


def _of(key: VerifierKey, rotation: Rotation) -> dict[str, str]:
    return {"id": key.id.hex(), "origin": rotation.origin}
