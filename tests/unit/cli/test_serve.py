"""`chancery serve`: a folder that is followed as it is saved, a database with its receipts, a server on a port."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from chancery.cli import serve
from chancery.cli.options import Where
from chancery.cli.proving import log_of
from chancery.store import publishing
from chancery.store.urls import Address
from tests.unit.cli.ledgers import ISSUED, SECRET, Typing, line, trust_file, verified
from tests.unit.cli.seats import log_keys, origin
from tests.unit.site.asking import Answer, asking

HOME = "/en/now/"
CHANCERY = str(Path(sys.executable).with_name("chancery"))


def asked(where: Where, *, watch: bool = False) -> Callable[..., Answer]:
    """The application that the command serves, asked without a port."""
    return asking(serve._application(serve.public(where), watch=watch))  # the server's own process has it


@pytest.fixture
def looking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at every request whether a record has changed."""
    monkeypatch.setattr(serve, "LOOKS_APART", -1)


@pytest.mark.slow
@pytest.mark.usefixtures("looking")
def test_a_folder_is_followed_as_it_is_saved(folder: Path) -> None:
    ask, path = asked(folder, watch=True), folder / "record.toml"
    sound, before = path.read_text("utf-8"), ask(HOME)
    path.write_text(sound + "\n[[entries]]\nkind = 'no.such'\n", "utf-8")
    faulty = ask(HOME)
    assert "The record has faults" in faulty.text
    path.write_text(sound + "\n# Mended.\n", "utf-8")
    assert ask(HOME).body == before.body
    assert "The record has faults" not in before.text


def test_a_folder_is_not_followed_unasked(folder: Path) -> None:
    ask = asked(folder)
    before = ask(HOME)
    (folder / "record.toml").write_text("faulty", "utf-8")
    assert ask(HOME).body == before.body


@pytest.mark.usefixtures("looking")
def test_a_file_is_followed_too(folder: Path) -> None:
    mark = serve.mark_of(folder / "record.toml")
    before = mark()
    assert mark() == before
    (folder / "record.toml").write_text("longer than it was" * 1000, "utf-8")
    assert mark() != before


def test_a_change_is_looked_for_after_a_while_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    mark = serve.mark_of(folder)
    before = mark()
    (folder / "more.toml").write_text("# More.\n", "utf-8")
    assert mark() == before
    now += serve.LOOKS_APART + 0.1
    assert mark() != before


def test_a_database_only_grows_and_is_not_looked_at_again(sqlite: Address) -> None:
    assert serve.mark_of(sqlite)() == ""


def test_a_folder_gives_no_receipts(folder: Path) -> None:
    assert log_of(folder) is None
    assert asked(folder)("/receipt/new.tlog-proof").status == 404


@pytest.mark.slow
def test_a_receipt_is_verified_by_a_stranger(typing: Typing) -> None:
    typing.told("ledger", "append", piped=line(ISSUED))
    ask = asked(typing.address)
    assert (ask("/receipt/new.tlog-proof").status, "Checkpoint" in ask(HOME).text) == (404, False)
    typing.signing("checkpoint")
    typing.told("ledger", "append", piped=line({**ISSUED, "id": "later"}))
    ask = asked(typing.address)
    receipt = ask("/receipt/new.tlog-proof")
    assert (receipt.status, "Checkpoint" in ask(HOME).text) == (200, True)
    (typing.room / "new.tlog-proof").write_bytes(receipt.body)
    trust = trust_file(typing.room, log_keys(typing))
    trust.write_text(trust.read_text("utf-8").replace("test/log", origin(typing)), "utf-8")
    ran = verified(typing.room / "new.tlog-proof", "--trust", trust)
    assert ran.exit_code == 0, ran.output
    assert {ask(f"/receipt/{entry}.tlog-proof").status for entry in ("later", "nobody", "..", "%00")} == {404}


def test_a_receipt_is_given_without_working_the_tree_out(typing: Typing, monkeypatch: pytest.MonkeyPatch) -> None:
    typing.signing("checkpoint")
    ask = asked(typing.address)
    monkeypatch.setattr(publishing, "tree_of", lambda *_: pytest.fail("the tree is worked out"))
    assert [ask(f"/receipt/{name}.tlog-proof").status for name in ("earlier", "source:x", "later")] == [200, 200, 404]


def test_a_served_database_shows_nothing_that_is_sealed(typing: Typing) -> None:
    typing.told("ledger", "append", "--audience", "board", piped=line(SECRET))
    typing.signing("checkpoint")
    ask = asked(Typing(f"{typing.url}&audience=board", typing.room, typing.memory).address)
    assert ask("/en/now/entry/secret-name/").status == 404
    assert "Nobody may read" not in ask("/en/now/timeline/").text
    assert b"Nobody may read" not in ask("/receipt/secret-name").body


@contextmanager
def running(*words: str) -> Iterator[tuple[str, int]]:
    """The command on a free port: what it prints, and the port, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [CHANCERY, "serve", *words, "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        printed = server.stdout.readline()
        answered(port, server)
        yield printed, port
        server.terminate()
    assert server.returncode in (0, -15)


def answered(port: int, server: subprocess.Popen[str]) -> None:
    """Wait until a server answers, for as long as it lives."""
    while server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 5):
            return
    pytest.fail("The server ended before it answered.")


@pytest.mark.slow
def test_it_prints_where_it_serves_and_serves_there(folder: Path) -> None:
    with running(str(folder)) as (printed, port):
        assert f"http://127.0.0.1:{port}/" in printed
        with urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
            assert (answer.status, answer.url) == (200, f"http://127.0.0.1:{port}/en/now/")
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"http://127.0.0.1:{port}/en/now/nowhere/", timeout=30)
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=30) as answer:
            assert answer.read() == b"ok\n"


@pytest.mark.slow
def test_a_faulty_record_is_refused_before_anything_is_served(folder: Path) -> None:
    (folder / "record.toml").write_text("faulty", "utf-8")
    command = [CHANCERY, "serve", str(folder)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "record.toml" in ran.stderr
