"""iCalendar: another reader understands it, days are as exact as they are known, lines are folded whole."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from chancery.exchange.calendar import escaped, folded
from chancery.register import Register
from tests.goldens import Golden
from tests.unit.exchange.made import recorded, register_of, taken, written

TABLE = """entry,kind,effective,fields
b,party.described,2026,"{""party"":""body:b"",""names"":[{""text"":""Böard, the; first""}]}"
m1,meeting.held,2026-01-05,"{""meeting"":""meeting:one"",""body"":""body:b"",""place"":""Placeville, Up""}"
m2,meeting.held,2026-02,"{""meeting"":""meeting:two"",""body"":""body:b""}"
m3,meeting.held,../2026-02-03,"{""meeting"":""meeting:three"",""body"":""body:b""}"
m4,meeting.convened,2027-01-09,"{""meeting"":""meeting:four"",""body"":""body:b""}"
m5,meeting.held,2026-03-05,"{""meeting"":""meeting:five"",""body"":""body:b""}"
no,statement.denied,2026-03-06,"{""denies"":""m5"",""by"":""body:b""}"
r,request.made,2026-01-05,"{""request"":""request:r"",""by"":[""state:fr""],""to"":""body:b"",""due"":""2026-06-30""}"
"""


def events(register: Register) -> list[Event]:
    calendar = Calendar.from_ical(written("ics", register))
    found = [each for each in calendar.walk("VEVENT") if isinstance(each, Event)]
    assert not calendar.errors
    assert not any(event.errors for event in found)
    assert len({event["UID"] for event in found}) == len(found)
    return found


def small() -> Register:
    return recorded(taken("csv", TABLE.encode()))


@pytest.mark.parametrize("name", ["teaching", "board-of-peace"])
def test_another_reader_understands_every_event(name: str) -> None:
    found = events(register_of(name))
    assert found
    assert all({"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS"} <= event.keys() for event in found)


def test_days_are_as_exact_as_they_are_known() -> None:
    found = {str(event["SUMMARY"]): event for event in events(small())}
    assert {name: (event.start, event.end, event["STATUS"]) for name, event in found.items()} == {
        "Böard, the; first: meeting:one": (date(2026, 1, 5), date(2026, 1, 6), "CONFIRMED"),
        "Böard, the; first: meeting:two (some day of 2026-02)": (date(2026, 2, 1), date(2026, 3, 1), "TENTATIVE"),
        "Böard, the; first: meeting:four (called)": (date(2027, 1, 9), date(2027, 1, 10), "CONFIRMED"),
        "Due: request made, by Böard, the; first [overdue]": (date(2026, 6, 30), date(2026, 7, 1), "CONFIRMED"),
    }
    assert str(found["Böard, the; first: meeting:one"]["LOCATION"]) == "Placeville, Up"


def test_the_name_of_an_event_stays_the_same() -> None:
    before = {event["UID"] for event in events(register_of("teaching", "2025-12-01"))}
    after = {event["UID"] for event in events(register_of("teaching", "2026-11-25"))}
    assert len(before & after) > len(before) // 2


def test_a_contested_meeting_is_tentative_and_says_why() -> None:
    found = [event for event in events(register_of("board-of-peace")) if event["CATEGORIES"].to_ical() == b"MEETING"]
    contested = [event for event in found if "contested: accounts differ in" in str(event["DESCRIPTION"])]
    assert contested
    assert {event["STATUS"] for event in contested} == {"TENTATIVE"}


def test_the_teaching_record_as_a_whole(golden: Golden) -> None:
    text = written("ics", register_of("teaching")).decode()
    assert text.count("\n") == text.count("\r\n")
    golden("exchange/teaching.ics.txt", text.replace("\r\n", "\n"))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_folded_lines(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    lines = folded(line).encode()
    assert all(len(each) <= 75 for each in lines.split(b"\r\n"))
    assert lines.decode().replace("\r\n ", "") == line + "\r\n"
    read = Calendar.from_ical(b"BEGIN:VEVENT\r\n" + lines + b"END:VEVENT\r\n")
    shown = "".join(
        letter for letter in text.replace("\t", " ") if letter == "\n" or (letter >= " " and letter != "\x7f")
    )
    assert str(read["SUMMARY"]) == shown


def test_no_text_becomes_a_line_of_its_own() -> None:
    hostile = TABLE.replace("Placeville, Up", "x\\r\\nATTACH:http://x.example\\nEND:VEVENT")
    data = written("ics", recorded(taken("csv", hostile.encode())))
    assert not [line for line in data.split(b"\r\n") if line.startswith(b"ATTACH")]
    assert len(Calendar.from_ical(data).walk("VEVENT")) == 4
