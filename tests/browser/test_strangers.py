"""The five tasks of a stranger, in English and Arabic, at a desk and on a phone."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import CHANCERY, VISITS, Visit

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("visit", VISITS, indirect=True, ids=str)]

SAID = {
    "en": {"russia": "Russia", "peskov": "Dmitry Peskov", "asked": "clarification sought", "denied": "denied"},
    "ar": {"russia": "روسيا", "peskov": "دميتري بيسكوف", "asked": "طلب إيضاح", "denied": "محل نفي"},
}


def test_who_is_in_today(page: Page, visit: Visit) -> None:
    expect(page.locator("html")).to_have_attribute("lang", visit.lang)
    lead = page.locator(".lead").first
    expect(lead.locator("time")).to_have_count(1)
    signatories = page.locator("#standing-signatory")
    assert signatories.locator("th[scope=row]").count() == 19
    page.locator("#count-signed summary").first.click()
    expect(page.locator("#count-signed details[open] a").first).to_be_visible()
    assert page.locator("#count-signed > details:first-child a").count() == 20


def test_what_did_russia_answer_and_who_says_so(page: Page, visit: Visit) -> None:
    words = SAID[visit.lang]
    page.locator("#standing").get_by_role("link", name=words["russia"], exact=True).first.click()
    expect(page.locator("h1")).to_have_text(words["russia"])
    asked = page.locator("#timeline li", has_text=words["asked"]).first
    expect(asked).to_contain_text(words["peskov"])
    expect(asked.locator(".where a")).to_have_attribute("href", re.compile(r"/source/"))


def test_what_was_known_on_the_evening_of_22_january(page: Page, visit: Visit) -> None:
    before = page.locator(".lead").first.inner_text()
    form = page.locator(".clocks form")
    form.locator("[name=on]").fill("2026-01-22")
    form.locator("[name=known]").fill("2026-01-22")
    form.locator("button").click()
    page.wait_for_url(f"**/{visit.lang}/2026-01-22,known=2026-01-22/")
    assert page.locator(".lead").first.inner_text() != before
    expect(page.locator(".reading time")).to_have_count(2)
    expect(page.locator(".cite a")).to_have_attribute("href", re.compile("known=2026-01-22"))


def test_which_numbers_disagree_and_why(page: Page, visit: Visit) -> None:
    given = page.locator("#count-listed .reported")
    given.locator("summary").click()
    expect(given).to_contain_text("28")
    page.goto(f"/{visit.lang}/now/disputes/")
    dispute = page.locator(".dispute").first
    expect(dispute.locator("thead mark").first).to_be_visible()
    assert dispute.locator("tbody tr").count() >= 2
    dispute.locator("tbody td:last-child a").first.click()
    expect(page.locator("#sources tbody tr").first).to_be_visible()


def test_check_a_receipt(page: Page, visit: Visit, folder: Path) -> None:
    page.goto(f"/{visit.lang}/now/entry/fc03/")
    with page.expect_download() as waiting:
        page.locator("#receipt a").click()
    receipt = folder / waiting.value.suggested_filename
    waiting.value.save_as(receipt)
    expect(page.locator("#receipt")).to_contain_text(f"chancery verify {receipt.name}")
    told = subprocess.run([CHANCERY, "verify", receipt], check=True, capture_output=True, text=True).stdout
    assert "Whole in itself" in told


def test_the_slider_moves_between_days_by_keyboard(page: Page, visit: Visit) -> None:
    slider = page.locator(".slide input[type=range]")
    said = slider.get_attribute("aria-valuetext")
    slider.focus()
    slider.press("ArrowRight" if visit.lang == "ar" else "ArrowLeft")
    page.wait_for_url(re.compile(r"/20\d\d-"))
    assert slider.get_attribute("aria-valuetext") != said
    expect(slider).to_be_focused()
    page.go_back()
    page.wait_for_url("**/now/")


def test_nothing_is_wider_than_the_screen(page: Page, visit: Visit) -> None:
    for name in ("", "standing/", "disputes/", "charter/", "body/ncag/", "about/"):
        page.goto(f"/{visit.lang}/now/{name}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_the_first_page_prints_on_one_sheet(page: Page, visit: Visit) -> None:
    page.goto(f"/{visit.lang}/2026-03-01/")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


def test_everything_works_without_a_script(page: Page, visit: Visit) -> None:
    context = page.context.browser.new_context(java_script_enabled=False, base_url=page.url)  # type: ignore[union-attr]  # it has one
    plain = context.new_page()
    plain.goto(f"/{visit.lang}/2026-01-22/")
    plain.locator(".days a").first.click()
    expect(plain).to_have_url(re.compile(r"/2026-01-\d\d/|/now/"))
    assert "2026-01-22" not in plain.url
    context.close()
