from pathlib import Path

import pytest

from chancery.languages import catalogue as room
from chancery.languages import catalogues, languages, spoken, whole_languages

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
COUNTED = 'msgid "{n:number} years"\nmsgid_plural "{n:number} years"\n'
ONE = 'msgid "member"\nmsgstr "membre"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Catalogues of our own, in place of the house's."""
    monkeypatch.setattr("chancery.languages.catalogue.resources.files", lambda _package: tmp_path)
    for cached in (room.languages, room.catalogues, room._catalogue):
        cached.cache_clear()
    return tmp_path


@pytest.fixture(autouse=True)
def forget() -> object:
    """Forget what a test made the room believe."""
    yield None
    for cached in (room.languages, room.catalogues, room._catalogue):
        cached.cache_clear()


def write(folder: Path, lang: str, *entries: str) -> None:
    (folder / f"{lang}.po").write_text("\n".join((HEAD, *entries)), encoding="utf-8")


def test_english_and_arabic_are_spoken_in_full() -> None:
    assert whole_languages() == ("en", "ar")
    assert set(languages()) >= {"en", "ar"}
    assert spoken("en-GB")
    assert spoken("ar-PS")
    assert not spoken("fr")


def test_a_language_with_one_catalogue_more_is_spoken(folder: Path) -> None:
    write(folder, "fr", ONE)
    (folder / "README.md").write_text("not a catalogue", encoding="utf-8")
    assert languages() == ("en", "fr")
    assert spoken("fr-CA")


@pytest.mark.parametrize(
    "entry",
    ['msgid "observer"\nmsgstr ""\n', '#, fuzzy\nmsgid "observer"\nmsgstr "voyeur"\n', COUNTED + 'msgstr[0] "an"\n'],
)
def test_what_is_half_translated_is_used_and_not_called_whole(folder: Path, entry: str) -> None:
    write(folder, "fr", ONE, entry)
    (found,) = catalogues("fr")
    assert not found.complete
    assert found.text("member") == "membre"
    assert found.text("observer") is None
    assert found.text("{n:number} years", 2) is None
    assert not spoken("fr")
    assert whole_languages() == ("en",)


@pytest.mark.parametrize(("remark", "offered"), [("on public pages", ("en",)), ("label", ("en", "fr"))])
def test_pages_are_offered_in_a_language_that_says_all_that_they_may_say(
    folder: Path, remark: str, offered: tuple[str, ...]
) -> None:
    write(folder, "fr", ONE, f'#. {remark}\nmsgid "observer"\nmsgstr ""\n')
    assert languages() == offered
    assert whole_languages() == ("en",)


def test_the_number_decides_the_form(folder: Path) -> None:
    write(folder, "fr", COUNTED + 'msgstr[0] "un an"\nmsgstr[1] "{n:number} ans"\n')
    (found,) = catalogues("fr")
    assert [found.text("{n:number} years", number) for number in (1, 2, -1)] == ["un an", "{n:number} ans", "un an"]
    assert found.text("{n:number} years", "2") == "un an"
    assert found.text("{n:number} years") == "un an"


def test_the_nearest_catalogue_comes_first(folder: Path) -> None:
    write(folder, "zh", ONE)
    write(folder, "zh-Hant", ONE.replace("membre", "成員"))
    assert [found.text("member") for found in catalogues("zh-TW")] == ["成員", "membre"]


def test_a_language_without_a_catalogue_has_none(folder: Path) -> None:
    assert catalogues("fr") == ()
    assert catalogues("en") == ()
    assert folder.is_dir()
    assert languages() == ("en",)
