"""The world map: standing by State, drawn on the server as SVG. The borders are those of the map, and no judgement."""

from __future__ import annotations

import gzip
from collections import Counter
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from babel.core import get_global
from markupsafe import Markup, escape

from chancery.rules.standing import STANDINGS
from chancery.values import Ref
from chancery.views import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chancery.site.sections import Asked
    from chancery.site.speaking import Speaker

WIDTH, HEIGHT = 1000, 487
"""The size of the drawing, in its own units: that of the projection."""

SOUTH = 52
"""How much of the drawing is left out below: the ice at the pole, of which no party is."""

TURN, HALF = 360, 180
"""Degrees of a whole and of half a turn."""

FEWEST = 2
"""Places of a ring on either axis: one with fewer has no inside."""

Point = tuple[float, float]


class Shape(NamedTuple):
    """A territory of the map: its State where it has a code, the map's own name for it, its outline as an SVG path."""

    ref: Ref | None
    name: str
    path: str


def projected(longitude: float, latitude: float) -> Point:
    """A place on the drawing, by the Equal Earth projection (Šavrič, Patterson and Jenny, 2018): equal areas."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
    square = theta * theta
    sixth = square * square * square
    scale = sqrt(3) * (9 * a4 * sixth * square + 7 * a3 * sixth + 3 * a2 * square + a1)
    x = 2 * sqrt(3) * radians(longitude) * cos(theta) / (scale / sqrt(3) * 3)
    y = theta * (a4 * sixth * square + a3 * sixth + a2 * square + a1)
    return WIDTH / 2 + x * WIDTH / 5.412, HEIGHT / 2 - y * WIDTH / 5.412


@cache
def shapes() -> tuple[Shape, ...]:
    """Every territory of the map."""
    data = (files("chancery.site") / "data" / "world-110m.topojson.gz").read_bytes()
    topology = msgspec.json.decode(gzip.decompress(data))
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    found = topology["objects"]["countries"]["geometries"]
    return tuple(Shape(_ref(each.get("id")), each["properties"]["name"], _path(_rings(each), arcs)) for each in found)


def _arc(deltas: Sequence[Sequence[int]], transform: dict[str, Sequence[float]]) -> list[Point]:
    """An arc of the topology in degrees; its points are written as steps."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    found = []
    for dx, dy in deltas:
        x, y = x + dx, y + dy
        found.append((x * sx + tx, y * sy + ty))
    return found


