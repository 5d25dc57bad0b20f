"""The timeline of the Board of Peace holds every account of the list from which it was made, source and day unbent."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, TypeAlias

import pytest

from chancery.text import read_record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from chancery.acts import Act
    from chancery.ledger import Record

Row: TypeAlias = "dict[str, str]"

ROWS = 376
ID = re.compile(r"t(\d{3})(-[a-z0-9-]+)?")

TOLD_OF_ANOTHER_DAY = {
    # What the page claims is not of the page's own day.
    "t110-established": "2022",
    "t359": "2024-01",
    # Told on the row's day as something earlier, its own day not given: the row's day is only an upper bound.
    "t200": "../2026-01-22",
    "t204-kw": "../2026-01-22",
    "t243-davos": "../2026-02-11",
    "t243-invited": "../2026-02-11",
    "t253-received": "../2026-02-14",
    "t259-declined": "../2026-02-15",
    "t280-invited": "../2026-02-19",
    "t352-attended": "../2026-02-20",
    "t360-title": "../2026-05-21",
    "t361-title": "../2026-05-21",
    "t369-entry": "../2026-07-05",
    # A meeting is convened for the day on which it is to be held.
    "t239": "2026-02-19",
}
"""Acts whose day is not the row's, and the day they have."""


def by_basis(row: Row) -> str:
    """The day that a row gives, as the record writes it."""
    day, basis = row["date"], row["date_basis"]
    return {"stated": day, "inferred": f"{day}?", "as_of_report": f"../{day}"}[basis]


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> Sequence[Row]:
    """The rows of the list, in order."""
    with (shared_data / "board-of-peace" / "timeline.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def record(root: Path) -> Record:
    """The whole record."""
    loaded = read_record(root / "records" / "board-of-peace")
    assert loaded.record is not None, loaded.problems
    return loaded.record


@pytest.fixture(scope="module")
def timeline(record: Record) -> Mapping[str, tuple[int, Act]]:
    """The timeline's acts by id, each with the number of its row."""
    found = ((act.id, ID.fullmatch(act.id), act) for act in record.acts)
    return {name: (int(match[1]), act) for name, match, act in found if match}


def test_the_list_is_whole(rows: Sequence[Row]) -> None:
    """The list has the rows that its README counts."""
    assert len(rows) == ROWS


def test_every_row_is_told(timeline: Mapping[str, tuple[int, Act]]) -> None:
    """Every row has at least one act, and no act has a number that is no row's."""
    assert {number for number, _ in timeline.values()} == set(range(1, ROWS + 1))


def test_each_act_rests_on_its_row_s_page(
    rows: Sequence[Row], record: Record, timeline: Mapping[str, tuple[int, Act]]
) -> None:
    """One source each: the row's address, its date where one was visible, its standing."""
    wrong = []
    for name, (number, act) in timeline.items():
        row = rows[number - 1]
        sources = [record.sources[cite.source] for cite in act.cites]
        told = [(source.url, str(source.published or ""), source.standing) for source in sources]
        if told != [(row["source_url"], row["source_date"], row["source_quality"])]:
            wrong.append((name, told))
    assert wrong == []


def test_each_day_follows_its_basis(rows: Sequence[Row], timeline: Mapping[str, tuple[int, Act]]) -> None:
    """Stated: that day. Inferred: that day, uncertain. As of the report: no later than that day."""
    days = {name: str(act.effective) for name, (_, act) in timeline.items()}
    wanted = {name: by_basis(rows[number - 1]) for name, (number, _) in timeline.items()}
    assert days == wanted | TOLD_OF_ANOTHER_DAY


def test_no_exception_is_idle(rows: Sequence[Row], timeline: Mapping[str, tuple[int, Act]]) -> None:
    """Each exception is needed: its row gives another day."""
    idle = [name for name, day in TOLD_OF_ANOTHER_DAY.items() if by_basis(rows[timeline[name][0] - 1]) == day]
    assert idle == []


def test_the_wrong_weekday_stays(timeline: Mapping[str, tuple[int, Act]]) -> None:
    """The copy that calls 23 January 2026 a Thursday keeps both, and the contradiction is found."""
    _, act = timeline["t215"]
    assert (str(act.effective), act.weekday) == ("2026-01-23", "Thursday")
    assert [problem.code for problem in act.faults()] == ["weekday"]


def test_one_source_for_one_page(record: Record) -> None:
    """No page of the timeline is two sources."""
    urls = [source.url for source in record.sources.values() if source.url is not None]
    assert sorted(urls) == sorted(set(urls))
