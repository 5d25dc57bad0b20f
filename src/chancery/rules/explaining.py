"""Explaining: a ruling as a short paragraph that a reader without the rules at hand can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.rules.bounds import exactly, written
from chancery.rules.measuring import BASES, bar_of
from chancery.rules.voting import AllOf, Threshold
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

COUNTED = {
    "yes": phrase("in favour"),
    "no": phrase("against"),
    "abstain": phrase("abstaining"),
    "not_yes": phrase("not in favour"),
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
    have, need = str(quorum.have), str(quorum.need)
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
    have, need = written(test.have), written(test.need)
    lower = bar_of(bound).lower
    what = _what(bound)
    needed = phrase("{need} needed", need=need) if lower else phrase("at most {need} allowed", need=need)
    if test.base is None:
        yield phrase("{have} {what}, {needed}.", have=have, what=what, needed=needed)
    else:
        of = phrase("of {base} {what}", base=written(test.base), what=BASES[test.of or ""])
        yield phrase("{have} {what}, {needed} ({of}).", have=have, what=what, needed=needed, of=of)
    if test.missing:
        yield (
            phrase("{missing} more would have done.", missing=written(test.missing))
            if lower
            else phrase("{missing} fewer would have done.", missing=written(test.missing))
        )


def _what(bound: Threshold) -> Phrase:
    what = COUNTED[bound.votes]
    if bound.weight is not None:
        what = phrase("{what}, by {weight}", what=what, weight=bound.weight.replace("_", " "))
    if bound.group is not None:
        what = phrase("{what} among {group}", what=what, group=bound.group.replace("_", " "))
    return what


def _stopped(veto: Stopped) -> Phrase:
    if not veto.by:
        return phrase("A veto stops it ({article}).", article=veto.provided.article)
    return phrase("{parties:names} vetoed it ({article}).", parties=veto.by, article=veto.provided.article)


def bound_words(test: Threshold) -> Phrase:
    """A test in words, as a rule states it."""
    amount = written(exactly(_written(test))) if test.of is None else str(_written(test))
    how = {
        (True, False): phrase("at least {amount}", amount=amount),
        (True, True): phrase("more than {amount}", amount=amount),
        (False, False): phrase("at most {amount}", amount=amount),
        (False, True): phrase("fewer than {amount}", amount=amount),
    }[bar_of(test).lower, bar_of(test).strict]
    if test.of is None:
        return phrase("{how} {what}", how=how, what=_what(test))
    return phrase("{how} of the {base} {what}", how=how, base=BASES[test.of], what=_what(test))


def _written(test: Threshold) -> int | str:
    return next(each for each in (test.at_least, test.more_than, test.at_most, test.fewer_than) if each is not None)
