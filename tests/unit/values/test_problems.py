from __future__ import annotations

import msgspec
import pytest

from chancery.values import Date, Money, Place, Problem, Ref, Weight, canonical, phrase


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("acts.toml", 12, "effective"), "acts.toml:12: effective"),
        (Place("acts.toml", 12), "acts.toml:12"),
        (Place("acts.toml", field="effective"), "acts.toml: effective"),
        (Place(field="effective"), "effective"),
        (Place(), ""),
    ],
)
def test_a_place_is_shown_as_editors_know_it(place: Place, text: str) -> None:
    assert str(place) == text


def test_the_weights_are_three() -> None:
    assert [str(weight) for weight in Weight] == ["bar", "breach", "notice"]


def test_a_problem_can_be_written_down() -> None:
    said = phrase(
        "{party:name} {day:date} {sum:money} {all:names}",
        party="state:ru",
        day=Date.of("2026"),
        sum=Money.of("1.50", "USD"),
        all=(Ref("state:be"),),
    )
    problem = Problem("unknown-ref", Weight.BREACH, said, "e1", Place("a.toml", 1), phrase("look again"))
    assert msgspec.json.decode(canonical(problem)) == {
        "code": "unknown-ref",
        "weight": "breach",
        "phrase": {
            "msgid": "{party:name} {day:date} {sum:money} {all:names}",
            "values": [
                ["all", ["state:be"]],
                ["day", "2026"],
                ["party", "state:ru"],
                ["sum", {"amount": "1.50", "currency": "USD"}],
            ],
        },
        "entry": "e1",
        "place": {"file": "a.toml", "line": 1},
        "hint": {"msgid": "look again"},
    }
