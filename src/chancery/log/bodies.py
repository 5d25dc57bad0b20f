"""Bodies beside the log: each with the salt that opens its leaf, or left out where it is withheld or shredded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from chancery.log.leaves import LONGEST_ENTRY, SALT_LENGTH
from chancery.log.texts import UNREADABLE, shortened
from chancery.values import Fault, canonical, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

WITHHELD = b"null\n"
"""The line of a body that is not shown."""


class Opened(Struct, frozen=True, gc=False):
    """A body and the salt under which its leaf commits to it."""

    salt: bytes
    body: bytes


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
        opened = Opened(bytes.fromhex(line[_SALT].decode()), line[_BODY])
    except ValueError:
        raise Fault(_NO_LINE) from None
    if len(opened.salt) != SALT_LENGTH or line_of(opened) != line:
        raise Fault(_NO_LINE)
    return opened


def read_body(body: bytes) -> object:
    """Read a body: canonical JSON (RFC 8785), of at most 65,535 bytes, without fractions. Raises Fault."""
    if len(body) > LONGEST_ENTRY:
        raise Fault(phrase("{length:number} bytes; an entry has at most 65,535", length=len(body)))
    try:
        found: object = _STRICT.decode(body)
        same = canonical(found) == body
    except UNREADABLE as error:
        raise Fault(phrase("the body is no JSON: {fault}", fault=shortened(error))) from None
    if not same:
        raise Fault(phrase("the body is not in its canonical form (RFC 8785)"))
    return found


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


_BODY = slice(len(b'{"body":'), -len(b',"salt":""}\n') - 2 * SALT_LENGTH)
_SALT = slice(-len(b'"}\n') - 2 * SALT_LENGTH, -len(b'"}\n'))
_NO_LINE = phrase("this is no body with its salt, written as it should be: body, then a salt of 32 bytes")
_STRICT = msgspec.json.Decoder(float_hook=_no_fraction)
