"""Who is in a count and who is not: by name, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from chancery.rules.voting import Threshold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chancery.rules.measuring import Tested
    from chancery.rules.rulings import VoteRuling
    from chancery.values import Ref

Why = Literal[
    "recused", "absent", "holder_absent", "not_voting", "no_ballot", "late", "concerned", "provisional", "observer",
    "suspended",
]  # fmt: skip
"""holder_absent: its proxy's holder is; not_voting: present, took no part; no_ballot: has a vote, and none is told."""


class LeftOut(Struct, frozen=True):
    """Somebody whose vote is not counted."""

    party: Ref
    why: Why


def counted(ruling: VoteRuling) -> dict[str, list[Ref]]:
    """Who is counted on which side, as far as they are named; on two where the votes are split."""
    sides: dict[str, list[Ref]] = {"yes": [], "no": [], "abstain": []}
    for party, choice in ruling.count.named.items():
        for side in ruling.count.carried.get(party, (choice,)):
            if side in sides:
                sides[side].append(party)
    return {side: parties for side, parties in sides.items() if parties}


def left_out(ruling: VoteRuling) -> Iterator[LeftOut]:
    """Who is not counted, and why; members of whom nothing is told only where votes are told by name."""
    proxies = {ballot.party for ballot in ruling.vote.ballots or () if ballot.proxy is not None}
    whys: dict[str, Why] = {"recused": "recused", "absent": "absent", "not_voting": "not_voting"}
    for party, choice in ruling.count.named.items():
        if choice == "absent" and party in proxies:
            yield LeftOut(party, "holder_absent")
        elif choice in whys:
            yield LeftOut(party, whys[choice])
    yield from (LeftOut(party, "late") for party in ruling.late)
    if any(test.but_concerned for test in thresholds(ruling.tests)):
        yield from (LeftOut(party, "concerned") for party in ruling.vote.concerned)
    if ruling.vote.ballots is not None:
        yield from _silent(ruling)


def _silent(ruling: VoteRuling) -> Iterator[LeftOut]:
    """Members of whom no ballot is told: those who have a vote, and those who have none."""
    setting, named = ruling.setting, {*ruling.count.named, *ruling.late}
    if setting is None:
        return
    yield from (LeftOut(party, "no_ballot") for party in sorted(setting.voters - named))
    whys: dict[str, Why] = {"provisional": "provisional", "observer": "observer", "suspended": "suspended"}
    for party, status in setting.roll.statuses.items():
        if party not in setting.voters and party not in named and status in whys:
            yield LeftOut(party, whys[status])


def thresholds(tests: Iterable[Tested]) -> Iterator[Threshold]:
    """Every single test within tests."""
    for test in tests:
        if isinstance(test.requirement, Threshold):
            yield test.requirement
        else:
            yield from thresholds(test.parts)
