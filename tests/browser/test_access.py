"""WCAG 2.2 AA, as far as a machine can tell: axe-core finds nothing on any page, light and dark, in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.access import VISITS, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = (
    "",
    "standing/",
    "invitations/",
    "bodies/",
    "meetings/",
    "plan/",
    "money/",
    "statements/",
    "disputes/",
    "charter/",
    "duties/",
    "overlaps/",
    "sources/",
    "timeline/",
    "versions/",
    "compare/2025-06-01/2025-12-31/",
    "search/?q=lethe",
    "about/",
    "state/xa/",
    "body/lethe-commission/",
    "meeting/first-session/",
    "person/ama-vell/",
    "entry/w-xa/",
    "source/wire/",
    "small/",
)
"""A page of each kind, of the small record that has something of everything."""

BOARD = (
    "",
    "body/board-of-peace/",
    "body/ncag/",
    "charter/",
    "plan/",
    "state/ru/",
    "meeting/davos-2026-01-22/",
    "money/",
)
"""Pages of the Board of Peace that are the most varied."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("visit", "pages"),
    # each page twice: in another language, on another screen, light and dark
    [*zip(VISITS, (PAGES[::2], PAGES[::2], PAGES[1::2], PAGES[1::2]), strict=True)],
    ids=["en-light", "ar-dark", "en-dark", "ar-light"],
)
def test_axe_finds_nothing_on_a_page_of_each_kind(
    browser: Browser, teaching: str, visit: tuple[str, str, tuple[int, int]], pages: tuple[str, ...]
) -> None:
    lang, scheme, size = visit
    assert [*violations(browser, teaching, [f"/{lang}/now/{name}" for name in pages], scheme, size)] == []


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "scheme", "size"), VISITS[1:2], ids=["ar-dark"])
def test_axe_finds_nothing_on_pages_of_the_board_of_peace(
    browser: Browser, served: str, lang: str, scheme: str, size: tuple[int, int]
) -> None:
    assert [*violations(browser, served, [f"/{lang}/now/{name}" for name in BOARD], scheme, size)] == []
