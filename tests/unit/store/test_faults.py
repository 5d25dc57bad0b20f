"""Databases that fail under a writer: nothing is half kept, and what cannot be told is not claimed."""

import sqlite3

import pytest
from msgspec.structs import replace

from chancery.acts import Act
from chancery.desk import Desk, OutcomeUnknown
from chancery.store import schema
from chancery.store.appending import Gathered
from chancery.store.base import Store
from chancery.store.opening import opened
from chancery.store.postgres import Postgres
from chancery.store.sqlite import Sqlite
from chancery.store.urls import Address
from chancery.text import Refused, Sheet, Stretch, act_toml, record_in
from chancery.values import Tongues
from tests.made import act
from tests.postgres import Cluster
from tests.unit.store.test_shelves import NOW, draft, drafts, kept_act, names


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.problem.code


def test_a_reader_who_stays_keeps_a_writer_from_committing(sqlite: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chancery.store.sqlite.PATIENCE", 0.01)
    reader = sqlite3.connect(sqlite.path)
    reading = reader.execute("SELECT 1 FROM chancery_head")
    with opened(sqlite) as store:
        with pytest.raises(Refused) as refused:
            store.keep(drafts(1))
        assert code(refused) == "being-written"
        assert names(store) == []
        reading.close()
        reader.close()
        store.keep(drafts(2))
        assert names(store) == ["e2"]


def test_where_the_disk_is_full_nothing_is_kept_and_the_ledger_goes_on(sqlite: Address) -> None:
    with Sqlite(sqlite) as store:
        (pages,) = store._run("PRAGMA page_count").fetchone()
        store._run(f"PRAGMA max_page_count={pages}")
        with pytest.raises(Refused) as refused:
            store.keep([draft(1, body=b'"' + b"x" * 60_000 + b'"')])
        assert code(refused) == "database"
        assert "full" in str(refused.value)
        store._run(f"PRAGMA max_page_count={pages + 100}")
        store.keep(drafts(2))
        assert names(store) == ["e2"]


def test_a_file_whose_pages_do_not_hold_together_does_not_verify(sqlite: Address) -> None:
    with Sqlite(sqlite) as store:
        store.keep(drafts(1))
        store.check_pages()
        for statement in (
            "DROP TRIGGER chancery_body_update",
            "PRAGMA ignore_check_constraints=ON",
            "UPDATE chancery_body SET salt = NULL",
            "PRAGMA ignore_check_constraints=OFF",
        ):
            store._run(statement)
        with pytest.raises(Refused, match="chancery_body") as refused:
            store.check_pages()
        assert code(refused) == "not-verified"


def test_what_is_no_database_is_not_copied(sqlite: Address) -> None:
    with Sqlite(sqlite) as store:
        sqlite.path.write_bytes(b"Not a database at all. " * 1000)
        with pytest.raises(Refused) as refused:
            store.copy_to(sqlite.path.with_name("copy.db"))
        assert code(refused) == "database"


def test_where_a_copy_cannot_be_opened_that_is_said(sqlite: Address) -> None:
    with Sqlite(sqlite) as store:
        with pytest.raises(Refused) as refused:
            store.copy_to(sqlite.path.parent)
        assert code(refused) == "database"


def test_two_layouts_of_one_file_are_refused_whole(database: Address) -> None:
    one = [Sheet("a.toml", (Stretch("a"),))]
    with opened(database) as store:
        store.lay(one)
        with pytest.raises(Refused) as refused:
            store.lay([*one, *one])
        assert code(refused) == "database"
        assert store.sheets() == one


def test_a_connection_that_breaks_before_the_end_of_a_hold_leaves_nothing(postgres: Address, cluster: Cluster) -> None:
    def broken(store: Postgres) -> None:
        with store.held():
            store.keep(drafts(1))
            cluster.run(f"SELECT pg_terminate_backend({store._db.info.backend_pid})")
            store.keep(drafts(2))

    with Postgres(postgres) as store, pytest.raises(Refused):
        broken(store)
    with opened(postgres) as again:
        assert names(again) == []


def test_of_a_connection_that_breaks_at_the_end_of_a_hold_the_outcome_is_unknown(
    postgres: Address, cluster: Cluster
) -> None:
    def broken(store: Postgres) -> None:
        with store.held():
            store.keep(drafts(1))
            cluster.run(f"SELECT pg_terminate_backend({store._db.info.backend_pid})")

    with Postgres(postgres) as store, pytest.raises(OutcomeUnknown):
        broken(store)
    with opened(postgres) as again:
        assert names(again) == []


@pytest.mark.parametrize("deep", [False, True])
def test_a_fault_in_a_hold_within_a_hold_ends_both(store: Store, *, deep: bool) -> None:
    def fail() -> None:
        with store.held():
            store.keep(drafts(1))
            with store.held():
                store.keep(drafts(2))
                if deep:
                    raise ZeroDivisionError
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert names(store) == []
    store.keep(drafts(3))
    assert names(store) == ["e3"]


def test_leaves_are_those_of_the_rows_from_a_place_to_a_place(store: Store) -> None:
    store.keep(drafts(*range(5)))
    assert list(store.leaves()) == [row.leaf for row in store.rows()]
    assert list(store.leaves(1, 3)) == [row.leaf for row in store.rows(1, 3)]


def stamped(made: Act) -> Act:
    return replace(made, recorded=NOW)


def test_what_is_said_of_an_entry_that_is_not_there_does_nothing(store: Store) -> None:
    store.append(stamped(act("entry.shredded", None, entry="gone-long-ago", reason="Ordered by the court.")))
    (row,) = store.rows()
    assert (row.sealed, row.gone) == (None, None)


def test_what_is_gathered_for_a_shelf_is_not_kept_on_it_yet(store: Store) -> None:
    kept_act(store, act("party.described", party="body:b", id="body"))
    before = names(store)
    gathered = Gathered(store)
    desk = Desk(record_in(store.bodies(None)), lambda: NOW, gathered)
    desk.withdraw("body", Tongues.of("It was another."))
    assert names(store) == before
    (made,) = gathered.acts
    assert gathered.form(made) == store.form(made) == act_toml(made)
    with gathered.held():
        store.record(gathered.acts)
    assert names(store) == [*before, made.id]


def test_a_row_is_shown_by_what_it_is_known_by() -> None:
    schema.configure()
    from chancery.store import models  # noqa: PLC0415  # Django is set up first

    rows = [
        models.Head(origin="test/log"),
        models.Entry(seq=3),
        models.Body(seq=3, name="e3"),
        models.Body(seq=4, name=None),
        models.Request(request="r1"),
        models.Stretch(file="a.toml", place=2),
        models.Checkpoint(size=7),
        models.Document(digest="ab"),
    ]
    assert list(map(str, rows)) == ["test/log", "3", "e3", "4", "r1", "a.toml:2", "7", "ab"]
