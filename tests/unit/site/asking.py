"""Ask a site as a reader's browser does: through WSGI, without a network."""

from __future__ import annotations

import gzip
from functools import cache, partial
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit
from wsgiref.util import setup_testing_defaults

import msgspec

from chancery.site.access import Library
from chancery.site.server import application
from chancery.store.schema import configure
from chancery.text import Loaded, read_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import WSGIApplication

    from chancery.ledger import Record

ROOT = Path(__file__).resolve().parents[3]
TODAY = "2026-11-24"


class Answer(NamedTuple):
    """An answer: its status, its headers by name in small letters, its body unpacked."""

    status: HTTPStatus
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401  # any JSON
        return msgspec.json.decode(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


def asking(app: WSGIApplication) -> Callable[..., Answer]:
    """What asks an application for a path, with headers written as arguments."""
    configure()

    def ask(path: str, method: str = "GET", **headers: str) -> Answer:
        parts = urlsplit(path)
        environ: dict[str, Any] = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        environ |= {
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote(parts.path, "latin-1"),
            "QUERY_STRING": parts.query,
            "wsgi.input": BytesIO(),
        }
        setup_testing_defaults(environ)
        told: list[Any] = []

        def start(*said: Any) -> Callable[[bytes], object]:  # noqa: ANN401  # as WSGI has it
            told.extend(said)
            return told.append

        body = b"".join(app(environ, start))
        found = {name.lower(): value for name, value in told[1]}
        packed = found.get("content-encoding") == "gzip"
        return Answer(HTTPStatus(int(told[0][:3])), found, gzip.decompress(body) if packed else body)

    return ask


def library(record: Record, today: str = TODAY) -> Library:
    return Library(lambda: Loaded(record, ()), lambda: "", lambda: today)


def site_of(record: Record, today: str = TODAY) -> Callable[..., Answer]:
    """A site of a record made in a test."""
    return asking(application(library(record, today)))


@cache
def board() -> Callable[..., Answer]:
    """The site of the Board of Peace."""
    return asking(application(Library(partial(read_record, ROOT / "records" / "board-of-peace"), str, lambda: TODAY)))
