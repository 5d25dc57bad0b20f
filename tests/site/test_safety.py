"""What keeps a reader safe, and what is sealed secret, at every address."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from chancery.cli.main import chancery
from chancery.cli.options import load
from chancery.cli.serve import public
from chancery.site.access import Library
from chancery.site.server import application
from chancery.store.urls import address_of
from tests.made import BODY, act, record, source
from tests.site.crawling import Markup, crawl
from tests.unit.site.asking import ROOT, TODAY, Answer, asking, board, library, site_of
from tests.unit.site.reading import sections, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

HOSTILE = "<script>alert(1)</script><img src=//evil.example/x onerror=alert(2)>\"'><svg onload=alert(3)>{{7*7}}\u202e"
PAGES = ("", "standing/", "counts/", "timeline/", "disputes/", "sources/", "about/", "search/?q=%3Cscript%3E", "small/")


@cache
def hostile() -> Callable[..., Answer]:
    """A site of a record in which every text is an attack."""
    words = {"en": HOSTILE, "ar": HOSTILE}
    names = [{"text": HOSTILE, "lang": "en", "use": "display"}, {"text": HOSTILE, "lang": "ar", "use": "display"}]
    evil = source("evil", title=HOSTILE, outlet=HOSTILE, publisher=HOSTILE, author=HOSTILE, url=HOSTILE, note=HOSTILE)
    return site_of(
        record(
            act("party.described", party="state:be", names=names, description=words),
            act("party.described", party=BODY, names=names),
            act("invitation.issued", "evil", body=BODY, to="membership", effective="2026-01-16", note=words),
            act("invitation.declined", "evil", body=BODY, effective="2026-01-18", reason=words, speaker_as=HOSTILE),
            act("statement.made", "evil", about=[BODY], words=words, channel=HOSTILE, effective="2026-01-19"),
            act("count.reported", "evil", body=BODY, of="signed", number=3, speaker_as=HOSTILE, effective="2026-01-19"),
            sources=[evil],
            title=words,
            bodies=[BODY],
            coverage=words,
        )
    )


@pytest.mark.slow
def test_hostile_words_are_text_at_every_address() -> None:
    walked = 0
    for path, answer in crawl(hostile(), "/en/now/", "/ar/now/", "/en/now/search/?q=%3Cscript%3Ealert(1)"):
        walked += 1
        assert answer.status < 400, path
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        for tag, attrs in Markup(answer.text).elements:
            assert tag not in {"img", "iframe", "object", "embed", "style"}, path
            assert not any(name.startswith("on") or name == "style" for name in attrs), path
            assert tag != "script" or attrs.get("src") == "/static/chancery.js" or "json" in attrs.get("type", ""), path
            assert tag != "svg" or "onload" not in attrs, path
    assert walked > 40


@pytest.mark.parametrize("page", PAGES)
def test_a_page_loads_nothing_from_elsewhere_and_sets_no_cookie(page: str) -> None:
    answer = board()(f"/ar/now/{page}")
    assert "set-cookie" not in answer.headers
    loaded = [
        attrs.get("href") or attrs.get("src", "")
        for tag, attrs in Markup(answer.text).elements
        if tag in {"script", "img", "iframe"} or (tag == "link" and attrs.get("rel") == "stylesheet")
    ]
    assert loaded
    assert all(link.startswith("/static/") for link in loaded if link)


@pytest.mark.parametrize("path", ["/en/now/", "/static/chancery.js", "/en/nowhere/", "/en/now/standing.json"])
def test_every_answer_has_the_headers_that_keep_a_reader_safe(path: str) -> None:
    headers = board()(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_only_the_small_version_may_stand_in_a_frame() -> None:
    assert "frame-ancestors *" in board()("/en/now/small/").headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/en/" + "a" * 5000,
        "/en/now/../../etc/passwd",
        "/en/now/%2e%2e/%2e%2e/x/",
        "/static/../web.py",
        "/en/now/state/%00/",
        "/xx/now/",
        "/en/2026-99-99/",
        "/en/now,known=;drop/",
        "/read?page=//evil.example/",
        "/read?page=https://evil.example/",
    ],
)
def test_what_is_no_address_is_refused(path: str) -> None:
    assert board()(path).status in (400, 404)


def test_the_form_of_days_leads_nowhere_else() -> None:
    answer = board()("/read?page=/en/now/disputes/&on=2026-01-22&known=2026-01-22")
    assert answer.headers["location"] == "/en/2026-01-22,known=2026-01-22/disputes/"
    assert board()("/read?page=/en/now/&on=tomorrow").status == 400


def test_what_is_sought_is_read_only_so_far() -> None:
    answer = board()("/en/now/search/?q=" + "russia" * 5000 + "&first=nonsense")
    assert answer.status == 400
    assert board()("/en/now/search/?q=" + "russia" * 5000).status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_written(method: str) -> None:
    assert board()("/en/now/", method).status == 405


def test_health_is_told_to_this_machine_only() -> None:
    app = application(library(record(bodies=[BODY])))
    for address, status in (("127.0.0.1", 200), ("::1", 200), ("192.0.2.7", 404)):
        assert asking(_from(address, app))("/health", ACCEPT_ENCODING="gzip").status == status


def _from(address: str, app: WSGIApplication) -> WSGIApplication:
    """An application as it is asked from an address."""

    def serve(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        return app({**environ, "REMOTE_ADDR": address}, start)

    return serve


def typed(*words: str) -> str:
    told = CliRunner().invoke(chancery, words)
    assert told.exit_code == 0, told.output
    return told.output


@pytest.mark.slow
def test_what_is_sealed_is_nowhere_whatever_the_address_of_the_database_asks(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/ledger.db"
    teaching = (ROOT / "records" / "teaching").as_posix()
    typed("ledger", "init", "--database", url, "--origin", "board.example/log")
    typed("load", teaching, "--database", url)
    seq = next(
        line.split()[0] for line in typed("ledger", "log", "--database", url).splitlines() if "statement.made" in line
    )
    sealed = next(
        line.split()[3] for line in typed("ledger", "log", "--database", url).splitlines() if line.split()[:1] == [seq]
    )
    open_site = _served(url)
    words = open_site(f"/en/now/entry/{sealed}/").text
    typed("ledger", "seal", seq, "--database", url, "--audience", "members", "--reason", "Not yet.")
    ask = _served(f"{url}?audience=members")
    rows = sections(words)["says"].split("<tr>")
    told = next(
        text_of(each.partition("<td")[2].partition(">")[2].partition("</td>")[0]) for each in rows if ">words<" in each
    )
    assert len(told) > 10
    walked = 0
    for path, answer in crawl(ask, "/en/now/", "/ar/now/"):
        walked += 1
        assert told.encode() not in answer.body, path
    assert walked > 100
    assert ask(f"/en/now/entry/{sealed}/").status == 404


def _served(url: str) -> Callable[..., Answer]:
    where = public(address_of(url))
    return asking(application(Library(partial(load, where), str, lambda: TODAY)))
