"""`chancery power`, as a user types it."""

from pathlib import Path

import pytest

from tests.unit.cli.doors import document, told, typed

COUNCIL = """\
[rules]
body = "body:council"
title = "The Council"
instrument = "instrument:treaty"
instrument_title = "Treaty"
source = "source:treaty"

[[source]]
ref = "source:treaty"
standing = "instrument"
title = "Treaty on the Council"

[[party]]
ref = "org:alder"
names = ["Alder"]

[[party]]
ref = "org:birch"

[[party]]
ref = "org:cedar"

[[party]]
ref = "org:elm"

[[party]]
ref = "org:fir"

[[party]]
ref = "org:yew"

[[provision]]
article = "art. 1"
words = "Six members."
effective = "2020-01-01"
rule = { type = "members", parties = [ "org:alder", "org:birch", "org:cedar", "org:elm", "org:fir", "org:yew" ] }

[[provision]]
article = "art. 2"
words = "Votes."
rule = { type = "weights", name = "votes", values = { "org:alder" = 9, "org:birch" = 9, "org:cedar" = 7, \
"org:elm" = 3, "org:fir" = 1, "org:yew" = 1 } }

[[provision]]
article = "art. 3"
words = "Sixteen votes."
effective = "2020-01-01"

[provision.rule]
type = "decision"
name = "by-votes"
ordinary = true
requires = [{ type = "threshold", at_least = 16, weight = "votes" }]

[[provision]]
article = "art. 4"
words = "All but one."
effective = "2020-01-01"

[provision.rule]
type = "decision"
name = "amendment"
requires = [{ type = "threshold", votes = "no", at_most = 1 }]

[[provision]]
article = "art. 5"
words = "The rest."
effective = "2025-01-01"

[provision.rule]
type = "decision"
name = "rest"
requires = [{ type = "threshold", more_than = "1/2", of = "seats" }]
"""


@pytest.fixture
def council(tmp_path: Path) -> str:
    path = tmp_path / "council.toml"
    path.write_text(COUNCIL, encoding="utf-8")
    return str(path)


def test_the_ordinary_rule_is_shown_member_by_member(council: str) -> None:
    found = document("power", council, "--on", "2024-05-01")
    assert (found["view"], found["rule"], found["on"]) == ("power", "by-votes", "2024-05-01")
    rows = {row["player"]: row for row in found["rows"]}
    assert rows["org:alder"]["swings"] == "16"
    assert rows["org:alder"]["banzhaf"] == rows["org:cedar"]["shapley_shubik"] == "1/3"
    assert rows["org:alder"]["banzhaf_percent"] == "33.3333"
    assert rows["org:elm"]["shapley_shubik_percent"] == "0.0000"
    assert found["totals"] == {
        "players": 6,
        "coalitions": "64",
        "winning": "32",
        "minimal_winning": "3",
        "minimal_winning_listed": [["org:alder", "org:birch"], ["org:alder", "org:cedar"], ["org:birch", "org:cedar"]],
        "block_alone": [],
        "powerless": ["org:elm", "org:fir", "org:yew"],
        "indices": ["banzhaf", "shapley-shubik"],
        "within": {},
        "refused": None,
    }


def test_on_paper_it_names_members_and_says_who_can_do_what(council: str) -> None:
    text = told("power", council, "--on", "2024-05-01")
    assert "Power in The Council: by-votes · 1 May 2024" in text
    assert "Alder" in text
    assert "Of 64 ways to vote 32 carry." in text
    assert "3 coalitions win with nobody to spare." in text
    assert "- Alder and org:birch" in text
    assert "Nobody can stop it alone." in text
    assert "Never decides: org:elm, org:fir and org:yew." in text


def test_another_rule_and_other_indices(council: str) -> None:
    words = ("power", council, "--rule", "amendment", "--index", "penrose", "--index", "coleman-prevent")
    rows = document(*words)["rows"]
    assert {row["penrose"] for row in rows} == {"5/32"}
    assert {row["coleman_prevent"] for row in rows} == {"5/7"}
    assert "banzhaf" not in rows[0]


def test_who_joins_changes_the_power_of_the_others(council: str) -> None:
    words = ("power", council, "--join", "org:zelkova", "--weight", "votes:org:zelkova=6", "--index", "banzhaf")
    found = document(*words)
    rows = {row["player"]: row for row in found["rows"]}
    assert rows["org:zelkova"]["banzhaf"] is None
    assert rows["org:zelkova"]["then_banzhaf"] != "0"
    assert rows["org:zelkova"]["banzhaf_change"].startswith("+")
    assert rows["org:alder"]["banzhaf_change"].startswith("-")
    assert (found["totals"]["players"], found["then"]["players"]) == (6, 7)
    assert "Change" in told(*words)


def test_who_joins_without_a_weight_is_asked_for_one(council: str) -> None:
    result = typed("power", council, "--join", "org:zelkova")
    assert result.exit_code == 1
    assert "org:zelkova has no weight in the table votes" in result.output


def test_csv_and_markdown_have_the_same_rows(council: str) -> None:
    lines = told("power", council, "--format", "csv").splitlines()
    assert lines[0].startswith("player,swings,banzhaf_percent,banzhaf,shapley_shubik_percent,shapley_shubik")
    assert lines[1].startswith("org:alder,16,33.3333,1/3,33.3333,1/3")
    assert "| Alder | 16 | 33.3333 |" in told("power", council, "--format", "md")


def test_a_rule_of_which_too_little_is_known_is_refused_with_the_reason(council: str) -> None:
    result = typed("power", council, "--rule", "rest")
    assert result.exit_code == 1
    assert "How many seats there are is not known" in result.output


def test_where_no_rule_is_ordinary_those_in_force_are_named(council: str) -> None:
    path = Path(council)
    path.write_text(path.read_text(encoding="utf-8").replace("ordinary = true\n", ""), encoding="utf-8")
    result = typed("power", council, "--on", "2024-05-01")
    assert result.exit_code == 1
    assert "Name one with --rule; in force that day: amendment, by-votes." in result.output


def test_before_the_rules_were_in_force_the_charter_is_silent(council: str) -> None:
    assert typed("power", council, "--rule", "by-votes", "--on", "1999-01-01").exit_code == 1


@pytest.mark.parametrize("words", [("--index", "none"), ("--rule", "by-vote"), ("--on", "x"), ("--weight", "x")])
def test_wrong_usage_exits_with_two(council: str, words: tuple[str, ...]) -> None:
    assert typed("power", council, *words, "--join", "org:zelkova").exit_code == 2


def test_seats_whose_holders_are_not_named_are_shown_once(council: str) -> None:
    path = Path(council)
    text = path.read_text(encoding="utf-8").replace('"org:yew" ] }', '"org:yew" ], others = 3 }')
    path.write_text(text, encoding="utf-8")
    found = document("power", council, "--rule", "amendment", "--index", "banzhaf")
    assert [row["player"] for row in found["rows"]][-2:] == ["org:yew", "each of 3 seats not named"]
    assert {row["banzhaf"] for row in found["rows"]} == {"1/9"}
    assert found["totals"]["players"] == 9


def test_who_joins_those_that_only_a_table_of_weights_names_plays_beside_them(council: str) -> None:
    path = Path(council)
    text = path.read_text(encoding="utf-8")
    start, end = text.index('[[provision]]\narticle = "art. 1"'), text.index('[[provision]]\narticle = "art. 2"')
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    found = document("power", council, "--join", "org:zelkova", "--weight", "votes:org:zelkova=6")
    assert (found["totals"]["players"], found["then"]["players"]) == (6, 7)
