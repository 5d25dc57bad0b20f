"""Accounts in HTML: who says it, how, where it is written, when; and links to the entries behind a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from chancery.views.cells import cells_of, when_said

if TYPE_CHECKING:
    from chancery.site.speaking import Speaker
    from chancery.views import Row

CITED = 6
"""Entries that a row cites by number; the rest are counted."""

Cell = dict[str, object]


class Told(NamedTuple):
    """An account: who says it, how, where it is written, what it says where accounts differ, on which side it is."""

    side: str
    who: Markup
    channel: Markup
    source: Markup
    standing: Markup
    said: Markup
    when: Markup
    values: list[Markup]
    entry: Markup


def told_of(cell: Cell, speaker: Speaker) -> Told:
    """An account."""
    who = cell["speaker"] or cell["speaker_as"]
    party = cell["on_behalf_of"]
    source = cell["source"]
    values = cell.get("values")
    return Told(
        side=str(cell["side"]),
        who=speaker.for_whom(who, party),
        channel=speaker.cell(cell["channel"]),
        source=speaker.link(str(source)) if source is not None else speaker.text("no source"),
        standing=speaker.code(str(cell["standing"])) if cell["standing"] is not None else Markup(),
        said=speaker.cell(cell["said"]) if cell["said"] is not None else speaker.text("undated"),
        when=speaker.say(when_said(cell)),
        values=[speaker.value(each) for each in values.values()] if isinstance(values, dict) else [],
        entry=speaker.entry(str(cell["entry"])),
    )


def all_told(cell: object, speaker: Speaker) -> list[Told]:
    """Every account in a cell of accounts."""
    return [told_of(each, speaker) for each in cells_of(cell)]


def line_of(told: Told, speaker: Speaker) -> Markup:
    """An account on one line."""
    after = Markup("{}{}").format(speaker.comma, told.said) if told.said else Markup()
    who = Markup("{} · ").format(told.who) if told.who else Markup()
    return Markup("{}{} <small>{}{}</small>").format(who, told.source, told.standing, after)


def cites(row: Row, speaker: Speaker) -> Markup:
    """Links to the entries behind a row, after a word on whether they agree."""
    return cited(row.entries, row.agreement, speaker)


def cited(entries: tuple[str, ...], agreement: str, speaker: Speaker) -> Markup:
    """Links to entries, by number, after a word on whether they agree."""
    return speaker.once((entries, agreement), lambda: _cited(entries, agreement, speaker))


def _cited(entries: tuple[str, ...], agreement: str, speaker: Speaker) -> Markup:
    links = [speaker.entry(entry, number) for number, entry in enumerate(entries[:CITED], 1)]
    if len(entries) > CITED:
        links.append(Markup("+{}").format(speaker.number(len(entries) - CITED)))
    said = [] if agreement == "agreed" else [speaker.code(agreement)]
    return Markup(" ").join((*said, *links))
