from __future__ import annotations

import copy
import pickle
import re
from collections.abc import Mapping, Sequence

import pytest
from babel.core import get_global

from chancery.values import TongueFault, Tongues, canonical_tag, direction
from chancery.values.tongues import RTL_LANGUAGES, RTL_REGIONS, RTL_SCRIPTS

PLAN = Tongues.of({"en": "Plan", "ar": "خطة", "fr-CA": "Plan d'ici"})


def test_a_plain_string_has_no_language_yet() -> None:
    plain = Tongues.of("Board of Peace")
    assert plain.texts == (("und", "Board of Peace"),)
    assert plain.plain == "Board of Peace"
    assert str(plain) == "Board of Peace"
    assert Tongues.of("").plain == ""


def test_texts_are_kept_by_language_in_canonical_case_and_nfc() -> None:
    found = Tongues.of({"FR-ca": "e\u0301te\u0301", "zh-hant": "和平", "authentic": ["ZH-HANT"]})
    assert found.texts == (("fr-CA", "\u00e9t\u00e9"), ("zh-Hant", "和平"))
    assert found.languages == ("fr-CA", "zh-Hant")
    assert found.authentic == ("zh-Hant",)
    assert found.plain == {"fr-CA": "\u00e9t\u00e9", "zh-Hant": "和平", "authentic": ["zh-Hant"]}


def test_the_authentic_languages_keep_their_order_once_each() -> None:
    found = Tongues({"en": "a", "ar": "b"}, ["en", "ar", "EN"])
    assert found.authentic == ("en", "ar")


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({}, "a text is missing"),
        ({"authentic": []}, "a text is missing"),
        ({"en": "a", "EN": "b"}, "the language en is given twice"),
        ({"english!": "a"}, "'english!' is not a language tag (BCP 47)"),
        ({"en": 5}, "a text is a string; this is of type int"),
        ({5: "a"}, "a text is a string; this is of type int"),
        ({"en": "a", "authentic": "en"}, "'authentic' is a list of language tags"),
        ({"en": "a", "authentic": 5}, "'authentic' is a list of language tags"),
        ({"en": "a", "authentic": [5]}, "a text is a string; this is of type int"),
        ({"en": "a", "authentic": ["ar"]}, "the text in ar is said to be authentic, but it is not given"),
    ],
)
def test_what_is_no_text_is_explained(texts: Mapping[str, object], said: str) -> None:
    with pytest.raises(TongueFault, match=re.escape(said)):
        Tongues.of(texts)


def test_the_record_supplies_the_language_of_a_plain_string() -> None:
    assert Tongues.of("Plan").with_default("EN") == Tongues.of({"en": "Plan"})
    assert PLAN.with_default("de") is PLAN
    both = Tongues.of({"und": "Plan", "en": "Plan B"})
    assert both.with_default("en") is both
    authentic = Tongues.of({"und": "Plan", "ar": "خطة", "authentic": ["und", "ar"]})
    assert authentic.with_default("en").authentic == ("en", "ar")


def test_an_authentic_text_without_a_language_is_not_written_as_a_plain_string() -> None:
    found = Tongues.of({"und": "Plan", "authentic": ["und"]})
    assert found.plain == {"und": "Plan", "authentic": ["und"]}


@pytest.mark.parametrize(
    ("langs", "lang"),
    [
        (["ar"], "ar"),
        (["EN"], "en"),
        (["ar-EG", "en"], "ar"),
        (["de", "en"], "en"),
        (["fr", "en"], "fr-CA"),
        (["fr-CA-x-home"], "fr-CA"),
        (["fr-FR"], "ar"),
        (["de"], "ar"),
        ([], "ar"),
    ],
)
def test_a_reader_gets_the_nearest_language(langs: Sequence[str], lang: str) -> None:
    assert PLAN.best(langs) == (lang, dict(PLAN.texts)[lang])


def test_a_reader_of_none_gets_the_authentic_text() -> None:
    assert Tongues.of({"ar": "خطة", "en": "Plan", "authentic": ["en"]}).best(["de"]) == ("en", "Plan")


@pytest.mark.parametrize(
    ("tag", "canonical"),
    [
        ("EN", "en"),
        ("zh-hANT-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("sl-ROZAJ-1994", "sl-rozaj-1994"),
        ("de-ch-1996", "de-CH-1996"),
        ("en-US-u-CA-buddhist-x-Mine", "en-US-u-ca-buddhist-x-mine"),
        ("zh-YUE-hk", "zh-yue-HK"),
        ("und", "und"),
    ],
)
def test_a_tag_has_one_canonical_case(tag: str, canonical: str) -> None:
    assert canonical_tag(tag) == canonical


@pytest.mark.parametrize(
    "tag", ["", "e", "en_US", "en-", "-en", "authentic", "en-US-US", "en-u", "\u0435n", "en\n", "123"]
)
def test_what_is_no_tag_is_refused(tag: str) -> None:
    with pytest.raises(TongueFault, match="is not a language tag"):
        canonical_tag(tag)


@pytest.mark.parametrize("lang", ["ar", "fa", "ur", "he", "yi", "ps", "sd", "ug", "dv", "ckb", "ar-EG", "HE"])
def test_languages_that_run_from_right_to_left(lang: str) -> None:
    assert direction(lang) == "rtl"


@pytest.mark.parametrize("script", ["Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm"])
def test_scripts_that_run_from_right_to_left(script: str) -> None:
    assert direction(f"en-{script}") == "rtl"


@pytest.mark.parametrize("lang", ["en", "ru", "zh-Hant", "ar-Latn", "und", "az", "pa-IN", "not a tag", ""])
def test_all_else_runs_from_left_to_right(lang: str) -> None:
    assert direction(lang) == "ltr"


@pytest.mark.parametrize("lang", ["pa-PK", "uz-AF", "az-IR", "ar-arz", "zh-ary"])
def test_a_region_or_an_extended_language_tells_too(lang: str) -> None:
    assert direction(lang) == "rtl"


def test_directions_agree_with_cldr() -> None:
    likely: dict[str, str] = get_global("likely_subtags")  # type: ignore[assignment]  # untyped data
    for tag, full in likely.items():
        language, script, _ = full.split("_")
        if tag in RTL_LANGUAGES:
            assert script.lower() in RTL_SCRIPTS, tag
        region = tag.partition("_")[2]
        if (language, region) in RTL_REGIONS:
            assert script.lower() in RTL_SCRIPTS, tag


def test_tongues_do_not_change() -> None:
    with pytest.raises(AttributeError, match="tongues do not change: texts"):
        PLAN.texts = ()
    with pytest.raises(AttributeError, match="tongues do not change: texts"):
        del PLAN.texts


def test_tongues_travel() -> None:
    found = Tongues.of({"en": "Plan", "ar": "خطة", "authentic": ["ar"]})
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 -- our own bytes
    assert copy.copy(found) is copy.deepcopy(found) is found
    assert repr(found) == "Tongues.of({'ar': 'خطة', 'en': 'Plan', 'authentic': ['ar']})"


def test_tongues_are_equal_whatever_the_order() -> None:
    one, other = Tongues.of({"en": "a", "ar": "b"}), Tongues.of({"ar": "b", "en": "a"})
    assert one == other
    assert hash(one) == hash(other)
    assert one != Tongues.of({"ar": "b", "en": "a", "authentic": ["ar"]})
    assert Tongues.of("a") != "a"
