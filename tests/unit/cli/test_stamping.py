"""`chancery ledger checkpoint --timestamp`: by an authority on this machine, which answers by openssl."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from chancery.store.opening import opened
from chancery.store.urls import Address
from tests.stamping import Authority
from tests.unit.cli.ledgers import ISSUED, Typing, line, trust_file, verified
from tests.unit.cli.seats import kept, log_keys, origin

pytestmark = pytest.mark.slow

REPLY = "application/timestamp-reply"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@contextmanager
def serving(answers: Callable[[bytes], bytes], status: int = 200, content_type: str = REPLY) -> Iterator[str]:
    """An authority that listens on this machine."""

    class Visit(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.headers["Content-Type"] == "application/timestamp-query"
            data = answers(self.rfile.read(int(self.headers["Content-Length"]))) if asked else b""
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, form: str, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Visit) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/tsa"
        finally:
            server.shutdown()
            thread.join()


def trusting(typing: Typing, authority: Authority) -> Path:
    path = trust_file(typing.room, log_keys(typing))
    text = path.read_text("utf-8").replace("test/log", origin(typing))
    path.write_text(f"{text}\n{authority.trusted}", "utf-8")
    return path


def test_a_checkpoint_is_stamped_exported_and_verified(typing: Typing, authority: Authority) -> None:
    trust = trusting(typing, authority)
    with serving(authority.answer) as url:
        told = typing.signing("checkpoint", "--timestamp", url)
    assert told.exit_code == 0, told.output
    assert told.stdout.splitlines()[-1].startswith("The authority stamped it at 20")
    typing.signing("export", typing.room / "out")
    typing.signing("prove", 1, "--out", typing.room / "receipt")
    stamp = (typing.room / "out" / "checkpoint.tsr").read_bytes()
    assert (typing.room / "out" / "checkpoints" / "0.tsr").read_bytes() == stamp
    assert (typing.room / "receipt.tsr").read_bytes() == stamp
    for path in (typing.url, typing.room / "out", typing.room / "receipt"):
        ran = verified(path, "--trust", trust)
        assert ran.exit_code == 0, ran.output
        assert "Test authority, 20" in ran.stdout


def test_an_export_without_a_time_stamp_keeps_none_of_an_earlier_checkpoint(
    typing: Typing, authority: Authority
) -> None:
    trust = trusting(typing, authority)
    with serving(authority.answer) as url:
        typing.signing("checkpoint", "--timestamp", url)
    typing.signing("export", typing.room / "out")
    typing.signing("prove", 1, "--out", typing.room / "receipt")
    typing.told("ledger", "append", piped=line(ISSUED))
    size = len(typing.log())
    typing.signing("export", typing.room / "out")
    typing.signing("prove", size - 1, "--out", typing.room / "receipt")
    assert not (typing.room / "out" / "checkpoint.tsr").exists()
    assert (typing.room / "out" / "checkpoints" / "0.tsr").exists()
    assert not (typing.room / "receipt.tsr").exists()
    for path in (typing.url, typing.room / "out", typing.room / "receipt"):
        assert verified(path, "--trust", trust).exit_code == 0


def test_a_stamp_that_was_changed_in_the_export_fails(typing: Typing, authority: Authority) -> None:
    trust = trusting(typing, authority)
    with serving(authority.answer) as url:
        typing.signing("checkpoint", "--timestamp", url)
    typing.signing("export", typing.room / "out")
    path = typing.room / "out" / "checkpoint.tsr"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    ran = verified(typing.room / "out", "--trust", trust)
    assert ran.exit_code == 1
    assert "a time stamp of this checkpoint by an authority that is trusted" in " ".join(ran.stdout.split())


def another(authority: Authority, data: bytes = b"another text") -> Callable[[bytes], bytes]:
    query = TimestampRequestBuilder(data, HashAlgorithm.SHA256).build().as_bytes()
    return lambda _: authority.answer(query)


def test_what_is_no_answer_to_the_request_is_refused_and_the_checkpoint_kept(
    sqlite: Address, folder: Path, tmp_path: Path, authority: Authority
) -> None:
    typing = Typing(sqlite.shown, tmp_path, tmp_path)
    typing.told("load", folder)
    typing.told("ledger", "init")
    text = typing.told("ledger", "checkpoint").encode()
    refused = bytes.fromhex("30053003020102")
    cases: list[tuple[str, Callable[[bytes], bytes], int, str]] = [
        ("is of something else than was asked for", another(authority), 200, REPLY),
        ("is of something else than was asked for", another(authority, text), 200, REPLY),  # replayed: another nonce
        ("this is no time stamp: ", lambda _: b"", 200, REPLY),
        ("this is no time stamp: ", lambda _: b"\x30\x80", 200, REPLY),
        ("the authority refused (2): ", lambda _: refused, 200, REPLY),
        ("the authority answered 500, application/timestamp-reply", lambda _: b"", 500, REPLY),
        ("the authority answered 200, text/html", authority.answer, 200, "text/html"),
        ("the answer has more than 256 KiB", lambda _: b"x" * 300_000, 200, REPLY),
    ]
    for count, (said, answers, status, content_type) in enumerate(cases, 2):
        with serving(answers, status, content_type) as url:
            ran = typing.ledger("checkpoint", "--timestamp", url)
        assert ran.exit_code == 1
        assert "the checkpoint is kept, without a time stamp: http://127.0.0.1:" in ran.stderr
        assert said in ran.stderr
        assert len(kept(typing)) == count
    with opened(sqlite) as store:
        assert store.stamps() == []


def test_without_the_option_it_is_said_what_to_install(typing: Typing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    ran = typing.signing("checkpoint", "--timestamp", "http://127.0.0.1:1")
    assert ran.exit_code == 1
    assert "install chancery[timestamp] to ask for time stamps" in ran.stderr
    assert len(kept(typing)) == 1


def test_an_older_copy_takes_the_time_stamp_of_the_later_one(
    sqlite: Address, folder: Path, tmp_path: Path, authority: Authority
) -> None:
    typing = Typing(sqlite.shown, tmp_path, tmp_path)
    typing.told("load", folder)
    typing.told("ledger", "init")
    typing.told("backup", tmp_path / "backup")
    typing.told("ledger", "append", piped=line(ISSUED))
    with serving(authority.answer) as url:
        typing.told("ledger", "checkpoint", "--timestamp", url)
    typing.told("ledger", "export", tmp_path / "out")
    older = Typing(f"sqlite:///{tmp_path}/again.db", tmp_path, tmp_path)
    older.told("restore", tmp_path / "backup")
    for _ in range(2):
        older.told("ledger", "catch-up", tmp_path / "out")
    with opened(older.address) as store, opened(sqlite) as first:
        assert store.stamps() == first.stamps() != []
