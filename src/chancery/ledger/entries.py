"""Entries: accounts of acts with their clocks worked out, grouped by the act that they tell of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.acts import Act, shape_of
from chancery.register import ALL_TIME, OWN_WORD, Account
from chancery.values import FUTURE, PAST, SECONDS_A_DAY, Date, Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.ledger.record import Record
    from chancery.register import Head, Source

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


class Clocks:
    """Works out the clocks and the weight of accounts under one record's sources and order of standings."""

    def __init__(self, head: Head, sources: dict[str, Source]) -> None:
        """Prepare the bounds of each source's date and the rank of its standing."""
        order: dict[str, int] = {standing: rank for rank, standing in enumerate(head.standings)}
        self._own = order.get(OWN_WORD, LIGHTEST)
        self._read = _end(head.retrieved)
        self._recorded = head.recorded.seconds if head.recorded else 0
        self._said = {ref: _bounds(source.published) for ref, source in sources.items() if source.published}
        self._retrieved = {ref: _end(source.retrieved) for ref, source in sources.items() if source.retrieved}
        self._ranks = {ref: order.get(source.standing, LIGHTEST) for ref, source in sources.items()}

    def entry(self, seq: int, act: Act) -> Entry:
        """The account in its place, with its clocks."""
        known_from, known_to = self._known(act)
        effective = act.effective
        certain = effective.latest
        if effective.earliest != certain:
            certain = min(certain, max(known_to // SECONDS_A_DAY, effective.earliest))
        recorded = act.recorded.seconds if act.recorded is not None else self._recorded
        return Entry(seq, act, known_from, known_to, recorded, certain, self._rank(act))

    def _known(self, act: Act) -> tuple[int, int]:
        cites = act.cites
        if len(cites) == 1:
            return self._said.get(cites[0].source) or self._undated(act, cites[0].source)
        if not cites:
            return 0, 0
        bounds = [self._said.get(cite.source) or self._undated(act, cite.source) for cite in cites]
        return min(known_from for known_from, _ in bounds), min(known_to for _, known_to in bounds)

    def _undated(self, act: Act, source: str) -> tuple[int, int]:
        floor = floor_of(act.effective) * SECONDS_A_DAY
        return floor, max(floor, self._retrieved.get(source, self._read))

    def _rank(self, act: Act) -> int:
        cites = act.cites
        rank = self._ranks.get(cites[0].source, LIGHTEST) if cites else LIGHTEST
        if self._own < rank < LIGHTEST and own_word(act):
            return self._own
        return rank


def floor_of(effective: Date) -> int:
    """The earliest ordinal day on which an undated source can have told of an act with this date."""
    if effective.earliest > PAST:
        return effective.earliest
    return effective.latest if effective.latest < FUTURE else PAST


def own_word(act: Account) -> bool:
    """Whether a party speaks of itself, in person or through somebody who speaks for it."""
    party: Ref | None = getattr(act, "party", None)
    return party is not None and party in (act.speaker, act.on_behalf_of)


def _bounds(day: Date) -> tuple[int, int]:
    return day.earliest * SECONDS_A_DAY, _end(day)


def _end(day: Date | None) -> int:
    return ALL_TIME if day is None or day.latest >= FUTURE else (day.latest + 1) * SECONDS_A_DAY - 1


def entries_of(record: Record) -> Iterator[Entry]:
    """Every account of a record as an entry, in the ledger's order."""
    clocks = Clocks(record.head, dict(record.sources))
    for seq, act in enumerate(record.acts):
        yield clocks.entry(seq, act)


def groups_of(entries: list[Entry]) -> list[list[Entry]]:
    """The entries grouped by the act that they tell of, groups in the order of their first entry.

    Accounts of one kind with equal identity tell of one act; ``same_as`` joins and ``distinct`` parts.
    """
    by_key: dict[object, list[Entry]] = {}
    joined: list[Entry] = []
    home: dict[str, list[Entry]] = {}
    for entry in entries:
        act = entry.act
        if act.same_as is not None:
            joined.append(entry)
            continue
        group = by_key.setdefault(_key(act), [])
        group.append(entry)
        home[act.id] = group
    _join(joined, home, by_key)
    return list(by_key.values())


def _key(act: Act) -> object:
    key = shape_of(type(act)).key
    return act.id if key is None or act.distinct else (type(act), key(act))


def _join(joined: list[Entry], home: dict[str, list[Entry]], by_key: dict[object, list[Entry]]) -> None:
    """Place entries that name another of the same act, whichever comes first; a circle stands alone."""
    waiting = joined
    while waiting:
        left = []
        for entry in waiting:
            group = home.get(str(entry.act.same_as))
            if group is None:
                left.append(entry)
            else:
                group.append(entry)
                home[entry.act.id] = group
        if len(left) == len(waiting):
            for entry in left:
                by_key[entry.act.id] = [entry]
            return
        waiting = left
