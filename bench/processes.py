"""Measured processes: each runs by itself, and the median of several runs is taken."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from bench.stopwatch import Lap, Measured

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = {"BEANCOUNT_DISABLE_LOAD_CACHE": "1", "PYTHONHASHSEED": "0"}
TIMES = 3


class Job(Struct, frozen=True):
    """A module of ``bench.measured`` with its arguments."""

    module: str
    arguments: tuple[str, ...]

    def run(self) -> Measured:
        """Run it once, as a process of its own."""
        command = [sys.executable, "-m", f"bench.measured.{self.module}", *self.arguments]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **SETTINGS}, stdout=subprocess.PIPE, check=True)
        return msgspec.json.decode(done.stdout, type=Measured)


def in_turns(jobs: Mapping[str, Job], times: int = TIMES) -> dict[str, Measured]:
    """The medians of several runs of several jobs, taken in turns so that a slow minute of the machine falls on all."""
    runs: dict[str, list[Measured]] = {name: [] for name in jobs}
    for _ in range(times):
        for name, job in jobs.items():
            runs[name].append(job.run())
    return {name: middle(found) for name, found in runs.items()}


def middle(runs: Sequence[Measured]) -> Measured:
    """The median of each lap and of the memory."""
    laps = {
        name: Lap(median(run.laps[name].cpu for run in runs), median(run.laps[name].wall for run in runs))
        for name in runs[0].laps
    }
    return Measured(laps, runs[0].count, int(median(run.peak for run in runs)), runs[0].found)


def whole(measured: Measured, *laps: str) -> Lap:
    """Several laps as one."""
    return Lap(sum(measured.laps[name].cpu for name in laps), sum(measured.laps[name].wall for name in laps))
