from datetime import date

import pytest
from babel import localedata
from babel.dates import format_date

from chancery.languages import LanguageFault, locale_of, lookups
from chancery.languages.days import SKELETONS
from chancery.languages.locales import DIGITS, digits, numbering
from chancery.values import TongueFault, phrase


@pytest.mark.parametrize(
    ("tag", "named"),
    [
        ("en", "en_001"),
        ("en-US", "en_US"),
        ("ar", "ar"),
        ("AR-ps", "ar_PS"),
        ("zh-Hant", "zh_Hant"),
        ("zh-TW", "zh_Hant_TW"),
        ("pt-BR", "pt_BR"),
        ("ar-u-nu-latn", "ar"),
        ("fr-x-board", "fr"),
    ],
)
def test_a_tag_finds_its_locale(tag: str, named: str) -> None:
    assert str(locale_of(tag)) == named


def test_a_language_that_cldr_does_not_know_is_a_fault() -> None:
    with pytest.raises(LanguageFault) as caught:
        locale_of("tlh")
    assert caught.value.phrase == phrase(
        "nothing is known of the language {lang}: neither its names nor its dates", lang="tlh"
    )


def test_what_is_no_tag_is_a_fault() -> None:
    with pytest.raises(TongueFault, match="is not a language tag"):
        locale_of("x_y")


@pytest.mark.parametrize(
    ("tag", "looked_for"),
    [
        ("ar", ("ar",)),
        ("ar-PS", ("ar-PS", "ar")),
        ("en", ("en-001", "en")),
        ("zh-TW", ("zh-Hant-TW", "zh-Hant", "zh-TW", "zh")),
        ("ar-PS-u-nu-latn", ("ar-PS", "ar")),
    ],
)
def test_what_is_said_is_looked_for_from_the_narrow_tag_to_the_wide(tag: str, looked_for: tuple[str, ...]) -> None:
    assert lookups(tag) == looked_for


@pytest.mark.parametrize(
    ("tag", "system"),
    [
        ("en", "latn"),
        ("ar", "latn"),
        ("ar-PS", "arab"),
        ("ar-MA", "latn"),
        ("fa", "arabext"),
        ("ar-PS-u-nu-latn", "latn"),
        ("ar-u-nu-arab", "arab"),
        ("ar-u-ca-gregory-nu-arab", "arab"),
        ("fr-u-nu-arab", "arab"),
        ("fr-u-nu-olck", "latn"),
    ],
)
def test_digits_are_those_of_the_country_or_those_asked_for(tag: str, system: str) -> None:
    assert numbering(tag) == system


def test_latin_digits_stay() -> None:
    assert "2026".translate(digits("fr")) == "2026"
    assert "2026".translate(digits("ar-PS")) == "٢٠٢٦"


def test_every_system_has_its_ten_digits_in_order() -> None:
    assert {tuple(int(sign) for sign in signs) for signs in DIGITS.values()} == {tuple(range(10))}


@pytest.mark.slow
def test_every_locale_can_write_a_day_a_month_and_a_year() -> None:
    lacking = [
        name
        for name in localedata.locale_identifiers()
        if not set(SKELETONS.values()) <= set(localedata.load(name)["datetime_skeletons"])
    ]
    assert lacking == []
    assert format_date(date(2026, 1, 19), "y", locale="ar") == "2026"
