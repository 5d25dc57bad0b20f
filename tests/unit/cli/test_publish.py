"""`chancery publish`: the whole register as plain files in which every link leads somewhere."""

import re
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest
from click.testing import CliRunner, Result

from chancery import __version__
from chancery.cli.main import chancery
from chancery.cli.options import today
from chancery.languages import languages
from tests.unit.cli.ledgers import ISSUED, SECRET, Typing, line, verified

RECORD = """\
[record]
title = "A small board"
bodies = ["body:b"]

[[source]]
ref = "source:x"
standing = "press"
published = "2026-01-20"

[[act]]
id = "b"
kind = "party.described"
party = "body:b"
cites = [{ source = "source:x" }]

[[act]]
id = "one"
kind = "invitation.issued"
party = "state:be"
body = "body:b"
effective = "2026-01-16"
cites = [{ source = "source:x" }]
"""

SIGNED = """
[[act]]
id = "two"
kind = "membership.signed"
party = "state:al"
body = "body:b"
effective = "2026-01-18"
cites = [{ source = "source:x" }]
"""


AGAIN = """
[[act]]
id = "three"
kind = "invitation.accepted"
party = "state:be"
body = "body:b"
effective = "2026-01-20"
cites = [{ source = "source:x" }]
"""

EARLIER = """
[[act]]
id = "before"
kind = "statement.made"
about = ["body:b", "state:fr"]
effective = "2026-01-10"
cites = [{ source = "source:x" }]
"""


