"""What databases refuse: what stands is never changed, and nothing is written that could be lost."""

import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from django.core.management import call_command

from chancery.desk import OutcomeUnknown
from chancery.log.tree import Tree, leaf_hash
from chancery.store import schema
from chancery.store.base import Kept, Store, drafted
from chancery.store.documents import Document
from chancery.store.opening import begin, is_begun, opened
from chancery.store.postgres import Postgres
from chancery.store.sqlite import Sqlite
from chancery.store.urls import Address, address_of
from chancery.text import Refused, Sheet, Stretch
from chancery.values import Fault, Instant, Tongues
from tests.made import act
from tests.postgres import Cluster
from tests.unit.store.test_shelves import drafts, kept_act, names

CHANGES = [
    "UPDATE chancery_entry SET leaf = 'x'",
    "UPDATE chancery_entry SET seq = 9 WHERE seq = 1",
    "DELETE FROM chancery_entry",
    "UPDATE chancery_body SET body = 'x'",
    "UPDATE chancery_body SET name = 'x' WHERE seq = 0",
    "UPDATE chancery_body SET audience = 'board'",
    "UPDATE chancery_body SET name = NULL, salt = NULL, body = NULL, gone = 1 WHERE seq = 0",
    "DELETE FROM chancery_body",
    "UPDATE chancery_head SET size = 1",
    "UPDATE chancery_head SET size = 9, origin = 'other'",
    "UPDATE chancery_head SET size = 9, latest = '1999'",
    "DELETE FROM chancery_head",
    "INSERT INTO chancery_head (one, origin, size, latest, peaks) VALUES (1, 'x', 0, '', '')",
    "INSERT INTO chancery_head (one, origin, size, latest, peaks) VALUES (2, 'x', 0, '', '')",
    "UPDATE chancery_request SET count = 2",
    "DELETE FROM chancery_request",
    "UPDATE chancery_checkpoint SET size = 2",
    "DELETE FROM chancery_checkpoint",
    "UPDATE chancery_stamp SET size = 1",
    "DELETE FROM chancery_stamp",
    "UPDATE chancery_root SET hash = 'x'",
    "DELETE FROM chancery_root",
    "UPDATE chancery_document SET type = 'x'",
    "DELETE FROM chancery_document",
]
REPLACED = [
    "INSERT OR REPLACE INTO chancery_entry VALUES (0, x'00')",
    "INSERT INTO chancery_entry VALUES (7, x'00')",
    "INSERT OR REPLACE INTO chancery_body (seq, name, audience, salt, body) VALUES (0, 'e1', 'public', x'00', x'00')",
    "INSERT OR REPLACE INTO chancery_body (seq, name, audience, salt, body) VALUES (2, 'e1', 'public', x'00', x'00')",
    "INSERT OR REPLACE INTO chancery_request (first, count, request, payload) VALUES (0, 1, 'r1', x'00')",
    "INSERT OR REPLACE INTO chancery_request (first, count, request, payload) VALUES (5, 1, 'r1', x'00')",
    "INSERT OR REPLACE INTO chancery_head (one, origin, size, latest, peaks) VALUES (1, 'x', 0, '', x'')",
    "INSERT OR REPLACE INTO chancery_checkpoint VALUES (0, 1, x'')",
    "INSERT OR REPLACE INTO chancery_stamp VALUES (0, 1, x'')",
    "INSERT INTO chancery_stamp VALUES (2, 1, x'')",
    "INSERT OR REPLACE INTO chancery_root VALUES (1, 0, x'')",
    "INSERT INTO chancery_root VALUES (1, 2, x'')",
    "INSERT OR REPLACE INTO chancery_document SELECT 0, digest, type, x'' FROM chancery_document",
    "INSERT OR REPLACE INTO chancery_document SELECT 1, digest, type, x'' FROM chancery_document",
]
FORBIDDEN = [
    "DROP TRIGGER chancery_entry_kept ON chancery_entry",
    "ALTER TABLE chancery_entry DISABLE TRIGGER ALL",
    "DROP TABLE chancery_entry",
    "TRUNCATE chancery_entry",
    "DELETE FROM chancery_entry",
    "UPDATE chancery_entry SET leaf = ''",
    "INSERT INTO chancery_entry VALUES (99, '')",
    "DELETE FROM chancery_body",
    "UPDATE chancery_head SET size = 99",
    "CREATE OR REPLACE FUNCTION chancery_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "SET session_replication_role = replica",
]
TABLES = ("entry", "body", "head", "request", "checkpoint", "stamp", "root", "document")


