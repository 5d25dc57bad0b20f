"""The leaf of an entry: a header that anyone may read, and a commitment to the body that not everyone may.

A body can be withheld, sealed to an audience or shredded, and the leaf, the root and every proof still hold.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated
from unicodedata import is_normalized

import msgspec
from msgspec import Meta, Struct

from chancery.log.texts import UNREADABLE, shortened
from chancery.values import Fault, Instant, Phrase, canonical, phrase

VERSION = 1
"""The version of the header's form that this house writes."""
PUBLIC = "public"
"""The audience that is everybody."""
LONGEST_ENTRY = 65_535
"""Bytes of a leaf, and of a body, at most (tlog-tiles: an entry's length is a uint16)."""
SALT_LENGTH = 32
"""Bytes of a salt, so that nobody can guess a body and try it."""

_DOMAIN = b"chancery/body/v1\n"
"""Stands before what a commitment hashes, so that it is the hash of nothing else."""
_AUDIENCE = re.compile(r"[a-z0-9][a-z0-9-]{0,99}", re.ASCII)
_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)

_Name = Annotated[str, Meta(min_length=1, max_length=500)]


class Header(Struct, frozen=True, gc=False, forbid_unknown_fields=True, kw_only=True):
    """What a leaf says. It is public for ever: of an entry that is not, `id` must tell nothing of the body.

    ``body`` is the commitment to the salted body in hexadecimal digits; ``recorded`` is UTC, in whole seconds.
    """

    audience: str
    body: str
    by: _Name
    id: _Name
    kind: _Name
    recorded: datetime
    version: int = VERSION

    @property
    def instant(self) -> Instant:
        """The moment at which the ledger took it."""
        return Instant.at(self.recorded)


def commitment(salt: bytes, body: bytes) -> str:
    """What a header says of its body: hexadecimal SHA-256 over ``chancery/body/v1``, a line's end, salt and body.

    Raises Fault where the salt has not 32 bytes or the body is too long.
    """
    if len(salt) != SALT_LENGTH:
        raise Fault(phrase("a salt has 32 bytes; this one has {length}", length=len(salt)))
    if len(body) > LONGEST_ENTRY:
        raise Fault(_too_long(len(body)))
    return sha256(_DOMAIN + salt + body).hexdigest()


def opens(header: Header, salt: bytes, body: bytes) -> bool:
    """Whether this salt and this body are those that the header commits to."""
    return len(salt) == SALT_LENGTH and sha256(_DOMAIN + salt + body).hexdigest() == header.body


def header_of(commits: str, *, name: str, kind: str, recorded: Instant, by: str, audience: str = PUBLIC) -> Header:
    """The header of an entry, from the commitment to its body. Raises Fault where one of its fields cannot be."""
    moment = datetime.fromisoformat(recorded.utc)
    return read(written(Header(audience=audience, body=commits, by=by, id=name, kind=kind, recorded=moment)))


def written(header: Header) -> bytes:
    """The leaf: the header's canonical bytes (RFC 8785), far fewer than 65,535 with names as long as they may be."""
    return canonical(header)


def read(leaf: bytes) -> Header:
    """Read a leaf, strictly: its bytes must be those that we would write. Raises Fault."""
    if len(leaf) > LONGEST_ENTRY:
        raise Fault(_too_long(len(leaf)))
    try:
        header = _DECODER.decode(leaf)
    except UNREADABLE as error:
        raise Fault(phrase("this is no header of an entry: {fault}", fault=shortened(error))) from None
    if (fault := _fault(header)) is not None:
        raise Fault(fault)
    if canonical(header) != leaf:
        raise Fault(
            phrase("this header is not in its canonical form (RFC 8785): the same fields are written otherwise")
        )
    return header


def _fault(header: Header) -> Phrase | None:
    if header.version != VERSION:
        return phrase("a header of version {found}; this reader knows version {known}", found=header.version, known=1)
    if header.audience != PUBLIC and not _AUDIENCE.fullmatch(header.audience):
        return phrase("audience: the name of an audience is written in a-z, 0-9 and '-', such as 'public'")
    if not _HEX.fullmatch(header.body):
        return phrase("body: a commitment is written in 64 hexadecimal digits, in lower case")
    if header.recorded.tzinfo is not UTC or header.recorded.microsecond:
        return phrase("recorded: a moment in UTC and in whole seconds is expected, such as 2026-01-22T11:30:00Z")
    if _is_plain(f"{header.id} {header.kind} {header.by}"):
        return None
    names = (("id", header.id), ("kind", header.kind), ("by", header.by))
    odd = next(field for field, text in names if not _is_plain(text))
    return phrase("{field}: a name has printable characters only, in Unicode NFC", field=odd)


def _is_plain(text: str) -> bool:
    return text.isprintable() and (text.isascii() or is_normalized("NFC", text))


def _too_long(length: int) -> Phrase:
    return phrase("{length:number} bytes; an entry has at most 65,535", length=length)


_DECODER = msgspec.json.Decoder(Header)
