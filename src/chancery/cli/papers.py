"""Papers printed: as Markdown, and as one page of HTML that needs nothing else and can be printed."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from chancery.cli.page import STYLE
from chancery.values import direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chancery.languages import Reader
    from chancery.values import Phrase, Tongues
    from chancery.views.paper import Paper, Said, Section

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser may load for the page: nothing."""

PaperForm = Literal["md", "html"]

_MARKS = re.compile(r"([\\`*_\[\]<>|#~])")
_LINE_MARK = re.compile(r"^(\s*)([-+=]|\d+[.)])")


def printed(paper: Paper, reader: Reader, form: PaperForm) -> str:
    """A paper as text in a form."""
    return Html(paper, reader).page() if form == "html" else Markdown(paper, reader).page()


class Printer:
    """What every form needs: each entry that is cited has a number, in the order of the list at the end."""

    def __init__(self, paper: Paper, reader: Reader) -> None:
        """Number what a paper cites."""
        self.paper, self.reader = paper, reader
        self._numbers = {source.entry: number for number, source in enumerate(paper.sources, 1)}

    def runs(self, entries: Iterable[str]) -> Iterator[tuple[int, int]]:
        """The numbers of some entries, as runs from a first to a last."""
        numbers = sorted({self._numbers[entry] for entry in entries if entry in self._numbers})
        for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
            found = [number for _, number in run]
            yield found[0], found[-1]

    def quoted(self, words: Tongues) -> tuple[str, str]:
        """Words in the reader's language where they are in it, with the language that they are in."""
        return self.reader.tongue(words)


class Markdown(Printer):
    """A paper as Markdown (CommonMark); whatever the record says is text there, and never a mark."""

    def page(self) -> str:
        """The whole paper."""
        paper = self.paper
        lines = [f"# {self._say(paper.title)}", "", f"**{self._say(paper.stage)}**", ""]
        lines.extend(f"- {self._say(heading)}: {self._cited(said)}" for heading, said in paper.head)
        for section in paper.sections:
            lines.extend(self._section(section, 2))
        lines.extend(("", f"## {md(self.reader.text('Sources'))}", ""))
        lines.extend(f"{n}. {md(each.entry)}: {self._say(each.said)}" for n, each in enumerate(paper.sources, 1))
        return "\n".join(lines) + "\n"

    def _say(self, said: Phrase) -> str:
        return md(self.reader.say(said))

    def _cited(self, said: Said) -> str:
        notes = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in self.runs(said.entries))
        return self._say(said.phrase) + (f" \\[{notes}\\]" if notes else "")

    def _section(self, section: Section, level: int) -> Iterator[str]:
        yield from ("", f"{'#' * level} {self._say(section.heading)}", "")
        for number, each in enumerate(section.said, 1):
            yield f"{f'{number}.' if section.numbered else '-'} {self._cited(each)}"
            if each.words is not None:
                yield f"  > {md(self.quoted(each.words)[1])}"
        for part in section.parts:
            yield from self._section(part, min(level + 1, 6))


def md(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    line = _MARKS.sub(r"\\\1", " ".join(text.split()))
    return _LINE_MARK.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", line)


class Html(Printer):
    """A paper as a page of HTML: no script, nothing from elsewhere; every text is escaped."""

    def page(self) -> str:
        """The whole page."""
        lang, title = self.reader.lang, self._say(self.paper.title)
        return "\n".join(
            (
                "<!doctype html>",
                f'<html lang="{escape(lang)}" dir="{direction(lang)}">',
                "<head>",
                '<meta charset="utf-8">',
                '<meta name="viewport" content="width=device-width, initial-scale=1">',
                f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
                f"<title>{title}</title>",
                f"<style>{STYLE}</style>",
                "</head>",
                "<body>",
                "<main>",
                *self._body(title),
                "</main>",
                "</body>",
                "</html>",
                "",
            )
        )

    def _say(self, said: Phrase) -> str:
        return escape(self.reader.say(said))

    def _body(self, title: str) -> Iterator[str]:
        paper = self.paper
        yield f'<header>\n<h1>{title}</h1>\n<p class="stage">{self._say(paper.stage)}</p>\n<dl>'
        for heading, said in paper.head:
            yield f"<div><dt>{self._say(heading)}</dt><dd>{self._cited(said)}</dd></div>"
        yield "</dl>\n</header>"
        for section in paper.sections:
            yield from self._section(section, 2)
        yield f'<section class="sources">\n<h2>{escape(self.reader.text("Sources"))}</h2>\n<ol>'
        for number, each in enumerate(paper.sources, 1):
            entry = f'<code dir="ltr">{escape(each.entry)}</code>'
            yield f'<li id="e{number}">{entry} {self._say(each.said)}</li>'
        yield "</ol>\n</section>"

    def _cited(self, said: Said) -> str:
        links = (_link(first) + (f"–{_link(last)}" if last > first else "") for first, last in self.runs(said.entries))
        notes = ", ".join(links)
        return self._say(said.phrase) + (f" <sup>{notes}</sup>" if notes else "")

    def _section(self, section: Section, level: int) -> Iterator[str]:
        yield f"<section>\n<h{level}>{self._say(section.heading)}</h{level}>"
        if section.said:
            lists = "ol" if section.numbered else "ul"
            yield f"<{lists}>"
            yield from (f"<li>{self._cited(each)}{self._words(each)}</li>" for each in section.said)
            yield f"</{lists}>"
        for part in section.parts:
            yield from self._section(part, min(level + 1, 6))
        yield "</section>"

    def _words(self, said: Said) -> str:
        if said.words is None:
            return ""
        lang, text = self.quoted(said.words)
        return f'<blockquote lang="{escape(lang)}" dir="{direction(lang)}">{escape(text)}</blockquote>'


def _link(number: int) -> str:
    return f'<a href="#e{number}">{number}</a>'
