"""`chancery rules` and `chancery whatif`, as a user types them."""

from pathlib import Path

import pytest

from tests.unit.cli.doors import document, told, typed

BOARD = """\
[rules]
body = "body:board"
title = "The Board"
instrument = "instrument:statutes"
instrument_title = "Statutes"
source = "source:statutes"

[[source]]
ref = "source:statutes"
standing = "instrument"
title = "Statutes of the Board"

[[party]]
ref = "org:alder"
names = ["Alder", "Alder & Co"]

[[party]]
ref = "org:birch"
names = ["Birch"]

[[party]]
ref = "org:cedar"
names = ["Cedar"]

[[provision]]
article = "art. 1"
words = "Three members."
effective = "2020-01-01"
rule = { type = "members", parties = ["org:alder", "org:birch", "org:cedar"] }

[[provision]]
article = "art. 2"
words = "Shares."
rule = { type = "weights", name = "shares", values = { "org:alder" = 50, "org:birch" = "30.5", "org:cedar" = "19.5" } }

[[provision]]
article = "art. 3"
words = "More than half of the votes cast."
effective = "2020-01-01"

[provision.rule]
type = "decision"
name = "ordinary"
ordinary = true
requires = [{ type = "threshold", more_than = "1/2", of = "cast" }]

[[provision]]
article = "art. 4"
words = "Two thirds of the shares."
effective = "2020-01-01"

[provision.rule]
type = "decision"
name = "amendment"
amends = true
requires = [{ type = "threshold", at_least = "2/3", of = "members", weight = "shares" }]

[[case]]
name = "two of three carry"
yes = 2
no = 1
outcome = "adopted"
"""

AMENDED = """
[[case]]
name = "all shares amend"
matter = "amendment"
yes = 3
for_by = ["org:alder", "org:birch", "org:cedar"]
outcome = "adopted"
"""

VOTES = """\
vote,party,choice,matter
1,Alder,yes,
1,Birch,no,
1,Cedar,no,
2,Alder,yes,amendment
2,Birch,no,amendment
2,Cedar,yes,amendment
"""


@pytest.fixture
def rules(tmp_path: Path) -> str:
    path = tmp_path / "board.toml"
    path.write_text(BOARD + AMENDED, encoding="utf-8")
    return str(path)


@pytest.fixture
def votes(tmp_path: Path) -> str:
    path = tmp_path / "votes.csv"
    path.write_text(VOTES, encoding="utf-8")
    return str(path)


def written(rules: str, old: str, new: str) -> None:
    text = Path(rules).read_text(encoding="utf-8")
    assert old in text
    Path(rules).write_text(text.replace(old, new), encoding="utf-8")


def test_rules_are_shown_in_words_with_their_articles(rules: str) -> None:
    rows = document("rules", "show", rules, "--on", "2031-01-01")["rows"]
    assert [(row["type"], row["article"], row["asks"]) for row in rows] == [
        ("weights", "art. 2", "weights of 3 parties"),
        ("members", "art. 1", "org:alder, org:birch, org:cedar"),
        ("decision", "art. 3", "more than 1/2 of the votes for and against in favour"),
        ("decision", "art. 4", "at least 2/3 of the members in office in favour, by shares"),
    ]


def test_what_the_rules_are_silent_on_is_said(rules: str) -> None:
    assert "No rule on a quorum is in force: the charter is silent." in told("rules", "show", rules)


def test_before_the_rules_are_in_force_the_charter_is_silent(rules: str) -> None:
    notes = document("rules", "show", rules, "--on", "2019-12-31")["notes"]
    assert notes == ["The charter is silent: no rule in force says how anything is decided."]


def test_cases_are_run(rules: str) -> None:
    rows = document("rules", "check", rules)["rows"]
    assert [(row["case"], row["outcome"], row["passed"]) for row in rows] == [
        ("two of three carry", "adopted", True),
        ("all shares amend", "adopted", True),
    ]


def test_a_case_that_comes_out_otherwise_fails(rules: str) -> None:
    written(rules, 'yes = 2\nno = 1\noutcome = "adopted"', 'yes = 1\nno = 1\noutcome = "adopted"')
    result = typed("rules", "check", rules)
    assert result.exit_code == 1
    assert "1 did not come out as they must" in result.stdout


def test_a_rule_in_force_that_no_case_tries_is_pointed_out(tmp_path: Path) -> None:
    path = tmp_path / "board.toml"
    path.write_text(BOARD, encoding="utf-8")
    result = typed("rules", "check", str(path))
    assert result.exit_code == 0
    assert "no test case shows that amendment can be adopted" in result.stderr


