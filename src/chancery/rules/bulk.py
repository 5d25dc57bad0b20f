"""Very many votes at once: looked through and ruled on by the same rules, one by one only where that can matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.rules.deciding import decide, governing, is_sure
from chancery.rules.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chancery.rules.rulebook import Rulebook
    from chancery.rules.rulings import Outcome, VoteRuling
    from chancery.rules.scrutiny import Scrutiny
    from chancery.rules.votes import Vote
    from chancery.values import Problem


class Outcomes(Struct, frozen=True):
    """The outcome of each of many votes, and by its place the ruling on each that is not adopted."""

    outcomes: list[Outcome]
    rulings: Mapping[int, VoteRuling]


def faults_of(votes: Sequence[Vote], scrutiny: Scrutiny) -> Iterator[Problem]:
    """Every fault of many votes. Those of a table are looked at one by one only where any may have a fault."""
    if isinstance(votes, Table) and not votes.has_two_ballots():
        alike = votes.alike(scrutiny.book.kind)
        if not any(fault for each in alike for fault in scrutiny.faults(each.everybody)):
            return
    for vote in votes:
        yield from scrutiny.faults(vote)


def outcomes_of(
    votes: Sequence[Vote], rulebook: Rulebook, *, rule: str | None = None, today: int | None = None
) -> Outcomes:
    """What each of many votes comes to, as ``decide`` has it, with the ruling on each that is not adopted."""
    rulings = {}
    outcomes: list[Outcome] = ["adopted"] * len(votes)
    for index in _unsure(votes, rulebook, rule):
        ruling = decide(votes[index], rulebook, rule=rule, today=today)
        if ruling.outcome != "adopted":
            outcomes[index] = ruling.outcome
            rulings[index] = ruling
    return Outcomes(outcomes, rulings)


def _unsure(votes: Sequence[Vote], rulebook: Rulebook, rule: str | None) -> Sequence[int]:
    """The places of the votes that are not adopted for certain, as far as their numbers tell."""
    if not isinstance(votes, Table):
        return range(len(votes))
    unsure: list[int] = []
    for each in votes.alike(rulebook.kind):
        rules, _ = rulebook.kind(each.everybody.day, each.everybody.matter)
        procedures, _ = governing(each.everybody, rules, rule)
        sure = is_sure(procedures[0], votes.count) if len(procedures) == 1 else False
        unsure.extend(each.but(sure=sure))
    return sorted(unsure)