@pytest.fixture
def filled(database: Address) -> Address:
    with opened(database) as store:
        fill(store)
    return database


def fill(store: Store) -> None:
    """Keep something in every table."""
    later = Instant.of("2026-12-01T00:00:00Z")
    store.keep([drafted(b"{}", name=f"e{n}", kind="note", recorded=later, by="r") for n in (1, 2)], "r1")
    store.note(2, b"note")
    store.stamp(2, b"stamp")
    store.plant(1, [bytes(32)])
    store.file(Document.of(b"One."))


def execute(address: Address, statement: str) -> None:
    """Run a statement as whoever holds the database could."""
    if address.engine == "sqlite":
        connection = sqlite3.connect(address.path)
        try:
            connection.execute(statement)
            connection.commit()
        finally:
            connection.close()
    else:
        with psycopg.connect(address.target) as server:
            server.execute(statement.encode())


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.problem.code


def test_what_stands_is_not_changed(filled: Address) -> None:
    for statement in CHANGES:
        with pytest.raises((sqlite3.Error, psycopg.Error)):
            execute(filled, statement)
    with opened(filled) as store:
        assert names(store) == ["e1", "e2"]
        assert store.keep(drafts(1, 2), "r1") == Kept(0, 2, fresh=False)


def test_nothing_is_replaced_in_sqlite(sqlite: Address) -> None:
    with opened(sqlite) as store:
        fill(store)
    for statement in REPLACED:
        with pytest.raises(sqlite3.Error):
            execute(sqlite, statement)


def test_nothing_is_truncated_in_postgresql(postgres: Address) -> None:
    with opened(postgres) as store:
        fill(store)
    for table in TABLES:
        with pytest.raises(psycopg.Error, match="TRUNCATE"):
            execute(postgres, f"TRUNCATE chancery_{table}")


def test_a_database_that_is_not_there_is_not_made_by_reading(tmp_path: Path, cluster: Cluster) -> None:
    address = address_of(f"sqlite:///{tmp_path}/none.db")
    assert not is_begun(address)
    with pytest.raises(Refused) as refused:
        opened(address)
    assert code(refused) == "no-ledger"
    assert not address.path.exists()
    with pytest.raises(Refused) as refused:
        opened(address_of(cluster.url("none")))
    assert code(refused) == "database"


def test_a_database_without_a_ledger_is_refused_and_then_begun(tmp_path: Path, cluster: Cluster) -> None:
    (tmp_path / "empty.db").touch()
    for address in (address_of(f"sqlite:///{tmp_path}/empty.db"), address_of(cluster.url(cluster.database()))):
        assert not is_begun(address)
        with pytest.raises(Refused) as refused:
            opened(address)
        assert code(refused) == "no-ledger"
        begin(address)
        assert is_begun(address)
        with opened(address) as store:
            assert store.origin.startswith("chancery-")


def test_beginning_again_changes_nothing(filled: Address) -> None:
    begin(filled, "another/name")
    with opened(filled) as store:
        assert (store.origin, names(store)) == ("test/log", ["e1", "e2"])


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words.db").write_text("Not a database at all, but words. " * 100, "utf-8")
    with pytest.raises(Refused) as refused:
        opened(address_of(f"sqlite:///{tmp_path}/words.db"))
    assert code(refused) == "database"


