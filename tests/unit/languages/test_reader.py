import re

import pytest

from chancery.acts import Undecodable
from chancery.languages import Reader
from chancery.languages.directions import FSI, PDI
from chancery.values import Date, Instant, Money, Phrase, Tongues, phrase
from tests.made import act, ref

ENGLISH, ARABIC = Reader("en"), Reader("ar")
FORMS = {
    0: "لا قيود",
    1: "قيد واحد",
    2: "قيدان",
    3: "3 قيود",
    10: "10 قيود",
    11: "11 قيداً",
    99: "99 قيداً",
    100: "100 قيد",
    102: "102 قيد",
    103: "103 قيود",
    1111: "1,111 قيداً",
}


def entries(number: int) -> Phrase:
    return phrase("{n:number} entries", n=number)


@pytest.mark.parametrize("number", FORMS)
def test_arabic_counts_in_six_forms(number: int) -> None:
    assert ARABIC.say(entries(number)) == FORMS[number]


def test_english_counts_in_two() -> None:
    assert [ENGLISH.say(entries(number)) for number in (0, 1, 2)] == ["0 entries", "1 entry", "2 entries"]


def test_a_country_s_digits_are_used_when_counting() -> None:
    assert Reader("ar-PS").say(entries(1234)) == "١٬٢٣٤ قيداً"


def test_what_a_slot_holds_does_not_change_the_form_unless_it_is_n() -> None:
    said = phrase("{n:number} entries", n="1")
    assert ENGLISH.say(said) == "1 entry" or ENGLISH.say(said) == "1 entries"


def test_a_message_without_a_translation_stays_english() -> None:
    assert ARABIC.plain.text("no such message") == "no such message"
    assert Reader("de").text("member") == "member"


def test_labels_are_words_of_closed_lists() -> None:
    assert ENGLISH.label("accepted_in_principle") == "accepted in principle"
    assert ENGLISH.label("invitation.issued") == "invitation issued"
    assert ARABIC.label("accepted_in_principle") == "قبول مبدئي"
    assert ARABIC.label("rescinded") == "سُحبت الدعوة"


def test_a_slot_is_spoken_by_its_kind() -> None:
    said = phrase("{who:name} {all:names} {day:date} {n:number} {text}", who="state:be", text="x", n=1)
    filled = Phrase(
        said.msgid, (*said.values, ("all", (ref("state:fr"), ref("state:it"))), ("day", Date.of("2026-01-19")))
    )
    assert ENGLISH.say(filled) == "Belgium France and Italy 19 Jan 2026 1 x"


def test_a_slot_without_a_value_says_nothing() -> None:
    assert ENGLISH.say(Phrase("no entry has the id {id}")) == "no entry has the id "


@pytest.mark.parametrize(
    ("value", "english", "arabic"),
    [
        (None, "", ""),
        (phrase("member"), "member", "عضو"),
        (Date.of("2026-01-19"), "19 Jan 2026", "19 يناير 2026"),
        (Instant.of("2026-01-19T10:00:00Z"), "19 Jan 2026, 10:00 UTC", None),
        (Tongues.of({"en": "Plan", "ar": "خطة"}), "Plan", "خطة"),
        (Tongues.of({"fr": "Le plan"}), "Le plan", "Le plan"),
        (Money.of("1000000.5", "USD"), "1,000,000.5 USD", "1,000,000.5 USD"),
        (True, "yes", "نعم"),
        (False, "no", "لا"),
        (12345, "12,345", "12,345"),
        ((phrase("member"), phrase("observer")), "member and observer", "عضو ومراقب"),
        ([1, 2, 3], "1, 2 and 3", "1 و2 و3"),
        ([], "", ""),
        ("as it stands", "as it stands", "as it stands"),
    ],
)
def test_a_cell_is_said_by_its_type(value: object, english: str, arabic: str | None) -> None:
    assert ENGLISH.cell(value) == english
    if arabic is not None:
        assert ARABIC.cell(value) == arabic


def test_money_is_never_rounded() -> None:
    assert ENGLISH.money(Money.of("0.123456789012", "XAU")) == "0.123456789012 XAU"
    assert Reader("ar-PS").money(Money.of("-1234567.1234", "USD")).endswith("١٬٢٣٤٬٥٦٧٫١٢٣٤ USD")


