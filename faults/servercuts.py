"""Power cuts under a server: PostgreSQL's files as a cut could leave them, recovered, and asked for every entry."""

from __future__ import annotations

import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import TYPE_CHECKING

from chancery.store.opening import begin
from chancery.store.urls import address_of
from faults.children import Child
from faults.deeds import ACKS, appends
from faults.disk import RECORDED, Recording, drawn
from faults.held import Control, Held
from faults.kills import kill_server, servers_in
from faults.ledgers import FAULTED, ORIGIN, SERVER, copied, faults_of, memory, room, url_of
from tests.postgres import ACCOUNT, Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from faults.disk import Image

CHANCE = 20260122
PATIENCE = 30.0
BROKEN = "synchronous_commit off"
UNFINISHED = re.compile(r"^(\d+) +(.*) <unfinished \.\.\.>$")
RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")


def server_cuts(entries: int, count: int, broken: str = "") -> tuple[int, list[str]]:
    """Record a server under a writer, and recover so many images of its disk; gives how many, and what was lost."""
    with room() as name, Cluster(memory()) as cluster:
        folder, data = Path(name), Path(cluster.data)
        (folder / SERVER).write_text(cluster.url(), "utf-8")
        copied(cluster.url(), "template0", FAULTED)
        address = address_of(url_of(folder))
        begin(address, ORIGIN)
        cluster.run("CHECKPOINT")
        recording = _recorded(folder, data, entries, broken)
        folders = [path for path in data.rglob("*") if path.is_dir()]
        kill_server(data)
        lost: list[str] = []
        for image in drawn(recording, Random(CHANCE), count):  # noqa: S311  # chance that can be had again
            _lay(image, data, folders)
            cluster.start()
            lost += faults_of(address, image.acknowledged)[:1]
            kill_server(data)
        cluster.start()  # to be stopped as it was begun
        return count, lost


def _recorded(folder: Path, data: Path, entries: int, broken: str) -> Recording:
    """What a server and a writer do while some entries are appended."""
    recording = Recording(data, ACKS, acks_in=folder)
    child = Child(appends, (folder, entries, broken), folder)
    with _traced([child.pid, *_family(data)], folder / "trace"):
        code, said = child.go()
        sleep(0.1)
    if code:
        raise RuntimeError(said)
    recording.read(list(_whole((folder / "trace").read_text("utf-8").splitlines())))
    return recording


def _family(data: Path) -> list[int]:
    lead = int((data / "postmaster.pid").read_text("utf-8").split()[0])
    return sorted({lead, *servers_in(data)})


@contextmanager
def _traced(pids: Sequence[int], out: Path) -> Iterator[None]:
    strace = shutil.which("strace")
    if strace is None:
        raise FileNotFoundError("There is no strace here; `make strace` installs Debian's.")
    words = [strace, "-f", "-y", "-qq", "-xx", "-s", "10000000", "-o", str(out), "-e", f"{RECORDED},pwritev"]
    process = subprocess.Popen(
        [*words, *(word for pid in pids for word in ("-p", str(pid)))], stderr=subprocess.DEVNULL
    )
    until = monotonic() + PATIENCE
    while any("TracerPid:\t0\n" in Path(f"/proc/{pid}/status").read_text("utf-8") for pid in pids):
        if monotonic() > until:
            raise TimeoutError("strace does not attach")
        sleep(0.001)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _whole(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a trace of several processes, each call where it ended."""
    begun: dict[str, str] = {}
    for line in lines:
        if (found := UNFINISHED.match(line)) is not None:
            begun[found[1]] = found[2]
        elif (found := RESUMED.match(line)) is not None:
            yield f"{found[1]} {begun.pop(found[1], '')}{found[2]}"
        else:
            yield line


def _lay(image: Image, data: Path, folders: Sequence[Path]) -> None:
    """Lay an image in the place of a server's data, as the machine comes up again: no process is left of it."""
    shutil.rmtree(data)
    for path in (data, *folders):
        path.mkdir(mode=0o700)
    for name, held in image.files.items():
        if not name.endswith("postmaster.pid"):
            Path(name).write_bytes(held)
    for path in (data, *data.rglob("*")):
        shutil.chown(path, ACCOUNT, ACCOUNT)
    data.chmod(0o700)


def run(*, long: int) -> Iterator[Held]:
    """Cut the power under a server."""
    entries, count = (24, 100) if long else (4, 3)
    built, lost = server_cuts(entries, count)
    _, caught = server_cuts(entries, 12 if long else 1, BROKEN)
    yield Held("power cut", "PostgreSQL", built, "images of the disk", tuple(lost), Control(BROKEN, len(caught)))