def _rings(geometry: dict[str, list[list[int]] | list[list[list[int]]] | str]) -> Iterator[list[int]]:
    """The rings of a territory, each a list of arcs; a negative number is an arc read backwards."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        yield from polygon  # type: ignore[misc]  # as TopoJSON has it


def _path(rings: Iterable[list[int]], arcs: Sequence[list[Point]]) -> str:
    """Rings as an SVG path in whole units and relative steps, which is short."""
    joined = ([point for arc in ring for point in (arcs[arc] if arc >= 0 else reversed(arcs[~arc]))] for ring in rings)
    return "".join(_written(part) for ring in joined for part in _parted(ring))


def _parted(ring: list[Point]) -> list[list[Point]]:
    """A ring in one piece, or, where it crosses the 180th meridian, in two, each cut off at the edge of the map."""
    unrolled, turn = [], 0
    for (longitude, latitude), (before, _) in zip(ring, [ring[0], *ring], strict=False):
        turn -= TURN * round((longitude - before) / TURN)
        unrolled.append((longitude + turn, latitude))
    if turn or all(-HALF <= longitude <= HALF for longitude, _ in unrolled):
        return [ring]  # one that goes round a pole is drawn as it stands
    parts = [[(min(max(x + shift, -HALF), HALF), y) for x, y in unrolled] for shift in (-TURN, 0, TURN)]
    return [part for part in parts if len({longitude for longitude, _ in part}) >= FEWEST]


def _written(ring: list[Point]) -> str:
    whole = [(round(x), round(y)) for x, y in (projected(*point) for point in ring)]
    kept = [point for point, before in zip(whole, [None, *whole], strict=False) if point != before]
    if len({x for x, _ in kept}) < FEWEST or len({y for _, y in kept}) < FEWEST:
        return ""
    (x, y), *_ = kept
    steps = " ".join(f"{bx - ax},{by - ay}" for (ax, ay), (bx, by) in pairwise(kept))
    return f"M{x},{y}l{steps}z"


def _ref(numeric: str | None) -> Ref | None:
    """The State of a numeric code (ISO 3166-1), as CLDR lists them."""
    found = None if numeric is None else get_global("territory_aliases").get(numeric.zfill(3))
    return Ref(f"state:{found[0].lower()}") if found else None


@cache
def small_states() -> dict[Ref, Point]:
    """The middle of each State that is too small to be seen, on the drawing."""
    data = msgspec.json.decode((files("chancery.site") / "data" / "small-states.json").read_bytes())
    return {Ref(f"state:{code}"): projected(*place) for code, place in data.items()}


def drawn(asked: Asked, speaker: Speaker) -> Markup:
    """The map of a reading: each State's standing by colour, by name in its title, and by a link to its page."""
    rows = asked.view("standing", Scope(asked.body)).rows
    standing = {str(row.cells["party"]): str(row.cells["standing"] or "none") for row in rows}
    land = [_territory(shape, standing, speaker) for shape in shapes()]
    islands = [_island(ref, place, standing, speaker) for ref, place in small_states().items() if ref in standing]
    said = speaker.text("Borders are those of the map (Natural Earth), and no judgement of this record.")
    return Markup(
        '<figure class="map"><svg viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg><ul class="legend">{}</ul>'
        "<figcaption>{}</figcaption></figure>"
    ).format(
        WIDTH,
        HEIGHT - SOUTH,
        speaker.text("Standing by State"),
        Markup("".join((*land, *islands))),  # noqa: S704  # names were escaped, the rest is ours
        _legend(standing.values(), speaker),
        said,
    )


def _legend(codes: Iterable[str], speaker: Speaker) -> Markup:
    """Each standing with its colour and how many have it, leading to whom."""
    many = Counter(codes)
    page = speaker.address.at().path if speaker.address.parts else ""  # the table stands on the first page
    item = Markup('<li class="c-{}"><a href="{}#standing-{}"><span class="swatch"></span>{} <b>{}</b></a></li>')
    return Markup().join(
        item.format(_class(code), page, code, speaker.label(code), speaker.number(many[code]))
        for code in STANDINGS
        if code in many
    )


def _territory(shape: Shape, standing: dict[str, str], speaker: Speaker) -> str:
    ref = shape.ref
    if ref is None or ref not in standing:
        return f'<path d="{shape.path}"/>'
    code = standing[ref]
    return speaker.once(
        (shape.path, code), lambda: _linked(ref, f'path class="c-{_class(code)}" d="{shape.path}"', code, speaker)
    )


def _island(ref: Ref, place: Point, standing: dict[str, str], speaker: Speaker) -> str:
    (x, y), code = map(round, place), standing[ref]
    return speaker.once(
        (place, code), lambda: _linked(ref, f'circle class="c-{_class(code)}" cx="{x}" cy="{y}" r="4"', code, speaker)
    )


def _linked(ref: Ref, drawing: str, code: str, speaker: Speaker) -> str:
    """A territory with its name and standing, leading to its page; the table leads there by keyboard."""
    tag = drawing.partition(" ")[0]
    title = f"{escape(speaker.name(ref))}: {_standing(code, speaker)}"
    return f'<a href="{speaker.href(ref)}" tabindex="-1"><{drawing}><title>{title}</title></{tag}></a>'


def _standing(code: str, speaker: Speaker) -> Markup:
    return speaker.text("no standing") if code == "none" else speaker.label(code)


def _class(code: str) -> str:
    return code.replace("_", "-")
