"""Charts: whoever stands over others stands above them; each line says its sort and its day, in text alone."""

import re

from chancery.acts import Act
from tests.made import BODY, act, record
from tests.unit.site.asking import site_of
from tests.unit.site.reading import sections, text_of

HOSTILE = '"><script>alert(1)</script>'


def over(subject: str, relation: str, whom: str, src: str = "press", **fields: object) -> Act:
    given = {"effective": "2026-01-19", **fields}
    return act("oversight.set", src, subject=subject, relation=relation, object=whom, **given)


def drawn(*acts: Act, about: str = BODY) -> str:
    html = site_of(record(*acts, bodies=[BODY]))(f"/en/2026-12-31/{about.replace(':', '/')}/").text
    return re.search(r"<svg.*?</svg>", sections(html)["oversight"], re.DOTALL)[0]  # type: ignore[index]  # it is drawn


def heights(svg: str) -> dict[str, int]:
    """How far down each box stands, by the name in it."""
    boxes = re.findall(r'<rect[^>]* y="(\d+)"[^>]*/>.*?<title>(.*?)</title>', svg)
    return {name: int(y) for y, name in boxes}


def test_who_directs_stands_above_and_who_reports_stands_below() -> None:
    svg = drawn(over("body:top", "directs", BODY), over("body:low", "reports_to", BODY))
    found = heights(svg)
    assert found["body:top"] < found[BODY] < found["body:low"]


def test_an_arrow_goes_from_whoever_acts() -> None:
    def ends(svg: str) -> tuple[int, int]:
        y1, y2 = re.search(r'd="M\d+,(\d+)L\d+,(\d+)"', svg).groups()  # type: ignore[union-attr]  # one line
        return int(y1), int(y2)

    first, last = ends(drawn(over("body:top", "directs", BODY)))
    assert first < last
    first, last = ends(drawn(over("body:low", "reports_to", BODY)))
    assert first > last


def test_a_line_says_its_sort_and_its_day_in_text_that_is_drawn() -> None:
    svg = drawn(over("body:top", "directs", BODY, effective="../2026-01-19"))
    assert "directs · by 19 Jan 2026" in text_of(svg)
    assert "<time" not in svg


def test_lines_that_go_round_in_a_circle_end() -> None:
    found = heights(drawn(over("body:a", "directs", BODY), over(BODY, "directs", "body:a"), over(BODY, "funds", BODY)))
    assert set(found) == {"body:a", BODY}


def test_the_one_whose_page_it_is_stands_out_and_leads_to_the_others() -> None:
    svg = drawn(over("body:top", "directs", BODY))
    assert svg.count('class="here"') == 1
    assert 'href="/en/2026-12-31/body/top/"' in svg


def test_a_line_that_somebody_disputes_is_drawn_as_such() -> None:
    acts = [
        over("body:top", "directs", BODY, src, until=until)
        for src, until in (("official", "2027-01-01"), ("press", "2028-01-01"))
    ]
    assert 'class="edge contested"' in drawn(*acts)


def test_names_on_a_chart_are_never_markup_and_long_ones_are_cut() -> None:
    named = act("party.described", party="body:top", names=[{"text": HOSTILE + " Committee" * 9}])
    svg = drawn(over("body:top", "directs", BODY), named)
    assert "<script" not in svg
    assert svg.count("<tspan") == 3
    assert "…" in svg
