"""What reading a record gives: the record if it is sound, and every problem, each at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from chancery.values import Phrase, Place, Problem, Weight, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chancery.ledger import Record

MOST_PROBLEMS = 1_000
"""Problems that are told of one record; whoever has more mends these first."""

MISSING = frozenset({"unknown-ref", "unknown-source", "unknown-entry"})
"""Codes of problems that say that something is missing, which it may not be where part of the record was not read."""


SAID_TO_BE_MISSING = frozenset({"ref", "id", "near"})
"""What such a problem says: the ref or id, and what is near to it. One that says more is not mended by reading more."""


class Progress(Protocol):
    """Told how much of how much is done, in bytes."""

    def __call__(self, done: int, of: int, /) -> None:
        """Take note."""


class Loaded(Struct, frozen=True):
    """A record as read: ``record`` is None where any problem bars it, so that nothing is ever half loaded."""

    record: Record | None
    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, record: Record, problems: Iterable[Problem]) -> Loaded:
        """The record unless a problem bars it, and the first problems where there are very many."""
        found = tuple(problems)
        barred = any(problem.weight is Weight.BAR for problem in found)
        return cls(None if barred else record, first_of(found))

    @property
    def bars(self) -> tuple[Problem, ...]:
        """The problems for which the record is refused."""
        return tuple(problem for problem in self.problems if problem.weight is Weight.BAR)


def first_of(problems: Iterable[Problem], more: int = 0) -> tuple[Problem, ...]:
    """The first problems where there are very many, and how many there are besides; ``more`` were left out before."""
    found = tuple(problems)
    left = more + max(0, len(found) - MOST_PROBLEMS)
    if not left:
        return found
    rest = phrase("and {n:number} problems more", n=left)
    return (*found[:MOST_PROBLEMS], Problem(code="more", weight=_heaviest(found), phrase=rest))


def _heaviest(problems: Iterable[Problem]) -> Weight:
    return Weight.BAR if any(problem.weight is Weight.BAR for problem in problems) else Weight.BREACH


def unreadable(file: str, fault: Phrase, line: int | None = None, code: str = "unreadable") -> Problem:
    """A bar on a whole file."""
    return Problem(code=code, weight=Weight.BAR, phrase=fault, place=Place(file=file, line=line, field=None))


def gathered(across: Iterable[Problem], before: Iterable[Problem], unread: set[str]) -> list[Problem]:
    """The problems across a record that stand whatever is mended first.

    An entry with a problem of its own is left out; so is what is said to be missing and stands in a table or file that
    could not be read (an empty name in ``unread`` stands for a whole file).
    """
    known = frozenset(problem.entry for problem in before)
    return [problem for problem in across if problem.entry not in known and not _may_be_there(problem, unread)]


def _may_be_there(problem: Problem, unread: set[str]) -> bool:
    """Whether a problem says that something is missing which may stand in what was not read."""
    values = dict(problem.phrase.values)
    if problem.code not in MISSING or not unread or not values.keys() <= SAID_TO_BE_MISSING:
        return False
    return "" in unread or any(value in unread for value in values.values() if isinstance(value, str))
