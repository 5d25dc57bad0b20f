"""The register: every fact in force on a day, filed by kind and by party and body."""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from chancery.register.accounts import Account
    from chancery.register.facts import Fact
    from chancery.register.head import Head
    from chancery.register.reading import Reading
    from chancery.register.sources import Source
    from chancery.values import Ref

A = TypeVar("A", bound="Account")
Stack = list["Fact[Account]"]


class Register:
    """Plain books, written by the fold and then only read. Same-day order is the ledger's order."""

    __slots__ = ("_filed", "_stacks", "_whole", "head", "reading", "sources", "undecided")

    def __init__(
        self,
        reading: Reading,
        head: Head,
        sources: Mapping[str, Source],
        whole: Callable[[], Register] | None = None,
    ) -> None:
        """Open empty books for a reading; ``whole`` gives those of all that was known then, whatever its day."""
        self._whole = whole
        self.reading = reading
        self.head = head
        self.sources = sources
        self.undecided: list[Fact[Account]] = []
        self._filed: defaultdict[type[Account], list[Fact[Account]]] = defaultdict(list)
        self._stacks: defaultdict[tuple[Ref, Ref], Stack] = defaultdict(list)

    def file(self, fact: Fact[Account]) -> None:
        """File a fact under its kind."""
        self._filed[type(fact.act)].append(fact)

    def lay(self, party: Ref, body: Ref, fact: Fact[Account]) -> None:
        """Lay a fact on the stack between a party and a body."""
        self._stacks[party, body].append(fact)

    def stack(self, party: Ref, body: Ref) -> Sequence[Fact[Account]]:
        """The stack of facts between a party and a body, oldest first; empty where there is none."""
        return self._stacks.get((party, body), ())

    def of(self, kind: type[A]) -> Sequence[Fact[A]]:
        """Every fact of a kind, oldest first."""
        return self._filed.get(kind, ())  # type: ignore[return-value]  # filed under its own type

    def ahead(self, kind: type[A]) -> list[Fact[A]]:
        """Facts of a kind that were known at the reading's moment and take effect after its day."""
        known = () if self._whole is None else self._whole().of(kind)
        return [fact for fact in known if fact.day > self.reading.on]

    def of_any(self, kinds: Iterable[type[Account]]) -> list[Fact[Account]]:
        """Every fact of several kinds, oldest first, those of one day in the ledger's order."""
        return sorted((fact for kind in kinds for fact in self._filed.get(kind, ())), key=attrgetter("order"))

    def called(self, *names: str) -> list[Fact[Account]]:
        """Every fact of the kinds of some names, oldest first: for rules, which know no class of act."""
        return self.of_any(kind for kind in self._filed if kind.kind in names)

    def facts(self) -> list[Fact[Account]]:
        """Every fact in force, oldest first."""
        return self.of_any(self._filed)

    def stacks(self) -> Iterator[tuple[Ref, Ref, Stack]]:
        """Every party, body and stack of facts between them."""
        for (party, body), stack in self._stacks.items():
            yield party, body, stack
