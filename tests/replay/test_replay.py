"""What real bodies decided comes out again as it is on record, but for rows that contradict themselves."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.replay.__main__ import report
from tests.replay.czech_chamber import czech_chamber
from tests.replay.general_assembly import general_assembly
from tests.replay.playing import Play, Played, played
from tests.replay.security_council import security_council
from tests.replay.swiss_votes import swiss_votes
from tests.replay.us_senate import us_senate

MISFILED = [5747, 5801, 5802, 5838, 5845, 5847, 5866, 5888, 5916, 6013, 6045]

pytestmark = pytest.mark.usefixtures("shared_data")


def all_of(body: Callable[[Path], Play | list[Play]], folder: Path) -> list[Played]:
    made = body(folder)
    return [played(play) for play in (made if isinstance(made, list) else [made])]


def test_the_security_council_decides_as_recorded_but_for_four_rows(tmp_path: Path) -> None:
    [found] = all_of(security_council, tmp_path)
    assert (found.agreed, found.compared, len(found.play.untold)) == (2170, 2174, 8)
    reasons = {miss.reason.partition(": ")[0]: (miss.recorded, miss.outcome) for miss in found.missed}
    assert reasons == {
        "1962-03-23 S/5095": ("rejected", "adopted"),
        "1962-06-22 S/5134": ("rejected", "adopted"),
        "1963-09-03 S/5407": ("rejected", "adopted"),
        "1972-08-25 S/10768 and Corr.1": ("vetoed", "rejected"),
    }
    assert not any("not explained" in miss.reason for miss in found.missed)


@pytest.mark.slow
def test_the_general_assembly_adopts_every_resolution_but_eleven_motions_of_another_kind(tmp_path: Path) -> None:
    [found] = all_of(general_assembly, tmp_path)
    assert (found.agreed, found.compared, len(found.rulings)) == (4000, 4011, 6203)
    assert sorted(int(miss.vote) for miss in found.missed) == MISFILED
    assert sum("motion of another kind" in miss.reason for miss in found.missed) == 10  # R/63/263 does not say
    [published] = found.play.checks
    assert (found.checked(published), len(published.recorded)) == (5409, 5429)


@pytest.mark.slow
def test_swiss_votes_come_out_as_recorded_in_every_form(tmp_path: Path) -> None:
    found = all_of(swiss_votes, tmp_path)
    assert [(each.agreed, each.compared) for each in found] == [(562, 562), (562, 562), (561, 561)]


@pytest.mark.slow
def test_the_czech_chamber_decides_as_recorded_its_thresholds_worked_out(tmp_path: Path) -> None:
    found = all_of(czech_chamber, tmp_path)
    assert [(each.agreed, each.compared) for each in found] == [(708, 708), (708, 708)]
    assert [each.checked(check) for each in found for check in each.play.checks] == [708, 708, 708]


def test_tied_votes_of_the_senate_come_out_as_recorded_but_for_one_row(tmp_path: Path) -> None:
    [found] = all_of(us_senate, tmp_path)
    assert (found.agreed, found.compared) == (62, 63)
    [miss] = found.missed
    assert (miss.vote, miss.recorded, miss.outcome) == ("107-1-357", "adopted", "rejected")
    assert "60" in miss.reason


@pytest.mark.slow
def test_neither_outcome_nor_threshold_is_handed_in(tmp_path: Path) -> None:
    tables = [play.votes for play in (security_council(tmp_path), *swiss_votes(tmp_path), us_senate(tmp_path))]
    heads = {table.read_text("utf-8").partition("\n")[0] for table in (*tables, czech_chamber(tmp_path)[0].votes)}
    columns = {column for head in heads for column in head.strip().split(",")}
    assert columns.isdisjoint({"outcome", "result", "threshold", "passed", "annahme"})


def test_the_report_lists_each_exception_with_its_reason(tmp_path: Path) -> None:
    text = "".join(report(all_of(us_senate, tmp_path)))
    assert text.splitlines()[1].startswith("US Senate, ties     63        63           62          1")
    assert "107-1-357: recorded adopted, by the rules rejected" in text
