"""Links between entries: corrections, withdrawals, denials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.acts import KINDS
from chancery.acts.registrar import EntryWithdrawn
from chancery.acts.statements import StatementDenied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from chancery.acts import Act
    from chancery.ledger.entries import Entry


class Links:
    """Which entries correct or withdraw which, and which groups of entries deny which.

    ``involved`` are the numbers of the groups whose fact depends on entries of other groups.
    """

    def __init__(self, entries: list[Entry], groups: list[list[Entry]]) -> None:
        """Follow every link once; a link to nothing is ignored here and is a fault of the record."""
        linking = frozenset(kind for kind in KINDS.values() if kind.rebuts or kind.names_entries)
        linked = [entry for entry in entries if entry.act.replaces is not None or entry.act.__class__ in linking]
        self._by_id = {entry.act.id: entry for entry in entries} if linked else {}
        self.superseders: dict[int, list[Entry]] = {}
        for entry in linked:
            target = self._by_id.get(superseded(entry.act) or "")
            if target is not None and target.seq != entry.seq:
                self.superseders.setdefault(target.seq, []).append(entry)
        self._number = {entry.seq: number for number, group in enumerate(groups) for entry in group} if linked else {}
        self.denials: list[tuple[int, tuple[int, ...]]] = list(self._denials(linked, groups)) if linked else []
        self.involved: frozenset[int] = frozenset(self._involved())

    def _involved(self) -> Iterator[int]:
        for target, entries in self.superseders.items():
            yield self._number[target]
            yield from (self._number[entry.seq] for entry in entries)
        for denial, targets in self.denials:
            yield denial
            yield from targets

    def _denials(self, linked: list[Entry], groups: list[list[Entry]]) -> Iterator[tuple[int, tuple[int, ...]]]:
        claims = _claims(groups) if any(type(entry.act).rebuts for entry in linked) else {}
        for number in dict.fromkeys(self._number[entry.seq] for entry in linked if _denies(entry.act)):
            targets = {target for entry in groups[number] for target in self._targets(entry.act, claims)}
            yield number, tuple(sorted(targets - {number}))

    def _targets(self, act: Act, claims: dict[tuple[str, object, object], list[int]]) -> list[int]:
        if type(act).rebuts:
            return [number for kind in type(act).rebuts for number in claims.get(_claim(kind, act), ())]
        if isinstance(act, StatementDenied) and (denied := self._by_id.get(act.denies)) is not None:
            return [self._number[denied.seq]]
        return []

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
        path = [seq]
        while path:
            here = path[-1]
            correctors = [entry for entry in self.superseders.get(here, ()) if is_read(entry)]
            unknown = [entry.seq for entry in correctors if entry.seq not in known and entry.seq not in path]
            if unknown:
                path.append(unknown[0])
                continue
            known[here] = any(known.get(entry.seq) is False for entry in correctors)
            path.pop()


def superseded(act: Act) -> str | None:
    """The id of the entry that an act corrects or withdraws."""
    return act.entry if isinstance(act, EntryWithdrawn) else act.replaces


def _denies(act: Act) -> bool:
    return bool(type(act).rebuts) or isinstance(act, StatementDenied)


def _claim(kind: str, act: Act) -> tuple[str, object, object]:
    return kind, getattr(act, "party", None), getattr(act, "body", None)


def _claims(groups: list[list[Entry]]) -> dict[tuple[str, object, object], list[int]]:
    """The numbers of the groups that make each claim which a kind of act can deny."""
    deniable = frozenset(kind for act in KINDS.values() for kind in act.rebuts)
    claims: dict[tuple[str, object, object], list[int]] = {}
    for number, group in enumerate(groups):
        act = group[0].act
        if act.kind in deniable:
            claims.setdefault(_claim(act.kind, act), []).append(number)
    return claims
