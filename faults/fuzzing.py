"""Fuzzing: every reader fed by atheris, in a process of its own. `make fuzz` sets atheris up and does this alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from faults.held import Control, Held, Suite
from faults.ledgers import room

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
ATHERIS = ROOT / ".fuzz"
"""Where `make fuzz` puts atheris: beside the virtual environment, so that no test needs it."""
PLANTED = "the control"
SECONDS = 20
"""How long a reader is fed."""
EXECUTED = re.compile(r"stat::number_of_executed_units: +(\d+)")


def fed(name: str, seconds: int = SECONDS) -> tuple[int, str]:
    """Feed a reader; gives how often it read, and what it raised that is no answer."""
    with room() as folder:
        ran = _python(name, str(seconds), folder)
    executed = EXECUTED.search(ran.stderr)
    if ran.returncode == 0:
        return int(executed[1]) if executed is not None else 0, ""
    said = (ran.stdout + ran.stderr).strip().splitlines()
    raised = [line for line in said if re.match(r"\w+(\.\w+)*(Error|Exception|Fault|Warning)\b|==\d+== ERROR", line)]
    return int(executed[1]) if executed is not None else 0, "; ".join(raised[:3] or said[-3:])


def _python(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ATHERIS}"}
    return subprocess.run(
        [sys.executable, "-m", "faults.fuzz", *words], env=environment, cwd=ROOT, check=False,
        capture_output=True, text=True, errors="replace",
    )  # fmt: skip


def run(*, long: int) -> Iterator[Held]:
    """Feed every reader; only in the long form, since the short one is Hypothesis's, in tests/attacks."""
    if not long:
        return
    names = _python("readers").stdout.splitlines()
    _, planted = fed(PLANTED)
    for name in names:
        if name != PLANTED:
            count, raised = fed(name)
            yield Held(
                f"fuzzing: {name}", "no shelf", count, "readings", (raised,) if raised else (),
                Control("a reader that trusts a length", int("IndexError" in planted)), f"{SECONDS} s.",
            )  # fmt: skip


NOTES = f"""
atheris changes what it feeds to a reader by the branches that it took, for {SECONDS} s each, from something sound. A
fault in words is an answer; anything else that is raised is a loss. What is appended to a ledger and refused may
not have changed it. The short form is Hypothesis's, in tests/attacks/test_logs.py.
"""

SUITE = Suite("Fuzzing", " ".join(NOTES.split()), run)

if __name__ == "__main__":
    held = list(run(long=True))
    for each in held:
        print(each, *each.lost, sep="\n    ", flush=True)
    sys.exit(int(not held or not all(each.counts for each in held)))
