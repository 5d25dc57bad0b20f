"""Articles: a charter article by article, each rule beside the words; and its versions beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from markupsafe import Markup

from chancery.rules.base import Rule
from chancery.site.told import Told, all_told, cited, cites
from chancery.views.cells import cells_of
from chancery.views.rulebook import asked
from chancery.views.versions import said_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chancery.site.speaking import Speaker
    from chancery.views import Row, View


class Provision(NamedTuple):
    """What an article says of one matter: its words, the rule read out of them, how that is known."""

    matter: Markup
    words: Markup
    rule: Markup
    evidence: Markup
    pairs: list[tuple[Markup, Markup]]
    accounts: list[Told]
    agreement: str
    cites: Markup


class Article(NamedTuple):
    """An article, or whatever part of an instrument is named: its instrument, and its provisions."""

    name: str
    heading: Markup
    instrument: Markup
    provisions: list[Provision]


class Version(NamedTuple):
    """What a version has for a matter; ``silent`` where nothing of it is on record."""

    name: Markup
    words: Markup
    rule: Markup
    evidence: Markup
    cites: Markup
    silent: bool


class Compared(NamedTuple):
    """A matter of an article in every version, and in what they differ."""

    heading: Markup
    differs: frozenset[str]
    versions: list[Version]
    agreement: str


def articles(view: View, speaker: Speaker) -> list[Article]:
    """The provisions of a charter in its order, by article."""
    found: dict[tuple[object, object], list[Provision]] = {}
    for row in view.rows:
        found.setdefault((row.cells["instrument"], row.cells["article"]), []).append(_provision(row, view, speaker))
    return [
        Article(f"article-{number}", speaker.cell(article), speaker.link(str(instrument)), provisions)
        for number, ((instrument, article), provisions) in enumerate(found.items(), 1)
    ]


def _provision(row: Row, view: View, speaker: Speaker) -> Provision:
    cells = row.cells
    return Provision(
        matter=speaker.cell(cells["matter"]),
        words=speaker.cell(cells["words"]),
        rule=rule_of(cells["rule"], speaker),
        evidence=speaker.code(str(cells["evidence"])),
        pairs=list(_pairs(row, view, speaker)),
        accounts=all_told(cells["accounts"], speaker),
        agreement=row.agreement,
        cites=cites(row, speaker),
    )


BESIDES = ("version", "body", "effective")


def _pairs(row: Row, view: View, speaker: Speaker) -> Iterator[tuple[Markup, Markup]]:
    columns = {column.key: column for column in view.columns}
    for key in BESIDES:
        cell = speaker.in_column(row.cells[key], columns[key])
        if cell:
            yield speaker.say(columns[key].heading), cell


def rule_of(rule: object, speaker: Speaker) -> Markup:
    """A typed rule in words; that there is none is said too."""
    if isinstance(rule, Rule):
        return speaker.say(asked(rule))
    return Markup("<em>{}</em>").format(speaker.text("words only: no rule is read out of them"))


def versions(view: View, speaker: Speaker) -> list[Compared]:
    """Each matter in every version."""
    return [
        Compared(
            heading=Markup("{} · {}").format(speaker.cell(row.cells["article"]), speaker.cell(row.cells["matter"])),
            differs=frozenset(cast("Iterable[str]", row.cells["differs"])),
            versions=[_version(each, speaker) for each in cells_of(row.cells["versions"])],
            agreement=row.agreement,
        )
        for row in view.rows
    ]


def _version(cell: dict[str, object], speaker: Speaker) -> Version:
    entries = cast("tuple[str, ...]", cell["entries"])
    return Version(
        name=speaker.say(said_version(cell["version"])),
        words=speaker.cell(cell["words"]),
        rule=rule_of(cell["rule"], speaker),
        evidence=speaker.code(str(cell["evidence"])) if cell["evidence"] is not None else Markup(),
        cites=cited(entries, str(cell["agreement"]), speaker),
        silent=not entries,
    )
