"""Entries: accounts of acts with their clocks and their weight worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.acts import Act
from chancery.register import ALL_TIME, OWN_WORD, Account
from chancery.values import FUTURE, PAST, SECONDS_A_DAY, Date, Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from chancery.ledger.record import Record
    from chancery.register import Head, Reading, Source

LIGHTEST = 1_000


class Entry(Struct, frozen=True, gc=False):
    """An account in its place in the ledger, with its clocks worked out.

    ``known_from`` and ``known_to`` bound the moment from which it was known, in seconds since 0001-01-01 UTC: its
    source's date, or, where the source shows none, not before the act and not after retrieval. ``certain`` is the
    ordinal day by which the act had taken effect: the end of its date, or of the day the source told of it.
    ``rank`` is the place of the account's standing in the record's order, 0 the weightiest.
    """

    seq: int
    act: Act
    known_from: int
    known_to: int
    recorded: int
    certain: int
    rank: int


class Said(Struct, frozen=True):
    """What a source gives to every account that cites it.

    The bounds of its date (None where it shows none), when it was read at the latest, and the rank of its standing.
    """

    bounds: tuple[int, int] | None
    read: int
    rank: int


NOWHERE = Said(None, ALL_TIME, LIGHTEST)
"""A source that the record does not have."""


class Clocks:
    """Works out the clocks and the weight of accounts under one record's sources and order of standings."""

    def __init__(self, head: Head, sources: Mapping[str, Source]) -> None:
        """Prepare the bounds of each source's date and the rank of its standing."""
        order: dict[str, int] = {standing: rank for rank, standing in enumerate(head.standings)}
        self._own = order.get(OWN_WORD, LIGHTEST)
        self._recorded = head.recorded.seconds if head.recorded else 0
        self._said = {ref: _said(source, head, order) for ref, source in sources.items()}

    def entries(self, acts: Iterable[Act]) -> Iterator[Entry]:
        """Every account in its place, with its clocks."""
        said, own, recorded = self._said.get, self._own, self._recorded
        for seq, act in enumerate(acts):
            cites = act.cites
            source = said(cites[0].source, NOWHERE) if cites else NOWHERE
            bounds = source.bounds if len(cites) == 1 else self._of_several(act)
            effective = act.effective
            if bounds is None:
                floor = floor_of(effective) * SECONDS_A_DAY
                bounds = floor, max(floor, source.read)
            known_from, known_to = bounds
            certain = effective.latest
            if effective.earliest != certain:
                certain = min(certain, max(known_to // SECONDS_A_DAY, effective.earliest))
            rank = source.rank
            if own < rank < LIGHTEST and own_word(act):
                rank = own
            at = recorded if act.recorded is None else act.recorded.seconds
            yield Entry(seq, act, known_from, known_to, at, certain, rank)

    def _of_several(self, act: Act) -> tuple[int, int] | None:
        """The bounds of an account that cites several sources, or none: known from the first of them."""
        found = [said.bounds for cite in act.cites if (said := self._said.get(cite.source, NOWHERE)).bounds is not None]
        if not found:
            return (0, 0) if not act.cites else None
        return min(known_from for known_from, _ in found), min(known_to for _, known_to in found)


def _said(source: Source, head: Head, order: Mapping[str, int]) -> Said:
    bounds = (source.published.earliest * SECONDS_A_DAY, _end(source.published)) if source.published else None
    return Said(bounds, _end(source.retrieved or head.retrieved), order.get(source.standing, LIGHTEST))


def floor_of(effective: Date) -> int:
    """The earliest ordinal day on which an undated source can have told of an act with this date."""
    if effective.earliest > PAST:
        return effective.earliest
    return effective.latest if effective.latest < FUTURE else PAST


def own_word(act: Account) -> bool:
    """Whether a party speaks of itself, in person or through somebody who speaks for it."""
    if act.speaker is None and act.on_behalf_of is None:
        return False
    party: Ref | None = getattr(act, "party", None)
    return party is not None and party in (act.speaker, act.on_behalf_of)


def _end(day: Date | None) -> int:
    return ALL_TIME if day is None or day.latest >= FUTURE else (day.latest + 1) * SECONDS_A_DAY - 1


def entries_of(record: Record) -> list[Entry]:
    """Every account of a record as an entry, in the ledger's order."""
    return list(Clocks(record.head, record.sources).entries(record.acts))


def sight(reading: Reading) -> Callable[[Entry], bool]:
    """Whether a reading sees an entry: known by then, and recorded by then."""
    known, recorded = reading.known, reading.recorded
    if reading.strict:
        return lambda entry: entry.known_to <= known and entry.recorded <= recorded
    return lambda entry: entry.known_from <= known and entry.recorded <= recorded
