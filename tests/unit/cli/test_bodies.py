"""The rules of real bodies in records/rules: their own test cases, and worked examples from public texts."""

from pathlib import Path

import pytest

from tests.unit.cli.doors import BOARD, ROOT, document, typed

RULES = ROOT / "records" / "rules"
MEMBERS = (
    *("at", "be", "bg", "cy", "cz", "de", "dk", "ee", "es", "fi", "fr", "gr", "hr", "hu"),
    *("ie", "it", "lt", "lu", "lv", "mt", "nl", "pl", "pt", "ro", "se", "si", "sk"),
)
KINDS = ("decision", "veto", "approval", "casting_vote", "quorum")
FILES = sorted(path.name for path in RULES.glob("*.toml"))


def rules(name: str) -> str:
    return str(RULES / f"{name}.toml")


def votes(folder: Path, *lines: str) -> str:
    path = folder / "votes.csv"
    path.write_text("\n".join((*lines, "")), "utf-8")
    return str(path)


def decided(name: str, path: str, *options: str) -> dict[str, str]:
    return {row["vote"]: row["outcome"] for row in document("decide", rules(name), path, *options)["rows"]}


def test_the_bodies_are_there() -> None:
    assert FILES == [
        "board-of-peace.toml",
        "czech-chamber.toml",
        "eu-council.toml",
        "imf.toml",
        "osce.toml",
        "peace-implementation-council.toml",
        "swiss-popular-votes.toml",
        "un-general-assembly.toml",
        "un-security-council.toml",
        "us-senate.toml",
    ]


@pytest.mark.parametrize("name", FILES)
def test_every_case_of_a_body_comes_out_as_it_must(name: str) -> None:
    found = document("rules", "check", str(RULES / name))["rows"]
    assert found
    assert [row["case"] for row in found if not row["passed"]] == []


@pytest.mark.parametrize("name", FILES)
def test_every_rule_of_a_body_cites_where_it_was_read(name: str) -> None:
    shown = document("rules", "show", str(RULES / name), "--on", "2026-02-01")["rows"]
    assert all(row["article"] and row["evidence"] in ("text", "reported") for row in shown)


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_decision_in_force_has_a_case(name: str) -> None:
    cases = {row["rule"] for row in document("rules", "check", str(RULES / name))["rows"]}
    shown = document("rules", "show", str(RULES / name), "--on", "2026-02-01")["rows"]
    assert {row["name"] for row in shown if row["type"] == "decision"} <= cases


@pytest.mark.slow
def test_the_lists_of_the_security_council_are_those_of_the_source(shared_data: Path) -> None:
    lines = (shared_data / "un-security-council" / "elected_members_1946_2019.csv").read_text("utf-8").splitlines()
    years: dict[str, int] = {}
    for line in lines[1:]:
        year = line.rsplit(",", 2)[1]
        years[year] = years.get(year, 0) + 1
    for year, number in years.items():
        shown = document("rules", "show", rules("un-security-council"), "--on", f"{year}-06-01")["rows"]
        elected = next(row["rule"]["parties"] for row in shown if row["name"] == "elected")
        assert len(elected) == len(set(elected)) == number, year


def test_the_european_council_blocks_by_four(tmp_path: Path) -> None:
    """The Council's page on qualified majority: 15 of 27 with 65%; a blocking minority has four members or more.

    https://www.consilium.europa.eu/en/council-eu/voting-system/qualified-majority/
    """
    against = {"three": ("de", "fr", "it"), "four": ("de", "fr", "it", "mt"), "abstaining": ("de", "fr", "it", "mt")}
    lines = [
        f"{vote},{member},{('abstain' if vote == 'abstaining' else 'no') if member in opposed else 'yes'}"
        for vote, opposed in against.items()
        for member in MEMBERS
    ]
    path = votes(tmp_path, "vote,party,choice", *lines)
    assert decided("eu-council", path) == {"three": "adopted", "four": "rejected", "abstaining": "rejected"}
    assert decided("eu-council", path, "--rule", "simple")["four"] == "adopted"
    assert decided("eu-council", path, "--rule", "unanimity") == {
        "three": "rejected",
        "four": "rejected",
        "abstaining": "adopted",
    }


def test_a_member_that_is_away_counts_against_a_qualified_majority(tmp_path: Path) -> None:
    path = votes(tmp_path, "vote,party,choice", *(f"v,{member},yes" for member in MEMBERS[:16]))
    [row] = document("decide", rules("eu-council"), path)["rows"]
    assert (row["have"], row["need"], row["outcome"]) == ("16; 75.73; 11", "15; 65; 3", "adopted")


def test_the_fund_counts_the_voting_power_that_it_tells(tmp_path: Path) -> None:
    """The 16th General Review of Quotas, 15 December 2023: 92.86 percent of the voting power, 85 needed.

    https://internationalworldofbusiness.com/imf-board-of-governors-approves-an-increase-of-imf-members-quotas-by-50-percent
    """
    head = "vote,date,matter,yes,no,voting_power.yes,voting_power.no"
    path = votes(tmp_path, head, "16th,2023-12-15,quotas,,,92.86,", "without one,2023-12-15,quotas,,,83.50,16.50")
    assert decided("imf", path) == {"16th": "adopted", "without one": "rejected"}
    assert decided("imf", path, "--rule", "70") == {"16th": "adopted", "without one": "adopted"}


