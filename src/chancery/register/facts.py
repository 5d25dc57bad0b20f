"""Facts: what the accounts of one act add up to."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from msgspec import Struct

from chancery.register.accounts import Account
from chancery.values import Date

A_co = TypeVar("A_co", bound=Account, covariant=True)
Agreement = Literal["agreed", "contested", "denied"]


class Fact(Struct, Generic[A_co], frozen=True, gc=False):
    """One act as its accounts have it: the preferred account, the others, what they differ in, who denies it.

    ``day`` is the proleptic ordinal by which the act has certainly taken effect; ``order`` puts facts by day and then
    by place in the ledger. ``carried`` is false where every account is of a standing that the record shows but does
    not rely on; ``shown`` are the ids of such accounts where there are others. ``assumed`` is true where the reading
    took an undated source at its earliest possible day.
    """

    act: A_co
    others: tuple[A_co, ...] = ()
    differing: tuple[str, ...] = ()
    day: int = 0
    order: int = 0
    carried: bool = True
    assumed: bool = False
    denials: tuple[Account, ...] = ()
    shown: tuple[str, ...] = ()

    @property
    def agreement(self) -> Agreement:
        """Whether the accounts agree, differ, or the fact is denied."""
        if self.denials:
            return "denied"
        return "contested" if self.differing else "agreed"

    @property
    def accounts(self) -> tuple[A_co, ...]:
        """Every account, the preferred one first."""
        return (self.act, *self.others)

    @property
    def relied_on(self) -> tuple[A_co, ...]:
        """The accounts that settle what the act was, the preferred one first: without those that are only shown."""
        return tuple([account for account in self.accounts if account.id not in self.shown])

    @property
    def entries(self) -> tuple[str, ...]:
        """The ids of every account and of every denial."""
        told: tuple[Account, ...] = (self.act, *self.others, *self.denials)
        return tuple([account.id for account in told])

    def stated(self, field: str) -> object:
        """What the weightiest account that fills a field says in it, of those that agree with the preferred one."""
        values = (getattr(account, field, None) for account in (self.act, *filter(self.agrees, self.others)))
        return next((value for value in values if value not in (None, ())), None)

    def agrees(self, account: Account) -> bool:
        """Whether an account says the same as the preferred one, wherever accounts differ and it says something."""
        return not any(_differs(getattr(account, field, None), getattr(self.act, field)) for field in self.differing)


def _differs(told: object, other: object) -> bool:
    if isinstance(told, Date) and isinstance(other, Date):
        return not told.may_be(other)
    return told not in (None, (), other)
