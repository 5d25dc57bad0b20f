"""Replay the events of one aggregate, and of many, with eventsourcing from its in-memory recorder."""

from __future__ import annotations

import gc
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from bench.stopwatch import Stopwatch

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST = date(2016, 1, 1)
EVENTS_AN_AGGREGATE = 100


class Body(Aggregate):
    """A body, with what was recorded of it."""

    def __init__(self, name: str) -> None:
        """Begin with nothing recorded."""
        self.name = name
        self.stack: list[tuple[str, str, str, str]] = []

    @event("Recorded")
    def record(self, kind: str, party: str, effective: str, source: str) -> None:
        """Record what a source tells of a party."""
        self.stack.append((kind, party, effective, source))


def main(count: str) -> None:
    """Measure the replay of so many events; at last once more without the cyclic garbage collector."""
    application: Application[UUID] = Application()
    one = _saved(application, 1, int(count))
    many = _saved(application, int(count) // EVENTS_AN_AGGREGATE, EVENTS_AN_AGGREGATE)
    watch = Stopwatch()
    _replay(application, one)
    watch.lap("one aggregate")
    _replay(application, many)
    watch.lap("many aggregates")
    gc.disable()
    watch.restart()
    _replay(application, one)
    watch.lap("collector off")
    watch.report(int(count))


def _saved(application: Application[UUID], aggregates: int, events: int) -> list[UUID]:
    made = [Body(f"body:b{number}") for number in range(aggregates)]
    for body in made:
        for number in range(events - 1):
            day = (FIRST + timedelta(days=number % 3650)).isoformat()
            body.record("invitation.issued", f"state:s{number % 250}", day, f"source:page-{number % 5000}")
        application.save(body)
    return [body.id for body in made]


def _replay(application: Application[UUID], ids: Sequence[UUID]) -> None:
    for each in ids:
        application.repository.get(each)


if __name__ == "__main__":
    main(sys.argv[1])
