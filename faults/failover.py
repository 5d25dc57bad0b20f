"""Failover: three nodes of PostgreSQL under Patroni and etcd on loopback, and the leader killed under load."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
from contextlib import ExitStack
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep
from typing import TYPE_CHECKING, Self
from urllib.error import URLError
from urllib.request import urlopen

import psycopg

from chancery.store.opening import begin
from chancery.store.urls import address_of
from faults.held import Control, Held, Suite
from faults.kills import acknowledged, ended, kill_server, servers_in, writers
from faults.ledgers import ORIGIN, faults_of, room
from tests.postgres import ACCOUNT, programs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent
PATRONI = ROOT / ".patroni"
"""Where `make patroni` puts Patroni: beside the virtual environment, for the machine's own Python."""
NODES = 3
WRITERS = 4
STALLED = 0.5
"""Seconds for which no standby receives anything before the leader is killed."""
PATIENCE = 180.0


class Nodes:
    """An etcd and three Patronis, each with its PostgreSQL, in a folder of their own."""

    def __init__(self, *, synchronous: bool) -> None:
        """Begin the nodes, and wait until one leads and another follows."""
        self.folder = Path(mkdtemp(prefix="patroni-"))
        shutil.chown(self.folder, ACCOUNT)
        ports = _free_ports(2 + 2 * NODES)
        self._etcd_ports, self.ports, self.doors = ports[:2], ports[2 : 2 + NODES], ports[2 + NODES :]
        self._synchronous = synchronous
        self._etcd = self._started("etcd", *self._etcd_words(), log="etcd")
        self._patronis = [self._patroni(number) for number in range(NODES)]
        self.await_replicas()

    def _etcd_words(self) -> list[str]:
        client, peer = (f"http://127.0.0.1:{port}" for port in self._etcd_ports)
        return [
            "--name=one", f"--data-dir={self.folder}/etcd", f"--listen-client-urls={client}",
            f"--advertise-client-urls={client}", f"--listen-peer-urls={peer}", f"--initial-advertise-peer-urls={peer}",
            f"--initial-cluster=one={peer}", "--enable-v2=false",
        ]  # fmt: skip

    def _started(self, *words: str, log: str) -> subprocess.Popen[bytes]:
        out = (self.folder / f"{log}.log").open("ab")
        command = ["setpriv", f"--reuid={ACCOUNT}", f"--regid={ACCOUNT}", "--init-groups", *words]
        environment = {**os.environ, "PYTHONPATH": str(PATRONI), "HOME": str(self.folder)}
        with out:
            return subprocess.Popen(
                command,
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                cwd="/",
                env=environment,
                start_new_session=True,
            )

    def _patroni(self, number: int) -> subprocess.Popen[bytes]:
        file = self.folder / f"node{number}.json"
        if not file.exists():
            file.write_text(json.dumps(self._settings(number)), "utf-8")
            shutil.chown(file, ACCOUNT)
        return self._started("/usr/bin/python3", "-m", "patroni", str(file), log=f"node{number}")

    def _settings(self, number: int) -> dict[str, object]:
        users = {
            name: {"username": user, "password": "none"}
            for name, user in (("superuser", "postgres"), ("replication", "replicator"))
        }
        return {
            "scope": "chancery",
            "name": f"node{number}",
            "restapi": dict.fromkeys(("listen", "connect_address"), f"127.0.0.1:{self.doors[number]}"),
            "etcd3": {"host": f"127.0.0.1:{self._etcd_ports[0]}"},
            "bootstrap": {
                "dcs": {
                    "ttl": 20,
                    "loop_wait": 2,
                    "retry_timeout": 4,
                    "synchronous_mode": self._synchronous,
                    "synchronous_mode_strict": self._synchronous,
                    "maximum_lag_on_failover": 100_000_000,
                    "postgresql": {"use_pg_rewind": True, "parameters": {"max_connections": 60}},
                },
                "initdb": ["data-checksums", {"encoding": "UTF8"}, {"locale": "C.UTF-8"}],
            },
            "postgresql": {
                "listen": f"127.0.0.1:{self.ports[number]}",
                "connect_address": f"127.0.0.1:{self.ports[number]}",
                "data_dir": str(self.folder / f"data{number}"),
                "bin_dir": str(programs()),
                "pgpass": str(self.folder / f"pgpass{number}"),
                "authentication": users,
                "pg_hba": [f"host {what} all 127.0.0.1/32 trust" for what in ("all", "replication")],
                "parameters": {"unix_socket_directories": str(self.folder)},
            },
        }  # fmt: skip

    def url(self, database: str = "postgres") -> str:
        """The address of whichever node leads."""
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.ports)
        return f"postgresql://postgres@{hosts}/{database}?target_session_attrs=read-write&connect_timeout=3"

    def members(self) -> list[dict[str, object]]:
        """What any node that answers says of all of them."""
        for port in self.doors:
            try:
                with urlopen(f"http://127.0.0.1:{port}/cluster", timeout=2) as answer:  # loopback
                    members: list[dict[str, object]] = json.load(answer)["members"]
                    return members
            except (URLError, OSError, KeyError, ValueError):
                continue
        return []

    def leader(self) -> int | None:
        """The number of the node that leads."""
        names = [
            str(each["name"]) for each in self.members() if each.get("role") == "leader" and each["state"] == "running"
        ]
        return int(names[0].removeprefix("node")) if names else None

    def await_replicas(self) -> None:
        """Wait until one node leads and every other follows it, one of them synchronously where that is asked for."""
        roles = {"sync_standby"} if self._synchronous else {"replica"}

        def ready() -> bool:
            members = self.members()
            states = [each["state"] for each in members if each.get("role") != "leader"]
            follows = any(each.get("role") in roles for each in members)
            return self.leader() is not None and follows and states.count("streaming") == NODES - 1

        _await(ready, "the nodes do not come together", self.folder)

    def kill(self, number: int) -> None:
        """Stall what a leader sends to its standbys, then kill its Patroni, its server and every process of it."""
        data = self.folder / f"data{number}"
        for pid in servers_in(data):
            if b"walsender" in _command(pid):
                os.kill(pid, signal.SIGSTOP)
        sleep(STALLED)
        os.killpg(self._patronis[number].pid, signal.SIGKILL)
        kill_server(data)
        self._patronis[number].wait()

    def begin_again(self, number: int) -> None:
        """Begin a node that was killed."""
        self._patronis[number] = self._patroni(number)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in (*self._patronis, self._etcd):
            process.terminate()
        for process in (*self._patronis, self._etcd):
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        for number in range(NODES):
            file = self.folder / f"data{number}" / "postmaster.pid"
            if file.exists():
                os.kill(int(file.read_text("utf-8").split()[0]), signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)


