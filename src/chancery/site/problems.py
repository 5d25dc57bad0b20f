"""Problem documents (RFC 9457): what went wrong with a request, for a machine to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from django.http import HttpResponse

from chancery.site.addresses import LONGEST

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA = "application/problem+json"


class Refusal(Exception):
    """A request that is not answered: its status (RFC 9110, 15), why, and which parameters are at fault."""

    def __init__(self, status: int, title: str, errors: Sequence[Mapping[str, str]] = ()) -> None:
        """Refuse a request."""
        super().__init__(title)
        self.status = status
        self.title = title
        self.errors = errors


def problem(refusal: Refusal, path: str) -> HttpResponse:
    """A refusal as an answer."""
    said = {"type": "about:blank", "title": refusal.title, "status": refusal.status, "instance": path[:LONGEST]}
    more = {"errors": list(refusal.errors)} if refusal.errors else {}
    return HttpResponse(msgspec.json.encode({**said, **more}), status=refusal.status, content_type=MEDIA)