class Links(HTMLParser):
    """Every address that a page leads to or loads, and every place on it to which a link can lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.places: set[str] = set()
        self.feed(page)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value for name, value in attrs if name in ("href", "src", "action") and value}
        self.places |= {value for name, value in attrs if name == "id" and value}


def publish(record: Path, folder: Path, *options: str) -> Result:
    return CliRunner().invoke(chancery, ["publish", str(record), str(folder), "--processes", "1", *options])


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "board.toml"
    path.write_text(RECORD + SIGNED, encoding="utf-8")
    return path


def published(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def pages_of(found: dict[str, bytes]) -> dict[str, str]:
    return {name: data.decode() for name, data in found.items() if name.endswith(".html")}


def dead_links(found: dict[str, bytes]) -> set[tuple[str, str]]:
    """Every link of a page that leads to no file, or to no place on a page, with the page."""
    read = {name: Links(page) for name, page in pages_of(found).items()}
    dead = set()
    for name, page in read.items():
        for link in page.found:
            path, _, place = link.partition("#")
            path = unquote(path.partition("?")[0])
            to = path[1:] + ("index.html" if path.endswith("/") else "") if path else name
            if (path and path[0] != "/") or to not in found or (place and place not in read[to].places):
                dead.add((name, link))
    return dead


@pytest.mark.slow
def test_every_link_of_every_page_leads_to_a_file(record: Path, tmp_path: Path) -> None:
    done = publish(record, tmp_path / "public")
    assert done.exit_code == 0, done.output
    found = published(tmp_path / "public")
    whens = ("now", "2026-01-16", "2026-01-18", "2026-01-20,known=2026-01-20")
    assert {f"{lang}/{when}/index.html" for lang in languages() for when in whens} <= found.keys()
    assert dead_links(found) == set()


@pytest.mark.slow
def test_what_nobody_foresaw_is_published_where_a_link_leads_to_it(record: Path, tmp_path: Path) -> None:
    """Belgium had nothing on record on the first day, on which a page names it already: its page says so."""
    record.write_text(RECORD + SIGNED + EARLIER, encoding="utf-8")
    done = publish(record, tmp_path / "public", "--lang", "en")
    assert done.exit_code == 0, done.output
    found = published(tmp_path / "public")
    assert dead_links(found) == set()


@pytest.mark.slow
def test_a_page_lies_once_for_all_the_days_on_which_it_says_the_same(record: Path, tmp_path: Path) -> None:
    publish(record, tmp_path / "public", "--lang", "en")
    found = published(tmp_path / "public")
    assert "en/2026-01-16/state/be/index.html" in found
    assert "en/2026-01-18/state/be/index.html" not in found
    later = found["en/2026-01-18/standing/index.html"].decode()
    assert 'href="/en/2026-01-16/state/be/"' in later
    assert 'href="/en/2026-01-18/state/al/"' in later


@pytest.mark.slow
def test_a_page_says_for_how_long_nothing_changed_on_it(record: Path, tmp_path: Path) -> None:
    record.write_text(RECORD + SIGNED + AGAIN, encoding="utf-8")
    publish(record, tmp_path / "public", "--lang", "en")
    first = published(tmp_path / "public")["en/2026-01-16/state/be/index.html"].decode()
    assert re.sub("<[^>]*>", "", first).count("Nothing changed between 16 Jan 2026 and 19 Jan 2026.") == 1
    assert 'data-days="2026-01-16 2026-01-20"' in first
    assert 'Later: <a href="/en/2026-01-20/state/be/">' in first


@pytest.mark.slow
def test_what_was_known_on_a_day_is_a_link_away_from_it(record: Path, tmp_path: Path) -> None:
    """The source is of the 20th: on the 18th it was not known that Albania had signed."""
    publish(record, tmp_path / "public", "--lang", "en")
    found = {name: page.decode() for name, page in published(tmp_path / "public").items() if name.endswith(".html")}
    assert "Albania" in found["en/2026-01-18/standing/index.html"]
    assert "Albania" not in found["en/2026-01-16,known=2026-01-16/standing/index.html"]
    assert "Albania" in found["en/2026-01-20,known=2026-01-20/standing/index.html"]
    assert 'href="/en/2026-01-16,known=2026-01-16/standing/"' in found["en/2026-01-18/standing/index.html"]
    assert 'href="/en/2026-01-18/standing/"' in found["en/2026-01-20,known=2026-01-20/standing/index.html"]


@pytest.mark.slow
def test_what_is_cited_of_now_stays(record: Path, tmp_path: Path) -> None:
    publish(record, tmp_path / "public", "--lang", "en")
    now = published(tmp_path / "public")["en/now/state/be/index.html"].decode()
    assert '<a href="/en/2026-01-16/state/be/"><bdi class="address">' in now


@pytest.mark.slow
def test_several_processes_publish_the_same(record: Path, tmp_path: Path) -> None:
    publish(record, tmp_path / "one", "--lang", "en")
    CliRunner().invoke(chancery, ["publish", str(record), str(tmp_path / "two"), "--lang", "en", "--processes", "2"])
    assert published(tmp_path / "one") == published(tmp_path / "two")


@pytest.mark.slow
def test_every_day_has_pages_where_that_is_asked(record: Path, tmp_path: Path) -> None:
    """A page of every day since the first lies once, too, as long as it says the same."""
    done = publish(record, tmp_path / "public", "--lang", "en", "--days", "all")
    assert done.exit_code == 0, done.output
    found = published(tmp_path / "public")
    assert dead_links(found) == set()
    assert "en/2026-01-17/index.html" not in found
    assert msgspec.json.decode(found["published.json"])["days"] == "all"


@pytest.mark.slow
def test_the_mark_says_with_what_it_was_published(record: Path, tmp_path: Path) -> None:
    publish(record, tmp_path / "public", "--lang", "en", "--days", "latest")
    mark = msgspec.json.decode(published(tmp_path / "public")["published.json"])
    assert mark == {
        "software": f"chancery {__version__}",
        "on": today(),
        "entries": 3,
        "checkpoint": None,
        "languages": ["en"],
        "days": "latest",
    }


@pytest.mark.slow
def test_what_a_run_left_that_was_cut_off_is_taken_away(record: Path, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    publish(record, folder, "--lang", "en", "--days", "latest")
    (folder / "en" / "now" / "state" / "zz").mkdir()
    (folder / "en" / "now" / "state" / "zz" / "index.html").write_text("left", encoding="utf-8")
    (folder / "en" / "now" / "index.html").write_bytes((folder / "en" / "now" / "index.html").read_bytes()[::-1])
    (folder / "robots.txt").write_text("mine", encoding="utf-8")
    again = publish(record, folder, "--lang", "en", "--days", "latest")
    assert ": 1 written, 1 taken away" in again.output
    assert not (folder / "en" / "now" / "state" / "zz").exists()
    assert (folder / "robots.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.slow
@pytest.mark.parametrize("hostile", ["..", "../../outside", "a/b", "a" * 300, "<b>", "a b", "%2e%2e"])
def test_an_entry_of_any_name_writes_nothing_elsewhere(record: Path, tmp_path: Path, hostile: str) -> None:
    """An id may be any text; one that is no address has no page, which is said."""
    record.write_text(RECORD.replace('id = "one"', f"id = {hostile!r}"), encoding="utf-8")
    done = publish(record, tmp_path / "there" / "public", "--lang", "en", "--days", "latest")
    assert done.exit_code == 1
    assert "A link leads nowhere: /en/now/entry/" in done.output
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["public"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["board.toml", "there"]
    found = published(tmp_path / "there" / "public")
    assert {name.split("/")[3] for name in found if name.startswith("en/now/entry/")} == {"b", "b.json"}


@pytest.mark.slow
def test_a_database_is_published_with_its_log(typing_in_file: Typing, tmp_path: Path) -> None:
    typing, folder = typing_in_file, tmp_path / "public"
    typing.told("load", tmp_path / "record")
    typing.told("ledger", "append", piped=line(ISSUED))
    typing.told("ledger", "append", "--audience", "board", piped=line(SECRET))
    typing.signing("checkpoint")
    typing.told("ledger", "append", piped=line({**ISSUED, "id": "after", "party": "state:al"}))
    done = CliRunner().invoke(chancery, ["publish", typing.url, str(folder), "--processes", "1", "--lang", "en"])
    assert done.exit_code == 0, done.output
    found = published(folder)
    assert dead_links(found) == set()
    assert verified(folder / "log").exit_code == 0
    assert verified(folder / "receipt" / "new.tlog-proof").exit_code == 0
    assert 'href="/receipt/new.tlog-proof"' in found["en/now/entry/new/index.html"].decode()
    assert 'href="/log/checkpoint"' in found["en/now/entry/new/index.html"].decode()
    assert "No checkpoint covers this entry yet" in found["en/now/entry/after/index.html"].decode()
    assert not [name for name, data in found.items() if b"Nobody may read this" in data]
    assert "en/now/entry/secret-name/index.html" not in found


@pytest.mark.slow
def test_what_is_sealed_later_is_published_no_more(typing_in_file: Typing, tmp_path: Path) -> None:
    typing, folder = typing_in_file, tmp_path / "public"
    typing.told("load", tmp_path / "record")
    typing.told("ledger", "append", piped=line(SECRET))
    typing.signing("checkpoint")
    words = ["publish", typing.url, str(folder), "--processes", "1", "--lang", "en", "--days", "latest"]
    CliRunner().invoke(chancery, words)
    assert [name for name, data in published(folder).items() if b"Nobody may read this" in data]
    typing.told("ledger", "seal", typing.place("secret-name"), "--audience", "board", "--reason", "Not yet public.")
    again = CliRunner().invoke(chancery, words)
    assert again.exit_code == 0, again.output
    assert not [name for name, data in published(folder).items() if b"Nobody may read this" in data]


@pytest.mark.slow
def test_a_database_without_a_checkpoint_says_so(typing_in_file: Typing, tmp_path: Path) -> None:
    typing, folder = typing_in_file, tmp_path / "public"
    typing.told("load", tmp_path / "record")
    words = ["publish", typing.url, str(folder), "--processes", "1", "--lang", "en", "--days", "latest"]
    assert CliRunner().invoke(chancery, words).exit_code == 0
    found = published(folder)
    assert "No checkpoint covers this entry yet" in found["en/now/entry/earlier/index.html"].decode()
    assert not any(name.startswith(("log/", "receipt/")) for name in found)


@pytest.mark.slow
def test_a_folder_of_text_says_that_it_gives_no_receipts(record: Path, tmp_path: Path) -> None:
    publish(record, tmp_path / "public", "--lang", "en", "--days", "latest")
    assert "gives no receipts" in published(tmp_path / "public")["en/now/entry/one/index.html"].decode()


@pytest.mark.slow
def test_a_past_day_says_what_stood_then(record: Path, tmp_path: Path) -> None:
    publish(record, tmp_path / "public", "--lang", "en")
    found = published(tmp_path / "public")
    assert "Albania" not in found["en/2026-01-16/standing/index.html"].decode()
    assert "Albania" in found["en/2026-01-18/standing/index.html"].decode()
    assert not any(name.startswith("ar/") for name in found)


@pytest.mark.slow
def test_only_what_changed_is_written_again(record: Path, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    publish(record, folder, "--lang", "en")
    again = publish(record, folder, "--lang", "en")
    assert " 0 written, 0 taken away" in again.output
    before = published(folder)
    record.write_text(RECORD, encoding="utf-8")
    less = publish(record, folder, "--lang", "en")
    after = published(folder)
    assert "en/2026-01-18/index.html" in before.keys() - after.keys()
    assert re.search(r": [1-9][0-9]* written, [1-9][0-9]* taken away", less.output)
    assert before["static/chancery.css"] == after["static/chancery.css"]


@pytest.mark.slow
def test_the_digests_are_those_of_the_files(record: Path, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    publish(record, folder, "--lang", "en", "--days", "latest")
    found = published(folder)
    lines = found.pop("digests.txt").decode().splitlines()
    assert lines == [f"{sha256(data).hexdigest()}  {name}" for name, data in sorted(found.items())]
    assert not any(name.startswith("en/2026") for name in found)


def test_a_folder_that_holds_something_else_is_left_alone(record: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", encoding="utf-8")
    refused = publish(record, tmp_path / "mine")
    assert refused.exit_code == 2
    assert published(tmp_path / "mine") == {"letter.txt": b"mine"}


def test_a_language_that_is_not_spoken_is_wrong_usage(record: Path, tmp_path: Path) -> None:
    refused = publish(record, tmp_path / "public", "--lang", "xx")
    assert refused.exit_code == 2
    assert not (tmp_path / "public").exists()


def test_a_faulty_record_publishes_nothing(record: Path, tmp_path: Path) -> None:
    record.write_text(RECORD + "[[act]]\nid = 1", encoding="utf-8")
    assert publish(record, tmp_path / "public").exit_code == 1
    assert not (tmp_path / "public").exists()


RECORDED = """
[record]
title = "A small board"
bodies = ["body:b"]

