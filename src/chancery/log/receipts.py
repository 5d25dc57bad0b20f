"""Receipts: a small file that proves, offline, that an entry stands in a log (C2SP tlog-proof).

The specification leaves the entry itself to the `extra` line, which we fill with JSON: the leaf, and where it is shown
the body with its salt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Raw, Struct

from chancery.log.bodies import Opened
from chancery.log.checkpoints import SignedCheckpoint
from chancery.log.notes import LONGEST_NOTE
from chancery.log.texts import UNREADABLE, base64_of, bytes_of, number_of, shortened
from chancery.log.tree import LONGEST_PROOF
from chancery.values import Fault, phrase, quoted

if TYPE_CHECKING:
    from typing import Self

FIRST_LINE = "c2sp.org/tlog-proof@v1"
"""What a receipt begins with."""
SUFFIX = ".tlog-proof"
"""How a receipt's file is named."""


class _Extra(Struct, forbid_unknown_fields=True):
    leaf: Raw
    body: Raw = Raw(b"")
    salt: str = ""


class Receipt(Struct, frozen=True):
    """An entry's leaf, its place in the log from 0, the proof up to a signed checkpoint; the body where it is shown."""

    leaf: bytes
    index: int
    proof: tuple[bytes, ...]
    signed: SignedCheckpoint
    opened: Opened | None = None

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Read a receipt, strictly. Raises Fault. Nothing in it is to be believed before it is verified."""
        head, gap, rest = data.partition(b"\n\n")
        if len(data) > LONGEST_NOTE or not gap:
            raise Fault(phrase("a receipt is a proof, an empty line and a checkpoint, in at most 1,000,000 bytes"))
        lines = _text(head).split("\n")
        if lines[0] != FIRST_LINE:
            raise Fault(phrase("a receipt begins with the line {line}", line=FIRST_LINE))
        leaf, opened = _entry(_after("extra ", lines, 1))
        index = number_of(_after("index ", lines, 2))
        if len(lines) > 3 + LONGEST_PROOF:
            raise Fault(phrase("the proof has more hashes than any tree asks for"))
        return cls(leaf, index, tuple(map(bytes_of, lines[3:])), SignedCheckpoint.of(rest), opened)

    @property
    def data(self) -> bytes:
        """The receipt's file."""
        extra = f"extra {base64_of(_extra(self.leaf, self.opened))}"
        lines = (FIRST_LINE, extra, f"index {self.index}", *map(base64_of, self.proof), "", "")
        return "\n".join(lines).encode() + self.signed.data


def _entry(encoded: str) -> tuple[bytes, Opened | None]:
    data = bytes_of(encoded)
    try:
        found = _DECODER.decode(data)
        opened = Opened(bytes.fromhex(found.salt), bytes(found.body)) if found.body else None
    except UNREADABLE as error:
        raise Fault(phrase("the receipt's entry cannot be read: {fault}", fault=shortened(error))) from None
    leaf = bytes(found.leaf)
    if _extra(leaf, opened) != data:
        raise Fault(phrase("the receipt's entry is not written as it should be: body, leaf, salt"))
    return leaf, opened


def _extra(leaf: bytes, opened: Opened | None) -> bytes:
    if opened is None:
        return b'{"leaf":' + leaf + b"}"
    return b'{"body":' + opened.body + b',"leaf":' + leaf + b',"salt":"' + opened.salt.hex().encode() + b'"}'


def _after(start: str, lines: list[str], place: int) -> str:
    line = lines[place] if place < len(lines) else ""
    if not line.startswith(start):
        raise Fault(
            phrase("{line} stands where a receipt has its line {start}", line=quoted(line), start=start.strip())
        )
    return line.removeprefix(start)


def _text(data: bytes) -> str:
    try:
        return data.decode("ascii")
    except UnicodeDecodeError as error:
        raise Fault(phrase("a receipt's proof is in ASCII; the byte {place} is not", place=error.start)) from None


_DECODER = msgspec.json.Decoder(_Extra)
