"""Denials: which entries deny which acts, as far as a reading reaches."""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

from chancery.acts import KINDS
from chancery.acts.statements import StatementDenied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from chancery.acts import Act
    from chancery.ledger.entries import Entry
    from chancery.ledger.groups import Groups

    Claim = tuple[type[Act], tuple[object, ...]]
    """What a kind of act denies: the kind, and what it has in the fields of its identity."""


class Denials:
    """The entries that deny others, by what they deny.

    A denial that names an entry denies the act that this entry tells of. One that names none denies what its kind
    rebuts, as far as that was told of as having happened by the day of the denial: it cannot speak of what came after.
    ``disputed`` are the numbers of the groups that may be denied.
    """

    def __init__(self, groups: Groups, linked: Iterable[Entry]) -> None:
        """File the denials among some entries by what they deny."""
        self._number = groups.number
        self._by_name: dict[int, list[Entry]] = {}
        self._by_claim: dict[Claim, list[Entry]] = {}
        for entry in linked:
            act = entry.act
            if act.rebuts:
                claim = (act.__class__, _identity(act.__class__)(act))
                self._by_claim.setdefault(claim, []).append(entry)
            elif isinstance(act, StatementDenied) and (denied := groups.named(entry, act.denies)) is not None:
                self._by_name.setdefault(groups.number(denied), []).append(entry)
        self._claims = self._claimed(groups) if self._by_claim else {}
        self._deniers = {groups.number(entry) for entries in self._by_claim.values() for entry in entries}
        self._deniers.update(groups.number(entry) for entries in self._by_name.values() for entry in entries)
        self.disputed: frozenset[int] = frozenset((*self._by_name, *self._claims))

    def _claimed(self, groups: Groups) -> dict[int, list[tuple[Claim, Entry]]]:
        """For each group, the claims in it that some entry denies, each with the entry that makes it."""
        by_kind: dict[type[Act], list[type[Act]]] = {}
        for denier in {denier for denier, _ in self._by_claim}:
            for kind in denier.rebuts:
                by_kind.setdefault(KINDS[kind], []).append(denier)
        claims: dict[int, list[tuple[Claim, Entry]]] = {}
        for entry in groups.entries:
            for denier in by_kind.get(entry.act.__class__, ()):
                claim = (denier, _identity(denier)(entry.act))
                if claim in self._by_claim:
                    claims.setdefault(groups.number(entry), []).append((claim, entry))
        return claims

    def against(
        self, accounts: Mapping[int, list[Entry]], counts: Callable[[Entry], bool]
    ) -> dict[int, tuple[Act, ...]]:
        """For each denied group among those whose accounts are given, the denials of its act that count."""
        sifted = Sifted(self._by_claim, counts)
        found = {}
        for number in self.disputed & accounts.keys():
            denials = self._of(number, accounts[number], sifted, counts)
            if denials:
                found[number] = denials
        return found

    def _of(
        self, number: int, accounts: list[Entry], sifted: Sifted, counts: Callable[[Entry], bool]
    ) -> tuple[Act, ...]:
        live = {entry.seq for entry in accounts}
        told: dict[Claim, int] = {}
        for claim, entry in self._claims.get(number, ()):
            if entry.seq in live:
                told[claim] = min(told.get(claim, entry.certain), entry.certain)
        parts = [sifted.since(claim, day) for claim, day in told.items()]
        if len(parts) == 1 and number not in self._by_name and number not in self._deniers:
            return parts[0][1]
        several = [entry for entries, _ in parts for entry in entries]
        several += [entry for entry in self._by_name.get(number, ()) if counts(entry)]
        return _acts(entry for entry in several if self._number(entry) != number)


class Sifted:
    """The denials of each claim that count in one reading; those since a day are put together once for all acts."""

    def __init__(self, denials: Mapping[Claim, list[Entry]], counts: Callable[[Entry], bool]) -> None:
        """Sift nothing yet."""
        self._denials = denials
        self._counts = counts
        self._since: dict[tuple[Claim, int], tuple[list[Entry], tuple[Act, ...]]] = {}

    def since(self, claim: Claim, day: int) -> tuple[list[Entry], tuple[Act, ...]]:
        """The denials of a claim by entries that speak of a day or a later one."""
        found = self._since.get((claim, day))
        if found is None:
            entries = [entry for entry in self._denials[claim] if entry.certain >= day and self._counts(entry)]
            found = self._since[claim, day] = entries, _acts(entries)
        return found


def _acts(entries: Iterable[Entry]) -> tuple[Act, ...]:
    """The acts of some entries, each once, in the ledger's order."""
    return tuple({entry.seq: entry.act for entry in sorted(entries, key=attrgetter("seq"))}.values())


@cache
def _identity(denier: type[Act]) -> Callable[[Act], tuple[object, ...]]:
    """What gives, of a denial or of an act that it can deny, the fields that identify what is denied."""
    return attrgetter(*denier.identity)
