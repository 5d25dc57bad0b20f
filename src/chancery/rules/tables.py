"""Tables of ballots kept in columns: very many votes, counted together, each made only where it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, cast, overload

from msgspec import Struct

from chancery.rules.votes import CHOICES, Cast, Count, Vote, counted
from chancery.values import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping
    from typing import TypeAlias

    import numpy as np
    from numpy.typing import NDArray

    from chancery.rules.votes import Choice
    from chancery.values import Ref

    Numbers: TypeAlias = NDArray[np.integer]
    Coded: TypeAlias = tuple[Sequence[int], Sequence[object]]
    """A column: for each row the place of its value among the values."""

Head = tuple[int | None, str | None]
"""The day of a vote, and its matter."""

SHORT = 2**16
"""Votes that a number of two bytes can tell apart."""

MOST_PAIRS = 2**27
"""Pairs of a vote and a party for which there is room to see at once that no party has two ballots in a vote."""


class Rows(Struct):
    """Ballots in columns: for each the numbers of its vote, its party and its choice, and its line."""

    vote: Numbers
    party: Numbers
    choice: Numbers
    line: Sequence[int]


class Alike(Struct):
    """Votes that are governed alike: one in which everybody votes who does in any of them, and which they are."""

    everybody: Vote
    which: NDArray[np.bool_]

    def but(self, *, sure: bool | NDArray[np.bool_]) -> list[int]:
        """The places of those votes, without the sure: all, none, or as a column says of each vote of the table."""
        import numpy as np  # noqa: PLC0415  # an optional extra, slow to import; who has columns has it

        return np.flatnonzero(self.which & np.logical_not(sure)).tolist()


class Table(Sequence[Vote]):
    """Votes by ballots, each party with one vote, in columns."""

    def __init__(self, file: str, heads: Mapping[str, Head], parties: Sequence[Ref], rows: Rows) -> None:
        """Take the votes by name, each with its day and matter, the parties by number, and the ballots."""
        import numpy as np  # noqa: PLC0415  # an optional extra, slow to import; who has columns has it

        self._file, self._ids, self._heads, self._parties, self._rows = file, [*heads], [*heads.values()], parties, rows
        sides = np.bincount(rows.vote * len(CHOICES) + rows.choice, minlength=len(heads) * len(CHOICES))
        self._numbers = sides.reshape(len(heads), len(CHOICES))

    @cached_property
    def _together(self) -> tuple[Numbers, list[int]]:
        """The rows, those of one vote together; where those of each vote begin, and where the last end."""
        import numpy as np  # noqa: PLC0415  # the same

        short = self._rows.vote.astype(np.uint16) if len(self) <= SHORT else self._rows.vote  # sorts three times faster
        ends = np.cumsum(np.bincount(self._rows.vote, minlength=len(self)))
        return np.argsort(short, kind="stable"), [0, *ends.tolist()]

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> Vote: ...
    @overload
    def __getitem__(self, index: slice) -> list[Vote]: ...
    def __getitem__(self, index: int | slice) -> Vote | list[Vote]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._vote(index % len(self))

    def _vote(self, index: int) -> Vote:
        order, starts = self._together
        rows = order[starts[index] : starts[index + 1]]
        parties = [self._parties[each] for each in self._rows.party[rows].tolist()]
        choices = [CHOICES[each] for each in self._rows.choice[rows].tolist()]
        lines = [self._rows.line[each] for each in rows.tolist()]
        day, matter = self._heads[index]
        place = Place(self._file, lines[0], "vote")
        return Vote(
            id=self._ids[index], day=day, matter=matter, ballots=Cast(parties, choices, lines, self._file), place=place
        )

    def count(self, *, recused_present: bool) -> Count:  # type: ignore[override]  # nobody counts how often a vote is in it
        """What all the votes add up to: a count of which each number is a column, and in which nobody is named."""
        sides = dict(zip(CHOICES, self._numbers.T, strict=True))
        return counted(sides, sides["recused"], None, {}, recused_present=recused_present)  # type: ignore[arg-type]  # columns

    def has_two_ballots(self) -> bool:
        """Whether any party has two ballots in a vote."""
        import numpy as np  # noqa: PLC0415  # the same

        pairs = np.multiply(self._rows.vote, len(self._parties), dtype=np.int64) + self._rows.party
        if len(self) * len(self._parties) > MOST_PAIRS:
            return len(np.unique(pairs)) < len(pairs)
        seen = np.zeros(len(self) * len(self._parties), np.bool_)
        seen[pairs] = True
        return bool(np.count_nonzero(seen) < len(pairs))

    def alike(self, kind: Callable[[int | None, str | None], Hashable]) -> Iterator[Alike]:
        """The votes by what they are governed by, of which ``kind`` tells for a day and a matter."""
        import numpy as np  # noqa: PLC0415  # the same

        known = {head: kind(*head) for head in dict.fromkeys(self._heads)}
        order = {each: number for number, each in enumerate(dict.fromkeys(known.values()))}
        kinds = np.array([order[known[head]] for head in self._heads])
        first = {known[head]: head for head in reversed(known)}
        for each, number in order.items():
            which = kinds == number
            party = self._rows.party if len(order) == 1 else self._rows.party[which[self._rows.vote]]
            there = np.flatnonzero(np.bincount(party, minlength=len(self._parties))).tolist()
            parties = [self._parties[one] for one in there]
            day, matter = first[each]
            yes: list[Choice] = ["yes"] * len(parties)
            ballots = Cast(parties, yes, range(len(parties)), self._file)
            yield Alike(Vote(id="", day=day, matter=matter, ballots=ballots), which)


def tabled(
    file: str,
    lines: Sequence[int],
    columns: Mapping[str, Coded],
    days: Mapping[object, int | None],
    matters: Mapping[object, str | None],
) -> Table | None:
    """Ballots as a table in columns; None where numpy, which that needs, is not there.

    The columns are ``vote``, ``party`` and ``choice``, and no row lacks any.
    """
    try:
        import numpy as np  # noqa: PLC0415  # an optional extra, slow to import
    except ImportError:
        return None
    votes, ids = _in_order(*_distinct(*columns["vote"]))
    party, parties = _distinct(*columns["party"])
    choice = np.array([CHOICES.index(each) if each in CHOICES else 0 for each in columns["choice"][1]])
    rows = Rows(votes, party, choice[np.asarray(columns["choice"][0])], lines)
    heads = {cast("str", each): (days.get(each), matters.get(each)) for each in ids}
    return Table(file, heads, cast("Sequence[Ref]", parties), rows)


def _distinct(codes: Sequence[int], values: Sequence[object]) -> tuple[Numbers, list[object]]:
    """A column whose values are all different from each other: several texts may stand for one."""
    import numpy as np  # noqa: PLC0415  # the same

    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    found = np.asarray(codes)
    if len(numbers) < len(values):
        found = np.array([numbers[value] for value in values])[found]
    return found, list(numbers)


def _in_order(codes: Numbers, values: Sequence[object]) -> tuple[Numbers, list[object]]:
    """A column whose values are in the order in which they come first, those that never come left out."""
    import numpy as np  # noqa: PLC0415  # the same

    first = np.full(len(values), len(codes))
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    order = np.argsort(first, kind="stable")
    used = [values[each] for each in order.tolist() if first[each] < len(codes)]
    if used == values:
        return codes, used
    number = np.empty_like(order)
    number[order] = np.arange(len(order))
    return number[codes], used
