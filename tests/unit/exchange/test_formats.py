"""What each format says that it carries, it carries; what it says that it does not, it does not."""

import re
from functools import cache
from pathlib import Path

import pytest

from chancery.exchange import FEATURES, FORMATS, Feature
from chancery.exchange.reference import MEANING, exchange_page
from chancery.ledger import Ledger
from chancery.register import Reading, Register
from chancery.text import read_record
from tests.unit.exchange.made import register_of

SAID: dict[Feature, tuple[str, ...]] = {
    "names": ("Board of Everything", "Junta de Todo", r"\bes\b"),
    "people": ("Ama Uniquename", "chair"),
    "members": ("state:fr|France|>fr<",),
    "precision": (r"2026-01(?!-)",),
    "bounds": (r"\.\./2026-01-04",),
    "contested": ("contested",),
    "denials": ("denies",),
    "others": ("Presiding Personage",),
    "speakers": (r"by body:board|\"speaker\"|,body:board,",),
    "channels": ("carrier pigeon",),
    "sources": ("Gazette of Everything", "https://gazette.example/1"),
    "digests": ("ab" * 32,),
    "places": ("Article Ninetynine",),
    "meetings": ("Placeville",),
    "duties": (r"2027-?05-?17",),
    "votes": ("31337",),
    "money": ("987654321",),
    "charter": ("Whistling is a duty of the chair",),
    "rules": ("7771",),
    "oversight": (r"supervises|\bboard\b.*\btill\b",),
    "clocks": ("2026-10-31",),
}
"""Of each feature, words that stand nowhere in a file that does not carry it."""


@cache
def everything() -> Register:
    record = read_record(Path(__file__).parent / "everything.toml").record
    assert record is not None
    return Ledger(record).as_of(Reading.of("2026-11-25", "2026-10-31", "2026-11-01"))


@cache
def text(name: str) -> str:
    """All that a format writes, long lines of a calendar unfolded (RFC 5545, 3.1)."""
    parts = FORMATS[name].write(everything())
    return "\n".join(data.decode().replace("\r\n ", "") for data in parts.values())


@pytest.mark.parametrize("name", [name for name in FORMATS if "denials" not in FORMATS[name].carries])
def test_what_is_denied_is_not_given_as_true(name: str) -> None:
    assert not re.search("Phantom|e-nobody", text(name))


@pytest.mark.parametrize("feature", FEATURES)
@pytest.mark.parametrize("name", FORMATS)
def test_a_format_carries_what_it_says(name: str, feature: Feature) -> None:
    found = all(re.search(words, text(name)) for words in SAID[feature])
    assert found == (feature in FORMATS[name].carries)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_register_is_written_in_the_same_bytes(name: str) -> None:
    assert FORMATS[name].write(everything()) == FORMATS[name].write(everything())


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("record", ["teaching", "board-of-peace", "un-security-council"])
def test_every_record_is_written_in_every_format(name: str, record: str) -> None:
    parts = FORMATS[name].write(register_of(record))
    assert all(parts.values())
    assert (len(parts) > 1) == FORMATS[name].many


def test_the_reference_says_of_every_feature_whether_it_is_carried() -> None:
    assert set(MEANING) == set(FEATURES)
    sections = exchange_page().split("\n## ")[1:]
    assert len(sections) == len(FORMATS)
    assert all(sum(section.count(meaning) for meaning in MEANING.values()) >= len(FEATURES) for section in sections)
