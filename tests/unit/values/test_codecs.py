from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from chancery.values import Amount, Citation, Date, Instant, Money, Span, Tongues, canonical, decode_hook, encode_hook
from chancery.values.codecs import schema_hook

NAIVE = datetime(2026, 1, 22, 11, 30)  # noqa: DTZ001 -- that it has no zone is the point


def read(value: object, kind: type) -> object:
    return msgspec.convert(value, kind, dec_hook=decode_hook)


@pytest.mark.parametrize(
    ("value", "kind", "found"),
    [
        ("2026-01-19~", Date, Date.of("2026-01-19~")),
        (date(2026, 1, 19), Date, Date.of("2026-01-19")),
        ("2026-01-22T11:30:00Z", Instant, Instant.of("2026-01-22T11:30:00Z")),
        (datetime(2026, 1, 22, 11, 30, tzinfo=UTC), Instant, Instant.of("2026-01-22T11:30:00Z")),
        ("Plan", Tongues, Tongues.of("Plan")),
        ({"ar": "خطة"}, Tongues, Tongues.of({"ar": "خطة"})),
        ("1.50", Amount, Amount("1.50")),
        (3, Amount, Amount("3")),
    ],
)
def test_a_value_is_read_as_json_and_toml_have_it(value: object, kind: type, found: object) -> None:
    assert read(value, kind) == found


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        ("19/01/2026", Date, "'19/01/2026' is not a date"),
        (20260119, Date, "a date, such as 2026-01-19, is expected here; this is of type int"),
        (
            datetime(2026, 1, 22, tzinfo=UTC),
            Date,
            "a date, such as 2026-01-19, is expected here; this is of type datetime",
        ),
        ("noon", Instant, "'noon' is not an instant"),
        (NAIVE, Instant, "2026-01-22T11:30:00 does not say from which clock"),
        (datetime(2026, 1, 22, 11, 30, 0, 5, tzinfo=UTC), Instant, "an instant is in whole seconds"),
        (time(11, 30), Instant, "an instant, such as 2026-01-22T11:30:00Z, is expected here; this is of type time"),
        (5, Tongues, "a text, or a table of texts by language, is expected here; this is of type int"),
        ({"en": 5}, Tongues, "a text is a string"),
        (1.5, Amount, "write it in quotation marks"),
    ],
)
def test_a_fault_is_said_in_plain_english_with_its_place(value: object, kind: type, said: str) -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        read([value], list[kind])  # type: ignore[valid-type]  # the kind is a row of the table
    assert said in str(caught.value)
    assert "$[0]" in str(caught.value)


def test_values_are_written_as_they_are_read() -> None:
    for kind, plain in (
        (Span, {"start": "2026-01", "end": ".."}),
        (Money, {"amount": "1.50", "currency": "USD", "sort": "pledged", "value_date": "2026-01-19"}),
        (Citation, {"source": "source:a", "quote": {"exact": "so"}, "position": {"start": 1, "end": 3}}),
    ):
        found: Any = read(plain, kind)  # of the kind just named
        assert msgspec.to_builtins(found, enc_hook=encode_hook) == plain


def test_a_field_that_no_value_has_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field `ende`"):
        read({"start": "2026", "ende": "2027"}, Span)


def test_what_is_no_value_of_ours_is_left_to_msgspec() -> None:
    with pytest.raises(NotImplementedError, match="no value of ours"):
        encode_hook(1j)
    with pytest.raises(NotImplementedError, match="no value of ours"):
        schema_hook(complex)
    with pytest.raises(NotImplementedError, match="no value of ours"):
        decode_hook(complex, 1j)


def test_the_canonical_form_is_sorted_and_leaves_defaults_out() -> None:
    found = {"z": Tongues.of("Plan"), "a": Money.of("1.50", "USD"), "m": Instant.of("2026-01-22T11:30:00Z")}
    assert canonical(found) == b'{"a":{"amount":"1.50","currency":"USD"},"m":"2026-01-22T11:30:00Z","z":"Plan"}'


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (
            Date,
            ["2026-01-19", "2026", "..", "../2026-01?", "2026-01/..", "2026-01-14/2026-01-16", "XXXX-XX-XX"],
            [5, "", "May"],
        ),
        (Instant, ["2026-01-22T11:30:00Z", "2026-01-22T12:30+01:00[Europe/Zurich]"], ["2026-01-22", 5, ""]),
        (Amount, ["1.50", "-3"], ["1e5", 1.5, ".5"]),
        (Tongues, ["", {"en": "a"}, {"en": "a", "authentic": ["en"]}], [5, {}, {"en": 5}, {"authentic": "en"}]),
    ],
)
def test_the_schema_admits_what_the_reader_reads(kind: type, good: list[object], bad: list[object]) -> None:
    schema = msgspec.json.schema(kind, schema_hook=schema_hook)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert [value for value in (*good, *bad) if validator.is_valid(value)] == good
    for value in good:
        assert isinstance(read(value, kind), kind)


def test_a_schema_given_out_is_a_copy() -> None:
    schema_hook(Date)["title"] = "spoilt"
    assert schema_hook(Date)["title"] == "Date"
