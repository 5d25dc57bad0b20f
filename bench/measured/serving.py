"""Serve one record, or an empty answer, by the same server. One worker process, as `chancery serve` runs it."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from chancery.site.access import Library
from chancery.site.server import application, run
from chancery.store.schema import configure
from chancery.text import read_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

TODAY = "2026-11-24"


def of_record(path: str) -> WSGIApplication:
    """The public register of a record."""
    configure()
    return application(Library(partial(read_record, Path(path)), str, lambda: TODAY))


def empty() -> WSGIApplication:
    """An application that answers nothing."""

    def serve(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return [b""]

    return serve


def main(port: str, path: str) -> None:
    """Serve a record at a path, or an empty answer where the path is ``-``."""
    run(empty if path == "-" else partial(of_record, path), "bench", "127.0.0.1", int(port))


if __name__ == "__main__":
    main(*sys.argv[1:])
