"""Rolls: who sits on a day, in which status and group, with what weight."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from chancery.rules.bounds import exactly

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chancery.rules.voting import Members, Weights
    from chancery.values import Ref

Status = str


class Roll(Struct, frozen=True):
    """The members of a body on a day, as far as they are listed.

    ``others`` are seats whose holders are not named, None where their number is not known; ``seats`` is how many seats
    the body has, filled or not, None where nothing says so. ``totals`` are what the weights of a table add up to, those
    of parties that it does not list included.
    """

    statuses: Mapping[Ref, Status] = {}
    groups: Mapping[str, frozenset[Ref]] = {}
    weights: Mapping[str, Mapping[Ref, Fraction]] = {}
    totals: Mapping[str, Fraction] = {}
    others: int | None = 0
    seats: int | None = None

    @property
    def whole(self) -> bool:
        """Whether every member is listed by name."""
        return self.others == 0

    def voters(self, statuses: Iterable[Status], group: str | None = None) -> frozenset[Ref]:
        """The members who may vote: those of some statuses, perhaps of one group only."""
        wanted = frozenset(statuses)
        found = frozenset(party for party, status in self.statuses.items() if status in wanted)
        return found if group is None else found & self.groups.get(group, frozenset())


def roll_of(members: Sequence[Members], weights: Sequence[Weights], seats: int | None) -> Roll:
    """The roll that lists of members and tables of weights in force on one day give; the later overrides the earlier.

    Where no list names the members, a table of weights does.
    """
    statuses: dict[Ref, Status] = {}
    groups: dict[str, set[Ref]] = {}
    for each in members:
        statuses.update(dict.fromkeys(each.parties, each.status))
        if each.group is not None:
            groups.setdefault(each.group, set()).update(each.parties)
    tables = {
        each.name: {cast("Ref", party): exactly(value) for party, value in each.values.items()} for each in weights
    }
    if not members:
        statuses = {party: "member" for table in tables.values() for party in table}
    return Roll(
        statuses,
        {name: frozenset(parties) for name, parties in groups.items()},
        tables,
        {
            each.name: exactly(each.total) if each.total is not None else sum(tables[each.name].values(), Fraction(0))
            for each in weights
        },
        _others(members, known=bool(statuses)),
        seats,
    )


def _others(members: Sequence[Members], *, known: bool) -> int | None:
    if any(each.open for each in members) or not (members or known):
        return None
    return sum(each.others for each in members)