def test_the_osce_keeps_silence_until_an_hour(tmp_path: Path) -> None:
    """Annex 1(A) of the Rules of Procedure: a written objection before the end of the period breaks the silence.

    https://balancedbodyketo.org/fr/proc%c3%a9dure-de-silence
    """
    until = "2020-04-08T12:00:00+02:00[Europe/Vienna]"
    head = "vote,manner,yes,no,against_by,deadline"
    path = votes(
        tmp_path,
        head,
        f"kept,silence,,,,{until}",
        f"broken,silence,,1,li,{until}",
        "no deadline,silence,,,,",
        f"running,silence,,,,{until.replace('2020', '2999')}",
    )
    assert decided("osce", path) == {
        "kept": "adopted",
        "broken": "rejected",
        "no deadline": "undecided",
        "running": "undecided",
    }


def test_disputed_rules_decide_only_where_all_of_them_agree(tmp_path: Path) -> None:
    """2021: the United States says that unanimity is not needed, Russia that consensus is.

    https://usun.usmission.gov/explanation-of-vote-on-a-un-security-council-resolution-for-bosnia-and-herzegovina/
    """
    path = votes(tmp_path, "vote,yes,no", "all,11,0", "all but one,10,1", "few,3,8")
    found = document("decide", rules("peace-implementation-council"), path)["rows"]
    assert [row["outcome"] for row in found] == ["adopted", "undecided", "rejected"]
    assert "by one the vote comes to Adopted, by another to Not adopted" in found[1]["because"]
    assert found[0]["agreement"] == "agreed"


def test_the_board_of_peace_decides_alike_by_its_record_and_by_its_rules(tmp_path: Path) -> None:
    path = votes(
        tmp_path,
        "vote,matter,yes,no,abstain,chair,approval",
        "approved,,14,12,0,,given",
        "pending,,14,12,0,,",
        "refused,,26,0,0,,refused",
        "tie,,13,13,0,,",
        "broken,,13,13,0,yes,given",
        "abstained,,9,9,1,yes,given",
        "removal,removal,,,,yes,",
        "directive,directive,,,,yes,",
    )
    by_rules = decided("board-of-peace", path)
    by_record = {row["vote"]: row["outcome"] for row in document("decide", BOARD, path)["rows"]}
    assert (
        by_record
        == by_rules
        == {
            "approved": "adopted",
            "pending": "awaiting_approval",
            "refused": "rejected",
            "tie": "tie",
            "broken": "adopted",
            "abstained": "adopted",
            "removal": "undecided",
            "directive": "adopted",
        }
    )
    said = {row["vote"]: row for row in document("decide", BOARD, path)["rows"]}
    assert "the words are taken in their usual sense: not." in said["abstained"]["because"]
    assert said["removal"]["evidence"] == "text"


@pytest.mark.parametrize("body", ["body:board-of-peace", "body:executive-board"])
def test_the_rules_of_the_board_of_peace_are_those_of_its_record(body: str) -> None:
    def typed_rules(where: str) -> list[str]:
        rows = document("rules", "show", where, "--body", body, "--on", "2026-03-01")["rows"]
        return sorted(f"{row['article']}: {row['rule']}" for row in rows)

    voting = [each for each in typed_rules(BOARD) if any(f"'{kind}'" in each for kind in KINDS)]
    assert voting == typed_rules(rules("board-of-peace"))


def test_a_share_of_a_table_that_lists_some_is_of_the_whole(tmp_path: Path) -> None:
    path = votes(tmp_path, "vote,party,choice", "v,us,yes", "v,jp,yes")
    [row] = document("decide", rules("imf"), path, "--rule", "70")["rows"]
    assert (row["have"], row["need"], row["outcome"]) == ("22.64", "70", "rejected")


def test_who_has_no_weight_is_pointed_out(tmp_path: Path) -> None:
    result = typed("decide", rules("imf"), votes(tmp_path, "vote,party,choice", "v,us,yes", "v,tv,yes"))
    assert result.exit_code == 1
    assert "votes.csv:3: party: " in result.stderr
    assert "voting_power" in result.stderr


HEAD = """\
[rules]
body = "body:x"
instrument = "instrument:x"
source = "source:x"

[[source]]
ref = "source:x"
standing = "reference"
"""
ACCOUNT = """
[[provision]]
article = "art. 1"
matter = "how it decides"
words = "As one witness has it."
distinct = false
evidence = "{mark}"
rule = {{ type = "decision", name = "ordinary", ordinary = true, requires = [{test}] }}
"""
MOST = '{ type = "threshold", more_than = "1/2", of = "cast" }'
ALL = '{ type = "threshold", votes = "no", at_most = 0 }'


def test_accounts_of_one_rule_may_be_many_and_the_best_mark_of_those_that_agree_is_theirs(tmp_path: Path) -> None:
    told = ((MOST, "reported"), (MOST, "text"), (ALL, "reported"), (ALL, "text"))
    text = HEAD + "".join(ACCOUNT.format(test=test, mark=mark) for test, mark in told)
    (tmp_path / "x.toml").write_text(text, "utf-8")
    path = votes(tmp_path, "vote,yes,no", "most,5,1", "all,6,0", "few,1,5")
    rows = document("decide", str(tmp_path / "x.toml"), path)["rows"]
    assert [(row["outcome"], row["evidence"]) for row in rows] == [
        ("undecided", "text"),
        ("adopted", "text"),
        ("rejected", "text"),
    ]


def test_the_security_council_decides_a_table_of_tallies() -> None:
    path = ROOT / "tests" / "golden" / "security-council" / "votes.csv"
    rows = document("decide", rules("un-security-council"), str(path))["rows"]
    assert [(row["outcome"], row["have"], row["need"], row["blocked_by"]) for row in rows] == [
        ("vetoed", "13", "9", ["state:us"]),
        ("adopted", "14", "9", []),
        ("rejected", "8", "9", []),
        ("adopted", "7", "7", []),
        ("adopted", "9", "9", []),
    ]