def test_a_new_file_is_its_owner_s_alone(tmp_path: Path) -> None:
    address = address_of(f"sqlite:///{tmp_path}/new.db")
    begin(address)
    assert stat.S_IMODE(address.path.stat().st_mode) == 0o600


def test_tables_of_a_later_version_are_refused(filled: Address) -> None:
    execute(
        filled, "INSERT INTO django_migrations (app, name, applied) VALUES ('chancery', '9999_later', '2030-01-01')"
    )
    for does in (lambda: opened(filled), lambda: begin(filled)):
        with pytest.raises(Refused) as refused:
            does()
        assert code(refused) == "newer-tables"


def test_tables_of_an_earlier_version_are_upgraded_when_it_is_asked(
    filled: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chancery.store.tables.VERSIONS", (*schema.VERSIONS, "9999_later"))
    with pytest.raises(Refused) as refused:
        opened(filled)
    assert code(refused) == "older-tables"


def test_the_tables_are_those_that_the_models_tell_of() -> None:
    schema.configure()
    call_command("makemigrations", "chancery", check_changes=True, dry_run=True, verbosity=0)


WRITER = """
import sys
from chancery.store.opening import opened
from chancery.store.urls import address_of
from tests.unit.store.test_shelves import draft
with opened(address_of(sys.argv[1])) as store:
    for number in range(int(sys.argv[2]), int(sys.argv[2]) + 10):
        store.keep([draft(number)], f"r{number}")
"""


@pytest.mark.slow
def test_processes_that_write_at_once_are_put_in_one_order(database: Address, root: Path) -> None:
    command = [sys.executable, "-c", WRITER, database.target if database.engine != "sqlite" else database.shown]
    writers = [subprocess.Popen([*command, str(first)], cwd=root) for first in range(0, 40, 10)]
    assert [writer.wait() for writer in writers] == [0, 0, 0, 0]
    with opened(database) as store:
        assert sorted(names(store), key=str) == sorted((f"e{number}" for number in range(40)), key=str)
        assert [row.seq for row in store.rows()] == list(range(40))
        assert store.frontier().root() == Tree(leaf_hash(leaf) for leaf in store.leaves()).root()


@pytest.mark.parametrize("setting", ["journal_mode", "synchronous"])
def test_sqlite_does_not_write_where_it_could_lose(
    sqlite: Address, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def weaker(store: Sqlite, name: str) -> object:
        found = store._run(f"PRAGMA {name}").fetchone()[0]
        return "memory" if name == setting == "journal_mode" else 1 if name == setting else found

    monkeypatch.setattr(Sqlite, "_setting", weaker)
    with pytest.raises(Refused) as refused:
        opened(sqlite)
    assert code(refused) == "not-durable"


def test_sqlite_is_durable_by_its_own_word(sqlite: Address) -> None:
    with Sqlite(sqlite) as store:
        assert (store._setting("journal_mode"), store._setting("synchronous")) == ("delete", 3)
        assert store._setting("secure_delete") == 1
        assert store._setting("trusted_schema") == 0


def test_a_write_ahead_log_is_taken_where_it_is_sound(sqlite: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    wal = address_of(f"{sqlite.shown}?journal=wal")
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 51, 2))
    with pytest.raises(Refused) as refused:
        opened(wal)
    assert code(refused) == "unsafe-journal"
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 51, 3))
    with Sqlite(wal) as store:
        assert (store._setting("journal_mode"), store._setting("synchronous")) == ("wal", 2)
        store.keep(drafts(1))
    with opened(sqlite) as store:
        assert names(store) == ["e1"]


