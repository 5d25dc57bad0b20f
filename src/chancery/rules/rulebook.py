"""The rulebook of a body: every provision that settles decisions, and which of them govern a matter on a day."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from chancery.rules.base import Rule
from chancery.rules.counting import Setting
from chancery.rules.provisions import Seats
from chancery.rules.rolls import Roll, roll_of
from chancery.rules.voting import (
    Approval,
    CastingVote,
    Decision,
    Franchise,
    Members,
    Quorum,
    Silence,
    Veto,
    Weights,
    WrittenProcedure,
    thresholds,
)
from chancery.values import FUTURE, PAST, Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from chancery.rules.voting import AnyRequirement

R = TypeVar("R", bound=Rule)


class Provided(Struct, frozen=True, gc=False):
    """A typed rule with the provision that sets it: instrument, version, article, evidence mark, entry, days in force.

    ``others`` is what other accounts of the provision have for its rule; ``first`` and ``last`` are proleptic ordinals.
    """

    rule: Rule
    body: Ref
    article: str
    entry: str
    instrument: Ref
    version: str | None = None
    evidence: str = "text"
    contested: bool = False
    others: tuple[Rule, ...] = ()
    first: int = PAST
    last: int = FUTURE

    def holds(self, day: int) -> bool:
        """Whether it is in force on a day."""
        return self.first <= day <= self.last


class Procedure(Struct, frozen=True, dict=True):
    """All that governs one kind of decision on a day."""

    decision: Provided
    roll: Roll
    requires: tuple[AnyRequirement, ...]
    quorums: tuple[Provided, ...] = ()
    vetoes: tuple[Provided, ...] = ()
    casting: Provided | None = None
    approval: Provided | None = None
    franchise: Provided | None = None
    silence: Provided | None = None
    written: Provided | None = None
    voters: frozenset[Ref] = frozenset()

    @cached_property
    def setting(self) -> Setting:
        """Under what its tests are taken, where nobody is concerned."""
        decision = _decision(self.decision)
        said = None if decision.abstentions is None else decision.abstentions == "voting"
        return Setting(self.roll, self.voters, said, idle=decision.present_without_voting)

    @cached_property
    def apart(self) -> bool:
        """Whether it counts members beside what their votes weigh."""
        weighed = {each.weight is not None for each in thresholds(self.requires)}
        return len(weighed) > 1

    @cached_property
    def by_weight(self) -> str | None:
        """The one table of weights by which every test counts; None where any counts otherwise."""
        found = {(each.weight, each.group) for each in thresholds(self.requires)}
        return found.pop()[0] if len(found) == 1 and all(group is None for _, group in found) else None


class Chosen(Struct, frozen=True):
    """Which rule governs a matter: one, or none where the charter is silent, or several of equal reach."""

    procedures: tuple[Procedure, ...]
    exact: bool = True


class Rules:
    """The rules of a body in force on a day."""

    def __init__(self, provided: Sequence[Provided], recorded: Callable[[], Roll] | None = None) -> None:
        """Take the provisions in force; ``recorded`` gives the roll of the record."""
        self.provided = tuple(provided)
        self.decisions = tuple(self._of(Decision))
        self._recorded = recorded
        self._procedures: dict[Provided, Procedure] = {}
        self._governing: dict[str | None, Chosen] = {}

    @cached_property
    def offices(self) -> frozenset[Ref]:
        """Whoever has a part in decisions by name: holders of vetoes, of the casting vote, of approval."""
        found: set[Ref] = set()
        for each in self.provided:
            by = getattr(each.rule, "by", None)
            found.update(by if isinstance(by, tuple) else () if by is None else (by,))
        return frozenset(found)

    def _of(self, rule: type[R]) -> list[Provided]:
        return [each for each in self.provided if isinstance(each.rule, rule)]

    @cached_property
    def roll(self) -> Roll:
        """The roll of the record, or else the one that the provisions list: made where a vote asks for it."""
        return self._listed() if self._recorded is None else self._recorded()

    def _listed(self) -> Roll:
        seats = [each.rule.number for each in self._of(Seats) if isinstance(each.rule, Seats)]
        members = [each.rule for each in self._of(Members) if isinstance(each.rule, Members)]
        weights = [each.rule for each in self._of(Weights) if isinstance(each.rule, Weights)]
        return roll_of(members, weights, seats[-1] if seats else None)

    def named(self, name: str) -> tuple[Procedure, ...]:
        """The decisions of a name: one, unless the rules overlap."""
        return tuple(self.procedure(each) for each in self.decisions if _decision(each).name == name)

    def governing(self, matter: str | None) -> Chosen:
        """The rule for a matter: one that names it, else one that names what it is a case of, else a general one."""
        found = self._governing.get(matter)
        if found is None:
            found = self._governing[matter] = self._found(matter)
        return found

    def _found(self, matter: str | None) -> Chosen:
        if not matter:
            return self._chosen(lambda decision: decision.ordinary)
        for wanted in _reaches(matter):
            found = [each for each in self.decisions if wanted in _matters(each)]
            if found:
                return Chosen(tuple(map(self.procedure, found)))
        general = self._chosen(lambda decision: decision.general)
        return Chosen(general.procedures, exact=False)

    def _chosen(self, takes: Callable[[Decision], bool]) -> Chosen:
        return Chosen(tuple(self.procedure(each) for each in self.decisions if takes(_decision(each))))

    def procedure(self, provided: Provided) -> Procedure:
        """All that governs one kind of decision."""
        found = self._procedures.get(provided)
        if found is None:
            found = self._procedures[provided] = self._made(provided)
        return found

    def readings(self, procedure: Procedure) -> list[Procedure]:
        """What would govern a decision by each other account of the provision on it."""
        decision = procedure.decision
        others = [other for other in decision.others if isinstance(other, Decision)]
        return [self._made(replace(decision, rule=other, others=())) for other in others]

    def _made(self, provided: Provided) -> Procedure:
        decision = _decision(provided)
        franchise = self._last(Franchise, decision.name)
        rule = franchise.rule if franchise is not None else Franchise()
        assert isinstance(rule, Franchise)  # noqa: S101  # chosen by its type
        return Procedure(
            decision=provided,
            roll=replace(self.roll, others=None, seats=None) if decision.popular else self.roll,
            requires=self._requires(decision),
            quorums=tuple(self._on(Quorum, decision.name)),
            vetoes=tuple(self._on(Veto, decision.name)),
            casting=self._last(CastingVote, decision.name),
            approval=self._last(Approval, decision.name),
            franchise=franchise,
            silence=self._last(Silence, decision.name),
            written=self._last(WrittenProcedure, decision.name),
            voters=self.roll.voters(rule.statuses, rule.group),
        )

    def _requires(self, decision: Decision) -> tuple[AnyRequirement, ...]:
        """The tests of a decision: its own, and those of the one that it is like."""
        seen: set[str] = set()
        found = decision.requires
        while decision.like is not None and decision.name not in seen:
            seen.add(decision.name)
            like = next((each for each in self.decisions if _decision(each).name == decision.like), None)
            if like is None:
                break  # told by soundness, and nothing is decided then
            decision = _decision(like)
            found = (*found, *decision.requires)
        return found

    def _on(self, rule: type[R], name: str) -> list[Provided]:
        """The provisions of a type that concern a decision: those that name it, or else those that concern all."""
        found = self._of(rule)
        named = [each for each in found if name in each.rule.on]  # type: ignore[attr-defined]  # each of these has it
        return named or [each for each in found if not each.rule.on]  # type: ignore[attr-defined]

    def _last(self, rule: type[R], name: str) -> Provided | None:
        found = self._on(rule, name)
        return found[-1] if found else None


def _matters(provided: Provided) -> tuple[str, ...]:
    decision = _decision(provided)
    return (decision.name, *decision.matters)


def _decision(provided: Provided) -> Decision:
    assert isinstance(provided.rule, Decision)  # noqa: S101  # callers choose by type
    return provided.rule


def _reaches(matter: str) -> Iterable[str]:
    """A matter, then what it is a case of: budget.annual, budget."""
    while matter:
        yield matter
        matter = matter.rpartition(".")[0]


class Rulebook:
    """Every provision of a body that settles decisions, on any day."""

    def __init__(self, body: Ref, provided: Iterable[Provided], rolls: Callable[[int], Roll] | None = None) -> None:
        """Take the provisions, those of other bodies left out; ``rolls`` gives the roll of a day from a record."""
        self.body = body
        self.provided = tuple(sorted((each for each in provided if each.body == body), key=lambda each: each.first))
        self._rolls = rolls
        self._cache: dict[object, Rules] = {}

    @cached_property
    def _edges(self) -> list[int]:
        """The days on which something comes into force or has ceased to be."""
        return sorted({each.first for each in self.provided} | {each.last + 1 for each in self.provided})

    def parties(self) -> frozenset[Ref]:
        """Every party that the provisions list as a member or weigh, on any day."""
        found: set[Ref] = set()
        for each in self.provided:
            if isinstance(each.rule, Members):
                found.update(each.rule.parties)
            elif isinstance(each.rule, Weights):
                found.update(each.rule.values)  # type: ignore[arg-type]  # keys are refs
        return frozenset(found)

    def days(self) -> list[int]:
        """A day of each span in which nothing changes."""
        return [PAST, *self._edges] if self.provided else []

    def kind(self, day: int | None, matter: str | None) -> tuple[Rules, str | None]:
        """By what a vote is governed: votes of which this is the same are governed alike."""
        return self.on(FUTURE if day is None else day), matter

    def on(self, day: int) -> Rules:
        """The rules in force on a day. Cached: one for each span in which nothing changes."""
        key: object = day if self._rolls is not None else bisect_right(self._edges, day)
        found = self._cache.get(key)
        if found is None:
            recorded = partial(self._rolls, day) if self._rolls is not None else None
            found = self._cache[key] = Rules([each for each in self.provided if each.holds(day)], recorded)
        return found
