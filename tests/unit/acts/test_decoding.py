"""From data to an act: one way for every door, every fault at once, each with what was expected."""

import pytest

from chancery.acts import KINDS, Undecodable, act_of, data_of, faults_in
from chancery.acts.base import statement_of
from chancery.acts.decoding import expected, shown
from chancery.register import Head, Reading, Register, Source
from chancery.values import Weight

INVITED: dict[str, object] = {
    "id": "one",
    "kind": "invitation.issued",
    "party": "state:ru",
    "body": "body:board",
    "effective": "2026-01-16",
    "cites": [{"source": "source:a"}],
}


def faults(**fields: object) -> dict[str | None, str]:
    """What is wrong, by field."""
    with pytest.raises(Undecodable) as caught:
        act_of({**INVITED, **fields})
    assert all(problem.weight is Weight.BAR for problem in caught.value.problems)
    return {problem.place.field if problem.place else None: str(problem.phrase) for problem in caught.value.problems}


def test_an_act_is_read_and_written_back() -> None:
    assert data_of(act_of(INVITED)) == {**INVITED, "cites": ({"source": "source:a"},)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_what_it_is_in_one_line(kind: str) -> None:
    said = str(statement_of(KINDS[kind]))
    assert said.endswith(".")
    assert "\n" not in said


def test_every_fault_is_told_at_once() -> None:
    found = faults(party=7, effective="yesterday", colour="red", to="dinner")
    assert set(found) == {"party", "effective", "colour", "to"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("party", 7, "expected a ref (state:…, org:…"),
        ("effective", "yesterday", "expected a date such as 2026-01-19"),
        ("to", "dinner", "expected one of: membership, observer, meeting, ceremony, body"),
        ("terms", 7, "expected words, or a table of words by language"),
        ("cites", "source:a", "expected a list, each of it a table of source, article"),
        ("distinct", "yes", "expected true or false"),
        ("recorded", "noon", "expected an instant such as 2026-01-22T11:30:00Z"),
        ("channel", 7, "expected text"),
        ("partie", "state:ru", "did you mean party?"),
        ("colour", "red", "expected one of: id, effective"),
    ],
)
def test_a_fault_names_what_was_expected(field: str, value: object, said: str) -> None:
    assert said in faults(**{field: value})[field]


def test_a_missing_field_is_named() -> None:
    with pytest.raises(Undecodable) as caught:
        act_of({key: value for key, value in INVITED.items() if key != "party"})
    (problem,) = caught.value.problems
    assert (problem.code, problem.entry) == ("missing-field", "one")
    assert "is missing; expected a ref" in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("invitation.isued", "did you mean invitation.issued?"),
        ("zzzz", "zzzz is no kind of act"),
        (7, "7 is no kind of act"),
        ([], "list is no kind of act"),
        ({"of": "act"}, "dict is no kind of act"),
        (None, "has no kind"),
    ],
)
def test_an_unknown_kind_is_said(kind: object, said: str) -> None:
    with pytest.raises(Undecodable) as caught:
        act_of({**INVITED, "kind": kind})
    assert said in str(caught.value)


def test_a_long_value_is_cut_in_a_message() -> None:
    assert len(shown("x" * 1000)) == 60
    assert shown({"a": 1}) == "dict"


def test_a_head_and_a_source_are_held_to_their_fields_too() -> None:
    assert [problem.code for problem in faults_in({"titel": "x"}, Head)] == ["unknown-field"]
    assert {problem.place.field for problem in faults_in({}, Source) if problem.place} == {"ref", "standing"}


def test_a_number_is_expected_where_a_number_belongs() -> None:
    assert str(expected(int)) == "a whole number"


def test_a_type_that_no_field_has_is_a_table_of_fields() -> None:
    assert str(expected(dict)) == "a table of fields"


def test_a_kind_without_checks_of_its_own_finds_nothing_in_a_register() -> None:
    assert list(act_of(INVITED).check(Register(Reading(on=1), Head(), {}))) == []
