"""The world map: every State in its place, by colour and by name, leading to its page; the table says the same."""

import re

import pytest

from chancery.site.worldmap import HEIGHT, WIDTH, projected, shapes, small_states
from tests.unit.site.asking import board
from tests.unit.site.reading import sections, text_of

STEPS = re.compile(r"M(-?\d+),(-?\d+)l([^z]*)z")


def rings(path: str) -> list[list[tuple[int, int]]]:
    """The rings of a path as points."""
    found = []
    for x, y, steps in STEPS.findall(path):
        points = [(int(x), int(y))]
        for step in steps.split():
            dx, dy = step.split(",")
            points.append((points[-1][0] + int(dx), points[-1][1] + int(dy)))
        found.append(points)
    return found


def test_the_projection_is_even_about_the_middle_and_of_equal_areas() -> None:
    assert projected(0, 0) == (WIDTH / 2, HEIGHT / 2)
    (x, y), (west, south) = projected(90, 45), projected(-90, -45)
    assert x - WIDTH / 2 == pytest.approx(WIDTH / 2 - west)
    assert HEIGHT / 2 - y == pytest.approx(south - HEIGHT / 2)
    assert projected(180, 0)[0] == pytest.approx(WIDTH, abs=1)
    low, high = (_area(latitude) for latitude in (0, 60))
    assert low / high == pytest.approx(2, rel=0.01)  # a degree at 60° has half the area of one at the equator


def _area(latitude: float) -> float:
    (x1, y1), (x2, _), (_, y2) = projected(0, latitude), projected(1, latitude), projected(0, latitude + 0.01)
    return abs((x2 - x1) * (y2 - y1))


def test_every_territory_is_on_the_map_and_none_is_drawn_across_it() -> None:
    drawn = [(shape.name, ring) for shape in shapes() for ring in rings(shape.path)]
    assert len(drawn) > 200
    for name, ring in drawn:
        assert all(-1 <= x <= WIDTH + 1 and -1 <= y <= HEIGHT + 1 for x, y in ring), name
        if name == "Antarctica":
            continue  # it goes round a pole
        widest = max(abs(x - before) for (x, _), (before, _) in zip(ring[1:], ring, strict=False))
        assert widest < WIDTH / 2, name


def test_states_that_are_too_small_to_be_seen_have_a_place() -> None:
    assert "state:bh" in small_states()
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in small_states().values())


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_state_on_the_map_says_its_name_and_standing_and_leads_to_its_page(lang: str) -> None:
    found = sections(board()(f"/{lang}/2026-03-01/").text)
    drawn = dict(
        re.findall(r'<a href="([^"]+)" tabindex="-1"><(?:path|circle)[^>]*><title>(.*?)</title>', found["map"])
    )
    told = {
        "en": {"us": "United States: member", "bh": "Bahrain: signatory"},
        "ar": {"us": "الولايات المتحدة: عضو", "bh": "البحرين: موقِّع"},
    }[lang]
    for code, said in told.items():
        assert text_of(drawn[f"/{lang}/2026-03-01/state/{code}/"]) == said
    assert all(path in found["standing"] for path in drawn)


def test_the_legend_counts_everybody_and_leads_to_whom_it_counts() -> None:
    found = sections(board()("/en/2026-03-01/").text)
    items = re.findall(r'<a href="#(standing-[^"]+)"><span class="swatch"></span>.*? <b>(\d+)</b>', found["map"])
    assert len(items) > 5
    for name, number in items:
        group = re.search(rf'<tbody id="{name}">(.*?)</tbody>', found["standing"], re.DOTALL)
        assert group is not None, name
        assert group[1].count('<th scope="row">') == int(number)
