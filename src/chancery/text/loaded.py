"""What reading a record gives: the record if it is sound, every problem, and where each entry stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from chancery.values import Phrase, Place, Problem, Weight

if TYPE_CHECKING:
    from chancery.ledger import Record


class Progress(Protocol):
    """Told how much of how much is done, in bytes."""

    def __call__(self, done: int, of: int, /) -> None:
        """Take note."""


class Loaded(Struct, frozen=True):
    """A record as read: ``record`` is None where any problem bars it, so that nothing is ever half loaded."""

    record: Record | None
    problems: tuple[Problem, ...]

    @property
    def bars(self) -> tuple[Problem, ...]:
        """The problems for which the record is refused."""
        return tuple(problem for problem in self.problems if problem.weight is Weight.BAR)


def unreadable(file: str, fault: Phrase, line: int | None = None, code: str = "unreadable") -> Problem:
    """A bar on a whole file."""
    return Problem(code=code, weight=Weight.BAR, phrase=fault, place=Place(file=file, line=line, field=None))
