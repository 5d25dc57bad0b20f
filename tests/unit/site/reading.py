"""Read a page as a reader does: its sections by name, each with its headings, cells and links."""

from __future__ import annotations

import re
from html import unescape

TAGS = re.compile(r"<[^>]+>")
WITHIN = re.compile(r"</?(?:a|b|bdi|i|mark|small|span|time|tspan)(?: [^>]*)?>")
"""Tags that stand within a line."""
SECTION = re.compile(r'<section id="([^"]+)" aria-labelledby="[^"]+">\s*<h2')


def text_of(html: str) -> str:
    """What a piece of a page says."""
    return " ".join(unescape(TAGS.sub(" ", WITHIN.sub("", html))).replace("\u2068", "").replace("\u2069", "").split())


def sections(html: str) -> dict[str, str]:
    """The sections of a page by name, in their order, as HTML."""
    found = [*SECTION.finditer(html)]
    ends = [each.start() for each in found[1:]] + [html.index("</main>")]
    return {each[1]: html[each.start() : end] for each, end in zip(found, ends, strict=True)}


def cells(html: str, row: int = 0) -> list[str]:
    """What the cells of a row of a table say, of rows with cells."""
    rows = [each for each in re.findall(r"<tr.*?</tr>", html, re.DOTALL) if "<td" in each]
    return [text_of(each) for each in re.findall(r"<t[hd].*?</t[hd]>", rows[row], re.DOTALL)]


def headings(html: str, level: int) -> list[str]:
    """The headings of a level, in their order."""
    return [text_of(each) for each in re.findall(rf"<h{level}.*?</h{level}>", html, re.DOTALL)]
