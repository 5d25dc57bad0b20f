"""Every view of the invented record, as a user types it: read through once, and held since."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from chancery.cli.main import chancery
from chancery.views import COLUMNS, VIEWS
from tests.goldens import Golden

TEACHING = "records/teaching"
DAY = "2026-01-15"
CONTRACT = ("standing", "counts", "disputes", "duties")
"""Views whose JSON is held whole: the public contract that the issue names, and the two that others build on."""


@pytest.fixture(autouse=True)
def _from_the_root(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)


def shown(view: str, *options: str) -> str:
    result = CliRunner().invoke(chancery, ["show", view, TEACHING, "--on", DAY, *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_teaching_record_has_nothing_to_mend() -> None:
    result = CliRunner().invoke(chancery, ["check", TEACHING, "--format", "json"])
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


@pytest.mark.parametrize("view", VIEWS)
def test_table(view: str, golden: Golden) -> None:
    golden(f"teaching/{view}.txt", shown(view))


@pytest.mark.parametrize("view", CONTRACT)
def test_json(view: str, golden: Golden) -> None:
    golden(f"teaching/{view}.json", shown(view, "--format", "json"))


@pytest.mark.parametrize("view", VIEWS)
def test_every_row_has_the_keys_that_the_view_declares(view: str) -> None:
    rows = json.loads(shown(view, "--format", "json"))["rows"]
    declared = [*(column.key for column in COLUMNS[view]), "agreement", "entries"]
    assert rows
    assert all(sorted(row) == sorted(declared) for row in rows)


@pytest.mark.parametrize("view", VIEWS)
def test_every_row_is_agreed_contested_or_denied_and_cites_entries_of_the_record(view: str, root: Path) -> None:
    written = "".join(file.read_text(encoding="utf-8") for file in (root / TEACHING).glob("*.toml"))
    for row in json.loads(shown(view, "--format", "json"))["rows"]:
        assert row["agreement"] in {"agreed", "contested", "denied"}
        assert all(f'id = "{entry}"\n' in written for entry in row["entries"])


@pytest.mark.parametrize("view", VIEWS)
def test_a_day_before_everything_shows_nothing_that_happened(view: str) -> None:
    result = CliRunner().invoke(chancery, ["show", view, TEACHING, "--on", "1990-01-01", "--format", "json"])
    rows = json.loads(result.stdout)["rows"]
    cited = {entry for row in rows for entry in row["entries"] if view != "counts"}
    assert all(entry.startswith("n-") for entry in cited), "only descriptions have no day of their own"


def test_a_correction_is_read_until_it_is_withdrawn() -> None:
    days = {}
    for recorded in ("2026-02-01", "2026-02-02", "2026-02-03"):
        rows = json.loads(shown("invitations", "--party", "state:xc", "--recorded", recorded, "--format", "json"))[
            "rows"
        ]
        (days[recorded],) = (row["effective"] for row in rows if row["kind"] == "invitation.accepted")
    assert days == {"2026-02-01": "2025-02-03", "2026-02-02": "2025-02-13~", "2026-02-03": "2025-02-03"}


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_narrowed_to_a_party_shows_no_more_than_the_whole(view: str) -> None:
    whole = json.loads(shown(view, "--format", "json"))["rows"]
    part = json.loads(shown(view, "--party", "state:xb", "--format", "json"))["rows"]
    assert len(part) < len(whole)


@pytest.mark.parametrize("view", [view for view in VIEWS if view not in ("sources", "charter", "plan")])
def test_a_view_narrowed_to_a_body_shows_that_body(view: str) -> None:
    part = json.loads(shown(view, "--body", "body:lethe-commission", "--format", "json"))["rows"]
    assert part
    assert len(part) <= len(json.loads(shown(view, "--format", "json"))["rows"])
