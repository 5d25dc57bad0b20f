"""The server: one site behind WSGI, run by granian. One process, no database of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from chancery.site.web import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
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
"""Answers that are kept ready to be sent, at the most: about 60 kB each where they are large."""

NEVER_KEPT = frozenset({"/", "/health"})
"""Addresses whose answers hang on who asks."""

Key = tuple[str, str, str, str]
"""What an answer hangs on: its path, its query, the mark of the record, the day."""


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
        start_response(found.status, found.headers)
        return found.body

    return serve


class Answered(NamedTuple):
    """An answer as WSGI takes it."""

    status: str
    headers: list[tuple[str, str]]
    body: list[bytes]


class Ready:
    """Answers that are sent again as they are: those to plain questions for packed pages, which nearly all are."""

    def __init__(self, most: int = MOST_READY) -> None:
        """Keep so many at the most."""
        self._most = most
        self._found: dict[Key | None, Answered] = {}

    def key(self, environ: WSGIEnvironment, mark: str, today: str) -> Key | None:
        """What an answer hangs on; None for a question on whose other headers it hangs too."""
        if (
            environ["REQUEST_METHOD"] != "GET"
            or "gzip" not in environ.get("HTTP_ACCEPT_ENCODING", "")
            or "HTTP_IF_NONE_MATCH" in environ
            or "HTTP_ACCEPT_DATETIME" in environ
        ):
            return None
        return environ["PATH_INFO"], environ["QUERY_STRING"], mark, today

    def get(self, key: Key | None) -> Answered | None:
        """The answer that is kept for a key."""
        return self._found.get(key)

    def keep(self, key: Key | None, answered: Answered) -> None:
        """Keep an answer that anybody may get again; the oldest goes where there are too many."""
        if key is None or key[0] in NEVER_KEPT or not answered.status.startswith("200 "):
            return
        while len(self._found) >= self._most:
            self._found.pop(next(iter(self._found), None), None)
        self._found[key] = answered


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
