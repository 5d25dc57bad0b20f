"""The catalogues: whole, in step with the code, and each message with the slots of its English."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from chancery.languages import COUNTER
from chancery.languages.directions import FSI, PDI
from chancery.values import slots
from tests import messages
from tests.messages import CATALOGUES, catalogue, faults, main, shape, strings

ARABIC = catalogue(CATALOGUES / "ar.po")
CATALOGUES_HERE = sorted(CATALOGUES.glob("*.po"))

_CODES = """
    ASCII BCP BoP Europe ISO JSON Hant KIND Lines Monday NUL RECORD SHA Sunday TEXT TOML USD UTC UTF XX XXXX Zurich
    jsonl force
    C FILE HOST KEY MiB ML DSA NFC PORT PRIVATE RFC SIZE SP Unicode audience base begin board body checkpoint chmod
    entries example id key log old p proof public recorded tile timestamp tlog trust
    act add alpha ar art article as authentic be chancery cites display en false family format help invitation
    invitations issued kinds money name new own page pt record res ru same same_as source state toml translation
    true un words BR T X Z a x y z zh
    CSV MB Parquet b body bulk by call case cast choice count for group install like matter no of out party pip present
    proxy pyarrow requires rule second until vote yes
    HTTP PATH URL be family from https keys opening present_without_voting url voting without witness
    csv ftm gzip id ignore into mapping member organization person popolo skip
    Chancery Earth HTML Natural PDF PostgreSQL SQLite XML catch docs guide init install journal keep ledger
    load md pip postgresql signed sqlite synchronous up wal
"""
CODES = frozenset(_CODES.split())
"""What stays Latin in an Arabic message: codes, names of formats and standards, what is typed on a keyboard."""


def said(path: Path) -> Iterator[tuple[Message, list[str]]]:
    found = catalogue(path)
    for message in found:
        if message.id:
            yield message, strings(message, found.num_plurals if shape(message)[1] else 1)


def names(template: str) -> list[tuple[str, str]]:
    return sorted((name, kind) for _, name, kind in slots(template) if name is not None)


@pytest.mark.slow
def test_no_message_is_left_unsaid_in_a_language_that_is_kept_whole() -> None:
    assert list(faults()) == []


@pytest.mark.slow
def test_the_check_says_so_and_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    before = [path.read_bytes() for path in CATALOGUES_HERE]
    assert main(["--check"]) == 0
    assert capsys.readouterr().err == ""
    assert [path.read_bytes() for path in CATALOGUES_HERE] == before


@pytest.mark.parametrize("path", CATALOGUES_HERE, ids=lambda path: path.name)
def test_each_translation_has_the_slots_of_its_english(path: Path) -> None:
    wrong = []
    for message, texts in said(path):
        msgid, counted = shape(message)
        for text in filter(None, texts):
            lacking = set(names(msgid)) - set(names(text))
            added = set(names(text)) - set(names(msgid))
            if added or lacking - ({(COUNTER, "number")} if counted else set()):
                wrong.append((msgid, text))
    assert wrong == []


def test_arabic_has_six_forms_and_english_two() -> None:
    assert (ARABIC.num_plurals, catalogue(CATALOGUES / "en.po").num_plurals) == (6, 2)


def test_only_one_and_two_may_leave_their_number_unsaid_in_arabic() -> None:
    wrong = [
        text
        for message, texts in said(CATALOGUES / "ar.po")
        if shape(message)[1]
        for text in texts[3:]
        if (COUNTER, "number") not in names(text)
    ]
    assert wrong == []


def literal(template: str) -> str:
    return " ".join(text for text, _, _ in slots(template))


def test_no_latin_letter_stands_in_arabic_outside_codes() -> None:
    odd = {
        word: text
        for _, texts in said(CATALOGUES / "ar.po")
        for text in texts
        for word in re.findall(r"[A-Za-z]+", literal(text))
        if word not in CODES
    }
    assert odd == {}


def test_every_code_in_arabic_stands_in_the_english_too() -> None:
    odd = [
        text
        for message, texts in said(CATALOGUES / "ar.po")
        for text in texts
        if not set(re.findall(r"[A-Za-z]+", literal(text))) <= set(re.findall(r"[A-Za-z]+", literal(shape(message)[0])))
    ]
    assert odd == []


def test_arabic_is_punctuated_as_arabic() -> None:
    wrong = [
        text
        for _, texts in said(CATALOGUES / "ar.po")
        for text in texts
        if re.search(r"[\u0621-\u064a][,;?]", text) or FSI in text or PDI in text or "  " in text
    ]
    assert wrong == []


def test_arabic_letters_are_plain_and_stretched_only_before_a_code() -> None:
    odd = [
        text
        for _, texts in said(CATALOGUES / "ar.po")
        for text in texts
        if re.search(r"[\ufb50-\ufeff]|\u0640(?! \.)", text)
    ]
    assert odd == []


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house of one room, with catalogues of its own."""
    (tmp_path / "views").mkdir()
    (tmp_path / "languages").mkdir()
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    monkeypatch.setattr(messages, "CATALOGUES", tmp_path / "languages")
    monkeypatch.setattr(messages, "TEMPLATE", tmp_path / "languages" / "chancery.pot")
    monkeypatch.setattr(
        messages, "declared", lambda: iter([("A body is set up.", "what a kind of act is", "acts/x.py")])
    )
    return tmp_path


