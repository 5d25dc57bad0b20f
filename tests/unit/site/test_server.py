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


def test_no_more_bytes_are_kept_than_was_said() -> None:
    ready = Ready(most_bytes=1000)
    for number in range(20):
        ready.keep(number, Answered("200 OK", [], [bytes(100)]))
    assert [number for number in range(20) if ready.get(number) is not None] == list(range(10, 20))
    ready.keep("large", Answered("200 OK", [], [bytes(500)]))
    assert ready.get("large") is None
    for _ in range(20):
        ready.keep(19, Answered("200 OK", [], [bytes(100)]))
    assert ready.get(10) is not None


def test_questions_with_a_query_crowd_nothing_out() -> None:
    plain = {"PATH_INFO": PAGE, "QUERY_STRING": "", "REQUEST_METHOD": "GET", "HTTP_ACCEPT_ENCODING": "gzip"}
    assert Ready().key(plain, "", "") is not None
    assert Ready().key({**plain, "QUERY_STRING": "junk=1"}, "", "") is None
    assert board()(f"{PAGE}?junk=1", accept_encoding="gzip") == board()(PAGE, accept_encoding="gzip")


def test_a_kept_answer_is_not_sent_to_whom_has_it() -> None:
    made = board()(PAGE, accept_encoding="gzip")
    mark = made.headers["etag"]
    not_again = board()(PAGE, accept_encoding="gzip", if_none_match=f'"other", {mark}')
    assert (not_again.status, not_again.body, not_again.headers["etag"]) == (304, b"", mark)
    assert not {"content-type", "content-encoding", "content-length"} & not_again.headers.keys()
    assert not_again.headers.items() <= made.headers.items()
    assert board()(PAGE, accept_encoding="gzip", if_none_match='"other"') == made
    assert board()(PAGE, accept_encoding="gzip") == made


def test_what_pages_use_is_packed_and_marked() -> None:
    packed, plain = board()("/static/chancery.css", accept_encoding="gzip"), board()("/static/chancery.css")
    assert packed.body == plain.body
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["cache-control"] == plain.headers["cache-control"] == "public, max-age=3600"
    assert board()("/static/chancery.css", if_none_match=plain.headers["etag"]).status == 304
