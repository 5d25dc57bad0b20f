"""The rules of a body on a day, drawn up: what decides which matter, by which tests, and where the text is silent."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

from chancery.rules.explaining import among, bound_words, explained
from chancery.rules.provisions import Admission, Duty, Expiry, Seats
from chancery.rules.voting import (
    AllOf,
    Approval,
    CastingVote,
    Decision,
    Franchise,
    Members,
    Quorum,
    Silence,
    Threshold,
    Veto,
    Weights,
    WrittenProcedure,
)
from chancery.values import FUTURE, PAST, Date, Phrase, phrase
from chancery.views.base import Column, Row, View, label
from chancery.views.cells import run
from chancery.views.rulings import paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from chancery.rules.base import Rule
    from chancery.rules.provisions import When
    from chancery.rules.rulebook import Provided, Rules
    from chancery.rules.trials import Trial
    from chancery.rules.voting import AnyRequirement

NAMED = 8
"""Parties that a line names; of more it gives the number."""

COLUMNS: tuple[Column, ...] = (
    Column("type", phrase("Type"), "code", about="the type of the rule"),
    Column("name", phrase("Name"), about="the name of a decision, group or table of weights"),
    Column("asks", phrase("What it asks"), "phrase", about="the rule in words"),
    Column("on", phrase("Concerns"), "texts", about="the decisions that it concerns; none: all", aside=True),
    Column("article", phrase("Article"), about="the article that sets it"),
    Column("version", phrase("Version"), about="the version of the text", aside=True),
    Column("since", phrase("Since"), "date", about="from when it is in force; null where it always was"),
    Column("until", phrase("Until"), "date", about="until when; null where no end is set"),
    Column("evidence", phrase("Evidence"), "code", about="`text`, `reported` or `unverified`"),
    Column("rule", phrase("Rule"), "record", shown=False, about="the typed rule"),
)


def rulebook_view(rules: Rules, title: Phrase) -> View:
    """The rules in force on a day, with what they are silent on as notes."""
    rows = tuple(_row(each) for each in rules.provided)
    return View(name="rules", title=title, columns=COLUMNS, rows=rows, notes=tuple(_silent(rules)))


def _row(provided: Provided) -> Row:
    rule = provided.rule
    cells: dict[str, object] = {
        "type": rule.__struct_config__.tag,
        "name": getattr(rule, "name", None) or getattr(rule, "group", None),
        "asks": asked(rule),
        "on": getattr(rule, "on", ()),
        "article": provided.article,
        "version": provided.version,
        "since": Date.ordinal(provided.first) if provided.first > PAST else None,
        "until": Date.ordinal(provided.last) if provided.last < FUTURE else None,
        "evidence": provided.evidence,
        "rule": rule,
    }
    return Row(cells, "contested" if provided.contested else "agreed", (provided.entry,))


def _silent(rules: Rules) -> Iterator[Phrase]:
    """What the rules in force do not settle."""
    types = {type(each.rule) for each in rules.provided}
    if not rules.decisions:
        yield phrase("The charter is silent: no rule in force says how anything is decided.")
        return
    if Quorum not in types:
        yield phrase("No rule on a quorum is in force: the charter is silent.")
    if not any(isinstance(each.rule, Decision) and each.rule.amends for each in rules.decisions):
        yield phrase("No rule on how these rules are changed is in force: the charter is silent.")
    if not any(isinstance(each.rule, Decision) and each.rule.ordinary for each in rules.decisions):
        yield phrase("No rule says how a vote that names no matter is decided.")


def asked(rule: Rule) -> Phrase:  # noqa: PLR0911  # one answer for each type of rule
    """A rule in words."""
    if isinstance(rule, Decision):
        return _decision(rule)
    if isinstance(rule, Quorum):
        return _quorum(rule)
    if isinstance(rule, Veto):
        return _veto(rule)
    if isinstance(rule, CastingVote):
        return phrase("{by:name} votes on a tie", by=rule.by)
    if isinstance(rule, Approval):
        return _approval(rule)
    if isinstance(rule, Franchise):
        return phrase("who may vote: {statuses}", statuses=", ".join(map(_said, rule.statuses)))
    if isinstance(rule, Members):
        return _members(rule)
    if isinstance(rule, Weights):
        return phrase("weights of {n:number} parties", n=len(rule.values))
    return SETTLED[type(rule)](rule) if type(rule) in SETTLED else _by_time(rule)


def _admission(rule: Admission) -> Phrase:
    said = phrase("a member by any one of: {steps}", steps=_steps(rule.member_by))
    if rule.provisional_by:
        said = phrase("{said}; provisionally by: {steps}", said=said, steps=_steps(rule.provisional_by))
    if rule.unsettled_by:
        said = phrase("{said}; left open by: {steps}", said=said, steps=_steps(rule.unsettled_by))
    return said


def _steps(codes: Iterable[str]) -> Phrase:
    return run(*map(label, codes))


def _duty(rule: Duty) -> Phrase:
    said = phrase("owed by {party:name}, first {when}", party=rule.owed_by, when=_when(rule.first))
    if rule.owed_to is not None:
        said = phrase("{said}, to {party:name}", said=said, party=rule.owed_to)
    if rule.every_months is not None:
        said = phrase("{said}, then every {n:number} months", said=said, n=rule.every_months)
    return said if rule.until is None else phrase("{said}; the last {when}", said=said, when=_when(rule.until))


def _expiry(rule: Expiry) -> Phrase:
    said = phrase("{what:name} ends {when}", what=rule.what, when=_when(rule.ends))
    return phrase("{said}, unless by: {kinds}", said=said, kinds=_steps(rule.unless_by)) if rule.unless_by else said


def _when(when: When) -> Phrase:
    """A day, as it is stated or counted."""
    if when.date is not None or when.after is None:
        return phrase("on {day:date}", day=when.date or Date.of("XXXX-XX-XX"))
    if not when.months:
        return phrase("when {instrument:name} enters into force", instrument=when.after)
    return phrase("{n:number} months after {instrument:name} enters into force", n=when.months, instrument=when.after)


def _seats(rule: Seats) -> Phrase:
    return phrase("{n:number} seats, filled or not", n=rule.number)


SETTLED: dict[type[Rule], Callable[[Any], Phrase]] = {  # each takes its own type
    Admission: _admission,
    Duty: _duty,
    Expiry: _expiry,
    Seats: _seats,
}
"""How rules that decide no vote are said, by their type."""


def _said(code: str) -> str:
    return code.replace("_", " ")


def _decision(rule: Decision) -> Phrase:
    if rule.by is not None:
        return phrase("{by:name} decides alone", by=rule.by)
    several = len(rule.requires) + (rule.like is not None) > 1
    tests = [requirement_words(each, within=several) for each in rule.requires]
    return _and(tests if rule.like is None else [phrase("what {name} requires", name=rule.like), *tests])


def requirement_words(requirement: AnyRequirement, *, within: bool = False) -> Phrase:
    """A test, or several together, in words; in brackets where they stand ``within`` others."""
    if isinstance(requirement, Threshold):
        return bound_words(requirement)
    several = len(requirement.of) > 1
    tests = [requirement_words(each, within=several) for each in requirement.of]
    said = _and(tests) if isinstance(requirement, AllOf) else _or(tests)
    return phrase("({said})", said=said) if within and several else said


def _and(said: Sequence[Phrase]) -> Phrase:
    return reduce(lambda first, then: phrase("{first}, and {then}", first=first, then=then), said)


def _or(said: Sequence[Phrase]) -> Phrase:
    return reduce(lambda first, then: phrase("{first}, or {then}", first=first, then=then), said)


def _quorum(rule: Quorum) -> Phrase:
    bar = str(rule.at_least if rule.at_least is not None else rule.more_than)
    least = phrase("at least {bar}", bar=bar) if rule.at_least is not None else phrase("more than {bar}", bar=bar)
    said = phrase("{bar} there", bar=least)
    if rule.of is not None:
        said = phrase("{bar} of the {of} there", bar=least, of=label(rule.of))
    said = among(said, rule.weight, rule.group)
    if rule.at_second_call is None:
        return said
    return phrase("{said}; {bar} when called again", said=said, bar=str(rule.at_second_call))


def _veto(rule: Veto) -> Phrase:
    if rule.at_least is not None or rule.more_than is not None:
        test = Threshold(votes="no", at_least=rule.at_least, more_than=rule.more_than, of=rule.of, group=rule.group)
        return phrase("stopped by {test}", test=bound_words(test))
    if rule.group is None:
        return phrase("stopped by the no of any of: {parties:names}", parties=rule.by)
    of_group = phrase("stopped by the no of any of: {group}", group=_said(rule.group))
    return phrase("{said}; {parties:names}", said=of_group, parties=rule.by) if rule.by else of_group


def _approval(rule: Approval) -> Phrase:
    if rule.within_days is None:
        return phrase("needs the approval of {by:name}", by=rule.by)
    return phrase("needs the approval of {by:name} within {n:number} days", by=rule.by, n=rule.within_days)


def _members(rule: Members) -> Phrase:
    said = (
        phrase("{parties:names}", parties=rule.parties)
        if len(rule.parties) <= NAMED
        else phrase("{n:number} members", n=len(rule.parties))
    )
    if rule.others and not rule.parties:
        return phrase("{n:number} seats whose holders are not named", n=rule.others)
    if rule.others:
        return phrase("{said}, and {n:number} seats whose holders are not named", said=said, n=rule.others)
    return phrase("{said}, and more that are not listed", said=said) if rule.open else said


def _by_time(rule: Rule) -> Phrase:
    hours = getattr(rule, "minimum_hours", None)
    what = {Silence: phrase("silence procedure"), WrittenProcedure: phrase("written procedure")}
    said = what.get(type(rule), label(str(rule.__struct_config__.tag)))
    return said if hours is None else phrase("{what}, open {n:number} hours at the least", what=said, n=hours)


CASES: tuple[Column, ...] = (
    Column("case", phrase("Case"), about="the test case"),
    Column("date", phrase("Day"), "date", about="under the rules of which day", aside=True),
    Column("rule", phrase("Rule"), about="the rule that governs it"),
    Column("expected", phrase("Expected"), "code", about="what it must come to"),
    Column("outcome", phrase("Outcome"), "code", about="what it comes to"),
    Column("passed", phrase("As it must"), "flag", about="true where they are the same"),
    Column("because", phrase("Because"), "phrase", about="the ruling in words"),
)
"""The columns of test cases that were run."""


def cases_view(trials: Iterable[Trial], title: Phrase) -> View:
    """Test cases that were run, with what each came to."""
    rows = tuple(_case(trial) for trial in trials)
    failed = sum(row.cells["passed"] is None for row in rows)
    said = phrase("{n:number} test cases; {failed:number} did not come out as they must.", n=len(rows), failed=failed)
    return View(name="cases", title=title, columns=CASES, rows=rows, notes=(said,))


def _case(trial: Trial) -> Row:
    cells: dict[str, object] = {
        "case": trial.case.name,
        "date": trial.case.date,
        "rule": trial.ruling.name or None,
        "expected": trial.case.outcome,
        "outcome": trial.ruling.outcome,
        "passed": trial.passed or None,
        "because": paragraph(explained(trial.ruling)),
    }
    return Row(cells, entries=(trial.case.id,))
