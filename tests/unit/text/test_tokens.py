"""The statements of a TOML text, their comments and their lines."""

import pytest

from chancery.text.places import Places
from chancery.text.tokens import statements

TEXT = '''\
# top
[record]  # the head
title.en = "A # no comment"
title.ar = 'ب # nor this'

[record.coverage]
en = """
[[act]]  # not here
a "quoted" word, and at the end ""\\"""\\"
"""
[[ "act" ]]
id = "a"
cites = [  # open
  { source = "source:a#]" },  # [ inside
]  # closed
[[act.names]]
text = "n"
[[act]]
"id" = "b"
'kind' = """x"""
\tparty="state:ru" # last'''


def lines(text: str) -> list[tuple[int, tuple[str, ...]]]:
    return [(each.line, each.names) for each in statements(text) if each.text]


def test_every_statement_has_its_line_and_its_path() -> None:
    assert lines(TEXT) == [
        (2, ("record",)),
        (3, ("title", "en")),
        (4, ("title", "ar")),
        (6, ("record", "coverage")),
        (7, ("en",)),
        (11, ("act",)),
        (12, ("id",)),
        (13, ("cites",)),
        (16, ("act", "names")),
        (17, ("text",)),
        (18, ("act",)),
        (19, ("id",)),
        (20, ("kind",)),
        (21, ("party",)),
    ]


def test_every_comment_is_found_and_nothing_else() -> None:
    found = [comment for each in statements(TEXT) for comment in (*each.within, each.beside) if comment]
    assert found == ["# top", "# the head", "# open", "# [ inside", "# closed", "# last"]


def test_a_comment_alone_and_a_blank_line_are_told_apart() -> None:
    assert [(each.comment, each.blank, each.header) for each in statements("# a\n  # a\n\n[b]\nc = 1")] == [
        (True, False, False),
        (True, False, False),
        (False, True, False),
        (False, False, True),
        (False, False, False),
    ]


def test_a_statement_without_a_name_has_none() -> None:
    assert [each.names for each in statements("= 1")] == [()]


def test_a_long_value_is_not_kept() -> None:
    (statement,) = statements(f"a = [{'1, ' * 10_000}]")
    assert len(statement.text) < 1_000
    assert statement.names == ("a",)


@pytest.mark.parametrize(
    ("table", "index", "field", "line"),
    [
        ("record", 0, None, 2),
        ("record", 0, "title", 3),
        ("record", 0, "coverage", 6),
        ("record", 0, "licence", 2),
        ("act", 0, None, 11),
        ("act", 0, "cites", 13),
        ("act", 0, "names", 16),
        ("act", 1, "id", 19),
        ("act", 1, "kind", 20),
        ("act", 1, "party", 21),
        ("act", 2, "id", None),
        ("source", 0, None, None),
    ],
)
def test_a_place_is_the_line_of_the_field_or_of_its_table(
    table: str, index: int, field: str | None, line: int | None
) -> None:
    assert Places(TEXT).line(table, index, field) == line


def test_what_stands_before_any_table_has_its_place_too() -> None:
    places = Places('\nrecord.title = "x"\nrecord.licence = "y"\nact = [{ id = "a" }]\n')
    assert places.line("record", 0, "licence") == 3
    assert places.line("act", 0, "id") == 4
