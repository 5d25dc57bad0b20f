"""Whole records in Arabic: nothing that Chancery says itself reaches the reader in English."""

from pathlib import Path

import pytest

from chancery.acts.parties import DesignationLifted, DesignationMade
from chancery.languages import Reader
from chancery.languages.directions import FSI, PDI
from chancery.ledger import Ledger
from chancery.register import Reading, Register
from chancery.text import read_record
from chancery.values import slots
from chancery.views import VIEWS, Scope
from chancery.views.faces import csv_of, json_of, markdown_of

ON = Reading.of("2026-11-23")
RECORDS = ["board-of-peace", "un-security-council"]


class Listener(Reader):
    """Notes what is asked of the catalogue and is not there, beyond what is nothing but slots."""

    def __init__(self, lang: str, register: Register) -> None:
        super().__init__(lang, register)
        self.unsaid: set[str] = set()

    def _template(self, msgid: str, number: object) -> str:
        worded = any(literal.strip() for literal, _, _ in slots(msgid))
        if worded and all(each.text(msgid, number) is None for each in self._catalogues):
            self.unsaid.add(msgid)
        return super()._template(msgid, number)


@pytest.fixture(scope="module", params=RECORDS)
def register(request: pytest.FixtureRequest, root: Path) -> Register:
    """A whole record, read on a day on which all of it is known."""
    loaded = read_record(root / "records" / request.param)
    assert loaded.record is not None
    return Ledger(loaded.record).as_of(ON)


def own_words(register: Register) -> set[str]:
    """What the record itself calls a designation: its own words, which are data."""
    made = {account.designation for fact in register.of(DesignationMade) for account in fact.accounts}
    return made | {account.designation for fact in register.of(DesignationLifted) for account in fact.accounts}


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_is_said_in_arabic(register: Register, name: str) -> None:
    listener = Listener("ar", register)
    assert markdown_of(VIEWS[name](register, Scope()), listener)
    assert listener.unsaid - own_words(register) == set()


@pytest.mark.parametrize("name", VIEWS)
def test_data_is_the_same_in_every_language_and_bears_no_marks(register: Register, name: str) -> None:
    drawn = VIEWS[name](register, Scope())
    data = json_of(drawn, ON, "records/x") + csv_of(drawn)
    assert FSI not in data
    assert PDI not in data


@pytest.mark.parametrize("name", VIEWS)
def test_every_mark_in_a_table_is_closed(register: Register, name: str) -> None:
    for line in markdown_of(VIEWS[name](register, Scope()), Reader("ar", register)).splitlines():
        assert line.count(FSI) == line.count(PDI)


def test_english_has_no_marks(register: Register) -> None:
    assert FSI not in markdown_of(VIEWS["standing"](register, Scope()), Reader("en", register))
