"""A browser, and a server of the Board of Peace kept in a database, for the tests that walk the pages."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.unit.site.asking import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHANCERY = ROOT / ".venv" / "bin" / "chancery"
DESKTOP, PHONE = (1280, 900), (390, 844)


class Visit(NamedTuple):
    """How a stranger comes: in which language, on how large a screen."""

    lang: str
    size: tuple[int, int]

    def __str__(self) -> str:
        return f"{self.lang}-{'phone' if self.size == PHONE else 'desktop'}"


VISITS = [Visit(lang, size) for lang in ("en", "ar") for size in (DESKTOP, PHONE)]


def chromium() -> str | None:
    """Where a Chromium is, if anywhere."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; `make setup-dev` installs it."""
    found = chromium()
    if found is None:
        pytest.fail("These tests need Chromium: `make setup-dev` installs it; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The Board of Peace in a ledger with a signed checkpoint."""
    url = f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'board.db'}"
    for words in (
        ("ledger", "init", "--database", url, "--origin", "board.example/log"),
        ("load", (ROOT / "records" / "board-of-peace").as_posix(), "--database", url),
        ("ledger", "checkpoint", "--database", url),
    ):
        subprocess.run([CHANCERY, *words], check=True, capture_output=True)
    return url


@pytest.fixture(scope="session")
def served(database: str) -> Iterator[str]:
    """The address of a server of the Board of Peace."""
    yield from serving(database)


@pytest.fixture(scope="session")
def teaching() -> Iterator[str]:
    """The address of a server of the small record that has something of everything."""
    yield from serving((ROOT / "records" / "teaching").as_posix())


def serving(record: str) -> Iterator[str]:
    """Serve a record on a free port until the tests are done."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [str(CHANCERY), "serve", record, "--port", str(port)]
    server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=sys.stderr, text=True)
    assert server.stdout is not None
    server.stdout.readline()
    answers(port, server)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.stdout.close()
    assert server.wait(30) in (0, -15)


def answers(port: int, server: subprocess.Popen[str]) -> None:
    """Wait until a server answers, for as long as it lives."""
    while server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 5):
            return
    pytest.fail("The server ended before it answered.")


@pytest.fixture
def visit(request: pytest.FixtureRequest) -> Visit:
    """The visit that a test is asked for."""
    found: Visit = request.param
    return found


@pytest.fixture
def page(browser: Browser, served: str, visit: Visit) -> Iterator[Page]:
    """A fresh page of the register, as the visitor sees it; whatever it asks of another server is a fault."""
    width, height = visit.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, base_url=served, locale=visit.lang, accept_downloads=True
    )
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    faults: list[str] = []
    opened = context.new_page()
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    answering(opened)
    opened.goto("/")
    yield opened
    assert [url for url in asked if not url.startswith(served)] == []
    assert faults == []
    assert context.cookies() == []
    context.close()


def answering(page: Page) -> None:
    """Wait for as long as a busy machine needs."""
    page.set_default_timeout(60_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a visitor keeps what is fetched."""
    return tmp_path
