"""`chancery witness`: keys that nobody else reads, a state that outlives a crash, and a door on this machine."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from chancery.cli import doors
from chancery.cli.doors import Door
from chancery.cli.main import chancery
from chancery.cli.witness import opened, secret_keys
from chancery.log.cosignatures import signers
from chancery.log.keys import Sort, VerifierKey
from chancery.log.memory import Remembered
from chancery.log.notes import read_signatures
from chancery.log.witness import Request
from chancery.store.memories import FileMemory
from chancery.values import Fault
from tests.logs import LOG_KEY, ORIGIN, QUANTUM_KEY, WITNESS_A, Item, Log, items

pytestmark = pytest.mark.slow

LOG = Log(items(30), signers=(LOG_KEY,))
FORK = Log([*items(5), Item.of("fork", 5), *items(30)[6:]], signers=(LOG_KEY,))
LOGS = ("--log", LOG_KEY.verifier.text, "--log", QUANTUM_KEY.verifier.text)


def run(*words: object) -> Result:
    ran = CliRunner().invoke(chancery, ["witness", *map(str, words)])
    assert ran.exception is None or isinstance(ran.exception, SystemExit)
    return ran


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "witness.key"
    assert run("keygen", "--name", "w.example/witness", "--out", path).exit_code == 0
    return path


@pytest.fixture
def door(tmp_path: Path, key: Path) -> Iterator[Door]:
    logs = (LOG_KEY.verifier.text, QUANTUM_KEY.verifier.text)
    with opened(key, logs, tmp_path / "state", "127.0.0.1:0", begin=True) as found:
        thread = Thread(target=found.serve_forever, args=(0.01,))
        thread.start()
        yield found
        found.shutdown()
        thread.join()


def request(old: int, size: int, log: Log = LOG) -> bytes:
    return Request(old, tuple(log.tree.consistency(old, size)), log.head(size)).data


def post(port: int, body: bytes, path: str = "/add-checkpoint") -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", path, body)
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    return answer, said


def test_the_keys_of_a_witness_are_its_own_alone(tmp_path: Path, key: Path) -> None:
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert [each.sort for each in secret_keys(key)] == [Sort.COSIGNATURE, Sort.ML_DSA_44]
    again = run("keygen", "--name", "w.example/witness", "--out", key)
    assert (again.exit_code, again.output) == (1, f"{key}: File exists\n")
    other = run("keygen", "--name", "w.example/witness", "--out", tmp_path / "other")
    shown = [VerifierKey.of(line) for line in other.output.splitlines()]
    assert shown == [each.verifier for each in secret_keys(tmp_path / "other")]
    assert shown != [each.verifier for each in secret_keys(key)]


def test_a_name_that_no_key_may_have_is_refused(tmp_path: Path) -> None:
    ran = run("keygen", "--name", "a name", "--out", tmp_path / "x")
    assert ran.exit_code == 1
    assert "cannot name a key" in ran.output
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        ("", 0o600, "has no key in it"),
        ("x\n", 0o600, "a secret key is written"),
        (WITNESS_A.text, 0o640, "may be read by others; make it yours alone: chmod 600"),
        (WITNESS_A.text, 0o604, "may be read by others"),
    ],
)
def test_a_file_of_keys_that_will_not_do_is_refused(tmp_path: Path, text: str, mode: int, said: str) -> None:
    path = tmp_path / "key"
    path.write_text(text, "utf-8")
    path.chmod(mode)
    with pytest.raises(Fault, match=said):
        secret_keys(path)


def serve(*words: object, key: Path, state: Path) -> Result:
    return run("serve", "--key", key, "--state", state, *(LOGS if "--log" not in words else ()), *words)


def test_a_witness_that_lost_its_state_does_not_begin_anew_by_itself(tmp_path: Path, key: Path) -> None:
    ran = serve(key=key, state=tmp_path / "state")
    assert ran.exit_code == 1
    assert "a witness that forgets what it cosigned is none. To begin anew: --begin" in ran.output
    FileMemory(tmp_path / "state", begin=True)
    assert "is there already; leave out --begin" in serve("--begin", key=key, state=tmp_path / "state").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--listen", "8080"], "is no place to listen at; write HOST:PORT"),
        (["--listen", "127.0.0.1:x"], "is no place to listen at"),
        (["--listen", "127.0.0.1:99999999"], "127.0.0.1:99999999: "),
        (["--log", "x"], "is not a key"),
        (["--log", WITNESS_A.verifier.text], "a log signs by keys of the types 1 and 6"),
        (["--key", "nowhere"], "nowhere: "),
    ],
)
def test_what_cannot_be_served_is_said(tmp_path: Path, key: Path, words: list[str], said: str) -> None:
    ran = serve("--begin", *words, key=key, state=tmp_path / "state")
    assert ran.exit_code == 1
    assert said in ran.output


def test_a_state_that_is_none_is_refused_and_left_alone(tmp_path: Path, key: Path) -> None:
    state = tmp_path / "state"
    for data in (b"no database", b""):
        state.write_bytes(data)
        assert serve(key=key, state=state).exit_code == 1
        assert state.read_bytes() == data


def test_it_cosigns_over_http(door: Door, key: Path) -> None:
    for old, size in ((0, 5), (5, 30)):
        answer, said = post(door.server_port, request(old, size))
        assert answer.status == 200
        keys = [each.verifier for each in secret_keys(key)]
        assert set(signers(LOG.head(size).signed(*read_signatures(said.decode())), keys)) == set(keys)


@pytest.mark.parametrize(
    ("body", "status", "content_type", "said"),
    [
        (b"", 400, "text/plain; charset=utf-8", b"a request is a line"),
        (request(0, 5, Log(items(5), origin="else.example")), 404, "text/plain; charset=utf-8", b"this witness does"),
        (request(0, 5, Log(items(5), signers=(WITNESS_A,))), 403, "text/plain; charset=utf-8", b"no signature by any"),
        (request(3, 5), 409, "text/x.tlog.size", b"9\n"),
        (request(9, 30, FORK), 422, "text/plain; charset=utf-8", b"the proof does not show"),
    ],
)
def test_it_answers_with_the_status_of_the_specification(
    door: Door, body: bytes, status: int, content_type: str, said: bytes
) -> None:
    assert post(door.server_port, request(0, 9))[0].status == 200
    answer, told = post(door.server_port, body)
    assert (answer.status, answer.getheader("Content-Type")) == (status, content_type)
    assert told.startswith(said)


def test_another_path_or_method_is_not_found(door: Door) -> None:
    assert post(door.server_port, request(0, 9), "/add-checkpoint/../x")[0].status == 404
    connection = HTTPConnection("127.0.0.1", door.server_port, timeout=20)
    connection.request("GET", "/add-checkpoint")
    assert connection.getresponse().status == 501
    connection.close()


def raw(port: int, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


HEAD = b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (HEAD + b"\r\n", b"411"),
        (HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", b"411"),
        (HEAD + b"Content-Length: -1\r\n\r\n", b"411"),
        (HEAD + "Content-Length: ٣\r\n\r\n".encode(), b"411"),
        (HEAD + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"411"),
        (HEAD + b"Content-Length: 262145\r\n\r\n", b"413"),
        (HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", b"413"),
        (HEAD + b"Content-Length: 10\r\n\r\nabc", b""),
        (b"\x16\x03\x01" + bytes(100) + b"\r\n\r\n", b"400"),
        (HEAD + b"X: " + b"x" * 70_000 + b"\r\n\r\n", b"431"),
        (HEAD + b"X: y\r\n" * 200 + b"\r\n", b"431"),
        (b"", b""),
    ],
)
def test_what_is_no_request_is_refused(door: Door, data: bytes, status: bytes) -> None:
    answer = raw(door.server_port, data)
    assert status in answer if status else answer == b""
    assert post(door.server_port, request(0, 3))[0].status == 200


def test_a_visit_without_an_end_is_ended(monkeypatch: pytest.MonkeyPatch, door: Door) -> None:
    monkeypatch.setattr(doors, "SECONDS", 0.2)
    with socket.create_connection(("127.0.0.1", door.server_port), timeout=20) as slow:
        slow.sendall(HEAD + b"Content-Length: 100\r\n\r\nold")
        assert slow.recv(100) == b""


def test_a_witness_that_cannot_remember_cosigns_nothing(door: Door, tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"no database any more")
    answer, said = post(door.server_port, request(0, 9))
    assert (answer.status, said) == (500, b"this witness cannot remember\n")


def test_of_two_histories_told_at_once_it_cosigns_one(door: Door) -> None:
    told = set()
    with ThreadPoolExecutor(8) as pool:
        for old, size in ((0, 9), (9, 20), (20, 30)):
            bodies = [request(old, size, log) for log in (LOG, FORK) * 8]
            answers = list(pool.map(lambda body: post(door.server_port, body)[0].status, bodies))
            assert answers.count(200) == 1
            told.add(answers.index(200) % 2)
    assert len(told) == 1


def test_a_state_is_changed_by_one_at_a_time(tmp_path: Path) -> None:
    FileMemory(tmp_path / "state", begin=True)
    heads = [Remembered(1, bytes([at]) * 32, at) for at in range(16)]

    def swap(head: Remembered) -> bool:
        return FileMemory(tmp_path / "state").swap(ORIGIN, None, head)

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(swap, heads))
    assert taken.count(True) == 1
    assert FileMemory(tmp_path / "state").load(ORIGIN) == heads[taken.index(True)]
    assert FileMemory(tmp_path / "state").load("else.example") is None


def test_the_command_serves_until_it_is_stopped_and_remembers(tmp_path: Path, key: Path) -> None:
    command = Path(sys.executable).parent / "chancery"
    words = [command, "witness", "serve", "--key", key, *LOGS, "--state", tmp_path / "state", "--listen", "127.0.0.1:0"]
    for more, old, size, sign in ((["--begin"], 0, 9, signal.SIGKILL), ([], 9, 30, signal.SIGINT)):
        with subprocess.Popen([*map(str, words), *more], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
            assert server.stdout is not None
            told = re.fullmatch(rb"http://127\.0\.0\.1:([0-9]+)/add-checkpoint\n", server.stdout.readline())
            assert told is not None
            assert post(int(told[1]), request(old, size))[0].status == 200
            os.kill(server.pid, sign)
            ended = server.wait(20)
        assert ended == (-signal.SIGKILL if sign is signal.SIGKILL else 0)
    assert FileMemory(tmp_path / "state").load(ORIGIN) is not None
