from __future__ import annotations

import pickle

import pytest

from chancery.values import UNKNOWN, Date, Fault, Money, Phrase, Ref, phrase, quoted, slots


def test_a_phrase_speaks_plain_english() -> None:
    said = phrase(
        "{party:name} gave {sum:money} on {day:date} to {others:names}: {n:number} times, {why}, {part}",
        party="state:ru",
        sum=Money.of("5.00", "USD"),
        day=Date.of("2026-01-19"),
        others=(Ref("state:be"), Ref("state:ca")),
        n=3,
        why="so it says",
        part=phrase("in {what}", what="full"),
    )
    assert str(said) == "state:ru gave 5.00 USD on 2026-01-19 to state:be, state:ca: 3 times, so it says, in full"


def test_braces_in_a_value_do_no_harm() -> None:
    assert str(phrase("said {text}", text="{0} }{ {text:money}")) == "said {0} }{ {text:money}"


def test_a_slot_without_a_value_stays_as_it_is() -> None:
    assert str(phrase("from {start:date} to {end:date}", end=UNKNOWN)) == "from {start} to XXXX-XX-XX"


def test_the_order_of_values_makes_no_difference() -> None:
    one, other = phrase("{a} {b}", a=1, b=2), phrase("{a} {b}", b=2, a=1)
    assert one == other
    assert hash(one) == hash(other)


def test_slots_give_what_stands_before_each_and_its_kind() -> None:
    assert slots("{{{a:name}}} and {b}!") == (("{", "a", "name"), ("} and ", "b", "text"), ("!", None, "text"))
    assert slots("no slot") == (("no slot", None, "text"),)
    assert slots("") == ()


@pytest.mark.parametrize("msgid", ["{", "}", "{a", "{}", "{A}", "{a b}", "{a:}", "a } b", "{{a}"])
def test_a_brace_without_its_partner_is_refused(msgid: str) -> None:
    with pytest.raises(ValueError, match="a brace without its partner"):
        slots(msgid)


def test_an_unknown_kind_of_slot_is_refused() -> None:
    with pytest.raises(ValueError, match="no kind of slot is called 'colour'"):
        str(phrase("{a:colour}", a="red"))


def test_a_phrase_is_its_template_and_its_values() -> None:
    assert phrase("{a}", a="x") == Phrase("{a}", (("a", "x"),))
    assert phrase("{msgid}", msgid="x") == Phrase("{msgid}", (("msgid", "x"),))


def test_a_fault_says_its_phrase_and_travels() -> None:
    fault = Fault(phrase("no {what}", what="such thing"))
    assert str(fault) == "no such thing"
    assert pickle.loads(pickle.dumps(fault)).phrase == fault.phrase  # noqa: S301 -- our own bytes


def test_a_quoted_text_is_clipped_and_shows_what_cannot_be_seen() -> None:
    assert quoted("a\x1b[31m\u202eb") == r"'a\x1b[31m\u202eb'"
    assert quoted("x" * 80) == f"'{'x' * 80}'"
    assert quoted("x" * 81) == f"'{'x' * 80}...'"
