"""The server: what is kept ready says the same as what is made, and never answers another question."""

import pytest

from chancery.site.server import MOST_READY, Answered, Key, Ready
from tests.unit.site.asking import board

PAGE = "/en/2026-03-01/standing/"


def key(path: str) -> Key:
    return path, "", "", "2026-11-24"


def test_an_answer_that_was_kept_is_the_one_that_was_made() -> None:
    made, kept = (board()(PAGE, accept_encoding="gzip") for _ in range(2))
    assert made == kept
    assert kept.body == board()(PAGE).body


def test_a_kept_answer_is_not_given_to_another_question() -> None:
    board()(PAGE, accept_encoding="gzip")
    mark = board()(PAGE, accept_encoding="gzip").headers["etag"]
    assert board()(PAGE, accept_encoding="gzip", if_none_match=mark).status == 304
    assert board()(PAGE, accept_encoding="gzip", accept_datetime="Tue, 24 Nov 2026 00:00:00 GMT").status == 302
    assert "content-encoding" not in board()(PAGE).headers
    assert board()(PAGE, "POST", accept_encoding="gzip").status == 405
    assert board()("/en/now/search/?q=a", accept_encoding="gzip") != board()(
        "/en/now/search/?q=b", accept_encoding="gzip"
    )


def test_the_way_to_a_language_hangs_on_who_asks() -> None:
    ways = [board()("/", accept_encoding="gzip", accept_language=lang).headers["location"] for lang in ("ar", "en")]
    assert ways == ["/ar/now/", "/en/now/"]


def test_no_more_is_kept_than_was_said() -> None:
    ready, keys = Ready(), [key(f"/en/now/{number}/") for number in range(MOST_READY * 2)]
    for each in keys:
        ready.keep(each, Answered("200 OK", [], [b""]))
    assert ready.get(keys[0]) is None
    assert sum(ready.get(each) is not None for each in keys) == MOST_READY


def test_a_refusal_is_not_kept() -> None:
    ready = Ready()
    ready.keep(key("/x"), Answered("404 Not Found", [], [b""]))
    assert ready.get(key("/x")) is None


@pytest.mark.parametrize("path", ["/", "/health"])
def test_an_answer_that_hangs_on_who_asks_is_not_kept(path: str) -> None:
    ready = Ready()
    ready.keep(key(path), Answered("200 OK", [], [b"ok"]))
    assert ready.get(key(path)) is None


def test_an_answer_is_kept_for_its_own_record_day_path_and_query() -> None:
    ready = Ready()
    ready.keep(("/en/now/", "", "mark", "2026-11-24"), Answered("200 OK", [], [b"ok"]))
    assert ready.get(("/en/now/", "", "mark", "2026-11-24")) is not None
    assert ready.get(("/en/now/", "", "other", "2026-11-24")) is None
    assert ready.get(("/en/now/", "", "mark", "2026-11-25")) is None
    assert ready.get(("/en/now/", "q=a", "mark", "2026-11-24")) is None
    assert ready.get(None) is None
