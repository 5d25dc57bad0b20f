"""Soundness of rules: what a provision cannot say, and what provisions together cannot mean. Every fault at once."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from chancery.rules.bounds import exactly
from chancery.rules.counting import Setting
from chancery.rules.measuring import bar_of, measured
from chancery.rules.quorums import present
from chancery.rules.votes import Count, Part, Vote
from chancery.rules.voting import AllOf, AnyOf, Decision, Members, Quorum, Threshold, Veto, thresholds
from chancery.values import Place, Problem, Weight, phrase, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chancery.rules.base import Rule
    from chancery.rules.bounds import Bound
    from chancery.rules.rulebook import Procedure, Provided, Rulebook, Rules
    from chancery.rules.voting import AnyRequirement
    from chancery.values import Phrase

MANY = 2**53
"""Members that a body whose size is not known is tried with."""

DEEPEST = 8
"""How deep tests may lie within tests."""

MOST_TESTS = 100
"""How many tests one decision may have."""


def rule_faults(rule: Rule) -> Iterator[tuple[str, Phrase]]:
    """What is wrong with a typed rule whatever else is in force: a code and what it says."""
    if isinstance(rule, Decision):
        yield from _decision_faults(rule)
    elif isinstance(rule, Quorum):
        yield from _quorum_faults(rule)
    elif isinstance(rule, Veto):
        together = rule.at_least is not None or rule.more_than is not None
        if not together and not rule.by and rule.group is None:
            yield "rule-empty", phrase("says who has the veto nowhere: give by, group, or a share of the members")
        if together:
            yield from _one_bound(rule.at_least, rule.more_than)
        yield from _bounds(rule.of, rule.at_least, rule.more_than)
    elif isinstance(rule, Members) and rule.status != "member" and (rule.others or rule.open):
        said = phrase("seats whose holders are not named are those of members; name the parties of another status")
        yield "rule-unnamed", said


def _decision_faults(rule: Decision) -> Iterator[tuple[str, Phrase]]:
    if not rule.requires and rule.by is None and rule.like is None:
        yield "rule-empty", phrase("has no test: give requires, or like, or by for whoever decides alone")
    number = sum(1 for _ in thresholds(rule.requires))
    if number > MOST_TESTS:
        yield (
            "rule-too-wide",
            phrase("has {n:number} tests; a decision has at most {most:number}", n=number, most=MOST_TESTS),
        )
        return
    for each in rule.requires:
        yield from _requirement_faults(each)


def _quorum_faults(rule: Quorum) -> Iterator[tuple[str, Phrase]]:
    yield from _one_bound(rule.at_least, rule.more_than)
    lower = () if isinstance(rule.at_second_call, int) else (rule.at_second_call,)
    yield from _bounds(rule.of, rule.at_least, rule.more_than, *lower)
    if rule.weight is not None and rule.taken == "at_the_opening":
        yield "rule-unweighed", phrase("by weight a quorum is taken at the vote: the column opening counts members")


def _requirement_faults(requirement: AnyRequirement, depth: int = 0) -> Iterator[tuple[str, Phrase]]:
    if isinstance(requirement, (AllOf, AnyOf)):
        if depth >= DEEPEST:
            yield "rule-too-deep", phrase("has tests within tests deeper than {n:number}", n=DEEPEST)
            return
        for each in requirement.of:
            yield from _requirement_faults(each, depth + 1)
        return
    bounds = (requirement.at_least, requirement.more_than, requirement.at_most, requirement.fewer_than)
    yield from _one_bound(*bounds)
    yield from _bounds(requirement.of, *bounds)
    yield from _never(requirement)


def _one_bound(*bounds: Bound | None) -> Iterator[tuple[str, Phrase]]:
    given = sum(bound is not None for bound in bounds)
    if given != 1:
        yield "rule-bounds", phrase("needs one bound and no more, and has {n:number}", n=given)


def _bounds(of: str | None, *bounds: Bound | None) -> Iterator[tuple[str, Phrase]]:
    for bound in bounds:
        if isinstance(bound, int) and of is not None:
            said = phrase('a share of something is written as "2/3" or "65%", not as {bound}', bound=str(bound))
            yield "rule-share", said
        elif isinstance(bound, str) and of is None:
            yield "rule-share", phrase("{bound} is a share; say of what, with of", bound=bound)
        elif isinstance(bound, str) and exactly(bound) > 1:
            yield "rule-share", phrase("{bound} is more than the whole; a share is at most 1", bound=bound)


def _never(test: Threshold) -> Iterator[tuple[str, Phrase]]:
    """Bounds that no vote can meet."""
    bar = bar_of(test)
    if test.of is not None and test.more_than is not None and bar.of >= bar.parts:
        yield "rule-never-met", phrase("more than the whole can never be reached")
    if test.fewer_than is not None and bar.of == 0:
        yield "rule-never-met", phrase("fewer than none can never be reached")


def book_faults(book: Rulebook) -> list[Problem]:
    """What the provisions of a body cannot mean together, on any day: each fault once."""
    found: dict[tuple[str, str | None], Problem] = {}
    for day in book.days():
        for problem in _rules_faults(book.on(day)):
            found.setdefault((problem.code, problem.entry), problem)
    return list(found.values())


def _rules_faults(rules: Rules) -> Iterator[Problem]:
    yield from _overlaps(rules)
    yield from _cycles(rules)
    yield from _unknown_names(rules)
    for provided in rules.decisions:
        yield from _unreachable(rules.procedure(provided))


def _problem(provided: Provided, code: str, fault: Phrase) -> Problem:
    return Problem(code=code, weight=Weight.BAR, phrase=fault, entry=provided.entry, place=Place(field="rule"))


def _overlaps(rules: Rules) -> Iterator[Problem]:
    for one, other in combinations(rules.decisions, 2):
        for said in _shared(_decision(one), _decision(other)):
            fault = phrase(
                "{article} and {other} both say how {matter} is decided, with equal reach, on the same days; "
                "end the earlier with until, or name the matter in one only",
                article=one.article,
                other=other.article,
                matter=said,
            )
            yield _problem(other, "rules-overlap", fault)


def _shared(one: Decision, other: Decision) -> Iterator[str | Phrase]:
    yield from sorted({one.name, *one.matters} & {other.name, *other.matters})
    if one.ordinary and other.ordinary:
        yield phrase("an ordinary vote")
    if one.general and other.general:
        yield phrase("what no rule names")


def _cycles(rules: Rules) -> Iterator[Problem]:
    like = {_decision(each).name: _decision(each).like for each in rules.decisions}
    for provided in rules.decisions:
        way = [_decision(provided).name]
        while (following := like.get(way[-1])) is not None and following not in way:
            way.append(following)
        if following is not None:
            fault = phrase("these are each like the next, in a circle: {names}", names=" > ".join((*way, following)))
            yield _problem(provided, "rules-circle", fault)


def _unknown_names(rules: Rules) -> Iterator[Problem]:
    """Names of decisions, groups and weights that no provision in force gives."""
    decisions = [_decision(each).name for each in rules.decisions]
    for provided in rules.provided:
        rule = provided.rule
        wanted = [*getattr(rule, "on", ()), *([like] if (like := getattr(rule, "like", None)) else [])]
        yield from _missing(provided, wanted, decisions, phrase("decision"))
        groups, weights = _names_in(rule)
        yield from _missing(provided, groups, rules.roll.groups, phrase("group"))
        yield from _missing(provided, weights, rules.roll.weights, phrase("table of weights"))


def _missing(provided: Provided, wanted: Iterable[str], known: Iterable[str], what: Phrase) -> Iterator[Problem]:
    known = list(known)
    for name in wanted:
        if name not in known:
            near = suggest(name, known)
            fault = phrase("no {what} called {name} is in force then", what=what, name=name)
            if near is not None:
                fault = phrase(
                    "no {what} called {name} is in force then; did you mean {near}?", what=what, name=name, near=near
                )
            yield _problem(provided, "rules-unknown-name", fault)


def _names_in(rule: Rule) -> tuple[list[str], list[str]]:
    tests = list(thresholds(rule.requires)) if isinstance(rule, Decision) else []
    own = getattr(rule, "group", None) if rule.__struct_config__.tag != "members" else None
    groups = [each.group for each in tests if each.group is not None] + ([own] if own is not None else [])
    weights = [each.weight for each in tests if each.weight is not None]
    return groups, [*weights, *([rule.weight] if isinstance(rule, Quorum) and rule.weight is not None else [])]


def _unreachable(procedure: Procedure) -> Iterator[Problem]:
    """A decision that not even everybody's yes would carry, or a quorum that not even everybody would make."""
    decision = _decision(procedure.decision)
    setting = Setting(procedure.roll, procedure.voters, decision.abstentions == "voting")
    size = setting.members or procedure.roll.seats or MANY
    grouped = {party for group in procedure.roll.groups.values() for party in group}
    named = dict.fromkeys(procedure.voters | grouped, "yes")
    parts = {name: Part(yes=total) for name, total in procedure.roll.totals.items()}
    count = Count(size, 0, 0, size, 0, named, {}, whole=True, told=True, parts=parts)  # type: ignore[arg-type]  # each votes yes
    if all(map(_grows, thresholds(procedure.requires))) and any(
        measured(requirement, count, setting).passed is False for requirement in procedure.requires
    ):
        fault = phrase("{name} can never be adopted: everybody's yes would not be enough", name=decision.name)
        yield _problem(procedure.decision, "rule-never-met", fault)
    for quorum in procedure.quorums:
        if present(quorum, count, setting, Vote(id="", opening=size)).reached is False:
            fault = phrase("this quorum can never be there: {n:number} are all that there are", n=size)
            yield _problem(quorum, "rule-never-met", fault)


def _grows(test: Threshold) -> bool:
    """Whether a yes can only help a test to be met."""
    return (test.votes == "yes") == bar_of(test).lower


def _decision(provided: Provided) -> Decision:
    assert isinstance(provided.rule, Decision)  # noqa: S101  # callers choose by type
    return provided.rule
