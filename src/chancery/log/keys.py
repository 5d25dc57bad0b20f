"""Keys: their text forms, their ids, and the two algorithms that sign with them (C2SP signed-note)."""

from __future__ import annotations

from enum import IntEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey
from msgspec import Struct

from chancery.log.texts import base64_of, bytes_of
from chancery.values import Fault, phrase, quoted

if TYPE_CHECKING:
    from typing import Self

SEED_LENGTH = 32
"""Bytes of the seed that a secret key is made from, in both algorithms."""
KEY_ID_LENGTH = 4
LONGEST_NAME = 255
"""Bytes of a key's name, and of a log's origin (tlog-cosignature: their length is a uint8)."""

_SECRET = "PRIVATE+KEY+"  # noqa: S105 -- what stands before a secret, and none itself


class Sort(IntEnum):
    """What a key signs: the byte by which signed-note tells types of signatures apart."""

    ED25519 = 0x01
    """A note, by Ed25519: how a log signs its checkpoint."""
    COSIGNATURE = 0x04
    """A checkpoint at a time, by Ed25519: how a witness cosigns."""
    ML_DSA_44 = 0x06
    """A checkpoint at a time, by ML-DSA-44: how a log signs, and how a witness cosigns."""


LENGTHS = {Sort.ED25519: (32, 64), Sort.COSIGNATURE: (32, 64), Sort.ML_DSA_44: (1312, 2420)}
"""Bytes of a public key and of a bare signature."""


class VerifierKey(Struct, frozen=True):
    """A public key under a name. ``text`` is its vkey: name, id and key, with '+' between them."""

    name: str
    sort: Sort
    public: bytes

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a vkey. Raises Fault, also where its id is another key's."""
        name, key_id, encoded = _parts(text, text)
        data = bytes_of(encoded)
        sort = _sort(data)
        if len(data) != 1 + LENGTHS[sort][0]:
            raise Fault(phrase("{text}: the key has not the length of its type", text=quoted(text)))
        key = cls(name, sort, data[1:])
        if key.id.hex() != key_id:
            raise Fault(phrase("{text}: the key's id is {id}", text=quoted(text), id=key.id.hex()))
        return key

    @property
    def id(self) -> bytes:
        """Four bytes that tell this key from others of its name."""
        return sha256(self.name.encode() + b"\n" + bytes([self.sort]) + self.public).digest()[:KEY_ID_LENGTH]

    @property
    def text(self) -> str:
        """The vkey."""
        return f"{self.name}+{self.id.hex()}+{base64_of(bytes([self.sort]) + self.public)}"

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether a bare signature of a message is by this key."""
        try:
            if self.sort is Sort.ML_DSA_44:
                MLDSA44PublicKey.from_public_bytes(self.public).verify(signature, message)
            else:
                Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class SignerKey(Struct, frozen=True):
    """A secret key under a name, made from 32 bytes of randomness that are passed in."""

    name: str
    sort: Sort
    seed: bytes

    @classmethod
    def of_seed(cls, name: str, sort: Sort, seed: bytes) -> Self:
        """A new key. Raises Fault for a name that no key may have, or a seed that has not 32 bytes."""
        check_name(name)
        if len(seed) != SEED_LENGTH:
            raise Fault(phrase("a key's seed has 32 bytes; this one has {length}", length=len(seed)))
        return cls(name, sort, seed)

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a key from its secret text. Raises Fault, which never shows the text."""
        if not text.startswith(_SECRET):
            raise Fault(phrase("a secret key is written PRIVATE+KEY+name+id+key"))
        name, key_id, encoded = _parts(text.removeprefix(_SECRET), "PRIVATE+KEY+...")
        data = _hidden_bytes(encoded)
        key = cls.of_seed(name, _sort(data), data[1:])
        if key.verifier.id.hex() != key_id:
            raise Fault(phrase("{text}: the key's id is {id}", text=_SECRET + name, id=key.verifier.id.hex()))
        return key

    @property
    def text(self) -> str:
        """The secret text: keep it where nobody else reads."""
        return f"{_SECRET}{self.name}+{self.verifier.id.hex()}+{base64_of(bytes([self.sort]) + self.seed)}"

    @property
    def verifier(self) -> VerifierKey:
        """The public key."""
        secret = self._secret()
        return VerifierKey(self.name, self.sort, secret.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """The bare signature of a message."""
        return self._secret().sign(message)

    def _secret(self) -> Ed25519PrivateKey | MLDSA44PrivateKey:
        if self.sort is Sort.ML_DSA_44:
            return MLDSA44PrivateKey.from_seed_bytes(self.seed)
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def __repr__(self) -> str:
        """The key without its secret."""
        return f"SignerKey({self.name!r}, {self.sort!r}, ...)"


def check_name(name: str) -> None:
    """Raise Fault for a name that no key may have: empty, too long, or with a space, '+' or a control character."""
    if not name or "+" in name or not name.isprintable() or any(map(str.isspace, name)):
        raise Fault(
            phrase(
                "{name} cannot name a key: write something like board.example/log, without spaces", name=quoted(name)
            )
        )
    if len(name.encode()) > LONGEST_NAME:
        raise Fault(phrase("{name} cannot name a key: it has more than 255 bytes", name=quoted(name)))


def _parts(text: str, shown: str) -> list[str]:
    parts = text.split("+", 2)
    if len(parts) != 3:  # noqa: PLR2004 -- name, id, key
        raise Fault(phrase("{text} is not a key; a key is written name+id+key", text=quoted(shown)))
    check_name(parts[0])
    return parts


def _sort(data: bytes) -> Sort:
    try:
        return Sort(data[0] if data else 0)
    except ValueError:
        raise Fault(
            phrase("a key of the type {found}; the types known here are 1, 4 and 6", found=data[0] if data else 0)
        ) from None


def _hidden_bytes(encoded: str) -> bytes:
    try:
        return bytes_of(encoded)
    except Fault:
        raise Fault(phrase("a secret key is written PRIVATE+KEY+name+id+key")) from None
