"""A PostgreSQL server of our own: begun in a temporary folder, on a socket in it, and stopped when it is let go."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Self

import psycopg

if TYPE_CHECKING:
    from types import TracebackType

DEBIAN = Path("/usr/lib/postgresql")
ACCOUNT = "postgres"
"""The account that runs the server where we are root, which PostgreSQL refuses to run as."""

MISSING = "There is no PostgreSQL server here; `make postgresql` installs Debian's."

QUICK = ("fsync=on", "full_page_writes=on", "shared_buffers=16MB", "max_connections=40", "autovacuum=off")
"""Settings of the server. What it has acknowledged is as durable as it is anywhere."""

_numbers = count(1)


def programs() -> Path:
    """The folder of the newest server's programs. Raises FileNotFoundError where there is none."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    if on_path is None:
        raise FileNotFoundError(MISSING)
    return Path(on_path).resolve().parent


class Cluster:
    """A server with its data in a folder of its own."""

    def __init__(self, within: Path | None = None, *settings: str) -> None:
        """Make the folder (within another, or where such folders are), the data and the server, with more settings.

        Raises FileNotFoundError.
        """
        self._programs = programs()
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir=within))
        if os.geteuid() == 0:
            shutil.chown(self.folder, ACCOUNT)
        self._run(
            "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        self.set(*QUICK, "listen_addresses=''", f"unix_socket_directories='{self.folder}'", *settings)
        self.start()

    def set(self, *settings: str) -> None:
        """Add settings, which the server takes when it starts."""
        with (self.folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\n".join((*settings, "")))

    @property
    def data(self) -> str:
        """The folder of the data."""
        return str(self.folder / "data")

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        self._run("pg_ctl", "-D", self.data, "-l", str(self.folder / "log"), "-w", "start")

    def stop(self) -> None:
        """Stop the server at once."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """The address of a database of the server."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def run(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement as the server's owner."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def database(self, template: str = "template0") -> str:
        """A new database, made as a copy of another; gives its name."""
        name = f"d{next(_numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def _run(self, program: str, *words: str) -> None:
        command = [str(self._programs / program), *words]
        if os.geteuid() == 0:
            command = ["setpriv", f"--reuid={ACCOUNT}", f"--regid={ACCOUNT}", "--init-groups", *command]
        ran = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        if ran.returncode:
            raise RuntimeError(f"{program} failed: {ran.stdout}{ran.stderr}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
