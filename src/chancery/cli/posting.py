"""Posting over HTTP: one request and its answer, bounded in size and in time. No redirect is followed."""

from __future__ import annotations

from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import SHUT_RDWR
from threading import Timer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from chancery.log.witness import Answer
from chancery.values import Fault, phrase

if TYPE_CHECKING:
    from socket import socket
    from urllib.parse import SplitResult

LARGEST_ANSWER = 256 * 1024
"""Bytes of an answer's body at most."""
SECONDS = 20.0
"""How long a connection may last, whatever comes over it."""
KINDS = {"http": HTTPConnection, "https": HTTPSConnection}


def post(url: str, body: bytes, content_type: str) -> Answer:
    """Post a body and give the answer, whatever its status. Raises Fault where there is none, in time and in size."""
    parts = _parts(url)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        with closing(KINDS[parts.scheme](parts.netloc, timeout=SECONDS)) as connection:
            connection.connect()
            end = Timer(SECONDS, _cut, (connection.sock,))
            end.daemon = True
            end.start()
            try:
                connection.request("POST", path, body, {"Content-Type": content_type, "User-Agent": "chancery"})
                answer = connection.getresponse()
                data = answer.read(LARGEST_ANSWER + 1)
            finally:
                end.cancel()
    except (OSError, HTTPException) as error:
        raise Fault(phrase("no answer: {fault}", fault=str(error) or type(error).__name__)) from None
    if len(data) > LARGEST_ANSWER:
        raise Fault(phrase("the answer has more than 256 KiB"))
    if answer.length:
        raise Fault(phrase("no answer: {fault}", fault=f"{answer.length} B < Content-Length"))
    return Answer(answer.status, data, answer.headers.get_content_type())


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        known = parts.scheme in KINDS and parts.hostname and parts.port != 0 and url.isascii() and url.isprintable()
    except ValueError:
        known = False
    if not known or " " in url or parts.username is not None:
        raise Fault(phrase("{url} is no address to post to; expected https://HOST/PATH", url=url))
    return parts


def _cut(connection: socket) -> None:
    with suppress(OSError):  # it may have ended by itself just now
        connection.shutdown(SHUT_RDWR)
