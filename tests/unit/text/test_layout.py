"""The layout: a text cut into stretches gives back every letter, and each entry has its own."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.text import HEAD_KEY, Sheet, Stretch, layout_of, place_in, read_record, without
from chancery.text.layout import sheet_of
from chancery.values import Place

TEXT = """\
# Of the record.

[record]  # beside
title = "A [[act]] in words"

# Of the source.
[[source]]
ref = "source:press"
standing = "press"


[[act]]
id = "one"
kind = "party.described"
note = '''
[[act]]
# not a comment
'''
# Inside.
cites = [
    {source = "source:press"},  # beside
]

# Of the second.

# And again.
[[act]]
id = "two"
kind = "party.described"
[act.note]
en = "x"
# At the end."""

LOOSE = '# Kept.\nact = [{id = "one"}, {id = "two"}]\n[record]\n'


def test_every_table_has_its_stretch_with_the_comments_above_it() -> None:
    sheet = sheet_of("a.toml", TEXT)
    assert sheet.text == TEXT
    assert [stretch.keys for stretch in sheet.stretches] == [(HEAD_KEY,), ("source:press",), ("one",), ("two",)]
    starts = [stretch.text.strip().splitlines()[0] for stretch in sheet.stretches]
    assert starts == ["# Of the record.", "# Of the source.", "[[act]]", "# Of the second."]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\n\n\n"])
def test_ends_of_lines_are_kept(ends: str) -> None:
    text = TEXT.replace("\n", ends) if ends == "\r\n" else TEXT + ends
    sheet = sheet_of("a.toml", text)
    assert sheet.text == text
    assert len(sheet.stretches) == 4


def test_tables_without_headers_of_their_own_stand_together() -> None:
    assert sheet_of("a.toml", LOOSE) == Sheet("a.toml", (Stretch(LOOSE, (HEAD_KEY, "one", "two")),))


@pytest.mark.parametrize("text", ["", "# Nothing but words.\n"])
def test_a_text_without_tables_is_one_stretch(text: str) -> None:
    assert sheet_of("a.toml", text) == Sheet("a.toml", (Stretch(text),))


@given(st.lists(st.sampled_from(["# c\n", "\n", '[[act]]\nid = "x"\n', "[act.note]\n", "[[act.cites]]\nq = 1\n"])))
def test_whatever_the_order_no_letter_is_lost(parts: list[str]) -> None:
    text = '[[act]]\nid = "first"\n'
    for part in parts:
        if not part.startswith("[act.note]") or part not in text.rpartition("[[act]]")[2]:
            text += part
    sheet = sheet_of("a.toml", text)
    assert sheet.text == text
    assert [key for stretch in sheet.stretches for key in stretch.keys] == [
        "first",
        *["x"] * parts.count('[[act]]\nid = "x"\n'),
    ]


def test_a_table_is_taken_out_with_its_words() -> None:
    left = without(sheet_of("a.toml", TEXT), "one", str)
    assert TEXT.startswith(left.stretches[0].text + left.stretches[1].text)
    assert TEXT.endswith(left.stretches[2].text)
    assert "Inside" not in left.text
    assert [stretch.keys for stretch in left.stretches] == [(HEAD_KEY,), ("source:press",), ("two",)]


def test_a_table_is_taken_out_of_a_text_that_cannot_be_cut() -> None:
    left = without(sheet_of("a.toml", LOOSE), "one", lambda key: f"<{key}>\n")
    assert left == Sheet("a.toml", (Stretch("<[record]>\n\n", (HEAD_KEY,)), Stretch("<two>\n\n", ("two",))))


def test_the_layout_of_a_folder_is_its_files_in_the_order_of_reading(tmp_path: Path) -> None:
    for name in ("record.toml", "additions.toml", "a.toml", "notes.md"):
        (tmp_path / name).write_text(f"# {name}\n", "utf-8")
    assert [sheet.name for sheet in layout_of(tmp_path)] == ["record.toml", "a.toml", "additions.toml"]


def test_a_record_in_one_file_is_laid_out_as_the_one_file_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(TEXT, "utf-8")
    (sheet,) = layout_of(tmp_path / "own.toml")
    assert (sheet.name, sheet.text) == ("record.toml", TEXT)


def test_lines_of_json_have_no_layout(tmp_path: Path) -> None:
    (tmp_path / "own.jsonl").write_text("", "utf-8")
    assert list(layout_of(tmp_path / "own.jsonl")) == []


@pytest.mark.parametrize("name", ["board-of-peace", "un-security-council"])
def test_every_file_of_the_records_is_given_back_byte_for_byte(root: Path, name: str) -> None:
    folder = root / "records" / name
    loaded = read_record(folder)
    assert loaded.record is not None
    keys: list[str] = []
    for sheet in layout_of(folder):
        assert sheet.text.encode() == (folder / sheet.name).read_bytes()
        keys.extend(key for stretch in sheet.stretches for key in stretch.keys)
    assert sorted(keys) == sorted([HEAD_KEY, *loaded.record.sources, *loaded.record.places])


def test_a_table_and_its_fields_are_found_in_the_layout() -> None:
    sheets = [Sheet("empty.toml", ()), sheet_of("a.toml", TEXT), sheet_of("b.toml", LOOSE.replace("one", "loose"))]
    lines = TEXT.split("\n")
    assert place_in(sheets, "one") == Place("a.toml", lines.index("[[act]]") + 1)
    assert place_in(sheets, "two", "note") == Place("a.toml", lines.index("[act.note]") + 1, "note")
    assert place_in(sheets, "source:press", "standing") == Place(
        "a.toml", lines.index('standing = "press"') + 1, "standing"
    )
    assert place_in(sheets, HEAD_KEY, "title") == Place("a.toml", 4, "title")
    assert place_in(sheets, "loose", "cites") == Place("b.toml", 1, "cites")
    assert place_in(sheets, "never", "id") == Place(field="id")
