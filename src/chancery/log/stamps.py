"""Time stamps of checkpoints by outside authorities (RFC 3161), verified offline; an option of the installation."""

from __future__ import annotations

from hashlib import sha256, sha384, sha512
from importlib.util import find_spec
from typing import TYPE_CHECKING

from chancery.log.heads import time_of
from chancery.log.texts import shortened
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from datetime import datetime

    from chancery.log.checkpoints import SignedCheckpoint
    from chancery.log.steps import Steps
    from chancery.log.trust import Authority, Trust
    from chancery.values import Phrase


def check_stamp(steps: Steps, signed: SignedCheckpoint, stamp: bytes | None, trust: Trust | None) -> None:
    """Take the step of a checkpoint's time stamp, where there is one; it stamps the text that is signed."""
    code, name = "time-stamp", phrase("An authority stamped the time on the checkpoint")
    text = signed.checkpoint.text.encode()
    if stamp is None:
        steps.left_out(code, name, phrase("there is no time stamp beside it"))
    elif find_spec("rfc3161_client") is None:
        steps.left_out(code, name, phrase("install chancery[timestamp] to verify it"))
    elif trust is not None and trust.authorities:
        expected = phrase("a time stamp of this checkpoint by an authority that is trusted")
        steps.judged(code, name, expected, lambda: _stamped(stamp, text, trust.authorities))
    elif (fault := stamp_fault(stamp, text, None)) is not None:
        steps.failed(code, name, phrase("a time stamp of this checkpoint"), fault)
    else:
        steps.left_out(code, name, phrase("no trust file names an authority of time stamps"))


def stamp_fault(stamp: bytes, text: bytes, trust: Trust | None) -> Phrase | None:
    """What is wrong with a time stamp of a checkpoint's text, or None; without the option nothing can be told.

    Where a trust file names authorities it has to be by one of them; else it only has to be of this text.
    """
    if find_spec("rfc3161_client") is None:
        return None
    try:
        if trust is not None and trust.authorities:
            _stamped(stamp, text, trust.authorities)
        else:
            _check_imprint(stamp, text)
    except Fault as fault:
        return fault.phrase
    return None


def _check_imprint(stamp: bytes, text: bytes) -> None:
    """Make sure that a time stamp is of a text (RFC 3161, 2.4.1), whoever made it. Raises Fault."""
    from rfc3161_client import decode_timestamp_response  # noqa: PLC0415 -- an option, and slow to import

    try:
        found = decode_timestamp_response(stamp).tst_info.message_imprint.message
    except ValueError as error:
        raise Fault(phrase("this is no time stamp: {fault}", fault=shortened(error))) from None
    if found not in {hashed(text).digest() for hashed in (sha256, sha384, sha512)}:
        raise Fault(phrase("it stamps something else than this checkpoint"))


def _stamped(stamp: bytes, text: bytes, authorities: tuple[Authority, ...]) -> Phrase:
    """Which authority stamped a text, and when. Raises Fault where none did."""
    from rfc3161_client import VerificationError  # noqa: PLC0415 -- an option, and slow to import

    faults = []
    for authority in authorities:
        try:
            moment = _moment(stamp, text, authority)
        except (VerificationError, ValueError) as error:
            faults.append(f"{authority.name}: {shortened(error)}")
        else:
            return phrase("{name}, {time}", name=authority.name, time=time_of(int(moment.timestamp())))
    raise Fault(phrase("{fault}", fault="; ".join(faults)))


def _moment(stamp: bytes, text: bytes, authority: Authority) -> datetime:
    """When an authority stamped a text. Raises VerificationError or ValueError where it did not."""
    from cryptography import x509  # noqa: PLC0415 -- slow to import
    from rfc3161_client import VerifierBuilder, decode_timestamp_response  # noqa: PLC0415 -- see above

    response = decode_timestamp_response(stamp)
    known = x509.load_pem_x509_certificates(authority.certificates.encode())
    roots = [each for each in known if each.issuer == each.subject]
    between = [each for each in known if each.issuer != each.subject]
    VerifierBuilder(roots=roots, intermediates=between).build().verify_message(response, text)
    return response.tst_info.gen_time
