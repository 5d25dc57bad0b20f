"""The server: one site behind WSGI, run by granian. One process, no database of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def application(library: Library) -> WSGIApplication:
    """The WSGI application that serves a library, with Django set up. An error of ours granian answers with 500."""
    from django.core.handlers.wsgi import WSGIRequest  # noqa: PLC0415  # a third of a second, and only serving needs it

    answer = Site(library).answer

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        response = answer(WSGIRequest(environ))
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return response

    return serve


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
