"""The canonical TOML of an entry: one way to write each value, and what is written is read again."""

import pytest
import rtoml

from chancery.acts import act_of
from chancery.text import HEAD_KEY, act_toml, head_toml, record_toml, source_toml
from chancery.text.writing import key_toml
from tests.made import act, record, source


def test_an_entry_has_its_own_fields_first_and_its_sources_last() -> None:
    made = act(
        "membership.signed",
        id="e",
        effective="2026-01-22",
        definitive=True,
        note={"en": "A", "ar": "ب"},
        speaker="state:be",
        version="signed",
        same_as="f",
    )
    assert act_toml(made) == (
        '[[act]]\nid = "e"\nkind = "membership.signed"\nparty = "state:be"\nbody = "body:b"\nversion = "signed"\n'
        'definitive = true\neffective = "2026-01-22"\nspeaker = "state:be"\nnote = {ar = "ب", en = "A"}\n'
        'cites = [{source = "source:press"}]\nsame_as = "f"\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        '"quoted" \\ back',
        "tab\tline\nreturn\rfeed\fback\b",
        "\x00\x1b\x7f\x85",
        "\N{GRINNING FACE} عربي 中文",
        "'''\"\"\"",
        "",
    ],
)
def test_any_text_is_written_so_that_it_is_read_again(text: str) -> None:
    made = act("statement.made", speaker_as=text, note={"en": text})
    written = act_toml(made)
    assert act_of(rtoml.loads(written)["act"][0]) == made
    assert all(letter.isprintable() or letter == "\n" or ord(letter) > 0x7F for letter in written)


def test_numbers_and_falsehoods_are_written_as_such() -> None:
    made = act("count.reported", body="body:b", of="signed", number=19, distinct=True)
    assert "number = 19\n" in act_toml(made)
    assert "distinct = true\n" in act_toml(made)
    assert "unanimous = false\n" in act_toml(act("vote.counted", motion="motion:m", body="body:b", unanimous=False))


def test_a_language_with_its_script_is_a_key_as_it_stands() -> None:
    assert "note = {zh-Hant = " in act_toml(act("statement.made", note={"zh-Hant": "中"}))


def test_a_record_is_its_head_its_sources_and_its_entries() -> None:
    made = record(act("statement.made", id="e"), sources=[source("one")], title="T")
    text = record_toml(made)
    assert text.startswith('[record]\ntitle = "T"\n\n[[source]]\nref = "source:instrument"\n')
    assert source_toml(source("one")) in text
    assert head_toml(made.head) in text
    assert text.endswith('cites = [{source = "source:press"}]\n')


def test_each_table_of_a_record_is_found_by_its_key() -> None:
    made = record(act("invitation.issued", id="one"), title="A record")
    assert key_toml(made, HEAD_KEY) == head_toml(made.head)
    assert key_toml(made, "source:press") == source_toml(made.sources["source:press"])
    assert key_toml(made, "one") == act_toml(made.acts[0])
