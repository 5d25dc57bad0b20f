"""Standing: what a party is to a body on a day, ruled from its stack of facts under the charter, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast, get_args

from msgspec import Struct

from chancery.register import Account, Fact, Step
from chancery.values import Date, Phrase, phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chancery.rules.charter import InForce

Standing = Literal[
    "member",
    "signatory",
    "accepted",
    "accepted_in_principle",
    "ready",
    "invited",
    "observer",
    "declined",
    "rescinded",
    "suspended",
    "withdrawn",
    "removed",
    "not_invited",
    "denied",
]

STANDINGS: tuple[Standing, ...] = get_args(Standing)

SEATED: frozenset[Standing | None] = frozenset({"member", "signatory", "suspended"})
"""Standings from which a reply to an invitation leads nowhere: the party has gone further."""

GONE: frozenset[Standing | None] = frozenset({"withdrawn", "removed"})


class Move(Struct, frozen=True):
    """What a step leads to, and from which standings it does not."""

    to: Standing
    not_from: frozenset[Standing | None] = frozenset()


NOWHERE_FURTHER: frozenset[Standing | None] = frozenset(STANDINGS) - {"rescinded", "not_invited"}
"""What an invitation does not change: it opens a standing only where there is none, or none any more."""

NOT_AGAIN: frozenset[Standing | None] = NOWHERE_FURTHER | {"rescinded"}
"""What a word about an invitation does not change: it opens none that was taken back."""

REPLIES: frozenset[Standing | None] = SEATED | GONE

MOVES: dict[Step, Move] = {
    Step.INVITED: Move("invited", NOWHERE_FURTHER),
    Step.ACKNOWLEDGED: Move("invited", NOT_AGAIN),
    Step.CLARIFYING: Move("invited", NOT_AGAIN),
    Step.CLARIFIED: Move("invited", NOT_AGAIN),
    Step.WELCOMED: Move("invited", NOT_AGAIN),
    Step.UNANSWERED: Move("invited", NOT_AGAIN),
    Step.LAPSED: Move("invited", NOT_AGAIN),
    Step.CONSIDERED: Move("invited", NOT_AGAIN - {"declined"}),  # a refusal is undone only on a later day
    Step.READY: Move("ready", REPLIES | {"accepted", "accepted_in_principle", "rescinded"}),
    Step.ACCEPTED_IN_PRINCIPLE: Move("accepted_in_principle", REPLIES | {"accepted", "rescinded"}),
    Step.ACCEPTED: Move("accepted", REPLIES | {"rescinded"}),
    Step.DECLINED: Move("declined", REPLIES | {"not_invited", "rescinded"}),
    Step.RESCINDED: Move("rescinded", REPLIES),
    Step.NOT_INVITED: Move("not_invited", REPLIES | {"accepted", "accepted_in_principle", "denied"}),
    Step.SIGNED: Move("signatory", frozenset({"member"})),
    Step.BEGUN: Move("member"),
    Step.LISTING_DENIED: Move("denied", REPLIES | {"accepted", "accepted_in_principle"}),
    Step.SUSPENDED: Move("suspended"),
    Step.WITHDRAWN: Move("withdrawn"),
    Step.REMOVED: Move("removed"),
    Step.OBSERVER: Move("observer", REPLIES | {"accepted", "accepted_in_principle"}),
}
"""Where each step leads. A step that is not here leaves the standing as it was."""

RETURNS: dict[Step, Standing] = {Step.RESUMED: "suspended", Step.OBSERVER_DECLINED: "observer"}
"""Steps that undo a standing: the party is again what it was before that."""

REASONS: dict[Standing, Phrase] = {
    "member": phrase("a seat, or consent to be bound, is on record"),
    "signatory": phrase("signed; a signature is not membership unless the charter says so"),
    "accepted": phrase("accepted the invitation; an acceptance is not a signature"),
    "accepted_in_principle": phrase("accepted in principle only"),
    "ready": phrase("says that it is ready to take part"),
    "invited": phrase("invited; no answer is on record that settles it"),
    "observer": phrase("comes as an observer"),
    "declined": phrase("declined"),
    "rescinded": phrase("the invitation was taken back"),
    "suspended": phrase("its part in the work is suspended"),
    "withdrawn": phrase("withdrew"),
    "removed": phrase("was removed"),
    "not_invited": phrase("said not to have been invited"),
    "denied": phrase("listed by another, and denied"),
}


class Ruling(Struct, frozen=True):
    """A standing with its reason: the fact that decided it, and the provision, or that the charter is silent.

    ``standing`` is None where the record holds nothing that gives one: being listed or present gives none.
    """

    standing: Standing | None
    reason: Phrase
    fact: Fact[Account] | None = None
    provision: InForce | None = None

    @property
    def since(self) -> Date | None:
        """The date of the fact that decided it."""
        return self.fact.act.effective if self.fact is not None else None


def standing(stack: Sequence[Fact[Account]], on: int, admission: InForce | None = None) -> Ruling:
    """The standing of a party with a body on a day, from its stack of facts, oldest first, under the rule on admission.

    A membership whose stated end has passed gives none, unless it was renewed.
    """
    ladder = Ladder(admission.steps if admission is not None else frozenset())
    for fact in weighty(stack):
        ladder.expire(fact.day)
        ladder.take(fact)
    ladder.expire(on)
    return _ruling(ladder, admission, stack)


def weighty(stack: Iterable[Fact[Account]]) -> list[Fact[Account]]:
    """The facts that carry weight: not denied, and not resting on accounts that the record only shows."""
    return [fact for fact in stack if fact.carried and not fact.denials]


class Ladder:
    """Where a party stands after each fact of its stack, and the fact that put it there."""

    def __init__(self, member_by: frozenset[Step]) -> None:
        """Begin with no standing; ``member_by`` are the steps that make a member under the charter."""
        self.now: Standing | None = None
        self.decided: Fact[Account] | None = None
        self.ran_out = False
        self._member_by = member_by
        self._before: dict[Standing | None, Standing | None] = {}
        self._until: Date | None = None

    def expire(self, day: int) -> None:
        """End a membership whose stated end has passed by a day."""
        seat = self._before.get("suspended") if self.now == "suspended" else self.now
        if seat == "member" and self._until is not None and self._until.latest < day:
            self.now, self.ran_out = None, True

    def take(self, fact: Fact[Account]) -> None:
        """Take a fact into account."""
        step: Step | None = getattr(fact.act, "step", None)
        if step is Step.CONSIDERED and self.decided is not None and fact.day <= self.decided.day:
            return
        following = self._next(step)
        if following != self.now or step is Step.BEGUN:
            if step not in RETURNS:
                self._before[following] = self.now
                self._until = None if following == "member" else self._until
            self.now, self.decided = following, fact
        if step in (Step.BEGUN, Step.RENEWED):
            self._until = cast("Date | None", fact.stated("until"))

    def _next(self, step: Step | None) -> Standing | None:
        if step is None:
            return self.now
        if step in self._member_by and self.now not in GONE:
            return "member"
        if step in RETURNS:
            return self._before.get(self.now) if self.now == RETURNS[step] else self.now
        if step is Step.RENEWED:
            return "member" if self.ran_out else self.now
        move = MOVES.get(step)
        return self.now if move is None or self.now in move.not_from else move.to


def _ruling(ladder: Ladder, admission: InForce | None, stack: Sequence[Fact[Account]]) -> Ruling:
    now = ladder.now
    if now is not None:
        return Ruling(now, REASONS[now], ladder.decided, admission if now in ("member", "signatory") else None)
    if ladder.ran_out:
        return Ruling(None, phrase("its membership ran out on the day that was stated for it"))
    denied = next((fact for fact in stack if fact.carried and fact.denials), None)
    if denied is not None:
        return Ruling("denied", phrase("what is said of it is denied, and nothing else gives a standing"), denied)
    return Ruling(None, phrase("the record holds nothing that gives a standing; being listed or present gives none"))
