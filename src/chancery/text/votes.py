"""Tables of votes: CSV, JSON Lines or Parquet; a row is a ballot, a tally or a district. Every fault has its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.text.ballots import ballots, districts, tallies
from chancery.text.cells import Cells
from chancery.text.columns import PART, Heading
from chancery.text.files import Refused
from chancery.text.loaded import unreadable
from chancery.text.tabular import read_columns
from chancery.text.voting import BALLOT, COLUMNS, DISTRICT, FORMS, TALLY, TOLD
from chancery.values import Place, Problem, Weight, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from chancery.rules.votes import Vote
    from chancery.text.columns import Columns
    from chancery.text.loaded import Progress
    from chancery.values import Ref


READERS: dict[Sequence[str], Callable[[Cells, Callable[[str], Ref]], Sequence[Vote]]] = {
    BALLOT: ballots,
    DISTRICT: districts,
    TALLY: tallies,
}
"""What reads each form of table."""


class VotesRead(Struct, frozen=True):
    """A table of votes as read: the votes in their order, the faults, each at its row and column, and how many more."""

    votes: Sequence[Vote]
    problems: tuple[Problem, ...]
    more: int = 0


def read_votes(
    path: Path,
    resolve: Callable[[str], Ref],
    columns: Mapping[str, str] | None = None,
    progress: Progress = lambda _done, _of: None,
) -> VotesRead:
    """Read a table of votes. ``resolve`` tells which party a text names; ``columns`` says how the table calls ours.

    ``progress`` is told of rows, not of bytes.
    """
    problems: list[Problem] = []
    heading = Heading([form for form, _ in FORMS], columns or {})
    try:
        table = read_columns(path, heading.found, problems, progress)
    except Refused as refused:
        return VotesRead((), (*problems, refused.problem))
    form = _form(table)
    problems.extend(_heading_faults(heading, table, form, path.name))
    if form is None:
        problems.append(_no_votes(table, path.name))
        return VotesRead((), tuple(problems))
    cells = Cells(table, path.name)
    votes = READERS[form](cells, resolve)
    if not table.lines and not problems:
        problems.append(unreadable(path.name, phrase("has no vote in it"), code="no-votes"))
    found = sorted((*problems, *cells.problems), key=_line)
    return VotesRead(votes, tuple(found), cells.more)


def _form(table: Columns) -> Sequence[str] | None:
    """The form of a table: ballots where there is a party and its choice, tallies where there are numbers, or both."""
    found = next((form for form, needed in FORMS if all(name in table.cells for name in form[:needed])), None)
    if found is None and "vote" in table.cells and "party" not in table.cells:
        return TALLY if any(name in TOLD or PART.fullmatch(name) for name in table.cells) else None
    return found


def _heading_faults(heading: Heading, table: Columns, form: Sequence[str] | None, file: str) -> Iterator[Problem]:
    for column, code, said in heading.faults(table.names, form or COLUMNS):
        place = Place(file=file, line=table.head, field=column)
        yield Problem(code=code, weight=Weight.BAR, phrase=said, place=place)


def _no_votes(table: Columns, file: str) -> Problem:
    fault = phrase(
        "is no table of votes: it needs the columns vote, party and choice, or vote, yes and no; it has: {columns}",
        columns=", ".join(table.names) or "-",
    )
    return unreadable(file, fault, table.head, code="no-votes")


def _line(problem: Problem) -> int:
    return (problem.place.line if problem.place is not None else None) or 0
