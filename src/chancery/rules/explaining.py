"""Explaining: a ruling as a short paragraph that a reader without the rules at hand can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.rules.bounds import exactly, written
from chancery.rules.measuring import bar_of
from chancery.rules.voting import AllOf, Counted, Threshold
from chancery.values import Phrase, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.rules.measuring import Tested
    from chancery.rules.rulings import Outcome, Present, Stopped, VoteRuling

OUTCOMES: dict[Outcome, Phrase] = {
    "adopted": phrase("Adopted"),
    "rejected": phrase("Not adopted"),
    "no_quorum": phrase("No quorum"),
    "vetoed": phrase("Vetoed"),
    "awaiting_approval": phrase("Voted, and awaiting approval"),
    "tie": phrase("A tie"),
    "undecided": phrase("Undecided"),
}


def explained(ruling: VoteRuling) -> Iterator[Phrase]:
    """The outcome and the rule, each test, who stopped it, what was missing, what is unknown or contradicts itself."""
    yield _opening(ruling)
    for each in ruling.quorum:
        yield _quorum(each)
    for test in ruling.tests:
        yield from _tested(test)
    yield from (_stopped(each) for each in ruling.vetoes if each.sure)
    yield from ruling.reasons
    yield from ruling.unknown
    yield from ruling.contradictions


def _opening(ruling: VoteRuling) -> Phrase:
    outcome = OUTCOMES[ruling.outcome]
    if ruling.rule is None:
        return phrase("{outcome}.", outcome=outcome)
    version = ruling.rule.version
    if version is not None:
        return phrase(
            "{outcome} under {article} ({rule}, version {version}).",
            outcome=outcome,
            article=ruling.rule.article,
            rule=ruling.name,
            version=version,
        )
    return phrase("{outcome} under {article} ({rule}).", outcome=outcome, article=ruling.rule.article, rule=ruling.name)


def _quorum(quorum: Present) -> Phrase:
    if quorum.have is None:
        return phrase("How many were there at the opening is not told.")
    have = str(quorum.have)
    if quorum.need is None:
        return phrase("{have} were there; how many are a quorum is not known.", have=have)
    need = str(quorum.need)
    if quorum.reached is None:
        return phrase("{have} were there at the least; the quorum is {need}.", have=have, need=need)
    if quorum.reached:
        return phrase("{have} were there; the quorum is {need}.", have=have, need=need)
    return phrase("Only {have} were there; the quorum is {need}.", have=have, need=need)


def _tested(test: Tested) -> Iterator[Phrase]:
    """What a test had and needed; of tests of which one is enough, the one that was met, or all that were not."""
    if isinstance(test.requirement, Threshold):
        yield from _threshold(test, test.requirement)
        return
    parts = test.parts
    if not isinstance(test.requirement, AllOf) and test.passed:
        parts = tuple(part for part in parts if part.passed)[:1]
    for part in parts:
        yield from _tested(part)


def _threshold(test: Tested, bound: Threshold) -> Iterator[Phrase]:
    if test.have is None or test.need is None:
        return
    lower = bar_of(bound).lower
    said = _counted(bound, written(test.have), written(test.need), lower=lower)
    if test.base is not None:
        said = phrase("{said} ({of})", said=said, of=OUT_OF[test.of or ""].filled(number=written(test.base)))
    yield phrase("{said}.", said=_among(said, bound))
    if test.missing and lower:
        yield phrase("{missing} more would have done.", missing=written(test.missing))
    elif test.missing:
        yield phrase("{missing} fewer would have done.", missing=written(test.missing))


def _counted(bound: Threshold, have: str, need: str, *, lower: bool) -> Phrase:
    """How many voted so, and how many it takes, or may be at the most."""
    return (ENOUGH if lower else FEW)[bound.votes].filled(have=have, need=need)


ENOUGH: dict[Counted, Phrase] = {
    "yes": phrase("{have} in favour, {need} needed"),
    "no": phrase("{have} against, {need} needed"),
    "abstain": phrase("{have} abstaining, {need} needed"),
    "not_yes": phrase("{have} not in favour, {need} needed"),
}
FEW: dict[Counted, Phrase] = {
    "yes": phrase("{have} in favour, at most {need} allowed"),
    "no": phrase("{have} against, at most {need} allowed"),
    "abstain": phrase("{have} abstaining, at most {need} allowed"),
    "not_yes": phrase("{have} not in favour, at most {need} allowed"),
}
"""How each kind of vote is said to be enough, and to be few enough."""

OUT_OF = {
    "cast": phrase("of {number} votes for and against"),
    "present_and_voting": phrase("of {number} members present and voting"),
    "present": phrase("of {number} members present"),
    "members": phrase("of {number} members in office"),
    "seats": phrase("of {number} seats"),
}
"""How many each base is."""


def _of(base: str, amount: str) -> Phrase:
    """Such a share of a base."""
    return {
        "cast": phrase("{amount} of the votes for and against", amount=amount),
        "present_and_voting": phrase("{amount} of the members present and voting", amount=amount),
        "present": phrase("{amount} of the members present", amount=amount),
        "members": phrase("{amount} of the members in office", amount=amount),
        "seats": phrase("{amount} of the seats", amount=amount),
        "unsettled": phrase("{amount} of the members, on which reading is not settled", amount=amount),
    }[base]


def _among(said: Phrase, bound: Threshold) -> Phrase:
    """What is said of votes, with what weighs them and whose they are."""
    if bound.weight is not None:
        said = phrase("{said}, by {weight}", said=said, weight=bound.weight.replace("_", " "))
    if bound.group is not None:
        said = phrase("{said}, among {group}", said=said, group=bound.group.replace("_", " "))
    return said


def _stopped(veto: Stopped) -> Phrase:
    if not veto.by:
        return phrase("A veto stops it ({article}).", article=veto.provided.article)
    return phrase("{parties:names} vetoed it ({article}).", parties=veto.by, article=veto.provided.article)


def bound_words(test: Threshold) -> Phrase:
    """A test in words, as a rule states it."""
    amount: str | Phrase = written(exactly(_written(test))) if test.of is None else _of(test.of, str(_written(test)))
    how = {
        (True, False): phrase("at least {amount}", amount=amount),
        (True, True): phrase("more than {amount}", amount=amount),
        (False, False): phrase("at most {amount}", amount=amount),
        (False, True): phrase("fewer than {amount}", amount=amount),
    }[bar_of(test).lower, bar_of(test).strict]
    said = {
        "yes": phrase("{how} in favour", how=how),
        "no": phrase("{how} against", how=how),
        "abstain": phrase("{how} abstaining", how=how),
        "not_yes": phrase("{how} not in favour", how=how),
    }[test.votes]
    return _among(said, test)


def _written(test: Threshold) -> int | str:
    return next(each for each in (test.at_least, test.more_than, test.at_most, test.fewer_than) if each is not None)