def _await(ready: Callable[[], bool], said: str, folder: Path) -> float:
    begun = monotonic()
    while not ready():
        if monotonic() > begun + PATIENCE:
            logs = "\n".join(path.read_text("utf-8", "replace")[-1500:] for path in sorted(folder.glob("node*.log")))
            raise TimeoutError(f"{said}\n{logs}")
        sleep(0.2)
    return monotonic() - begun


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def killed_leaders(kills: int, *, synchronous: bool) -> tuple[list[str], int, list[float]]:
    """Kill the leader again and again under its writers; what was lost, what was acknowledged, each gap in seconds."""
    with room() as name, Nodes(synchronous=synchronous) as nodes:
        folder = Path(name)
        with psycopg.connect(nodes.url(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE ledger")
        address = address_of(nodes.url("ledger"))
        begin(address, ORIGIN)
        children = writers(address.shown, folder, 24 * 3600, count=WRITERS)
        gaps: list[float] = []
        for _ in range(kills):
            before = len(acknowledged(folder))
            _await(lambda before=before: len(acknowledged(folder)) > before + 50, "nobody writes", nodes.folder)  # type: ignore[misc]
            number = nodes.leader()
            if number is None:
                raise RuntimeError("nobody leads")
            nodes.kill(number)
            killed, known = monotonic(), len(acknowledged(folder))
            _await(lambda known=known: len(acknowledged(folder)) > known + 5, "nobody writes on", nodes.folder)  # type: ignore[misc]
            gaps.append(min(moment for moment in acknowledged(folder).values() if moment > killed) - killed)
            nodes.begin_again(number)
            nodes.await_replicas()
        for child in children:
            child.kill()
        crashed = ended(children)
        words = acknowledged(folder)
        return [*crashed, *faults_of(address, words)], len(words), gaps


def run(*, long: int) -> Iterator[Held]:
    """Kill leaders; only in the long form, since each takes Patroni a third of a minute to replace."""
    if not long:
        return
    kills = 10
    control, _, _ = killed_leaders(2, synchronous=False)
    lost, count, gaps = killed_leaders(kills, synchronous=True)
    said = f"{count:,} entries acknowledged. Gaps in service: {', '.join(f'{gap:.1f}' for gap in sorted(gaps))} s."
    yield Held(
        "leader killed under load", "PostgreSQL, 3 nodes", kills, "kills", tuple(lost),
        Control("asynchronous standbys", len(control)), said,
    )  # fmt: skip


NOTES = f"""
Three PostgreSQL nodes under Patroni 4 and etcd on loopback, strict synchronous replication. What the leader sends
to its standbys is stalled for {STALLED} s, then it is killed with every process of it; the writers go on by
themselves. All on one kernel and one disk: no power is cut, no network parted.
"""

SUITE = Suite("Failover", " ".join(NOTES.split()), run)
