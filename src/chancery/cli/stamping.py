"""Having the time stamped on a checkpoint by an outside authority (RFC 3161)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.cli.posting import post
from chancery.log.heads import time_of
from chancery.log.texts import shortened
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from rfc3161_client.tsp import TimeStampRequest, TimeStampResponse

    from chancery.log.checkpoints import SignedCheckpoint
    from chancery.store.base import Store
    from chancery.values import Phrase

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
OK = 200
GRANTED = (0, 1)
"""The states of an answer that holds a time stamp (RFC 3161, 2.4.2)."""


def stamped(store: Store, signed: SignedCheckpoint, url: str) -> Phrase:
    """Have a checkpoint's text stamped, and keep the answer. Raises Fault; the checkpoint is kept all the same.

    That the answer is to this request is checked here; whose it is, `chancery verify` does by the reader's own trust.
    """
    try:
        data, when = _asked(signed.checkpoint.text.encode(), url)
    except Fault as fault:
        raise Fault(
            phrase("the checkpoint is kept, without a time stamp: {url}: {fault}", url=url, fault=fault.phrase)
        ) from None
    store.stamp(signed.checkpoint.size, data)
    return phrase("The authority stamped it at {time}.", time=when)


def _asked(text: bytes, url: str) -> tuple[bytes, str]:
    """The answer of an authority, and the time it tells. Raises Fault."""
    try:
        from rfc3161_client import (  # noqa: PLC0415 -- an option, and slow to import
            HashAlgorithm,
            TimestampRequestBuilder,
            decode_timestamp_response,
        )
    except ImportError:
        raise Fault(phrase("install chancery[timestamp] to ask for time stamps")) from None
    query = TimestampRequestBuilder(text, HashAlgorithm.SHA256).build()
    answer = post(url, query.as_bytes(), QUERY)
    if answer.status != OK or answer.content_type != REPLY:
        raise Fault(phrase("the authority answered {status}, {type}", status=answer.status, type=answer.content_type))
    try:
        when = _checked(query, decode_timestamp_response(answer.body))
    except ValueError as error:
        raise Fault(phrase("this is no time stamp: {fault}", fault=shortened(error))) from None
    return answer.body, when


def _checked(query: TimeStampRequest, response: TimeStampResponse) -> str:
    """The time of an answer that is to this request. Raises Fault, ValueError where it is none."""
    if response.status not in GRANTED:
        why = " ".join(response.status_string)
        raise Fault(phrase("the authority refused ({status}): {why}", status=response.status, why=why))
    info, asked = response.tst_info, query.message_imprint
    same = (info.message_imprint.message, info.message_imprint.hash_algorithm, info.nonce)
    if same != (asked.message, asked.hash_algorithm, query.nonce):
        raise Fault(phrase("the time stamp is of something else than was asked for"))
    return time_of(int(info.gen_time.timestamp()))
