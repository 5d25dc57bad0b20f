"""Playing a rule: the simple game that a kind of decision is, where everybody is present and votes yes or no.

Whoever holds a veto, the casting vote or the approval plays too, if not as a member then beside the members: a yes
stands for not stopping it, breaking the tie for it, approving it.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from chancery.rules.bounds import grain
from chancery.rules.counting import UNKNOWN, Setting
from chancery.rules.games import Every, Game, Some, Test, Weighing, weighings
from chancery.rules.measuring import bar_of
from chancery.rules.quorums import present
from chancery.rules.ties import broken
from chancery.rules.votes import Count, Part, Vote
from chancery.rules.voting import AllOf, Approval, CastingVote, Decision, Silence, Threshold, Veto
from chancery.values import Fault, Ref, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chancery.rules.rulebook import Procedure
    from chancery.rules.voting import AnyRequirement

READINGS = ("members", "seats", "present", "cast")
"""What a share may be of, where the text does not settle it."""


def game_of(procedure: Procedure) -> Game:
    """The game of a kind of decision. Raises Fault for what is no such game, or where too little is known."""
    return _Play(procedure).game()


def seat(number: int) -> Ref:
    """A seat whose holder the roll does not name."""
    return Ref(f"seat:{number}")


def is_seat(player: Ref) -> bool:
    """Whether a player is a seat whose holder is not named."""
    return player.startswith("seat:")


class _Play:
    """A procedure with its voters, those who are named and the seats of the others, in the order of the roll."""

    def __init__(self, procedure: Procedure) -> None:
        roll = procedure.roll
        if roll.others is None:
            raise Fault(phrase("not every member is on record, so the power of none can be reckoned"))
        decision = procedure.decision.rule
        assert isinstance(decision, Decision)  # noqa: S101  # a procedure is that of a decision
        self.procedure, self.decision, self.roll = procedure, decision, roll
        self.seats = tuple(map(seat, range(1, roll.others + 1)))
        self.voters = (*(party for party in roll.statuses if party in procedure.voters), *self.seats)
        self.setting = Setting(roll, procedure.voters)
        self.players = tuple(dict.fromkeys((*self.voters, *self._holders())))

    def game(self) -> Game:
        self._check_quorum()
        tests = list(self._tests())
        return Game(self.players, tests[0] if len(tests) == 1 else Every(tuple(tests)))

    def _holders(self) -> Iterator[Ref]:
        """Those who have a part in it by name."""
        if self.decision.by is not None:
            yield self.decision.by
        for veto in self._vetoes():
            yield from self._each(veto)
        for provided in (self.procedure.casting, self.procedure.approval):
            if provided is not None:
                assert isinstance(provided.rule, (CastingVote, Approval))  # noqa: S101  # chosen by their types
                if provided is not self.procedure.casting or self._ties:
                    yield provided.rule.by

    def _tests(self) -> Iterator[Test]:
        yield self._decided()
        for veto in self._vetoes():
            together = veto.at_least is not None or veto.more_than is not None
            yield self._together(veto) if together else self._all(self._each(veto))
        approval = self.procedure.approval
        if approval is not None:
            assert isinstance(approval.rule, Approval)  # noqa: S101  # chosen by its type
            yield self._all((approval.rule.by,))

    def _decided(self) -> Test:
        """What the decision itself asks for, before anybody stops it."""
        if self.decision.by is not None:
            return self._all((self.decision.by,))
        if self.procedure.requires:
            return self._unless_tied(self._every(self.procedure.requires))
        silence = self.procedure.silence
        if silence is None:
            raise Fault(phrase("{name}: the charter is silent on what it requires", name=self.decision.name))
        assert isinstance(silence.rule, Silence)  # noqa: S101  # chosen by its type
        return self._test(Threshold(votes="no", fewer_than=silence.rule.broken_by, group=silence.rule.group))

    def _vetoes(self) -> Iterator[Veto]:
        for provided in self.procedure.vetoes:
            assert isinstance(provided.rule, Veto)  # noqa: S101  # chosen by its type
            yield provided.rule

    def _each(self, veto: Veto) -> tuple[Ref, ...]:
        """Those who each have a veto alone; none where they have it together."""
        if veto.at_least is not None or veto.more_than is not None:
            return ()
        group = self.roll.groups.get(veto.group or "", frozenset())
        return (*veto.by, *(party for party in self.roll.statuses if party in group))

    def _together(self, veto: Veto) -> Test:
        """That fewer are against than it takes to stop it."""
        return self._test(
            Threshold(votes="no", fewer_than=veto.at_least, at_most=veto.more_than, of=veto.of, group=veto.group)
        )

    def _all(self, parties: Sequence[Ref]) -> Weighing:
        return Weighing(tuple(int(player in parties) for player in self.players), len(set(parties)))

    def _every(self, requirements: Sequence[AnyRequirement]) -> Test:
        return Every(tuple(map(self._test, requirements)))

    def _test(self, requirement: AnyRequirement) -> Test:
        if isinstance(requirement, Threshold):
            return self._weighing(requirement)
        parts = tuple(map(self._test, requirement.of))
        return Every(parts) if isinstance(requirement, AllOf) else Some(parts)

    def _weighing(self, test: Threshold) -> Weighing:
        """A threshold as the votes in favour that it asks for: what is not in favour is against."""
        bar, weights = bar_of(test), self._weights(test)
        unit = grain(weights)
        whole = tuple(int(weight * unit) for weight in weights)
        need = self._settled(test, unit)
        if test.votes == "abstain":
            return self._constant(holds=need <= 0 if bar.lower else need >= 0)
        if (test.votes == "yes") is not bar.lower:
            raise self._fails_with_more()
        if bar.lower:
            return Weighing(whole, need)
        outside = int(self._members(test) * unit) if test.votes == "not_yes" else sum(whole)
        return Weighing(whole, outside - need)

    def _constant(self, *, holds: bool) -> Weighing:
        return Weighing((0,) * len(self.players), 0 if holds else 1)

    def _weights(self, test: Threshold) -> list[Fraction]:
        """What the vote of each player counts for in a test."""
        group = None if test.group is None else self.roll.groups.get(test.group, frozenset())
        if test.weight is not None and group is None and self.seats:
            raise Fault(phrase("{table}: what members weigh who are not named is not known", table=test.weight))
        voting = {player for player in self.voters if group is None or player in group}
        return [self._weight(test.weight, player) if player in voting else Fraction(0) for player in self.players]

    def _weight(self, table: str | None, player: Ref) -> Fraction:
        if table is None:
            return Fraction(1)
        found = self.roll.weights.get(table, {}).get(player)
        if found is None:
            raise Fault(phrase("{player:name} has no weight in the table {table}", player=player, table=table))
        return found

    def _settled(self, test: Threshold, unit: int) -> int:
        """What has to be reached, on every base that the text may mean."""
        bar = bar_of(test)
        bases = READINGS if test.of == "unsettled" else (test.of,)
        needs = {bar.need(int(self._base(test, of) * unit)) for of in bases}
        if len(needs) > 1:
            raise Fault(phrase("{name}: the text does not settle of what it asks for a share", name=self.decision.name))
        return needs.pop()

    def _base(self, test: Threshold, of: str | None) -> Fraction:
        if of is None:
            return Fraction(1)
        if of == "members" or (of == "seats" and test.group is not None):
            return self._members(test)
        if of != "seats":
            return sum(self._weights(test), Fraction(0))
        if test.weight is not None:
            return self.roll.totals.get(test.weight, Fraction(0))
        if self.roll.seats is None:
            raise Fault(UNKNOWN["seats"])
        return Fraction(self.roll.seats)

    def _members(self, test: Threshold) -> Fraction:
        """What the members weigh, of a group its own: a group has no more seats than members."""
        if test.group is None:
            return sum(self._weights(test), Fraction(0))
        table = None if test.weight is None else self.roll.weights.get(test.weight, {})
        group = self.roll.groups.get(test.group, frozenset())
        return sum((Fraction(1) if table is None else table.get(party, Fraction(0)) for party in group), Fraction(0))

    @property
    def _ties(self) -> bool:
        """Whether the votes can be equal when everybody votes."""
        return sum(self._votes) % 2 == 0

    @cached_property
    def _votes(self) -> tuple[int, ...]:
        """What the vote of each voter counts for, in the votes that may be equal."""
        table = self.procedure.by_weight
        if table is None or self.seats:
            return (1,) * len(self.voters)
        weights = [self._weight(table, voter) for voter in self.voters]
        unit = grain(weights)
        return tuple(int(weight * unit) for weight in weights)

    def _unless_tied(self, test: Test) -> Test:
        """A test, or half of the votes and whatever then breaks the tie."""
        if not self._ties:
            return test
        beside = (0,) * (len(self.players) - len(self.voters))
        half = Weighing((*self._votes, *beside), sum(self._votes) // 2)
        casting = self._casting()
        if casting is not None and self._carries(casting):
            if self._is_alike(test) and not self._next_carries(test):
                raise self._fails_with_more()
            return Some((test, Every((half, self._all((casting.by,))))))
        if self.decision.tie != "adopted":
            return test
        self._check_more_carry(test)
        return Some((test, half))

    def _casting(self) -> CastingVote | None:
        provided = self.procedure.casting
        if provided is None:
            return None
        assert isinstance(provided.rule, CastingVote)  # noqa: S101  # chosen by its type
        if provided.rule.by in self.voters and not provided.rule.also_votes:
            raise Fault(
                phrase(
                    "{by:name} is a member and votes on a tie only: power is not reckoned for such a rule",
                    by=provided.rule.by,
                )
            )
        return provided.rule

    def _check_more_carry(self, test: Test) -> None:
        """Refuse a rule by which a tie carries and some larger number of votes does not."""
        if not self._is_alike(test) or not self._next_carries(test):
            raise self._fails_with_more()

    def _is_alike(self, test: Test) -> bool:
        """Whether each voter weighs as much as any other in every part of a test."""
        heads = range(len(self.voters))
        return all(len({each.weights[place] for place in heads}) == 1 for each in weighings(test))

    def _next_carries(self, test: Test) -> bool:
        """Whether one vote more than half carries by itself."""
        heads = range(len(self.voters))
        return test.holds(heads[: len(heads) // 2 + 1])

    def _fails_with_more(self) -> Fault:
        return Fault(
            phrase(
                "{name}: a vote in favour can make it fail, and power is not reckoned for such a rule",
                name=self.decision.name,
            )
        )

    def _carries(self, casting: CastingVote) -> bool:
        """Whether one vote more than half carries, as the casting vote makes it."""
        half = len(self.voters) // 2
        table = self.procedure.by_weight
        parts = {} if table is None else {table: self._equal(table)}
        tied = Count(half, half, 0, len(self.voters), named={}, told=True, parts=parts)
        tests = broken(tied, self.procedure, self.setting, added=0 if casting.also_votes else 1)
        answers = {each.passed for each in tests}
        if False not in answers and None in answers:
            raise Fault(phrase("{name}: what a casting vote adds to its tests is not known", name=self.decision.name))
        return False not in answers

    def _equal(self, table: str) -> Part:
        """The weights of all, half of them on each side."""
        half = sum((self._weight(table, voter) for voter in self.voters), Fraction(0)) / 2
        return Part(half, half)

    def _check_quorum(self) -> None:
        everybody = len(self.voters)
        named = dict.fromkeys(self.procedure.voters, "yes")
        count = Count(everybody, 0, 0, everybody, named=named, told=True)  # type: ignore[arg-type]  # a choice
        everyone = Vote(id="", opening=everybody)
        for provided in self.procedure.quorums:
            if present(provided, count, self.setting, everyone).reached is not True:
                raise Fault(
                    phrase("{article}: its quorum is not reached even when all are there", article=provided.article)
                )
