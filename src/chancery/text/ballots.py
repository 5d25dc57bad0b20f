"""Votes of a table: ballots, of which many rows make one vote, or tallies, of which each row is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from chancery.rules.tables import tabled
from chancery.rules.votes import Ballot, Vote
from chancery.text.columns import LISTS
from chancery.text.voting import (
    ABOUT,
    CODES,
    CONCERNED,
    COUNTS,
    INSTANTS,
    NO_CHOICE,
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
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from chancery.text.cells import Cells
    from chancery.values import Ref

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
    about = {
        FIELDS.get(column, column): cells.heads(column, each, read["vote"], once=True)
        for column, each in _about(resolve).items()
        if cells.has(column)
    }
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
        yield replace(made, **{field: values[vote] for field, values in about.items() if values.get(vote) is not None})


def _about(resolve: Callable[[str], Ref]) -> dict[str, Callable[[str], object]]:
    """How the columns are read that tell of a vote as a whole."""
    return {
        **dict.fromkeys(COUNTS, number),
        **dict.fromkeys(INSTANTS, instant),
        **dict.fromkeys(CONCERNED, parties_of(resolve)),
        **{column: code_of(column) for column in CODES},
    }


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
    for line, vote, *values in zip(cells.lines, names, *columns.values(), strict=True):
        if vote is None:
            continue
        if vote in found:
            said = phrase("this vote has a row already, at line {line:number}", line=found[vote].place.line or 0)
            cells.wrong(line, "vote", "vote-twice", said)
            continue
        fields = {field: value for field, value in zip(columns, values, strict=True) if value is not None}
        if "yes" in fields or "no" in fields:
            fields = {**none, **fields}
        found[vote] = Vote(id=vote, place=Place(cells.file, line, "vote"), **fields)
    return list(found.values())
