import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.languages.directions import FSI, PDI, at_home, isolated, with_latin_isolated


@pytest.mark.parametrize("text", ["مجلس السلام", "19 يناير 2026", "12,345", "المادة 3.2", "سُحبت", "", "וועדה"])
def test_what_keeps_its_order_is_at_home(text: str) -> None:
    assert at_home(text)


@pytest.mark.parametrize("text", ["state:be", "2026-01-19", "1,000 USD", "'x'", "Board", "[act]"])
def test_what_would_be_turned_round_is_not(text: str) -> None:
    assert not at_home(text)


def test_blank_stays_blank() -> None:
    assert isolated("") == ""
    assert isolated("  ") == "  "


def test_marks_that_a_fold_cuts_apart_are_closed_on_each_line() -> None:
    assert isolated(f"من {FSI}state") == f"{FSI}من {FSI}state{PDI}{PDI}"
    assert isolated(f"be{PDI} إلى") == f"{FSI}{FSI}be{PDI} إلى{PDI}"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("ليس بصيغة TOML: ", f"ليس بصيغة {FSI}TOML{PDI}: "),
        ("وسم لغة (BCP 47)؛", f"وسم لغة ({FSI}BCP 47{PDI})؛"),
        ("مثل 2026-01-19 أو", f"مثل {FSI}2026-01-19{PDI} أو"),
        ("جدول [record] واحد", f"جدول {FSI}[record]{PDI} واحد"),
        ("على 30 رقماً.", "على 30 رقماً."),
        (" (", " ("),
        ("", ""),
    ],
)
def test_codes_in_a_message_are_isolated_without_the_brackets_around_them(text: str, marked: str) -> None:
    assert with_latin_isolated(text) == marked


@given(st.text(alphabet="اب (a1-.:){}[]' \n؛"))
def test_isolating_adds_marks_and_nothing_else(text: str) -> None:
    marked = with_latin_isolated(text)
    assert marked.replace(FSI, "").replace(PDI, "") == text
    assert marked.count(FSI) == marked.count(PDI)
