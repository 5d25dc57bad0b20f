"""The ledgers that are faulted: made once, copied for each fault, and looked through afterwards."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from typing import TYPE_CHECKING

import psycopg
from click.testing import CliRunner
from msgspec import json
from psycopg.sql import SQL, Identifier

from chancery.cli.main import chancery
from chancery.log.leaves import read
from chancery.log.steps import Outcome, Steps
from chancery.store.base import Draft, drafted
from chancery.store.checking import check_stored
from chancery.store.opening import begin, opened
from chancery.store.urls import Address, address_of
from chancery.values import Instant, canonical

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from chancery.store.base import Store

ORIGIN = "faults.example/log"
NOW = Instant.of("2100-01-01T00:00:00Z")
"""The moment of what writers append: after everything that is typed."""
MEMORY = Path("/dev/shm")  # noqa: S108  # a file system in memory: an image is written and thrown away a thousand times

RECORD = """\
[record]
title = "Faults"

[[source]]
ref = "source:x"
standing = "press"
published = "2026-01-20"

[[act]]
id = "body"
kind = "party.described"
party = "body:x"
cites = [{ source = "source:x" }]
"""


def memory() -> Path | None:
    """The file system in memory, where the machine has one: what is killed there is killed as anywhere."""
    return MEMORY if MEMORY.is_dir() else None


def room() -> TemporaryDirectory[str]:
    """A folder for a while: in memory, where the machine has that."""
    return TemporaryDirectory(prefix="faults-", dir=memory())


def issued(name: str, **more: object) -> dict[str, object]:
    """An entry as it is typed."""
    said = {"kind": "invitation.issued", "party": "state:be", "body": "body:x", "cites": [{"source": "source:x"}]}
    return {"id": name, **said, **more}


def lines(*entries: Mapping[str, object]) -> str:
    """Entries as lines of JSON."""
    return "".join(json.encode(entry).decode() + "\n" for entry in entries)


def draft(name: str) -> Draft:
    """An entry as a shelf takes it."""
    return drafted(canonical(issued(name)), name=name, kind="invitation.issued", recorded=NOW, by="registrar")


def typed(*words: object, piped: str | None = None) -> str:
    """Type a command that has to succeed; gives what it prints."""
    ran = CliRunner().invoke(chancery, [*map(str, words)], input=piped)
    if ran.exit_code:
        raise RuntimeError(f"{words}: {ran.output} {ran.exception!r}")
    return ran.stdout


SERVER = "server"
"""The file that tells the address of a PostgreSQL server, in a folder whose ledger is a database of it."""
FAULTED, TEMPLATE = "faulted", "sound"
"""The database that is faulted, and the one of which it is a copy each time."""


def server_of(folder: Path) -> str | None:
    """The address of the server of a folder's ledger, where it is on one."""
    file = folder / SERVER
    return file.read_text("utf-8") if file.exists() else None


def url_of(folder: Path) -> str:
    """The address of a folder's ledger, which remembers beside it what was signed."""
    server = server_of(folder)
    if server is None:
        return f"sqlite:///{folder}/ledger.db"
    return f"{server.replace('/postgres?', f'/{FAULTED}?')}&signed={folder}/ledger.db.signed"


def copied(server: str, one: str, other: str) -> None:
    """Lay a copy of a database in the place of another. Whoever is still about either is sent away."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(other)))
        away = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
        connection.execute(away, (one,))
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(other), Identifier(one)))


def settled(folder: Path) -> None:
    """Wait until the server of a folder's ledger is up, and nobody works for a client that is gone."""
    server = server_of(folder)
    if server is None:
        return
    for _ in range(600):
        try:
            with psycopg.connect(server, autocommit=True) as connection:
                sql = "SELECT 1 FROM pg_stat_activity WHERE datname = %s"
                if connection.execute(sql, (FAULTED,)).fetchone() is None:
                    return
        except psycopg.OperationalError:
            pass
        sleep(0.05)
    raise TimeoutError("the server does not come to rest")


def begun(folder: Path) -> Address:
    """An empty ledger in a file."""
    address = address_of(f"sqlite:///{folder}/ledger.db")
    begin(address, ORIGIN)
    return address


def names(store: Store) -> list[str]:
    """The names of the entries as their leaves say them, in order."""
    return [read(leaf).id for leaf in store.leaves()]


def faults_of(address: Address, acknowledged: Collection[str]) -> list[str]:
    """What is wrong with a ledger: what `verify` finds, acknowledged entries that are lost, entries twice."""
    steps = Steps()
    try:
        with opened(address) as store:
            check_stored(steps, store)
            found = Counter(names(store))
    except Exception as error:  # noqa: BLE001  # whatever it is, the ledger cannot be read
        return [f"cannot be read: {error!r}"]
    failed = [f"{step.code}: {'; '.join(map(str, step.found))}" for step in steps.all if step.outcome is Outcome.FAILED]
    lost = [f"lost: {name}" for name in acknowledged if name not in found]
    doubled = [f"doubled: {name}" for name, times in found.items() if times > 1]
    return [*failed, *lost, *doubled]


def fresh(template: Path, folder: Path) -> None:
    """Lay a copy of a folder, and of its database, in the place of another."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    server = server_of(folder)
    if server is not None:
        copied(server, TEMPLATE, FAULTED)
