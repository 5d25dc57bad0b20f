"""Upgrades in place: a ledger as its first users have it, in a file and on a server, is read and written on."""

import shutil
import sqlite3
from pathlib import Path

import psycopg
import pytest

from chancery.log.tree import Tree, leaf_hash
from chancery.store.opening import begin, opened
from chancery.store.urls import Address, address_of
from chancery.text import Refused, record_in
from tests.postgres import Cluster
from tests.unit.store.test_databases import CHANGES, REPLACED, code, execute, fill

ASSETS = Path(__file__).parent / "assets"
"""Ledgers that the first version of the tables holds: the teaching record, an entry of it sealed, one shredded."""

ROOT = "46502340a4e773ac4633faaa387b5b93a36c2b1275b28de8c804736f7d0c75b2"


@pytest.fixture(params=["sqlite", "postgres"])
def first(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """A ledger of the first version, as its first users have it: a file of then, a dump of a server of then."""
    if request.param == "sqlite":
        shutil.copy(ASSETS / "0001.db", tmp_path / "first.db")
        return address_of(f"sqlite:///{tmp_path}/first.db?audience=board")
    cluster: Cluster = request.getfixturevalue("cluster")
    name = cluster.database()
    cluster.run((ASSETS / "0001.sql").read_text("utf-8"), name)
    return address_of(f"{cluster.url(name)}&audience=board")


def test_a_ledger_of_the_first_version_is_upgraded_in_place(first: Address) -> None:
    with pytest.raises(Refused) as refused:
        opened(first)
    assert code(refused) == "older-tables"
    begin(first)
    with opened(first) as store:
        assert (store.origin, store.frontier().size, store.frontier().root().hex()) == ("first.example/log", 176, ROOT)
        assert Tree(leaf_hash(row.leaf) for row in store.rows()).root().hex() == ROOT
        assert len(record_in(store.bodies(("board",))).acts) == len(record_in(store.bodies(())).acts) + 1
        assert store.checkpoints() == []
        store.check()
        fill(store)
    for statement in (*CHANGES, *(REPLACED if first.engine == "sqlite" else ())):
        with pytest.raises((sqlite3.Error, psycopg.Error)):
            execute(first, statement)
