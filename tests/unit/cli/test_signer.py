"""`chancery signer`: it alone holds the keys, believes nothing that it is told, and forgets nothing that it signed."""

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner

from chancery.cli.main import chancery
from chancery.cli.signer import Question, Signing, ask_signer, listening
from chancery.log.checkpoints import Checkpoint, SignedCheckpoint
from chancery.log.cosignatures import sign
from chancery.store.memories import FileMemory
from chancery.store.opening import opened
from chancery.store.urls import Address, address_of
from chancery.text import Refused
from chancery.values import Fault
from tests.logs import STRANGER
from tests.unit.cli.ledgers import ISSUED, Typing, line, trust_file, verified
from tests.unit.cli.seats import kept, log_keys

pytestmark = pytest.mark.slow


class Signer:
    """A signer that listens; whoever types has neither its keys nor its memory."""

    def __init__(self, typing: Typing, room: Path) -> None:
        self.key = typing.key.rename(room / "kept.key")
        self.memory = typing.memory.rename(room / "kept.memory")
        self.socket = room / "signer"
        self.signing = Signing(self.key, self.memory, typing.address)


@pytest.fixture
def signer(typing: Typing, tmp_path: Path) -> Iterator[Signer]:
    made = Signer(typing, tmp_path)
    with listening(made.socket, made.signing) as desk:
        thread = Thread(target=desk.serve_forever, args=(0.01,))
        thread.start()
        yield made
        desk.shutdown()
        thread.join()


def test_it_signs_for_those_who_have_no_key(typing: Typing, signer: Signer) -> None:
    alone = typing.signing("checkpoint")
    assert (alone.exit_code, "there is no key to sign with" in alone.stderr) == (1, True)
    told = typing.told("ledger", "checkpoint", "--signer", signer.socket)
    assert told.encode() == SignedCheckpoint.of(kept(typing)[0].data).note.text.encode()
    typing.key = signer.key
    trust = trust_file(typing.room, log_keys(typing))
    typing.told("ledger", "append", piped=line(ISSUED))
    typing.told("ledger", "export", typing.room / "out", "--signer", signer.socket)
    typing.told("ledger", "append", piped=line({**ISSUED, "id": "newer"}))
    seq = typing.place("newer")
    typing.told("ledger", "prove", seq, "--out", typing.room / "receipt", "--signer", signer.socket)
    trust.write_text(trust.read_text("utf-8").replace("test/log", kept(typing)[0].checkpoint.origin), "utf-8")
    for path in (typing.url, typing.room / "out", typing.room / "receipt"):
        ran = verified(path, "--trust", trust)
        assert ran.exit_code == 0, ran.output
    assert [each.checkpoint.size for each in kept(typing)] == [seq - 1, seq, seq + 1]


def test_only_its_own_and_its_group_may_ask(signer: Signer) -> None:
    assert stat.S_IMODE(signer.socket.stat().st_mode) == 0o660
    assert stat.S_ISSOCK(signer.socket.stat().st_mode)


def refused(signer: Signer, size: int, root: bytes) -> str:
    with pytest.raises(Fault) as caught:
        ask_signer(signer.socket, Question(size, root))
    return str(caught.value)


def test_it_believes_nothing_that_it_is_told(typing: Typing, signer: Signer) -> None:
    with opened(typing.address) as store:
        edge = store.frontier()
    assert "the stored entries lead to" in refused(signer, edge.size, bytes(32))
    assert "entries are stored" in refused(signer, edge.size + 1, edge.root())
    ask_signer(signer.socket, Question(edge.size, edge.root()))
    assert "another root was signed already" in refused(signer, edge.size, bytes(32))
    assert "is not signed: one of" in refused(signer, edge.size - 1, edge.root())
    assert "the signer refused: " in refused(signer, -1, edge.root())


def test_it_reads_through_a_connection_that_cannot_write(database: Address) -> None:
    import msgspec  # noqa: PLC0415

    with (
        opened(msgspec.structs.replace(database, read_only=True)) as store,
        pytest.raises(Refused, match=r"read-?only"),
    ):
        store.note(1, b"x")


def test_a_memory_that_was_lost_is_begun_anew_only_when_it_is_asked(typing: Typing, signer: Signer) -> None:
    typing.told("ledger", "checkpoint", "--signer", signer.socket)
    size = kept(typing)[0].checkpoint.size
    signer.memory.unlink()
    gone = typing.ledger("checkpoint", "--signer", signer.socket)
    assert gone.exit_code == 1
    assert "is not there; a witness that forgets" in gone.stderr
    FileMemory(signer.memory, begin=True)
    empty = typing.ledger("checkpoint", "--signer", signer.socket)
    assert empty.exit_code == 1
    assert f"a checkpoint of {size} entries was signed, and this memory knows of none" in empty.stderr
    signer.key.rename(typing.key)
    signer.memory.rename(typing.memory)
    here = typing.signing("checkpoint")
    assert (here.exit_code, "To begin anew: --begin" in here.stderr) == (1, True)
    typing.memory.unlink()
    assert typing.signing("checkpoint", "--begin").exit_code == 0
    assert typing.signing("checkpoint").exit_code == 0


