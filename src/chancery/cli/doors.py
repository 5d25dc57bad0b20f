"""The witness's door: a small HTTP server, bounded in size, in time and in how many it serves at once."""

from __future__ import annotations

import sys
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR
from threading import BoundedSemaphore, Timer
from typing import TYPE_CHECKING, ClassVar

from chancery.cli.tables import printable
from chancery.values import Fault

if TYPE_CHECKING:
    from socket import socket

    from chancery.log.witness import Witness

PATH = "/add-checkpoint"
LARGEST_REQUEST = 256 * 1024
"""Bytes of a request's body at most: a proof, and a checkpoint with dozens of signatures."""
SECONDS = 20
"""How long a connection may last, whatever it sends."""
AT_ONCE = 64
"""Connections that are served at once; others wait."""


class Door(ThreadingHTTPServer):
    """Listens for a witness."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], witness: Witness) -> None:
        """Listen at a host and a port; port 0 is any that is free."""
        super().__init__(address, _Visit)
        self.witness = witness
        self._places = BoundedSemaphore(AT_ONCE)

    def process_request(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Serve a connection in a thread of its own, once there is a place for it."""
        self._places.acquire()
        super().process_request(request, client_address)

    def process_request_thread(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Serve a connection, and give its place free."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()


class _Visit(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "chancery-witness"
    sys_version = ""
    timeout: ClassVar[float] = SECONDS
    server: Door

    def setup(self) -> None:
        """Begin, and set the end."""
        super().setup()
        self._end = Timer(SECONDS, self._cut)
        self._end.daemon = True
        self._end.start()

    def finish(self) -> None:
        """End."""
        self._end.cancel()
        super().finish()

    def do_POST(self) -> None:
        """Answer a request to cosign."""
        body = self._body()
        if body is None:
            return
        if self.path != PATH:
            self._refuse(404, "the path is /add-checkpoint")
            return
        try:
            answer = self.server.witness.add_checkpoint(body)
        except Fault as fault:  # the state cannot be read or written: nothing is cosigned
            self.log_error("%s", fault)
            self._refuse(500, "this witness cannot remember")
        else:
            self._say(answer.status, answer.content_type, answer.body)

    def _body(self) -> bytes | None:
        lengths = self.headers.get_all("Content-Length", [])
        if (
            len(lengths) != 1
            or not (lengths[0].isascii() and lengths[0].isdigit())
            or "Transfer-Encoding" in self.headers
        ):
            self._refuse(411, "a Content-Length is asked for")
            return None
        if len(lengths[0]) > len(str(LARGEST_REQUEST)) or int(lengths[0]) > LARGEST_REQUEST:
            self._refuse(413, "the request is too large")
            return None
        body = self.rfile.read(int(lengths[0]))
        return body if len(body) == int(lengths[0]) else None

    def _refuse(self, status: int, said: str) -> None:
        self.close_connection = True
        self._say(status, "text/plain; charset=utf-8", f"{said}\n".encode())

    def _say(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, form: str, *args: object) -> None:
        """Tell of an answer on stderr, without what a terminal would obey."""
        sys.stderr.write(printable(f"{self.address_string()} {form % args}") + "\n")

    def _cut(self) -> None:
        self.close_connection = True
        with suppress(OSError):  # it may have ended by itself just now
            self.connection.shutdown(SHUT_RDWR)
