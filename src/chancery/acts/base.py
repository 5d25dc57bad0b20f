"""What every kind of act is: one typed class that declares its fields and says what its fact does to the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import StructMeta

from chancery.register.accounts import Account
from chancery.values import Date, Place, Problem, Weight, phrase, span_fault, weekday_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.register import Fact, Register
    from chancery.register.steps import Step
    from chancery.values import Phrase

KINDS: dict[str, type[Act]] = {}
"""Every kind by its permanent name, in the order of definition."""


class KindMeta(StructMeta):
    """Lists each class of act that has a tag of its own, under that tag."""

    def __new__(
        cls,
        name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        **config: Any,  # noqa: ANN401 -- as StructMeta takes them
    ) -> KindMeta:
        """Make the class; where it is tagged, list it."""
        made = super().__new__(cls, name, bases, namespace, **config)
        tag = config.get("tag")
        if tag is not None:
            made.kind = tag  # type: ignore[attr-defined]  # declared by Account
            KINDS[tag] = made  # type: ignore[assignment]  # a class of act
        return made


class Act(Account, metaclass=KindMeta, frozen=True, kw_only=True, gc=False):
    """An account of an act of some kind. A kind is a subclass with a ``tag``; it is listed by being defined.

    ``identity`` names the fields that identify the act: accounts whose kinds and identities are equal tell of one act;
    an empty identity means that each account stands alone unless ``same_as`` joins it to another. ``rebuts`` names the
    kinds of act which this act denies, where they have in the fields of its identity what it has; ``names_entries`` its
    own fields that name entries; ``gathers`` fields in which accounts add to each other instead of differing.
    """

    identity: ClassVar[tuple[str, ...]] = ()
    rebuts: ClassVar[tuple[str, ...]] = ()
    names_entries: ClassVar[tuple[str, ...]] = ()
    gathers: ClassVar[tuple[str, ...]] = ()

    def faults(self) -> Iterator[Problem]:
        """What is wrong with the act whatever else the record says."""
        if self.weekday is not None and (fault := weekday_fault(self.effective, self.weekday)):
            yield self.problem("weekday", Weight.BREACH, fault, "weekday")
        until = getattr(self, "until", None)
        if isinstance(until, Date) and (fault := span_fault(self.effective, until)):
            yield self.problem("span", Weight.BAR, fault, "until")

    def check(self, register: Register) -> Iterator[Problem]:  # noqa: ARG002 -- for kinds that look
        """What should not have been, given what the register holds on the day: breaches, which are recorded."""
        yield from ()

    def problem(self, code: str, weight: Weight, fault: Phrase, field: str | None = None) -> Problem:
        """A problem with this act, in one of its fields."""
        return Problem(code=code, weight=weight, phrase=fault, entry=self.id, place=Place(field=field))

    def apply(self, register: Register, fact: Fact[Account]) -> None:
        """File the fact in the register. Total: it never raises, whatever was recorded."""
        register.file(fact)

    @property
    def step(self) -> Step | None:
        """The step that this act is on a party's ladder, where it is one."""
        return None


class Stacked(Act, frozen=True, kw_only=True, gc=False):
    """An act between a party and a body: it lies on that party's stack of facts with that body."""

    def apply(self, register: Register, fact: Fact[Account]) -> None:
        """File the fact, and lay it on the stack of the party with the body."""
        register.file(fact)
        register.lay(self.party, self.body, fact)  # type: ignore[attr-defined]  # declared by each kind


def header_fields() -> frozenset[str]:
    """The fields that every kind shares."""
    return frozenset(Account.__struct_fields__)


def own_fields(kind: type[Act]) -> tuple[str, ...]:
    """The fields that a kind declares itself, in order."""
    shared = header_fields()
    return tuple(name for name in kind.__struct_fields__ if name not in shared)


def statement_of(kind: type[Act]) -> Phrase:
    """What a kind is, in one line."""
    return phrase((kind.__doc__ or "").strip().splitlines()[0])
