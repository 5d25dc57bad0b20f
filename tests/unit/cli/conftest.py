"""A sample record, and a ledger that holds it in each engine."""

from pathlib import Path

import pytest

from chancery.store.urls import Address
from tests.samples import base
from tests.unit.cli.ledgers import Typing


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "record"
    made.mkdir()
    (made / "record.toml").write_text("# Kept.\n" + base(), "utf-8")
    return made


@pytest.fixture
def typing(database: Address, folder: Path, tmp_path: Path) -> Typing:
    """Commands about a ledger with the sample record in each engine, and a key to sign with."""
    return begun(database, folder, tmp_path)


@pytest.fixture
def typing_in_file(sqlite: Address, folder: Path, tmp_path: Path) -> Typing:
    """The same in a file, which can be copied and brought back."""
    return begun(sqlite, folder, tmp_path)


def begun(address: Address, folder: Path, room: Path) -> Typing:
    memory = room / "log.signed"
    made = Typing(f"{address.shown}{'&' if '?' in address.shown else '?'}signed={memory}", room, memory)
    made.told("ledger", "init", "--key", made.key)
    made.told("load", folder)
    return made
