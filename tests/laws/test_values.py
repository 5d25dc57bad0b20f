"""Laws of values: what holds for every one of them, not for examples."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from unicodedata import is_normalized

import msgspec
import pytest
import rfc8785
from hypothesis import assume, given
from hypothesis import strategies as st

from chancery.values import (
    FUTURE,
    PAST,
    SECONDS_A_DAY,
    Amount,
    Citation,
    Date,
    Fault,
    Instant,
    Money,
    MoneyMismatch,
    Position,
    Quote,
    Ref,
    Span,
    Tongues,
    Verdict,
    canonical,
    decode_hook,
    encode_hook,
    is_ref,
    locate,
    moment,
    phrase,
    quoted,
    ref_fault,
    ref_pattern,
    span_fault,
    suggest,
    total,
    weekday_fault,
)
from chancery.values.dates import DATE_PATTERN
from chancery.values.instants import INSTANT_PATTERN
from chancery.values.tongues import canonical_tag, direction

DAYS = st.dates()
MARKS = st.sampled_from(["", "?", "~", "%"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
ZONES = st.sampled_from(["Europe/Zurich", "Asia/Gaza", "America/New_York", "Asia/Kathmandu", "UTC"])
LANGS = st.sampled_from(["ar", "en", "fr", "fr-CA", "he", "ru", "und", "zh-Hans", "zh-Hant"])


@st.composite
def plain_dates(draw: st.DrawFn) -> str:
    day = draw(DAYS).isoformat()
    forms = [day, day[:7], day[:4], day[:7] + "-XX", day[:4] + "-XX-XX"]
    return draw(st.sampled_from(forms)) + draw(MARKS)


@st.composite
def date_texts(draw: st.DrawFn) -> str:
    one = draw(plain_dates())
    other = draw(plain_dates())
    if Date.of(one).earliest > Date.of(other).latest:
        one, other = other, one
    return draw(st.sampled_from([one, f"../{one}", f"{one}/..", f"{one}/{other}", "..", "XXXX-XX-XX"]))


DATES = date_texts().map(Date.of)
INSTANTS = st.builds(
    Instant,
    st.integers(SECONDS_A_DAY * 2, SECONDS_A_DAY * (date.max.toordinal() - 1)),
    st.none() | ZONES,
)
AMOUNTS = st.decimals(-(10**20), 10**20, places=4).map(Amount)
MONEY = st.builds(
    Money,
    AMOUNTS,
    st.sampled_from(["USD", "EUR"]),
    st.none() | st.sampled_from(["pledged", "received"]),
    st.none() | DATES,
)
TONGUES = TEXTS.map(Tongues.of) | st.dictionaries(LANGS, TEXTS, min_size=1).flatmap(
    lambda texts: st.lists(st.sampled_from(sorted(texts)), unique=True).map(lambda langs: Tongues(texts, langs))
)


def fault_of(read: Callable[[str], object], text: str) -> str | None:
    """What a reader of texts says against one."""
    try:
        read(text)
    except Fault as fault:
        return str(fault)
    return None


@given(date_texts())
def test_a_date_is_read_as_it_is_written(text: str) -> None:
    found = Date.of(text)
    assert Date.of(found.text) == found
    assert found.text in {text, text.partition("/")[0]}
    assert re.match(DATE_PATTERN, text)
    assert PAST <= found.earliest <= found.latest <= FUTURE


@given(st.text(st.sampled_from("0123456789-X/.?~%T"), max_size=24) | TEXTS)
def test_any_text_is_a_date_or_a_fault(text: str) -> None:
    said = fault_of(Date.of, text)
    assert said.isascii() if said else Date.of(Date.of(text).text) == Date.of(text)


@given(DATES, DATES)
def test_a_verdict_is_what_every_pair_of_days_says(one: Date, other: Date) -> None:
    """By brute force: the ends of both ranges decide, as before is monotone in each."""
    pairs = [(a, b) for a in (one.earliest, one.latest) for b in (other.earliest, other.latest)]
    answers = {a < b for a, b in pairs}
    if len(answers) == 1:
        assert one.before(other) is (Verdict.YES if answers == {True} else Verdict.NO)
    else:
        assert one.before(other) is Verdict.UNDECIDED
    assert one.after(other) is other.before(one)
    assert one.may_be(other) is other.may_be(one)


@given(DATES, DATES)
def test_before_after_and_same_never_agree_on_yes(one: Date, other: Date) -> None:
    assert [one.before(other), one.after(other), one.same(other)].count(Verdict.YES) <= 1
    assert one.same(other) is other.same(one)
    if one.same(other) is Verdict.YES:
        assert one == other
    if "exact" not in {one.certainty} & {other.certainty}:
        assert one.same(other) is Verdict.UNDECIDED


@given(DAYS, DAYS, DAYS)
def test_a_span_of_exact_days_holds_as_the_calendar_says(start: date, end: date, day: date) -> None:
    assume(start <= end)
    assert span_fault(Date.day(start), Date.day(end)) is None
    held = Span(Date.day(start), Date.day(end)).holds(day.toordinal())
    assert held is (Verdict.YES if start <= day <= end else Verdict.NO)


@given(DATES, DATES, st.integers(1, date.max.toordinal()), st.data())
def test_a_span_never_says_what_some_reading_of_its_dates_denies(
    start: Date, end: Date, day: int, data: st.DataObject
) -> None:
    first = data.draw(st.integers(start.earliest, start.latest))
    last = data.draw(st.integers(end.earliest, end.latest))
    assume(first <= last)
    verdict = Span(start, end).holds(day)
    if verdict is not Verdict.UNDECIDED:
        assert (verdict is Verdict.YES) is (first <= day <= last)


@given(DAYS, st.integers(0, 9))
def test_an_interval_admits_exactly_the_weekdays_within(first: date, length: int) -> None:
    assume(first.toordinal() + length <= date.max.toordinal())
    days = [date.fromordinal(first.toordinal() + each) for each in range(length + 1)]
    interval = Date.of(f"{days[0]}/{days[-1]}")
    names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    admitted = {name for name in names if weekday_fault(interval, name) is None}
    assert admitted == {names[day.weekday()] for day in days}


@given(INSTANTS)
def test_an_instant_is_read_as_it_is_written(instant: Instant) -> None:
    assert Instant.of(instant.text) == instant
    assert re.match(INSTANT_PATTERN, instant.text)
    assert moment(instant.text) == (instant.seconds, instant.seconds)
    assert instant.day.earliest * SECONDS_A_DAY <= instant.seconds < (instant.day.earliest + 1) * SECONDS_A_DAY


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.timezones()))  # noqa: DTZ001 -- bounds take none
def test_an_instant_of_a_clock_is_its_moment(clock: datetime) -> None:
    whole = clock.replace(microsecond=0)
    found = msgspec.convert(whole, Instant, dec_hook=decode_hook)
    assert found.utc == whole.astimezone(UTC).isoformat().replace("+00:00", "Z")
    assert found == Instant.at(clock)


@given(st.text(st.sampled_from("0123456789-:TZ+[]/EuropZich"), max_size=40) | TEXTS)
def test_any_text_is_an_instant_or_a_fault(text: str) -> None:
    said = fault_of(Instant.of, text)
    assert said.isascii() if said else Instant.of(Instant.of(text).text) == Instant.of(text)


@given(st.lists(st.decimals(-(10**20), 10**20, places=4)))
def test_a_total_is_the_exact_sum(amounts: list[Decimal]) -> None:
    found = total(Money.of(each, "USD") for each in amounts)
    assert (found is None) is (not amounts)
    if found is not None:
        assert Fraction(found.amount) == sum(Fraction(each) for each in amounts)
        assert "E" not in str(found.amount)


@given(MONEY, MONEY)
def test_money_is_added_only_to_its_own(one: Money, other: Money) -> None:
    alike = (one.currency, one.sort) == (other.currency, other.sort)
    try:
        added = one + other
    except MoneyMismatch:
        assert not alike
    else:
        assert alike
        assert added == other + one
        assert (added - other).amount == one.amount


@given(TEXTS | st.from_regex(ref_pattern()))
def test_a_ref_has_no_fault_and_all_else_has_one(text: str) -> None:
    fault = ref_fault(text)
    assert (fault is None) is is_ref(text)
    assert fault is None or str(fault).isascii()
    if is_ref(text):
        assert re.match(ref_pattern(), text)


@given(TEXTS, st.lists(TEXTS))
def test_a_suggestion_is_one_of_those_offered(text: str, among: list[str]) -> None:
    found = suggest(text, among)
    assert found is None or found in among


@given(TONGUES)
def test_tongues_are_read_as_they_are_written(tongues: Tongues) -> None:
    assert Tongues.of(tongues.plain) == tongues
    assert all(is_normalized("NFC", text) for _, text in tongues.texts)


@given(TONGUES, st.lists(LANGS))
def test_a_reader_always_gets_a_text(tongues: Tongues, langs: list[str]) -> None:
    lang, text = tongues.best(langs)
    assert (lang, text) in tongues.texts
    assert direction(lang) in {"ltr", "rtl"}
    exact = [each for each in langs if each in tongues.languages]
    if langs and exact[:1] == langs[:1]:
        assert lang == langs[0]


@given(TEXTS)
def test_any_text_is_a_language_tag_or_a_fault(tag: str) -> None:
    said = fault_of(canonical_tag, tag)
    assert said.isascii() if said else canonical_tag(canonical_tag(tag)) == canonical_tag(tag)


@given(TEXTS, TEXTS, TEXTS.filter(bool), TEXTS, TEXTS)
def test_a_quotation_is_found_where_it_stands(start: str, prefix: str, exact: str, suffix: str, end: str) -> None:
    text = start + prefix + exact + suffix + end
    at = len(start) + len(prefix)
    stated = Position(at, at + len(exact))
    quote = Quote(exact, prefix, suffix)
    assert locate(Citation(Ref("source:a"), quote=quote, position=stated), text) == stated
    found = locate(Citation(Ref("source:a"), quote=quote), text)
    assert found is not None
    assert text[found.start : found.end] == exact


@given(TEXTS)
def test_a_phrase_never_trips_over_a_value(text: str) -> None:
    assert str(phrase("it said {text}", text=text)) == f"it said {text}"
    assert quoted(text).isascii()
    assert quoted(text).isprintable()


VALUES = st.one_of(DATES, INSTANTS, TONGUES, MONEY, st.builds(Span, DATES, st.none() | DATES))


@given(VALUES)
def test_every_value_is_read_from_the_bytes_that_it_is_written_in(value: object) -> None:
    kind = type(value)
    assert msgspec.json.decode(canonical(value), type=kind, dec_hook=decode_hook) == value
    plain = msgspec.to_builtins(value, enc_hook=encode_hook)
    assert msgspec.convert(plain, kind, dec_hook=decode_hook) == value


KEYS = st.text(st.characters(max_codepoint=126, min_codepoint=32), max_size=8)
RESTRICTED = st.recursive(
    st.none() | st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
)


@pytest.mark.slow
@given(RESTRICTED)
def test_the_canonical_form_is_that_of_rfc_8785(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]  # JSON of any depth


@given(VALUES)
def test_the_canonical_form_of_a_value_is_that_of_rfc_8785(value: object) -> None:
    plain = msgspec.to_builtins(value, enc_hook=encode_hook)
    assert canonical(value) == rfc8785.dumps(plain)
