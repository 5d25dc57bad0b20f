"""`chancery kinds`: the whole vocabulary and one kind, as text, as a page, as a schema."""

import json

import pytest

from chancery.acts import KINDS
from tests.unit.cli.doors import told, typed


def test_every_kind_is_listed_under_its_subject() -> None:
    said = told("kinds")
    for kind in KINDS:
        assert f"  {kind} " in said
    assert said.index("Money: pledged") < said.index("pledge.made") < said.index("Oversight at work")
    assert said.rstrip().endswith("`chancery kinds KIND` shows the fields of one.")


def test_one_kind_shows_what_identifies_it_and_its_fields() -> None:
    said = told("kinds", "membership.denied")
    assert "It is denied that the party signed, joined or meant to." in said
    assert "Two accounts tell of the same act where these are equal: party, body." in said
    assert "It denies, for the same party and body: membership.signed, membership.listed, membership.begun." in said
    assert (
        said.index("Its own fields")
        < said.index("\n party ")
        < said.index("Fields of every kind")
        < said.index("\n note ")
    )
    assert "no; else XXXX-XX-XX" in said


def test_a_kind_that_nothing_identifies_says_so() -> None:
    assert "Each account stands alone" in told("kinds", "statement.made")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("invitation.acepted", "did you mean invitation.accepted?"),
        ("something.else", "is no kind of act; `chancery kinds` lists them"),
    ],
)
def test_an_unknown_kind_is_wrong_usage(asked: str, answer: str) -> None:
    ran = typed("kinds", asked)
    assert ran.exit_code == 2
    assert answer in ran.stderr


def test_the_page_holds_every_kind_and_every_table_within() -> None:
    page = told("kinds", "--format", "md")
    for kind in KINDS:
        assert f"\n### {kind}\n" in page
    for title in (
        "Fields of every kind",
        "The head of a record: [record]",
        "A source: [[source]]",
        "Tables within fields",
    ):
        assert f"\n## {title}\n" in page
    assert "\n### Duty\n\nIts type is `duty`.\n" in page
    assert "| `at_least` | true or false | no; else false | true: the source says more than |" in page
    assert told("kinds", "vote.cast", "--format", "md").startswith("### vote.cast\n\nA party votes on a motion;")


def test_the_schema_of_one_kind_holds_what_it_refers_to() -> None:
    schema = json.loads(told("kinds", "pledge.made", "--format", "json"))
    assert schema["title"] == "pledge.made"
    assert schema["properties"]["money"]["$ref"] == "#/$defs/Money" or "allOf" in schema["properties"]["money"]
    assert {"Money", "Citation", "every.note"} <= set(schema["$defs"])


def test_kinds_are_said_in_arabic() -> None:
    said = told("kinds", "membership.denied", "--lang", "ar")
    assert "It is denied" not in said
    assert "membership.denied" in said
