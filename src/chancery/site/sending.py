"""Sending: not again what a reader has, packed where it takes that, with word on how long it may be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chancery.site.keeping import Made

A_YEAR = 31_536_000
"""Seconds for which a reading wholly in the past may be kept: its page never changes."""


def sent(request: HttpRequest, made: Made, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """An answer: not again where the reader has it (RFC 9110, 13.1.2), packed where the reader takes that."""
    if has(request.headers.get("If-None-Match", ""), made.etag):
        answer = HttpResponse(status=304)
        del answer["Content-Type"]
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        answer = HttpResponse(made.packed, content_type=made.media)
        answer["Content-Encoding"] = "gzip"
    else:
        answer = HttpResponse(made.plain, content_type=made.media)
    answer["ETag"] = made.etag
    answer["Vary"] = "Accept-Encoding"
    answer["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if made.past else "public, no-cache"
    for header, value in (headers or {}).items():
        answer[header] = value
    return answer


def has(asked: str, etag: str) -> bool:
    """Whether one of the marks that a reader names is this one, compared weakly (RFC 9110, 8.8.3.2)."""
    marks = {mark.strip().removeprefix("W/") for mark in asked.split(",")}
    return "*" in marks or etag.removeprefix("W/") in marks
