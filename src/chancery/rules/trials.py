"""Trials: the test cases of rules, run before a version enters into force, so that no rule can lock itself out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from chancery.rules.deciding import decide
from chancery.rules.rulings import Outcome, VoteRuling
from chancery.rules.votes import Sums, Vote
from chancery.rules.voting import Decision
from chancery.values import Date, Place, Problem, Weight, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chancery.rules.rulebook import Provided, Rulebook


class Case(Protocol):
    """What a test case offers to the rules: a made-up vote, and what it must come to."""

    @property
    def id(self) -> str:
        """The entry's name."""

    @property
    def name(self) -> str:
        """What it tries."""

    @property
    def outcome(self) -> Outcome:
        """What it must come to."""

    @property
    def date(self) -> Date | None:
        """The day of the vote."""

    @property
    def sums(self) -> tuple[Sums, ...]:
        """Votes of groups, or by weights, as sums."""


class Trial(Struct, frozen=True):
    """A test case that was run: what it must come to, and what it comes to."""

    case: Case
    ruling: VoteRuling

    @property
    def passed(self) -> bool:
        """Whether it came to what it must."""
        return self.ruling.outcome == self.case.outcome


SAME = ("matter", "yes", "no", "abstain", "present", "for_by", "against_by", "abstained_by", "concerned", "chair")
MORE = ("approval", "manner", "call")


def tried(cases: Iterable[Case], book: Rulebook) -> list[Trial]:
    """Run every test case under the rules of its day."""
    return [Trial(case, decide(vote_of(case), book)) for case in cases]


def vote_of(case: Case) -> Vote:
    """The vote that a test case makes up."""
    day = None if case.date is None else case.date.latest
    fields = {field: getattr(case, field) for field in (*SAME, *MORE)}
    if any(fields[side] is not None for side in ("yes", "no")):
        fields.update(
            {side: fields[side] or 0 for side in ("yes", "no", "abstain")}
        )  # made up: what is left out is none
    parts = {each.of: each.part() for each in case.sums}
    return Vote(id=case.name, day=day, parts=parts, **fields)


def untried(trials: Sequence[Trial], book: Rulebook, today: int) -> Iterator[Problem]:
    """Decisions in force or to come without a test case that is adopted: a bar on what is to come, else a notice."""
    shown = {
        trial.ruling.rule for trial in trials if trial.passed and trial.case.outcome in ("adopted", "awaiting_approval")
    }
    for provided in book.provided:
        if isinstance(provided.rule, Decision) and provided not in shown and provided.last >= today:
            yield _untried(provided, provided.rule, to_come=provided.first > today)


def _untried(provided: Provided, rule: Decision, *, to_come: bool) -> Problem:
    if to_come:
        said = phrase(
            "{name} enters into force on {day:date}, and no test case shows that it can be adopted: add a [[case]]",
            name=rule.name,
            day=Date.ordinal(provided.first),
        )
    else:
        said = phrase("no test case shows that {name} can be adopted; add a [[case]]", name=rule.name)
    weight = Weight.BAR if to_come else Weight.NOTICE
    return Problem(code="rule-untried", weight=weight, phrase=said, entry=provided.entry, place=Place(field="rule"))
