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

    The bounds of its date (None where it shows no first day), when it was read at the latest, the rank of its standing,
    and the rank of a party's own word that it prints: a page that the record only shows lends an own word no weight.
    """

    bounds: tuple[int, int] | None
    read: int
    rank: int
    own: int


NOWHERE = Said(None, ALL_TIME, LIGHTEST, LIGHTEST)
"""A source that the record does not have."""


class Clocks:
    """Works out the clocks and the weight of accounts under one record's sources and order of standings."""

    def __init__(self, head: Head, sources: Mapping[str, Source]) -> None:
        """Prepare the bounds of each source's date and the rank of its standing."""
        ranks = head.ranks()
        self._recorded = head.recorded.seconds if head.recorded else 0
        self._said = {ref: _said(source, head, ranks) for ref, source in sources.items()}

    def entries(self, acts: Iterable[Act]) -> Iterator[Entry]:
        """Every account in its place, with its clocks."""
        said, recorded = self._said.get, self._recorded
        for seq, act in enumerate(acts):
            cites = act.cites
            source = said(cites[0].source, NOWHERE) if cites else NOWHERE
            bounds = source.bounds or _undated(act, source.read) if len(cites) == 1 else self._of_several(act)
            effective, certain = act.effective, act.effective.latest
            if effective.earliest != certain and effective.earliest <= (told := bounds[1] // SECONDS_A_DAY) < certain:
                certain = told
            rank = source.rank
            if source.own != rank and own_word(act):
                rank = source.own
            at = recorded if act.recorded is None else act.recorded.seconds
            yield Entry(seq, act, bounds[0], bounds[1], at, certain, rank)

    def _of_several(self, act: Act) -> tuple[int, int]:
        """The bounds of an account that cites several sources, or none: known from the first of those with a date."""
        found = [self._said.get(cite.source, NOWHERE) for cite in act.cites]
        if not found:
            return 0, 0
        dated = [said.bounds for said in found if said.bounds is not None]
        if not dated:
            return _undated(act, min(said.read for said in found))
        return min(known_from for known_from, _ in dated), min(known_to for _, known_to in dated)


def _said(source: Source, head: Head, ranks: Mapping[str, int]) -> Said:
    rank = ranks[source.standing]
    own = rank if source.standing in head.shown_only else min(rank, ranks[OWN_WORD])
    published, read = source.published, _end(source.retrieved or head.retrieved)
    if published is None or published.earliest <= PAST:
        return Said(None, min(read, _end(published)), rank, own)
    first = published.earliest * SECONDS_A_DAY
    return Said((first, max(first, min(_end(published), read))), read, rank, own)


def _undated(act: Act, read: int) -> tuple[int, int]:
    """The bounds of an account whose source shows no day: not before the act, and certainly not after it was read."""
    return min(floor_of(act.effective) * SECONDS_A_DAY, read), read


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