def test_a_rule_to_come_is_barred_until_a_case_shows_that_it_can_be_adopted(rules: str) -> None:
    written(
        rules,
        'article = "art. 4"\nwords = "Two thirds of the shares."\neffective = "2020-01-01"',
        'article = "art. 4"\nwords = "Two thirds of the shares."\neffective = "9000-01-01"',
    )
    result = typed("rules", "check", rules)
    assert result.exit_code == 0, result.output
    written(
        rules,
        'outcome = "adopted"\n\n[[case]]\nname = "all shares amend"',
        'outcome = "adopted"\n\n[[case]]\nname = "none amends"',
    )
    written(
        rules,
        'yes = 3\nfor_by = ["org:alder", "org:birch", "org:cedar"]\noutcome = "adopted"',
        'yes = 1\nfor_by = ["org:alder"]\noutcome = "rejected"',
    )
    result = typed("rules", "check", rules)
    assert result.exit_code == 1
    assert "amendment enters into force on 1 Jan 9000" in result.stderr


def test_a_rule_that_can_never_be_met_is_refused_at_its_entry(rules: str) -> None:
    written(rules, 'more_than = "1/2", of = "cast"', "at_least = 4")
    result = typed("rules", "show", rules)
    assert result.exit_code == 1
    assert "ordinary can never be adopted: everybody's yes would not be enough" in result.stderr


def test_other_votes_are_supposed(rules: str, votes: str) -> None:
    rows = document("whatif", rules, votes, "--set", "Cedar=yes")["rows"]
    assert [(row["vote"], row["outcome"], row["then_outcome"], row["changes"]) for row in rows] == [
        ("1", "rejected", "adopted", True),
        ("2", "adopted", "adopted", None),
    ]


def test_another_rule_is_supposed(rules: str, votes: str) -> None:
    rows = document("whatif", rules, votes, "--rule", "amendment")["rows"]
    assert [(row["then_rule"], row["then_have"], row["then_need"]) for row in rows] == [
        ("amendment", "50", "67"),
        ("amendment", "69.5", "67"),
    ]


def test_a_newcomer_is_supposed_with_its_weight(rules: str, votes: str) -> None:
    rows = document("whatif", rules, votes, "--join", "state:fr", "--weight", "shares:state:fr=100")["rows"]
    assert (rows[1]["outcome"], rows[1]["then_outcome"], rows[1]["then_need"]) == ("adopted", "rejected", "133.5")


def test_a_choice_that_is_not_told_cannot_be_supposed_otherwise(rules: str, tmp_path: Path) -> None:
    tally = tmp_path / "tally.csv"
    tally.write_text("vote,yes,no,against_by\n1,1,2,Birch\n2,2,1,Birch\n", encoding="utf-8")
    rows = document("whatif", rules, str(tally), "--set", "Birch=yes")["rows"]
    assert [(row["then_outcome"], row["changes"]) for row in rows] == [("adopted", True), ("adopted", None)]
    rows = document("whatif", rules, str(tally), "--set", "Cedar=yes")["rows"]
    assert rows[0]["then_because"] == ("Undecided. How org:cedar voted in 1 is not told, so it cannot be changed.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "nothing is supposed"),
        (("--set", "Alder"), "expected PARTY=CHOICE"),
        (("--set", "Alder=maybe"), "expected PARTY=CHOICE"),
        (("--join", "state:fr", "--weight", "shares=3"), "expected TABLE:PARTY=WEIGHT"),
        (("--rule", "amendement"), "did you mean amendment?"),
        (("--rule", "zzz"), "there are: amendment, ordinary"),
    ],
)
def test_wrong_usage_says_what_is_wanted(rules: str, votes: str, words: tuple[str, ...], said: str) -> None:
    result = typed("whatif", rules, votes, *words)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())


def test_what_rules_cannot_mean_together_is_told_at_its_line(tmp_path: Path) -> None:
    twice = BOARD.replace('name = "amendment"', 'name = "amendment"\nordinary = true')
    path = tmp_path / "board.toml"
    path.write_text(twice, encoding="utf-8")
    result = typed("rules", "check", str(path))
    line = twice[: twice.index('name = "amendment"')].count("\n") - 1
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"board.toml:{line}: rule: bar: [board-provision-4] art. 3 and art. 4 both say")


def test_what_a_record_in_lines_cannot_mean_is_told_by_its_entry(tmp_path: Path) -> None:
    path = tmp_path / "board.toml"
    path.write_text(BOARD.replace('name = "amendment"', 'name = "amendment"\nordinary = true'), encoding="utf-8")
    lines = tmp_path / "board.jsonl"
    assert typed("convert", str(path), str(lines)).exit_code == 0
    assert typed("rules", "check", str(lines)).stderr.startswith("rule: bar: [board-provision-4] art. 3 and art. 4")


def test_a_misspelt_member_is_told_with_the_name_that_may_be_meant(tmp_path: Path) -> None:
    path = tmp_path / "board.toml"
    path.write_text(BOARD.replace("org:cedar", "state:de"), encoding="utf-8")
    votes = tmp_path / "votes.csv"
    votes.write_text("vote,party,choice\n1,Germny,yes\n", encoding="utf-8")
    assert (
        "Germny is no party that the rules know; did you mean Germany?" in typed("decide", str(path), str(votes)).stderr
    )
