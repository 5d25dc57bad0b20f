"""Pages: what stands around each, its small version, how it is cited."""

import re

import pytest

from chancery.site.sections import FEW
from tests.unit.site.asking import board
from tests.unit.site.reading import sections, text_of

DAY = "/en/2026-03-01"


@pytest.mark.parametrize("path", ["", "standing/", "money/", "state/ru/", "body/ncag/", "charter/", "entry/fc03/"])
def test_every_page_has_a_small_version_that_leads_back_to_it(path: str) -> None:
    whole = board()(f"{DAY}/{path}").text
    small = f"{DAY}/small/{path}"
    assert f'href="{small}"' in whole
    answer = board()(small)
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert '<base target="_blank">' in answer.text
    assert f'<footer><p><a href="{DAY}/{path}">' in answer.text
    assert len(sections(answer.text)) <= 2
    assert all(each.count("<tr") <= 2 * FEW + 2 for each in sections(answer.text).values())


def test_a_small_version_of_a_small_version_is_not_there() -> None:
    assert board()(f"{DAY}/small/small/").status == 404
    assert board()(f"{DAY}/small/nowhere/").status == 404
    assert "frame-ancestors 'none'" in board()(f"{DAY}/standing/").headers["content-security-policy"]


def test_a_page_is_cited_with_both_days_and_an_address_that_stays() -> None:
    html = board()(f"{DAY}/state/ru/").text
    cited = re.search(r'<dd class="cite">.*?</dd>', html, re.DOTALL)
    assert cited is not None
    assert "on 1 Mar 2026, as known on 1 Mar 2026, as recorded on 1 Mar 2026." in text_of(cited[0])
    assert "/en/2026-03-01,known=2026-03-01,recorded=2026-03-01/state/ru/" in cited[0]


def test_everything_that_is_counted_leads_to_whom_it_counts() -> None:
    found = sections(board()(f"{DAY}/").text)["counts"]
    for figure in re.findall(r'<li id="count-.*?</details>', found, re.DOTALL):
        number = re.search(r"<b>(\d+)</b>", figure)
        assert number is not None
        assert figure.count('<a href="/en/2026-03-01/') == int(number[1])


def test_people_are_shown_once_with_all_that_they_hold() -> None:
    people = sections(board()(f"{DAY}/overlaps/").text)["overlaps"]
    names = re.findall(r'<th scope="rowgroup".*?<bdi>(.*?)</bdi>', people)
    assert len(names) == len({*names})
    assert "Marc Rowan" in names


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/en/now/nowhere/", 404, "There is no page at this address."),
        ("/ar/now/state/zz/", 404, "لا توجد صفحة في هذا العنوان."),
        ("/no/such/<b>page", 404, "Il n’y a pas de page à cette adresse."),
        ("/read?page=/en/now/&on=2026-02-31", 400, "Ce n’est pas un jour qui puisse être lu."),
    ],
)
def test_whoever_reads_a_wrong_address_is_told_and_led_on(path: str, status: int, told: str) -> None:
    asked = {"accept": "text/html,*/*;q=0.8", "accept_language": "fr-CA,en;q=0.5"}
    answer = board()(path, **{name.upper(): value for name, value in asked.items()})
    assert (answer.status, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert f"<h1>{told}</h1>" in answer.text
    assert "<b>page" not in answer.text
    for link in re.findall(r'<a href="([^"]+)"', answer.text):
        assert board()(link).status == 200, link


def test_whatever_else_asks_is_told_in_a_problem_document() -> None:
    for path, accept in (("/en/now/nowhere/", "*/*"), ("/api/v1/nowhere", "text/html")):
        answer = board()(path, ACCEPT=accept)
        assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")


def test_only_reading_is_possible() -> None:
    answer = board()("/en/now/", "POST", ACCEPT="text/html")
    assert (answer.status, "<h1>Only reading is possible here.</h1>" in answer.text) == (405, True)
