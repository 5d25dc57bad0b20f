"""Tables of ballots kept in columns: very many votes, counted together, each made only where it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast, overload

from msgspec import Struct

from chancery.rules.votes import CHOICES, Ballot, Cast, Count, Vote, counted
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
    """Ballots in columns: for each the codes of its vote, its party and its choice, and its line; what the codes mean.

    ``votes`` are the codes of the votes in the order of their first rows, and ``firsts`` those rows.
    """

    vote: Numbers
    party: Numbers
    choice: Numbers
    line: Sequence[int]
    parties: Sequence[Ref]
    choices: Sequence[Choice]
    votes: Numbers
    firsts: Numbers


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

    def __init__(self, file: str, heads: Mapping[str, Head], rows: Rows, codes: int) -> None:
        """Take the votes by name, each with its day and matter; their ballots; how many codes of votes there are."""
        import numpy as np  # noqa: PLC0415  # the same

        self._file, self._ids, self._heads, self._rows, self._codes = file, [*heads], [*heads.values()], rows, codes
        pairs = np.bincount(rows.vote * len(rows.choices) + rows.choice, minlength=codes * len(rows.choices))
        sides = pairs.reshape(codes, len(rows.choices))[rows.votes]
        self._sides = np.zeros((len(CHOICES), len(heads)), np.int64)
        for column, choice in zip(sides.T, rows.choices, strict=True):
            self._sides[CHOICES.index(choice)] += column

    @cached_property
    def _together(self) -> tuple[Numbers, Numbers]:
        """The rows, those of one vote together; for each code of a vote, where its rows end."""
        import numpy as np  # noqa: PLC0415  # the same

        vote = self._rows.vote
        short = vote.astype(np.uint16) if self._codes <= SHORT else vote  # sorts three times faster
        return np.argsort(short, kind="stable"), np.cumsum(np.bincount(vote, minlength=self._codes))

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
        index %= len(self)
        day, matter = self._heads[index]
        sides: dict[Choice, int] = dict(zip(CHOICES, self._sides[:, index].tolist(), strict=True))
        ballots = Cast(sides, partial(self._ballots, index))
        place = Place(self._file, self._rows.line[int(self._rows.firsts[index])], "vote")
        return Vote(id=self._ids[index], day=day, matter=matter, ballots=ballots, place=place)

    def _ballots(self, index: int) -> Iterator[Ballot]:
        """The ballots of a vote, in the order of their rows."""
        order, ends = self._together
        code = int(self._rows.votes[index])
        of = self._rows
        for row in order[ends[code - 1] if code else 0 : ends[code]].tolist():
            yield Ballot(
                of.parties[of.party[row]], of.choices[of.choice[row]], place=Place(self._file, of.line[row], "party")
            )

    def count(self, *, recused_present: bool) -> Count:  # type: ignore[override]  # nobody counts how often a vote is in it
        """What all the votes add up to: a count of which each number is a column, and in which nobody is named."""
        sides = dict(zip(CHOICES, self._sides, strict=True))
        return counted(sides, sides["recused"], None, {}, recused_present=recused_present)  # type: ignore[arg-type]  # columns

    def has_two_ballots(self) -> bool:
        """Whether any party has two ballots in a vote."""
        import numpy as np  # noqa: PLC0415  # the same

        parties, room = len(self._rows.parties), self._codes * len(self._rows.parties)
        if room > MOST_PAIRS:
            pairs = self._rows.vote * np.int64(parties) + self._rows.party
            return len(np.unique(pairs)) < len(pairs)
        seen = np.zeros(room, np.bool_)
        seen[self._rows.vote * np.int32(parties) + self._rows.party] = True
        return bool(np.count_nonzero(seen) < len(self._rows.vote))

    def alike(self, kind: Callable[[int | None, str | None], Hashable]) -> Iterator[Alike]:
        """The votes by what they are governed by, of which ``kind`` tells for a day and a matter."""
        import numpy as np  # noqa: PLC0415  # the same

        heads = {head: kind(*head) for head in dict.fromkeys(self._heads)}
        if len(set(heads.values())) == 1:
            yield Alike(_everybody(self._rows.parties, self._heads[0]), np.ones(len(self), np.bool_))
            return
        numbers = {each: number for number, each in enumerate(dict.fromkeys(heads.values()))}
        kinds = np.array([numbers[heads[head]] for head in self._heads])
        by_code = np.zeros(self._codes, np.int64)
        by_code[self._rows.votes] = kinds
        for each, number in numbers.items():
            head = next(head for head, its in heads.items() if its == each)
            there = np.bincount(self._rows.party[by_code[self._rows.vote] == number], minlength=len(self._rows.parties))
            parties = [self._rows.parties[party] for party in np.flatnonzero(there).tolist()]
            yield Alike(_everybody(parties, head), kinds == number)


def _everybody(parties: Sequence[Ref], head: Head) -> Vote:
    sides: dict[Choice, int] = {**dict.fromkeys(CHOICES, 0), "yes": len(parties)}
    ballots = Cast(sides, lambda: [Ballot(party, "yes") for party in parties])
    return Vote(id="", day=head[0], matter=head[1], ballots=ballots)


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
    if find_spec("numpy") is None:
        return None
    vote, names = _distinct(*columns["vote"])
    party, parties = _distinct(*columns["party"])
    choice, choices = _distinct(*columns["choice"])
    order, firsts = _first_rows(vote, len(names))
    ids = [names[each] for each in order.tolist()]
    known: dict[Head, Head] = {}  # each head once: very many tuples would wake the garbage collector
    heads = {each: known.setdefault(head := (days.get(each), matters.get(each)), head) for each in ids}
    rows = Rows(
        vote,
        party,
        choice,
        lines,
        cast("Sequence[Ref]", parties),
        [cast("Choice", each or "absent") for each in choices],  # what is None stands in no row
        order,
        firsts,
    )
    return Table(file, cast("dict[str, Head]", heads), rows, len(names))


def _distinct(codes: Sequence[int], values: Sequence[object]) -> tuple[Numbers, list[object]]:
    """A column whose values are all different from each other: several texts may stand for one."""
    import numpy as np  # noqa: PLC0415  # the same

    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    found = np.asarray(codes)
    if len(numbers) < len(values):
        found = np.array([numbers[value] for value in values])[found]
    return found, list(numbers)


def _first_rows(codes: Numbers, values: int) -> tuple[Numbers, Numbers]:
    """The codes that come in a column, in the order in which they come first; and in which row each does."""
    import numpy as np  # noqa: PLC0415  # the same

    turns = np.flatnonzero(codes[1:] != codes[:-1])[::-1] + 1
    first = np.full(values, len(codes))
    first[codes[turns]] = turns  # of several writes to one place the last holds
    first[codes[:1]] = 0
    order = np.argsort(first, kind="stable")[: np.count_nonzero(first < len(codes))]
    return order, first[order]
