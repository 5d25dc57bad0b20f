"""Links between entries: corrections, withdrawals, denials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from chancery.acts import KINDS
from chancery.acts.registrar import EntryWithdrawn
from chancery.acts.statements import StatementDenied
from chancery.ledger.corrections import Correction
from chancery.ledger.entries import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chancery.acts import Act
    from chancery.ledger.groups import Groups


class Denial(Struct, frozen=True):
    """An entry that denies, and the groups of accounts that it may deny."""

    entry: Entry
    targets: tuple[int, ...]

    def reaches(self, accounts: Iterable[Entry]) -> bool:
        """Whether it denies an act with these accounts.

        A denial that names an entry does. One that names none denies what it rebuts, as far as that was told of as
        having happened by the day of the denial: it cannot speak of what came after.
        """
        act = self.entry.act
        if not act.rebuts:
            return True
        denied = _identity(act, act)
        return any(
            entry.act.kind in act.rebuts and entry.certain <= self.entry.certain and _identity(act, entry.act) == denied
            for entry in accounts
        )


class Links:
    """Which entries correct or withdraw which, and which entries deny which groups of accounts.

    ``disputed`` are the numbers of the groups that may be denied; ``involved`` those and all others whose fact depends
    on entries that correct or withdraw.
    """

    def __init__(self, groups: Groups) -> None:
        """Follow every link once; a link to nothing is ignored here and is a fault of the record."""
        self._groups = groups
        linking = frozenset(kind for kind in KINDS.values() if kind.rebuts or kind.names_entries)
        linked = [entry for entry in groups.entries if entry.act.__class__ in linking or entry.act.replaces is not None]
        self.corrections: tuple[Correction, ...] = tuple(self._corrections(linked))
        self.denials: tuple[Denial, ...] = tuple(self._denials(linked))
        self.disputed: frozenset[int] = frozenset(target for denial in self.denials for target in denial.targets)
        self.involved: frozenset[int] = self.disputed.union(self._corrected())

    def _corrected(self) -> Iterator[int]:
        """The numbers of the groups with an entry that corrects, withdraws or is corrected or withdrawn."""
        for each in self.corrections:
            for seq in (each.entry.seq, each.corrects, each.withdraws):
                if seq is not None:
                    yield self._groups.number(self._groups.entries[seq])

    def _corrections(self, linked: list[Entry]) -> Iterator[Correction]:
        for entry in linked:
            act = entry.act
            corrects = self._other(entry, act.replaces)
            withdraws = self._other(entry, act.entry) if isinstance(act, EntryWithdrawn) else None
            if corrects is not None or withdraws is not None:
                yield Correction(entry, corrects, withdraws)

    def _other(self, entry: Entry, name: str | None) -> int | None:
        """The place of an entry that another names, unless it names itself or nothing there."""
        found = self._groups.named(entry, name)
        return found.seq if found is not None and found.seq != entry.seq else None

    def _denials(self, linked: list[Entry]) -> Iterator[Denial]:
        deniers = frozenset(entry.act.__class__ for entry in linked if entry.act.rebuts)
        claims = _claims(self._groups, deniers) if deniers else {}
        number = self._groups.number
        for entry in linked:
            act = entry.act
            targets: Iterable[int] = ()
            if act.rebuts:
                targets = claims.get((act.__class__, _identity(act, act)), ())
            elif isinstance(act, StatementDenied) and (denied := self._groups.named(entry, act.denies)) is not None:
                targets = (number(denied),)
            others = tuple(target for target in targets if target != number(entry))
            if others:
                yield Denial(entry, others)


def _claims(groups: Groups, deniers: frozenset[type[Act]]) -> dict[tuple[type[Act], object], dict[int, None]]:
    """The numbers of the groups that make each claim which a kind of act can deny, by that kind and its identity."""
    by_kind: dict[type[Act], list[type[Act]]] = {}
    for denier in deniers:
        for kind in denier.rebuts:
            by_kind.setdefault(KINDS[kind], []).append(denier)
    claims: dict[tuple[type[Act], object], dict[int, None]] = {}
    for entry in groups.entries:
        for denier in by_kind.get(entry.act.__class__, ()):
            claims.setdefault((denier, _identity(denier, entry.act)), {})[groups.number(entry)] = None
    return claims


def _identity(denier: Act | type[Act], act: Act) -> tuple[object, ...]:
    """What an act has in the fields that identify a denial of it."""
    return tuple(getattr(act, name, None) for name in denier.identity)
