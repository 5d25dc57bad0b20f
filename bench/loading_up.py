"""Servers under load: each a process of its own on a port of its own, asked by wrk; and what one server holds."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from os import geteuid
from pathlib import Path
from statistics import median
from time import monotonic, sleep
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import Request, urlopen

from bench.figures import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SECONDS, ROUNDS = 2, 3
CONNECTIONS = 16
PATIENCE = 90
"""Seconds in which a server must answer for the first time."""

TOOLS = ("nginx-light", "wrk")
RATE = re.compile(r"Requests/sec:\s+([0-9.]+)")
FAILED = re.compile(r"Non-2xx or 3xx responses: ([0-9]+)")
PACKED = "Accept-Encoding: gzip"

NGINX = """\
{user} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{ access_log off; types {{ text/html html; }} gzip_static on; sendfile on;
server {{ listen 127.0.0.1:{port}; root {folder}/pages; }} }}
"""


def missing_tools() -> str:
    """Which of nginx and wrk are missing, after they were installed where that is possible; empty where none is."""
    missing = [name for name in TOOLS if not _found(name)]
    if missing and geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-qq", "-y", *missing], check=False, stdout=subprocess.DEVNULL)
        missing = [name for name in TOOLS if not _found(name)]
    return ", ".join(missing)


def _found(package: str) -> bool:
    return shutil.which(package.partition("-")[0], path="/usr/bin:/usr/sbin:/usr/local/bin") is not None


@contextmanager
def serving(module: str, port: int, *arguments: str) -> Iterator[int]:
    """A server of ``bench.measured``, from its first answer on; gives its process."""
    with running([sys.executable, "-m", f"bench.measured.{module}", str(port), *arguments], port) as process:
        yield process


@contextmanager
def nginx(folder: Path, port: int) -> Iterator[int]:
    """Debian's nginx over a folder's ``pages``, one worker."""
    config, user = folder / "nginx.conf", "user root;" if geteuid() == 0 else ""  # it may read the folder of root's
    config.write_text(NGINX.format(folder=folder, port=port, user=user), encoding="ascii")
    with running(["/usr/sbin/nginx", "-c", str(config), "-p", str(folder)], port) as process:
        yield process


@contextmanager
def running(command: Sequence[str], port: int) -> Iterator[int]:
    """A process that serves a port, until the block ends."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(process, port)
        yield process.pid
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = monotonic() + PATIENCE
    while monotonic() < until and process.poll() is None:
        try:
            got(port, "/")
        except URLError as fault:
            if hasattr(fault, "code"):
                return  # it answers, if only that there is nothing
            sleep(0.1)
        else:
            return
    raise TimeoutError("the server did not answer")


def got(port: int, path: str) -> bytes:
    """What a server answers, packed where it packs. Raises URLError."""
    request = Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": "gzip"})
    with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310  # one of our own servers
        body: bytes = answer.read()
    return body


def rates(targets: Sequence[tuple[int, str]]) -> dict[tuple[int, str], Quantity]:
    """Requests a second of several pages, the medians of rounds in which each has its turn: a slow minute hits all."""
    found = [{target: rate(*target) for target in targets} for _ in range(ROUNDS)]
    return {target: Quantity(median(taken[target] for taken in found), "a second") for target in targets}


def rate(port: int, path: str) -> float:
    """Requests a second that a server answers, by wrk. Raises ValueError where any fails."""
    address = f"http://127.0.0.1:{port}{path}"
    got(port, path)
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", PACKED, address]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = RATE.search(said)
    if found is None or FAILED.search(said):
        raise ValueError(f"{address}: {said}")
    return float(found[1])


def held(process: int) -> int:
    """Bytes that a server's largest process, its worker, held at the most."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return max(_peak(each) for each in (*children, str(process)))


def _peak(process: str) -> int:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(encoding="ascii"))
    return 0 if found is None else int(found[1]) * 1024