def test_a_writer_that_waited_too_long_is_told(sqlite: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chancery.store.sqlite.PATIENCE", 0.01)
    with opened(sqlite) as one, opened(sqlite) as other, one.held():
        with pytest.raises(Refused) as refused:
            other.keep(drafts(1))
        assert code(refused) == "being-written"


def test_what_was_shredded_is_not_in_the_file(sqlite: Address) -> None:
    from tests.unit.store.test_shelves import test_what_is_shredded_is_gone_and_the_tree_holds as shred  # noqa: PLC0415

    shred(lambda: opened(sqlite))
    data = sqlite.path.read_bytes()
    assert b"Ordered by the court" in data
    assert b"Nobody may read this" not in data


def test_a_read_only_file_is_read_and_not_written(sqlite: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sqlite, "_begin", lambda store: store._run("PRAGMA query_only=ON") and store._run("BEGIN"))
    with opened(sqlite) as store:
        with pytest.raises(Refused) as refused:
            store.keep(drafts(1))
        assert code(refused) == "database"
        assert names(store) == []


@pytest.mark.parametrize(
    ("sql", "answer", "said"),
    [
        ("SELECT pg_is_in_recovery()", True, "replica"),
        ("SELECT current_setting(?)", "off", "not-durable"),
    ],
)
def test_postgresql_is_not_used_where_it_could_lose(
    postgres: Address, sql: str, answer: object, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Postgres._run

    class Answer:
        def fetchone(self) -> tuple[object]:
            return (answer,)

    monkeypatch.setattr(
        Postgres, "_run", lambda store, asked, values=(): Answer() if asked == sql else run(store, asked, values)
    )
    with pytest.raises(Refused) as refused:
        opened(postgres)
    assert code(refused) == said


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Refused, match=r"chancery\[postgresql\]") as refused:
        opened(address_of("postgresql:///none"))
    assert code(refused) == "no-driver"


def test_an_old_server_is_refused(postgres: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chancery.store.postgres.OLDEST", 990_000)
    with pytest.raises(Refused) as refused:
        opened(postgres)
    assert code(refused) == "too-old"


@pytest.fixture
def lonely() -> Iterator[Cluster]:
    """A server that waits for a standby which never comes."""
    with Cluster() as made:
        begin(address_of(made.url()), "test/log")
        made.run("ALTER SYSTEM SET synchronous_standby_names = 'never'")
        made.run("SELECT pg_reload_conf()")
        yield made


WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND application_name = 'chancery'"


@pytest.mark.slow
@pytest.mark.parametrize("inside", [False, True])
def test_a_commit_that_no_standby_confirmed_is_not_acknowledged(lonely: Cluster, *, inside: bool) -> None:
    found: list[object] = []

    def write() -> None:
        with opened(address_of(lonely.url())) as store:
            try:
                if inside:
                    with store.held():
                        store.keep(drafts(1), "r1")
                else:
                    found.append(store.keep(drafts(1), "r1"))
            except OutcomeUnknown as fault:
                found.append(fault)

    writer = Thread(target=write)
    writer.start()
    while not (waiting := lonely.run(WAITING)):
        assert writer.is_alive()
    lonely.run(f"SELECT pg_cancel_backend({waiting[0][0]})")
    writer.join()
    (fault,) = found
    assert isinstance(fault, OutcomeUnknown)
    lonely.run("ALTER SYSTEM RESET synchronous_standby_names")
    lonely.run("SELECT pg_reload_conf()")
    with opened(address_of(lonely.url())) as store:
        assert store.keep(drafts(1), "r1") == Kept(0, 1, fresh=False)


def test_a_connection_that_breaks_under_an_append_leaves_it_unknown(postgres: Address, cluster: Cluster) -> None:
    with opened(postgres) as store:
        assert isinstance(store, Postgres)
        (pid,) = store._run("SELECT pg_backend_pid()").fetchone()
        cluster.run(f"SELECT pg_terminate_backend({pid}, 5000)")
        with pytest.raises(OutcomeUnknown):
            store.keep(drafts(1), "r1")
    with opened(postgres) as store:
        assert store.keep(drafts(1), "r1").count == 1


def test_a_connection_that_breaks_while_it_is_read_is_refused(postgres: Address, cluster: Cluster) -> None:
    with opened(postgres) as store:
        assert isinstance(store, Postgres)
        cluster.run(f"SELECT pg_terminate_backend({store._db.info.backend_pid}, 5000)")
        with pytest.raises(Refused) as refused:
            store.frontier()
        assert code(refused) == "database"


def test_a_role_that_only_writes_cannot_touch_what_stands(postgres: Address, cluster: Cluster) -> None:
    owner = Postgres(postgres)
    role, name = f"clerk_{owner._db.info.dbname}", owner._db.info.dbname
    cluster.run(f"CREATE ROLE {role} LOGIN")
    owner.grant(role)
    owner.close()
    app = address_of(cluster.url(name, role))
    with opened(app) as store:
        kept_act(store, act("party.described", party="body:b", id="b")).shred("b", Tongues.of("Ordered by the court."))
        store.lay([Sheet("a.toml", (Stretch("a"),))])
        size = store.frontier().size
    for statement in FORBIDDEN:
        with pytest.raises(psycopg.Error, match=r"permission denied|must be owner"):
            execute(app, statement)
    with opened(app) as store:
        assert store.frontier().size == size


def test_a_role_that_may_keep_checkpoints_may_keep_what_comes_with_them_after_an_upgrade(cluster: Cluster) -> None:
    name = cluster.database()
    begin(address_of(cluster.url(name)), "test/log", upto="0002_checkpoints_and_documents")
    cluster.run(f"CREATE ROLE clerk_{name}")
    cluster.run(f"CREATE ROLE reader_{name}")
    cluster.run(f"GRANT SELECT, INSERT ON chancery_checkpoint TO clerk_{name}", name)
    cluster.run(f"GRANT SELECT ON chancery_checkpoint TO reader_{name}", name)
    begin(address_of(cluster.url(name)))
    asked = "SELECT has_table_privilege('{}_{}', 'chancery_{}', '{}')"
    for table in ("stamp", "root"):
        rights = [
            cluster.run(asked.format(role, name, table, right), name)[0][0]
            for role in ("clerk", "reader")
            for right in ("SELECT", "INSERT", "UPDATE")
        ]
        assert rights == [True, True, False, True, False, False]


def test_a_role_that_is_not_there_is_told(postgres: Address) -> None:
    with Postgres(postgres) as store, pytest.raises(Refused) as refused:
        store.grant('no"body')
    assert code(refused) == "database"


def test_a_file_is_copied_whole(sqlite: Address, tmp_path: Path) -> None:
    with opened(sqlite) as store:
        store.keep(drafts(1, 2))
    shutil.copy(sqlite.path, tmp_path / "copy.db")
    with opened(address_of(f"sqlite:///{tmp_path}/copy.db")) as store:
        assert names(store) == ["e1", "e2"]


def test_a_database_is_guarded_as_this_version_makes_it(filled: Address, cluster: Cluster) -> None:
    with opened(filled) as store:
        store.check()
        name = store._db.info.dbname if isinstance(store, Postgres) else ""
    if filled.engine == "postgresql":
        cluster.run("ALTER TABLE chancery_body DISABLE TRIGGER chancery_body_kept", name)
        with opened(filled) as store, pytest.raises(Fault, match="others than those"):
            store.check()


def test_a_damaged_file_is_told(filled: Address) -> None:
    if filled.engine == "postgresql":
        return
    with sqlite3.connect(filled.path) as connection:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_chancery_body_1'"
        (page,) = connection.execute(sql).fetchone()
    data = bytearray(filled.path.read_bytes())
    data[page * 4096 - 3] ^= 1
    filled.path.write_bytes(data)
    with opened(filled) as store, pytest.raises(Fault, match="damaged"):
        store.check()
