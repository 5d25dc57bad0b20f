"""Memento (RFC 7089) by the recorded clock, conditional requests, and what may be kept for ever."""

import re

import pytest

from chancery.ledger import Ledger, Record
from chancery.site.memento import MOST_MOMENTS, moments
from tests.made import act, record
from tests.unit.site.asking import TODAY, board, site_of

FIRST, SECOND = "2026-02-01T10:00:00Z", "2026-03-01T10:00:00Z"
HTTP_FIRST, HTTP_SECOND = "Sun, 01 Feb 2026 10:00:00 GMT", "Sun, 01 Mar 2026 10:00:00 GMT"
PAGE = "/en/now/standing.json"


def growing() -> Record:
    """A record that took an invitation, and a month later a signature."""
    return record(
        act("invitation.issued", effective="2026-01-16", recorded=FIRST),
        act("membership.signed", effective="2026-01-20", recorded=SECOND),
        bodies=["body:b"],
    )


@pytest.mark.parametrize(
    ("asked", "recorded"),
    [
        ("Sun, 01 Feb 2026 12:00:00 GMT", FIRST),
        (HTTP_SECOND, SECOND),
        ("Tue, 10 Feb 2026 12:00:00 GMT", "2026-02-10T00:00:00Z"),
        ("Thu, 01 Jan 2026 00:00:00 GMT", FIRST),
        ("Fri, 01 Jan 2100 00:00:00 GMT", f"{TODAY}T00:00:00Z"),
    ],
    ids=["after the first", "at the second", "between", "before all", "to come"],
)
def test_an_original_leads_to_its_memento(asked: str, recorded: str) -> None:
    answer = site_of(growing())(PAGE, accept_datetime=asked)
    assert answer.status == 302
    assert answer.headers["location"] == f"/en/now,recorded={recorded}/standing.json"
    assert "accept-datetime" in answer.headers["vary"].lower()


def test_a_memento_says_what_stood_then_and_when() -> None:
    ask = site_of(growing())
    then = ask(f"/en/now,recorded={FIRST}/standing.json")
    now = ask(PAGE)
    assert then.headers["memento-datetime"] == HTTP_FIRST
    assert [row["standing"] for row in then.json["rows"]] == ["invited"]
    assert [row["standing"] for row in now.json["rows"]] == ["signatory"]
    assert "memento-datetime" not in now.headers
    assert then.json["on"] == "2026-02-01"


def test_both_name_the_original_and_its_timemap() -> None:
    ask = site_of(growing())
    for path in (PAGE, f"/en/now,recorded={FIRST}/standing.json"):
        assert ask(path).headers["link"] == (
            f'<{PAGE}>; rel="original timegate", </timemap{PAGE}>; rel="timemap"; type="application/link-format"'
        )


def test_the_timemap_lists_every_moment_at_which_the_record_changed() -> None:
    answer = site_of(growing())(f"/timemap{PAGE}")
    assert answer.headers["content-type"] == "application/link-format"
    assert answer.text.splitlines() == [
        f'<{PAGE}>; rel="original timegate",',
        f'</timemap{PAGE}>; rel="self"; type="application/link-format"; from="{HTTP_FIRST}"; until="{HTTP_SECOND}",',
        f'</en/now,recorded={FIRST}/standing.json>; rel="first memento"; datetime="{HTTP_FIRST}",',
        f'</en/now,recorded={SECOND}/standing.json>; rel="last memento"; datetime="{HTTP_SECOND}"',
    ]


def test_every_memento_of_a_timemap_is_there_with_its_moment() -> None:
    ask = site_of(growing())
    for path, moment in re.findall(r'<([^>]+)>; rel="[a-z ]*memento"; datetime="([^"]+)"', ask(f"/timemap{PAGE}").text):
        assert ask(path).headers["memento-datetime"] == moment


def test_a_long_timemap_leads_to_the_one_before_it() -> None:
    many = [
        act(
            "invitation.issued",
            effective="2026-01-16",
            recorded=f"2026-02-{1 + at // 1440:02}T{at // 60 % 24:02}:{at % 60:02}:00Z",
        )
        for at in range(MOST_MOMENTS + 5)
    ]
    ask = site_of(record(*many, bodies=["body:b"]))
    page, seen = f"/timemap{PAGE}", []
    while page:
        text = ask(page).text
        seen += re.findall(r'<([^>]+)>; rel="[a-z ]*memento"', text)
        page = next(iter(re.findall(r'<([^>]+)>; rel="timemap"', text)), "")
    assert len(seen) == len(set(seen)) == MOST_MOMENTS + 5


def test_a_record_that_tells_no_moment_has_no_mementos() -> None:
    ask = site_of(record(act("invitation.issued", effective="2026-01-16"), bodies=["body:b"]))
    assert ask(PAGE, accept_datetime=HTTP_FIRST).status == 200
    assert "memento" not in ask(f"/timemap{PAGE}").text


@pytest.mark.parametrize(
    "asked", ["soon", "2026-02-01", "Sun, 99 Feb 2026 10:00:00 GMT", "Sun, 01 Feb 123456 10:00:00 GMT"]
)
def test_a_moment_that_cannot_be_read_is_refused(asked: str) -> None:
    assert site_of(growing())(PAGE, accept_datetime=asked).status == 400


def test_a_reading_as_recorded_in_the_past_never_changes() -> None:
    ask = site_of(growing())
    for when in (f"now,recorded={FIRST}", f"2026-01-20,recorded={SECOND}", "2026-01-20,recorded=2026-11-01"):
        assert ask(f"/en/{when}/standing.json").headers["cache-control"] == "public, max-age=31536000, immutable"


def test_a_reading_that_may_change_is_asked_for_again() -> None:
    ask = site_of(growing())
    for when in ("now", "2026-01-20", f"2026-01-20,recorded={TODAY}", "2026-01-20,recorded=2027-01-01"):
        answer = ask(f"/en/{when}/standing.json")
        assert answer.headers["cache-control"] == "public, no-cache"
        assert "memento-datetime" not in answer.headers


def test_a_page_is_not_sent_again_to_whoever_has_it() -> None:
    ask = board()
    had = ask("/en/now/standing/").headers["etag"]
    for marks in (had, had.removeprefix("W/"), f'"x", {had}', "*"):
        again = ask("/en/now/standing/", if_none_match=marks)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == had
    assert ask("/en/now/standing/", if_none_match='"x"').status == 200
    assert ask("/en/now/standing/", if_none_match=had.strip('W/"')).status == 200


def test_packed_or_not_it_is_the_same_page() -> None:
    plain, packed = board()("/en/now/standing/"), board()("/en/now/standing/", accept_encoding="br, gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert (plain.body, plain.headers["etag"]) == (packed.body, packed.headers["etag"])
    assert "accept-encoding" in plain.headers["vary"].lower()


def test_a_mark_changes_with_what_the_page_says() -> None:
    one = record(act("invitation.issued", id="a", effective="2026-01-16"), bodies=["body:b"])
    other = record(act("invitation.issued", id="a", effective="2026-01-17"), bodies=["body:b"])
    assert site_of(one)(PAGE).headers["etag"] != site_of(other)(PAGE).headers["etag"]


def test_the_moments_of_a_ledger_are_each_told_once() -> None:
    assert len(moments(Ledger(growing()))) == 2
