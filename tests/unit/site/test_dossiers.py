"""Dossiers: what stands on the page of a State, a meeting, a body, a source."""

from tests.made import BODY, act, record
from tests.unit.site.asking import board, site_of
from tests.unit.site.reading import cells, headings, sections, text_of

MEETING = "meeting:m"


def test_the_page_of_a_state_tells_what_it_replied_pledged_voted_and_denied() -> None:
    acts = (
        act("invitation.issued", by="state:us", effective="2026-01-16"),
        act("membership.ratified", effective="2026-02-01", note="The House agrees."),
        act("vote.cast", party="state:be", choice="abstain", motion="motion:m", body=BODY, effective="2026-02-19"),
        act("pledge.made", by=["state:be"], to=BODY, money={"amount": "5", "currency": "EUR"}, effective="2026-02-19"),
        act("membership.listed", by=BODY, effective="2026-01-28", id="listed"),
        act("membership.denied", "official", effective="2026-01-29"),
        act("invitation.declined", effective="2026-02-20"),
    )
    found = sections(site_of(record(*acts, bodies=[BODY]))("/en/2026-12-31/state/be/").text)
    assert [*found] == [
        "standing",
        "invitations",
        "domestic",
        "votes",
        "pledges",
        "money",
        "denials",
        "disputes",
        "timeline",
    ]
    assert "The House agrees." in text_of(found["domestic"])
    assert "abstain" in cells(found["votes"])
    assert cells(found["pledges"])[1:4] == ["5 EUR, to body:b, 19 Feb 2026", "nothing on record", "nothing on record"]
    assert "membership denied" in text_of(found["denials"])


def test_the_page_of_a_meeting_holds_its_minutes_with_links_to_the_entries() -> None:
    acts = (
        act("meeting.held", meeting=MEETING, body=BODY, place="Cairo", effective="2026-02-19", id="held"),
        act("attendance.recorded", party="state:be", body=BODY, meeting=MEETING, capacity="observer",
            effective="2026-02-19", id="came"),
        act("motion.tabled", motion="motion:m", body=BODY, meeting=MEETING, by=["state:be"], effective="2026-02-19"),
        act("vote.counted", motion="motion:m", body=BODY, meeting=MEETING, yes=3, no=1, effective="2026-02-19"),
    )  # fmt: skip
    found = sections(site_of(record(*acts, bodies=[BODY]))("/en/2026-12-31/meeting/m/").text)
    minutes = found["minutes-b"]
    assert headings(minutes, 2) == ["Minutes, for body:b"]
    assert {"Attendance", "Business", "What the record does not say"} <= set(headings(minutes, 3))
    assert {"As observers", "motion:m"} <= set(headings(minutes, 4))
    assert 'href="/en/2026-12-31/entry/came/"' in minutes
    assert "Cairo" in text_of(minutes)


def test_the_page_of_the_main_body_tells_its_mandate_seats_oversight_and_duties_and_leads_to_the_rest() -> None:
    found = sections(board()("/en/2026-03-01/body/board-of-peace/").text)
    assert [*found] == ["bodies", "seats", "oversight", "meetings", "duties", "timeline"]
    assert "<svg" in found["oversight"]
    assert "31 Dec 2027" in text_of(found["bodies"])
    assert found["timeline"].count('<p class="day">') == 20
    assert 'href="/en/2026-03-01/timeline/"' in found["timeline"]


def test_the_page_of_another_body_tells_its_rules_and_all_its_days() -> None:
    found = sections(board()("/en/2026-03-01/body/executive-board/").text)
    assert {"bodies", "seats", "articles", "duties", "timeline"} <= {*found}
    assert "more" not in found["timeline"]


def test_the_page_of_a_source_says_what_falls_if_it_is_wrong() -> None:
    acts = (
        act("membership.signed", "wire", effective="2026-01-22", id="alone"),
        act("membership.listed", "wire", by=BODY, effective="2026-01-28", id="both"),
        act("membership.listed", "press", by=BODY, effective="2026-01-28", id="other"),
    )
    found = sections(site_of(record(*acts, bodies=[BODY]))("/en/2026-12-31/source/wire/").text)
    assert "entry/alone/" in found["falls"]
    assert "entry/both/" not in found["falls"]
    assert "entry/both/" in found["rests"]


def test_what_is_only_named_has_a_page_that_says_so_and_what_is_not_has_none() -> None:
    site = site_of(record(act("membership.signed", effective="2027-01-22"), bodies=[BODY]))
    assert "Nothing on record." in site("/en/2026-12-31/state/be/").text
    assert site("/en/2026-12-31/state/fr/").status == 404