def write(house: Path, code: str) -> None:
    (house / "views" / "seats.py").write_text(code, encoding="utf-8")


CODE = """
LONG = "a text kept in a constant"
Side = Literal["left_out", "in"]
Sort = Literal["never_said"]
class Rung(StrEnum):
    FIRST = "first_rung"
    SECOND = auto()
class Giving:
    sort = "paid_out"
@view("seats", "Seats of bodies", Column("seat", phrase("Seat"), "code", about="`permanent` or `elected`"))
def rows(reader):
    phrase("{n:number} seats", n=1)
    phrase(LONG)
    phrase("one way" if reader else "or another")
    phrase("{only:name} {slots}")
    phrase(OTHER.msgid)
    reader.text("a fixed text")
    label("under_review")
    CountRule("listed_twice", None)
"""
FOUND = {
    "A body is set up.",
    "Seat",
    "Seats of bodies",
    "a fixed text",
    "a text kept in a constant",
    "elected",
    "first rung",
    "in",
    "left out",
    "listed twice",
    "one way",
    "or another",
    "paid out",
    "permanent",
    "under review",
    "{n:number} seats",
}


def test_messages_are_found_wherever_code_says_them(house: Path) -> None:
    write(house, CODE)
    assert set(messages.gathered()) == FOUND


def test_messages_are_found_in_templates_too(house: Path) -> None:
    write(house, "")
    (house / "page.html").write_text('<p>{{ _("Read") }}<i title="{{ _(\'Find\') }}">{{ name }}</i>', encoding="utf-8")
    assert {"Read", "Find"} <= set(messages.gathered())
    (house / "page.html").write_text("{{ _(name) }}", encoding="utf-8")
    with pytest.raises(ValueError, match="literal"):
        messages.gathered()


def test_a_message_that_cannot_be_gathered_is_refused(house: Path) -> None:
    write(house, "phrase('a' + name)")
    with pytest.raises(ValueError, match=r"views/seats\.py:1"):
        messages.gathered()


def test_merging_keeps_what_is_translated_and_drops_what_is_dead(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(house, 'phrase("Seat")\nphrase("{n:number} seats", n=1)')
    assert main(["--new", "ar", "--new", "de", "--new", "en"]) == 1
    assert "ar.po does not say: Seat" in capsys.readouterr().err
    arabic = house / "languages" / "ar.po"
    text = arabic.read_text(encoding="utf-8").replace('msgid "Seat"\nmsgstr ""', 'msgid "Seat"\nmsgstr "مقعد"')
    arabic.write_text(text.replace("#. message", "# mind the gender\n#. message", 1), encoding="utf-8")
    assert main([]) == 1
    assert 'msgid "Seat"\nmsgstr "مقعد"' in arabic.read_text(encoding="utf-8")
    assert "# mind the gender\n" in arabic.read_text(encoding="utf-8")
    assert arabic.read_text(encoding="utf-8").count("msgstr[") == 6
    write(house, 'phrase("Bench")')
    capsys.readouterr()
    assert main(["--check"]) == 1
    said = capsys.readouterr().err
    assert "ar.po lacks: Bench" in said
    assert "ar.po is stale: Seat" in said
    assert "make messages" in said
    main([])
    assert "Seat" not in arabic.read_text(encoding="utf-8")
    assert "de.po does not say" not in capsys.readouterr().err
    english = (house / "languages" / "en.po").read_text(encoding="utf-8")
    assert "Bench" not in english


def test_a_language_of_public_pages_says_all_that_they_may_say_and_no_more(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(house, 'phrase("Seat")')
    (house / "cli").mkdir()
    (house / "cli" / "told.py").write_text('phrase("Typed")', encoding="utf-8")
    assert main(["--new", "fr"]) == 1
    said = capsys.readouterr().err
    assert "fr.po does not say: Seat" in said
    assert "fr.po does not say: Typed" not in said
    marked = (house / "languages" / "fr.po").read_text(encoding="utf-8").split("\n\n")
    assert [("#. on public pages" in each) for each in marked if "Seat" in each or "Typed" in each] == [False, True]


def test_what_is_fuzzy_is_not_said(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(house, 'phrase("Seat")')
    main(["--new", "ar"])
    arabic = house / "languages" / "ar.po"
    fuzzy = (
        arabic.read_text(encoding="utf-8")
        .replace('msgstr ""\n', 'msgstr "مقعد"\n')
        .replace('msgid "S', '#, fuzzy\nmsgid "S')
    )
    head, rest = fuzzy.split("\n\n", 1)
    arabic.write_text(head.replace("مقعد", "") + "\n\n" + rest, encoding="utf-8")
    capsys.readouterr()
    assert main([]) == 1
    assert "ar.po does not say: Seat" in capsys.readouterr().err
    assert "#, fuzzy" in arabic.read_text(encoding="utf-8")
