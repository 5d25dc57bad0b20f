"""Standing: what a party is to a body on a day, ruled from its stack of facts under the charter, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

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


NOWHERE_FURTHER = frozenset(STANDINGS) - {"rescinded", "not_invited"}
"""What an invitation does not change: it opens a standing only where there is none, or none any more."""

REPLIES: frozenset[Standing | None] = SEATED | GONE

MOVES: dict[Step, Move] = {
    Step.INVITED: Move("invited", NOWHERE_FURTHER),
    Step.ACKNOWLEDGED: Move("invited", NOWHERE_FURTHER),
    Step.CLARIFYING: Move("invited", NOWHERE_FURTHER),
    Step.CLARIFIED: Move("invited", NOWHERE_FURTHER),
    Step.WELCOMED: Move("invited", NOWHERE_FURTHER),
    Step.UNANSWERED: Move("invited", NOWHERE_FURTHER),
    Step.LAPSED: Move("invited", NOWHERE_FURTHER),
    Step.CONSIDERED: Move("invited", NOWHERE_FURTHER - {"declined"}),  # a refusal is undone only on a later day
    Step.READY: Move("ready", REPLIES | {"accepted", "rescinded"}),
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

    A membership whose stated end has passed gives none.
    """
    member_by = admission.steps if admission is not None else frozenset()
    now: Standing | None = None
    before: Standing | None = None
    decided: Fact[Account] | None = None
    facts = weighty(stack)
    for fact in facts:
        if _over(fact, facts, on):
            now = now if now != "member" else None
            continue
        step: Step | None = fact.act.step  # type: ignore[attr-defined]  # every account on a stack is an act
        if step is Step.CONSIDERED and decided is not None and fact.day <= decided.day:
            continue
        following = _next(now, before, step, member_by)
        if following != now or step is Step.BEGUN:
            before, now, decided = now, following, fact
    if now is None and any(_over(fact, facts, on) for fact in facts):
        return Ruling(None, phrase("its membership ran out on the day that was stated for it"))
    return _ruling(now, decided, admission, stack)


def _over(fact: Fact[Account], facts: Sequence[Fact[Account]], on: int) -> bool:
    """Whether a fact states an end that has passed by a day, and no renewal lasts longer."""
    until: Date | None = getattr(fact.act, "until", None)
    if until is None or until.latest >= on:
        return False
    return not any(_renews(each, fact) and not _over(each, (), on) for each in facts)


def _renews(fact: Fact[Account], begun: Fact[Account]) -> bool:
    return getattr(fact.act, "step", None) is Step.RENEWED and fact.order > begun.order


def weighty(stack: Iterable[Fact[Account]]) -> list[Fact[Account]]:
    """The facts that carry weight: not denied, and not resting on accounts that the record only shows."""
    return [fact for fact in stack if fact.carried and not fact.denials]


def _next(
    now: Standing | None, before: Standing | None, step: Step | None, member_by: frozenset[Step]
) -> Standing | None:
    if step is None:
        return now
    if step in member_by and now not in GONE:
        return "member"
    if step is Step.RESUMED and now == "suspended":
        return before
    if step is Step.OBSERVER_DECLINED and now == "observer":
        return before
    move = MOVES.get(step)
    if move is None or now in move.not_from:
        return now
    return move.to


def _ruling(
    now: Standing | None, decided: Fact[Account] | None, admission: InForce | None, stack: Sequence[Fact[Account]]
) -> Ruling:
    if now is not None:
        governs = admission if now in ("member", "signatory") else None
        return Ruling(now, REASONS[now], decided, governs)
    if any(fact.denials for fact in stack):
        return Ruling("denied", REASONS["denied"], next(fact for fact in stack if fact.denials))
    return Ruling(None, phrase("the record holds nothing that gives a standing; being listed or present gives none"))
