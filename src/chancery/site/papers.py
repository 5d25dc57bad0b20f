"""Papers: minutes as a part of a page, each statement with links to its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from chancery.site.told import cited

if TYPE_CHECKING:
    from chancery.site.speaking import Speaker
    from chancery.views.paper import Paper, Said, Section


class Line(NamedTuple):
    """A statement, the words that it quotes, links to its entries."""

    said: Markup
    words: Markup
    cites: Markup


class Part(NamedTuple):
    """A section of a paper: its heading, its statements, the sections within it."""

    heading: Markup
    lines: list[Line]
    parts: list[Part]
    numbered: bool


def papered(paper: Paper, speaker: Speaker) -> dict[str, object]:
    """What a template needs to show a paper."""
    return {
        "stage": speaker.say(paper.stage),
        "head": [(speaker.say(heading), _line(said, speaker)) for heading, said in paper.head],
        "parts": [_part(each, speaker) for each in paper.sections],
    }


def _part(section: Section, speaker: Speaker) -> Part:
    return Part(
        speaker.say(section.heading),
        [_line(each, speaker) for each in section.said],
        [_part(each, speaker) for each in section.parts],
        section.numbered,
    )


def _line(said: Said, speaker: Speaker) -> Line:
    return Line(speaker.say(said.phrase), speaker.cell(said.words), cited(said.entries, "agreed", speaker))
