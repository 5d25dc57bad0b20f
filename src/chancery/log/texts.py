"""Small texts inside notes, proofs and requests: base64 and numbers, each in one form only."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error

from msgspec import MsgspecError

from chancery.values import Fault, phrase, quoted

UNREADABLE = (MsgspecError, ValueError, RecursionError)
"""What reading JSON or TOML raises where it cannot be read."""
LARGEST_NUMBER = 2**63 - 1
"""The largest size, index or time that these formats hold."""

_LONGEST_ERROR = 200
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


def base64_of(data: bytes) -> str:
    """Bytes in base64 (RFC 4648, section 4)."""
    return b64encode(data).decode("ascii")


def bytes_of(text: str) -> bytes:
    """What a text in base64 stands for. Raises Fault where we would write the same bytes otherwise."""
    try:
        data = b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, Error):
        raise Fault(phrase("{text} is not in base64", text=quoted(text))) from None
    if base64_of(data) != text:
        raise Fault(phrase("{text} is not in base64 as it is written: some last bits are not zero", text=quoted(text)))
    return data


def number_of(text: str) -> int:
    """What a decimal number stands for: digits of ASCII, no zeros before it, below 2^63. Raises Fault."""
    if not _NUMBER.fullmatch(text) or int(text) > LARGEST_NUMBER:
        raise Fault(phrase("{text} is not a whole number below 2^63 in plain digits", text=quoted(text)))
    return int(text)


def shortened(error: Exception) -> str:
    """What an error of a library says, without what a stranger made it repeat at length."""
    said = str(error) or type(error).__name__
    return said if len(said) <= _LONGEST_ERROR else said[:_LONGEST_ERROR] + "..."
