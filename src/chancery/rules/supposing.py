"""Supposing: a vote in which some had voted otherwise, a body which others had joined. Nothing recorded is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from chancery.rules.rulebook import Provided, Rulebook
from chancery.rules.votes import Ballot, Choice
from chancery.rules.voting import Members, Weights
from chancery.values import Fault, Ref, phrase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chancery.rules.bounds import Amount
    from chancery.rules.votes import Vote

SIDES: Mapping[str, tuple[str, str]] = {
    "yes": ("yes", "for_by"),
    "no": ("no", "against_by"),
    "abstain": ("abstain", "abstained_by"),
}
"""Where a tally counts a choice, and where it names who made it."""


def supposed(vote: Vote, choices: Mapping[Ref, Choice]) -> Vote:
    """A vote as it would be if some had voted otherwise. Raises Fault where a tally does not tell how they voted."""
    return replace(_ballots(vote, choices) if vote.ballots is not None else _tally(vote, choices), recorded=None)


def _ballots(vote: Vote, choices: Mapping[Ref, Choice]) -> Vote:
    ballots = vote.ballots or ()
    kept = [replace(each, choice=choices[each.party]) if each.party in choices else each for each in ballots]
    there = {each.party for each in ballots}
    added = [Ballot(party, choice, place=vote.place) for party, choice in choices.items() if party not in there]
    return replace(vote, ballots=(*kept, *added))


def _tally(vote: Vote, choices: Mapping[Ref, Choice]) -> Vote:
    for party, choice in choices.items():
        vote = _moved(vote, party, choice)
    return vote


def _moved(vote: Vote, party: Ref, choice: Choice) -> Vote:
    """A tally in which one who is named in it votes otherwise, or one who is not named in any list votes besides."""
    numbers: dict[str, object] = {}
    was = next((side for side, (_, names) in SIDES.items() if party in getattr(vote, names)), None)
    if was is None and _untold(vote):
        raise Fault(
            phrase("How {party:name} voted in {vote} is not told, so it cannot be changed.", party=party, vote=vote.id)
        )
    if was is not None:
        number, names = SIDES[was]
        numbers[number] = (getattr(vote, number) or 0) - 1
        numbers[names] = tuple(each for each in getattr(vote, names) if each != party)
    if choice in SIDES:
        number, names = SIDES[choice]
        numbers[number] = (numbers.get(number, getattr(vote, number)) or 0) + 1  # type: ignore[operator]  # a number
        numbers[names] = (*numbers.get(names, getattr(vote, names)), party)  # type: ignore[misc]  # refs
    if vote.present is not None:
        numbers["present"] = vote.present - (was is not None) + (choice in SIDES)
    return replace(vote, **numbers)


def _untold(vote: Vote) -> bool:
    """Whether anybody who voted is not named."""
    told = len(vote.for_by) + len(vote.against_by) + len(vote.abstained_by)
    return told < (vote.yes or 0) + (vote.no or 0) + (vote.abstain or 0)


def joined(book: Rulebook, parties: Sequence[Ref], weights: Mapping[str, Mapping[Ref, Amount]]) -> Rulebook:
    """The rulebook of a body as it would be if parties had joined it, with weights where votes are weighed.

    Where no list names the members but the tables of weights do, newcomers with a weight stand there like the others.
    """
    if not parties:
        return book
    listed = any(isinstance(each.rule, Members) for each in book.provided)
    weighed = {party for table in weights.values() for party in table}
    newcomers = [_supposed(book, Members(parties=tuple(parties)))] if listed or not weighed.issuperset(parties) else []
    tables = [each for each in book.provided if isinstance(each.rule, Weights) and each.rule.name in weights]
    kept = [each for each in book.provided if each not in tables]
    widened = [replace(each, rule=_widened(each.rule, weights)) for each in tables]  # type: ignore[arg-type]  # weights
    return Rulebook(book.body, (*kept, *widened, *newcomers))


def _widened(table: Weights, weights: Mapping[str, Mapping[Ref, Amount]]) -> Weights:
    return replace(table, values={**table.values, **weights[table.name]})


def _supposed(book: Rulebook, rule: Members) -> Provided:
    return Provided(rule=rule, body=book.body, article="supposed", entry="", instrument=Ref(""))
