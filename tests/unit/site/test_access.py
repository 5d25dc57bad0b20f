"""Access: a record is opened again when it changes; one that breaks is shown as it stood; nothing grows for ever."""

import pytest

from chancery.site import access
from chancery.site.access import Library
from chancery.site.addresses import Address
from chancery.site.server import application
from chancery.text import Loaded
from chancery.values import Problem, Weight, phrase
from tests.made import act, record
from tests.unit.site.asking import TODAY, asking, library

SOUND = Loaded(record(act("invitation.issued", effective="2026-01-16")), ())
FAULTY = Loaded(None, (Problem("test.fault", Weight.BAR, phrase("a fault")),))


class Shelf:
    """A record that is saved again while it is read."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded, self.mark = loaded, "0"
        self.library = Library(lambda: self.loaded, lambda: self.mark, lambda: TODAY)

    def save(self, loaded: Loaded) -> None:
        self.loaded, self.mark = loaded, f"{self.mark}0"


def test_one_that_becomes_faulty_is_shown_as_it_stood() -> None:
    shelf = Shelf(SOUND)
    ledger = shelf.library.ledger
    shelf.save(FAULTY)
    assert (shelf.library.ledger, shelf.library.opened.problems) == (ledger, FAULTY.bars)
    shelf.save(SOUND)
    assert shelf.library.ledger is not ledger
    assert shelf.library.opened.problems == ()


def test_one_that_was_never_sound_has_no_ledger() -> None:
    with pytest.raises(LookupError, match="cannot be read"):
        _ = Shelf(FAULTY).library.ledger


def test_readers_are_kept_for_a_reading_and_not_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "MOST_READERS", 3)
    found = library(record())
    days = [Address(on=f"2026-01-0{day}") for day in range(1, 7)]
    first = found.reader(days[0])
    assert found.reader(days[0]) is first
    for day in days:
        found.reader(day)
    assert found.reader(days[0]) is not first
    assert len(found._readers) == 3  # what must not grow


def test_a_change_is_read_in_the_names_of_the_changed_record() -> None:
    shelf = Shelf(SOUND)
    ask = asking(application(shelf.library))
    assert "New Name" not in ask("/en/now/state/be/").text
    name = {"text": "New Name", "lang": "en", "use": "display"}
    described = act("party.described", party="state:be", names=[name])
    shelf.save(Loaded(record(act("invitation.issued", effective="2026-01-16"), described), ()))
    assert "New Name" in ask("/en/now/state/be/").text
