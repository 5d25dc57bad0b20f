import pytest

from chancery.languages import Reader
from chancery.values import Date, Instant

DAYS = {
    "2026-01-19": ("19 Jan 2026", "19 يناير 2026"),
    "2026-01": ("Jan 2026", "يناير 2026"),
    "2026-01-XX": ("Jan 2026", "يناير 2026"),
    "2026": ("2026", "2026"),
    "../2026-01-21": ("by 21 Jan 2026", "في 21 يناير 2026 أو قبله"),
    "2026-01-16/..": ("on or after 16 Jan 2026", "في 16 يناير 2026 أو بعده"),
    "2026-01-14/2026-01-16": ("between 14 Jan 2026 and 16 Jan 2026", "بين 14 يناير 2026 و16 يناير 2026"),
    "2026-01-19?": ("19 Jan 2026?", "19 يناير 2026؟"),
    "2026-01-19~": ("about 19 Jan 2026", "نحو 19 يناير 2026"),
    "2026-01-19%": ("about 19 Jan 2026?", "نحو 19 يناير 2026؟"),
    "../2026-01-21?": ("by 21 Jan 2026?", "في 21 يناير 2026 أو قبله؟"),
    "..": ("not yet", "لم يحلّ بعد"),
    "XXXX-XX-XX": ("day unknown", "يوم غير معلوم"),
}


@pytest.mark.parametrize("text", DAYS)
def test_what_is_not_one_certain_day_says_so(text: str) -> None:
    english, arabic = DAYS[text]
    assert Reader("en").date(Date.of(text)) == english
    assert Reader("ar").plain.date(Date.of(text)) == arabic


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("ar-PS", "١٩ كانون الثاني ٢٠٢٦"),
        ("fr", "19 janv. 2026"),
        ("ru", "19 янв. 2026\u202fг."),
        ("zh-Hant", "2026年1月19日"),
        ("tr", "19 Oca 2026"),
        ("he", "19 בינו׳ 2026"),
        ("es", "19 ene 2026"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(lang: str, written: str) -> None:
    assert Reader(lang).date(Date.of("2026-01-19")) == written


def test_the_months_of_one_arabic_country_do_not_leak_into_another() -> None:
    written = [Reader(lang).date(Date.of("2026-09")) for lang in ("ar", "ar-MA", "ar-PS-u-nu-latn", "ar")]
    assert written == ["سبتمبر 2026", "شتنبر 2026", "أيلول 2026", "سبتمبر 2026"]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("2026-01-22T11:30:00Z", "22 Jan 2026, 11:30 UTC"),
        ("2026-01-22T11:30:05Z", "22 Jan 2026, 11:30:05 UTC"),
        ("2026-01-22T12:30:00+01:00[Europe/Zurich]", "22 Jan 2026, 12:30 in Europe/Zurich (UTC+01:00)"),
    ],
)
def test_a_moment_is_told_by_the_clock_of_its_place(text: str, english: str) -> None:
    assert Reader("en").instant(Instant.of(text)) == english


def test_a_moment_in_arabic() -> None:
    moment = Instant.of("2026-01-22T12:30:00+01:00[Europe/Zurich]")
    assert Reader("ar").plain.instant(moment) == "22 يناير 2026، الساعة 12:30 بتوقيت Europe/Zurich (UTC+01:00)"
    assert Reader("ar-PS").plain.instant(Instant.of("2026-01-22T11:30:00Z")) == (
        "٢٢ كانون الثاني ٢٠٢٦، الساعة ١١:٣٠ بالتوقيت العالمي المنسق"
    )
