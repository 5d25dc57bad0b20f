"""Votes of a table: ballots or districts, of which many rows make one vote, or tallies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from chancery.rules.tables import tabled
from chancery.rules.votes import Ballot, Part, Vote
from chancery.text.columns import PART
from chancery.text.voting import (
    BY_BALLOT,
    NAMED,
    NO_CHOICE,
    NO_DISTRICT,
    NO_NUMBER,
    NO_PARTY,
    NO_VOTE,
    NUMBERS,
    code_of,
    instant,
    name,
    number,
    parties_of,
    party_of,
    shared,
    weight,
)
from chancery.values import Place, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from chancery.text.cells import Cells, Wrong
    from chancery.values import Ref

T = TypeVar("T")

FIELDS = {"date": "day", "outcome": "recorded"}
"""Columns that a vote calls otherwise."""

BULK_FROM = 20_000
"""Rows from which ballots are kept in columns; below, numpy takes longer to load than the rows to read."""


def ballots(cells: Cells, resolve: Callable[[str], Ref]) -> Sequence[Vote]:
    """One row a ballot: the rows of one vote make one vote, wherever they stand."""
    read: dict[str, Sequence[object]] = {
        "vote": cells.names("vote", name, NO_VOTE),
        "party": cells.values("party", party_of(resolve), NO_PARTY),
        "choice": cells.values("choice", code_of("choice"), NO_CHOICE),
    }
    heads = _heads(cells, resolve, read["vote"])
    table = None
    plain = not any(map(cells.has, BY_BALLOT)) and heads.keys() <= {"day", "matter"}
    if len(cells.lines) >= BULK_FROM and plain and not cells.problems:
        columns = {column: (cells.codes(column), values) for column, values in read.items()}
        table = tabled(cells.file, cells.lines, columns, heads.get("day", {}), heads.get("matter", {}))  # type: ignore[arg-type]  # of their columns
    return table if table is not None else list(_one_by_one(cells, resolve, read, heads))


Heads = Mapping[str, Mapping[object, object]]
"""What tells of votes as a whole: by the field, and by the vote."""


def _heads(cells: Cells, resolve: Callable[[str], Ref], votes: Sequence[object]) -> Heads:
    """What the rows of each vote tell of it as a whole, all alike."""
    read = shared(resolve)
    return {
        FIELDS.get(column, column): cells.heads(column, each, votes, once=column not in ("date", "matter"))
        for column, each in read.items()
        if cells.has(column)
    }


def _whole(heads: Heads, vote: object) -> dict[str, object]:
    """What is told of one vote as a whole, as fields of a vote."""
    return {field: values[vote] for field, values in heads.items() if values.get(vote) is not None}


def _one_by_one(
    cells: Cells, resolve: Callable[[str], Ref], read: Mapping[str, Sequence[object]], heads: Heads
) -> Iterator[Vote]:
    """The votes of ballots, in the order of their first rows; a row with a fault is no ballot."""
    found: dict[object, list[Ballot]] = {}
    first: dict[object, int] = {}
    columns = [map(values.__getitem__, cells.numbers(column)) for column, values in read.items()]
    more = (
        cells.rows("proxy_for", party_of(resolve)),
        cells.rows("weight", weight),
        cells.rows("at", instant),
    )
    for line, vote, party, choice, principal, weighs, at in zip(cells.lines, *columns, *more, strict=True):
        if vote is None or party is None or choice is None:
            continue
        who, proxy = (party, None) if principal is None else (principal, party)
        place = Place(cells.file, line, "party")
        first.setdefault(vote, line)
        found.setdefault(vote, []).append(Ballot(who, choice, proxy, weighs, at, place))
    for vote, cast in found.items():
        place = Place(cells.file, first[vote], "vote")
        yield Vote(id=str(vote), ballots=tuple(cast), place=place, **_whole(heads, vote))  # type: ignore[arg-type]  # as read


def districts(cells: Cells, resolve: Callable[[str], Ref]) -> list[Vote]:
    """One row a district: how many there voted how. The vote of a district is that of more of its votes."""
    votes = cells.values("vote", name, NO_VOTE)
    heads = _heads(cells, resolve, votes)
    columns = [
        map(votes.__getitem__, cells.numbers("vote")),
        _each(cells, "party", party_of(resolve), NO_DISTRICT),
        _each(cells, "yes", number, NO_NUMBER),
        _each(cells, "no", number, NO_NUMBER),
        cells.rows("abstain", number),
    ]
    found: dict[str, dict[Ref, tuple[int, int, int]]] = {}
    places: dict[str, dict[Ref, Place]] = {}
    for line, vote, party, yes, no, abstain in zip(cells.lines, *columns, strict=True):
        if vote is None or party is None or yes is None or no is None:
            continue
        if party in found.setdefault(vote, {}):
            said = phrase("{party} has a row in this vote already", party=party)
            cells.wrong(line, "party", "two-ballots", said)
        found[vote][party] = (yes, no, abstain or 0)
        places.setdefault(vote, {})[party] = Place(cells.file, line, "party")
    return [_of_districts(vote, sides, places[vote], _whole(heads, vote)) for vote, sides in found.items()]


def _each(cells: Cells, column: str, read: Callable[[str], T], empty: Wrong) -> Iterator[T | None]:
    """A column row by row, in which no cell may be empty."""
    values = cells.values(column, read, empty)
    return map(values.__getitem__, cells.numbers(column))


def _of_districts(
    vote: str, sides: Mapping[Ref, tuple[int, int, int]], places: Mapping[Ref, Place], whole: Mapping[str, object]
) -> Vote:
    yes, no, abstain = (sum(numbers) for numbers in zip(*sides.values(), strict=True))
    for_by = tuple(party for party, numbers in sides.items() if numbers[0] > numbers[1])
    against_by = tuple(party for party in sides if party not in for_by)
    place = replace(next(iter(places.values())), field="vote")
    told = Vote(id=vote, yes=yes, no=no, abstain=abstain, for_by=for_by, against_by=against_by)
    return replace(told, places=dict(places), place=place, **whole)


def tallies(cells: Cells, resolve: Callable[[str], Ref]) -> list[Vote]:
    """One row a tally."""
    read: dict[str, Callable[[str], object]] = {
        **dict.fromkeys(NUMBERS, number),
        **dict.fromkeys(NAMED, parties_of(resolve)),
        **shared(resolve),
    }
    none = {} if cells.stands("abstain") else {"abstain": 0}  # a table without the column knows of none
    columns = {
        FIELDS.get(column, column): cells.rows(column, each) for column, each in read.items() if cells.has(column)
    }
    votes = cells.values("vote", name, NO_VOTE)
    names = map(votes.__getitem__, cells.numbers("vote"))
    found: dict[str, Vote] = {}
    for line, vote, parts, *values in zip(cells.lines, names, _sums(cells), *columns.values(), strict=True):
        if vote is None:
            continue
        if vote in found:
            said = phrase("this vote has a row already, at line {line:number}", line=found[vote].place.line or 0)
            cells.wrong(line, "vote", "vote-twice", said)
            continue
        fields = {field: value for field, value in zip(columns, values, strict=True) if value is not None}
        if "yes" in fields or "no" in fields:
            fields = {**none, **fields}
        found[vote] = Vote(id=vote, parts=parts, place=Place(cells.file, line, "vote"), **fields)
    return list(found.values())


def _sums(cells: Cells) -> Iterator[dict[str, Part]]:
    """The sums of groups and of weights, row by row, from columns such as cantons.yes."""
    columns = [
        (found[1], found[2], cells.rows(each, weight)) for each in cells.columns if (found := PART.fullmatch(each))
    ]
    if not columns:
        yield from ({} for _ in cells.lines)
        return
    for amounts in zip(*(values for _, _, values in columns), strict=True):
        parts: dict[str, Part] = {}
        for (group, side, _), amount in zip(columns, amounts, strict=True):
            if amount is not None:
                parts[group] = replace(parts.get(group, Part()), **{side: amount})
        yield parts
