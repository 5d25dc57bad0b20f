"""The stopwatch of a measured process: processor and wall time of each lap, and the most memory it held."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path
from time import perf_counter, process_time

import msgspec
from msgspec import Struct

STATUS = Path("/proc/self/status")


class Lap(Struct, frozen=True):
    """Seconds of one step, by the processor and by the wall."""

    cpu: float
    wall: float


class Measured(Struct, frozen=True):
    """What a process measured: its laps by name, how many things it had in hand, the bytes it held at its largest.

    ``found`` is what it worked out, where that is compared too.
    """

    laps: dict[str, Lap]
    count: int
    peak: int
    found: tuple[float, ...] = ()


class Stopwatch:
    """Takes laps one after another."""

    def __init__(self) -> None:
        """Start."""
        self._laps: dict[str, Lap] = {}
        self.restart()

    def restart(self) -> None:
        """Begin a lap here: what came before is not measured."""
        self._cpu, self._wall = process_time(), perf_counter()

    def lap(self, name: str, times: int = 1) -> None:
        """End a lap, in which a step was done so many times."""
        cpu, wall = process_time() - self._cpu, perf_counter() - self._wall
        self._laps[name] = Lap(cpu / times, wall / times)
        self.restart()

    def report(self, count: int, found: tuple[float, ...] = ()) -> None:
        """Write what was measured to the parent."""
        report(self._laps, count, found)


def report(laps: dict[str, Lap], count: int, found: tuple[float, ...] = ()) -> None:
    """Write what was measured to the parent, which reads it from the pipe."""
    sys.stdout.buffer.write(msgspec.json.encode(Measured(laps, count, peak(), found)))


def peak() -> int:
    """The most memory that this process held, in bytes.

    Not the resource count where Linux gives a better one: that count begins with what the parent held.
    """
    if STATUS.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text(encoding="ascii"))
        if found is not None:
            return int(found[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
