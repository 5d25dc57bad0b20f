"""Take the pictures of the pages in docs/pictures: `python -m tests.screens`. Look at them before you commit them."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.browser.conftest import serving
from tests.unit.site.asking import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = ROOT / "docs" / "pictures"
DAY = "2026-02-20"
"""The day that is read, so that the same pictures come out whenever they are taken."""
DESKTOP, SMALLER, PHONE = (1280, 960), (960, 720), (390, 720)
SCALE = 0.75
"""Pixels of a picture of a large screen for each of the screen's: so it stays small."""
PICTURES: dict[str, tuple[str, tuple[int, int]]] = {
    "glance": (f"/en/{DAY}/", DESKTOP),
    "glance-ar": (f"/ar/{DAY}/", DESKTOP),
    "glance-phone": (f"/en/{DAY}/", PHONE),
    "glance-phone-ar": (f"/ar/{DAY}/", PHONE),
    "standing": (f"/en/{DAY}/standing/", DESKTOP),
    "party": (f"/en/{DAY}/state/ru/", DESKTOP),
    "party-ar": (f"/ar/{DAY}/state/ru/", DESKTOP),
    "body": (f"/en/{DAY}/body/ncag/", DESKTOP),
    "invitations": (f"/en/{DAY}/invitations/", SMALLER),
    "meetings": (f"/en/{DAY}/meetings/", DESKTOP),
    "minutes": (f"/en/{DAY}/meeting/davos-2026-01-22/", DESKTOP),
    "plan": (f"/en/{DAY}/plan/#phases", DESKTOP),
    "money": (f"/en/{DAY}/money/", DESKTOP),
    "money-phone": (f"/en/{DAY}/money/", PHONE),
    "statements": (f"/en/{DAY}/statements/", DESKTOP),
    "disputes": (f"/en/{DAY}/disputes/", DESKTOP),
    "charter": (f"/en/{DAY}/charter/#articles", DESKTOP),
    "charter-ar": (f"/ar/{DAY}/charter/#rules", DESKTOP),
    "versions": (f"/en/{DAY}/charter/#versions", DESKTOP),
    "duties": (f"/en/{DAY}/duties/", DESKTOP),
    "people": (f"/en/{DAY}/overlaps/", DESKTOP),
    "sources": (f"/en/{DAY}/sources/", DESKTOP),
    "entry": (f"/en/{DAY}/entry/fc03/", DESKTOP),
    "compare": (f"/en/{DAY}/compare/2026-01-21/2026-01-23/", DESKTOP),
    "search": (f"/en/{DAY}/search/?q=mladenof", DESKTOP),
    "about": (f"/en/{DAY}/about/", DESKTOP),
}
"""Each picture: the page that it shows, and how large it is."""


def main() -> int:
    """Take every picture, or those that are named."""
    with contextmanager(_served)() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        FOLDER.mkdir(exist_ok=True)
        for name in sys.argv[1:] or PICTURES:
            path, (width, height) = PICTURES[name]
            scale = SCALE if (width, height) == DESKTOP else 1
            page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=scale)
            page.goto(address + path)
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        browser.close()
    return 0


def _served() -> Iterator[str]:
    yield from serving((ROOT / "records" / "board-of-peace").as_posix())


if __name__ == "__main__":
    sys.exit(main())
