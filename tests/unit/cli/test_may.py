"""`chancery may`: three answers with exit code 0; wrong usage 2; what nothing names 1."""

from pathlib import Path

import pytest

from tests.unit.cli.doors import BOARD, ROOT, document, told, typed

FERRY = str(ROOT / "records" / "teaching-meetings")
ON = ("--on", "2025-03-10")


@pytest.mark.parametrize(
    ("party", "kind", "answer"),
    [
        ("state:xg", "vote", "yes"),
        ("state:xm", "vote", "no"),
        ("state:xl", "vote:budget", "no"),
        ("state:fj", "vote", "no"),
        ("person:ida-brook", "break_tie", "yes"),
        ("person:ida-brook", "urgent_repairs", "yes"),
        ("state:xg", "urgent_repairs", "no"),
        ("person:omar-quay", "decision.approved", "yes"),
        ("state:xg", "invite", "silent"),
        ("state:xg", "report.submitted", "silent"),
    ],
)
def test_an_answer_and_what_it_rests_on(party: str, kind: str, answer: str) -> None:
    found = document("may", FERRY, party, kind, *ON)
    assert found["answer"] == answer
    assert found["because"]
    assert (found["articles"] != []) == (answer != "silent")


def test_the_facts_and_the_articles_are_shown_with_their_entries() -> None:
    found = document("may", FERRY, "state:xm", "vote:ordinary", *ON)
    assert [(row["sort"], row["entries"]) for row in found["rows"]] == [
        ("rule", ["c-2"]),
        ("rule", ["c-6"]),
        ("rule", ["c-1"]),
        ("fact", ["s-xm"]),
        ("fact", ["m-xm"]),
    ]
    assert (found["standing"], found["matter"], found["on"]) == ("signatory", "ordinary", "2025-03-10")


def test_in_words() -> None:
    text = told("may", FERRY, "state:xl", "vote", *ON)
    assert text.startswith("No. It sits as an observer; art. 6 counts the votes of members.\nStanding: observer, since")
    assert "where they are silent, nothing is allowed by it" in text
    assert "لا. " in told("may", FERRY, "state:xl", "vote", *ON, "--lang", "ar")
    assert told("may", FERRY, "state:fj", "vote", *ON).splitlines()[1].startswith("No standing")


def test_a_body_without_rules_is_silent() -> None:
    found = document("may", FERRY, "state:xg", "vote", *ON, "--body", "body:another")
    assert found["answer"] == "silent"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("state:hx", "vote"), 2, "is not a State's code"),
        (("stat:xg", "vote"), 2, "did you mean state:xg"),
        (("state:xg", "vot"), 2, "did you mean vote?"),
        (("state:xg", "qqqqqqq"), 2, "expected one such as: vote"),
        (("person:ida-brok", "vote"), 1, "did you mean person:ida-brook?"),
        (("person:zzzzzzzzzzzz", "vote"), 1, "Nothing on record names person:zzzzzzzzzzzz."),
    ],
)
def test_what_is_mistyped(words: tuple[str, str], code: int, said: str) -> None:
    result = typed("may", FERRY, *words, *ON)
    assert result.exit_code == code
    assert said in result.output


def test_a_record_that_names_no_body_is_asked_about_one(tmp_path: Path) -> None:
    (tmp_path / "record.toml").write_text('[record]\ntitle = "T"\n', encoding="utf-8")
    result = typed("may", str(tmp_path), "state:be", "vote")
    assert (result.exit_code, "say which with --body" in result.output) == (1, True)


def test_provisions_kept_as_words_are_shown_beside_the_answer_of_the_board() -> None:
    found = document("may", BOARD, "state:hu", "vote", "--on", "2026-02-19")
    assert (found["standing"], found["answer"], found["articles"]) == ("signatory", "silent", ["art. 3.1"])
    words = [row["what"] for row in found["rows"] if row["sort"] == "words"]
    assert any("chapter XI, non-voting members" in each for each in words)
    assert [row["what"] for row in found["rows"] if row["sort"] == "fact"][:3] == ["accepted", "signed", "listed"]
