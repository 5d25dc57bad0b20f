"""TOML written again: in canonical form, comments kept, and left as it is the second time."""

from pathlib import Path

import pytest

from chancery.text import read_toml, rewritten
from chancery.text.rewriting import joined, pieces_of
from chancery.text.tokens import statements
from tests.unit.cli.doors import ROOT

LOOSE = """\


# The top.
#  Kept as it is.


# Before the head.
[record] # the head
# Above the title.
title.en = "One" # in English
title.ar = "واحد" # in Arabic
# Before coverage.
[record.coverage] # what it covers

# About the words.
en = '''
[[act]] # no comment
'''

# --- Acts ---

# The first.
[[ "act" ]] # an act
cites = [ # why
  {source = "source:x"}, # because
] # so
party = "body:b"
# Not distinct.
distinct = false # by default
kind = 'party.described'
# Two names.
[[act.names]]
# The one.
text = "B"
[[act.names]]
text = "b" # the other
id = "not-the-id"
"""

TIDY = """\
# The top.
#  Kept as it is.

# Before the head.
[record]  # the head
# Above the title.
# in English
# in Arabic
title = {ar = "واحد", en = "One"}
# Before coverage.
# About the words.
coverage = {en = "[[act]] # no comment\\n"}  # what it covers

# --- Acts ---

# The first.
[[act]]  # an act
# Not distinct.
# by default
id = "n"
kind = "party.described"
party = "body:b"
# Two names.
# The one.
names = [{text = "B"}, {text = "b"}]  # the other
# why
# because
cites = [{source = "source:x"}]  # so

# The end.

# The very end.
"""


def loose() -> str:
    body = LOOSE.replace('id = "not-the-id"\n', "").replace('party = "body:b"\n', 'id = "n"\nparty = "body:b"\n')
    return f"{body}\n# The end.\n\n\n# The very end.\n\n"


def test_what_was_loose_is_tidy_and_every_comment_is_there() -> None:
    assert rewritten(loose()) == TIDY


def comments(text: str) -> list[str]:
    return sorted(comment for each in statements(text) for comment in (*each.within, each.beside) if comment)


@pytest.mark.parametrize("file", sorted((ROOT / "records").rglob("*.toml")), ids=lambda path: path.name)
def test_the_records_keep_their_comments_and_their_sense(file: Path, tmp_path: Path) -> None:
    text = file.read_text("utf-8")
    once = rewritten(text)
    assert comments(once) == comments(text)
    assert rewritten(once) == once
    again = tmp_path / file.name
    again.write_text(once, "utf-8")
    assert [each.code for each in read_toml(again).problems] == [each.code for each in read_toml(file).problems]


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("", ""),
        ("# only a comment\n\n", "# only a comment\n"),
        ('source = [{ref = "source:x", standing = "press"}]', '[[source]]\nref = "source:x"\nstanding = "press"\n'),
        (
            '# why\nrecord.title = "T" # said\nsource = [ # here\n{ref = "source:x", standing = "press"}]',
            '# why\n# said\n# here\n\n[record]\ntitle = "T"\n\n[[source]]\nref = "source:x"\nstanding = "press"\n',
        ),
        ("act = [] # none\n", "# none\n"),
    ],
)
def test_tables_without_headers_get_them(text: str, tidy: str) -> None:
    assert rewritten(text) == tidy
    assert rewritten(tidy) == tidy


def test_a_list_too_wide_for_a_line_is_folded() -> None:
    relays = ", ".join(f'"r{number}"' for number in range(40))
    once = rewritten(f'[[source]]\nref = "source:x"\nstanding = "press"\nrelays = [{relays}]\n')
    assert '    "r39",\n]' in once
    assert rewritten(once) == once


def test_the_pieces_of_a_record_are_its_canonical_form(tmp_path: Path) -> None:
    file = tmp_path / "r.toml"
    file.write_text('[record]\ntitle = "T"\n\n[[source]]\nref = "source:x"\nstanding = "press"\n', "utf-8")
    record = read_toml(file).record
    assert record is not None
    assert joined(pieces_of(record)) == file.read_text("utf-8")
