"""Links between entries: corrections, withdrawals, denials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts import KINDS
from chancery.acts.registrar import EntryWithdrawn
from chancery.ledger.corrections import Correction
from chancery.ledger.denials import Denials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.ledger.entries import Entry
    from chancery.ledger.groups import Groups


class Links:
    """Which entries correct or withdraw which, and which entries deny which acts.

    ``involved`` are the numbers of the groups that may be denied, and of all others whose fact depends on entries that
    correct or withdraw.
    """

    def __init__(self, groups: Groups) -> None:
        """Follow every link once; a link to nothing is ignored here and is a fault of the record."""
        self._groups = groups
        linking = frozenset(kind for kind in KINDS.values() if kind.rebuts or kind.names_entries)
        linked = [entry for entry in groups.entries if entry.act.__class__ in linking or entry.act.replaces is not None]
        self.corrections: tuple[Correction, ...] = tuple(self._corrections(linked))
        self.denials = Denials(groups, linked)
        self.involved: frozenset[int] = self.denials.disputed.union(self._corrected())

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
