"""Checkpoints: what a log was at a size, as a note that is signed (C2SP tlog-checkpoint)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.log.notes import Note, read_note
from chancery.log.texts import base64_of, bytes_of, number_of
from chancery.log.tree import EMPTY_ROOT, HASH_LENGTH
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from typing import Self

    from chancery.log.notes import Signature

_LINES = 3


class Checkpoint(Struct, frozen=True):
    """The origin of a log, its size and its root; lines of its own after them, which we read and never write."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> Self:
        """Read the text of a checkpoint. Raises Fault."""
        lines = text.removesuffix("\n").split("\n")
        if not text.endswith("\n") or len(lines) < _LINES or not all(lines):
            raise Fault(phrase("a checkpoint has at least three lines, and none is empty: origin, size, root"))
        root = bytes_of(lines[2])
        if len(root) != HASH_LENGTH:
            raise Fault(phrase("a checkpoint's root has 32 bytes; this one has {length}", length=len(root)))
        made = cls(lines[0], number_of(lines[1]), root, tuple(lines[_LINES:]))
        if made.size == 0 and root != EMPTY_ROOT:
            raise Fault(phrase("a checkpoint of no entries has another root than a tree without leaves"))
        return made

    @property
    def text(self) -> str:
        """The text that is signed."""
        return "\n".join((self.origin, str(self.size), base64_of(self.root), *self.extensions, ""))


class SignedCheckpoint(Struct, frozen=True):
    """A checkpoint and the note that it came in."""

    checkpoint: Checkpoint
    note: Note

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Read a checkpoint's file. Raises Fault. Nothing in it is to be believed before its signatures are."""
        note = read_note(data)
        return cls(Checkpoint.of(note.text), note)

    @classmethod
    def made(cls, checkpoint: Checkpoint, *signatures: Signature) -> Self:
        """A checkpoint with signatures under it."""
        return cls(checkpoint, Note(checkpoint.text, signatures))

    @property
    def data(self) -> bytes:
        """The checkpoint's file."""
        return self.note.data

    @property
    def cosigners(self) -> int:
        """How many names stand under it beside its log's; nothing is verified."""
        return len({each.name for each in self.note.signatures} - {self.checkpoint.origin})

    def signed(self, *more: Signature) -> SignedCheckpoint:
        """The checkpoint with more signatures under it."""
        return SignedCheckpoint(self.checkpoint, self.note.signed(*more))
