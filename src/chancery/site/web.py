"""The web application: addresses in, pages out, with the headers that keep a reader safe. No account, no cookie."""

from __future__ import annotations

import gzip
from hashlib import blake2b
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from msgspec.structs import replace

from chancery.languages import languages
from chancery.site.addresses import LONGEST, Address, NotThere
from chancery.site.faces import TYPES, faced
from chancery.site.pages import page_of
from chancery.site.rendering import html_of
from chancery.site.sections import Asked, Sought
from chancery.values import DateFault

if TYPE_CHECKING:
    from chancery.site.access import Library

SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "interest-cohort=()",
}
"""The headers of every answer."""

STATIC = {"chancery.css": "text/css; charset=utf-8", "chancery.js": "text/javascript; charset=utf-8"}

PACKING = 4
"""How hard pages are packed, from 1 to 9: harder costs more time than it saves bytes."""

MOST_BYTES = 64 * 2**20
"""Bytes of rendered pages that are kept, at the most."""

NOTHING = Sought()
"""What is sought where nothing is."""

A_YEAR = 31_536_000
"""Seconds for which a reading wholly in the past may be kept: its page never changes."""


class Made(NamedTuple):
    """A page as it is sent: its bytes, the same packed, its media type, its mark, whether it can never change."""

    plain: bytes
    packed: bytes
    media: str
    etag: str
    past: bool


class Site:
    """Answers requests out of one library."""

    def __init__(self, library: Library) -> None:
        """Serve a library."""
        self._library = library
        self._made: dict[tuple[str, str, str], Made] = {}
        self._bytes = 0

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Answer any request."""
        if request.method not in ("GET", "HEAD"):
            return _safe(problem(405, "Only reading is possible here.", request.path))
        try:
            return _safe(self._answer(request))
        except NotThere:
            return _safe(problem(404, "There is no page at this address.", request.path))
        except DateFault:
            return _safe(problem(400, "This is no day that can be read.", request.path))

    def _answer(self, request: HttpRequest) -> HttpResponse:
        path = request.path
        if path == "/":
            return HttpResponseRedirect(Address(lang=preferred(request.headers.get("Accept-Language", ""))).path)
        if path == "/read":
            return HttpResponseRedirect(self._read(request))
        if path.startswith("/static/"):
            return static(path.removeprefix("/static/"))
        address = Address.of(path)
        if address.lang not in languages():
            raise NotThere(path)
        return _sent(request, self.made(address, _sought(request) if address.parts == ("search",) else NOTHING))

    def _read(self, request: HttpRequest) -> str:
        """Where the form of days leads: the same page in another reading. Raises NotThere, DateFault."""
        address = Address.of(_asked(request, "page", LONGEST) or "/en/now/")
        first, last = _asked(request, "first"), _asked(request, "last")
        if first and last:
            return Address.of(address.at("compare", first, last).path).path
        address = replace(address, **{clock: _asked(request, clock) for clock in ("on", "known", "recorded")})
        address.reading(self._library.today())
        return Address.of(address.path).path

    def made(self, address: Address, sought: Sought = NOTHING) -> Made:
        """A page, made once for each state of the record and day."""
        opened = self._library.opened
        key = (opened.mark, "" if address.on else self._library.today(), f"{address.path}?{sought}")
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._make(address, key, sought)
            self._bytes += len(found.plain) + len(found.packed)
            self._trim()
        return found

    def _make(self, address: Address, key: tuple[str, str, str], sought: Sought) -> Made:
        register, reader = self._library.register(address), self._library.reader(address)
        ledger = self._library.opened.ledger
        assert ledger is not None  # noqa: S101  # the register came from it
        asked = Asked(register, ledger, address, sought)
        page = page_of(asked)
        if address.face:
            text = faced(page, address, register.reading, reader)
        else:
            text = html_of(page, asked, reader, self._library.opened.problems)
        plain = text.encode()
        etag = blake2b(repr(key).encode(), digest_size=12).hexdigest()
        past = bool(address.on and address.known and address.recorded)
        return Made(plain, gzip.compress(plain, PACKING, mtime=0), TYPES[address.face], f'"{etag}"', past)

    def _trim(self) -> None:
        while self._bytes > MOST_BYTES and len(self._made) > 1:
            gone = self._made.pop(next(iter(self._made)))
            self._bytes -= len(gone.plain) + len(gone.packed)


def _asked(request: HttpRequest, name: str, longest: int = 40) -> str:
    """A parameter of a request, at most so long."""
    return request.GET.get(name, "")[:longest]


def _sought(request: HttpRequest) -> Sought:
    return Sought(_asked(request, "q", LONGEST), _asked(request, "first"), _asked(request, "last"))


def _sent(request: HttpRequest, made: Made) -> HttpResponse:
    """A page in an answer: not again where the reader has it, packed where the reader takes that."""
    if made.etag in request.headers.get("If-None-Match", ""):
        answer = HttpResponse(status=304)
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        answer = HttpResponse(made.packed, content_type=made.media)
        answer["Content-Encoding"] = "gzip"
    else:
        answer = HttpResponse(made.plain, content_type=made.media)
    answer["ETag"] = made.etag
    answer["Vary"] = "Accept-Encoding"
    answer["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if made.past else "public, no-cache"
    return answer


def _safe(answer: HttpResponse) -> HttpResponse:
    for header, value in SAFE.items():
        answer[header] = value
    return answer


def static(name: str) -> HttpResponse:
    """One of the few files that pages use. Raises NotThere."""
    media = STATIC.get(name)
    if media is None:
        raise NotThere(name)
    answer = HttpResponse((files("chancery.site") / "static" / name).read_bytes(), content_type=media)
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


def problem(status: int, title: str, path: str) -> HttpResponse:
    """What went wrong, as a problem document (RFC 9457)."""
    said = {"type": "about:blank", "title": title, "status": status, "instance": path[:LONGEST]}
    return HttpResponse(msgspec.json.encode(said), status=status, content_type="application/problem+json")


def preferred(accepted: str) -> str:
    """The language that a reader prefers, of those that are spoken in full (RFC 9110, 12.5.4); English by default."""
    wanted = []
    for part in accepted[:LONGEST].split(","):
        tag, _, weight = part.strip().partition(";q=")
        wanted.append((-_weight(weight), tag.partition("-")[0].lower()))
    return next((tag for _, tag in sorted(wanted, key=lambda each: each[0]) if tag in languages()), "en")


def _weight(text: str) -> float:
    try:
        return float(text or "1")
    except ValueError:
        return 0.0
