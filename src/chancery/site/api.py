"""The API: requests to its addresses in, JSON out. It only reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.http import HttpRequest, HttpResponse

from chancery.site.keeping import Kept, Made
from chancery.site.openapi import BASE, document, document_bytes
from chancery.site.operations import OPERATIONS, Call, Operation, by_shape
from chancery.site.parameters import LONGEST, Values, read_all
from chancery.site.problems import Refusal
from chancery.site.rendering import environment
from chancery.site.sending import sent

if TYPE_CHECKING:
    from chancery.site.access import Library

SHAPES = by_shape(OPERATIONS)
"""The operations by the parts of their address."""

DOCUMENTS = {"openapi.json": "application/json", "": "text/html; charset=utf-8"}
"""What describes the API, by the rest of its address."""


class Api:
    """Answers requests to the API out of one library."""

    def __init__(self, library: Library) -> None:
        """Serve a library."""
        self._library = library
        self._kept = Kept()

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Answer a request. Raises Refusal."""
        rest = request.path.removeprefix(BASE).strip("/")
        if rest in DOCUMENTS:
            return sent(request, self._kept.get(rest, lambda: described(rest)))
        operation, values = asked(rest, dict(request.GET.lists()))
        today = self._library.today()
        key = (self._library.opened.mark, today, operation.path, tuple(values.items()))
        return sent(request, self._kept.get(key, lambda: self._make(operation, values, today)))

    def _make(self, operation: Operation, values: Values, today: str) -> Made:
        answer = operation.give(Call(self._library.ledger, today, values))
        return Made.of(msgspec.json.encode(answer), "application/json")


def asked(rest: str, query: dict[str, list[str]]) -> tuple[Operation, Values]:
    """The operation at an address, and the values of its parameters. Raises Refusal."""
    parts = rest.split("/")
    operation = SHAPES.get(tuple(parts)) or SHAPES.get((parts[0], "*") if len(parts) > 1 else ("",))
    if operation is None or len(parts) > 2:  # noqa: PLR2004  # no address has more parts
        raise Refusal(404, "There is no such address in the API.")
    within, faults_within = read_all({each.name: [parts[-1]] for each in operation.within}, operation.within)
    if faults_within:
        raise Refusal(404, "There is no such address in the API.", faults_within)
    values, faults = read_all(query, operation.asked)
    if faults:
        raise Refusal(400, f"A parameter is at fault; each is at most {LONGEST} letters.", faults)
    return operation, Values({**values, **within})


def described(rest: str) -> Made:
    """What describes the API: its document, or a page made from that."""
    if rest:
        return Made.of(document_bytes(), DOCUMENTS[rest])
    page = environment().get_template("api.html").render(api=document(), base=BASE)
    return Made.of(page.encode(), DOCUMENTS[rest])
