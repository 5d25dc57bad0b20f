"""The web application: addresses in, pages out, with the headers that keep a reader safe. No account, no cookie."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from msgspec.structs import replace

from chancery.languages import languages
from chancery.log.receipts import SUFFIX
from chancery.site import memento
from chancery.site.addresses import LONGEST, SMALL, Address, NotThere
from chancery.site.api import Api
from chancery.site.keeping import Made
from chancery.site.making import NOTHING, Maker
from chancery.site.openapi import BASE
from chancery.site.problems import Refusal, problem
from chancery.site.rendering import refused
from chancery.site.sections import Sought
from chancery.site.sending import sent
from chancery.site.web_files import STATIC
from chancery.values import DateFault

if TYPE_CHECKING:
    from chancery.site.access import Library

SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "interest-cohort=()",
}
"""The headers of every answer."""

FRAMED = SAFE["Content-Security-Policy"].replace("frame-ancestors 'none'", "frame-ancestors *")
"""The policy of the small version, which other sites may put in a frame."""

LOOPBACK = frozenset({"127.0.0.1", "::1"})
"""From where the health of the server may be asked."""


class Site:
    """Answers requests out of one library."""

    def __init__(self, library: Library) -> None:
        """Serve a library."""
        self._library = library
        self._maker = Maker(library)
        self._begun = {
            "/static/": static,
            "/receipt/": self._receipt,
            f"{BASE}/": Api(library).answer,
            f"{memento.TIMEMAP}/": self._timemap,
        }

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Answer any request."""
        try:
            return _safe(self._answer(request))
        except NotThere:
            refusal = Refusal(404, "There is no page at this address.")
        except DateFault:
            refusal = Refusal(400, "This is no day that can be read.")
        except Refusal as refused:
            refusal = refused
        return _safe(_refused(refusal, request))

    def _answer(self, request: HttpRequest) -> HttpResponse:
        path = request.path
        if request.method not in ("GET", "HEAD"):
            raise Refusal(405, "Only reading is possible here.")
        if path == "/":
            return HttpResponseRedirect(Address(lang=preferred(request.headers.get("Accept-Language", ""))).path)
        if path == "/health":
            return self._health(request)
        if path == "/read":
            return HttpResponseRedirect(self._read(request))
        for beginning, answer in self._begun.items():
            if path.startswith(beginning):
                return answer(request)
        return self._at(request, path)

    def _at(self, request: HttpRequest, path: str) -> HttpResponse:
        """A page. Raises NotThere, DateFault."""
        address = Address.of(path)
        if address.lang not in languages():
            raise NotThere(path)
        answer = self._page(request, address)
        if address.parts[:1] == SMALL:
            answer["Content-Security-Policy"] = FRAMED
        return answer

    def _health(self, request: HttpRequest) -> HttpResponse:
        """Whether the record can be read, told to this machine only. Raises NotThere."""
        if request.META.get("REMOTE_ADDR", "").partition("%")[0] not in LOOPBACK:
            raise NotThere(request.path)
        sound = not self._library.opened.problems
        return HttpResponse("ok\n" if sound else "faults\n", status=200 if sound else 503, content_type="text/plain")

    def _receipt(self, request: HttpRequest) -> HttpResponse:
        """The receipt of an entry, as a file. Raises NotThere."""
        file = request.path.removeprefix("/receipt/")
        entry, log = file.removesuffix(SUFFIX), self._library.log
        fits = entry != file and len(entry) <= LONGEST and entry.isprintable()
        found = log.receipt(entry) if log is not None and fits else None
        if found is None:
            raise NotThere(file)
        answer = HttpResponse(found, content_type="text/plain; charset=utf-8")
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{entry}{SUFFIX}")
        return answer

    def _read(self, request: HttpRequest) -> str:
        """Where the form of days leads: the same page in another reading. Raises NotThere, DateFault."""
        address = Address.of(_asked(request, "page", LONGEST) or "/en/now/")
        first, last = _asked(request, "first"), _asked(request, "last")
        if first and last:
            return Address.of(address.at("compare", first, last).path).path
        address = replace(address, **{clock: _asked(request, clock) for clock in ("on", "known", "recorded")})
        address.reading(self._library.today())
        return Address.of(address.path).path

    def _page(self, request: HttpRequest, address: Address) -> HttpResponse:
        """A page, or the way to it as it was recorded at the moment that a reader asks for (RFC 7089)."""
        ledger, today = self._library.ledger, self._library.today()
        moment = request.headers.get("Accept-Datetime", "")[:LONGEST]
        if moment and not address.recorded and (found := memento.negotiated(address, moment, ledger, today)):
            return _found(found.path)
        sought = _sought(request) if address.parts == ("search",) else NOTHING
        return sent(request, self._maker.made(address, sought), memento.headers(address, ledger, today))

    def _timemap(self, request: HttpRequest) -> HttpResponse:
        """The mementos of a page. Raises NotThere, DateFault."""
        address = Address.of(request.path.removeprefix(memento.TIMEMAP))
        before = request.GET.get("before", "")[:LONGEST]
        listed = memento.timemap(address, self._library.ledger, before)
        return sent(request, Made.of(listed.encode(), memento.LINK_FORMAT))


def _refused(refusal: Refusal, request: HttpRequest) -> HttpResponse:
    """A refusal: a page where a reader asks for one, and a problem document for whatever else asks."""
    path = request.path[:LONGEST]
    if path.startswith("/api/") or "text/html" not in request.headers.get("Accept", ""):
        return problem(refusal, path)
    first = path.strip("/").partition("/")[0]
    lang = first if first in languages() else preferred(request.headers.get("Accept-Language", ""))
    return HttpResponse(refused(refusal.status, path, lang), status=refusal.status)


def _found(path: str) -> HttpResponse:
    answer = HttpResponseRedirect(path)
    answer["Vary"] = "Accept-Datetime"
    return answer


def _asked(request: HttpRequest, name: str, longest: int = 40) -> str:
    """A parameter of a request, at most so long."""
    return request.GET.get(name, "")[:longest]


def _sought(request: HttpRequest) -> Sought:
    return Sought(_asked(request, "q", LONGEST), _asked(request, "first"), _asked(request, "last"))


def _safe(answer: HttpResponse) -> HttpResponse:
    for header, value in SAFE.items():
        answer.headers.setdefault(header, value)
    return answer


def static(request: HttpRequest) -> HttpResponse:
    """One of the few files that pages use. Raises NotThere."""
    name = request.path.removeprefix("/static/")
    media = STATIC.get(name)
    if media is None:
        raise NotThere(name)
    return sent(request, _static(name, media), {"Cache-Control": "public, max-age=3600"})


@cache
def _static(name: str, media: str) -> Made:
    return Made.of((files("chancery.site") / "static" / name).read_bytes(), media)


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
