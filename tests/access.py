"""Run axe-core on every page of the Board of Peace, in each language, light and dark: ``python -m tests.access [N]``.

It takes hours: with N only every N-th page of an entry or a source is looked at, which are made alike. `make test`
looks at a page of each kind.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from chancery.site.access import Library
from chancery.site.server import application
from chancery.text import read_record
from tests.browser.conftest import DESKTOP, PHONE, chromium, serving
from tests.site.crawling import crawl
from tests.unit.site.asking import ROOT, TODAY, asking

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VISITS = (("en", "light", DESKTOP), ("ar", "dark", PHONE), ("en", "dark", PHONE), ("ar", "light", DESKTOP))

Violation = tuple[str, str, str, int]
"""The page, the rule, the first element that breaks it, and how many do."""


def violations(
    browser: Browser, base: str, paths: Sequence[str], scheme: str, size: tuple[int, int]
) -> Iterator[Violation]:
    """What axe-core finds on pages, in a colour scheme, on a screen."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        base_url=base,
        color_scheme=scheme,  # type: ignore[arg-type]  # one of the two
        bypass_csp=True,
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, path
        found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
        for each in found:
            yield path, each["id"], each["nodes"][0]["html"][:160], len(each["nodes"])
    context.close()


def pages_of(record: Path, lang: str, nth: int) -> list[str]:
    """Every page of a record as it is now, in a language; of entries and sources every n-th."""
    site = asking(application(Library(partial(read_record, record), str, lambda: TODAY)))
    walked = crawl(site, f"/{lang}/now/", within=rf"/{lang}/now/[^.?]*", most=100_000)
    paths = sorted(path for path, answer in walked if answer.status == HTTPStatus.OK)
    alike = [path for path in paths if path.split("/")[3] in ("entry", "source")]
    return [*(path for path in paths if path not in alike), *alike[::nth]]


def main() -> int:
    """Say what axe-core finds on any page; 1 where it finds anything."""
    record, nth = ROOT / "records" / "board-of-peace", int(sys.argv[1]) if len(sys.argv) > 1 else 1
    paths = {lang: pages_of(record, lang, nth) for lang in ("en", "ar")}
    number = 0
    with contextmanager(serving)(record.as_posix()) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for lang, scheme, size in VISITS:
            for each in violations(browser, base, paths[lang], scheme, size):
                number += 1
                _say(lang, scheme, *map(str, each))
            _say(lang, scheme, f"{len(paths[lang])} pages")
        browser.close()
    return 1 if number else 0


def _say(*told: str) -> None:
    sys.stdout.write(" ".join(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
