"""Votes of a table: ballots or districts, of which many rows make one vote, or tallies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from chancery.rules.tables import tabled
from chancery.rules.votes import Ballot, Part, Vote
from chancery.text.columns import LISTS, PART
from chancery.text.voting import (
    ABOUT,
    CODES,
    CONCERNED,
    COUNTS,
    INSTANTS,
    NO_CHOICE,
    NO_DISTRICT,
    NO_NUMBER,
    NO_PARTY,
    NO_VOTE,
    NUMBERS,
    code_of,
    day,
    instant,
    name,
    number,
    parties_of,
    party_of,
    weight,
)
from chancery.values import Place, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from chancery.text.cells import Cells, Wrong
    from chancery.values import Ref

T = TypeVar("T")
Heads = Mapping[str, Mapping[object, object]]
"""What tells of votes as a whole: by the field, and by the vote."""

FIELDS = {"date": "day", "outcome": "recorded"}
"""Columns that a vote calls otherwise."""

BY_BALLOT = ("weight", "proxy_for", "at")
"""Columns that tell more of one ballot."""

BULK_FROM = 20_000
"""Rows from which ballots are kept in columns; below, numpy takes longer to load than the rows to read."""


def ballots(cells: Cells, resolve: Callable[[str], Ref]) -> Sequence[Vote]:
    """One row a ballot: the rows of one vote make one vote, wherever they stand."""
    read: dict[str, Sequence[object]] = {
        "vote": cells.names("vote", name, NO_VOTE),
        "party": cells.values("party", party_of(resolve), NO_PARTY),
        "choice": cells.values("choice", code_of("choice"), NO_CHOICE),
    }
    days = cells.heads("date", day, read["vote"])
    matters = cells.heads("matter", name, read["vote"])
    table = None
    if len(cells.lines) >= BULK_FROM and not cells.problems and not any(map(cells.has, (*BY_BALLOT, *ABOUT))):
        columns = {column: (cells.codes(column), values) for column, values in read.items()}
        table = tabled(cells.file, cells.lines, columns, days, matters)
    return table if table is not None else list(_one_by_one(cells, resolve, read, (days, matters)))


def _one_by_one(
    cells: Cells,
    resolve: Callable[[str], Ref],
    read: Mapping[str, Sequence[object]],
    heads: tuple[Mapping[object, int | None], Mapping[object, str | None]],
) -> Iterator[Vote]:
    """The votes of ballots, in the order of their first rows; a row with a fault is no ballot."""
    found: dict[object, list[Ballot]] = {}
    first: dict[object, int] = {}
    about = _told(cells, resolve, read["vote"])
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
        made = Vote(id=str(vote), day=heads[0].get(vote), matter=heads[1].get(vote), ballots=tuple(cast), place=place)
        yield replace(made, **_of(about, vote))


def _told(cells: Cells, resolve: Callable[[str], Ref], votes: Sequence[object]) -> Heads:
    """What the rows of each vote tell of it as a whole."""
    return {
        FIELDS.get(column, column): cells.heads(column, each, votes, once=True)
        for column, each in _about(resolve).items()
        if cells.has(column)
    }


def _of(told: Heads, vote: object) -> dict[str, object]:
    """What is told of one vote as a whole, as fields of a vote."""
    return {field: values[vote] for field, values in told.items() if values.get(vote) is not None}


def _about(resolve: Callable[[str], Ref]) -> dict[str, Callable[[str], object]]:
    """How the columns are read that tell of a vote as a whole."""
    return {
        **dict.fromkeys(COUNTS, number),
        **dict.fromkeys(INSTANTS, instant),
        **dict.fromkeys(CONCERNED, parties_of(resolve)),
        **{column: code_of(column) for column in CODES},
    }


def districts(cells: Cells, resolve: Callable[[str], Ref]) -> list[Vote]:
    """One row a district: how many there voted how. The vote of a district is that of more of its votes."""
    votes = cells.names("vote", name, NO_VOTE)
    about: Heads = {
        "day": cells.heads("date", day, votes),
        "matter": cells.heads("matter", name, votes),
        **_told(cells, resolve, votes),
    }
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
    return [_of_districts(vote, sides, places[vote], _of(about, vote)) for vote, sides in found.items()]


def _each(cells: Cells, column: str, read: Callable[[str], T], empty: Wrong) -> Iterator[T | None]:
    """A column row by row, in which no cell may be empty."""
    values = cells.values(column, read, empty)
    return map(values.__getitem__, cells.numbers(column))


def _of_districts(
    vote: str, sides: Mapping[Ref, tuple[int, int, int]], places: Mapping[Ref, Place], told: Mapping[str, object]
) -> Vote:
    yes, no, abstain = (sum(numbers) for numbers in zip(*sides.values(), strict=True))
    for_by = tuple(party for party, numbers in sides.items() if numbers[0] > numbers[1])
    against_by = tuple(party for party in sides if party not in for_by)
    place = replace(next(iter(places.values())), field="vote")
    made = Vote(id=vote, yes=yes, no=no, abstain=abstain, for_by=for_by, against_by=against_by)
    return replace(made, places=dict(places), place=place, **told)


def tallies(cells: Cells, resolve: Callable[[str], Ref]) -> list[Vote]:
    """One row a tally."""
    read: dict[str, Callable[[str], object]] = {
        **dict.fromkeys(NUMBERS, number),
        **dict.fromkeys(LISTS, parties_of(resolve)),
        **_about(resolve),
        "date": day,
        "matter": name,
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
    named = [(each, found) for each in cells.columns if (found := PART.fullmatch(each)) is not None]
    columns = [(found[1], found[2], cells.rows(each, weight)) for each, found in named]
    if not columns:
        yield from ({} for _ in cells.lines)
        return
    for amounts in zip(*(values for _, _, values in columns), strict=True):
        parts: dict[str, Part] = {}
        for (group, side, _), amount in zip(columns, amounts, strict=True):
            if amount is not None:
                parts[group] = replace(parts.get(group, Part()), **{side: amount})
        yield parts
