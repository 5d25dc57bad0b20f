"""Rulings on votes: the outcome, every test behind it, who stopped it, what was missing, what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from chancery.values import Phrase

if TYPE_CHECKING:
    from chancery.rules.counting import Number, Setting
    from chancery.rules.measuring import Tested
    from chancery.rules.rulebook import Provided
    from chancery.rules.votes import Count, Vote
    from chancery.values import Ref

Outcome = Literal["adopted", "rejected", "no_quorum", "vetoed", "awaiting_approval", "tie", "undecided"]
"""``tie``: as many for as against, and whoever may break it has not; ``undecided``: what is known settles nothing."""


class Present(Struct, frozen=True):
    """A quorum: how many were there, how many were needed, of what; ``reached`` is None where not known."""

    provided: Provided
    reached: bool | None
    have: Number | None
    need: Number | None
    base: Number | None = None


class Stopped(Struct, frozen=True):
    """A veto: under which provision, by whom; ``sure`` is false where the text does not settle whether it is one."""

    provided: Provided
    by: tuple[Ref, ...] = ()
    sure: bool = True
    why: Phrase | None = None
    tested: Tested | None = None


class VoteRuling(Struct, frozen=True):
    """What a vote comes to under the rules in force on its day, with every reason.

    ``rule`` is None where the charter is silent. ``unknown`` says what is not known or not verified; ``contradictions``
    what is told of the vote and cannot all be so: it is reported and never repaired. ``late`` are those whose ballots
    came after the deadline; ``setting`` is who could vote, None where no rule governs it.
    """

    vote: Vote
    outcome: Outcome
    count: Count
    rule: Provided | None = None
    tests: tuple[Tested, ...] = ()
    quorum: tuple[Present, ...] = ()
    vetoes: tuple[Stopped, ...] = ()
    reasons: tuple[Phrase, ...] = ()
    unknown: tuple[Phrase, ...] = ()
    contradictions: tuple[Phrase, ...] = ()
    under: tuple[Provided, ...] = ()
    late: tuple[Ref, ...] = ()
    setting: Setting | None = None

    @property
    def name(self) -> str:
        """The name of the rule that governs it; empty where the charter is silent."""
        return "" if self.rule is None else str(getattr(self.rule.rule, "name", ""))

    @property
    def blocked_by(self) -> tuple[Ref, ...]:
        """Who stopped it by a veto."""
        return tuple(dict.fromkeys(party for veto in self.vetoes if veto.sure for party in veto.by))
