"""Signed notes: a text and the signatures under it (C2SP signed-note)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.log.keys import KEY_ID_LENGTH, check_name
from chancery.log.texts import base64_of, bytes_of
from chancery.values import Fault, phrase, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.log.keys import VerifierKey

LONGEST_NOTE = 1_000_000
"""Bytes of a note at most."""
MOST_SIGNATURES = 100
"""Signatures under a note at most; the specification asks for at least 16."""

_DASH = "\N{EM DASH} "


class Signature(Struct, frozen=True):
    """A signature as a note bears it: the key's name and id, and the bytes that follow them."""

    name: str
    key_id: bytes
    data: bytes

    @property
    def line(self) -> str:
        """The line of the note, with its end."""
        return f"{_DASH}{self.name} {base64_of(self.key_id + self.data)}\n"

    def is_by(self, key: VerifierKey) -> bool:
        """Whether it claims to be by a key: the name and the id are the key's."""
        return self.name == key.name and self.key_id == key.id


class Note(Struct, frozen=True):
    """A text, its last line's end included, and the signatures under it."""

    text: str
    signatures: tuple[Signature, ...]

    @property
    def data(self) -> bytes:
        """The note as a file."""
        return (self.text + "\n" + "".join(each.line for each in self.signatures)).encode()

    def signed(self, *more: Signature) -> Note:
        """The note with more signatures under it; one that is there already is not repeated."""
        return Note(self.text, tuple(dict.fromkeys((*self.signatures, *more))))

    def by(self, key: VerifierKey) -> Iterator[Signature]:
        """The signatures that claim to be by a key."""
        return (each for each in self.signatures if each.is_by(key))


def read_note(data: bytes) -> Note:
    """Read a note, strictly. Raises Fault. Nothing in it is to be believed before a signature is verified."""
    if len(data) > LONGEST_NOTE:
        raise Fault(phrase("{length:number} bytes; a note has at most 1,000,000", length=len(data)))
    text, gap, lines = _plain(data).rpartition("\n\n")
    if not gap or not lines.endswith("\n"):
        raise Fault(phrase("a note is a text, an empty line, and signatures, each with its line's end"))
    return Note(text + "\n", read_signatures(lines))


def read_signatures(lines: str) -> tuple[Signature, ...]:
    """Read lines of signatures, such as a witness answers with. Raises Fault."""
    found = lines.removesuffix("\n").split("\n")
    if len(found) > MOST_SIGNATURES:
        raise Fault(phrase("{count:number} signatures; a note has at most 100", count=len(found)))
    return tuple(map(_signature, found))


def _signature(line: str) -> Signature:
    name, gap, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not gap:
        raise Fault(phrase("{line} is not a signature; it is written: dash, key's name, base64", line=quoted(line)))
    check_name(name)
    data = bytes_of(encoded)
    if len(data) <= KEY_ID_LENGTH:
        raise Fault(phrase("{line} is not a signature: it is too short", line=quoted(line)))
    return Signature(name, data[:KEY_ID_LENGTH], data[KEY_ID_LENGTH:])


def _plain(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Fault(phrase("a note is in UTF-8; the byte {place} is not", place=error.start)) from None
    if any(letter < " " and letter != "\n" for letter in text):
        raise Fault(phrase("a note has no control characters but the end of a line"))
    return text