def test_lists_are_joined_as_the_language_joins_them() -> None:
    refs = [ref("state:be"), ref("state:tr"), ref("state:it")]
    assert [Reader(lang).joined(refs) for lang in ("en", "ar", "fr", "zh-Hant")] == [
        "Belgium, Türkiye and Italy",
        "بلجيكا وتركيا وإيطاليا",
        "Belgique, Turquie et Italie",
        "比利時、土耳其和義大利",
    ]


def test_phrases_in_a_row_are_parted_by_the_language_s_own_sign() -> None:
    row = [phrase("member"), phrase("observer")]
    assert ENGLISH.several(row) == "member; observer"
    assert ARABIC.several(row) == "عضو؛ مراقب"
    assert ARABIC.several([]) == ""


def test_what_would_be_turned_round_in_arabic_is_isolated() -> None:
    said = phrase("no entry has the id {id}; did you mean {near}?", id="fc-01", near="fc01")
    assert ARABIC.say(said) == f"لا قيد يحمل المعرّف {FSI}fc-01{PDI}؛ هل المقصود {FSI}fc01{PDI}؟"
    assert ARABIC.say(phrase("takes effect before {party:name} is described, on {day:date}", party="state:be")) == (
        "يسري قبل تاريخ تعريف بلجيكا، وهو "
    )


def test_a_code_in_the_arabic_itself_is_isolated() -> None:
    assert ARABIC.say(phrase("is not TOML: {why}", why="eof")) == f"ليس بصيغة {FSI}TOML{PDI}: {FSI}eof{PDI}"


def test_a_latin_name_in_an_arabic_list_is_isolated() -> None:
    assert ARABIC.joined([ref("state:be"), ref("person:x")]) == f"بلجيكا و{FSI}person:x{PDI}"


def test_a_cell_is_isolated_only_where_the_language_runs_from_right_to_left() -> None:
    assert ARABIC.isolated("عضو") == f"{FSI}عضو{PDI}"
    assert ENGLISH.isolated("member") == "member"


def test_the_plain_reader_leaves_no_marks() -> None:
    said = phrase("is not TOML: {why}", why="eof")
    assert not re.search(f"[{FSI}{PDI}]", ARABIC.plain.say(said) + ARABIC.plain.isolated("x"))
    assert FSI in ARABIC.say(said)
    assert ARABIC.plain.lang == "ar"


def test_english_and_french_are_never_marked() -> None:
    said = phrase("no entry has the id {id}", id="fc01")
    assert FSI not in ENGLISH.say(said) + Reader("fr").say(said) + Reader("fr").joined([ref("person:x")])


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("effective", "2026-13-01", "'2026-13-01': لا يوجد في التقويم يوم كهذا"),
        ("effective", 5, "المتوقع هنا تاريخ مثل 2026-01-19؛ وهذا من النوع int"),
        ("declarations", [4], "المتوقع هنا نص، أو جدول نصوص بحسب اللغة؛ وهذا من النوع int"),
        ("extent", "half", "المتوقع: واحد مما يلي: in_principle, in_full؛ والموجود: half"),
    ],
)
def test_why_a_value_cannot_be_is_said_in_the_reader_s_language(field: str, value: object, why: str) -> None:
    with pytest.raises(Undecodable) as caught:
        act("invitation.accepted", **{field: value})
    (problem,) = caught.value.problems
    assert why in ARABIC.plain.say(problem.phrase)


def test_words_without_the_language_are_authentic_then_english_then_any() -> None:
    translated = {"ar": "كلام", "en": "Words"}
    assert Reader("ru").tongue(Tongues.of(translated)) == ("en", "Words")
    assert Reader("ar").tongue(Tongues.of(translated)) == ("ar", "كلام")
    assert Reader("ru").tongue(Tongues.of({**translated, "authentic": ["ar"]})) == ("ar", "كلام")
    assert Reader("ru").tongue(Tongues.of({"de": "Worte", "tr": "Söz"}))[1] == "Worte"
