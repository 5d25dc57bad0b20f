"""`chancery show` and `chancery check`, as a user types them."""

import json
from pathlib import Path

import pytest

from chancery.cli.options import today
from tests.unit.cli.doors import TEACHING, document, told, typed

BROKEN = """\
[[act]]
id = "one"
kind = "invitation.recieved"
"""


@pytest.fixture
def broken(tmp_path: Path) -> str:
    (tmp_path / "acts.toml").write_text(BROKEN, encoding="utf-8")
    return str(tmp_path)


def test_json_names_the_view_the_record_and_the_three_clocks() -> None:
    shown = document(
        "show", "standing", TEACHING, "--on", "2031-06-01", "--known", "2031-05-01", "--recorded", "2031-05-02"
    )
    assert list(shown)[:5] == ["view", "record", "on", "known", "recorded"]
    assert (shown["on"], shown["known"], shown["recorded"]) == ("2031-06-01", "2031-05-01", "2031-05-02")


def test_an_instant_stays_an_instant() -> None:
    shown = document("show", "standing", TEACHING, "--known", "2031-05-01T12:00:00Z")
    assert shown["known"] == "2031-05-01T12:00:00Z"


def test_without_a_day_it_is_today() -> None:
    assert document("show", "standing", TEACHING)["on"] == today()


def test_rows_carry_their_agreement_and_their_entries() -> None:
    for row in document("show", "standing", TEACHING)["rows"]:
        assert row["agreement"] in ("agreed", "contested", "denied")
        assert row["entries"]


def test_csv_has_a_line_a_row_and_lists_joined_by_semicolons() -> None:
    lines = told("show", "counts", TEACHING, "--format", "csv").splitlines()
    assert lines[0].startswith("rule,body,count,parties")
    assert any("state:xb;state:xc" in line for line in lines)


def test_markdown_has_a_title_and_a_table() -> None:
    text = told("show", "seats", TEACHING, "--format", "md")
    assert text.startswith("## Seats")
    assert "| --- |" in text


def test_a_party_or_a_body_narrows_a_view() -> None:
    rows = document("show", "standing", TEACHING, "--party", "state:xb")["rows"]
    assert {row["party"] for row in rows} == {"state:xb"}


def test_the_clocks_stand_in_the_title() -> None:
    text = told(
        "show",
        "standing",
        TEACHING,
        "--on",
        "2031-06-01",
        "--known",
        "2031-05-01",
        "--recorded",
        "2031-05-02T10:00:00Z",
    )
    assert "on 1 Jun 2031, as known on 1 May 2031, as recorded on 2031-05-02T10:00:00Z" in text.splitlines()[0]


def test_a_view_of_nothing_says_so() -> None:
    assert "Nothing on record." in told("show", "standing", TEACHING, "--on", "1990-01-01")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "standings", TEACHING), "standings"),
        (("show", "standing", TEACHING, "--on", "yesterday"), "yesterday"),
        (("show", "standing", TEACHING, "--party", "State:XB"), "State:XB"),
        (("show", "standing", TEACHING, "--lang", "!!"), "!!"),
        (("show", "standing"), "RECORD"),
    ],
)
def test_wrong_usage_exits_with_two_and_says_what(words: tuple[str, ...], said: str) -> None:
    result = typed(*words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_barred_record_is_not_shown(broken: str) -> None:
    result = typed("show", "standing", broken)
    assert result.exit_code == 1
    assert "acts.toml:3: kind: bar: [one] " in result.stderr
    assert "did you mean invitation.received?" in result.stderr
    assert result.stdout == ""


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    result = typed("show", "standing", str(tmp_path / "nowhere"))
    assert result.exit_code == 1
    assert "is not there" in result.stderr


def test_check_counts_what_it_read() -> None:
    assert "nothing bars them" in told("check", TEACHING)


def test_check_exits_with_one_and_names_the_place(broken: str) -> None:
    result = typed("check", broken)
    assert result.exit_code == 1
    assert "Not loaded" in result.stdout
    found = json.loads(typed("check", broken, "--format", "json").stdout)
    problem = next(each for each in found if each["code"] == "unknown-kind")
    assert (problem["code"], problem["file"], problem["line"], problem["field"]) == (
        "unknown-kind",
        "acts.toml",
        3,
        "kind",
    )


def test_a_language_without_a_catalogue_keeps_english_messages_and_says_so() -> None:
    result = typed("show", "standing", TEACHING, "--lang", "fr")
    assert result.exit_code == 0
    assert "messages are whole only in" in result.stderr