[[source]]
ref = "source:x"
standing = "press"
published = "2026-01-20"

[[act]]
id = "b"
kind = "party.described"
party = "body:b"
recorded = "2026-01-21T10:00:00Z"
cites = [{ source = "source:x" }]

[[act]]
id = "one"
kind = "invitation.issued"
party = "state:be"
body = "body:b"
effective = "2026-01-16"
recorded = "2026-01-21T10:00:00Z"
cites = [{ source = "source:x" }]

[[act]]
id = "two"
kind = "membership.signed"
party = "state:al"
body = "body:b"
effective = "2026-01-18"
recorded = "2026-01-23T10:00:00Z"
cites = [{ source = "source:x" }]
"""


@pytest.mark.slow
def test_what_was_recorded_by_a_day_is_listed_in_a_timemap(record: Path, tmp_path: Path) -> None:
    record.write_text(RECORDED, encoding="utf-8")
    done = publish(record, tmp_path / "public", "--lang", "en")
    assert done.exit_code == 0, done.output
    found = published(tmp_path / "public")
    assert dead_links(found) == set()
    now = found["en/now/standing/index.html"].decode()
    assert '<link rel="timemap" type="application/link-format" href="/timemap/en/now/standing.link">' in now
    assert 'href="/en/now,recorded=2026-01-23/standing/"' in now
    assert found["timemap/en/now/standing.link"].decode().splitlines() == [
        '</en/now/standing/>; rel="original",',
        '</timemap/en/now/standing.link>; rel="self"; type="application/link-format",',
        '</en/now,recorded=2026-01-21/standing/>; rel="first memento"; datetime="Wed, 21 Jan 2026 23:59:59 GMT",',
        '</en/now,recorded=2026-01-23/standing/>; rel="last memento"; datetime="Fri, 23 Jan 2026 23:59:59 GMT"',
    ]
    assert "Albania" not in found["en/now,recorded=2026-01-21/standing/index.html"].decode()
    assert "Albania" in found["en/now,recorded=2026-01-23/standing/index.html"].decode()
    assert "timemap/en/now/index.link" in found
