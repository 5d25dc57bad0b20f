"""A reader of a language that is marked complete meets no untranslated word of ours, on any page."""

from __future__ import annotations

from functools import partial

import pytest

from chancery.languages import SOURCE, Reader, languages
from chancery.site.access import Library
from chancery.site.server import application
from chancery.text import read_record
from chancery.values import slots
from tests.site.crawling import Markup, crawl
from tests.unit.site.asking import ROOT, TODAY, asking, board

MOST = 160
"""Pages of a record that are walked: each kind of page is among the first that others lead to."""

LANGUAGES = [lang for lang in languages() if lang != SOURCE]


def test_arabic_is_complete() -> None:
    assert "ar" in LANGUAGES


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_on_every_page_is_said_in_the_language(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    unsaid: set[str] = set()
    template = Reader._template

    def noted(reader: Reader, msgid: str, number: object) -> str:
        said = template(reader, msgid, number)
        if reader.lang == lang and not any(each.text(msgid, number) for each in reader._catalogues) and _is_said(msgid):
            unsaid.add(msgid)
        return said

    monkeypatch.setattr(Reader, "_template", noted)
    for name in ("teaching", "un-security-council"):
        load = partial(read_record, ROOT / "records" / name)
        site = asking(application(Library(load, str, lambda: TODAY)))
        walked = [path for path, answer in crawl(site, f"/{lang}/now/", within=rf"/{lang}/now/[^.]*", most=MOST)]
        assert len(walked) > 20
    assert unsaid == set()


def _is_said(msgid: str) -> bool:
    """Whether a message has words of its own."""
    return any(any(map(str.isalpha, literal)) for literal, _, _ in slots(msgid))


@pytest.mark.parametrize(("lang", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_a_page_says_its_language_and_direction(lang: str, direction: str) -> None:
    answer = board()(f"/{lang}/now/")
    (_, attrs), *_ = [each for each in Markup(answer.text).elements if each[0] == "html"]
    assert (attrs["lang"], attrs["dir"]) == (lang, direction)


def test_style_knows_no_left_and_right() -> None:
    css = (ROOT / "src" / "chancery" / "site" / "static" / "chancery.css").read_text()
    for word in ("left", "right", "margin-top", "padding-bottom"):
        assert word not in css, word
