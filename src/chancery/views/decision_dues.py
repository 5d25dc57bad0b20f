"""What is due on decisions: approvals, and how long silence and votes by letter stay open, where rules set a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from chancery.acts.charter import ProvisionSet
from chancery.rules.business import business_of
from chancery.rules.chambers import Chamber
from chancery.rules.charter import InForce
from chancery.rules.duties import end_status, status_of
from chancery.rules.hours import SECONDS_AN_HOUR
from chancery.rules.voting import Approval, Silence, WrittenProcedure
from chancery.values import SECONDS_A_DAY, Date, Phrase, phrase
from chancery.views.dues import Item
from chancery.views.standing import provision_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Account, Fact, Register
    from chancery.rules.chambers import Ruled
    from chancery.rules.duties import DueStatus
    from chancery.rules.rulebook import Provided
    from chancery.values import Ref


def by_decision(register: Register) -> Iterator[Item]:
    """The approvals that decisions wait for or had, and the times that procedures must stay open."""
    chambers: dict[Ref, Chamber] = {}
    for business in business_of(register):
        if business.body not in chambers:
            chambers[business.body] = Chamber(register, business.body)
        for ruled in chambers[business.body].rulings(business):
            for provided in ruled.ruling.under:
                yield from _due(ruled, provided, register)


def _due(ruled: Ruled, provided: Provided, register: Register) -> Iterator[Item]:
    if isinstance(provided.rule, Approval):
        yield _approval(ruled, provided, provided.rule, register)
    elif isinstance(provided.rule, (Silence, WrittenProcedure)):
        opened, hours = ruled.ruling.vote.opened, provided.rule.minimum_hours
        if opened is not None and hours is not None:
            day = (opened + hours * SECONDS_AN_HOUR) // SECONDS_A_DAY
            matter = phrase("Open for {number:number} hours at the least", number=hours)
            yield _item(ruled, provided, register, matter, day, ())


def _approval(ruled: Ruled, provided: Provided, rule: Approval, register: Register) -> Item:
    """An approval: by whom, until when, what is on record of it; where silence means something it ends by itself."""
    day, within = ruled.ruling.vote.day, rule.within_days
    due = day + within if day is not None and within is not None else None
    done = tuple(ruled.business.of("decision.approved", "approval.refused"))
    item = _item(ruled, provided, register, phrase("Approval"), due, done)
    return replace(item, owed_by=(rule.by,), status=_status(due, rule, done, register.reading.on))


def _status(due: int | None, rule: Approval, done: tuple[Fact[Account], ...], on: int) -> DueStatus:
    if due is None:
        return "done" if done else "undated"
    return end_status(due, on) if rule.silence is not None and not done else status_of(due, next(iter(done), None), on)


def _item(
    ruled: Ruled,
    provided: Provided,
    register: Register,
    matter: Phrase,
    due: int | None,
    done: tuple[Fact[Account], ...],
) -> Item:
    fact = next(each for each in register.of(ProvisionSet) if each.act.id == provided.entry)
    return Item(
        sort="deadline",
        matter=matter,
        status="undated" if due is None else end_status(due, register.reading.on),
        facts=(fact, *ruled.told.facts),
        due=None if due is None else Date.ordinal(due),
        what=ruled.business.decision or ruled.business.name,
        body=ruled.business.body,
        done=done,
        provision=provision_cell(InForce(provided.rule, fact)),
    )
