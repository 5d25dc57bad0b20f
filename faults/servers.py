"""Faults in the server's own process: PostgreSQL's, at every system call by which it keeps an entry."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Self

import psycopg

from chancery.desk import OutcomeUnknown
from chancery.store.opening import begin, opened
from chancery.store.urls import address_of
from chancery.text import Refused
from faults.deeds import kept, spoiled
from faults.held import Control, Held
from faults.ledgers import ORIGIN, faults_of, memory, room
from tests.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chancery.store.tables import Tables
    from chancery.store.urls import Address

CALLS = "openat,pwrite64,pwritev,write,fsync,fdatasync,ftruncate,sendto,recvfrom"
CALL = re.compile(r"^(\w+)\(")
FAULTS = {"sendto": ("signal=KILL",), "recvfrom": ("signal=KILL",), "write": ("signal=KILL",)}
"""How each call is faulted; what talks is killed only: what a broken connection does is tried from the client's end."""
ALL = ("signal=KILL", "error=EIO", "error=ENOSPC")
BROKEN = ("synchronous_commit off", "no unique key")
AROUND = "sendto,recvfrom"
"""Calls at which the controls are struck: before the answer is sent, and after it."""
TRIES = 4
"""How often a fault is tried at most: how many files a process of the server opens is not the same each time."""
PATIENCE = 60.0


def server_calls(broken: str = "", calls: str = CALLS, every: int = 1) -> tuple[int, list[str]]:
    """Keep an entry once for each fault at each call of the server's process; gives how many, and what was lost."""
    with room() as name, Cluster(memory()) as cluster:
        address = address_of(cluster.url(cluster.database()))
        begin(address, ORIGIN)
        with opened(address) as store:  # the first one opens files that stay open
            kept(store, "before", "")
        scratch, lost, names = Path(name), [], ["before"]
        chosen = [each for each in _points(address, scratch) if each.partition(":")[0] in calls.split(",")][::every]
        for number, point in enumerate(chosen):
            for again in range(TRIES):
                names.append(f"e{number}-{again}")
                if _kept(address, names[-1], broken, scratch, point):
                    break
            else:
                lost.append(f"{point}: it was not injected")
            found = faults_of(address, names)
            lost += [f"{point}: {fault}" for fault in found]
            names = [each for each in names if f"lost: {each}" not in found]  # each is told once
        return len(chosen), lost


def _points(address: Address, scratch: Path) -> list[str]:
    """What strace is told, for every fault at every call of one that is kept."""
    with opened(address) as store, Tracer(store, scratch) as tracer:
        kept(store, "counted", "")
    found = Counter(call[1] for line in tracer.lines() if (call := CALL.match(line)) is not None)
    return [
        f"{call}:{fault}:when={at}"
        for call, times in sorted(found.items())
        for at in range(1, times + 1)
        for fault in FAULTS.get(call, ALL)
    ]


def _kept(address: Address, name: str, broken: str, scratch: Path, point: str) -> bool:
    """Keep an entry while a fault strikes, and ask again until it is kept; whether the fault struck."""
    with opened(address) as store:
        spoiled(store, broken)
        with Tracer(store, scratch, point) as tracer:
            acknowledged = _asked(store, name, broken)
            sleep(0.02)  # what waits for the next question is struck too
        struck = any("INJECTED" in line or "killed by SIGKILL" in line for line in tracer.lines())
    until = monotonic() + PATIENCE
    while not acknowledged:
        if monotonic() > until:
            raise TimeoutError("the server does not come back")
        try:
            with opened(address) as store:
                spoiled(store, broken)
                acknowledged = _asked(store, name, broken)
        except Refused:
            sleep(0.05)
    _await(address)
    return struck


def _asked(store: Tables, name: str, broken: str) -> bool:
    try:
        kept(store, name, broken)
    except (Refused, OutcomeUnknown):
        return False
    return True


def _await(address: Address) -> None:
    """Wait until the server answers: it may be about to fall."""
    until, well = monotonic() + PATIENCE, 0
    while well < 2:  # noqa: PLR2004  # once may be before the fall
        try:
            with psycopg.connect(address.target) as connection:
                connection.execute("SELECT 1")
            well += 1
        except psycopg.OperationalError:
            well = 0
            if monotonic() > until:
                raise
        sleep(0.03)


class Tracer:
    """strace at the process that serves a connection."""

    def __init__(self, store: Tables, scratch: Path, point: str = "") -> None:
        """Trace, and inject where that is asked."""
        self._pid = int(store._run("SELECT pg_backend_pid()").fetchone()[0])
        self._out = scratch / "trace"
        more = ("-e", f"inject={point}") if point else ()
        strace = shutil.which("strace")
        if strace is None:
            raise FileNotFoundError("There is no strace here; `make strace` installs Debian's.")
        chosen = point.partition(":")[0] or CALLS
        self._command = [
            strace, "-qq", "-o", str(self._out), "-e", f"trace={chosen}", *more, "-p", str(self._pid)
        ]  # fmt: skip

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(self._command, stderr=subprocess.DEVNULL)
        status, until = Path(f"/proc/{self._pid}/status"), monotonic() + PATIENCE
        while "TracerPid:\t0\n" in status.read_text("utf-8"):
            if monotonic() > until:
                raise TimeoutError("strace does not attach")
            sleep(0.0005)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    def lines(self) -> list[str]:
        """What was traced."""
        return self._out.read_text("utf-8", "replace").splitlines()


def run(*, long: int) -> Iterator[Held]:
    """Fault the server's process at every call, or at some."""
    found = [server_calls(each, AROUND)[1] for each in BROKEN]
    caught = [sum("lost: " in each or "doubled: " in each for each in wrong) for wrong in found]
    tried, lost = server_calls(every=1 if long else 9)
    yield Held(
        "fault at every call of the server's process: append", "PostgreSQL", tried, "system calls", tuple(lost),
        Control(", ".join(BROKEN), min(caught)), "Fired = planned.",
    )  # fmt: skip
