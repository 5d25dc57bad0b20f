"""A fault at every system call: each command that writes is run once for every call and fault, under strace."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Literal

import psycopg
from msgspec import Struct

from faults import servers
from faults.children import CRASHED, PATIENCE, Child
from faults.commands import DEEDS, ON_A_SERVER, template, writer
from faults.held import Control, Held, Suite, some
from faults.ledgers import FAULTED, memory, room, server_of
from tests.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from faults.commands import Deed

Fault = Literal["SIGKILL", "EIO", "ENOSPC", "ECONNRESET"]
FAULTS: tuple[Fault, ...] = ("SIGKILL", "EIO", "ENOSPC", "ECONNRESET")

CALL = re.compile(r"^(?:\d+ +)?(?:<\.\.\. )?(\w+)(?:\(| resumed>)")
NAMED = re.compile(r'"((?:[^"\\]|\\.)*)"|<([^<>]+)>')

CHANGES = """
openat creat write pwrite64 ftruncate fsync fdatasync unlink unlinkat rename renameat renameat2 link linkat mkdir
mkdirat rmdir chmod fchmod fchmodat fchown copy_file_range sendfile
"""
CHANGING = frozenset(CHANGES.split())
"""Calls that change what is on the disk: a kill anywhere else leaves what a kill at the next of these leaves."""


INJECTED = "(INJECTED)"
"""How strace marks a call that it made fail."""

TALKING = ("connect", "sendto", "recvfrom")
"""Calls by which a client talks with its server."""


def faults_at(call: str) -> tuple[Fault, ...]:
    """The faults that are injected at a call: closing a file cannot be refused, and only what changes lacks space."""
    if call in CHANGING:
        return ("SIGKILL", "EIO", "ENOSPC")
    if call in TALKING:
        return ("SIGKILL", "ECONNRESET")
    return ("SIGKILL",) if call == "close" else ("EIO",)


ENDED = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"


class Point(Struct, frozen=True):
    """A fault at the n-th time that a call is made, from 1."""

    call: str
    at: int
    fault: Fault

    @property
    def injection(self) -> str:
        """As strace is told."""
        how = "signal=KILL" if self.fault == "SIGKILL" else f"error={self.fault}"
        return f"inject={self.call}:{how}:when={self.at}"

    def __str__(self) -> str:
        return f"{self.fault} at {self.call} {self.at}"


class Traced(Struct, frozen=True):
    """A run under strace: how it ended, and the lines of the trace."""

    code: int
    said: str
    lines: tuple[str, ...]

    @property
    def fired(self) -> bool:
        """Whether the fault was injected."""
        return any(INJECTED in line or "killed by SIGKILL" in line for line in self.lines)


def traced(
    does: Callable[..., None],
    given: Sequence[object],
    scratch: Path,
    paths: Iterable[str] = (),
    *more: str,
    upon: Callable[[], None] | None = None,
) -> Traced:
    """Run a function in a process of its own under strace; with paths, only calls about them are traced and counted.

    ``upon`` is called once, when a fault was injected.
    """
    strace = shutil.which("strace")
    if strace is None:
        raise FileNotFoundError("There is no strace here; `make strace` installs Debian's.")
    out = scratch / "trace"
    child = Child(does, given, scratch)
    chosen = [word for path in paths for word in ("-P", path)]
    command = [strace, "-f", "-y", "-qq", "-o", str(out), *chosen, *more, "-p", str(child.pid)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr is not None  # noqa: S101  # it is piped
        # -qq leaves out the word that it has attached, so it is looked up
        child.await_tracer()
        child.release()
        until = monotonic() + PATIENCE
        try:
            while upon is not None and child.is_alive and monotonic() < until:
                if INJECTED in out.read_text("utf-8", "replace"):
                    upon()
                    break
                sleep(0.01)
        finally:
            code, said = child.end()
        tracer.wait()
    return Traced(code, said, tuple(out.read_text("utf-8", "replace").splitlines()))


def paths_of(run: Traced, folder: Path) -> list[str]:
    """The paths within a folder that a run touched."""
    found = (one or two for line in run.lines for one, two in NAMED.findall(line))
    return sorted({path for path in found if path.startswith(str(folder))})


def counted(run: Traced) -> Counter[str]:
    """How often each call was made."""
    calls = (CALL.match(line) for line in run.lines if "resumed>" not in line)
    return Counter(call[1] for call in calls if call is not None)


def points(calls: Counter[str]) -> list[Point]:
    """Every fault at every call."""
    return [
        Point(call, at, fault)
        for call, times in sorted(calls.items())
        for at in range(1, times + 1)
        for fault in faults_at(call)
    ]


class Tried(Struct, frozen=True):
    """What came of a deed under faults: how many were planned, and what was lost or unclear."""

    planned: int
    lost: tuple[str, ...]
    unclear: tuple[str, ...]


def tried(deed: Deed, template: Path, scratch: Path, every: int = 1, only: Sequence[Fault] = FAULTS) -> Tried:
    """Do a deed once for each fault at each call, or each so many, on a copy of a folder each time."""
    case = scratch / "case"
    deed.prepared(template, case)
    before, words = deed.state(case), deed.given(case)
    first = traced(deed.does, words, scratch, (), "-e", "trace=%file,%desc,%network")
    if first.code:
        raise RuntimeError(f"{deed.name}: {first.said}")
    after, paths = deed.state(case), paths_of(first, case)
    if before == after:
        raise RuntimeError(f"{deed.name}: it changes nothing")
    deed.prepared(template, case)
    calls = counted(traced(deed.does, words, scratch, paths))
    if server_of(case) is not None:
        deed.prepared(template, case)
        calls += counted(traced(deed.does, words, scratch, (), "-e", f"trace={','.join(TALKING)}"))
    chosen = [point for point in points(calls) if point.fault in only][::every]
    lost: list[str] = []
    unclear: list[str] = []
    for point in chosen:
        deed.prepared(template, case)
        about = () if point.call in TALKING else paths
        upon = partial(_hang_up, server_of(case)) if point.fault == "ECONNRESET" else None
        run = traced(deed.does, words, scratch, about, "-e", f"trace={point.call}", "-e", point.injection, upon=upon)
        if not run.fired:
            lost.append(f"{deed.name}: {point}: it was not injected")
        if run.code == CRASHED:
            unclear.append(f"{deed.name}: {point}: {run.said.strip().splitlines()[-1]}")
        lost.extend(f"{deed.name}: {point}: {fault}" for fault in _judged(deed, case, scratch, run, before, after))
    return Tried(len(chosen), tuple(lost), tuple(unclear))


def _hang_up(server: str | None) -> None:
    """Break the other end of a connection too: whoever could not send waits for what the server has to say."""
    with psycopg.connect(server or "", autocommit=True) as connection:
        connection.execute(ENDED, (FAULTED,))


def _judged(deed: Deed, case: Path, scratch: Path, run: Traced, before: object, after: object) -> Iterator[str]:
    """What is wrong after a fault, and after the deed is done once more without one."""
    found = deed.state(case)
    if run.code == 0 and found != after:
        yield f"acknowledged, and is not there: {found}"
    elif deed.at_once and found not in (before, after):
        yield f"half of it is there: {found}"
    yield from deed.faults(case)
    for lock in case.rglob(".*writing"):
        lock.unlink()  # as the message of the next writer says
    if found == after and not deed.again:
        return  # it was done, and would be done a second time
    code, said = Child(deed.does, deed.given(case), scratch).go()
    if code or deed.state(case) != after:
        yield f"cannot be done again: {code} {said.strip()} {deed.state(case)}"


BROKEN = ("acknowledged before commit", "no unique key")
SHORT = {"append": 9, "seal": 40, "checkpoint": 40, "add to text": 9, "export": 90}
"""The deeds of the short form, and each how many points of them are tried."""
SHORT_ON_A_SERVER = {"append": 15}


def run(*, long: int) -> Iterator[Held]:
    """Inject a fault at every call of every command, or at some: on a file, on a server, and in the server."""
    if not long:
        yield from on_files(0)  # on a server a control needs every point to be caught, which takes minutes
        return
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:  # each has children of its own
        for held in [pool.submit(each, long) for each in (on_files, on_a_server)]:
            yield from held.result()


def on_files(long: int) -> list[Held]:
    """What was held of commands on files."""
    with room() as name:
        return list(_on(Path(name), "SQLite", SHORT, DEEDS, every=long))


def on_a_server(long: int) -> list[Held]:
    """What was held of commands on a server, and of the server."""
    with room() as name, Cluster(memory()) as cluster:
        cluster.run("ALTER SYSTEM SET authentication_timeout = '2s'")  # whoever has not said who they are waits so long
        cluster.run("SELECT pg_reload_conf()")
        deeds = {each: DEEDS[each] for each in ON_A_SERVER}
        held = list(_on(Path(name), "PostgreSQL", SHORT_ON_A_SERVER, deeds, cluster.url(), every=long))
    return [*held, *servers.run(long=long)]


def _on(
    folder: Path, shelf: str, short: Mapping[str, int], deeds: Mapping[str, Deed], server: str | None = None, *,
    every: int,
) -> Iterator[Held]:  # fmt: skip
    made, scratch = template(folder / "template", server), folder / "scratch"
    scratch.mkdir()
    broken = BROKEN if server is None else BROKEN[1:]  # a server commits by itself, in one call
    controls = [tried(writer(each), made, scratch, 1 if server else every or 5, ("SIGKILL",)) for each in broken]
    control = Control(", ".join(broken), min(len(each.lost) for each in controls))
    said = f"{some(every)}Fired = planned."
    for deed in (*deeds.values(), writer()):
        if every or deed.name in short:
            found = tried(deed, made, scratch, every or short[deed.name])
            yield Held(
                f"fault at every call: {deed.name}", "text" if "text" in deed.name else shelf, found.planned,
                "system calls", (*found.lost, *found.unclear), control, said,
            )  # fmt: skip


NOTES = """
Each command that writes is traced once; then it is run anew for each call that it makes about its folder or to its
server, and the call fails (EIO; ENOSPC where space is asked for; ECONNRESET where it talks) or the process is killed
at it. Afterwards the ledger verifies, holds all or nothing of the command, and the command typed again does it. An
error without a sentence counts as lost. Where a connection is reset, the server's end of it is broken too. The last row
is of the server's own process. Short writes are made under Troubles, by a limit to the size of files, so that the
system itself cuts them.
"""

SUITE = Suite("Faults at system calls", " ".join(NOTES.split()), run)