def raw(signer: Signer, data: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        asking.connect(str(signer.socket))
        with suppress(OSError):  # it may have had enough
            asking.sendall(data)
            asking.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: asking.recv(65536), b""))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"{}\n",
        b'{"size":1,"root":"x"}\n',
        b'{"size":1e999,"root":""}\n',
        b'{"size":1,"root":"","more":1}\n',
        b"[" * 100_000 + b"\n",
        b"\xff\n",
        b'{"size":1,"root":"' + b"A" * 2_000_000,
    ],
)
def test_what_is_no_question_is_answered_with_a_fault(signer: Signer, data: bytes) -> None:
    assert raw(signer, data).startswith(b'{"note":"","fault":"')


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"", "gives no answer: "),
        (b"{}\n", "the signer refused: "),
        (b"[]\n", "gives no answer: "),
        (b'{"note":"x"}\n', "a note is a text"),
        (b'{"note":"\\u001b","fault":""}\n', "a note has no control characters"),
    ],
)
def test_what_is_no_answer_is_refused(typing: Typing, tmp_path: Path, answer: bytes, said: str) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "s"))
        server.listen()
        thread = Thread(target=_once, args=(server, answer))
        thread.start()
        ran = typing.ledger("checkpoint", "--signer", tmp_path / "s")
        thread.join()
    assert ran.exit_code == 1
    assert said in ran.stderr
    assert kept(typing) == []


def _once(server: socket.socket, answer: bytes) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(answer)


def test_another_checkpoint_than_was_asked_for_is_not_kept(typing: Typing, tmp_path: Path) -> None:
    import msgspec  # noqa: PLC0415

    other = Checkpoint("else.example", 1, bytes(32))
    note = SignedCheckpoint.made(other, sign(other, STRANGER, 0)).data.decode()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "s"))
        server.listen()
        thread = Thread(target=_once, args=(server, msgspec.json.encode({"note": note}) + b"\n"))
        thread.start()
        ran = typing.ledger("checkpoint", "--signer", tmp_path / "s")
        thread.join()
    assert ran.exit_code == 1
    assert "signed something else than it was asked for" in ran.stderr
    assert kept(typing) == []


def test_where_nobody_listens_it_is_said(typing: Typing, tmp_path: Path) -> None:
    ran = typing.ledger("checkpoint", "--signer", tmp_path / "nobody")
    assert ran.exit_code == 1
    assert "gives no answer: " in ran.stderr


def test_a_place_that_is_taken_is_left_alone(typing: Typing, signer: Signer, tmp_path: Path) -> None:
    with pytest.raises(Fault, match="Address already in use"), listening(signer.socket, signer.signing):
        pass
    (tmp_path / "file").write_text("kept", "utf-8")
    with pytest.raises(Fault, match="Address already in use"), listening(tmp_path / "file", signer.signing):
        pass
    assert (tmp_path / "file").read_text("utf-8") == "kept"
    typing.told("ledger", "checkpoint", "--signer", signer.socket)


@pytest.mark.parametrize(
    ("name", "said"), [("key", "No such file"), ("memory", "is not there; a witness that forgets")]
)
def test_what_a_signer_needs_is_asked_for_before_it_listens(typing: Typing, name: str, said: str) -> None:
    given = {"key": typing.key, "memory": typing.memory, name: typing.room / "none"}
    words = ["signer", "serve", "--database", typing.url, "--socket", str(typing.room / "s")]
    ran = CliRunner().invoke(chancery, [*words, "--key", str(given["key"]), "--memory", str(given["memory"])])
    assert ran.exit_code == 1
    assert said in ran.stderr
    assert not (typing.room / "s").exists()


def test_the_command_signs_until_it_is_stopped_and_takes_the_place_of_one_that_was_killed(
    sqlite: Address, folder: Path, tmp_path: Path
) -> None:
    typing = Typing(sqlite.shown, tmp_path, tmp_path)
    typing.told("ledger", "init")
    typing.told("load", folder)
    key, memory, place = (tmp_path / f"ledger.db{ending}" for ending in (".key", ".signed", ".socket"))
    words = [Path(sys.executable).parent / "chancery", "signer", "serve", "--key", key, "--memory", memory]
    words += ["--database", typing.url, "--socket", place]
    for end in (signal.SIGKILL, signal.SIGINT, signal.SIGTERM):
        with subprocess.Popen([*map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
            assert server.stdout is not None
            assert server.stdout.readline() == f"{place}\n".encode()
            typing.told("ledger", "checkpoint", "--signer", place)
            os.kill(server.pid, end)
            try:
                assert server.wait(20) == (-signal.SIGKILL if end is signal.SIGKILL else 0)
            finally:
                server.kill()
        assert place.exists() == (end is signal.SIGKILL)
    assert len(kept(typing)) == 3
    assert FileMemory(memory).load(kept(typing)[0].checkpoint.origin) is not None
    assert address_of(typing.url).memory == memory
