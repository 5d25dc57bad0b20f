"""The witness: cosigns what a log says of itself as long as it only ever grows (C2SP tlog-witness)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.log.checkpoints import SignedCheckpoint
from chancery.log.cosignatures import sign, signers
from chancery.log.keys import Sort
from chancery.log.memory import Remembered
from chancery.log.texts import base64_of, bytes_of, number_of
from chancery.log.tree import EMPTY_ROOT, is_consistent
from chancery.values import Fault, phrase, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chancery.log.keys import SignerKey, VerifierKey
    from chancery.log.memory import Clock, Memory
    from chancery.values import Phrase

MOST_HASHES = 63
"""Hashes of a proof in a request at most."""
SIZE_TYPE = "text/x.tlog.size"
"""The content type of an answer that only tells the size which the witness knows."""
TEXT_TYPE = "text/plain; charset=utf-8"

OK, BAD_REQUEST, FORBIDDEN, NOT_FOUND, CONFLICT, UNPROCESSABLE, UNAVAILABLE = 200, 400, 403, 404, 409, 422, 503


class Answer(Struct, frozen=True):
    """An answer over HTTP."""

    status: int
    body: bytes
    content_type: str = TEXT_TYPE


class Request(Struct, frozen=True):
    """What a log asks: to cosign a checkpoint, with the proof from the size that the witness knows."""

    old: int
    proof: tuple[bytes, ...]
    signed: SignedCheckpoint

    @classmethod
    def of(cls, data: bytes) -> Request:
        """Read the body of a request, strictly. Raises Fault."""
        head, gap, rest = data.partition(b"\n\n")
        lines = head.decode("ascii", "replace").split("\n")
        if not gap or not lines[0].startswith("old "):
            raise Fault(phrase("a request is a line `old SIZE`, a proof, an empty line and a checkpoint"))
        if len(lines) > 1 + MOST_HASHES:
            raise Fault(phrase("{n} hashes; a proof has at most 63", n=len(lines) - 1))
        old = number_of(lines[0].removeprefix("old "))
        return cls(old, tuple(map(_hash, lines[1:])), SignedCheckpoint.of(rest))

    @property
    def data(self) -> bytes:
        """The body of the request."""
        return "\n".join((f"old {self.old}", *map(base64_of, self.proof), "", "")).encode() + self.signed.data


class Witness:
    """Cosigns the checkpoints of the logs that it knows, by their origins. Memory and clock are passed in."""

    def __init__(
        self, keys: Sequence[SignerKey], logs: Mapping[str, Sequence[VerifierKey]], memory: Memory, clock: Clock
    ) -> None:
        """Take up the witness's keys, and the keys of each log. Raises Fault for a key that cannot serve as such."""
        for key in keys:
            if key.sort is Sort.ED25519:
                raise Fault(phrase("{name}: a witness cosigns by keys of the types 4 and 6", name=key.name))
        for known in (key for several in logs.values() for key in several):
            if known.sort is Sort.COSIGNATURE:
                raise Fault(phrase("{name}: a log signs by keys of the types 1 and 6", name=known.name))
        self._keys = keys
        self._logs = logs
        self._memory = memory
        self._clock = clock

    def add_checkpoint(self, data: bytes) -> Answer:
        """Answer a request: cosignatures with 200, or the status that the specification asks for."""
        try:
            request = Request.of(data)
        except Fault as fault:
            return _refused(BAD_REQUEST, fault.phrase)
        origin = request.signed.checkpoint.origin
        if origin not in self._logs:
            return _refused(NOT_FOUND, phrase("this witness does not know the log {origin}", origin=quoted(origin)))
        return self._signature_fault(request) or self._held(request)

    def _signature_fault(self, request: Request) -> Answer | None:
        checkpoint = request.signed.checkpoint
        try:
            by = signers(request.signed, self._logs[checkpoint.origin])
        except Fault as fault:
            return _refused(FORBIDDEN, fault.phrase)
        if not by:
            return _refused(FORBIDDEN, phrase("no signature by any key of this log"))
        if request.old > checkpoint.size:
            return _refused(BAD_REQUEST, phrase("the old size is larger than the checkpoint's"))
        return None

    def _held(self, request: Request) -> Answer:
        """Hold a signed checkpoint to what is remembered, remember it, and cosign."""
        checkpoint, now = request.signed.checkpoint, self._clock()
        known = self._memory.load(checkpoint.origin)
        size, root = (0, EMPTY_ROOT) if known is None else (known.size, known.root)
        if request.old != size or (request.old == checkpoint.size and checkpoint.root != root):
            return _size(size)
        if not is_consistent(size, checkpoint.size, root, checkpoint.root, request.proof):
            return _refused(UNPROCESSABLE, phrase("the proof does not show that this log only grew"))
        if known is not None and now < known.time:
            return _refused(UNAVAILABLE, phrase("the clock of this witness went back"))
        if not self._memory.swap(checkpoint.origin, known, Remembered(checkpoint.size, checkpoint.root, now)):
            latest = self._memory.load(checkpoint.origin)
            return _size(0 if latest is None else latest.size)
        return Answer(OK, "".join(sign(checkpoint, key, now).line for key in self._keys).encode())


def _hash(line: str) -> bytes:
    found = bytes_of(line)
    if len(found) != len(EMPTY_ROOT):
        raise Fault(phrase("a hash of this tree has 32 bytes; one of these has not"))
    return found


def _size(size: int) -> Answer:
    return Answer(CONFLICT, f"{size}\n".encode(), SIZE_TYPE)


def _refused(status: int, said: Phrase) -> Answer:
    return Answer(status, f"{said}\n".encode())
