"""Bodies beside the log: each with the salt that opens its leaf, or left out where it is withheld or shredded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Raw, Struct

from chancery.log.leaves import LONGEST_ENTRY, SALT_LENGTH
from chancery.log.texts import UNREADABLE, shortened
from chancery.values import Fault, canonical, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

WITHHELD = b"null\n"
"""The line of a body that is not shown."""


class Opened(Struct, frozen=True):
    """A body and the salt under which its leaf commits to it."""

    salt: bytes
    body: bytes


class _Line(Struct, forbid_unknown_fields=True):
    body: Raw
    salt: str


def line_of(opened: Opened | None) -> bytes:
    """The line of JSON that shows a body with its salt, or that it is not shown."""
    if opened is None:
        return WITHHELD
    return b'{"body":' + opened.body + b',"salt":"' + opened.salt.hex().encode() + b'"}\n'


def opened_of(line: bytes) -> Opened | None:
    """Read a line, its end included, strictly: it must be as we would write it. Raises Fault."""
    if line == WITHHELD:
        return None
    try:
        found = _LINE.decode(line)
        opened = Opened(bytes.fromhex(found.salt), bytes(found.body))
    except UNREADABLE as error:
        raise Fault(phrase("this is no body with its salt: {fault}", fault=shortened(error))) from None
    if line_of(opened) != line or len(opened.salt) != SALT_LENGTH:
        raise Fault(phrase("this body with its salt is not written as it should be: body, then a salt of 32 bytes"))
    return opened


def body_fault(body: bytes) -> Fault | None:
    """What is wrong with a body's form: it is canonical JSON (RFC 8785), of at most 65,535 bytes, without fractions."""
    if len(body) > LONGEST_ENTRY:
        return Fault(phrase("{length:number} bytes; an entry has at most 65,535", length=len(body)))
    try:
        same = canonical(_STRICT.decode(body)) == body
    except UNREADABLE as error:
        return Fault(phrase("the body is no JSON: {fault}", fault=shortened(error)))
    return None if same else Fault(phrase("the body is not in its canonical form (RFC 8785)"))


def bundle_of(several: Iterable[Opened | None]) -> bytes:
    """A file of bodies: a line for each."""
    return b"".join(map(line_of, several))


def bundle_lines(data: bytes, width: int) -> list[bytes]:
    """The lines of a file of bodies, their ends included. Raises Fault where it has not as many."""
    *lines, rest = data.split(b"\n")
    if len(lines) != width or rest:
        raise Fault(phrase("{found} lines of bodies; {expected} are expected", found=len(lines), expected=width))
    return [line + b"\n" for line in lines]


def _no_fraction(text: str) -> float:
    raise ValueError(f"the number {text[:20]} is no whole number")


_LINE = msgspec.json.Decoder(_Line)
_STRICT = msgspec.json.Decoder(float_hook=_no_fraction)
