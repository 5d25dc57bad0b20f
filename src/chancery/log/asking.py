"""Asking a witness to cosign: from the size that it knows, and again where it knows another (C2SP tlog-witness)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.log.cosignatures import signed_at
from chancery.log.notes import read_signatures
from chancery.log.texts import number_of
from chancery.log.witness import CONFLICT, OK, Request
from chancery.values import Fault, phrase, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from chancery.log.checkpoints import SignedCheckpoint
    from chancery.log.keys import VerifierKey
    from chancery.log.notes import Signature
    from chancery.log.witness import Answer

    Prove = Callable[[int], Sequence[bytes]]
    """The proof that the checkpoint's tree begins with that of an earlier size."""
    Send = Callable[[bytes], Answer]
    """Sends a request to a witness. Raises Fault where there is no answer."""

MOST_TRIES = 3
"""Times that a witness is asked: others may ask it, too, and its size grow meanwhile."""
LONGEST_REASON = 200
"""Letters that are shown of a refusal: a stranger wrote it."""


def cosignatures(
    signed: SignedCheckpoint, old: int, prove: Prove, send: Send, keys: Collection[VerifierKey]
) -> list[Signature]:
    """The cosignatures of a checkpoint by a witness, of those keys only, each verified.

    ``old`` is the size that the witness is thought to know. Raises Fault with what it answered otherwise.
    """
    for _ in range(MOST_TRIES):
        answer = send(Request(old, tuple(prove(old)), signed).data)
        if answer.status != CONFLICT:
            return _verified(signed, answer, keys)
        old = _known(signed, old, answer)
    raise Fault(phrase("the witness goes on to another size each time; ask again later"))


def _known(signed: SignedCheckpoint, old: int, answer: Answer) -> int:
    """The size that a witness says it knows. Raises Fault where the checkpoint cannot go on from it."""
    size, known = signed.checkpoint.size, number_of(_text(answer.body).removesuffix("\n"))
    if known == old:
        raise Fault(phrase("the witness knows another history of this log, of {size:number} entries", size=known))
    if known > size:
        raise Fault(
            phrase(
                "the witness knows {known:number} entries already, and the checkpoint is of {size:number}; sign a "
                "checkpoint of the ledger as it is now",
                known=known,
                size=size,
            )
        )
    return known


def _verified(signed: SignedCheckpoint, answer: Answer, keys: Collection[VerifierKey]) -> list[Signature]:
    if answer.status != OK:
        why = quoted(_text(answer.body)[:LONGEST_REASON].strip())
        raise Fault(phrase("the witness refused ({status}): {why}", status=answer.status, why=why))
    found = {key: each for each in read_signatures(_text(answer.body)) for key in keys if each.is_by(key)}
    for key, signature in found.items():
        signed_at(signed.checkpoint, signature, key)
    if not found:
        raise Fault(phrase("the witness answered without a cosignature by any key that the trust file names"))
    return list(found.values())


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
