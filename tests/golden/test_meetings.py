"""The invented record of a session, as a user types it: meetings, minutes in each form, duties, who may vote."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from chancery.cli.main import chancery
from tests.goldens import Golden

RECORD = "records/teaching-meetings"
MEETING = "meeting:ferry-board-2"
ON = ("--on", "2025-06-01")


@pytest.fixture(autouse=True)
def _from_the_root(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)


def told(*words: str) -> str:
    result = CliRunner().invoke(chancery, words)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_its_one_breach_is_the_amendment_that_had_too_few_votes(golden: Golden) -> None:
    golden("meetings/check.json", told("check", RECORD, "--format", "json"))


@pytest.mark.parametrize("form", ["json", "csv", "md"])
def test_meetings(form: str, golden: Golden) -> None:
    golden(f"meetings/meetings.{form}", told("show", "meetings", RECORD, *ON, "--format", form))


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("form", ["md", "html"])
def test_minutes(form: str, lang: str, golden: Golden) -> None:
    golden(f"meetings/minutes-{lang}.{form}", told("minutes", RECORD, MEETING, *ON, "--format", form, "--lang", lang))


def test_duties_on_a_day_on_which_an_approval_was_pending(golden: Golden) -> None:
    golden("meetings/duties.md", told("show", "duties", RECORD, "--on", "2025-03-15", "--format", "md"))


@pytest.mark.parametrize("party", ["state:xg", "state:xl", "state:xm", "state:fj", "person:ida-brook"])
def test_who_may_vote(party: str, golden: Golden) -> None:
    name = party.partition(":")[2]
    golden(f"meetings/may-{name}.txt", told("may", RECORD, party, "vote:ordinary", "--on", "2025-03-10"))
