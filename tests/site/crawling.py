"""Walk a site as a search engine would: every address that its pages name."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.unit.site.asking import Answer

LINKS = frozenset({"href", "src", "action"})


class Markup(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    @property
    def links(self) -> list[str]:
        return [value for _, attrs in self.elements for name, value in attrs.items() if name in LINKS]


def crawl(
    ask: Callable[..., Answer], *starts: str, within: str = r"/[a-z]+/now/.*", most: int = 2000
) -> Iterator[tuple[str, Answer]]:
    """Every address that can be reached by links within a pattern, with its answer."""
    waiting, seen = [*starts], set(starts)
    while waiting:
        path = waiting.pop()
        answer = ask(path)
        yield path, answer
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        for link in Markup(answer.text).links:
            found = urldefrag(link).url
            if found and found not in seen and re.fullmatch(within, found) and len(seen) < most:
                seen.add(found)
                waiting.append(found)
