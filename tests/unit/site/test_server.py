"""The server: what is kept ready says the same as what is made, and never answers another question."""

from chancery.site.server import MOST_READY, Answered, Ready
from tests.unit.site.asking import board

PAGE = "/en/2026-03-01/standing/"


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
    ready = Ready()
    for number in range(MOST_READY * 2):
        ready.keep(number, Answered("200 OK", [], [b""]))
    assert ready.get(0) is None
    assert sum(ready.get(number) is not None for number in range(MOST_READY * 2)) == MOST_READY


def test_a_refusal_is_not_kept() -> None:
    ready = Ready()
    ready.keep("x", Answered("404 Not Found", [], [b""]))
    assert ready.get("x") is None
