"""Charts: lines of oversight drawn as SVG, each with its sort and its day; the table beside says the same."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from chancery.values import Date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chancery.site.speaking import Speaker
    from chancery.views import Row, View

ACROSS, DOWN = 260, 150
"""From one box to the next, in the drawing's own units."""

BOX, HIGH, MARGIN = 210, 48, 20

SHARES = (0.3, 0.5, 0.7, 0.4, 0.6)
"""Where on a line its words stand, so that those of neighbours do not cover each other."""

Place = tuple[int, int]

LEVELS = 6
"""Levels, at the most: lines that go round in a circle would have no end."""

LETTERS = 26
"""Letters of a name that fit a box."""


class Line(NamedTuple):
    """A line of oversight: from above to below, its sort, its day, whether it is disputed."""

    above: str
    below: str
    relation: str
    since: object
    agreement: str


UPWARDS = frozenset({"reports_to"})
"""Relations whose subject stands below their object."""


def chart(view: View, about: Sequence[str], speaker: Speaker) -> Markup:
    """The lines of a view as a chart: whoever stands over others above them."""
    lines = _lines(view.rows)
    rows = _rows(lines)
    if not rows:
        return Markup()
    widest = max(len(row) for row in rows)
    places = {
        ref: (MARGIN + x * ACROSS + (widest - len(row)) * ACROSS // 2, MARGIN + y * DOWN)
        for y, row in enumerate(rows)
        for x, ref in enumerate(row)
    }
    here, title = ":".join(about), speaker.say(view.title).striptags()
    boxes = Markup().join(_box(ref, place, speaker, "here" if ref == here else "box") for ref, place in places.items())
    drawn = Markup().join(_edge(line, number, places, speaker) for number, line in enumerate(lines))
    return Markup(
        '<figure class="chart"><div class="wide" tabindex="0" role="group" aria-label="{0}">'
        '<svg viewBox="0 0 {1} {2}" width="{1}" height="{2}" role="group" aria-label="{0}">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0,0L8,4L0,8z"/></marker></defs>{3}{4}</svg></div></figure>'
    ).format(title, widest * ACROSS + MARGIN, (len(rows) - 1) * DOWN + HIGH + 2 * MARGIN, drawn, boxes)


def _lines(rows: Iterable[Row]) -> list[Line]:
    """Each pair of ends and sort once."""
    found: dict[tuple[str, str, str], Line] = {}
    for row in rows:
        subject, whom, relation = str(row.cells["subject"]), str(row.cells["object"]), str(row.cells["relation"])
        above, below = (whom, subject) if relation in UPWARDS else (subject, whom)
        line = Line(above, below, relation, row.cells["since"], row.agreement)
        found.setdefault((above, below, relation), line)
    return list(found.values())


def _rows(lines: Sequence[Line]) -> list[list[str]]:
    """Who stands on which level: everybody one below the lowest of those over them; circles end at the last."""
    level = dict.fromkeys((ref for line in lines for ref in (line.above, line.below)), 0)
    for _ in range(LEVELS):
        for line in lines:
            if line.above != line.below and level[line.below] <= level[line.above] < LEVELS:
                level[line.below] = level[line.above] + 1
    rows: dict[int, list[str]] = {}
    for ref, depth in level.items():
        rows.setdefault(depth, []).append(ref)
    return [rows[depth] for depth in sorted(rows)]


def _box(ref: str, place: Place, speaker: Speaker, sort: str) -> Markup:
    """A body or party, by name in one line or two, leading to its page."""
    x, y = place
    lines = wrap(speaker.name(ref), LETTERS, max_lines=2, placeholder="…")
    first = y + HIGH // 2 + (5 if len(lines) == 1 else -3)
    said = Markup().join(
        Markup('<tspan x="{}" y="{}">{}</tspan>').format(x + BOX // 2, first + 16 * number, line)
        for number, line in enumerate(lines)
    )
    return Markup(
        '<a href="{}"><rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="6"/>'
        '<text text-anchor="middle">{}</text><title>{}</title></a>'
    ).format(speaker.href(ref), sort, x, y, BOX, HIGH, said, speaker.name(ref))


def _edge(line: Line, number: int, places: dict[str, Place], speaker: Speaker) -> Markup:
    """A line with its arrow from the one who acts, its sort and its day."""
    (x1, y1), (x2, y2) = places[line.above], places[line.below]
    shift = BOX // 2 + (number % 5 - 2) * 30
    upper, lower = (x1 + shift, y1 + HIGH), (x2 + shift, y2)
    start, end = (lower, upper) if line.relation in UPWARDS else (upper, lower)
    share = SHARES[number % len(SHARES)]
    middle = (upper[0] + (lower[0] - upper[0]) * share, upper[1] + (lower[1] - upper[1]) * share + 4)
    said = speaker.label(line.relation).striptags()
    day = speaker.day(line.since).striptags() if isinstance(line.since, Date) else ""
    return Markup(
        '<path class="edge {}" d="M{},{}L{},{}" marker-end="url(#tip)"/><text class="edge" x="{:.0f}" y="{:.0f}" '
        'text-anchor="middle">{} · {}</text>'
    ).format(line.agreement, *start, *end, *middle, said, day)
