"""The statements of a TOML text with their comments and lines: what a parser that gives only the data throws away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = re.compile(
    r"""
    (?P<string> \"{3}(?:[^"\\]++|\\.|"(?!""))*+"{3,5} | '{3}.*?'{3,5} | "(?:[^"\\\n]++|\\.)*+" | '[^'\n]*+' )
    | (?P<comment> \#[^\n]*+ )
    | (?P<newline> \n )
    | (?P<open> [\[{] )
    | (?P<close> [\]}] )
    | (?P<other> [^"'\#\n\[\]{}]++ | . )
    """,
    re.VERBOSE | re.DOTALL,
)
KEY_PART = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*(\.?)""")


class Statement(Struct, gc=False):
    """One statement: a header, a key with its value, a comment alone on its line, or a blank line.

    ``names`` is the path of a header or key; ``within`` are comments inside the value, ``beside`` the one that ends it.
    """

    line: int
    text: str = ""
    within: tuple[str, ...] = ()
    beside: str = ""

    @property
    def blank(self) -> bool:
        """Whether it is a blank line."""
        return not self.text and not self.beside

    @property
    def comment(self) -> bool:
        """Whether it is a comment alone on its line."""
        return not self.text and bool(self.beside)

    @property
    def header(self) -> bool:
        """Whether it begins a table."""
        return self.text.startswith("[")

    @property
    def names(self) -> tuple[str, ...]:
        """The path of names of a header or key."""
        text = self.text.lstrip("[") if self.header else self.text
        found = []
        at = 0
        while (part := KEY_PART.match(text, at)) is not None:
            found.append(next(name for name in part.groups()[:3] if name is not None))
            at = part.end()
            if not part[4]:
                break
        return tuple(found)


def statements(text: str) -> Iterator[Statement]:
    """The statements of a TOML text that has been parsed before, in order."""
    line, depth = 1, 0
    now = Statement(line)
    for token in TOKEN.finditer(text):
        sort, piece = token.lastgroup, token[0]
        if sort == "comment":
            _take_comment(now, piece, depth)
        elif sort == "newline" and depth == 0:
            yield now
            now = Statement(line + 1)
        else:
            depth += (sort == "open") - (sort == "close")
            _take(now, piece)
        line += piece.count("\n")
    if not now.blank:
        yield now


def _take(now: Statement, piece: str) -> None:
    """Add to the statement's text as far as its names need it: the value itself is the parser's."""
    if now.text or piece.strip():
        now.text = (now.text + piece)[:LONGEST_KEY]


LONGEST_KEY = 512
"""Letters of a statement that are kept; the names of tables and fields stand well within them."""


def _take_comment(now: Statement, comment: str, depth: int) -> None:
    if depth:
        now.within = (*now.within, comment.rstrip())
    else:
        now.beside = comment.rstrip()
