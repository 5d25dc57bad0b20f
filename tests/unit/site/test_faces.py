"""The faces of a page besides HTML: at the same address, with what the page says, safe whatever the record holds."""

import csv
import io
import json
import re
from xml.etree import ElementTree as ET

import pytest

from chancery.exchange.base import WHOLE
from chancery.exchange.calendar import FOLD, write_calendar
from chancery.ledger import Ledger
from chancery.register import Reading
from chancery.text import read_record
from chancery.views import VIEWS
from tests.made import act, record
from tests.unit.site.asking import ROOT, TODAY, Answer, board, site_of

ATOM = "{http://www.w3.org/2005/Atom}"
FIRST = "/en/2026-03-01"
HOSTILE = "</script><script>alert(1)</script>&\u2028]]>\x0b\r\nEND:VEVENT"


def entries(answer: Answer) -> list[dict[str, str]]:
    root = ET.fromstring(answer.text)  # noqa: S314  # our own
    return [
        {
            "id": entry.findtext(f"{ATOM}id") or "",
            "title": entry.findtext(f"{ATOM}title") or "",
            "updated": entry.findtext(f"{ATOM}updated") or "",
            "link": entry.find(f"{ATOM}link").attrib["href"],  # type: ignore[union-attr]
        }
        for entry in root.iter(f"{ATOM}entry")
    ]


def events(answer: Answer) -> list[dict[str, str]]:
    lines = answer.text.replace("\r\n ", "").split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1][name] = value
    return found


@pytest.mark.parametrize("name", VIEWS)
def test_each_view_is_the_same_rows_in_each_form(name: str) -> None:
    data = board()(f"{FIRST}/{name}.json").json
    table = list(csv.reader(io.StringIO(board()(f"{FIRST}/{name}.csv").text)))
    assert data["view"] == name
    assert len(table) - 1 == len(data["rows"])
    assert len({len(row) for row in table}) == 1
    assert board()(f"{FIRST}/{name}.md").text.count("\n| ") == len(data["rows"]) + 2


def test_a_page_leads_to_the_faces_that_it_has_and_to_no_other() -> None:
    for path in ("/", "/standing/", "/duties/", "/state/be/", "/timeline/", "/compare/", "/about/", "/search/"):
        page = board()(FIRST + path).text
        found = re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">', page)
        for media, face in found:
            answer = board()(face)
            assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, media), face
        others = {f"{FIRST}{path.rstrip('/')}.{face}" for face in ("json", "csv", "md", "atom", "ics")}
        for other in others - {face for _, face in found}:
            assert board()(other).status == 404, other


def test_the_feed_of_a_party_tells_what_names_it_the_latest_first() -> None:
    answer = board()("/en/now/state/be.atom")
    found = entries(answer)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert found
    assert [each["updated"] for each in found] == sorted((each["updated"] for each in found), reverse=True)
    assert all("Belgium" in each["title"] for each in found)
    assert len({each["id"] for each in found}) == len(found)
    assert board()(found[0]["link"]).status == 200


def test_the_feed_of_disputes_says_of_each_what_it_is() -> None:
    found = entries(board()("/en/now/disputes.atom"))
    assert found
    assert all(each["title"].lower().startswith(("contested", "denied")) for each in found)


def test_a_feed_is_in_the_language_of_its_page_and_its_ids_are_not() -> None:
    english, arabic = entries(board()("/en/now/timeline.atom")), entries(board()("/ar/now/timeline.atom"))
    assert {each["id"] for each in english} == {each["id"] for each in arabic}
    assert english[0]["title"] != arabic[0]["title"]


def test_the_calendar_has_meetings_and_duties_on_their_days() -> None:
    answer = board()("/en/now/duties.ics")
    found = events(answer)
    assert answer.headers["content-type"].startswith("text/calendar")
    assert {"20251117", "20260219"} <= {each["DTSTART;VALUE=DATE"] for each in found}
    assert len({each["UID"] for each in found}) == len(found)
    assert all(len(line.encode()) <= FOLD for line in answer.text.split("\r\n"))


def test_an_event_is_the_same_in_every_language_and_in_an_export() -> None:
    english, arabic = events(board()("/en/now/duties.ics")), events(board()("/ar/now/duties.ics"))
    assert {each["UID"] for each in english} == {each["UID"] for each in arabic}
    assert english[0]["SUMMARY"] != arabic[0]["SUMMARY"]
    loaded = read_record(ROOT / "records" / "board-of-peace").record
    assert loaded is not None
    exported = write_calendar(Ledger(loaded).as_of(Reading.of(TODAY)))[WHOLE].decode()
    named = set(re.findall("UID:(.*?)\r\n", exported))
    assert named == {each["UID"] for each in (*english, *events(board()("/en/now/meetings.ics")))}


def test_the_calendar_of_a_body_has_its_own_only() -> None:
    whole = {each["UID"] for each in events(board()("/en/now/duties.ics"))}
    own = {each["UID"] for each in events(board()("/en/now/body/board-of-peace.ics"))}
    assert own < whole


def linked(path: str) -> dict[str, object]:
    page = board()(path).text
    found: dict[str, object] = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    return found


def test_a_page_says_in_json_ld_what_it_is_about() -> None:
    found = linked("/en/now/state/be/")
    thing = found["mainEntity"]
    assert isinstance(thing, dict)
    assert (thing["@type"], thing["name"], thing["identifier"]) == (["Country"], "Belgium", "state:be")
    assert thing["memberOf"][0]["memberOf"]["identifier"] == "body:board-of-peace"
    assert "org:hasPost" in linked("/en/now/body/board-of-peace/")["mainEntity"]  # type: ignore[operator]


def test_nothing_that_a_record_says_leaves_the_face_it_stands_in() -> None:
    names = [{"text": HOSTILE, "lang": "en", "use": "display"}]
    made = record(
        act("party.described", id="n", party="person:x", names=names),
        act("meeting.held", id="m", meeting="meeting:m", body="body:b", effective="2026-01-10", note={"en": HOSTILE}),
        act("appointment.made", id="a", person="person:x", body="body:b", effective="2026-01-11", title=HOSTILE),
        bodies=["body:b"],
        title={"en": HOSTILE},
    )
    ask = site_of(made)
    for path in ("/en/now/", "/en/now/body/b/", "/en/now/person/x/", "/ar/now/"):
        assert "<script>alert" not in ask(path).text
    assert len(entries(ask("/en/now/timeline.atom"))) >= 2
    assert [each["DTSTART;VALUE=DATE"] for each in events(ask("/en/now/meetings.ics"))] == ["20260110"]
