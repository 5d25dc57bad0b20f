"""Kills: sixteen writers at once, and they, or the server, killed again and again with no chance to tidy up."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import TYPE_CHECKING

from chancery.store.opening import begin
from chancery.store.urls import address_of
from faults.children import Child
from faults.deeds import writes
from faults.held import Control, Held, Suite
from faults.ledgers import ORIGIN, begun, faults_of, room
from tests.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

WRITERS = 16
SEED = 20260122
LONG = 24 * 3600
WIDEST = 0.6
"""Seconds at most from one kill to the next."""


def acknowledged(folder: Path) -> dict[str, float]:
    """What writers noted, with the moment of each."""
    lines = [line.split() for path in folder.glob("acks-*") for line in path.read_text("utf-8").splitlines()]
    return {name: float(moment) for name, moment in lines}


def writers(url: str, folder: Path, seconds: float, broken: str = "", count: int = WRITERS) -> list[Child]:
    """Let writers loose on a ledger."""
    made = []
    for number in range(count):
        scratch = folder / f"writer-{number}"
        scratch.mkdir(exist_ok=True)
        made.append(Child(writes, (url, folder / f"acks-{number}", number, seconds, broken), scratch))
    for child in made:
        child.release()
    return made


def ended(children: Sequence[Child]) -> list[str]:
    """Wait for writers; what any of them ended with that was neither well nor a kill."""
    ends = [child.end() for child in children]
    return [said.strip().splitlines()[-1] for code, said in ends if code not in (0, -signal.SIGKILL)]


def _kill(children: Sequence[Child]) -> None:
    for child in children:
        child.kill()


def killed_writers(rounds: int, broken: str = "") -> tuple[int, list[str], int]:
    """Kill every writer of an SQLite file, rounds of times; gives the kills, what was lost, what was acknowledged."""
    chance = Random(SEED)  # noqa: S311  # chance that can be had again
    with room() as name:
        folder = Path(name)
        address = begun(folder)
        crashed: list[str] = []
        for _ in range(rounds):
            children = writers(address.shown, folder, LONG, broken)
            before, until = len(acknowledged(folder)), monotonic() + 20
            while len(acknowledged(folder)) < before + WRITERS and monotonic() < until:
                sleep(0.02)
            sleep(chance.uniform(0, WIDEST))
            _kill(children)
            crashed += ended(children)
        crashed += ended(writers(address.shown, folder, 1, broken))  # they go on
        words = acknowledged(folder)
        return rounds * WRITERS, [*crashed, *faults_of(address, words)], len(words)


def servers_in(data: Path) -> list[int]:
    """The processes of a PostgreSQL server, which all live in the folder of its data."""
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                if (path / "cwd").readlink() == data:
                    found.append(int(path.name))
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
    return found


def kill_server(data: Path) -> None:
    """Kill a server and every process of it, until none is left."""
    lead = int((data / "postmaster.pid").read_text("utf-8").split()[0])
    family = [lead, *servers_in(data)]
    while family:
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        sleep(0.01)
        family = servers_in(data)
    # where nobody buries the dead, their numbers stay taken, and the next server would believe this one alive
    for lock in (data / "postmaster.pid", *data.parent.glob(".s.PGSQL.*.lock")):
        lock.unlink(missing_ok=True)


def killed_server(rounds: int, broken: str = "") -> tuple[int, list[str], int, float]:
    """Kill a PostgreSQL server under its writers; gives the kills, what was lost, acknowledged, the longest gap."""
    chance = Random(SEED)  # noqa: S311  # chance that can be had again
    with room() as name, Cluster() as cluster:
        folder, address = Path(name), address_of(cluster.url(cluster.database()))
        begin(address, ORIGIN)
        children, crashed = writers(address.shown, folder, LONG, broken), []
        for number in range(rounds):
            before = len(acknowledged(folder))
            while len(acknowledged(folder)) < before + WRITERS:
                sleep(0.02)
            sleep(chance.uniform(0, WIDEST))
            kill_server(Path(cluster.data))
            if number % 2 or number == rounds - 1:
                _kill(children)
                crashed += ended(children)
                children = writers(address.shown, folder, LONG if number < rounds - 1 else 1, broken)
            cluster.start()
        crashed += ended(children)
        words = acknowledged(folder)
        moments = sorted(words.values())
        gap = max(two - one for one, two in pairwise(moments))
        return rounds, [*crashed, *faults_of(address, words)], len(words), gap


def _held(where: str, what: str, found: tuple[int, list[str], int], broken: dict[str, int], note: str = "") -> Held:
    said = f"{found[2]:,} entries acknowledged. {note}".strip()
    caught = min(broken.values())
    return Held(
        "kill -9 under 16 writers", where, found[0], what, tuple(found[1]), Control(", ".join(broken), caught), said
    )


TRIES = 5
"""How often a control is run at most: whether a kill finds the moment at which it loses something is chance."""


def _caught(kills: Callable[[int, str], tuple[int, list[str], *tuple[float, ...]]], broken: str) -> int:
    """What was lost by a broken build, as soon as anything was."""
    return next((caught for _ in range(TRIES) if (caught := len(kills(2, broken)[1]))), 0)


def run(*, long: int) -> Iterator[Held]:
    """Kill the writers of a file, and a server."""
    rounds = 20 if long else 2
    early, doubling = "acknowledged before commit", "no unique key"
    broken = {each: _caught(killed_writers, each) for each in (early, doubling)}
    yield _held("SQLite", "writers killed", killed_writers(rounds), broken)
    late = "synchronous_commit off"
    broken = {each: _caught(killed_server, each) for each in (late, doubling)}
    *found, gap = killed_server(rounds)
    yield _held("PostgreSQL", "servers killed", found, broken, f"Longest gap {gap:.1f} s.")  # type: ignore[arg-type]


NOTES = """
Sixteen processes append as fast as they can; those of a file are killed all at once, the server with every process
of it, every second time together with the writers. What was not acknowledged is asked again under its request id,
so every entry has to be there once. The server is PostgreSQL: `chancery serve` writes nothing.
"""

SUITE = Suite("Kills", " ".join(NOTES.split()), run)
