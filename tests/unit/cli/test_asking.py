"""`chancery ledger witness`: cosignatures over loopback, by our own witnesses and by strangers who answer anything."""

import re
import socket
from contextlib import ExitStack, suppress
from threading import Thread

import pytest

from chancery.cli import posting
from tests.logs import ORIGIN, TRUST
from tests.unit.cli.ledgers import ISSUED, Typing, line, verified
from tests.unit.cli.seats import Seat, kept, origin, trusting

pytestmark = pytest.mark.slow


@pytest.fixture
def seats(typing: Typing) -> tuple[Seat, Seat]:
    return Seat(typing, "a"), Seat(typing, "b")


def test_a_checkpoint_is_witnessed_and_verified_by_a_stranger(typing: Typing, seats: tuple[Seat, Seat]) -> None:
    with ExitStack() as stack:
        trust = trusting(typing, {seat: stack.enter_context(seat.open()) for seat in seats}, 2)
        none = typing.ledger("witness", "--trust", trust)
        assert (none.exit_code, "no checkpoint was signed yet" in none.stderr) == (1, True)
        for _ in range(2):
            typing.told("ledger", "append", piped=line({**ISSUED, "id": f"new-{len(kept(typing))}"}))
            size = len(typing.log())
            typing.signing("checkpoint")
            told = typing.told("ledger", "witness", "--trust", trust)
            assert told.splitlines() == [
                "State a: cosigned.",
                "State b: cosigned.",
                f"The checkpoint of {size} entries is witnessed by 2 organisations; 2 are asked for.",
            ]
        again = typing.told("ledger", "witness", "--trust", trust)
    assert again.splitlines()[:2] == ["State a: had cosigned it already.", "State b: had cosigned it already."]
    typing.signing("export", typing.room / "out")
    for path in (typing.url, typing.room / "out"):
        ran = verified(path, "--trust", trust)
        assert ran.exit_code == 0, ran.output
        assert "cosigned by 2: State a (" in ran.stdout
    assert (typing.room / "out" / "checkpoint").read_bytes() == kept(typing)[-1].data


def test_too_few_witnesses_are_a_fault_and_what_came_is_kept(typing: Typing, seats: tuple[Seat, Seat]) -> None:
    typing.signing("checkpoint")
    with seats[0].open() as url:
        with seats[1].open() as gone:
            pass
        trust = trusting(typing, {seats[0]: url, seats[1]: gone}, 2)
        ran = typing.ledger("witness", "--trust", trust)
    assert ran.exit_code == 1
    assert f"{gone}: no answer: " in ran.stderr
    assert "is witnessed by 1 organisation; 2 are asked for." in ran.stdout
    with seats[1].open() as url:
        told = typing.told("ledger", "witness", "--trust", trust, "--witness", f"{url}/add-checkpoint")
    assert told.startswith("State b: cosigned.\n")
    assert [len(each.note.signatures) for each in kept(typing)] == [2, 4, 6]


def test_what_is_witnessed_after_a_later_checkpoint_is_kept_and_the_later_one_is_newest(
    typing: Typing, seats: tuple[Seat, Seat], monkeypatch: pytest.MonkeyPatch
) -> None:
    typing.signing("checkpoint")
    with seats[0].open() as url:
        trust = trusting(typing, {seats[0]: url}, 1)

        def meanwhile(*words: bytes) -> object:
            typing.told("ledger", "append", piped=line(ISSUED))
            typing.signing("checkpoint")
            return posting.post(*words)  # type: ignore[arg-type]

        monkeypatch.setattr("chancery.cli.asking.post", meanwhile)
        ran = typing.ledger("witness", "--trust", trust)
    assert ran.stdout.startswith("State a: cosigned.\n")
    assert ran.exit_code == 1
    size = len(typing.log())
    assert [each.checkpoint.size for each in kept(typing)] == [size - 1, size, size - 1]
    assert verified(typing.url).exit_code == 0
    assert f"{size} entries, root" in verified(typing.url).stdout


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"", "no answer: "),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "is not a signature"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", "refused (302)"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 300_000, "the answer has more than 256 KiB"),
        (b"SMTP ready\r\n\r\n", "no answer: "),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500, "no answer: "),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nold", "no answer: 7 B < Content-Length"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nheld", "no answer: "),
    ],
)
def test_a_stranger_who_answers_anything_is_refused(
    typing: Typing, seats: tuple[Seat, Seat], monkeypatch: pytest.MonkeyPatch, answer: bytes, said: str
) -> None:
    monkeypatch.setattr(posting, "SECONDS", 0.5)
    typing.signing("checkpoint")
    with socket.create_server(("127.0.0.1", 0)) as server:
        held = list[socket.socket]()
        thread = Thread(target=_answer, args=(server, answer, held))
        thread.start()
        trust = trusting(typing, {seats[0]: ""}, 1)
        ran = typing.ledger("witness", "--trust", trust, "--witness", f"http://127.0.0.1:{server.getsockname()[1]}")
        thread.join()
        for each in held:
            each.close()
    assert ran.exit_code == 1
    assert said in ran.stderr
    assert len(kept(typing)) == 1


def _answer(server: socket.socket, data: bytes, held: list[socket.socket]) -> None:
    """Answer one request, and hold the line as long as the other does, where there is less than was promised."""
    connection, _ = server.accept()
    head, _, body = connection.recv(65536).partition(b"\r\n\r\n")
    length = int(re.findall(rb"Content-Length: ([0-9]+)", head)[0])
    while len(body) < length:
        body += connection.recv(65536)
    with suppress(OSError):  # the other may have had enough
        connection.sendall(data)
    if data.endswith(b"held"):
        held.append(connection)
    else:
        connection.close()


@pytest.mark.parametrize(
    "url",
    ["ftp://x/", "http://", "http:///x", "https://a b/", "http://h:x/", "http://u:p@h/", "http://é/", "w.example"],
)
def test_what_is_no_address_is_refused(typing: Typing, seats: tuple[Seat, Seat], url: str) -> None:
    typing.signing("checkpoint")
    ran = typing.ledger("witness", "--trust", trusting(typing, {seats[0]: ""}, 1), "--witness", url)
    assert ran.exit_code == 1
    assert "is no address to post to; expected https://HOST/PATH" in ran.stderr


def test_somebody_has_to_be_asked_about_this_log(typing: Typing, seats: tuple[Seat, Seat]) -> None:
    typing.signing("checkpoint")
    trust = trusting(typing, {seats[0]: ""}, 1)
    ran = typing.ledger("witness", "--trust", trust)
    assert (ran.exit_code, "there is nobody to ask" in ran.stderr) == (1, True)
    trust.write_text(TRUST, "utf-8")
    ran = typing.ledger("witness", "--trust", trust, "--witness", "http://127.0.0.1:1")
    assert ran.exit_code == 1
    assert f"this is the log {origin(typing)}; the trust file is about {ORIGIN}" in ran.stderr
    assert len(kept(typing)) == 1


def test_a_key_cosigns_a_checkpoint_once(typing: Typing, seats: tuple[Seat, Seat]) -> None:
    typing.signing("checkpoint")
    with seats[0].open() as url:
        trust = trusting(typing, {seats[0]: ""}, 1)
        for _ in range(2):
            told = typing.told("ledger", "witness", "--trust", trust, "--witness", url)
            assert told.startswith("State a: cosigned.\n")
            assert [len(each.note.signatures) for each in kept(typing)] == [2, 4]
