"""Documents: the files of sources (PDF, web archives, pictures, text), kept by their digest, and nothing but such."""

from __future__ import annotations

import re
from hashlib import sha256

from msgspec import Struct

from chancery.values import Fault, phrase

LARGEST = 64 * 2**20
"""Bytes of a document."""

MAGIC = (
    (re.compile(rb"%PDF-"), "application/pdf"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"WARC/1\.[01]\r\n"), "application/warc"),
    (re.compile(rb"\x1f\x8b"), "application/gzip"),
    (re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE), "text/html"),
    (re.compile(rb"\s*<\?xml"), "application/xml"),
)
"""How files of each type begin. What a sender or a name says of the type is not asked."""


class Document(Struct, frozen=True):
    """A file that a source points to, by the SHA-256 of its bytes; ``type`` is what its bytes show (RFC 6838)."""

    digest: str
    type: str
    data: bytes

    @classmethod
    def of(cls, data: bytes) -> Document:
        """The document that some bytes are. Raises Fault for what is too large, or of no type that is kept."""
        if len(data) > LARGEST:
            raise Fault(
                phrase("{n:number} bytes; a document has at most {largest:number}", n=len(data), largest=LARGEST)
            )
        return cls(sha256(data).hexdigest(), _type_of(data), data)

    def verified(self) -> Document:
        """The document, where its bytes and its type are still those that were filed. Raises Fault."""
        found = sha256(self.data).hexdigest()
        if found != self.digest:
            raise Fault(
                phrase(
                    "the document {digest} was changed: its bytes have the digest {found}",
                    digest=self.digest,
                    found=found,
                )
            )
        if self.type != (shown := _type_of(self.data)):
            raise Fault(
                phrase(
                    "the document {digest} is kept as {type}; its bytes show {shown}",
                    digest=self.digest,
                    type=self.type,
                    shown=shown,
                )
            )
        return self


def _type_of(data: bytes) -> str:
    """What the bytes show. Raises Fault where they show nothing."""
    for begins, name in MAGIC:
        if begins.match(data):
            return name
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = "\0"
    if not data or "\0" in text:
        raise Fault(phrase("is of no type that is kept: PDF, a web archive, a picture, HTML, XML or text in UTF-8"))
    return "text/plain"
