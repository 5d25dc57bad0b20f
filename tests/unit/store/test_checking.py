"""Checking a database as such: what its tables say beside the log, also while others write."""

import sqlite3
from pathlib import Path

import pytest

from chancery.log.checkpoints import Checkpoint, SignedCheckpoint
from chancery.log.cosignatures import sign
from chancery.log.steps import Outcome, Steps
from chancery.store.base import Draft, Store
from chancery.store.checking import check_stored
from chancery.store.opening import opened
from chancery.store.sqlite import Sqlite
from chancery.store.urls import Address
from chancery.text import Refused
from chancery.values import Fault
from tests.logs import LOG_KEY, TIME
from tests.stamping import Authority
from tests.unit.store import test_shelves as shelves


def drafts(*numbers: int) -> list[Draft]:
    """Entries whose bodies say what their leaves say."""
    return [shelves.draft(number, body=f'{{"id":"e{number}","kind":"note"}}'.encode()) for number in numbers]


def failed(store: Store, steps: Steps | None = None) -> dict[str, str]:
    """What does not hold, and what was found."""
    made = Steps() if steps is None else steps
    if steps is None:
        check_stored(made, store)
    return {step.code: str(step.found[0]) for step in made.all if step.outcome is Outcome.FAILED}


def checkpoint(store: Store) -> SignedCheckpoint:
    """The ledger as it is now, signed."""
    edge = store.frontier()
    made = Checkpoint(store.origin, edge.size, edge.root())
    return SignedCheckpoint.made(made, sign(made, LOG_KEY, TIME))


def test_what_others_write_meanwhile_is_not_wrong(database: Address) -> None:
    with opened(database) as store, opened(database) as other:
        store.keep(drafts(1, 2))
        written: list[int] = []

        def write(_done: int, _of: int) -> None:
            written.append(len(written))
            other.keep(drafts(2 + len(written)))
            other.note(other.frontier().size, checkpoint(other).data)

        steps = Steps()
        check_stored(steps, store, None, write)
        assert len(written) == 2
        assert failed(store, steps) == {}


@pytest.mark.slow
def test_a_time_stamp_is_of_a_checkpoint_that_is_kept(store: Store, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    store.keep(drafts(1, 2))
    made = checkpoint(store)
    store.note(2, made.data)
    store.stamp(2, authority.stamp(made.checkpoint.text.encode()))
    assert failed(store) == {}
    store.stamp(2, authority.stamp(b"another text"))
    assert failed(store) == {"stamps": "the time stamp 1: it stamps something else than this checkpoint"}


def test_a_time_stamp_of_no_checkpoint_is_told(store: Store) -> None:
    store.stamp(1, b"stamp")
    assert failed(store) == {"stamps": "the time stamp 0 is of 1 entries, and no checkpoint is"}


def test_what_is_no_time_stamp_is_told(store: Store) -> None:
    store.keep(drafts(1))
    store.note(1, checkpoint(store).data)
    store.stamp(1, b"stamp")
    assert failed(store)["stamps"].startswith("the time stamp 0: this is no time stamp: ")


def test_what_goes_wrong_while_rows_are_read_is_said(sqlite: Address) -> None:
    with sqlite3.connect(sqlite.path) as connection:
        sql = "INSERT INTO chancery_stretch (file, place, keys, text) VALUES (?, ?, '[]', CAST(? AS TEXT))"
        connection.executemany(sql, [("a.toml", 0, b"a"), ("a.toml", 1, b"\xff")])
    connection.close()
    with Sqlite(sqlite) as store:
        for asked in (
            store.sheets,
            lambda: store._run("SELECT text FROM chancery_stretch WHERE place").fetchone(),
        ):
            with pytest.raises(Refused, match="Could not decode"):
                asked()


@pytest.mark.parametrize("left", [512, 2048, 4095])
def test_a_file_whose_last_page_is_torn_is_told(sqlite: Address, left: int) -> None:
    data = sqlite.path.read_bytes()
    sqlite.path.write_bytes(data[: len(data) - 4096 + left])
    with opened(sqlite) as store, pytest.raises(Fault, match=f"the file was cut: {len(data) - 4096 + left} bytes"):
        store.check()
