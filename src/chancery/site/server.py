"""The server: Django's request handling over one site, run by granian. One process, no database of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.site.web import Site

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import WSGIApplication

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
    """The WSGI application that serves a library."""
    import django  # noqa: PLC0415  # a third of a second, and only serving needs it
    from django.conf import settings  # noqa: PLC0415
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415
    from django.urls import re_path  # noqa: PLC0415

    site = Site(library)
    if not settings.configured:
        settings.configure(
            ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[], INSTALLED_APPS=[], USE_TZ=True, USE_I18N=False
        )
        django.setup()
    urlpatterns[:] = [re_path(r"", site.answer)]
    return WSGIHandler()


urlpatterns: list[object] = []
"""Every address goes to the one site."""


def run(make: Callable[[], WSGIApplication], record: str, host: str, port: int) -> None:
    """Serve a record until stopped. ``make`` makes the application in the serving process."""
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
    ).serve(target_loader=make, wrap_loader=False)
