"""Search: names in every language and spelling, a slip of the keyboard, the days of facts, the index of names."""

from pathlib import Path

import pytest

from chancery.ledger import Ledger
from chancery.register import Reading, Register
from chancery.text import read_record
from chancery.views.search import called, search

BOARD = Path(__file__).resolve().parents[3] / "records" / "board-of-peace"


@pytest.fixture(scope="module")
def register() -> Register:
    record = read_record(BOARD).record
    assert record is not None
    return Ledger(record).as_of(Reading.of("2026-11-25"))


@pytest.mark.parametrize("sought", ["Belgium", "belgum", "بلجيكا"])
def test_a_state_is_found_in_each_language_and_with_a_slip(register: Register, sought: str) -> None:
    assert search(register, sought).rows[0].cells["found"] == "state:be"


def test_what_has_no_letters_finds_nobody(register: Register) -> None:
    assert all(row.cells.get("found") is None for row in search(register, "--").rows)
    assert search(register, "  ").rows == ()


def test_the_index_holds_every_name_of_everybody_once(register: Register) -> None:
    rows = {str(row.cells["found"]): str(row.cells["called"]) for row in called(register).rows}
    assert list(rows) == sorted(rows)
    assert {"Belgium", "بلجيكا"} <= set(rows["state:be"].split(", "))
