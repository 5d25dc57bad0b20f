"""The server: one site behind WSGI, run by granian. One process, no database of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chancery.site.sending import has
from chancery.site.web import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from chancery.site.access import Library

THREADS = 4
"""Blocking threads of the server: more only fight over the interpreter, and the slowest answers become slower."""

MOST_WAITING = 256
"""Requests that are under way at once, at the most; further ones wait in the system's queue."""

SLOWEST = 10_000
"""Milliseconds in which the head of a request must arrive."""

LARGEST_HEAD = 65_536
"""Bytes of a request's head."""

MOST_READY = 512
"""Answers that are kept ready to be sent, at the most."""

MOST_READY_BYTES = 32 * 2**20
"""Bytes of answers that are kept ready to be sent, at the most; one that is larger than a share of it is not kept."""

LARGEST_SHARE = 8

OF_A_BODY = frozenset({"content-type", "content-encoding", "content-length", "content-disposition"})
"""Headers of what is sent, which an answer that sends nothing leaves out."""


def application(library: Library) -> WSGIApplication:
    """The WSGI application that serves a library, with Django set up. An error of ours granian answers with 500."""
    from django.core.handlers.wsgi import WSGIRequest  # noqa: PLC0415  # a third of a second, and only serving needs it

    answer, ready = Site(library).answer, Ready()

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        key = ready.key(environ, library.opened.mark, library.today())
        found = ready.get(key)
        if found is None:
            response = answer(WSGIRequest(environ))
            status = f"{response.status_code} {response.reason_phrase}"
            found = Answered(status, list(response.items()), [response.content])
            ready.keep(key, found)
        elif (had := environ.get("HTTP_IF_NONE_MATCH")) is not None:
            found = found.unless(had)
        start_response(found.status, found.headers)
        return found.body

    return serve


class Answered(NamedTuple):
    """An answer as WSGI takes it."""

    status: str
    headers: list[tuple[str, str]]
    body: list[bytes]

    def unless(self, had: str) -> Answered:
        """The answer, but not again where one of the marks that a reader has is its own (RFC 9110, 13.1.2)."""
        mark = next((value for name, value in self.headers if name == "ETag"), None)
        if mark is None or not has(had, mark):
            return self
        kept = [(name, value) for name, value in self.headers if name.lower() not in OF_A_BODY]
        return Answered("304 Not Modified", kept, [])


class Ready:
    """Answers that are sent again as they are: those to plain questions for packed pages, which nearly all are.

    Questions with a query are others: there is no end of them, and they would crowd out what is asked for.
    """

    def __init__(self, most: int = MOST_READY, most_bytes: int = MOST_READY_BYTES) -> None:
        """Keep so many, and so many bytes, at the most."""
        self._most, self._most_bytes = most, most_bytes
        self._found: dict[Hashable, Answered] = {}
        self._bytes = 0

    def key(self, environ: WSGIEnvironment, mark: str, today: str) -> Hashable:
        """What an answer hangs on; None for a question whose answer is not kept."""
        if (
            environ["QUERY_STRING"]
            or "gzip" not in environ.get("HTTP_ACCEPT_ENCODING", "")
            or environ["REQUEST_METHOD"] != "GET"
            or "HTTP_ACCEPT_DATETIME" in environ
            or environ["PATH_INFO"] == "/health"
        ):
            return None
        return (environ["PATH_INFO"], mark, today)

    def get(self, key: Hashable) -> Answered | None:
        """The answer that is kept for a key."""
        return self._found.get(key)

    def keep(self, key: Hashable, answered: Answered) -> None:
        """Keep an answer that anybody may get again; the oldest go where there are too many."""
        size = _size(answered)
        if key is None or not answered.status.startswith("200 ") or size * LARGEST_SHARE > self._most_bytes:
            return
        if self._found.setdefault(key, answered) is answered:
            self._bytes += size
        while len(self._found) > self._most or self._bytes > self._most_bytes:
            gone = self._found.pop(next(iter(self._found), None), None)
            self._bytes -= 0 if gone is None else _size(gone)


def _size(answered: Answered) -> int:
    return sum(map(len, answered.body))


def run(make: Callable[[], WSGIApplication], record: str, host: str, port: int, metrics: int | None = None) -> None:
    """Serve a record until stopped. ``make`` makes the application in the serving process; ``metrics`` is a port."""
    from granian import Granian  # noqa: PLC0415  # only serving needs it
    from granian.constants import Interfaces  # noqa: PLC0415  # the same
    from granian.http import HTTP1Settings  # noqa: PLC0415  # the same
    from granian.log import LogLevels  # noqa: PLC0415  # the same

    Granian(
        record,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        backpressure=MOST_WAITING,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=SLOWEST, max_buffer_size=LARGEST_HEAD),
        log_level=LogLevels.warning,
        metrics_enabled=metrics is not None,
        metrics_address="127.0.0.1",
        metrics_port=metrics or 9090,
    ).serve(target_loader=make, wrap_loader=False)
