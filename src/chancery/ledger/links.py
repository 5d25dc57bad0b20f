"""Links between entries: corrections, withdrawals, denials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts import KINDS
from chancery.acts.registrar import EntryWithdrawn
from chancery.acts.statements import StatementDenied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from chancery.acts import Act
    from chancery.ledger.entries import Entry
    from chancery.ledger.groups import Groups

Claim = tuple[str, object, object]
"""What an act claims, as far as another can deny it: its kind, its party, its body."""


class Links:
    """Which entries correct or withdraw which, and which groups of entries deny which.

    ``disputed`` are the numbers of the groups that deny or are denied; ``involved`` those and all others whose fact
    depends on entries that correct or withdraw.
    """

    def __init__(self, groups: Groups) -> None:
        """Follow every link once; a link to nothing is ignored here and is a fault of the record."""
        self._groups = groups
        linking = frozenset(kind for kind in KINDS.values() if kind.rebuts or kind.names_entries)
        linked = [entry for entry in groups.entries if entry.act.__class__ in linking or entry.act.replaces is not None]
        self.superseders: dict[int, list[Entry]] = {}
        for entry in linked:
            target = self._named(superseded(entry.act))
            if target is not None and target.seq != entry.seq:
                self.superseders.setdefault(target.seq, []).append(entry)
        self.denials: list[tuple[int, tuple[int, ...]]] = list(self._denials(linked))
        self.disputed: frozenset[int] = frozenset(
            each for number, targets in self.denials for each in (number, *targets)
        )
        self.involved: frozenset[int] = self.disputed.union(self._superseding())

    def _named(self, entry_id: str | None) -> Entry | None:
        return None if entry_id is None else self._groups.by_id.get(entry_id)

    def _superseding(self) -> Iterator[int]:
        """The numbers of the groups with an entry that corrects, withdraws or is corrected or withdrawn."""
        number = self._groups.number
        for target, entries in self.superseders.items():
            yield number(self._groups.entries[target])
            yield from map(number, entries)

    def _denials(self, linked: list[Entry]) -> Iterator[tuple[int, tuple[int, ...]]]:
        denying = [entry for entry in linked if _denies(entry.act)]
        claims = self._claims() if any(type(entry.act).rebuts for entry in denying) else {}
        for number in dict.fromkeys(map(self._groups.number, denying)):
            accounts = self._groups.accounts(number)
            targets = {target for entry in accounts for target in self._targets(entry.act, claims)}
            yield number, tuple(sorted(targets - {number}))

    def _targets(self, act: Act, claims: Mapping[Claim, list[int]]) -> list[int]:
        if type(act).rebuts:
            return [number for kind in type(act).rebuts for number in claims.get(_claim(kind, act), ())]
        denied = self._named(act.denies) if isinstance(act, StatementDenied) else None
        return [] if denied is None else [self._groups.number(denied)]

    def _claims(self) -> dict[Claim, list[int]]:
        """The numbers of the groups that make each claim which a kind of act can deny."""
        deniable = frozenset(KINDS[kind] for act in KINDS.values() for kind in act.rebuts)
        claims: dict[Claim, list[int]] = {}
        for entry in self._groups.entries:
            act = entry.act
            if act.__class__ in deniable and self._groups.number(entry) == entry.seq:
                claims.setdefault(_claim(act.kind, act), []).append(entry.seq)
        return claims

    def gone(self, is_read: Callable[[Entry], bool]) -> frozenset[int]:
        """The places of the entries that are corrected or withdrawn, as far as a reading reaches.

        An entry is gone if an entry that corrects or withdraws it is read and is not itself gone. Entries that correct
        each other in a circle, which the record's check refuses, stay.
        """
        known: dict[int, bool] = {}
        for seq in self.superseders:
            self._decide(seq, is_read, known)
        return frozenset(seq for seq, is_gone in known.items() if is_gone)

    def _decide(self, seq: int, is_read: Callable[[Entry], bool], known: dict[int, bool]) -> None:
        """Decide whether an entry is gone, its correctors first; a stack of our own, since chains may be long."""
        path = {seq: None}
        while path:
            here = next(reversed(path))
            correctors = [entry for entry in self.superseders.get(here, ()) if is_read(entry)]
            unknown = [entry.seq for entry in correctors if entry.seq not in known and entry.seq not in path]
            if unknown:
                path[unknown[0]] = None
                continue
            known[here] = any(known.get(entry.seq) is False for entry in correctors)
            del path[here]


def superseded(act: Act) -> str | None:
    """The id of the entry that an act corrects or withdraws."""
    return act.entry if isinstance(act, EntryWithdrawn) else act.replaces


def _denies(act: Act) -> bool:
    return bool(type(act).rebuts) or isinstance(act, StatementDenied)


def _claim(kind: str, act: Act) -> Claim:
    return kind, getattr(act, "party", None), getattr(act, "body", None)
