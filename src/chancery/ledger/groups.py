"""Groups: which entries tell of one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts import shape_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from chancery.acts import Act
    from chancery.ledger.entries import Entry


class Groups:
    """The entries of a ledger by the act that they tell of.

    Accounts of one kind with equal identity tell of one act; ``same_as`` joins and ``distinct`` parts. The number of a
    group is the place of its first entry. ``several`` are the groups of more than one entry, by number: most acts are
    told by one, which is then a group by itself.
    """

    def __init__(self, entries: Sequence[Entry], places: Mapping[str, int]) -> None:
        """Group the entries, with their places by id, in one pass; ``same_as`` after it, since it may point forward."""
        self.entries = entries
        self._places = places
        self.several: dict[int, list[Entry]] = {}
        self._numbers: dict[int, int] = {}
        first_of: dict[object, Entry] = {}
        joined: list[Entry] = []
        keys = Keys()
        for entry in entries:
            act = entry.act
            if act.same_as is not None:
                joined.append(entry)
            elif (key := keys[act.__class__]) is not None and not act.distinct:
                first = first_of.setdefault(key(act), entry)
                if first is not entry:
                    self._add(first, entry)
        self._join(joined)

    def number(self, entry: Entry) -> int:
        """The number of an entry's group."""
        return self._numbers.get(entry.seq, entry.seq)

    def accounts(self, number: int) -> list[Entry]:
        """The entries of a group, the first one first."""
        return self.several.get(number) or [self.entries[number]]

    def named(self, by: Entry, name: str | None) -> Entry | None:
        """The entry that another names, if that was there to be named: not recorded after it."""
        place = self._places.get(name) if name is not None else None
        if place is None or self.entries[place].recorded > by.recorded:
            return None
        return self.entries[place]

    def _add(self, first: Entry, entry: Entry) -> None:
        self.several.setdefault(first.seq, [first]).append(entry)
        self._numbers[entry.seq] = first.seq

    def _join(self, joined: list[Entry]) -> None:
        """Put each entry beside the one that it names, link by link.

        Alone stand an entry that names none, or one recorded after it, which nobody can have meant, and each entry of a
        circle.
        """
        waiting = {entry.seq for entry in joined}
        for entry in joined:
            trail: dict[int, Entry] = {}
            here: Entry | None = entry
            while here is not None and here.seq in waiting and here.seq not in trail:
                trail[here.seq] = here
                here = self.named(here, here.act.same_as)
            beside = here if here is not None and here.seq not in trail else None
            for each in reversed(trail.values()):
                waiting.discard(each.seq)
                if beside is not None:
                    self._add(self.entries[self.number(beside)], each)
                elif here is None or each is here:
                    beside = each


class Keys(dict[type["Act"], "Callable[[Act], object] | None"]):
    """For each kind of act, what gives its kind and identity at once; None where each account stands alone."""

    def __missing__(self, kind: type[Act]) -> Callable[[Act], object] | None:
        """Look the kind up once."""
        key = self[kind] = shape_of(kind).key
        return key
