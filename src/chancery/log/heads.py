"""The steps that a signed checkpoint has to pass, wherever it stands: its log, its signatures, its witnesses.

Without a trust file nobody's signature counts, and these steps are left out: what is then verified is only that the
entries, the tree and the checkpoint fit each other.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from chancery.log.cosignatures import signers
from chancery.log.texts import base64_of
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from chancery.log.checkpoints import SignedCheckpoint
    from chancery.log.steps import Steps
    from chancery.log.trust import Trust
    from chancery.values import Phrase

LAST_TIME = 253_402_300_799
"""The last second of the year 9999, as a POSIX time."""


def check_head(steps: Steps, signed: SignedCheckpoint, trust: Trust | None) -> None:
    """Take the steps of a checkpoint: whose log it is, who signed it, who cosigned it."""
    asked = (
        ("origin", phrase("The checkpoint is of the log that is trusted"), _origin),
        ("log-signature", phrase("The log signed the checkpoint"), _log_signature),
        ("witnesses", phrase("Enough organisations witnessed the checkpoint"), _witnesses),
        ("strangers", phrase("Every signature is by somebody whom the trust file names"), _strangers),
    )
    for code, name, judge in asked:
        if trust is None:
            steps.left_out(code, name, phrase("no trust file was given (--trust FILE)"))
        else:
            judge(steps, code, name, signed, trust)


def time_of(seconds: int) -> str:
    """A POSIX time as it is read: UTC, to the second."""
    return datetime.fromtimestamp(min(seconds, LAST_TIME), UTC).isoformat().replace("+00:00", "Z")


def _origin(steps: Steps, code: str, name: Phrase, signed: SignedCheckpoint, trust: Trust) -> None:
    found = signed.checkpoint.origin
    if found == trust.origin:
        steps.passed(code, name, phrase("{origin}", origin=found))
    else:
        steps.failed(code, name, phrase("{origin}", origin=trust.origin), phrase("{origin}", origin=found))


def _log_signature(steps: Steps, code: str, name: Phrase, signed: SignedCheckpoint, trust: Trust) -> None:
    size = signed.checkpoint.size
    keys = trust.log_keys(size)
    ids = ", ".join(key.id.hex() for key in keys) or "-"
    expected = phrase("a signature by a key of the log that counts at {size} entries: {ids}", size=size, ids=ids)
    steps.judged(code, name, expected, lambda: _signed(signed, trust))


def _signed(signed: SignedCheckpoint, trust: Trust) -> Phrase:
    found = signers(signed, trust.log_keys(signed.checkpoint.size))
    if found:
        return phrase("signed by {ids}", ids=", ".join(key.id.hex() for key in found))
    others = [each.key.id.hex() for each in trust.keys if any(signed.note.by(each.key))]
    if others:
        raise Fault(phrase("signed by a key that does not count at this size: {ids}", ids=", ".join(others)))
    strangers = [each.key_id.hex() for each in signed.note.signatures if each.name == trust.origin]
    if strangers:
        raise Fault(_changed(strangers, signed.checkpoint.size))
    raise Fault(phrase("no signature by any key of this log"))


def _changed(ids: list[str], size: int) -> Phrase:
    return phrase(
        "no signature by any key of this log that the trust file names, but by {ids}. If the log changed its key: an "
        "export with its bodies shows that, and is verified from the old key alone; here the trust file has to name "
        "the new one too: "
        '[[log.keys]] key = "..." and from = SIZE, of at most {size}',
        ids=", ".join(ids),
        size=size,
    )


def _witnesses(steps: Steps, code: str, name: Phrase, signed: SignedCheckpoint, trust: Trust) -> None:
    known = ", ".join(dict.fromkeys(trust.organisations().values())) or "-"
    expected = phrase("cosignatures of {k} organisations, of these: {names}", k=trust.quorum, names=known)
    steps.judged(code, name, expected, lambda: _cosigned(signed, trust))


def _strangers(steps: Steps, code: str, name: Phrase, signed: SignedCheckpoint, trust: Trust) -> None:
    """Signatures by others neither help nor harm (signed-note), but a reader shall see that they are there."""
    known = {(key.name, key.id) for key in (*(each.key for each in trust.keys), *trust.organisations())}
    others = [each.name for each in signed.note.signatures if (each.name, each.key_id) not in known]
    if others:
        steps.left_out(code, name, phrase("passed over: {names}", names=", ".join(others)))
    else:
        steps.passed(code, name, phrase("{n:number} signatures", n=len(signed.note.signatures)))


def _cosigned(signed: SignedCheckpoint, trust: Trust) -> Phrase:
    times = witnesses_of(signed, trust)
    said = ", ".join(f"{name} ({time_of(time)})" for name, time in times.items()) or "-"
    if len(times) < trust.quorum:
        raise Fault(phrase("cosigned by {n}: {names}", n=len(times), names=said))
    return phrase("cosigned by {n}: {names}", n=len(times), names=said)


def witnesses_of(signed: SignedCheckpoint, trust: Trust) -> dict[str, int]:
    """Which organisations cosigned a checkpoint, and when (POSIX time). Raises Fault where one is not sound."""
    by_whom = trust.organisations()
    return {by_whom[key]: time for key, time in signers(signed, by_whom).items()}


def shown(root: bytes) -> str:
    """A root as a checkpoint writes it."""
    return base64_of(root)
