"""Durable appends: ours, the bare commit and eventsourcing with the same settings, each into a store of its own."""

from __future__ import annotations

import sqlite3
import sys
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

import psycopg
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from bench.stopwatch import Lap, report
from chancery.log.leaves import SALT_LENGTH
from chancery.store.base import drafted
from chancery.store.opening import begin, opened
from chancery.store.urls import address_of
from chancery.values import Instant

if TYPE_CHECKING:
    from collections.abc import Sequence

NOW = Instant.of("2026-02-01T10:00:00Z")
SINGLE = 400
"""Commits that are timed, for each number of entries in one."""
BATCHES = (1, 16, 1_000)
FEWEST = 10
NAME, SALT = "entry-12345", bytes(SALT_LENGTH)
LEAF = drafted(b"{}", name=NAME, kind="statement.made", recorded=NOW, by="registrar").leaf
"""What an entry of ours has beside its body; the bare commit writes as many bytes."""


class Sink(Protocol):
    """Takes entries, all in one commit, and comes back when they are durable."""

    def take(self, bodies: Sequence[bytes], /) -> None:
        """Keep them."""


class Ours:
    """A ledger: leaf, salted body, tree, a name that no other entry has; ``once`` gives each append a request id."""

    def __init__(self, url: str, *, once: bool = False) -> None:
        """Begin."""
        begin(address_of(url), "bench/log")
        self._store = opened(address_of(url))
        self._numbers = count()
        self._once = once

    def take(self, bodies: Sequence[bytes], /) -> None:
        """Draft and keep."""
        numbers = [next(self._numbers) for _ in bodies]
        drafts = [
            drafted(body, name=f"entry-{number}", kind="statement.made", recorded=NOW, by="registrar")
            for number, body in zip(numbers, bodies, strict=True)
        ]
        self._store.keep(drafts, f"request-{numbers[0]}" if self._once else None)


def _rows(bodies: Sequence[bytes]) -> list[tuple[str, bytes, bytes, bytes]]:
    """Rows of as many bytes as ours have: a name, a leaf, a salt and the body."""
    return [(NAME, LEAF, SALT, body) for body in bodies]


class BareSqlite:
    """One table, one row an entry, the same bytes, journal and synchronous."""

    def __init__(self, url: str) -> None:
        """Begin."""
        self._db = sqlite3.connect(address_of(url).path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=DELETE")
        self._db.execute("PRAGMA synchronous=EXTRA")
        self._db.execute("CREATE TABLE bare (seq INTEGER PRIMARY KEY, name TEXT, leaf BLOB, salt BLOB, body BLOB)")

    def take(self, bodies: Sequence[bytes], /) -> None:
        """Insert and commit."""
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany("INSERT INTO bare (name, leaf, salt, body) VALUES (?, ?, ?, ?)", _rows(bodies))
        self._db.execute("COMMIT")


class BarePostgres:
    """One table, one row an entry, the same bytes, one statement a commit."""

    def __init__(self, url: str) -> None:
        """Begin."""
        self._db = psycopg.connect(url, autocommit=True)
        self._db.execute("CREATE TABLE bare (seq bigserial PRIMARY KEY, name text, leaf bytea, salt bytea, body bytea)")

    def take(self, bodies: Sequence[bytes], /) -> None:
        """Insert; the statement is the transaction."""
        columns = [list(column) for column in zip(*_rows(bodies), strict=True)]
        self._db.execute("INSERT INTO bare (name, leaf, salt, body) SELECT * FROM unnest(%b, %b, %b, %b)", columns)


class Told(Aggregate):
    """An entry as an aggregate of its own."""

    @event("Recorded")
    def __init__(self, body: str) -> None:
        self.body = body


class Peer:
    """eventsourcing: each entry an event of an aggregate of its own."""

    def __init__(self, url: str) -> None:
        """Begin."""
        self._app: Application[UUID] = Application(env=_environment(url))

    def take(self, bodies: Sequence[bytes], /) -> None:
        """Save."""
        self._app.save(*(Told(body.decode()) for body in bodies))

    def settle(self) -> None:
        """Have it write as ours and the bare commit do: it comes with a write-ahead log, which writes less."""
        with self._app.recorder.datastore.get_connection(commit=True) as connection:  # type: ignore[attr-defined]  # of its SQLite
            cursor = connection.cursor()
            cursor.execute("PRAGMA journal_mode=DELETE")
            cursor.execute("PRAGMA synchronous=EXTRA")


def _environment(url: str) -> dict[str, str]:
    address = address_of(url)
    if address.engine == "sqlite":
        return {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(address.path)}
    known = psycopg.conninfo.conninfo_to_dict(url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(known["dbname"]),
        "POSTGRES_HOST": str(known["host"]),
        "POSTGRES_PORT": "5432",
        "POSTGRES_USER": str(known["user"]),
        "POSTGRES_PASSWORD": "none",
    }


def _sinks(ours: str, once: str, bare: str, peer: str, loose: str) -> dict[str, Sink]:
    """Ours without a request id and with one, the bare commit, the peer with the same settings and as it comes."""
    sinks: dict[str, Sink] = {"ours": Ours(ours), "once": Ours(once, once=True)}
    if address_of(bare).engine != "sqlite":
        return {**sinks, "bare": BarePostgres(bare), "peer": Peer(peer)}
    settled = Peer(peer)
    settled.settle()
    return {**sinks, "bare": BareSqlite(bare), "peer": settled, "loose": Peer(loose)}


def main(urls: str, lines: str) -> None:
    """Time commits of 1, 16 and 1,000 entries, turn and turn about, so that a slow moment of the disk falls on all."""
    bodies = [line for line in Path(lines).read_bytes().split(b"\n") if line.startswith(b'{"') and b'"id"' in line]
    sinks = _sinks(*urls.split())
    laps: dict[str, Lap] = {}
    for size in BATCHES:
        times = max(FEWEST, SINGLE // size)
        took = dict.fromkeys(sinks, 0.0)
        for number in range(times):
            some = bodies[number * size % 20_000 :][:size]
            for name, sink in sinks.items():
                started = perf_counter()
                sink.take(some)
                took[name] += perf_counter() - started
        laps |= {f"{name} {size}": Lap(0, wall / times / size) for name, wall in took.items()}
    report(laps, len(bodies))


if __name__ == "__main__":
    main(*sys.argv[1:])
