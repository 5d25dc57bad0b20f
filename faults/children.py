"""Processes that are faulted: forked from one that has imported everything, and held until the tracer is there."""

from __future__ import annotations

import multiprocessing
import os
import sys
import traceback
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

CRASHED = 70
"""How a child ends that raised what no command answers with."""
PATIENCE = 60.0

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(
    [
        "chancery.cli.main",
        "chancery.cli.signing",
        "chancery.cli.exporting",
        "chancery.cli.verdicts",
        "chancery.store.sqlite",
        "chancery.store.backups",
        "chancery.store.loading",
        "chancery.store.catching_up",
        "chancery.store.appending",
        "faults.deeds",
        "psycopg",
        "django.db.backends.sqlite3.base",
        "django.db.migrations.executor",
    ]
)


class Child:
    """A process that does something once it is let go."""

    def __init__(self, does: Callable[..., None], given: Sequence[object], scratch: Path) -> None:
        """Fork it; it waits."""
        self._said = scratch / "said"
        self._gate, other = _context.Pipe()
        self._process = _context.Process(target=_perform, args=(other, does, tuple(given), self._said))
        self._process.start()
        other.close()
        self._gate.recv()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid or 0

    def await_tracer(self) -> None:
        """Wait until somebody traces the process. Raises TimeoutError."""
        status, until = Path(f"/proc/{self.pid}/status"), monotonic() + PATIENCE
        while "TracerPid:\t0\n" in status.read_text("utf-8"):
            if monotonic() > until:
                raise TimeoutError("strace does not attach")
            sleep(0.0005)

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.is_alive()

    def release(self) -> None:
        """Let it go on."""
        self._gate.send(None)

    def kill(self) -> None:
        """Kill it."""
        self._process.kill()

    def end(self) -> tuple[int, str]:
        """Wait for its end; gives how it ended, and what it said."""
        self._process.join(PATIENCE)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
        self._gate.close()
        said = self._said.read_text("utf-8", "replace") if self._said.exists() else ""
        code = self._process.exitcode
        self._process.close()
        return int(code if code is not None else CRASHED), said

    def go(self) -> tuple[int, str]:
        """Let it go on, and wait for its end."""
        self.release()
        return self.end()


def _perform(gate: Connection, does: Callable[..., None], given: tuple[object, ...], said: Path) -> None:
    handle = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    os.close(handle)
    gate.send(None)
    gate.recv()
    try:
        does(*given)
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # noqa: BLE001  # the process ends here, and says why
        traceback.print_exc()
        code = CRASHED
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)
