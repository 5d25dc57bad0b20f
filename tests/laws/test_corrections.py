"""Law 2, for corrections and withdrawals in any tangle, circles among them: what stands equals its plain definition."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.acts import Act
from tests.made import act, read, record

pytestmark = pytest.mark.slow  # each takes more than a second

Link = tuple[bool, str | None, str | None]
"""Whether an entry is a withdrawal, what it corrects, and what it withdraws or says is the same."""


def entries(links: Sequence[Link]) -> list[Act]:
    """An entry for each link, named e0, e1 and so on."""
    return [entry(f"e{number}", *link) for number, link in enumerate(links)]


def entry(name: str, withdraws: bool, replaces: str | None, other: str | None) -> Act:  # noqa: FBT001  # one of a link
    links = {"replaces": replaces} if replaces is not None else {}
    if withdraws:
        return act("entry.withdrawn", None, id=name, entry=other or "e0", reason="a slip", **links)
    same = {"same_as": other} if other is not None else {}
    return act("membership.signed", id=name, effective="2026-01-10", party=f"person:{name}", **links, **same)


def standing(acts: Sequence[Act]) -> set[str]:
    """The entries that stand: asked again of every one, until no answer changes.

    A withdrawal counts while it stands; a correction while it stands or is itself corrected by one that counts. What is
    never settled, because entries correct each other in a circle, stands.
    """
    stands: set[str] = set()
    corrected: set[str] = set()
    withdrawn: set[str] = set()
    spent: set[str] = set()
    while True:
        before = [len(each) for each in (stands, corrected, withdrawn, spent)]
        for each in acts:
            corrections = {by.id for by in acts if by is not each and by.replaces == each.id}
            withdrawals = {by.id for by in acts if by is not each and getattr(by, "entry", None) == each.id}
            if corrections <= spent and withdrawals <= corrected | withdrawn:
                stands.add(each.id)
            if corrections & (stands | corrected):
                corrected.add(each.id)
            if withdrawals & stands:
                withdrawn.add(each.id)
            if each.id in withdrawn and corrections <= spent:
                spent.add(each.id)
        if before == [len(each) for each in (stands, corrected, withdrawn, spent)]:
            return {each.id for each in acts} - corrected - withdrawn


targets = st.none() | st.integers(0, 6).map("e{}".format)


@given(st.lists(st.tuples(st.booleans(), targets, targets), min_size=1, max_size=7))
def test_what_stands_in_any_tangle_of_corrections_is_as_plainly_defined(links: list[Link]) -> None:
    acts = entries(links)
    found = {account.id for fact in read(record(*acts)).facts() for account in fact.accounts}
    assert found == standing(acts)
