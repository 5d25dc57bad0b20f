"""WCAG 2.2 AA, as far as a machine can tell: axe-core finds nothing on any page, light and dark, in both directions."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import DESKTOP, PHONE, answering

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

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
    "compare/2025-06-01/2025-12-31/",
    "search/?q=lethe",
    "about/",
    "state/xa/",
    "body/lethe-commission/",
    "person/ama-vell/",
    "entry/w-xa/",
    "source/wire/",
    "small/",
)

SOME = PAGES[:9]
"""Pages of every layout, for the other two sorts of visit."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "scheme", "size", "pages"),
    [
        ("en", "light", DESKTOP, PAGES),
        ("ar", "dark", PHONE, PAGES),
        ("en", "dark", PHONE, SOME),
        ("ar", "light", DESKTOP, SOME),
    ],
    ids=["en-light-desktop", "ar-dark-phone", "en-dark-phone", "ar-light-desktop"],
)
def test_axe_finds_nothing(
    browser: Browser, teaching: str, lang: str, scheme: str, size: tuple[int, int], pages: tuple[str, ...]
) -> None:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        base_url=teaching,
        color_scheme=scheme,  # type: ignore[arg-type]  # one of the two
        bypass_csp=True,
    )
    page = context.new_page()
    answering(page)
    found = []
    for name in pages:
        answer = page.goto(f"/{lang}/now/{name}")
        assert answer is not None
        assert answer.ok, name
        told = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
        found += [(name, each["id"], each["nodes"][0]["html"][:160], len(each["nodes"])) for each in told]
    context.close()
    assert found == []
