"""Silence procedures: with no written objection by the deadline the text stands; a late one is kept, to no effect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from chancery.register import Account, Fact
from chancery.rules.standing import weighty
from chancery.values import SECONDS_A_DAY, Instant, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

SilenceState = Literal["running", "broken", "objection_undated", "kept", "adopted", "concluded_broken"]
"""``kept``: the deadline has passed and no objection by it is on record; nobody has announced the outcome."""


class Silence(Struct, frozen=True):
    """How a silence procedure stands: the objections in time, those too late, those of which the hour is not known."""

    state: SilenceState
    in_time: tuple[Fact[Account], ...] = ()
    late: tuple[Fact[Account], ...] = ()
    unclear: tuple[Fact[Account], ...] = ()
    concluded: Fact[Account] | None = None


def silence(
    deadline: Instant, objections: Sequence[Fact[Account]], concluded: Sequence[Fact[Account]], on: int
) -> Silence:
    """The state of a procedure on a day; what the chair announced comes before what the record would reckon."""
    sorted_: dict[Verdict, list[Fact[Account]]] = {verdict: [] for verdict in Verdict}
    for fact in weighty(objections):
        sorted_[in_time(fact.act, deadline)].append(fact)
    announced = next(iter(weighty(concluded)), None)
    return Silence(
        _state(deadline, sorted_, announced, on),
        tuple(sorted_[Verdict.YES]),
        tuple(sorted_[Verdict.NO]),
        tuple(sorted_[Verdict.UNDECIDED]),
        announced,
    )


def in_time(objection: Account, deadline: Instant) -> Verdict:
    """Whether an objection arrived by the deadline; undecided where only its day is known and that is the last one."""
    at: Instant | None = getattr(objection, "at", None)
    if at is not None:
        return Verdict.YES if at.seconds <= deadline.seconds else Verdict.NO
    last = deadline.seconds // SECONDS_A_DAY
    if objection.effective.latest < last:
        return Verdict.YES
    return Verdict.NO if objection.effective.earliest > last else Verdict.UNDECIDED


def _state(
    deadline: Instant, found: dict[Verdict, list[Fact[Account]]], announced: Fact[Account] | None, on: int
) -> SilenceState:
    if announced is not None:
        return "adopted" if getattr(announced.act, "outcome", None) == "adopted" else "concluded_broken"
    if found[Verdict.YES]:
        return "broken"
    if found[Verdict.UNDECIDED]:
        return "objection_undated"
    return "running" if on <= deadline.seconds // SECONDS_A_DAY else "kept"
