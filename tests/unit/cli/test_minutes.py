"""`chancery minutes`: in each form and stage; nothing that a record says becomes a mark or a script."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from chancery.cli.papers import md
from tests.unit.cli.doors import ROOT, told, typed

FERRY = str(ROOT / "records" / "teaching-meetings")
MEETING = "meeting:ferry-board-2"
ON = ("--on", "2025-06-01")

HOSTILE = """\
[record]
title = "T"
bodies = ["body:b"]

[[source]]
ref = "source:x"
standing = "press"
published = "2026-01-20"

[[act]]
id = "n-b"
kind = "party.described"
party = "body:b"
names = [{ text = "<script>alert(1)</script>" }]
cites = [{ source = "source:x" }]

[[act]]
id = "n-m"
kind = "party.described"
party = "meeting:m"
names = [{ text = "</title><img src=x onerror=alert(1)>" }]
cites = [{ source = "source:x" }]

[[act]]
id = "held"
kind = "meeting.held"
meeting = "meeting:m"
body = "body:b"
place = "\\"><svg onload=alert(1)>"
agenda = ["# a\\n- b", "[x](javascript:alert(1))", { ar = "<b>نص</b>" }]
effective = "2026-01-20"
cites = [{ source = "source:x" }]

[[act]]
id = "motion"
kind = "motion.tabled"
motion = "motion:x"
body = "body:b"
meeting = "meeting:m"
words = "</blockquote><script>alert(1)</script>"
effective = "2026-01-20"
cites = [{ source = "source:x" }]

[[act]]
id = "n-x"
kind = "party.described"
party = "motion:x"
names = [{ text = "| * _ ` |" }]
cites = [{ source = "source:x" }]
"""


class Page(HTMLParser):
    """The tags, attributes and text of a page, and whether every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(attrs)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page(*options: str, record: str = FERRY, meeting: str = MEETING) -> Page:
    return Page(told("minutes", record, meeting, "--format", "html", *options))


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    (tmp_path / "record.toml").write_text(HOSTILE, encoding="utf-8")
    return str(tmp_path)


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    found = page(*ON)
    assert {"script", "img", "link", "iframe", "object", "form"}.isdisjoint(found.tags)
    assert found.open == []
    assert all(value is None or not value.startswith(("http", "//")) for _, value in found.attributes)
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in found.attributes


def test_each_number_leads_to_its_entry() -> None:
    found = page(*ON)
    anchors = {value for name, value in found.attributes if name == "id"}
    links = {str(value)[1:] for name, value in found.attributes if name == "href"}
    assert links <= anchors
    assert len(anchors) > 50


@pytest.mark.parametrize(("lang", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_the_page_runs_as_its_language_does(lang: str, direction: str) -> None:
    found = page(*ON, "--lang", lang)
    assert found.attributes[:2] == [("lang", lang), ("dir", direction)]
    assert ("Ferries leave every hour in summer." in found.text) == (lang == "en")


def test_what_a_record_says_is_text_on_the_page(hostile: str) -> None:
    found = page("--on", "2026-02-01", record=hostile, meeting="meeting:m")
    assert {"script", "img", "svg", "b"}.isdisjoint(found.tags)
    assert "</title><img src=x onerror=alert(1)>" in found.text
    assert found.open == []


def test_what_a_record_says_is_text_in_markdown(hostile: str) -> None:
    text = told("minutes", hostile, "meeting:m", "--on", "2026-02-01")
    assert "1. \\# a - b" in text
    assert "2. \\[x\\](javascript:alert(1))" in text
    assert "### \\| \\* \\_ \\` \\|" in text
    assert "\\</blockquote\\>\\<script\\>" in text


@pytest.mark.parametrize(
    ("text", "shown"), [("- a", "\\- a"), ("1. a", "1\\. a"), ("12) a", "12\\) a"), ("a\nb", "a b"), ("a-b", "a-b")]
)
def test_text_at_the_beginning_of_a_line_makes_no_list(text: str, shown: str) -> None:
    assert md(text) == shown


@pytest.mark.parametrize(
    ("options", "stage", "has", "has_not"),
    [
        (("--on", "2025-03-10"), "draft; no stage of these minutes is on record", (), ("Corrections", "Approval")),
        (("--on", "2025-03-11"), "draft, 11 Mar 2025", (), ("Corrections", "Approval")),
        (("--on", "2025-03-12"), "circulated, 12 Mar 2025", (), ("Corrections",)),
        (("--on", "2025-03-20"), "corrected, 20 Mar 2025", ("Corrections",), ("Approval",)),
        (ON, "approved, 20 May 2025", ("Corrections", "Approval"), ()),
        ((*ON, "--stage", "draft"), "Shown as draft; on record as approved", (), ("Corrections", "Approval")),
        (
            ("--on", "2025-03-12", "--stage", "approved"),
            "Shown as approved; on record as circulated",
            (),
            ("Approval",),
        ),
    ],
)
def test_the_stage_is_the_one_on_record_unless_another_is_asked_for(
    options: tuple[str, ...], stage: str, has: tuple[str, ...], has_not: tuple[str, ...]
) -> None:
    text = told("minutes", FERRY, MEETING, *options)
    assert f"**{stage}**" in text
    assert all(f"## {each}\n" in text for each in has)
    assert not any(f"## {each}\n" in text for each in has_not)


def test_a_meeting_that_is_not_on_record() -> None:
    result = typed("minutes", FERRY, "meeting:ferry-bord-2", *ON)
    assert (result.exit_code, "did you mean meeting:ferry-board-2?" in result.output) == (1, True)
    assert typed("minutes", FERRY, "meeting:zzzzzzzzzzzzz", *ON).exit_code == 1
    assert typed("minutes", FERRY, "Ferry", *ON).exit_code == 2
    assert typed("minutes", FERRY, MEETING, *ON, "--body", "body:other").exit_code == 1
